"""Facts of a test, written as lines, given to a page: what its picture files say, and which look alike.

file a.jpg: xmp creator = Jane Doe
file b.jpg: looks like a.jpg
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from attrib.model import Confidence, FileFacts, FileField, Likeness, Page
from attrib.read.metadata import gather

LINE = re.compile(
    r"file (\S+): (?:looks like (?P<like>\S+)|(?P<origin>\w+) (?P<name>\w+) = (?P<value>.*)|(?P<bare>bare))$"
)


def give(page: Page, facts: Iterable[str]) -> Page:
    """The page with these facts at its figures; figures of files not named were not looked at."""
    fields: dict[str, list[FileField]] = defaultdict(list)
    like: dict[str, list[str]] = defaultdict(list)
    for line in facts:
        match = LINE.match(line.strip())
        assert match, f"a fact is not understood: {line}"
        if match["like"]:
            like[match[1]].append(match["like"])
            like[match["like"]].append(match[1])
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
            figure = replace(figure, file=file_facts(key, fields[key]))
        if like or fields:
            others = [index[other] for other in like[key] if other in index]
            figure = replace(figure, likenesses=tuple(
                Likeness(page.source, name(page.figures[i]), 2, Confidence.HIGH, figure=i, at=page.figures[i].tag,
                         caption=str(page.figures[i].caption or ""), credit=page.figures[i].credit)
                for i in others
            ))  # fmt: skip
        figures.append(figure)
    return replace(page, figures=tuple(figures))


def file_facts(name: str, fields: list[FileField]) -> FileFacts:
    """Facts as the metadata reader would give them."""
    return gather(name, fields, (), "JPEG", 1200, 800)
