"""Which pictures of a run look alike, told to each figure that shows one of them.

In: pages, and the fingerprints of their figures' pictures. Out: the pages with a `Likeness` at each figure for the
other places that matter to it. Files are compared, not figures: ten thousand pages may show one file, and each is told
of a few of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from .model import Confidence, Likeness, Page
from .similar import pairs

if TYPE_CHECKING:
    from .read.pixels import Fingerprint, Match

    Place = tuple[int, int]  # the numbers of a page and of a figure on it
    File = tuple[str, bytes]

__all__ = ["look_alike"]

TOLD = 16  # places of one file that the others are told of, on their own page and in the run


def look_alike(pages: Sequence[Page], prints: Mapping[Place, Fingerprint]) -> list[Page]:
    """The pages with, at each figure whose picture was read, the pictures of this run that look the same."""
    shown: defaultdict[File, list[Place]] = defaultdict(list)  # where each file is
    for place in sorted(prints):
        shown[(prints[place].version, prints[place].digest)].append(place)
    told = {file: list(islice(_by_credit(pages, places), TOLD)) for file, places in shown.items()}
    here: defaultdict[tuple[File, int], list[Place]] = defaultdict(list)
    for file, places in shown.items():
        for place in places:
            if len(here[file, place[0]]) < TOLD:
                here[file, place[0]].append(place)
    figures = {p: list(pages[p].figures) for p, _ in prints}
    for file, others in _near(shown, prints).items():
        for place in shown[file]:
            likenesses = {
                other: _likeness(pages, other, match)
                for near, match in others
                for other in (*here.get((near, place[0]), ()), *told[near])
                if other != place
            }
            if likenesses:
                p, i = place
                figures[p][i] = replace(figures[p][i], likenesses=tuple(likenesses[k] for k in sorted(likenesses)))
    return [replace(page, figures=tuple(figures[p])) if p in figures else page for p, page in enumerate(pages)]


def _near(
    shown: Mapping[File, Sequence[Place]], prints: Mapping[Place, Fingerprint]
) -> dict[File, list[tuple[File, Match | None]]]:
    """The files that look like each, itself among them where it is shown more than once, without a match to itself."""
    names = {f"{number:09d}": file for number, file in enumerate(shown)}
    near: dict[File, list[tuple[File, Match | None]]] = {
        file: [(file, None)] if len(places) > 1 else [] for file, places in shown.items()
    }
    for pair in pairs([(name, prints[shown[file][0]]) for name, file in names.items()]):
        near[names[pair.a]].append((names[pair.b], pair.match))
        near[names[pair.b]].append((names[pair.a], pair.match))
    return near


def _by_credit(pages: Sequence[Page], places: Iterable[Place]) -> Iterator[Place]:
    """The first place of each credit that a file is shown with: what another place may be held against."""
    seen = set()
    for p, i in places:
        credit = pages[p].figures[i].credit
        key = (credit.raw, credit.parties) if credit else None
        if key not in seen:
            seen.add(key)
            yield p, i


def _likeness(pages: Sequence[Page], place: Place, match: Match | None) -> Likeness:
    """The picture at a place, as another is told of it; without a match it is the same file."""
    page, figure = pages[place[0]], pages[place[0]].figures[place[1]]
    return Likeness(
        source=page.source, picture=figure.address, distance=match.distance if match else 0,
        confidence=match.confidence if match else Confidence.HIGH, how=match.how if match else "the same file",
        figure=place[1], at=figure.tag, caption=figure.caption.value if figure.caption else None, credit=figure.credit,
    )  # fmt: skip
