"""Where the lines of a text begin and end, read on where a program broke them at a width.

In: the text. Out: spans, one for each line, blank ones too; the lines of a broken paragraph are one. Programs break
greedily: a line ends where the next word does not fit. So it is told from lines that merely stand close together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model import Span

# Widths that programs break at: 72 (mail), 78 and 79 (terminals), and what people set.
NARROW, WIDE = 60, 100
# Breaks that have to be seen before a text counts as broken by a program, and their least share of all.
FEW, SHARE = 3, 0.6

_LONG = 30  # letters: addresses and scripts without spaces, of which no width can be told
_OPENS = re.compile(r"\s*(?:[>#|<]|!?\[!|!\[|[-*+•][ \t]|\d{1,3}[.)][ \t]|:::|///)")
_CLOSES = re.compile(r"\s*[#|<]|.*\|\s*$")


def lines(text: str) -> Iterator[Span]:
    """The lines of a text in order, each with its line end."""
    found = text.splitlines(keepends=True)
    width = _width(found)
    start = at = 0
    for line, behind in pairwise([*found, ""]):
        at += len(line)
        if not (width and _broken(line, behind, width)):
            yield Span(start, at)
            start = at


def _width(found: list[str]) -> int:
    """The width at which a text was broken; 0 where it was not."""
    width = max((len(line.rstrip()) for line in found if _tells(line)), default=0)
    if not NARROW <= width <= WIDE:
        return 0
    close = [(a, b) for a, b in pairwise(found) if a.strip() and b.strip() and _tells(a)]
    broken = sum(_broken(a, b, width) for a, b in close)
    return width if broken >= FEW and broken >= SHARE * len(close) else 0


def _tells(line: str) -> bool:
    """Whether a line is made of words, so that it would have been broken."""
    words = line.split()
    return len(words) > 3 and max(map(len, words)) <= _LONG


def _broken(line: str, behind: str, width: int) -> bool:
    """Whether a line ends because the next word did not fit."""
    words = behind.split(maxsplit=1)
    if not words or _OPENS.match(behind) or _CLOSES.match(line) or len(words[0]) > _LONG:
        return False
    length = len(line.rstrip())
    return length <= width < length + 1 + len(words[0])
