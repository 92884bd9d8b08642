"""Where words stand: places in a source, and words tied to them, character by character."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A place in `Page.text`: half-open offsets in code points."""

    start: int
    end: int


class Place(NamedTuple):
    """A span as people count: lines and columns from 1. The end is the first character that no longer belongs to it.

    Columns are code points; those in bytes of UTF-8, as some programs count, are 0 where nobody asked for them.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    byte_column: int = 0
    end_byte_column: int = 0


class Run(NamedTuple):
    """A stretch of a `Text` that reads the same, character by character, in the source: value offset, source offset."""

    at: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words as a reader sees them (entities decoded, white space folded), and where they stand in the source.

    `runs` ties single characters to their place: characters in no run (a decoded entity, a folded line break) are
    placed by their neighbours. A text from outside the page has no span.
    """

    value: str
    span: Span | None = None
    runs: tuple[Run, ...] = ()

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def place(self, start: int = 0, end: int | None = None) -> Span | None:
        """The span in the source of `value[start:end]`; the whole span when the characters cannot be told apart."""
        end = len(self.value) if end is None else end
        if self.span is None or not self.runs or (start <= 0 and end >= len(self.value)):
            return self.span
        left, right = self.span
        for run in self.runs:
            stop = run.at + run.length
            if run.at <= start < stop:
                left = run.source + start - run.at
            elif stop <= start:
                left = run.source + run.length
            if run.at < end <= stop:
                right = run.source + end - run.at
                break
            if run.at >= end:
                right = min(right, run.source)
                break
        return Span(left, max(left, right))

    def part(self, start: int, end: int) -> Text:
        """The words `value[start:end]`, with their own place."""
        runs = []
        for run in self.runs:
            low, high = max(run.at, start), min(run.at + run.length, end)
            if low < high:
                runs.append(Run(low - start, run.source + low - run.at, high - low))
        return Text(self.value[start:end], self.place(start, end), tuple(runs))
