"""Which printed lines of a block are its caption and its credit.

In: the lines of a block in reading order, each with what its elements say. Out: a `Reading`. An element's word comes
first (figcaption, a class with "caption" or "credit"), then elements of their own that read as a credit, then the
grammar of credit lines inside the text. Only lines that stand together are one caption.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...labels import opening
from ...lexicon import credit_words, fold
from ...model import Confidence, LineKind, Text
from ..place import exact
from .ends import divide, is_credit, is_date, repeated
from .raw import Raw, Reading, joined

# Lines no element tells of, without a credit, are a caption up to this length: nine in ten captions are shorter.
_LOOSE = 240
_LOOSE_CREDITED = 400  # beside a credit that an element tells of


# Elements that show a picture; any other has it as its background.
_PICTURE = re.compile(r"<(?:img|picture|video|image|[a-z]+-)", re.I)


def choose(source: str, raws: list[Raw], split: Callable[[str], Any]) -> Reading:
    """Which lines are the caption and the credit; marks them."""
    reading = Reading()
    plain = [
        r for r in raws if r.kind is LineKind.OTHER or (r.context.role == "credit" and r.kind is not LineKind.PICTURE)
    ]
    plain = [r for r in plain if not (r.text and is_date(r.text.value))]
    seen = (
        [r for r in plain if not r.context.control and not r.context.copy]
        or [r for r in plain if not r.context.copy]
        or plain
    )
    captions = [r for r in seen if r.context.role == "caption"]
    if captions and captions[0].context.container:
        # what stands in figcaptions is the caption, whatever else the figure prints
        captions = [r for r in captions if r.context.container]
    thanks = [r for r in seen if r.context.role == "credit" and not _dated(raws, r)]
    reading.told = bool(captions or thanks)
    told = bool(captions)
    captions = _first_printed(_together(raws, captions or _loose(raws, seen, split)))
    cut = None
    by_element = bool(thanks)
    if captions and not thanks:
        captions, thanks, cut = divide(source, captions, split)
    if captions and not thanks and cut is None:
        others = [
            r
            for r in seen
            if r.context.role in ("", "caption") and r not in captions and r.text and len(r.text.value) <= 160
        ]
        thanks = [
            r for r in others if (r.text and is_credit(r.text.value, split)) or (r.context.hint and not r.context.role)
        ]
    thanks = _first_printed(_together(raws, _nearest(thanks)))
    if not captions and not thanks:
        return reading
    if by_element and captions:
        if all(is_credit(r.text.value, split) for r in captions if r.text):
            captions = []  # thanks twice, and no words on what is seen
        cut = repeated(source, captions, thanks, split)
    elif by_element and (
        len(" ".join(r.text.value for r in thanks if r.text)) > 60 or _seen_and_thanked(source, thanks, split)
    ):
        captions, thanks, cut = divide(source, thanks, split)
    if not reading.told and not thanks and cut is None and sum(len(r.text.value) for r in captions if r.text) > _LOOSE:
        return reading  # that long, and nothing says it is a caption: running text beside the picture
    if not told and by_element and sum(len(r.text.value) for r in captions if r.text) > _LOOSE_CREDITED:
        captions = []
    for raw in captions:
        raw.kind = LineKind.CAPTION
    for raw in thanks:
        raw.kind = LineKind.CREDIT
    both = [r for r in raws if r in captions or r in thanks]
    reading.printed = joined(source, both)
    reading.caption = joined(source, captions)
    reading.credit = _bare(source, joined(source, thanks))
    if cut is not None and reading.caption is not None:
        whole = reading.caption
        if cut.credit is not None and reading.credit is None:
            reading.credit = exact(source, whole.part(*cut.credit))
        reading.caption = exact(source, whole.part(*cut.caption)) if cut.caption is not None else None
    reading.caption = _opened(source, reading.caption)
    _name_copies(raws, reading)
    return reading


def _dated(raws: list[Raw], line: Raw) -> bool:
    """Whether a line stands in one row with a date, and in no figure: it says where the text is from, unless it says
    that it is of a picture."""
    first = fold(line.text.value.partition(" ")[0]) if line.text else ""
    marker = credit_words().get(first)
    if line.context.figure or line.context.container or not first or (marker is not None and marker.picture):
        return False
    at = raws.index(line)
    near = (r for r in raws[max(0, at - 1) : at + 2] if r.context.block == line.context.block)
    return any(r.text is not None and r.kind is LineKind.OTHER and is_date(r.text.value) for r in near)


def _opened(source: str, caption: Text | None) -> Text | None:
    """A caption without the word that says that it is one: "Legende: …"."""
    at = opening(caption.value) if caption else 0
    return exact(source, caption.part(at, len(caption.value))) if caption and at else caption


def _seen_and_thanked(source: str, thanks: list[Raw], split: Callable[[str], Any]) -> bool:
    """Whether an element called a credit holds the caption, too: words of a sentence before a sure credit, or words
    behind one that is closed."""
    whole = joined(source, thanks)
    if whole is None:
        return False
    cut = split(whole.value)
    if cut.credit is None or cut.caption is None or cut.confidence is not Confidence.HIGH:
        return False
    if cut.credit < cut.caption:
        return True
    said = whole.value[slice(*cut.caption)]
    sentence = " " in said and any(len(w) > 3 and w[0].islower() for w in said.split())
    return sentence and not is_credit(said, split)


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
        between = (r for r in raws[at + 1 : here] if r.kind is not LineKind.PICTURE and not r.context.copy)
        if any(not is_date(r.text.value) for r in between if r.text):
            break
        kept.append(line)
        at = here
    return kept


def _nearest(lines: list[Raw]) -> list[Raw]:
    """Credits from the first that stands in a figcaption or figure on, where some do."""
    inside = [r for r in lines if r.context.container] or [r for r in lines if r.context.figure]
    return inside or lines


def _loose(raws: list[Raw], seen: list[Raw], split: Callable[[str], Any]) -> list[Raw]:
    """The caption among lines no element tells of: the ones after the picture, up to three, before it if none is."""
    loose = [
        r for r in seen
        if r.text and not r.context.role and r.core and not r.context.text
        and not (r.context.link and len(r.text.value) < 40 and not is_credit(r.text.value, split))
    ]  # fmt: skip
    first = next((n for n, r in enumerate(raws) if r.kind is LineKind.PICTURE), -1)
    if first >= 0 and (shown := raws[first].text) and not _PICTURE.match(shown.value):
        loose = [r for r in loose if not r.context.heading]  # it stands on the picture, which is its background
    after = [r for r in loose if raws.index(r) > first]
    chosen = (after or [r for r in loose if not r.context.heading])[:3]
    return [
        r
        for r in chosen
        if r.text is not None
        and len(r.text.value) <= 1500
        and (" " in r.text.value or len(r.text.value) > 9 or is_credit(r.text.value, split))
    ]


def _first_printed(lines: list[Raw]) -> list[Raw]:
    """Lines up to the first that says again what was said."""
    kept: list[Raw] = []
    said: set[str] = set()
    for raw in lines:
        value = " ".join(re.findall(r"\w+", raw.text.value.casefold())) if raw.text else ""
        if value in said:
            break
        said.add(value)
        kept.append(raw)
    return kept[:8]


def _bare(source: str, credit: Text | None) -> Text | None:
    """A credit without the separator that parts it from the caption before it."""
    start = len(credit.value) - len(credit.value.lstrip(" -–—|/·•")) if credit else 0
    return exact(source, credit.part(start, len(credit.value))) if credit and 0 < start < len(credit.value) else credit
