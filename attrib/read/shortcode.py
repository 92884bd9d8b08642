"""Shortcodes that no content system carried out: "[caption id=…] … [/caption]".

In: printed words. Out: where the words inside begin and end.
"""

from __future__ import annotations

import re

from ..model import Span

_OPEN = re.compile(r" ?\[(?:wp_)?caption\b[^\[\]]{0,800}\] ?", re.I)
_CLOSE = re.compile(r" ?\[/(?:wp_)?caption\] ?", re.I)


def inside(value: str) -> Span:
    """The words inside a shortcode that a text begins or ends with; all of it where there is none."""
    opened = _OPEN.match(value)
    start = opened.end() if opened else 0
    closed = _CLOSE.search(value, start)
    return Span(start, closed.start() if closed else len(value))


def holds(value: str) -> bool:
    """Whether a text has such a shortcode, or one end of it."""
    return "caption" in value and "[" in value and bool(_OPEN.search(value) or _CLOSE.search(value))
