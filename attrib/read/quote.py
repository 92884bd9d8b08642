"""Plain stretches of a source become `Text`: white space folded, every character still tied to its place."""

from __future__ import annotations

import re

from ..model import Run, Span, Text

_WORD = re.compile(r"\S+")


def quote(source: str, start: int, end: int) -> Text:
    """The words of `source[start:end]` as they stand (nothing is decoded), one space between them.

    The span covers the words without the white space around them; of nothing but white space it is empty, at `start`.
    """
    runs: list[Run] = []
    words: list[str] = []
    at = 0
    for match in _WORD.finditer(source, start, end):
        previous = runs[-1] if runs else None
        gap = match.start() - (previous.source + previous.length) if previous else 0
        if previous and gap == 1 and source[match.start() - 1] == " ":
            runs[-1] = Run(previous.at, previous.source, previous.length + 1 + len(match[0]))
        else:
            runs.append(Run(at, match.start(), len(match[0])))
        words.append(match[0])
        at += len(match[0]) + 1
    if not runs:
        return Text("", Span(start, start))
    last = runs[-1]
    return Text(" ".join(words), Span(runs[0].source, last.source + last.length), tuple(runs))
