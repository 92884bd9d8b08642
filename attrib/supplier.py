"""What the name of a picture file says of who supplied it.

In: an address or a file name. Out: `FileHit`s, the surest first: the house, how strongly the name says so, the id in
it, a date when the id holds one, and the photographer in the slug of a free library, as a suggestion. The patterns
are in `data/agencies.toml`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from .lexicon import FilePattern, Name, agencies

__all__ = ["FileHit", "suppliers"]

_LIMIT = 600  # characters of an address that are looked at
_RANK = {"strong": 0, "medium": 1, "weak": 2}


class FileHit(NamedTuple):
    """One house a file name points to. `date` is ISO or empty, `creator` a suggestion or empty."""

    agency: str
    strength: str  # strong, medium, weak
    found: str  # as written in the name
    id: str = ""
    date: str = ""
    creator: str = ""


@cache
def _patterns() -> tuple[tuple[Name, FilePattern], ...]:
    return tuple((entry, one) for entry in agencies() for one in entry.ids)


@lru_cache(maxsize=1024)  # several rules ask
def suppliers(address: str) -> tuple[FileHit, ...]:
    """The houses whose way of naming files this address or file name shows, the surest first; mostly none.

    A strong hit was never false on the image addresses of 325 collected pages; a weak one proves nothing alone.
    """
    text = address[:_LIMIT]
    if "%" in text:
        text = unquote(text)
    lower = text.lower()
    if len(lower) != len(text):
        text = lower
    hits = []
    for entry, one in _patterns():
        if one.word in lower and (found := re.search(one.pattern, lower)):  # compiled when met
            groups = found.groupdict()
            kept = text[found.start("id") : found.end("id")] if "id" in groups else ""
            written = text[found.start() : found.end()].strip("/_-")
            hits.append(
                FileHit(entry.name, one.strength, written, kept, _day(groups), _person(groups.get("who") or ""))
            )
    if len(hits) > 1:
        hits.sort(key=lambda h: _RANK[h.strength])
    return tuple(hits)


def _day(groups: dict[str, str | None]) -> str:
    """The date in an id, as ISO; empty when there is none, or none that exists."""
    try:
        if (year := groups.get("yy")) and (day := groups.get("day")):
            found = date(2000 + int(year), 1, 1) + timedelta(days=int(day) - 1)
            return found.isoformat() if found.year == 2000 + int(year) else ""
        if short := groups.get("short"):
            return date(2000 + int(short[:2]), int(short[2:4]), int(short[4:])).isoformat()
        if written := groups.get("date"):
            digits = re.sub(r"\D", "", written)
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return ""
    return ""


def _person(slug: str) -> str:
    """A slug of two words, as a name: "ida-frost" → "Ida Frost"; longer ones hold what the picture shows."""
    parts = slug.strip("-").split("-")
    return " ".join(p.capitalize() for p in parts) if len(parts) == 2 and all(p.isalpha() for p in parts) else ""
