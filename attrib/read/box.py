"""The outermost element that holds a line and nothing else: what goes when the line goes.

In: the source and the place of the line. Out: its box, a `Span`; the place itself where it stands among other words.
"""

from __future__ import annotations

import re

from ..model import Span

# How far back an opening tag is looked for, and how many elements may be wound around a line.
_REACH = 600
_DEEP = 8
_OPENS = re.compile(r"<([A-Za-z][\w-]*)(?:\s[^<>]*)?>\s*\Z")
_CLOSES = re.compile(r"\s*</([A-Za-z][\w-]*)\s*>")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n|\r)")


def box(source: str, span: Span) -> Span:
    """The box of a line of markup, with its line break when nothing else stands on the line."""
    start, end = span
    for _ in range(_DEEP):
        closes = _CLOSES.match(source, end, end + 80)
        window = source[max(0, start - _REACH) : start]
        opens = _OPENS.search(window[window.rfind("<") :]) if closes and "<" in window else None
        if closes is None or opens is None or opens[1].lower() != closes[1].lower():
            break
        start -= len(opens[0])
        end = closes.end()
    return whole_line(source, Span(start, end))


def whole_line(source: str, span: Span) -> Span:
    """The span with its indentation and line break, when nothing else stands on its lines."""
    start, end = span
    begin = max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1
    after = _LINE_END.match(source, end)
    if after is None or source[begin:start].strip(" \t"):
        return span
    return Span(begin, after.end())
