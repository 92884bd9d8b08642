"""A line as words and the gaps between them.

In: a printed line. Out: the same line made plain (every character keeps its place), its words with their folded
spelling, and for every gap what it parts. Everything behind this module is look-ups over words, so reading a line
takes time in proportion to its length.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ...lexicon import fold, word_set

__all__ = ["COPYRIGHT", "LIMIT", "Word", "breaks", "plain", "trim_caption", "trim_credit", "words"]

LIMIT = 1000  # characters read of a line: the longest credit line among 340 collected ones has 117

# Full-width forms, exotic spaces and dashes, each as one plain character.
_PLAIN = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys("\u00a0\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff\t\r\v\f", " ")
_PLAIN |= dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
_PLAIN |= dict.fromkeys("\u2010\u2011\u2212", "-") | dict.fromkeys("\u2014\u2015\u2012", "\u2013")
_PLAIN |= dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'") | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
_PLAIN |= dict.fromkeys("\u2044\u2215", "/") | dict.fromkeys("\u2502\u00a6", "|")
_PLAIN |= dict.fromkeys("\u3010\u3014\u300c\u300e", "[") | dict.fromkeys("\u3011\u3015\u300d\u300f", "]")
_PLAIN |= {"\u3008": "(", "\u3009": ")"}
_ODD = re.compile(f"[{re.escape(''.join(_PLAIN))}]")

_MARKS = (
    "\ufffd\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0dff"
    "\u0e31-\u0e4e\u1000-\u109f"
)
_WORD = re.compile(rf"[A-Za-z0-9_]++(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])|[\w{_MARKS}]+")
_HARD = (
    ("/", "slash"),
    ("|", "pipe"),
    (";", "clause"),
    ("\n", "clause"),
    ("(", "open"),
    ("[", "open"),
    (")", "close"),
    ("]", "close"),
    (":", "colon"),
    ("=", "colon"),
    ("\u055d", "colon"),  # the Armenian one
    ("#", "slash"),
    ("\u00a9", "slash"),
    ("\u00b7", "pipe"),
    ("\u2022", "pipe"),
    ("\u203a", "pipe"),
    (">", "pipe"),
    ("<", "pipe"),
    ("*", "pipe"),
    ("\u25cf", "pipe"),
    ("\u2026", "dash"),
    (",", "comma"),
    ("\u3001", "comma"),
    ("\u060c", "comma"),
    ("\u30fb", "dot"),
    ("&", "and"),
    ("+", "and"),
)
COPYRIGHT = "\u00a9\u24d2\u24b8"  # the sign, and the letters in a circle that stand for it
_DASH = re.compile(r"\s[-\u2013]|[-\u2013]\s|\u2013|--")


class Word(NamedTuple):
    """One word: where it stands, and its folded spelling."""

    start: int
    end: int
    key: str


def plain(text: str) -> str:
    """The line with full-width forms, odd spaces, dashes and quotes as plain ones; every character in its place."""
    return text if text.isascii() else _ODD.sub(lambda sign: _PLAIN[sign[0]], text)


@lru_cache(maxsize=64)  # every way to cut a caption asks for its words
def words(line: str, start: int = 0) -> tuple[Word, ...]:
    """The words of a plain line, in order."""
    return tuple([Word(*m.span(), key) for m in _WORD.finditer(line, start) if (key := fold(m[0]))])


def _abbreviation(word: str, key: str) -> bool:
    return len(word) <= 2 or key in word_set("abbreviation") or key in word_set("suffix")


def breaks(line: str, found: tuple[Word, ...]) -> list[str]:
    """For every word, what parts it from the word before: "" when nothing does. The first is always "start".

    slash, pipe, clause, open, close, colon, comma, dash, and, stop are separators of decreasing strength; "dot" is
    the middle dot inside Japanese names, "tight" a hyphen inside a word.
    """
    parts = ["start"] * len(found)
    for i in range(1, len(found)):
        gap = line[found[i - 1].end : found[i].start]
        if gap == " ":
            parts[i] = ""
            continue
        for sign, kind in _HARD:
            if sign in gap:
                parts[i] = kind
                break
        else:
            before = found[i - 1]
            if _DASH.search(gap):
                parts[i] = "dash"
            elif "." in gap and gap[-1] != "." and not _abbreviation(line[before.start : before.end], before.key):
                parts[i] = "stop"
            else:
                parts[i] = "tight" if gap in ("-", "'", ".") else ""
    return parts


def trim_caption(line: str, start: int, end: int) -> int:
    """The end of a caption without the separators before its credit."""
    while end > start and line[end - 1] in " \t\r\n|/\u2013-,;:=([\u00b7\u2022>\u3001":
        end -= 1
    return end


def trim_credit(line: str, start: int, end: int) -> tuple[int, int]:
    """A credit without the separators around it."""
    while start < end and line[start] in " \t\r\n|/\u2013-,;:=\u00b7\u2022.>":
        start += 1
    while end > start and line[end - 1] in " \t\r\n|/\u2013-,;:=\u00b7\u2022":
        end -= 1
    return start, end
