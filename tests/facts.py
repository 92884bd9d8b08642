"""Facts of a test, written as lines: what a page's picture files say, which look alike, and whom the house may credit.

file a.jpg: xmp creator = Jane Doe
file b.jpg: looks like a.jpg
file a.jpg: seen in old.html credited Jane Doe/AFP
file a.jpg: size 300x200
file a.jpg: unreadable because truncated: the file ends before the picture does
register person Jane Doe, from 2020-01-01, to 2022-12-31, form <Name> for The Quay
register stock_library Shutterstock, banned
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from attrib.model import Confidence, Failure, FileFacts, FileField, Likeness, Page
from attrib.read.credit import parse_credit
from attrib.read.metadata import gather
from attrib.register import Register, parse_register

LINE = re.compile(
    r"file (\S+): (?:looks like (?P<like>\S+)|seen in (?P<seen>\S+) credited (?P<by>.+)"
    r"|size (?P<width>\d+)x(?P<height>\d+)|unreadable because (?P<fault>.+)|(?P<origin>\w+) (?P<name>\w+) = (?P<value>.*)|(?P<bare>bare))$"
)


def give(page: Page, facts: Iterable[str]) -> Page:
    """The page with these facts at its figures; figures of files not named were not looked at."""
    fields: dict[str, list[FileField]] = defaultdict(list)
    like: dict[str, list[str]] = defaultdict(list)
    seen: dict[str, list[Likeness]] = defaultdict(list)
    sizes: dict[str, tuple[int, int]] = {}
    faults: dict[str, Failure] = {}
    for line in facts:
        if line.startswith("register "):
            continue
        match = LINE.match(line.strip())
        assert match, f"a fact is not understood: {line}"
        if match["like"]:
            like[match[1]].append(match["like"])
            like[match["like"]].append(match[1])
        elif match["seen"]:
            credit = parse_credit(match["by"])
            seen[match[1]].append(Likeness(match["seen"], match[1], 2, Confidence.HIGH, credit=credit, archived=True))
        elif match["width"]:
            sizes[match[1]] = int(match["width"]), int(match["height"])
            fields[match[1]] += []
        elif match["fault"]:
            faults[match[1]] = Failure(match[1], match["fault"], kind="broken")
        elif match["bare"]:
            fields[match[1]] += []
        else:
            fields[match[1]].append(FileField(match["origin"], match["name"], match["value"]))

    def name(figure):
        return figure.images[0].url.partition("?")[0].rpartition("/")[2] if figure.images else ""

    figures = []
    index = {name(figure): i for i, figure in enumerate(page.figures)}
    for figure in page.figures:
        key = name(figure)
        if key in fields:
            figure = replace(figure, file=file_facts(key, fields[key], sizes.get(key, (1200, 800))))
        if key in faults:
            figure = replace(figure, file=faults[key])
        elif like or fields or seen:
            others = [index[other] for other in like[key] if other in index]
            figure = replace(figure, likenesses=tuple(
                Likeness(page.source, name(page.figures[i]), 2, Confidence.HIGH, figure=i, at=page.figures[i].tag,
                         caption=str(page.figures[i].caption or ""), credit=page.figures[i].credit)
                for i in others
            ) + tuple(seen[key]))  # fmt: skip
        figures.append(figure)
    return replace(page, figures=tuple(figures))


def file_facts(name: str, fields: list[FileField], size: tuple[int, int] = (1200, 800)) -> FileFacts:
    """Facts as the metadata reader would give them."""
    return gather(name, fields, (), "JPEG", *size)


def register(facts: Iterable[str]) -> Register | None:
    """The register that the facts' lines are rows of; None when none of them speaks of one."""
    rows = []
    for line in facts:
        if line.startswith("register "):
            who, *said = line.removeprefix("register ").split(", ")
            kind, _, name = who.partition(" ")
            rows.append({"kind": kind, "name": name, **{key: value or True for key, _, value in map(_pair, said)}})
    return parse_register(json.dumps(rows), "people.json") if rows else None


def _pair(text: str) -> tuple[str, str, str]:
    return text.partition(" ")
