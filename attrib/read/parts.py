"""One caption of several pictures, cut into what it says of each: "Left: … Right: …", "(1) … (2) …".

In: the words and how many pictures they are about. Out: a stretch of the words for each picture, in the order of the
pictures; nothing unless every picture has its own. "From left: …" lists people, and is one part.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import fold, table

_NUMBER = re.compile(r"(?:(?<=^)|(?<=\s))(?:\((\d{1,2})\)|(\d{1,2})[.):](?=\s))\s*")
# A word that opens a part: at the start, or behind the end of a sentence; a colon or brackets tell it from prose.
_PLACE = r"[^\W\d_](?:[\w ]|\.(?! [^\W\d_])){0,18}?"
_WORD = re.compile(rf"(?:^|(?<=[.;!?)\]|/»”\"] )|(?<=[.;!?)\]|»”\"]))(?:\(({_PLACE})\)|({_PLACE}) ?:)\s*")
_LAST = 9  # pictures: more are a gallery, whose captions are its slides' own


def parts(words: str, count: int) -> list[tuple[int, int]]:
    """The stretch of `words` about each of `count` pictures; empty where they are not told apart."""
    if not 2 <= count <= _LAST:
        return []
    return _numbered(words, count) or _placed(words, count)


def _numbered(words: str, count: int) -> list[tuple[int, int]]:
    """Parts that begin with 1, 2, 3: each number once, in order, and nothing before the first."""
    found = [(m.start(), m.end(), int(m[1] or m[2])) for m in _NUMBER.finditer(words)]
    if [number for *_, number in found] != list(range(1, count + 1)) or found[0][0] != 0:
        return []
    return _stretches(words, [(start, end) for start, end, _ in found])


def _placed(words: str, count: int) -> list[tuple[int, int]]:
    """Parts that begin with a place, each place once."""
    found = [(m.span(), _ranks().get(fold(m[1] or m[2]), -1)) for m in _WORD.finditer(words)]
    found = [(span, rank) for span, rank in found if rank >= 0]
    ranks = [rank for _, rank in found]
    if len(found) != count or len(set(ranks)) != count or found[0][0][0] != 0:
        return []
    stretches = _stretches(words, [span for span, _ in found])
    return [stretch for _, stretch in sorted(zip(ranks, stretches, strict=True))]


def _stretches(words: str, marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """From each mark to the next; nothing where one of them is empty."""
    ends = [start for start, _ in marks[1:]] + [len(words)]
    found = [(start, len(words[:end].rstrip(" ;/|"))) for (start, _), end in zip(marks, ends, strict=True)]
    told = all(end - mark[1] > 2 for mark, (_, end) in zip(marks, found, strict=True))
    return found if told else []


@cache
def _ranks() -> dict[str, int]:
    return {
        fold(word): entry["rank"]
        for entry in table("positions")["position"]
        for words in entry["words"].values()
        for word in words
    }
