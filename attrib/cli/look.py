"""Commands that show what attrib sees, and judge nothing: extract, credit, similar, inspect."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from . import common
from .pool import processors, spread

if TYPE_CHECKING:
    from ..fetch import Place, Web
    from ..model import Failure, FileFacts, Page
    from ..read.pixels import Match
    from ..report.terminal import Paint
    from ..similar import Group, Pair


@click.command("extract")
@common.paths_argument
@common.format_option("terminal", "json", "jsonl")
@common.output_option
@common.online_option
@common.stdin_option
@common.jobs_option
def extract_command(
    names: tuple[str, ...], form: str, output: str | None, online: bool, stdin_filename: str | None, jobs: int
) -> int:
    """List the pictures of articles with caption, credit and alt text.

    \b
    Examples:
      attrib extract article.html
      attrib extract public/ --format jsonl --output pictures.jsonl
    """
    common.check_output(output)
    from ..fetch import find

    places = find(common.some(names), stdin_filename=stdin_filename)
    failures: list[Failure] = []

    def lines() -> Iterator[str]:
        web = common.open_web(names, online)
        work = partial(_extract, web=web, paint=None if form != "terminal" else common.paint(output))
        read = spread(work, places, common.processes(places, jobs, web), partial(_lost, lines=form != "terminal"))
        for text, failed in common.progress(read, len(places)):
            failures.extend(failed)
            yield text

    joined = lines()
    if form == "json":
        joined = iter(["[" + ",".join(f"\n{line.rstrip()}" for line in joined) + "\n]\n"])
    common.write(joined, output)
    common.say(failures)
    return 2 if failures else 0


def _extract(place: Place | Failure, web: Web | None, paint: Paint | None) -> tuple[str, list[Failure]]:
    """One page as text, ready to print, and what could not be read of it; done in any process."""
    from ..engine import read_source
    from ..fetch import load
    from ..model import Failure

    def work(place: Place | Failure) -> Page | Failure:
        source = place if isinstance(place, Failure) else load(place, web=web)
        return source if isinstance(source, Failure) else read_source(source, figures_only=True)

    page = common.guarded(work, place)
    if isinstance(page, Failure):
        return _unread(page, lines=paint is None)
    failures = list(page.problems)
    if paint is None:
        from ..report.wire import dump, extract_value

        return dump(extract_value(page)) + "\n", failures
    from ..report.terminal import extract_text

    return "".join(f"{line}\n" for line in extract_text(page, paint)), failures


def _unread(failure: Failure, lines: bool) -> tuple[str, list[Failure]]:
    """A page that could not be read: a line for programs, and a failure."""
    from ..report.wire import dump, extract_value

    return dump(extract_value(failure)) + "\n" if lines else "", [failure]


def _lost(place: Place | Failure, lines: bool) -> tuple[str, list[Failure]]:
    return _unread(common.gone(place), lines)


@click.command("credit")
@click.argument("texts", nargs=-1, metavar="TEXT...")
@common.format_option("terminal", "json", "jsonl")
@common.output_option
def credit_command(texts: tuple[str, ...], form: str, output: str | None) -> int:
    """Read credit lines: who made the picture, who stands behind it, who passed it on. '-' reads lines.

    creator: made it. source: published it or stands behind it. supplier and via: sold or passed it on. courtesy: let it
    be used. What the words alone do not settle is marked unsure, with the other reading below.

    \b
    Examples:
      attrib credit "Jane Doe/AFP via Getty Images"
      attrib credit - --format jsonl < credits.txt
    """
    common.check_output(output)
    from ..read.credit import parse_credit

    named = common.some(texts, "a credit line, or - for standard input")
    read = [parse_credit(text) for text in _texts(named)]
    if form == "terminal":
        from ..report.shown import credit_lines

        common.write((f"{line}\n" for credit in read for line in credit_lines(credit)), output)
    else:
        from ..report.wire import credit_value

        common.write(_json(map(credit_value, read), form), output)
    return 0


@click.command("similar")
@common.paths_argument
@common.format_option("terminal", "json", "jsonl")
@common.output_option
@click.option("--html", "page", metavar="FILE", help="Also write a page that shows each group side by side.")
@common.jobs_option
def similar_command(names: tuple[str, ...], form: str, output: str | None, page: str | None, jobs: int) -> int:
    """Find pictures that look alike in files and folders, whatever was done to their size or quality.

    On a terminal they are shown in groups, each picture with its distance to the first; in JSON, pair by pair.

    \b
    Examples:
      attrib similar photos/
      attrib similar photos/ --html alike.html
      attrib similar photos/ --format jsonl > pairs.jsonl
    """
    common.check_output(output)
    common.check_output(page, "--html ")
    from ..similar import groups, pairs, scan

    each = partial(spread, jobs=jobs, lost=common.gone)
    items, failures = scan(common.some(names, "folders or picture files"), common.counter("read"), each)
    found = pairs(items, common.counter("compared"), jobs or processors())
    made = groups(items, found) if page or form == "terminal" else []
    if page:
        from .gallery import page_lines

        common.write(page_lines(made, items, failures), page)
    if form == "terminal":
        common.write(_groups_text(made, len(items)), output)
    else:
        common.write(_json(map(_pair_value, found), form), output)
    common.say(failures)
    return common.unless_failed(failures)


@click.command("inspect")
@click.argument("names", nargs=-1, metavar="PICTURE...")
@common.format_option("terminal", "json", "jsonl")
@common.output_option
def inspect_command(names: tuple[str, ...], form: str, output: str | None) -> int:
    """Show what picture files say of themselves: IPTC, XMP, EXIF.

    Nothing is resolved: where a file says two things of one matter, both are shown side by side.

    \b
    Examples:
      attrib inspect photo.jpg
      attrib inspect photo.jpg --format json
    """
    common.check_output(output)
    from pathlib import Path

    from ..fetch import read_file
    from ..model import Failure
    from ..read.metadata import read_metadata

    facts: list[FileFacts] = []
    failures: list[Failure] = []
    for name in common.some(names, "picture files"):
        data = read_file(Path(name), name=name)
        read = data if isinstance(data, Failure) else read_metadata(data, name)
        if isinstance(read, Failure):
            failures.append(read)
        else:
            facts.append(read)
    if form == "terminal":
        from ..report.shown import file_lines

        common.write((f"{line}\n" for item in facts for line in file_lines(item)), output)
    else:
        from ..report.wire import facts_value

        common.write(_json(map(facts_value, facts), form), output)
    common.say(failures)
    return 2 if failures else 0


def _json(values: Iterable[Any], form: str) -> Iterator[str]:
    """JSON lines as they come, or one JSON array."""
    from ..report.wire import dump

    if form == "jsonl":
        for value in values:
            yield dump(value) + "\n"
    else:
        yield dump(list(values), pretty=True) + "\n"


def _texts(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if text == "-":
            lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
            yield from (line for line in lines if line.strip())
        else:
            yield text


def _pair_value(pair: Pair) -> dict[str, object]:
    return {"a": pair.a, "b": pair.b, **match_value(pair.match)}


def match_value(match: Match) -> dict[str, object]:
    """A match as JSON has it; the parts that both pictures show to a hundredth, as thumbnails tell it."""
    return {
        "distance": match.distance,
        "confidence": match.confidence.value,
        "how": match.how,
        "reasons": list(match.reasons),
        "box_a": [round(share, 2) for share in match.box_a],
        "box_b": [round(share, 2) for share in match.box_b],
    }


def _groups_text(groups: list[Group], looked: int) -> Iterator[str]:
    from ..report.said import in_line

    yield f"{groups_said(groups, looked)}\n"
    for group in groups:
        yield f"\n{in_line(group.representative)}\n"
        for name, match in group.members:
            how = f", {match.how}" if match.how else ""
            yield f"  {in_line(name)}\n"
            yield f"    {match.confidence.value} confidence, distance {match.distance}{how}\n"


def groups_said(groups: Sequence[Group], looked: int) -> str:
    """What was found, in one line."""
    alike = sum(1 + len(group.members) for group in groups)
    in_groups = "one group" if len(groups) == 1 else f"{len(groups):,} groups"
    found = f"{alike:,} of {looked:,} pictures look like another, in {in_groups}."
    few = {0: "There is no picture to compare.", 1: "There is one picture, and none to compare it with."}
    return found if groups else few.get(looked, f"No two of {looked:,} pictures look alike.")
