"""Lines of a block while it is read: what their elements say of them, their pieces of source, and what comes of them.

In: nothing; these are the values that gathering, choosing and cutting hand on to each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import Line, LineKind, Text
from ..place import compose


@dataclass(slots=True)
class Reading:
    """What a block says. `caption` is without the credit, `printed` with it; `credit` is as printed."""

    lines: tuple[Line, ...] = ()
    printed: Text | None = None
    caption: Text | None = None
    credit: Text | None = None
    told: bool = False  # an element said so
    cut: bool = False


@dataclass(slots=True, eq=False)
class Context:
    """What the elements around a line say of it."""

    role: str = ""
    control: bool = False
    link: bool = False
    copy: bool = False
    block: int = 0
    inline: int = 0
    skip: bool = False
    container: int = 0  # the figcaption around it, if any
    figure: bool = False
    heading: bool = False
    hint: bool = False  # an element where credits often stand: footer, small, cite
    text: bool = False  # a part that says it is text, beside a picture or on it


@dataclass(slots=True, eq=False)
class Raw:
    """A line being gathered: pieces of raw source, and in which inline element each stands."""

    context: Context
    pieces: list[tuple[int, int]] = field(default_factory=list)
    inlines: list[int] = field(default_factory=list)
    core: bool = True
    text: Text | None = None
    kind: LineKind = LineKind.OTHER
    asset: str | None = None


def joined(source: str, lines: list[Raw]) -> Text | None:
    """Lines read on as one text, one space between them."""
    if len(lines) < 2:
        return lines[0].text if lines else None
    pieces: list[tuple[int, int]] = []
    for n, raw in enumerate(lines):
        if n and raw.pieces:
            pieces.append((raw.pieces[0][0], raw.pieces[0][0]))
        pieces += raw.pieces
    return compose(source, pieces)
