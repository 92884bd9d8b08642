"""A plain-text or Markdown rendition of an article → Page: pictures and captions told by kinds of line that meet.

Without markup a picture is a line that is a file name or a Markdown image; its caption is the line beside it that a
credit follows or ends. A text that merely ends in a credit is a caption only when the split is sure. What follows a
picture's caption and only repeats it, its credit, a label or an advertisement belongs to the same block.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..labels import LONGEST, whole
from ..lexicon import credit_words, fold
from ..model import Confidence, Credit, Figure, Image, Line, LineKind, Page, Region, Span, Text
from ..words import tellable
from .credit import credit_of, parse_credit, split_caption
from .rows import CAPTION_LIMIT, Row, read_rows
from .told import told

# How many lines between two copies of a caption may be labels, advertisements and file names.
GAP = 8
# How many such lines may stand between a picture and the line that captions it.
BETWEEN = 2

# What a button beside a picture does; counters and links onward begin the next picture of a gallery.
_BUTTONS = frozenset({"toggle", "enlarge", "fullscreen"})
_STOPS = frozenset('.!?…。！？"”»')
# What site generators keep at a file's head, in YAML or TOML: keys, the first right behind the opening marks.
_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]{0,9}\r?\n(?=[\w\"'-]{1,80}\s?[:=]).*?\n\1[ \t]{0,9}(?:\r?\n|\Z)", re.S)
_TITLE = re.compile(r"^title[ \t]{0,9}[:=][ \t]{0,9}([\"']?)(.*?)\1[ \t]{0,9}\r?$", re.M)


def read_text(text: str, source: str, *, markdown: bool = False) -> Page:
    """Read a plain-text or Markdown article. Spans are offsets into `text`. Never raises on any text."""
    matter = _MATTER.match(text) if markdown else None
    prose = matter.end() if matter else 0
    rows = read_rows(text, prose, markdown=markdown)
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
    if markdown:
        figures = sorted([*figures, *told(text, prose)], key=lambda figure: figure.block)
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


def _block(rows: list[Row], at: int) -> tuple[Figure, int] | None:
    """The picture block that begins at a row, and the row after it."""
    opening = at
    while at < len(rows) and rows[at].is_picture and (at == opening or _same_picture(rows[opening], rows[at])):
        at += 1
    pictured = at > opening
    after = at
    if pictured and rows[opening].teaser:
        return replace(_figure(rows[opening:at], None, None), region=Region.TEASER, reason="a link with words"), at
    while pictured and at < min(len(rows), after + BETWEEN) and _no_words(rows[at]):
        at += 1
    caption, credit, at = _words(rows, at, pictured)
    if caption is None and credit is None and pictured:
        caption, credit = _titled(rows[opening])
        at = after
    if caption is None and credit is None:
        return (_figure(rows[opening:after], None, None), after) if pictured and rows[opening].image else None
    at = _extent(rows, opening, at, caption, credit)
    return _figure(rows[opening:at], caption, credit), at


def _titled(row: Row) -> tuple[Text | None, Credit | None]:
    """Caption and credit that a picture's title holds, where it surely holds both."""
    split = split_caption(row.title.value) if row.title else None
    if not row.title or not split or not split.caption or not split.credit or split.confidence is not Confidence.HIGH:
        return None, None
    credit = row.title.part(*split.credit)
    return (row.title.part(*split.caption), credit_of(credit)) if _names_a_maker(credit) else (None, None)


def _no_words(row: Row) -> bool:
    """Whether a line between a picture and its caption is an advertisement's or a button's."""
    hit = whole(row.text.value) if row.kind is LineKind.LABEL else None
    return row.kind is LineKind.ADVERTISEMENT or (hit is not None and hit.label.kind in _BUTTONS)


def _words(rows: list[Row], at: int, pictured: bool) -> tuple[Text | None, Credit | None, int]:
    """Caption and credit that begin at a row, and the row after them.

    Beside a picture a credit may be likely; without one it has to be sure, and the caption to come again soon.
    """
    row = rows[at] if at < len(rows) else None
    if row is None or row.heading or row.kind is not LineKind.OTHER:
        return None, None, at
    close = pictured and (row.emphasis or not row.after_blank)
    if row.parts is not None and (close or _tells_itself(row.parts, pictured)):
        return row.parts[0], credit_of(row.parts[1]), at + 1
    if row.sure_credit is Confidence.HIGH:
        return (None, credit_of(row.bare), at + 1) if pictured else (None, None, at)
    if len(row.text.value) > CAPTION_LIMIT:
        return None, None, at
    following = rows[at + 1] if at + 1 < len(rows) else None
    echoed = _echoed(rows, at)
    if following is not None and following.sure_credit is not None:
        sure = following.sure_credit is Confidence.HIGH
        if (pictured and sure and (tellable(row.folded) or not row.after_blank)) or echoed:
            return _unmarked(row.bare), credit_of(following.bare), at + 2
        if sure and (caption := _introduced(row.bare)):
            return caption, credit_of(following.bare), at + 2
    if tellable(row.folded) and (thanks := _toggled(rows, at)):
        return _unmarked(row.bare), credit_of(rows[thanks].bare), thanks + 1
    if pictured and ((row.emphasis and not row.after_blank) or echoed):
        return row.bare, None, at + 1
    return None, None, at


def _toggled(rows: list[Row], at: int) -> int:
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


def _hides(row: Row) -> bool:
    hit = whole(row.text.value) if row.kind is LineKind.LABEL else None
    return hit is not None and hit.label.kind == "toggle"


def _unmarked(caption: Text) -> Text:
    """A caption without the word at its end that introduces the credit on the next line: "… on Monday. Photo:"."""
    word = re.search(r"\s(\w+) ?[:：]$", caption.value)
    return caption.part(0, word.start()) if word and fold(word[1]) in credit_words() else caption


def _tells_itself(parts: tuple[Text, Text], pictured: bool) -> bool:
    """Whether a line of caption and credit is one wherever it stands, or below a picture."""
    return tellable(fold(parts[0].value)) and (pictured or _names_a_maker(parts[1]))


def _introduced(line: Text) -> Text | None:
    """The caption behind a word that says of what: "PHOTO: The quay at dawn", the credit on the next line."""
    word = re.match(r"(\w+) ?[:：]\s?", line.value)
    if word is None or fold(word[1]) not in credit_words():
        return None
    caption = line.part(word.end(), len(line.value))
    return caption if tellable(fold(caption.value)) else None


def _names_a_maker(credit: Text) -> bool:
    """Whether a credit names a person or an agency, and not only whose site this is ("© 2024 Example Media")."""
    read = parse_credit(credit.value)
    return bool(read.creators or read.agencies) and not (read.marker == "©" and read.year)


def _echoed(rows: list[Row], at: int) -> bool:
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
