"""What a figure prints, as rules look at it: the words a reader meets as text, and the elements a text is made of."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import credit_words, fold, printed_words
from .model import Edit, Figure, Line, LineKind, Page, Run, Span, Text

__all__ = ["by_words", "cut_out", "elements", "loose", "nameless", "seams"]


@cache
def _nameless() -> re.Pattern[str]:
    """The last words of a text, and behind them nothing but marks: "Photo: -", "Foto:", "Photo by - /"."""
    word = r"(?:^|(?<=[\s(|/–-]))([^\W\d_]{2,20}(?: [^\W\d_]{2,12})?)"
    return re.compile(rf"{word}(?:\s?:|\s{by_words()})[\s./|–—-]*\)?$")


@cache
def by_words() -> str:
    """What stands between a marker and its name ("by", "von"), as a part of a pattern."""
    return rf"\b(?:{'|'.join(map(re.escape, printed_words('by')))})\b"


def nameless(text: str) -> int | None:
    """Where a credit that names nobody begins at the end of a text, or None."""
    match = _nameless().search(text)
    if match is None:
        return None
    for start in (match.start(1), match.start(1) + match[1].find(" ") + 1):
        marker = credit_words().get(fold(text[start : match.end(1)]))
        if marker is not None and marker.picture:
            return start
    return None


def cut_out(at: Span, quote: str, page: Page) -> Edit | None:
    """The edit that deletes words from a text, with the space before them; None where markup stands among them."""
    if page.text[at.start : at.end] != quote:
        return None
    space = page.text[at.start - 1 : at.start] == " " and page.text[at.end : at.end + 1] in (" ", "<", "\n", "\r", "")
    return Edit(Span(at.start - space, at.end), "")


def loose(figure: Figure) -> list[Line]:
    """The lines a reader meets as text beside the picture, in order: no controls, no copies made on purpose."""
    return [x for x in figure.lines if not x.copy and not x.control and x.kind is not LineKind.PICTURE]


def elements(text: Text, page: Page) -> list[Text]:
    """A text cut where markup stands between its words."""
    return [text.part(start, end) for start, end in seams(text, page)]


def seams(text: Text, page: Page) -> list[tuple[int, int]]:
    """Where the elements that a text is made of begin and end in it."""
    parts: list[tuple[int, int]] = []
    last: Run | None = None
    for run in text.runs:
        end = run.at + run.length
        if last is not None and "<" not in page.text[last.source + last.length : run.source]:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((run.at, end))
        last = run
    return [(start, end) for start, end in parts if text.value[start:end].strip()]
