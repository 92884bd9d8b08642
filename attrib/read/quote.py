"""Plain stretches of a source become `Text`: white space folded, every character still tied to its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Run, Span, Text

_WORD = re.compile(r"\S+")


def quote(source: str, start: int, end: int) -> Text:
    """The words of `source[start:end]` as they stand (nothing is decoded), one space between them.

    The span covers the words without the white space around them; of nothing but white space it is empty, at `start`.
    """
    return quote_parts(source, [Span(start, end)])


def quote_parts(source: str, parts: Sequence[Span]) -> Text:
    """The same of several stretches, read on as one: what stands between them is not seen and parts no words."""
    runs: list[Run] = []
    value = ""
    spaced = False
    for part in parts:
        at = part.start
        for match in _WORD.finditer(source, part.start, part.end):
            spaced = bool(value) and (spaced or match.start() > at)
            previous = runs[-1] if runs else None
            end = previous.source + previous.length if previous else -1
            if spaced and previous and match.start() == end + 1 and source[end] == " ":
                runs[-1] = Run(previous.at, previous.source, previous.length + 1 + len(match[0]))
            else:
                runs.append(Run(len(value) + spaced, match.start(), len(match[0])))
            value += f" {match[0]}" if spaced else match[0]
            at, spaced = match.end(), False
        spaced = spaced or at < part.end
    if not runs:
        start = parts[0].start if parts else 0
        return Text("", Span(start, start))
    return Text(value, Span(runs[0].source, runs[-1].source + runs[-1].length), tuple(runs))
