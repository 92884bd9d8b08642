"""From offsets to what a person or an editor program counts: line and column.

In: the text of a page. Out: `Place`s, lines and columns from 1; columns count code points and, where that is asked for,
bytes of UTF-8. A line ends at LF, CR LF or CR.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from .model import Place, Span

__all__ = ["Places"]

_LONE = re.compile(r"\r(?!\n)")


class Places:
    """Lines and columns of one text, counted on from the nearest place known: most are asked for in their order."""

    def __init__(self, text: str, in_bytes: bool = False) -> None:
        if "\r" in text and _LONE.search(text):
            text = text.replace("\r\n", " \n").replace("\r", "\n")  # every line end one character, none moved
        self._text = text
        self._in_bytes = in_bytes
        self._known: list[tuple[int, ...]] = [(0, 1, 0)]  # offsets in order, each with its line and where that begins

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; one beyond the text is taken for its end."""
        offset = max(0, min(offset, len(self._text)))
        near = bisect_left(self._known, (offset + 1,)) - 1
        at, line, start = self._known[near]
        if more := self._text.count("\n", at, offset):
            line, start = line + more, self._text.rfind("\n", at, offset) + 1
        if at < offset:
            self._known.insert(near + 1, (offset, line, start))
        return line, offset - start + 1

    def span(self, span: Span) -> Place:
        """Line and column of both ends."""
        start, end = self.at(span.start), self.at(span.end)
        if not self._in_bytes:
            return Place(*start, *end)
        return Place(*start, *end, self._bytes(span.start, start[1]), self._bytes(span.end, end[1]))

    def _bytes(self, offset: int, column: int) -> int:
        if self._text.isascii():
            return column
        offset = min(offset, len(self._text))
        return len(self._text[offset - column + 1 : offset].encode("utf-8", "surrogatepass")) + 1
