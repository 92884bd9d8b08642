"""The same picture, credited to others somewhere else: in this run, or in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from ..match import Answer, match_credits, match_people
from ..model import Confidence, Credit, Evidence, Figure, Finding, Kind, Page, Related, Severity, Span
from ..rule import rule
from ..words import shorten

CREDITS = 16  # of one picture that others are held against; more would only say the same again
Place = tuple[Page, Figure]


class Other(NamedTuple):
    """Where the same picture is shown as well; `at` is None for a place that only the archive knows."""

    source: str
    credit: Credit | None
    sure: Confidence
    how: str
    at: Span | None


@rule("credit-differs-elsewhere", on=tuple, severity=Severity.WARNING)
def credit_differs_elsewhere(pages: tuple[Page, ...]) -> Iterator[Finding]:
    """The same picture is credited to somebody else in another place.

    One of the two is thanked, and perhaps paid, for another's work. A notice where the same parties are named in another
    order, or a name is spelt otherwise; a credit that only says less is no difference.

    Bad:
        <figure><img src="https://img.example/p/tower-20240311-0042-640x480.jpg" alt="A tower"><figcaption>The tower in
        spring. <span class="credit">Photo: Ida Rossi/ANSA</span></figcaption></figure>
        <p>It was built in eleven years and has been closed for twelve, and nobody can say when it will open again.</p>
        <p>The town has asked three engineers, and each of them has found another crack in another wall.</p>
        <figure><img src="https://img.example/p/tower-20240311-0042-1280x960.jpg" alt="A tower"><figcaption>The tower in
        autumn. <span class="credit">Photo: Lars Ek/Reuters</span></figcaption></figure>
    Bad:
        <figure><img src="a.jpg" alt="A tower"><figcaption>The tower in spring. <span class="credit">Photo: Ida
        Rossi/ANSA</span></figcaption></figure>
        file a.jpg: seen in old.html credited Lars Ek/Reuters
    Good:
        <figure><img src="a.jpg" alt="A tower"><figcaption>The tower in spring. <span class="credit">Photo: Ida
        Rossi/ANSA</span></figcaption></figure>
        file a.jpg: seen in old.html credited © Ida Rossi / Ansa
    Good:
        <figure><img src="https://img.example/p/tower-20240311-0042-640x480.jpg" alt="A tower"><figcaption>The tower in
        spring. <span class="credit">Photo: Ida Rossi/ANSA</span></figcaption></figure>
        <p>It was built in eleven years and has been closed for twelve, and nobody can say when it will open again.</p>
        <p>The town has asked three engineers, and each of them has found another crack in another wall.</p>
        <figure><img src="https://img.example/p/tower-20240311-0042-1280x960.jpg" alt="A tower"><figcaption>The tower in
        autumn. <span class="credit">Ida Rossi / ANSA / dpa</span></figcaption></figure>
    """
    by_source = {page.source: page for page in pages}
    numbers = {source: number for number, source in enumerate(by_source)}
    first: dict[str, dict[object, Place]] = {}  # of each picture, where each of its credits stands first
    for page in pages:
        for figure in page.article:
            if figure.credit is None:
                continue
            same = first.setdefault(_key(page, figure), {}) if figure.asset else {}
            others = [_on_page(*place, Confidence.HIGH, "") for place in same.values()]
            for like in figure.likenesses or ():
                there = by_source.get(like.source)
                if like.archived:
                    if there is None:  # what a page of this run says today is not asked of the archive
                        others.append(Other(like.source, like.credit, like.confidence, like.how, None))
                elif there and like.figure is not None:
                    other_figure = there.figures[like.figure]
                    place = (numbers[like.source], other_figure.block)
                    if place < (numbers[page.source], figure.block):  # a pair is said once, at the later place
                        others.append(_on_page(there, other_figure, like.confidence, like.how))
            if len(same) < CREDITS:
                same.setdefault((figure.credit.raw, figure.credit.parties), (page, figure))
            for differ, finding in ((_differ, _contradiction), (_reworded, _rewording)):
                other = next((o for o in others if o.credit and differ(figure.credit, o.credit)), None)
                if other and other.credit:
                    yield finding(page, figure, figure.credit.raw, other, other.credit.raw)
                    break


def _on_page(page: Page, figure: Figure, sure: Confidence, how: str) -> Other:
    return Other(page.source, figure.credit, sure, how, _span(figure))


def _contradiction(page: Page, figure: Figure, own: str, other: Other, theirs: str) -> Finding:
    like = f" ({other.how})" if other.how and other.how not in ("saved again", "the same file") else ""
    return Finding(
        at=_span(figure),
        source=page.source,
        quote=own,
        message=f"The same picture{like} is credited to “{shorten(theirs, 48)}” {_where(page, other)}, and here to "
        f"“{shorten(own, 48)}”.",
        remedy="Ask the picture desk which is right, and correct the other.",
        confidence=other.sure,
        picture=figure.address,
        related=(Related(other.at, "the other credit", source=other.source, quote=theirs),) if other.at else (),
        evidence=(
            Evidence("page", own, "credit"),
            Evidence("page" if other.at else "archive", theirs, other.source),
        ),
    )


def _rewording(page: Page, figure: Figure, own: str, other: Other, theirs: str) -> Finding:
    return replace(
        _contradiction(page, figure, own, other, theirs),
        message=f"The same picture is credited “{shorten(theirs, 48)}” {_where(page, other)}, and here “{shorten(own, 48)}”.",
        remedy="Print it in one way, and the names as they are spelt.",
        severity=Severity.NOTICE,
    )


def _where(page: Page, other: Other) -> str:
    return "in this article" if other.source == page.source else f"in {other.source}"


def _differ(one: Credit, two: Credit) -> bool:
    """Whether two credits name different people or houses; what one leaves out is no difference."""
    verdict = match_credits(one, two)
    return verdict.answer is Answer.DISAGREES and verdict.how == "other"


def _reworded(one: Credit, two: Credit) -> bool:
    """Whether two credits name the same parties, and not in the same order or spelling."""
    here, there = ([(p.kind, p.canonical.casefold()) for p in credit.parties] for credit in (one, two))
    if here == there or len(here) != len(there):
        return False
    for kind, name in here:
        same = (k for k in there if k[1] == name)
        alike = (k for k in there if kind is k[0] is Kind.PERSON and match_people(name, k[1]).answer is Answer.AGREES)
        if (found := next(chain(same, alike), None)) is None:
            return False
        there.remove(found)
    return True


def _key(page: Page, figure: Figure) -> str:
    """An asset's name; a path on a site that is not known means something on its own page only."""
    return f"{page.source} {figure.asset}" if figure.asset.startswith("-/") else figure.asset


def _span(figure: Figure) -> Span:
    at = figure.credit.at if figure.credit else None
    return (at.span if at else None) or figure.at
