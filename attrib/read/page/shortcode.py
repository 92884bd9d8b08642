"""Captions in shortcodes that no content system carried out: "[caption id=…] … [/caption]".

In: the texts of a block. Out: the words inside. The printed text stays as it is, for the reader does see the brackets;
caption and credit are what stands between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ...model import LineKind, Text
from ..place import exact
from ..shortcode import holds, inside
from .choose import choose as choose_plain
from .raw import Raw, Reading


def choose(source: str, raws: Sequence[Raw], split: Callable[[str], Any]) -> Reading:
    """Which lines are the caption and the credit, as `choose.choose` says it of the words inside shortcodes."""
    wrapped = [r for r in raws if r.text is not None and holds(r.text.value)]
    if not wrapped:
        return choose_plain(source, list(raws), split)
    whole = [raw.text for raw in wrapped]
    for raw in wrapped:
        _unwrap(source, raw)
    reading = choose_plain(source, [r for r in raws if r.text is not None], split)
    for raw, text in zip(wrapped, whole, strict=True):
        raw.text = text  # what is printed, brackets and all
        if raw.kind in (LineKind.CAPTION, LineKind.CREDIT):
            reading.printed = text
    return reading


def _unwrap(source: str, raw: Raw) -> None:
    """A line cut to the words inside its shortcode, which say they are a caption."""
    raw.text = _inside(source, raw.text) if raw.text else None
    if raw.text is None or raw.text.span is None:
        return
    raw.context = replace(raw.context, role=raw.context.role or "caption")
    low, high = raw.text.span
    kept = [(a, b, i) for (a, b), i in zip(raw.pieces, raw.inlines, strict=True) if a < high and low < b]
    raw.pieces = [(max(a, low), min(b, high)) for a, b, _ in kept]
    raw.inlines = [i for *_, i in kept]


def _inside(source: str, text: Text) -> Text | None:
    start, end = inside(text.value)
    return exact(source, text.part(start, end)) if start < end else None
