"""`attrib fix`: what can safely be mended, mended."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from . import common
from .check import Choice, settings_of
from .pool import spread

if TYPE_CHECKING:
    from ..engine import Settings
    from ..fetch import Place
    from ..fix import Fixed
    from ..model import Failure


@click.command(
    "fix", epilog="Exit codes: 0 nothing more to mend, 1 --diff or --check-only found some, 2 not all was done."
)
@common.paths_argument
@click.option("--unsafe", is_flag=True, help="Also mend what needs a look afterwards.")
@click.option("--diff", "show", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--check-only", is_flag=True, help="Name the articles that would change, and change nothing.")
@click.option("--select", metavar="RULES", multiple=True, help="Only what these rules find.")
@click.option("--ignore", metavar="RULES", multiple=True, help="Not what these rules find.")
@common.config_option
@common.stdin_option
@common.jobs_option
def fix_command(
    names: tuple[str, ...],
    unsafe: bool,
    show: bool,
    check_only: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config_file: str | None,
    stdin_filename: str | None,
    jobs: int,
) -> int:
    """Mend what can be mended safely: copies of captions and credits, words of buttons, broken characters.

    Nothing outside the faults changes, not one byte, and an edit that would add a fault is not made. With '-' the
    article goes from standard input to standard output.

    \b
    Examples:
      attrib fix article.html --diff
      attrib fix public/
      attrib fix - < draft.html > mended.html
    """
    from ..fetch import find
    from ..model import Failure

    config = common.config(config_file)
    settings = settings_of(names, Choice(select, ignore, None, False, stdin_filename, jobs, "none", "none"), config)
    # Rules that open picture files, or compare pages by them, say nothing of the text; and a picture that cannot be
    # read must not stop a fix.
    names_of_rules = tuple(rule.name for rule in settings.chosen() if not rule.needs and not rule.late)
    settings = replace(settings, select=names_of_rules, ignore=())
    places = find(common.some(names), stdin_filename=stdin_filename)
    streamed = any(not isinstance(place, Failure) and place.stdin for place in places)
    if streamed and len(places) > 1:
        raise common.usage("'-' stands alone: name no other articles with it.")
    work = partial(_fix, settings=settings, unsafe=unsafe)
    failures: list[Failure] = []
    changed = done = 0

    def lines() -> Iterator[str]:
        nonlocal changed, done
        for fixed in common.progress(spread(work, places, common.processes(places, jobs), common.gone), len(places)):
            if isinstance(fixed, Failure):
                failures.append(fixed)
                continue
            failures.extend(fixed.refused)
            stores = fixed.changed and not (show or check_only or streamed)
            if stores and (failed := _store(fixed)):
                failures.append(failed)
                continue
            changed += fixed.changed
            done += len(fixed.done)
            if show:
                yield from _diff(fixed)
            elif check_only and fixed.changed:
                yield f"{fixed.source.name}: {len(fixed.done)} to mend\n"
            elif streamed and not check_only:
                _stream(fixed.data)

    common.write(lines(), None)
    common.say(failures)
    if not show and not streamed:
        from ..report.said import count

        what = "could be mended" if check_only else "mended"
        click.echo(
            f"attrib: {count(done, 'fault')} {what} in {changed:,} of {count(len(places), 'article')}.", err=True
        )
    if failures:
        return 2
    return int(bool(changed) and (show or check_only))


def _fix(place: Place | Failure, settings: Settings, unsafe: bool) -> Fixed | Failure:
    """One article, mended in memory; done in any process."""
    from ..fetch import load
    from ..fix import fix_source
    from ..model import Failure

    def work(place: Place | Failure) -> Fixed | Failure:
        if not isinstance(place, Failure) and place.path is None and not place.stdin:
            return Failure(place.name, "is an address, and cannot be mended there", "Save the page and name the file.")
        source = place if isinstance(place, Failure) else load(place)
        return source if isinstance(source, Failure) else fix_source(source, settings, unsafe=unsafe)

    return common.guarded(work, place)


def _diff(fixed: Fixed) -> Iterator[str]:
    """What would change: words on a terminal; else the bytes themselves, which another program may apply."""
    import sys

    from ..fix import diff

    shown = diff(fixed) if fixed.changed else b""
    if sys.stdout.isatty():
        yield shown.decode("utf-8", "replace")
    else:
        _stream(shown)


def _stream(data: bytes) -> None:
    """Bytes, as they are, to standard output."""
    import sys

    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _store(fixed: Fixed) -> Failure | None:
    """Write the article back, whole or not at all."""
    from ..model import Failure

    path = fixed.source.path
    assert path  # noqa: S101  (addresses were turned away, and streams are not stored)
    try:
        if path.read_bytes() != fixed.source.data:
            return Failure(fixed.source.name, "was changed by another program meanwhile", "Mend it again.")
        common.replace_file(path, [fixed.data])
    except OSError as error:
        what = f"cannot be written: {(error.strerror or str(error)).lower()}"
        return Failure(fixed.source.name, what, _REMEDIES.get(error.errno or 0, "Change its permissions."))
    return None


# What helps where it is not a matter of permissions.
_REMEDIES = dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "Make room on the disk, and mend it again.") | {
    errno.EROFS: "Copy it to a disk that can be written to.",
    errno.ENOENT: "It was there when it was read: look where it went.",
}
