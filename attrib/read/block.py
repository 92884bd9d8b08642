"""The block of one figure: its printed lines, and which of them are caption and credit.

In: a source, the places of the block in it, and where its pictures stand. Out: a `Reading`. The block (a few KB, never
more than `LONGEST`) is read by BeautifulSoup, whose tolerance is worth its time on so little; local positions plus the
place of the block are places in the source. What an element says of itself comes first (figcaption, a class with
"caption" or "credit", itemprop), the grammar of credit lines second. No soup leaves this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import Line, LineKind, Span, Text
from .page import marks
from .page.tree import BLOCKS
from .place import START_TAG, compose, exact

# html.parser takes quadratic time on some broken markup; of 3,126 captioned blocks measured the longest had 41 KB,
# nearly all of it addresses, which are blanked before.
LONGEST = 60_000
_MOST_LINES = 200

_BLANK = re.compile(
    r"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script\s*>|\Z)|<style\b.*?(?:</style\s*>|\Z)|<svg\b.*?</svg\s*>|"
    r"</?(?:source|path|use|g|defs|circle|rect|polygon|polyline|line|ellipse|link|meta|input|track|param)\b[^>]*>",
    re.S | re.I,
)
# the start tags of pictures: only their place matters here, their attributes are read elsewhere
_PICTURE_TAG = re.compile(r"(<(?:img|amp-img)\b)([^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)(?=>)", re.I)
_SHOWN = re.compile(r"[^\0]+")
_SKIP = re.compile(r"(?:</[^>]*>?|<![^>]*>?|<\?[^>]*>?)+")
_DATA = re.compile(r"(?:[^<]|<(?![A-Za-z/!?]))*")
_MARKER_ONLY = re.compile(r"[\W_]*(?:\w[\w\s./-]{0,28}[:：©]|©|\(c\)|via|von|by|par|di|/|\||[-–—])?[\W_]*", re.I)

_UNREAD = frozenset({"script", "style", "object", "iframe", "textarea", "select", "video", "audio", "canvas", "math"})
_SHOWING = ["img", "picture", "amp-img", "video"]
_HINTS = frozenset({"footer", "small", "cite", "address"})
_CONTROLS = frozenset({"button", "summary"})
# Classes of the element that shows a picture once more, large. "fullscreen" also names pictures that only may be.
_LARGE_VIEW = marks.LIGHTBOX - {"fullscreen", "overlay"}
_COPIES = frozenset({"noscript", "template", "dialog"})
_INLINE_CREDIT = frozenset({"creator", "author", "copyrightholder", "credittext", "copyrightnotice", "provider", "sourceorganization"})


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
class _Context:
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
class _Raw:
    """A line being gathered: pieces of raw source, and in which inline element each stands."""

    context: _Context
    pieces: list[tuple[int, int]] = field(default_factory=list)
    inlines: list[int] = field(default_factory=list)
    core: bool = True
    text: Text | None = None
    kind: LineKind = LineKind.OTHER
    asset: str | None = None


def read_block(
    source: str,
    places: Sequence[tuple[int, int]],
    pictures: Mapping[int, str],
    classify: Callable[[str], LineKind],
    split: Callable[[str], Any],
    core: tuple[int, int] | None = None,
) -> Reading:
    """Read a block. `pictures` maps the place of each picture's start tag to its asset; `core` is where words without
    any telling element may be the caption."""
    raws: list[_Raw] = []
    cut = False
    for start, end in places:
        if end - start > LONGEST:
            end, cut = start + LONGEST, True
        raws += _gather(source, start, end, pictures)
    if core is not None:
        for raw in raws:
            if raw.pieces:
                raw.core = core[0] <= raw.pieces[0][0] <= core[1]
    for raw in raws:
        if raw.kind is not LineKind.PICTURE:
            raw.text = compose(source, raw.pieces)
    raws = [r for r in raws if r.text is not None][:_MOST_LINES]
    _attach_markers(raws, source)
    for raw in raws:
        if raw.kind is not LineKind.PICTURE and raw.text is not None:
            raw.kind = classify(raw.text.value)
    reading = _choose(source, raws, split)
    reading.cut = cut
    reading.lines = tuple(
        Line(raw.kind, raw.text, raw.context.control or (raw.context.link and raw.kind not in _WORDS), raw.context.copy, asset=raw.asset)
        for raw in raws
        if raw.text is not None
    )
    return reading


_WORDS = frozenset({LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER, LineKind.PICTURE, LineKind.FILE_NAME})


def _gather(source: str, start: int, end: int, pictures: Mapping[int, str]) -> list[_Raw]:
    """The lines of a slice, through the soup. Line ends become spaces: then a column is an offset."""
    from bs4 import BeautifulSoup, NavigableString, Tag

    piece = source[start:end]
    piece = _BLANK.sub(_blanked, piece)
    piece = _PICTURE_TAG.sub(lambda m: m[1] + " " * len(m[2]), piece)
    piece = piece.replace("\n", " ").replace("\r", " ")
    soup = BeautifulSoup(piece, "html.parser")
    contexts: dict[int, _Context] = {id(soup): _Context()}
    around: set[int] = set()  # elements that hold a picture
    for shown in soup.find_all(_SHOWING):
        for outer_tag in shown.parents:
            if id(outer_tag) in around:
                break
            around.add(id(outer_tag))
    lines: list[_Raw] = []
    current: _Raw | None = None
    at = 0
    for node in soup.descendants:
        if isinstance(node, Tag):
            name = node.name
            position = node.sourcepos or 0
            outer = contexts.get(id(node.parent)) or _Context()
            context = _context(node, name, outer, id(node) in around)
            contexts[id(node)] = context
            match = START_TAG.match(piece, position)
            at = match.end() if match else position
            asset = pictures.get(start + position)
            if asset is not None:
                place = Span(start + position, start + at)
                lines.append(_Raw(context, kind=LineKind.PICTURE, text=Text(source[place.start : place.end], place), asset=asset, pieces=[(place.start, place.end)]))
                current = None
            elif name in BLOCKS:
                current = None
        elif type(node) is NavigableString:
            skip = _SKIP.match(piece, at)
            while skip:
                at = skip.end()
                skip = _SKIP.match(piece, at)
            match = _DATA.match(piece, at)
            stop = match.end() if match else at
            left, at = at, stop
            context = contexts.get(id(node.parent)) or _Context()
            if context.skip:
                continue
            if not node.strip(" \t\n\r\f\0"):
                if current is not None:
                    for part in _SHOWN.finditer(piece, left, stop):
                        current.pieces.append((start + part.start(), start + part.end()))
                        current.inlines.append(-1)
                continue
            if current is None or _differs(current.context, context):
                current = _Raw(context)
                lines.append(current)
            for part in _SHOWN.finditer(piece, left, stop):  # without what was blanked
                current.pieces.append((start + part.start(), start + part.end()))
                current.inlines.append(context.inline)
    return lines


def _blanked(match: re.Match[str]) -> str:
    """Markup without words, as so many NULs; a drawing that has a title is left, its title is a label."""
    found = match[0]
    return found if found.startswith("<svg") and "<title" in found else "\0" * len(found)


def _differs(a: _Context, b: _Context) -> bool:
    return a.block != b.block or a.role != b.role or a.control != b.control or a.copy != b.copy


def _context(node: Any, name: str, outer: _Context, pictured: bool) -> _Context:
    """What an element makes of its words, given what is around it."""
    own = _Context(outer.role, outer.control, outer.link, outer.copy, outer.block, outer.inline, outer.skip, outer.container, outer.figure, outer.hint)
    if name in BLOCKS:
        own.block, own.inline = id(node), 0
    elif not own.inline:
        own.inline = id(node)
    attrs = node.attrs
    classes = attrs.get("class") or ()
    label = " ".join(classes) if isinstance(classes, list) else str(classes)
    identity = attrs.get("id")
    if isinstance(identity, str) and identity:
        label = f"{label} {identity}"
    if name in _HINTS and not pictured:
        own.hint = True
    if name in _UNREAD:
        own.skip = True
    if (name in _CONTROLS or attrs.get("role") == "button" or name == "title") and not pictured:
        own.control = True
    if name == "a":
        own.link = True
    if name in _COPIES or "hidden" in attrs or (label and marks.class_words(label) & _LARGE_VIEW) or "display:none" in str(attrs.get("style", "")).replace(" ", ""):
        own.copy = True
    if marks.unseen(label):
        own.control = True
    role = marks.role(label) if label else ""
    prop = str(attrs.get("itemprop", "")).lower()
    if prop in _INLINE_CREDIT:
        role = "credit"
    elif prop in ("caption", "description"):
        role = role or "caption"
    if name == "figcaption":
        role = role or "caption"
        own.container = id(node)
    elif name == "cite" and outer.role == "caption":
        role = "credit"
    own.figure = outer.figure or name == "figure"
    if role and pictured:
        role = ""
    if role == "credit" and not (own.figure or outer.role) and marks.class_words(label) & marks.WRITERS and not _OF_PICTURE.search(label):
        role = ""  # who wrote the text
    if role == "label":
        if len(node.get_text(" ", strip=True)) <= 60 and outer.role != "credit":
            own.control = True
        role = ""
    if role == "caption" and outer.role == "credit" and name not in BLOCKS:
        role = ""
    if role:
        own.role = role
    return own


def _attach_markers(raws: list[_Raw], source: str) -> None:
    """"Photo:" before a credit element, or a bracket after it, is part of the credit."""
    for n, raw in enumerate(raws):
        if raw.context.role == "credit" or raw.text is None or raw.kind is LineKind.PICTURE or raw.context.control:
            continue
        value = raw.text.value
        if len(value) > 40 or not _MARKER_ONLY.fullmatch(value):
            continue
        near = raws[n + 1] if n + 1 < len(raws) else None
        if near is not None and near.context.role == "credit" and near.text is not None:
            near.pieces = raw.pieces + near.pieces
            near.text = compose(source, near.pieces)
            raw.text = None
            continue
        near = raws[n - 1] if n else None
        if near is not None and near.context.role == "credit" and not value.strip(" ()[]|/.,–—-"):
            raw.text = None
    raws[:] = [r for r in raws if r.text is not None]


def _choose(source: str, raws: list[_Raw], split: Callable[[str], Any]) -> Reading:
    """Which lines are the caption and the credit; marks them."""
    reading = Reading()
    plain = [r for r in raws if r.kind is LineKind.OTHER or (r.context.role == "credit" and r.kind is not LineKind.PICTURE)]
    seen = [r for r in plain if not r.context.control and not r.context.copy] or [r for r in plain if not r.context.copy] or plain
    captions = [r for r in seen if r.context.role == "caption"]
    credits = [r for r in seen if r.context.role == "credit"]
    reading.told = bool(captions or credits)
    if not captions:
        loose = [r for r in seen if not r.context.role and r.core and not (r.context.link and len(r.text.value) < 40)]  # type: ignore[union-attr]
        captions = _loose(raws, loose, bool(credits), split)
    if captions and captions[0].context.container:
        # what stands in figcaptions is the caption, whatever else the figure prints
        captions = [r for r in captions if r.context.container]
    captions = _first_printed(_together(raws, captions))
    if captions and not credits:
        others = [r for r in seen if not r.context.role and r not in captions and r.text is not None and len(r.text.value) <= 160]
        credits = [r for r in others if _is_credit(r.text.value, split) or r.context.hint]  # type: ignore[union-attr]
    credits = _first_printed(_together(raws, _nearest(credits, captions)))
    if not captions and not credits:
        return reading
    cut = None
    if not credits:
        captions, credits, cut = _split(source, captions, split)
    elif captions:
        cut = _repeated(source, captions, split)
    elif len(" ".join(r.text.value for r in credits if r.text)) > 60:
        captions, credits, cut = _split(source, credits, split)
    for raw in captions:
        raw.kind = LineKind.CAPTION
    for raw in credits:
        raw.kind = LineKind.CREDIT
    both = [r for r in raws if r in captions or r in credits]
    reading.printed = _joined(source, both)
    reading.caption = _joined(source, captions)
    reading.credit = _joined(source, credits)
    if cut is not None and reading.caption is not None:
        whole = reading.caption
        if cut.credit is not None and reading.credit is None:
            reading.credit = exact(source, whole.part(*cut.credit))
        reading.caption = exact(source, whole.part(*cut.caption)) if cut.caption is not None else None
    return reading


def _together(raws: list[_Raw], lines: list[_Raw]) -> list[_Raw]:
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


def _nearest(credits_: list[_Raw], captions: list[_Raw]) -> list[_Raw]:
    """Credits from the first that stands in a figcaption or figure on, where some do."""
    inside = [r for r in credits_ if r.context.container] or [r for r in credits_ if r.context.figure]
    return inside or credits_


def _loose(raws: list[_Raw], loose: list[_Raw], credited: bool, split: Callable[[str], Any]) -> list[_Raw]:
    """The caption among lines no element tells of: the ones after the picture, up to three, before it if none is."""
    first = next((n for n, r in enumerate(raws) if r.kind is LineKind.PICTURE), -1)
    after = [r for r in loose if raws.index(r) > first]
    chosen = (after or loose)[:3]
    return [r for r in chosen if r.text is not None and len(r.text.value) <= 1500 and (" " in r.text.value or len(r.text.value) > 9)]


def _first_printed(lines: list[_Raw]) -> list[_Raw]:
    """Lines up to the first that says again what was said."""
    kept: list[_Raw] = []
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


def _joined(source: str, lines: list[_Raw]) -> Text | None:
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
_OF_PICTURE = re.compile(r"credit|copyright|photo|foto|image|bild|picture|media|figure", re.I)
_BYLINE = re.compile(r"(?:von|by|par|por|di|av|af|door|text|texte|texto)\b", re.I)
_NAME = re.compile(r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|von|van|der|di|da|la|el|al|bin|den|dos|/|&|und|and|et|y)(?:[ /,]+(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|von|van|der|di|da|la|el|al|bin|den|dos|/|&|und|and|et|y)){0,6}")


def _split(source: str, lines: list[_Raw], split: Callable[[str], Any]) -> tuple[list[_Raw], list[_Raw], Any]:
    """Caption and credit by their own elements without telling names, else by grammar inside the text."""
    if not lines:
        return lines, [], None
    if len(lines) > 1:
        last = lines[-1].text
        if last is not None and len(last.value) <= 160 and (_is_credit(last.value, split) or _like_name(lines[-1], lines[:-1])):
            return lines[:-1], lines[-1:], None
        head = lines[0].text
        if head is not None and len(head.value) <= 160 and _is_credit(head.value, split):
            return lines[1:], lines[:1], None
    parts = _segments(source, lines[-1])
    if len(parts) > 1:
        tail = parts[-1].text
        if tail is not None and len(tail.value) <= 160 and (_is_credit(tail.value, split) or _like_name(parts[-1], parts[:-1])):
            rest = _Raw(lines[-1].context, [p for s in parts[:-1] for p in s.pieces], core=True)
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


def _segments(source: str, line: _Raw) -> list[_Raw]:
    """A line cut where inline elements begin and end."""
    parts: list[_Raw] = []
    last = -2
    for piece, inline in zip(line.pieces, line.inlines, strict=False):
        if inline == -1 and parts:
            parts[-1].pieces.append(piece)
            continue
        if inline != last:
            parts.append(_Raw(line.context))
            last = inline
        parts[-1].pieces.append(piece)
        parts[-1].inlines.append(inline)
    for part in parts:
        part.text = compose(source, part.pieces)
    return [p for p in parts if p.text is not None]


def _like_name(line: _Raw, before: list[_Raw]) -> bool:
    """A bare name in an element of its own after a longer text: a credit without a marker."""
    if line.text is None or line.inlines and line.inlines[0] == 0 and line.context.block == before[-1].context.block:
        return False
    value = line.text.value.strip(" ()[]|/–—-")
    if _BYLINE.match(value):
        return False
    said = sum(len(b.text.value) for b in before if b.text)
    return 3 <= len(value) <= 70 and said > len(value) and bool(_NAME.fullmatch(value)) and not value.endswith(".")


def _repeated(source: str, captions: list[_Raw], split: Callable[[str], Any]) -> Any:
    """A caption that ends in a credit of its own, though an element holds one too."""
    whole = _joined(source, captions)
    if whole is None or not _MAY_END_IN_CREDIT.search(whole.value, max(0, len(whole.value) - 160)):
        return None
    cut = split(whole.value)
    if cut.credit is None or cut.caption is None or str(getattr(cut, "confidence", "high")) != "high":
        return None
    return cut
