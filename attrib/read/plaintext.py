"""A plain-text or Markdown rendition of an article → Page: pictures and captions told by kinds of line that meet.

Without markup a picture is a line that is a file name or a Markdown image; its caption is the line beside it that a
credit follows or ends. A text that merely ends in a credit is a caption only when the split is sure. What follows a
picture's caption and only repeats it, its credit, a label or an advertisement belongs to the same block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from ..labels import LONGEST, whole
from ..lexicon import fold
from ..model import Confidence, Credit, Figure, Image, Line, LineKind, Page, Region, Span, Text
from ..words import tellable
from .captioned import GAP, caption_at, names_a_maker
from .credit import credit_of, split_caption
from .rows import Row, read_rows
from .told import told

# How many labels and advertisements may stand between a picture and the line that captions it.
BETWEEN = 2

# What a button beside a picture does; counters and links onward begin the next picture of a gallery.
_BUTTONS = frozenset({"toggle", "enlarge", "fullscreen"})
_STOPS = frozenset('.!?…。！？"”»')
# What site generators keep at a file's head, in YAML or TOML: keys, or a table's, right behind the opening marks.
_MATTER = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]{0,9}\r?\n(?=[\w\"'-]{1,80}\s?[:=]|(?<=\+\n)\[[\w.-]{1,80}\])"
    r".*?\n\1[ \t]{0,9}(?:\r?\n|\Z)",
    re.S,
)
_TITLE = re.compile(r"^title[ \t]{0,9}[:=][ \t]{0,9}([\"']?)(.*?)\1[ \t]{0,9}\r?$", re.M)


def read_text(text: str, source: str, *, markdown: bool = False) -> Page:
    """Read a plain-text or Markdown article. Spans are offsets into `text`. Never raises on any text."""
    matter = _MATTER.match(text) if markdown else None
    prose = matter.end() if matter else 0
    known = told(text, prose) if markdown else []
    rows = [row for row in read_rows(text, prose, markdown=markdown) if not _within(row, known)]
    figures: list[Figure] = []
    used: set[int] = set()
    at = 0
    while at < len(rows):
        figure, end = _block(rows, at)
        if figure is not None:
            figures.append(figure)
            used.update(range(at, end))
        at = end
    if markdown:
        figures = sorted([*figures, *known], key=lambda figure: figure.block)
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


def _within(row: Row, known: list[Figure]) -> bool:
    """Whether a row stands in a tag that tells of a figure, or between it and the one that closes it."""
    at = bisect_right(known, row.box.start, key=lambda figure: figure.block.start) - 1
    start = row.text.span.start if row.text.span else row.box.start
    return any(figure.block.start <= start < figure.block.end for figure in known[max(0, at) : at + 2])


def _block(rows: list[Row], at: int) -> tuple[Figure | None, int]:
    """The picture block that begins at a row, if one does, and the row after it."""
    opening = at
    while at < len(rows) and rows[at].is_picture and (at == opening or _same_picture(rows[opening], rows[at])):
        at += 1
    pictured = at > opening
    after = at
    if pictured and rows[opening].teaser:
        return replace(_figure(rows[opening:at], None, None), region=Region.TEASER, reason="a link with words"), at
    while pictured and at < min(len(rows), after + BETWEEN) and _no_words(rows[at]):
        at += 1
    caption, credit, at = caption_at(rows, at, rows[opening] if pictured else None)
    if caption is None and credit is None and pictured:
        caption, credit = _titled(rows[opening])
        at = after
    if caption is None and credit is None:
        shown = _figure(rows[opening:after], None, None) if pictured and rows[opening].image else None
        return shown, max(after, opening + 1)
    at = _extent(rows, opening, at, caption, credit)
    return _figure(rows[opening:at], caption, credit), at


def _titled(row: Row) -> tuple[Text | None, Credit | None]:
    """Caption and credit that a picture's title holds, where it surely holds both."""
    split = split_caption(row.title.value) if row.title else None
    if not row.title or not split or not split.caption or not split.credit or split.confidence is not Confidence.HIGH:
        return None, None
    credit = row.title.part(*split.credit)
    return (row.title.part(*split.caption), credit_of(credit)) if names_a_maker(credit) else (None, None)


def _no_words(row: Row) -> bool:
    """Whether a line between a picture and its caption is an advertisement's or a button's."""
    hit = whole(row.text.value) if row.kind is LineKind.LABEL else None
    return row.kind is LineKind.ADVERTISEMENT or (hit is not None and hit.label.kind in _BUTTONS)


def _extent(rows: list[Row], opening: int, at: int, caption: Text | None, credit: Credit | None) -> int:
    """The row after the block: what only repeats caption, credit or picture, and what stands between, belongs to it.

    A line that nobody knows may stand between two captions, if it is no sentence; it could part two pictures of one
    photographer, so the credit alone is no copy behind it.
    """
    words, thanks = fold(caption.value) if caption else "", fold(credit.raw) if credit else ""
    copies = {words, f"{words} {thanks}".strip()} - {""} if tellable(words) else set()
    end, strange = at, False
    for i in range(at, min(len(rows), at + 4 * GAP)):
        row = rows[i]
        if row.said in copies:
            end, strange = i + 1, False
        elif row.said and row.said in (words, thanks):
            end = end if strange else i + 1
        elif row.is_picture:
            if not _same_picture(rows[opening], row):
                break
        elif row.kind is LineKind.LABEL:
            if end == i:
                end = i + 1
        elif row.kind is LineKind.OTHER and row.sure_credit is not None and not thanks:
            end, credit = i + 1, credit_of(row.text)
            thanks = row.folded
        elif row.kind is LineKind.OTHER and row.parts is None and _no_sentence(row.text.value):
            strange = True
        elif row.kind is not LineKind.ADVERTISEMENT:
            break
        if i - end > GAP:
            break
    return end


def _no_sentence(value: str) -> bool:
    return 0 < len(value) <= LONGEST and value[-1] not in _STOPS


def _same_picture(first: Row, row: Row) -> bool:
    return first.is_picture and row.is_picture and first.stem == row.stem


def _figure(rows: list[Row], caption: Text | None, credit: Credit | None) -> Figure:
    """The figure that a block of rows is."""
    pictures = [row for row in rows if row.is_picture]
    thanks = fold(credit.raw) if credit else ""
    lines = tuple(
        Line(
            kind=LineKind.CAPTION if caption and row.alt is None and _says(row, caption)
            else LineKind.CREDIT if thanks and row.said == thanks
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


def _says(row: Row, caption: Text) -> bool:
    """Whether a row is where a caption stands, or a copy of it."""
    here = row.text.span and caption.span and row.text.span.start <= caption.span.start < row.text.span.end
    return bool(here) or row.said.startswith(fold(caption.value))
