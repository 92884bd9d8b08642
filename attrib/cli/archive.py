"""`attrib archive`: the store of pictures seen before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from . import common, remember
from .pool import spread

if TYPE_CHECKING:
    from ..archive import Archive, Entry
    from ..fetch import Place
    from ..model import Failure

archive_argument = click.argument("archive", metavar="ARCHIVE")


@click.group("archive")
def archive_command() -> None:
    """Keep the pictures seen before, with caption, credit and page, and find them again.

    ARCHIVE is a file; `add` makes it. It holds fingerprints, not pictures.

    \b
    Examples:
      attrib archive add seen.db public/ photos/
      attrib archive find seen.db photo.jpg
    """


@archive_command.command("add")
@archive_argument
@common.paths_argument
@common.root_option
@common.config_option
@common.jobs_option
def add_command(archive: str, names: tuple[str, ...], root: str | None, config_file: str | None, jobs: int) -> int:
    """Add pictures of articles, with caption and credit, and files.

    What is known and has not changed is not opened again: neither picture files, nor articles and their pictures.
    """
    from ..report.said import count

    places, pictures = _sorted_out(common.some(names, "articles, pictures, or folders of them"))
    top = common.checked_root(root, common.config(config_file).root)
    failures: list[Failure] = []
    on_pages: set[str] = set()
    added = known = absent = 0
    grounds = remember.grounds(top)
    with _open(archive) as store:
        stale: list[Place | Failure] = []
        for place in places:
            before = remember.known(store, place, grounds)
            if before is None:
                stale.append(place)
            else:
                absent, known = absent + before.absent, known + len(before.pictures)
                on_pages |= before.pictures
        read = spread(partial(remember.of_page, root=top), stale, common.processes(stale, jobs), remember.gone)
        for place, taken in zip(stale, common.progress(read, len(stale)), strict=True):
            failures.extend(taken.failures)
            absent += taken.absent
            shown = {entry.picture for entry, _ in taken.items}
            on_pages |= shown
            new = remember.keep(store, place, taken, grounds)
            added, known = added + new, known + len(shown) - new
        rest = [path for path in pictures if path not in on_pages]
        each = partial(spread, jobs=common.processes(places, jobs), lost=common.gone)
        more, had, problems = store.add_files(rest, common.counter("read"), each)
        failures.extend(problems)
        were = f"{count(absent, 'picture')} of articles {'was' if absent == 1 else 'were'}"
        left = f" {were} not found: see --root." if absent else ""
        click.echo(f"{added + more:,} added, {known + had:,} known, {len(store):,} in {archive}.{left}")
    common.say(failures)
    return common.unless_failed(failures)


@archive_command.command("find")
@archive_argument
@click.argument("names", nargs=-1, metavar="PICTURE...")
@common.format_option("terminal", "json", "jsonl")
@common.output_option
def find_command(archive: str, names: tuple[str, ...], form: str, output: str | None) -> int:
    """Find the remembered pictures that look like these."""
    common.check_output(output)
    from pathlib import Path

    from ..fetch import read_file
    from ..model import Failure
    from ..read.pixels import fingerprint
    from .look import match_value

    failures: list[Failure] = []
    values: list[dict[str, Any]] = []
    with _open(archive, read_only=True) as store:
        for name in common.some(names, "picture files"):
            data = read_file(Path(name), name=name)
            print_ = data if isinstance(data, Failure) else fingerprint(data, name)
            if isinstance(print_, Failure):
                failures.append(print_)
                continue
            values += (
                {"picture": name, **match_value(found.match), "found": _value(found.entry)}
                for found in store.find(print_)
            )
        left_out = store.left_out()
    nothing = "nothing looks like it" if len(failures) < len(names) and not left_out else ""  # else nothing is known
    _print(values, form, output, (_found_text(value) for value in values), nothing)
    common.say([*failures, *left_out])
    return 2 if failures or left_out else 0


@archive_command.command("list")
@archive_argument
@click.option("--picture", metavar="NAME", help="Only this picture.")
@click.option("--page", metavar="NAME", help="Only pictures of this page.")
@common.format_option("terminal", "json", "jsonl")
@common.output_option
def list_command(archive: str, picture: str | None, page: str | None, form: str, output: str | None) -> None:
    """List what is remembered, in the order it was added."""
    common.check_output(output)
    with _open(archive, read_only=True) as store:
        values = [_value(entry) for entry in store.entries(picture, page)]
    _print(values, form, output, map(_entry_text, values), "nothing is remembered")


@archive_command.command("remove")
@archive_argument
@click.option("--picture", metavar="NAME", default="", help="This picture.")
@click.option("--page", metavar="NAME", default="", help="The pictures of this page.")
def remove_command(archive: str, picture: str, page: str) -> None:
    """Forget a picture, or the pictures of a page."""
    if not picture and not page:
        raise common.usage("Say what to forget: --picture, --page, or both.")
    with _open(archive) as store:
        click.echo(f"{store.remove(picture, page):,} forgotten, {len(store):,} in {archive}.")


@archive_command.command("check")
@archive_argument
def check_command(archive: str) -> int:
    """Say whether the archive is whole. Exit code 1 when it is not."""
    from ..report.said import count

    with _open(archive, read_only=True) as store:
        failures = store.check()
        faults = count(len(failures), "fault") if failures else "whole"
        click.echo(f"{count(len(store), 'picture')}, {faults}.")
    common.say(failures)
    return 1 if failures else 0


@archive_command.command("export")
@archive_argument
@click.argument("file", metavar="FILE")
def export_command(archive: str, file: str) -> None:
    """Write all of it to FILE as JSON lines; '-' is standard output."""
    if file == "-":
        with _open(archive, read_only=True) as store:
            common.write(store.lines(), None)
        return
    common.check_output(file)
    with _open(archive, read_only=True) as store:
        click.echo(f"{store.export(file):,} written to {file}.")


@archive_command.command("import")
@archive_argument
@click.argument("file", metavar="FILE")
def import_command(archive: str, file: str) -> int:
    """Take in what `export` wrote."""
    with _open(archive) as store:
        added, failures = store.take_in(file)
        click.echo(f"{added:,} added, {len(store):,} in {archive}.")
    common.say(failures)
    return 2 if failures else 0


class _Opened:
    """An archive that says what is wrong with it as every command does."""

    def __init__(self, path: str, read_only: bool) -> None:
        from ..archive import Archive, ArchiveError

        self._error = ArchiveError
        try:
            self._store = Archive(path, read_only)
        except ArchiveError as error:
            raise _plainly(error) from error

    def __enter__(self) -> Archive:
        return self._store

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        self._store.close()
        if isinstance(error, self._error):
            raise _plainly(error) from error


def _open(path: str, *, read_only: bool = False) -> _Opened:
    return _Opened(path, read_only)


def _plainly(error: Any) -> click.ClickException:
    from ..report.said import failure_line

    return click.ClickException(failure_line(error.failure))


def _sorted_out(names: Sequence[str]) -> tuple[list[Place | Failure], list[str]]:
    """The articles and the picture files that names stand for; a folder may hold both."""
    from pathlib import Path

    from ..fetch import find, kind_of_name
    from ..model import Failure
    from ..similar import pictures_in

    places: list[Place | Failure] = []
    pictures: list[str] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = pictures_in(path)
            pages = [place for place in find([name]) if not inside or not isinstance(place, Failure)]
            pictures += inside
            places += pages
        elif kind_of_name(name):
            places += find([name])
        else:
            pictures.append(name)
    return places, list(dict.fromkeys(pictures))


def _value(entry: Entry) -> dict[str, Any]:
    return {
        "picture": entry.picture,
        "page": entry.page,
        "caption": entry.caption,
        "credit": entry.credit,
        "date": entry.date,
    }


def _print(values: Sequence[Any], form: str, output: str | None, text: Iterable[str], nothing: str) -> None:
    from ..report.wire import dump

    if form == "jsonl":
        lines: Iterable[str] = (dump(value) + "\n" for value in values)
    elif form == "json":
        lines = [dump(list(values), pretty=True) + "\n"]
    else:
        lines = [f"{line}\n" for line in ([*text] if values else [nothing] if nothing else [])]
    common.write(lines, output)


def _entry_text(value: dict[str, Any]) -> str:
    return "\n".join(_about(value, ""))


def _found_text(value: dict[str, Any]) -> str:
    how = f", {value['how']}" if value["how"] else ""
    from ..report.said import in_line

    head = f"{in_line(value['picture'])}: {value['confidence']} confidence, distance {value['distance']}{how}"
    return "\n".join([head, *_about(value["found"], "  ")])


def _about(value: dict[str, Any], indent: str) -> Iterator[str]:
    from ..report.said import in_line

    yield f"{indent}{in_line(value['picture'])}"
    for label in ("page", "date", "credit", "caption"):
        if value[label]:
            yield f"{indent}  {label:8}{in_line(value[label])}"
