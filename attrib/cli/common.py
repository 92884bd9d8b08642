"""What the commands share: options, where output goes, how failures are said, progress.

In: values from click. Out: text in the right place. Imports only click; the rest when it is used.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ..baseline import Baseline
    from ..config import Config
    from ..fetch import Place, Web
    from ..model import Failure
    from ..register import Register
    from ..report.terminal import Paint

T = TypeVar("T")
Option = Callable[[Callable[..., Any]], Callable[..., Any]]

paths_argument: Option = click.argument("names", nargs=-1, metavar="PATH...")
output_option: Option = click.option(
    "-o", "--output", metavar="FILE", help="Write to FILE instead of standard output, whole or not at all.",
    callback=lambda _context, _option, file: None if file == "-" else file,
)  # fmt: skip
stdin_option: Option = click.option(
    "--stdin-filename", metavar="NAME", help="What to call the page read from '-', and where its pictures are."
)
root_option: Option = click.option(
    "--root", metavar="DIR",
    help="The folder that /paths to pictures start from, and that none may leave.",
)  # fmt: skip
online_option: Option = click.option("--online", is_flag=True, help="Fetch pages and pictures from the network.")
jobs_option: Option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Processes to use, at most one a processor where nothing is fetched; 0, the default, chooses.",
)

register_option: Option = click.option(
    "--register", metavar="FILE", help="Whom you may credit: TOML, CSV or JSON; 'none' for none."
)
archive_option: Option = click.option(
    "--archive", metavar="FILE", help="Pictures seen before, to look them up in; 'none' for none."
)
cache_option: Option = click.option(
    "--cache-dir", "cache", metavar="DIR",
    help="Where to keep what unchanged articles gave.  [default: .attrib_cache beside the settings]",
)  # fmt: skip
no_cache_option: Option = click.option(
    "--no-cache", "cache", flag_value="none", help="Read every article anew, and keep nothing."
)
config_option: Option = click.option(
    "--config", "config_file", metavar="FILE",
    help="Settings to use instead of the nearest attrib.toml or pyproject.toml; 'none' for none.",
)  # fmt: skip


def format_option(*names: str) -> Option:
    """`--format`, of which the first name is the default."""
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True, help="How to print it."
    )


def usage(message: str) -> click.UsageError:
    """The error of a command that was called in a way that means nothing: exit code 2, below a line on its use."""
    return click.UsageError(message, click.get_current_context())


def some(names: Sequence[str], what: str = "files, folders, patterns, or - for standard input") -> Sequence[str]:
    """The names, of which there must be one: a checker that checks nothing must not look content."""
    if not names:
        raise usage(f"Nothing to read. Name {what}.")
    return names


def open_web(names: Iterable[str], online: bool) -> Web | None:
    """The network, when it was asked for. Hosts that were typed are trusted."""
    if not online:
        return None
    from urllib.parse import urlsplit

    from ..fetch import OpenWeb

    return OpenWeb(trusted=frozenset(host for name in names if (host := urlsplit(name).hostname)))


def config(file: str | None) -> Config:
    """The settings in force: of the file named, of none, or of the nearest one."""
    from pathlib import Path

    from ..config import find_config, load_config
    from ..keys import ConfigError

    try:
        if file and file != "none":
            return load_config(Path(file))
        return load_config(None if file else find_config())
    except ConfigError as error:
        raise click.ClickException(str(error)) from error  # how a command is used is not the fault


def register(given: str | None, settled: Path | None) -> Register | None:
    """The register that was typed ('none' for none), or that of the settings."""
    file = given or settled
    if not file or file == "none":
        return None
    from pathlib import Path

    from ..config import load_register
    from ..keys import ConfigError

    try:
        return load_register(Path(file))
    except ConfigError as error:
        raise click.ClickException(str(error)) from error  # how a command is used is not the fault


def baseline(file: Path, *, missing: bool = False) -> Baseline:
    """What a file of known findings knows; nothing, where it may be `missing` and is."""
    from ..baseline import Baseline, load_baseline
    from ..model import Failure

    if missing and not file.exists():
        return Baseline(file.parent)
    known = load_baseline(file)
    if isinstance(known, Failure):
        say([known])
        raise click.exceptions.Exit(2)
    return known


def today() -> str:
    """The day of this run, ISO; what depends on it is told, so that all else is the same on every day."""
    from datetime import date

    return date.today().isoformat()


def archive(given: str | None, settled: Path | None, learn: bool) -> Path | None:
    """The archive that was typed ('none' for none), or that of the settings; to learn, there must be one."""
    from pathlib import Path

    file = given or settled
    if file and file != "none":
        return Path(file)
    if learn:
        raise usage("--learn: name the archive that is to learn with --archive.")
    return None


def checked_root(given: str | None, settled: Path | None) -> Path | None:
    """The root that was typed, or the one of the settings; it must be a folder."""
    from pathlib import Path

    root = Path(given) if given else settled
    if root is not None and not root.is_dir():
        named = "" if given else ", which the settings name"
        raise usage(f"the root {root}{named}: there is no such folder. Check the path.")
    return root


def guarded(work: Callable[[Place | Failure], T], place: Place | Failure) -> T | Failure:
    """The answer of `work`; a failure that names the page when attrib itself fails on it, so the others go on.

    With ATTRIB_DEBUG set the fault comes through, with its traceback.
    """
    from ..model import Failure

    try:
        return work(place)
    except Exception as error:
        if os.environ.get("ATTRIB_DEBUG"):
            raise
        name = place.source if isinstance(place, Failure) else place.name
        what = f"made attrib itself fail ({type(error).__name__}: {str(error)[:200]})"
        return Failure(name, what, "Please report it, with the page.")


def gone(place: Place | Failure | str) -> Failure:
    """The failure of a page, or of a picture file by its name, that two processes died of."""
    from ..model import Failure

    name = place if isinstance(place, str) else place.source if isinstance(place, Failure) else place.name
    what = "was not read: two processes that tried to were killed"
    return Failure(name, what, "There may be too little memory for it: check it alone, with --jobs 1.")


def processes(places: Sequence[Place | Failure], jobs: int, web: Web | None = None) -> int:
    """How many processes to use: only this one can read standard input.

    Beyond one a processor they cost memory and gain nothing, but where the network is waited for. Two are had on any
    machine: one can go on when the other is killed.
    """
    if any(getattr(place, "stdin", False) for place in places):
        return 1
    from .pool import processors

    return jobs if web is not None else min(jobs, max(2, processors()))


def progress(items: Iterable[T], total: int) -> Iterator[T]:
    """The items, with a count on standard error when a person waits there for more than a moment."""
    count = counter("done")
    for number, item in enumerate(items):
        if count:
            count(number, total)
        yield item
    if count:
        count(total, total)


def counter(word: str) -> Callable[[int, int], None] | None:
    """Tells a person at a terminal how many are done, and of how many; None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    begun = shown = time.monotonic()

    def count(done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if done < total and now - begun > 0.7 and now - shown > 0.1:
            shown = now
            print(f"\r{done} of {total} {word} ", end="", file=sys.stderr, flush=True)  # noqa: T201
        elif done >= total and shown != begun:
            print(f"\r{' ' * 40}\r", end="", file=sys.stderr, flush=True)  # noqa: T201  (a dumb terminal knows these)

    return count


def paint(output: str | None) -> Paint:
    """Colour on a terminal that wants it, and its width; else plain and 100 wide, the same everywhere."""
    from ..report.terminal import Paint

    if output or not sys.stdout.isatty():
        return Paint()
    import shutil

    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Paint(not plain, max(40, min(shutil.get_terminal_size().columns, 120)))


def write(lines: Iterable[str], output: str | None) -> None:
    """The lines to standard output, or to a file that is only replaced when all of them are there."""
    if output:
        _write_file(output, lines)
        return
    try:
        for line in lines:
            sys.stdout.write(line)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough. What was found still decides the exit code.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def check_output(output: str | None, flag: str = "--output ") -> None:
    """Refuse an output that cannot be written before the work is done."""
    if not output:
        return
    from pathlib import Path

    path = Path(output)
    fault = ""
    if path.is_dir():
        fault = "is a folder. Name a file in it."
    elif not path.parent.is_dir():
        fault = f"there is no folder {path.parent}. Make it, or name another file."
    elif not os.access(path if path.exists() else path.parent, os.W_OK):
        fault = "cannot be written there. Change its permissions, or name another file."
    if fault:
        raise usage(f"{flag}{output}: {fault}")


def say(failures: Iterable[Failure]) -> None:
    """One line a failure on standard error."""
    from ..report.said import failure_line

    for failure in failures:
        click.echo(f"attrib: {failure_line(failure)}", err=True)


def unless_failed(failures: Iterable[Failure]) -> int:
    """The exit code of a walk over pictures: drawings and spacers have nothing to compare, and are no failures."""
    return 2 if any(failure.kind != "unfit" for failure in failures) else 0


def _write_file(output: str, lines: Iterable[str]) -> None:
    from pathlib import Path

    try:
        replace_file(Path(output), (line.encode("utf-8", "backslashreplace") for line in lines))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise click.ClickException(f"{output} cannot be written: {why}. Name another file.") from error


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all; its permissions stay, and a link stays a link. Raises OSError."""
    path = path.resolve()
    if path.exists() and not path.is_file():  # a device or a pipe
        with path.open("wb") as file:
            file.writelines(pieces)
        return
    beside = path.with_name(f".attrib-{os.getpid()}.part")  # the file's own name may be as long as names can be
    try:
        with beside.open("wb") as file:
            file.writelines(pieces)
        if path.exists():
            if not os.access(path, os.W_OK):  # replacing would get round it
                raise PermissionError(None, "it is read-only")
            beside.chmod(path.stat().st_mode)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
