"""Is a whole line of text the credit of a picture?

In: one line, as on a page without markup. Out: how surely it is a credit, or None. Bylines, sources of texts and
footers look alike and are left alone.
"""

from __future__ import annotations

import re

from ... import wordings
from ...lexicon import credit_words, fold, name_of, word_set
from ...model import Confidence, Kind
from .look import Look, look
from .words import plain

__all__ = ["looks_like_credit"]


def looks_like_credit(text: str) -> Confidence | None:
    """Whether a whole line of text is the credit of a picture, and how surely; None when it is not.

    High: a picture word with a name ("Foto: Ana Ruiz"), or people and houses in a chain ("Ana Ruiz/AFP"). Medium: a
    picture house alone ("Getty Images"). A wire's name alone, "Source: X", "Author: X" and footers are None: below
    texts they say who wrote, not who took the picture.
    """
    line = plain(text).strip()
    if not 2 <= len(line) <= 240 or "\n" in line:
        return None
    seen = look(line)
    credit, parties = seen.credit, seen.credit.parties
    if seen.prose or seen.strange > 2 or not (parties or credit.roles):
        return None
    marker = fold(credit.marker or "")
    known = credit_words().get(marker)
    if credit.marker == "\u00a9":
        return _signed_line(seen)
    if known and not seen.leads and seen.strange:
        return None  # words stand before the marker: "Mount Orban erupts. Image: USGS"
    if known and not known.picture:
        return Confidence.MEDIUM if (seen.people and seen.house) or _behind_comma(seen, line) else None
    if known and (credit.marker or "").endswith(":"):
        return Confidence.HIGH if parties or set(credit.roles) - {"video"} else None
    if known and parties:
        if not (seen.people or seen.house):
            return None
        return Confidence.HIGH if marker.split()[-1] in word_set("by") else Confidence.MEDIUM
    if not parties:
        return None
    if credit.licence and len(parties) <= 2:
        return Confidence.MEDIUM  # who reads a licence beside a name needs no other word
    return _chained_line(seen, line)


def _behind_comma(seen: Look, line: str) -> bool:
    """Whether a comma parts a name from the word before it, as no source of a text is written: "Kaynak, NAME"."""
    marker = seen.credit.marker or ""
    comma = seen.leads and line[len(marker) :].lstrip().startswith(",") and fold(marker) in word_set("comma_label")
    return comma and bool(seen.people or seen.house)


def _signed_line(seen: Look) -> Confidence | None:
    credit = seen.credit
    if any(wordings.said("rights").search(r) for r in credit.restrictions):
        return None
    if seen.house or seen.people:
        return Confidence.HIGH if not credit.year else Confidence.MEDIUM
    return None if credit.year or not credit.parties else Confidence.LOW


_PICTURE_HOUSES = frozenset((Kind.COLLECTION, Kind.STOCK_LIBRARY))


def _chained_line(seen: Look, line: str) -> Confidence | None:
    parties = seen.credit.parties
    if seen.house and len(parties) > 1 and not seen.strange and re.search(r"/|\||\bvia\b|\s-\s", line):
        return Confidence.HIGH
    if seen.house and len(parties) > 1 and seen.strange == 1 and "/" in line:
        return Confidence.MEDIUM
    if len(parties) == 1 and seen.house and fold(line) == fold(parties[0].name):
        entry = name_of(line)
        if entry and (entry.kind in _PICTURE_HOUSES or entry.distributes or _says_picture(line)):
            return Confidence.MEDIUM
    if seen.house and seen.credit.roles and not seen.strange:
        return Confidence.MEDIUM
    return None


def _says_picture(line: str) -> bool:
    return not word_set("agency").isdisjoint(fold(line).split())
