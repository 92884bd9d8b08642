"""`--format`: one report rendered as often as was asked for, each rendition to its own place.

In: values of `--format` and `--output`, then a `Report`. Out: text on standard output, in files or in folders. A
format's module is imported when the format is asked for, and not before.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from . import common
from .stop import stopped_writing, to_the_end

if TYPE_CHECKING:
    from pathlib import Path

    from ..fetch import Web
    from ..model import Report, Severity
    from ..rule import Rule

__all__ = ["Reach", "Rendition", "formats_option", "limit", "quoting", "renditions", "write"]

# Each format with its module in `report/`, and the function there: report and rules in, pieces of text out.
TEXTS = {
    "terminal": ("terminal", "check_text"),
    "json": ("wire", "check_json"),
    "jsonl": ("wire", "check_jsonl"),
    "sarif": ("sarif", "sarif"),
    "github": ("github", "github"),
    "gitlab": ("gitlab", "gitlab"),
    "junit": ("junit", "junit"),
    "rdjson": ("rdjson", "rdjson"),
    "markdown": ("markdown", "markdown"),
}

# Formats of more than one file, with their module in this room, and the functions there. One says why a place will not
# do, before the work; the other takes report, rules, the place and a `Reach`, writes, and raises ClickException.
FOLDERS = {"html": ("html", "fault", "write_html")}

QUOTING = {"html", "rdjson"}  # these show what stands around a finding
SPEAKING = {"terminal", "github"}  # on standard output these are read by people, and name the failures themselves


class Reach(NamedTuple):
    """What a rendition that shows pictures and links needs besides the report: how far it may reach, and from where."""

    root: Path | None = None
    web: Web | None = None
    edit_url: str = ""
    standalone: bool = False
    mapped: Report | None = None  # the report in the files that its pages are made from
    small: bool = True  # whether small copies of pictures are made


class Rendition(NamedTuple):
    """A format and where it goes: a file, or a folder; None is standard output."""

    form: str
    place: str | None


formats_option: common.Option = click.option(
    "--format", "forms", metavar="NAME[:FILE]", multiple=True,
    help=f"How to print it, and where to; repeat it for several. One of {', '.join((*TEXTS, *FOLDERS))}.  "
    "[default: terminal]",
)  # fmt: skip


def renditions(forms: Sequence[str], output: str | None) -> list[Rendition]:
    """What to write where. `output` is the file of the one format that names none.

    Raises UsageError for what cannot be meant or cannot be written, before any work is done.
    """
    asked = [_split(value) for value in forms or ["terminal"]]
    unplaced = [form for form, place in asked if place is None]
    if len(unplaced) > 1:
        first, second = unplaced[:2]
        raise common.usage(
            f"--format {first} and {second}: both would go to one place. Give one a file: {second}:FILE."
        )
    if output and not unplaced:
        raise common.usage(f"--output {output}: every format has its own file. Leave one out, or --output.")
    placed = [Rendition(form, output if place is None else place) for form, place in asked]
    places = [place for _, place in placed if place]
    if twice := next((place for place in places if places.count(place) > 1), None):
        raise common.usage(f"--format: two formats go to {twice}. Give each its own file.")
    for (form, named), rendition in zip(asked, placed, strict=True):
        _check_place(rendition, f"--format {form}:" if named else "--output ")
    return placed


def quoting(wanted: Sequence[Rendition]) -> bool:
    """Whether a rendition shows what stands around findings, which is kept only then."""
    return any(form in QUOTING for form, _ in wanted)


def write(report: Report, wanted: Sequence[Rendition], fail_on: str, reach: Reach) -> Report:
    """Every rendition to its place; one that cannot be written takes no other with it. Gives the report as written.

    On Ctrl-C what goes to standard output is written to its end, and files anew, which say that the run was stopped.
    What could not be read is said on standard error, unless a person reads it on standard output.
    """
    begun: list[Rendition] = []
    try:
        failed = _write_each(report, wanted, fail_on, reach, begun)
    except KeyboardInterrupt:
        report = stopped_writing(report)
        reach = reach._replace(small=False, mapped=stopped_writing(reach.mapped) if reach.mapped else None)
        again = [rendition for rendition in wanted if rendition.place or rendition not in begun]
        failed = _write_each(report, again, fail_on, reach, [])
    if not any(form in SPEAKING and place is None for form, place in wanted):
        common.say(report.failures)
    if failed and not report.stopped:
        raise click.exceptions.Exit(2)
    return report


def _write_each(
    report: Report, wanted: Sequence[Rendition], fail_on: str, reach: Reach, begun: list[Rendition]
) -> bool:
    """Write these renditions, each noted in `begun`; whether one of them could not be."""
    from ..rule import rules

    known = rules()
    failed = False
    for rendition in wanted:
        begun.append(rendition)
        try:
            whole = rendition.place or rendition.form == "terminal"  # a person has no use for an end that runs past
            with nullcontext() if whole else to_the_end():
                _write(report, known, rendition, fail_on, reach)
        except click.ClickException as error:
            error.show()
            failed = True
    return failed


def _write(report: Report, rules: Mapping[str, Rule], rendition: Rendition, fail_on: str, reach: Reach) -> None:
    form, place = rendition
    if form in FOLDERS:
        module, _, name = FOLDERS[form]
        _function("", module, name)(report, rules, place, reach)
        return
    report = reach.mapped or report
    more: dict[str, object] = {}
    if form == "terminal":
        more["paint"] = common.paint(place)
    elif form == "junit":
        more["fail_on"] = limit(fail_on)
    lines: Iterator[str] = _function("..report", *TEXTS[form])(report, rules, **more)
    common.write(lines, place)
    if form == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        _append_summary(report, summary)


def _append_summary(report: Report, file: str) -> None:
    """The list as Markdown where GitHub looks for a step's summary, behind what others wrote there."""
    from ..report.markdown import SUMMARY, markdown

    try:
        with open(file, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as end:  # noqa: PTH123
            end.writelines(markdown(report, room=SUMMARY))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise click.ClickException(f"{file} cannot be written: {why}. GITHUB_STEP_SUMMARY names it.") from error


def limit(fail_on: str) -> Severity | None:
    """The least severity that fails a run; None when none does."""
    from ..model import Severity

    return None if fail_on == "never" else Severity(fail_on)


def _function(room: str, module: str, name: str) -> Any:
    return getattr(import_module(f"{room}.{module}", __package__), name)


def _split(value: str) -> tuple[str, str | None]:
    """`NAME[:FILE]`, where NAME is a format there is."""
    form, colon, place = value.partition(":")
    known = (*TEXTS, *FOLDERS)
    if form not in known:
        from difflib import get_close_matches

        near = get_close_matches(form, known, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(known)}."
        raise common.usage(f"--format {value}: there is no format {form!r}. {hint}")
    if colon and not place:
        raise common.usage(f"--format {value}: name the file after the colon.")
    return form, None if place in ("", "-") else place


def _check_place(rendition: Rendition, flag: str) -> None:
    form, place = rendition
    if form in FOLDERS and place:
        from pathlib import Path

        module, name, _ = FOLDERS[form]
        if fault := _function("", module, name)(place):
            raise common.usage(f"{flag}{place}: {fault}")
        if Path(place).is_dir():
            return
        place = place.rstrip("/\\")
    common.check_output(place, flag)
