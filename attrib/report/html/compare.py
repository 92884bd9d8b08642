"""Two texts held against each other, word by word.

In: two texts. Out: `Piece`s of each: kind `del` for words that only the first has, `ins` for those only the second has.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from .galley import Piece

__all__ = ["alike", "compared"]

MOST = 400  # words of each; the work grows with the square, and nobody compares more by eye


def compared(one: str, two: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces. Texts too long to compare come back whole."""
    a, b = _words(one), _words(two)
    if max(len(a), len(b)) > 2 * MOST:
        return [Piece(one)], [Piece(two)]
    left: list[Piece] = []
    right: list[Piece] = []
    same = SequenceMatcher(None, [word.rstrip() for word in a], [word.rstrip() for word in b], autojunk=False)
    for how, i, j, k, m in same.get_opcodes():
        left += _pieces(a[i:j], "" if how == "equal" else "del")
        right += _pieces(b[k:m], "" if how == "equal" else "ins")
    return left, right


def alike(one: str, two: str) -> bool:
    """Whether two texts are versions of one: not the same, and most words in both."""
    a, b = one.split(), two.split()
    if one == two or not a or not b or max(len(a), len(b)) > MOST:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.6  # where difflib itself calls sequences close


def _words(text: str) -> list[str]:
    """Words, and each mark by itself, with the blanks behind them: "Doe/AFP" and "Doe/dpa" share their first half."""
    return re.findall(r"(?:\w+|[^\w\s])\s*", text.lstrip())


def _pieces(words: list[str], kind: str) -> list[Piece]:
    """Words in a row; the blank behind the last of those that are marked is not."""
    text = "".join(words)
    marked = text.rstrip() if kind else text
    return [piece for piece in (Piece(marked, kind), Piece(text[len(marked) :])) if piece.words]
