"""What words beside a picture that no element calls a caption say of the picture: a writer's portrait, an offer.

In: the reading of a block, and the picture. Out: a `Verdict` where the words settle it, and the reading without words
that are no caption.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ... import wordings
from ...lexicon import fold
from ...model import LineKind, Region, Text
from ...wordings import inside
from .ends import byline
from .pictures import Picture
from .raw import Reading
from .region import Verdict

# A portrait beside a byline: of 655 article pictures none is as narrow.
_PORTRAIT = 200
_LINE = 160  # characters: a byline with its date; an offer


@cache
def _price() -> re.Pattern[str]:
    number, sign = r"\d(?:[\d.,]{0,20}\d)?", inside("currency")
    return re.compile(rf"(?:{number} ?{sign}|{sign} ?{number})(?:\W*)$")


@cache
def _prices() -> re.Pattern[str]:
    """Nothing but prices: "4,80 € 10,80 €"."""
    return re.compile(rf"[\W\d]*\d[\W\d]*(?:{inside('currency')}[\W\d]*){{0,4}}")


def beside(
    reading: Reading,
    region: Region,
    picture: Picture,
    alt: Text | None,
    width: int,
    linked: Callable[[], bool],
    named: bool,
) -> Verdict | None:
    """What the words printed beside a picture make of it, where they do. `width` is the widest of its renditions;
    `linked` tells whether it leads to a page, `named` whether the page's head names it as the article's."""
    kinds = [line.kind for line in reading.lines[:3]]
    if kinds == [LineKind.ADVERTISEMENT, LineKind.PICTURE] and linked():
        return Verdict(Region.CHROME, "below a label of advertisements")
    somebody = region is Region.LEAD and not named and not reading.told and reading.credit is None
    if somebody and alt and any(line.text and _is_name(alt.value, line.text.value) for line in reading.lines[:3]):
        return Verdict(Region.CHROME, "portrait beside a name")
    said = reading.printed.value if reading.printed and not reading.told else ""
    if not said or len(said) > _LINE:
        return None
    if reading.credit is None and _price().search(said):
        if region is not Region.LEAD:
            return Verdict(Region.TEASER, "an offer with its price")
        if _prices().fullmatch(said):
            reading.caption = reading.printed = None
    if byline().match(said):
        if reading.credit is None:
            reading.caption = reading.printed = None  # who wrote, not what is seen
        sizes = [size for size in (picture.width, width) if size]
        both = set(fold(alt.value).split()) & set(fold(said).split()) if alt else set()
        if (sizes and max(sizes) <= _PORTRAIT) or len(both) > 1:
            return Verdict(Region.CHROME, "portrait beside a byline")
    return None


def _is_name(alt: str, said: str) -> bool:
    """Whether picture and line only say the same name of a person: two to four words, each as names begin. The
    picture's may be called a portrait: "Photo of the author Ana Ruiz"."""
    words = said.split()
    begins = all(w[0].isalpha() and not w[0].islower() for w in words)
    if not (1 < len(words) < 5 and begins):
        return False
    return fold(said) == fold(alt) or fold(said) == fold(wordings.said("portrait").sub(" ", alt))
