"""A plain-text or Markdown rendition of an article → Page: pictures and captions told by kinds of line that meet.

Without markup a picture is a line that is a file name or a Markdown image; its caption is the line beside it that a
credit follows or ends. A text that merely ends in a credit is a caption only when the split is sure. What follows a
picture's caption and only repeats it, its credit, a label or an advertisement belongs to the same block.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..filename import file_name
from ..labels import inside, whole
from ..lexicon import credit_words, fold
from ..model import Confidence, Credit, Figure, Image, Line, LineKind, Page, Region, Span, Text
from ..words import tellable
from .credit import looks_like_credit, parse_credit, split_caption
from .lines import classify
from .markdown import Marks, marks
from .quote import quote, quote_parts

# Captions counted on real pages end well below this; a longer line is a paragraph.
CAPTION_LIMIT = 700
# How many lines between two copies of a caption may be labels, advertisements and file names.
GAP = 8

_EMPHASIZED = re.compile(r"[*_]{1,3}\S|<figcaption\b", re.I)
_LEAD_IN = re.compile(r"\s*(?:>\s?|[-*+]\s+|\d{1,3}[.)]\s+)+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
# What site generators keep at a file's head, in YAML or TOML: keys, the first right behind the opening marks.
_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]{0,9}\r?\n(?=[\w\"'-]{1,80}\s?[:=]).*?\n\1[ \t]{0,9}(?:\r?\n|\Z)", re.S)
_TITLE = re.compile(r"^title[ \t]{0,9}[:=][ \t]{0,9}([\"']?)(.*?)\1[ \t]{0,9}\r?$", re.M)


_LABEL = 40  # characters: longer labels are sentences
_SEAM = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")


@dataclass(frozen=True)
class _Row:
    """One line that is not blank: its words, what it is on its own, and where the whole line stands."""

    text: Text
    box: Span
    kind: LineKind
    image: Image | None = None
    alt: Text | None = None
    title: Text | None = None
    heading: bool = False
    emphasis: bool = False
    teaser: bool = False
    after_blank: bool = True

    @cached_property
    def folded(self) -> str:
        return fold(self.text.value)

    @cached_property
    def stem(self) -> str:
        """The picture's own name, without its size."""
        name = file_name(self.image.url.rpartition("/")[2]) if self.image else file_name(self.text.value)
        return name.stem if name else (fold(self.image.url) if self.image else "")

    @cached_property
    def bare(self) -> Text:
        """The words without labels stuck to their ends."""
        start, end = _glued(self.text.value) if self.kind is LineKind.OTHER else 0, len(self.text.value)
        for hit in inside(self.text.value) if self.kind is LineKind.OTHER else ():
            if not self.text.value[start : hit.start].strip():
                start = hit.end
            elif not self.text.value[hit.end : end].strip():
                end = hit.start
        return self.text.part(start, end) if (start, end) != (0, len(self.text.value)) else self.text

    @cached_property
    def sure_credit(self) -> Confidence | None:
        return looks_like_credit(self.bare.value) if self.kind is LineKind.OTHER and not self.heading else None

    @cached_property
    def parts(self) -> tuple[Text, Text] | None:
        """Caption and credit, of a line that holds both for sure."""
        if self.kind is not LineKind.OTHER or self.heading or len(self.text.value) > CAPTION_LIMIT:
            return None
        split = split_caption(self.bare.value)
        if split.caption is None or split.credit is None or split.confidence is not Confidence.HIGH:
            return None
        caption = self.bare.part(*split.caption)
        return (caption, self.bare.part(*split.credit)) if tellable(fold(caption.value)) else None

    @property
    def is_picture(self) -> bool:
        return self.kind in (LineKind.PICTURE, LineKind.FILE_NAME)


def _glued(value: str) -> int:
    """Where the words begin behind a label that is stuck to them: "Full screenDivers at the wall"."""
    for seam in _SEAM.finditer(value, 0, _LABEL):
        if (hit := whole(value[: seam.start()])) and hit.label.line_kind is LineKind.LABEL:
            return seam.start()
    return 0


def read_text(text: str, source: str, *, markdown: bool = False) -> Page:
    """Read a plain-text or Markdown article. Spans are offsets into `text`. Never raises on any text."""
    matter = _MATTER.match(text) if markdown else None
    prose = matter.end() if matter else 0
    rows = _with_blanks([row for row in _rows(text, markdown) if row.box.start >= prose], len(text))
    figures: list[Figure] = []
    used: set[int] = set()
    at = 0
    while at < len(rows):
        block = _block(rows, at)
        if block is None:
            at += 1
            continue
        figure, end = block
        figures.append(figure)
        used.update(range(at, end))
        at = end
    lead = next((i for i, figure in enumerate(figures) if figure.region.in_article), None)
    if lead is not None:
        figures[lead] = replace(figures[lead], region=Region.LEAD, reason="the first picture of the text")
    paragraphs = tuple(
        row.text for i, row in enumerate(rows)
        if i not in used and row.kind is LineKind.OTHER and not row.heading and tellable(row.folded)
    )  # fmt: skip
    named = _TITLE.search(text, 0, prose)
    title = named[2] if named else next((row.text.value for row in rows if row.heading), "")
    return Page(
        source=source,
        text=text,
        kind="markdown" if markdown else "text",
        figures=tuple(figures),
        title=title,
        paragraphs=paragraphs,
    )


def _with_blanks(rows: list[_Row], length: int) -> list[_Row]:
    """The rows with the blank lines behind them in their boxes, so that a line that goes leaves no gap."""
    ends = [*(row.box.start for row in rows[1:]), length][: len(rows)]
    return [replace(row, box=Span(row.box.start, max(row.box.end, end))) for row, end in zip(rows, ends, strict=True)]


def _rows(text: str, markdown: bool) -> Iterator[_Row]:
    """The lines of a text that are not blank. Extractors of plain text leave Markdown pictures in, so those count."""
    found = marks(text) if markdown or "](" in text else None
    at, blank = 0, True
    for raw in text.splitlines(keepends=True):
        start, at = at, at + len(raw)
        if not raw.strip():
            blank = True
            continue
        if found is None:
            words = quote(text, start, at)
            yield _Row(words, Span(start, at), classify(words.value), after_blank=blank)
        else:
            yield from _marked(text, start, at, found, blank)
        blank = False


def _marked(text: str, start: int, end: int, found: Marks, blank: bool) -> Iterator[_Row]:
    """The pictures of a Markdown line, then its words; before them where the words end before the first picture."""
    box = Span(start, end)
    first = bisect_left(found.pictures, ((start,),))
    words = _worded(text, start, end, found, blank)
    if (
        words
        and words.text.span
        and first < len(found.pictures)
        and words.text.span.end <= found.pictures[first].whole.start < end
    ):
        yield words
        words, blank = None, False
    for picture in found.pictures[first:]:
        if picture.whole.start >= end:
            break
        alt = quote(text, *picture.alt)
        title = quote(text, *picture.title) if picture.title else None
        image = Image(text[picture.address.start : picture.address.end], picture.address, "src")
        teaser = found.linked(*picture.whole) and _titled(text, picture.whole, found)
        yield _Row(alt, box, LineKind.PICTURE, image, alt, title, teaser=teaser, after_blank=blank)
        blank = False
    if words:
        yield replace(words, after_blank=blank)


def _worded(text: str, start: int, end: int, found: Marks, blank: bool) -> _Row | None:
    """The words of a Markdown line, without its pictures."""
    box = Span(start, end)
    line = text[start:end]
    lead = _LEAD_IN.match(line)
    heading = _HEADING.match(line)
    parts = found.seen(start + (lead.end() if lead else heading.end() if heading else 0), end)
    words = quote_parts(text, parts)
    if not words.value.strip("-*_=|: \\"):
        return None
    linked = sum(part.end - part.start for part in parts if found.linked(*part) and text[part.start : part.end].strip())
    kind = classify(words.value)
    return _Row(
        words, box, LineKind.RELATED if kind is LineKind.OTHER and 2 * linked > len(words.value) else kind,
        heading=heading is not None, emphasis=_EMPHASIZED.match(line.lstrip()) is not None, after_blank=blank,
    )  # fmt: skip


def _titled(text: str, picture: Span, found: Marks) -> bool:
    """Whether the link around a picture holds words too: a teaser of another story."""
    link = next((x for x in found.links if x.start <= picture.start and picture.end <= x.end), None)
    return link is not None and any(text[p.start : p.end].strip(" \n*_#|") for p in found.seen(*link))


def _block(rows: list[_Row], at: int) -> tuple[Figure, int] | None:
    """The picture block that begins at a row, and the row after it."""
    opening = at
    while at < len(rows) and rows[at].is_picture and (at == opening or _same_picture(rows[opening], rows[at])):
        at += 1
    pictured = at > opening
    if pictured and rows[opening].teaser:
        return replace(_figure(rows[opening:at], None, None), region=Region.TEASER, reason="a link with words"), at
    caption, credit, at = _words(rows, at, pictured)
    if caption is None and credit is None:
        return (_figure(rows[opening:at], None, None), at) if pictured and rows[opening].image else None
    at = _extent(rows, opening, at, caption, credit)
    return _figure(rows[opening:at], caption, credit), at


def _words(rows: list[_Row], at: int, pictured: bool) -> tuple[Text | None, Credit | None, int]:
    """Caption and credit that begin at a row, and the row after them.

    Beside a picture a credit may be likely; without one it has to be sure, and the caption to come again soon.
    """
    row = rows[at] if at < len(rows) else None
    if row is None or row.heading or row.kind is not LineKind.OTHER:
        return None, None, at
    if row.parts is not None and (pictured or _names_a_maker(row.parts[1])):
        return row.parts[0], _credit(row.parts[1]), at + 1
    if pictured and row.sure_credit is Confidence.HIGH:
        return None, _credit(row.bare), at + 1
    if len(row.text.value) > CAPTION_LIMIT:
        return None, None, at
    following = rows[at + 1] if at + 1 < len(rows) else None
    echoed = _echoed(rows, at)
    if following is not None and following.sure_credit is not None:
        sure = following.sure_credit is Confidence.HIGH
        if (pictured and sure and tellable(row.folded)) or echoed:
            return _unmarked(row.bare), _credit(following.bare), at + 2
    if tellable(row.folded) and (thanks := _toggled(rows, at)):
        return _unmarked(row.bare), _credit(rows[thanks].bare), thanks + 1
    if pictured and ((row.emphasis and not row.after_blank) or echoed):
        return row.bare, None, at + 1
    return None, None, at


def _toggled(rows: list[_Row], at: int) -> int:
    """The sure credit behind a row with nothing but labels between, when the button that hides a caption stands beside
    it; 0 for none."""
    hides = False
    for i in range(at + 1, min(at + 1 + GAP, len(rows))):
        if rows[i].sure_credit is Confidence.HIGH:
            return i if hides or (i + 1 < len(rows) and _hides(rows[i + 1])) else 0
        if rows[i].kind is not LineKind.LABEL:
            return 0
        hides = hides or _hides(rows[i])
    return 0


def _hides(row: _Row) -> bool:
    hit = whole(row.text.value) if row.kind is LineKind.LABEL else None
    return hit is not None and hit.label.kind == "toggle"


def _unmarked(caption: Text) -> Text:
    """A caption without the word at its end that introduces the credit on the next line: "… on Monday. Photo:"."""
    word = re.search(r"\s(\w+) ?[:：]$", caption.value)
    return caption.part(0, word.start()) if word and fold(word[1]) in credit_words() else caption


def _names_a_maker(credit: Text) -> bool:
    """Whether a credit names a person or an agency, and not only whose site this is ("© 2024 Example Media")."""
    read = parse_credit(credit.value)
    return bool(read.creators or read.agencies) and not (read.marker == "©" and read.year)


def _echoed(rows: list[_Row], at: int) -> bool:
    """Whether the same words come again soon, with nothing but what is no prose between: a block copied as text."""
    words = rows[at].folded
    if not tellable(words):
        return False
    for row in rows[at + 1 : at + 1 + GAP]:
        if row.folded == words:
            return True
        if row.kind is LineKind.OTHER and row.sure_credit is None:
            return False
    return False


def _extent(rows: list[_Row], opening: int, at: int, caption: Text | None, credit: Credit | None) -> int:
    """The row after the block: what only repeats caption, credit or picture, and what stands between, belongs to it."""
    said = {fold(caption.value) if caption else "", fold(credit.raw) if credit else ""} - {""}
    whole = " ".join(fold(t) for t in (caption.value if caption else "", credit.raw if credit else "") if t)
    end = at
    for i in range(at, min(len(rows), at + 4 * GAP)):
        row = rows[i]
        if row.folded in said or row.folded == whole:
            end = i + 1
        elif row.is_picture:
            if not _same_picture(rows[opening], row):
                break
        elif row.kind is LineKind.LABEL:
            if end == i:
                end = i + 1
        elif row.kind is LineKind.OTHER and row.sure_credit is not None and credit is None:
            end, credit = i + 1, _credit(row.text)
            said.add(row.folded)
        elif row.kind is not LineKind.ADVERTISEMENT:
            break
        if i - end > GAP:
            break
    return end


def _same_picture(first: _Row, row: _Row) -> bool:
    return first.is_picture and row.is_picture and first.stem == row.stem


def _credit(text: Text) -> Credit:
    return replace(parse_credit(text.value), at=text)


def _figure(rows: list[_Row], caption: Text | None, credit: Credit | None) -> Figure:
    """The figure that a block of rows is."""
    pictures = [row for row in rows if row.is_picture]
    said = fold(caption.value) if caption else ""
    thanks = fold(credit.raw) if credit else ""
    lines = tuple(
        Line(
            kind=LineKind.CAPTION if said and row.alt is None and row.folded.startswith(said)
            else LineKind.CREDIT if thanks and row.folded == thanks
            else row.kind,
            text=row.text, rest=n > 0, asset=row.stem if row.is_picture else None, box=row.box,
        )
        for n, row in enumerate(rows)
    )  # fmt: skip
    first = pictures[0] if pictures else None
    alt = next((row.alt for row in pictures if row.alt is not None), None)
    at = caption or (credit.at if credit else None)
    printed = next((x.text for x in lines if x.kind is LineKind.CAPTION), at)
    return Figure(
        images=tuple(row.image or Image(row.text.value, row.text.span, "text") for row in pictures),
        region=Region.BODY,
        reason="a picture or its caption in the running text",
        block=Span(rows[0].box.start, rows[-1].box.end),
        asset=first.stem if first else "",
        alt=alt,
        title=next((row.title for row in pictures if row.title is not None), None),
        printed=printed,
        caption=caption,
        credit=credit,
        lines=lines,
        tag=first.text.span if first else None,
    )
