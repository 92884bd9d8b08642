"""Which printed lines of a block are its caption and its credit.

In: the lines of a block in reading order, each with what its elements say. Out: a `Reading`. An element's word comes
first (figcaption, a class with "caption" or "credit"), then elements of their own that read as a credit, then the
grammar of credit lines inside the text. Only lines that stand together are one caption.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...model import Line, LineKind, Text
from ...words import fold
from ..place import compose, exact

# Lines no element tells of, without a credit, are a caption up to this length: nine in ten captions are shorter.
_LOOSE = 240


@dataclass(slots=True)
class Reading:
    """What a block says. `caption` is without the credit, `printed` with it; `credit` is as printed."""

    lines: tuple[Line, ...] = ()
    printed: Text | None = None
    caption: Text | None = None
    credit: Text | None = None
    told: bool = False  # an element said so
    cut: bool = False


@dataclass(slots=True)
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
    hint: bool = False  # an element where credits often stand: footer, small, cite


@dataclass(slots=True)
class Raw:
    """A line being gathered: pieces of raw source, and in which inline element each stands."""

    context: Context
    pieces: list[tuple[int, int]] = field(default_factory=list)
    inlines: list[int] = field(default_factory=list)
    core: bool = True
    text: Text | None = None
    kind: LineKind = LineKind.OTHER
    asset: str | None = None


def choose(source: str, raws: list[Raw], split: Callable[[str], Any]) -> Reading:
    """Which lines are the caption and the credit; marks them."""
    reading = Reading()
    plain = [
        r for r in raws if r.kind is LineKind.OTHER or (r.context.role == "credit" and r.kind is not LineKind.PICTURE)
    ]
    seen = (
        [r for r in plain if not r.context.control and not r.context.copy]
        or [r for r in plain if not r.context.copy]
        or plain
    )
    captions = [r for r in seen if r.context.role == "caption"]
    thanks = [r for r in seen if r.context.role == "credit"]
    reading.told = bool(captions or thanks)
    if not captions:
        loose = [r for r in seen if not r.context.role and r.core and not (r.context.link and len(r.text.value) < 40)]  # type: ignore[union-attr]
        captions = _loose(raws, loose)
    if captions and captions[0].context.container:
        # what stands in figcaptions is the caption, whatever else the figure prints
        captions = [r for r in captions if r.context.container]
    captions = _first_printed(_together(raws, captions))
    cut = None
    by_element = bool(thanks)
    if captions and not thanks:
        captions, thanks, cut = _split(source, captions, split)
    if captions and not thanks and cut is None:
        others = [
            r
            for r in seen
            if not r.context.role and r not in captions and r.text is not None and len(r.text.value) <= 160
        ]
        thanks = [r for r in others if _is_credit(r.text.value, split) or r.context.hint]  # type: ignore[union-attr]
    thanks = _first_printed(_together(raws, _nearest(thanks)))
    if not captions and not thanks:
        return reading
    if by_element and captions:
        if all(_is_credit(r.text.value, split) for r in captions if r.text):
            captions = []  # thanks twice, and no words on what is seen
        cut = _repeated(source, captions, split)
    elif by_element and len(" ".join(r.text.value for r in thanks if r.text)) > 60:
        captions, thanks, cut = _split(source, thanks, split)
    if not reading.told and not thanks and cut is None and sum(len(r.text.value) for r in captions if r.text) > _LOOSE:
        return reading  # that long, and nothing says it is a caption: running text beside the picture
    for raw in captions:
        raw.kind = LineKind.CAPTION
    for raw in thanks:
        raw.kind = LineKind.CREDIT
    both = [r for r in raws if r in captions or r in thanks]
    reading.printed = _joined(source, both)
    reading.caption = _joined(source, captions)
    reading.credit = _joined(source, thanks)
    if cut is not None and reading.caption is not None:
        whole = reading.caption
        if cut.credit is not None and reading.credit is None:
            reading.credit = exact(source, whole.part(*cut.credit))
        reading.caption = exact(source, whole.part(*cut.caption)) if cut.caption is not None else None
    _name_copies(raws, reading)
    return reading


def _name_copies(raws: list[Raw], reading: Reading) -> None:
    """Lines that say caption or credit again are one, too."""
    said = {
        fold(text.value): kind
        for text, kind in ((reading.caption, LineKind.CAPTION), (reading.credit, LineKind.CREDIT))
        if text is not None
    }
    for raw in raws:
        if raw.kind is LineKind.OTHER and raw.text is not None:
            raw.kind = said.get(fold(raw.text.value), LineKind.OTHER)


def _together(raws: list[Raw], lines: list[Raw]) -> list[Raw]:
    """The lines up to the first between which something else is printed."""
    if len(lines) < 2:
        return lines
    kept = [lines[0]]
    at = raws.index(lines[0])
    for line in lines[1:]:
        here = raws.index(line, at)
        if any(r.kind is not LineKind.PICTURE and not r.context.copy for r in raws[at + 1 : here]):
            break
        kept.append(line)
        at = here
    return kept


def _nearest(lines: list[Raw]) -> list[Raw]:
    """Credits from the first that stands in a figcaption or figure on, where some do."""
    inside = [r for r in lines if r.context.container] or [r for r in lines if r.context.figure]
    return inside or lines


def _loose(raws: list[Raw], loose: list[Raw]) -> list[Raw]:
    """The caption among lines no element tells of: the ones after the picture, up to three, before it if none is."""
    first = next((n for n, r in enumerate(raws) if r.kind is LineKind.PICTURE), -1)
    after = [r for r in loose if raws.index(r) > first]
    chosen = (after or loose)[:3]
    return [
        r
        for r in chosen
        if r.text is not None and len(r.text.value) <= 1500 and (" " in r.text.value or len(r.text.value) > 9)
    ]


def _first_printed(lines: list[Raw]) -> list[Raw]:
    """Lines up to the first that says again what was said."""
    kept: list[Raw] = []
    said: set[str] = set()
    for raw in lines:
        value = " ".join(re.findall(r"\w+", raw.text.value.casefold())) if raw.text else ""
        if value in said:
            break
        if kept and value and any(value == s for s in said):
            break
        said.add(value)
        kept.append(raw)
    return kept[:8]


def _joined(source: str, lines: list[Raw]) -> Text | None:
    pieces: list[tuple[int, int]] = []
    for n, raw in enumerate(lines):
        if n and raw.pieces:
            pieces.append((raw.pieces[0][0], raw.pieces[0][0]))
        pieces += raw.pieces
    return compose(source, pieces)


def _is_credit(value: str, split: Callable[[str], Any]) -> bool:
    cut = split(value)
    return cut.credit is not None and cut.caption is None


_MAY_END_IN_CREDIT = re.compile(r"[|©()\[\]:/]")
_BYLINE = re.compile(r"(?:von|by|par|por|di|av|af|door|text|texte|texto)\b", re.I)
_NAME_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|von|van|der|di|da|la|el|al|bin|den|dos|/|&|und|and|et|y)"
_NAME = re.compile(rf"{_NAME_WORD}(?:[ /,]+{_NAME_WORD}){{0,6}}")
_OF = rf"(?:{_NAME_WORD}|of|the|for|at)"
_IN_BRACKETS = re.compile(rf"\([A-Z\u00c0-\u00de][\w.'’-]*(?:[ /,;|]+{_OF}){{1,9}}\)")
_ENDS = (".", "!", "?", ".”", '."', "»")


def _split(source: str, lines: list[Raw], split: Callable[[str], Any]) -> tuple[list[Raw], list[Raw], Any]:
    """Caption and credit by their own elements without telling names, else by grammar inside the text."""
    if not lines:
        return lines, [], None
    if len(lines) > 1:
        last = lines[-1].text
        if (
            last is not None
            and len(last.value) <= 160
            and (_is_credit(last.value, split) or _like_name(lines[-1], lines[:-1]))
        ):
            return lines[:-1], lines[-1:], None
        head = lines[0].text
        if head is not None and len(head.value) <= 160 and _is_credit(head.value, split):
            return lines[1:], lines[:1], None
    parts = _segments(source, lines[-1])
    if len(parts) > 1:
        tail = parts[-1].text
        if (
            tail is not None
            and len(tail.value) <= 160
            and (
                _is_credit(tail.value, split) or _like_name(parts[-1], parts[:-1]) or _bracketed(parts[-1], parts[:-1])
            )
        ):
            rest = Raw(lines[-1].context, [p for s in parts[:-1] for p in s.pieces], core=True)
            rest.text = compose(source, rest.pieces)
            whole = _joined(source, lines)
            credit = tail
            if whole is not None and whole.value.endswith(credit.value):
                at = len(whole.value) - len(credit.value)
                return lines, [], _Cut((0, _trimmed(whole.value, at)), (at, len(whole.value)))
    whole = _joined(source, lines)
    if whole is None:
        return lines, [], None
    cut = split(whole.value)
    if cut.credit is not None and cut.caption is None and len(lines) == 1:
        return [], lines, None
    return lines, [], cut if cut.credit is not None else None


@dataclass(slots=True)
class _Cut:
    caption: tuple[int, int] | None
    credit: tuple[int, int] | None


def _trimmed(value: str, at: int) -> int:
    return len(value[:at].rstrip(" |/–—-·•("))


def _segments(source: str, line: Raw) -> list[Raw]:
    """A line cut where inline elements begin and end."""
    parts: list[Raw] = []
    last = -2
    for piece, inline in zip(line.pieces, line.inlines, strict=False):
        if inline == -1 and parts:
            parts[-1].pieces.append(piece)
            continue
        if inline != last:
            parts.append(Raw(line.context))
            last = inline
        parts[-1].pieces.append(piece)
        parts[-1].inlines.append(inline)
    for part in parts:
        part.text = compose(source, part.pieces)
    return [p for p in parts if p.text is not None]


def _like_name(line: Raw, before: list[Raw]) -> bool:
    """A bare name in an element of its own after a longer text: a credit without a marker."""
    if line.text is None or (line.inlines and line.inlines[0] == 0 and line.context.block == before[-1].context.block):
        return False
    value = line.text.value.strip(" ()[]|/–—-")
    if _BYLINE.match(value):
        return False
    said = sum(len(b.text.value) for b in before if b.text)
    return 3 <= len(value) <= 70 and said > len(value) and bool(_NAME.fullmatch(value)) and not value.endswith(".")


def _bracketed(line: Raw, before: list[Raw]) -> bool:
    """Names in brackets, in an element of their own behind a full sentence."""
    said = next((b.text.value for b in reversed(before) if b.text), "")
    value = line.text.value if line.text else ""
    return len(value) <= 90 and said.endswith(_ENDS) and bool(_IN_BRACKETS.fullmatch(value))


def _repeated(source: str, captions: list[Raw], split: Callable[[str], Any]) -> Any:
    """A caption that ends in a credit of its own, though an element holds one too."""
    whole = _joined(source, captions)
    if whole is None or not _MAY_END_IN_CREDIT.search(whole.value, max(0, len(whole.value) - 160)):
        return None
    cut = split(whole.value)
    if cut.credit is None or cut.caption is None or str(getattr(cut, "confidence", "high")) != "high":
        return None
    return cut
