"""The strip below an article that shows its pictures once more, to be opened from there.

In: the figures of a page. Out: the same, with such a strip as no part of the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import Figure, Region

_FEWEST = 2  # one picture that returns may be a mistake


def again(figures: Sequence[Figure]) -> list[Figure]:
    """The figures; slides without captions that end the article and were all shown before them are out of it."""
    out = list(figures)
    own = [n for n, figure in enumerate(figures) if figure.region.in_article]
    shown: dict[str, int] = {}  # where each was shown first
    for at, n in enumerate(own):
        shown.setdefault(figures[n].asset, at)
    strip = at = len(own)
    latest = -1  # of the pictures from `at` on, the one that was shown first as the last
    while at and (slide := figures[own[at - 1]]).region is Region.GALLERY and slide.caption is None and slide.asset:
        at -= 1
        latest = max(latest, shown[slide.asset])
        if latest < at:
            strip = at
    for n in own[strip:] if len(own) - strip >= _FEWEST else ():
        out[n] = replace(figures[n], region=Region.TEASER, reason="in a strip of pictures shown above")
    return out
