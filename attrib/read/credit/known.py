"""A piece of a line that is one name of the tables, and nothing else.

In: a reading, and the words of the piece. Out: the entry, or None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from ...lexicon import Name, fold, names, word_set
from ...model import HOUSES
from .kinds import is_domain
from .reading import Reading

__all__ = ["whole_name"]

_LETTERS = re.compile(r"(?:[A-Z]\.){3,5}")


def whole_name(reading: Reading, start: int, end: int) -> Name | None:
    """The entry that these words are: as the tables spell it, an address, letters, a branch, or cut off."""
    key = reading.key(start, end)
    entry = names().get(key)
    if entry is None and is_domain(reading.text(start, end)):
        entry = names().get(key.removeprefix("www ").rsplit(" ", 1)[0])
    if entry is None and end - start > 2 and _LETTERS.fullmatch(text := reading.text(start, end)):
        entry = names().get(fold(text.replace(".", "")))  # "A.F.P."
    if entry is None and end - start > 1 and reading.found[end - 1].key in word_set("territory"):
        entry = _branch(reading, start, end)
    if entry is None and end == len(reading.found) and 28 <= len(reading.raw.encode()) <= 32:
        entry = _cut(key)
    if entry and len(key) == 1 and reading.text(start, end) != "X":
        return None
    if entry and reading.line[max(0, reading.found[start].start - 1)] == "@":
        return None
    return entry


def _branch(reading: Reading, start: int, end: int) -> Name | None:
    """The house whose branch this is: "Getty Images Turkey"."""
    while end > start + 1 and reading.found[end - 1].key in word_set("territory"):
        end -= 1
    key = reading.key(start, end)
    entry = names().get(key)
    picture = entry is not None and (entry.kind in HOUSES or entry.sort == "studio")
    return entry if picture and key not in word_set("homonym") else None


def _cut(key: str) -> Name | None:
    """A spelling cut off by IIM's 32 bytes: the one that begins like this, when only one house does."""
    if len(key) < 12:
        return None
    spellings = _spellings()
    at = bisect_left(spellings, key)
    owners = set()
    while at < len(spellings) and spellings[at].startswith(key):
        owners.add(names()[spellings[at]])
        at += 1
    return owners.pop() if len(owners) == 1 else None


@cache
def _spellings() -> list[str]:
    return sorted(names())
