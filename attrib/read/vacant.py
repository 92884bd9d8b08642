"""Is an address that of what is shown until a picture is loaded?

In: an address. Out: yes or no, by the name of the file alone. Words that also stand in names of photographs
("grey-seals.jpg", "empty-shelves.webp") count where the rest of the name says nothing, or in the formats of drawings.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..wordings import inside
from .asset import says_cut

__all__ = ["holds_place"]

_DRAWN = (".png", ".gif", ".svg")
_WORD = re.compile(r"[^\W\d_]{4,}|\d{4,}")  # shorter ones are pieces of names that programs make


@cache
def _named() -> re.Pattern[str]:
    """Words that are sure, and (in a group) those that also stand in names of photographs."""
    sure, empty = inside("address-placeholder"), inside("address-empty")
    return re.compile(rf"[/_.-](?:{sure}|({empty}))(?=[_.-]|$)")


@lru_cache(maxsize=8192)
def holds_place(url: str) -> bool:
    """Whether the last part of an address is named as what is shown until a picture is loaded."""
    name = "/" + url.partition("?")[0].rpartition("/")[2].lower()
    found = [word[1] for word in _named().finditer(name)]
    if not found or None in found:
        return bool(found)
    words = (word for word in _WORD.findall(name) if not says_cut(word) and word != found[0])
    return name.endswith(_DRAWN) or not any(words)
