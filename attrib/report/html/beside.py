"""A finding about two pictures: the other one, to be shown beside its own.

In: a finding, its figure, the pages of the report. Out: `Side`s: where the other picture is, and its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...model import Figure, Finding, Likeness, Page, Span
from .galley import figure_of

__all__ = ["Side", "sides", "words_of"]

MOST = 3  # pictures beside one: past it a person has seen enough, and all are listed as places


class Side(NamedTuple):
    """Another picture: on a page of this run (`figure`, `at`), or one that only the archive knows (`like`)."""

    source: str
    caption: str
    credit: str
    at: Span | None = None
    figure: int | None = None
    like: Likeness | None = None


def sides(finding: Finding, own: Figure | None, pages: Mapping[str, Page]) -> list[Side]:
    """The other pictures; none for a finding that stands for many places, or for several in one block."""
    if own is None or finding.count > 1:
        return []
    found: dict[tuple[str, int], Side] = {}
    for place in finding.related:
        page = pages.get(place.source or finding.source)
        i = figure_of(page, place.at) if page else None
        if page is None or i is None or page.figures[i] is own:
            continue
        other = page.figures[i]
        caption, credit = words_of(other)
        found.setdefault((page.source, i), Side(page.source, caption, credit, place.at, i))
    named = {item.field for item in finding.evidence if item.origin == "archive"}
    remembered = [like for like in own.likenesses or () if like.archived and like.source in named]
    known = [
        Side(like.source, like.caption or "", like.credit.raw if like.credit else "", like=like) for like in remembered
    ]
    return [*found.values(), *known][:MOST]


def words_of(figure: Figure) -> tuple[str, str]:
    """Caption and credit as printed."""
    return (figure.caption.value if figure.caption else "", figure.credit.raw if figure.credit else "")
