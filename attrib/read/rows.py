"""The lines of a plain text or of Markdown, each as what it is by itself: a picture, words, a label.

In: the text. Out: `Row`s in order, none blank; a Markdown picture is a row of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..filename import file_name
from ..labels import inside, opening, whole
from ..lexicon import fold
from ..model import Confidence, Image, LineKind, Span, Text
from .credit import Split, looks_like_credit, split_caption
from .lines import classify
from .markdown import Marks, fences, marks
from .quote import quote, quote_parts
from .shortcode import holds
from .shortcode import inside as words_inside
from .wrapped import lines

# Captions counted on real pages end well below this; a longer line is a paragraph.
CAPTION_LIMIT = 700

_EMPHASIZED = re.compile(r"[*_]{1,3}\S|<figcaption\b", re.I)
# What says of a line that it is a caption: its element, or the mark of a block for captions on the line before.
_CAPTIONED = re.compile(r"<figcaption\b|/{3,9}[ \t]{0,9}(?:figure-)?caption\b[^\n]*\n", re.I)
_LEAD_IN = re.compile(r"\s*(?:>\s?|\|\s*|[-*+]\s+|\d{1,3}[.)]\s+)+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_BEHIND_LABEL = re.compile(r"[ ,:：]*")
_LINE_END = re.compile(r"\r?\n")
_LABEL = 40  # characters: longer labels are sentences
_SEAM = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")


@dataclass(frozen=True)
class Row:
    """One line that is not blank: its words, what it is on its own, and where the whole line stands (`box`)."""

    text: Text
    box: Span
    kind: LineKind
    image: Image | None = None
    alt: Text | None = None
    title: Text | None = None
    heading: bool = False
    emphasis: bool = False
    told: bool = False  # a mark says that it is a caption
    teaser: bool = False
    after_blank: bool = True

    @cached_property
    def folded(self) -> str:
        """The words as they are compared."""
        return fold(self.text.value)

    @cached_property
    def said(self) -> str:
        """The words without labels, folded: what a copy is told by."""
        return self.folded if self.bare is self.text else fold(self.bare.value)

    @cached_property
    def stem(self) -> str:
        """The picture's own name, without its size."""
        name = file_name(self.image.url.rpartition("/")[2]) if self.image else file_name(self.text.value)
        return name.stem if name else (fold(self.image.url) if self.image else "")

    @cached_property
    def bare(self) -> Text:
        """The words without labels stuck to their ends, or a shortcode around them."""
        if holds(self.text.value):
            return self.text.part(*words_inside(self.text.value))
        words = self.kind is LineKind.OTHER
        start, end = (opening(self.text.value) or _glued(self.text.value)) if words else 0, len(self.text.value)
        for hit in inside(self.text.value) if words else ():
            if not self.text.value[start : hit.start].strip():
                behind = _BEHIND_LABEL.match(self.text.value, hit.end)
                start = behind.end() if behind else hit.end
            elif not self.text.value[hit.end : end].strip():
                end = hit.start
        return self.text.part(start, end) if (start, end) != (0, len(self.text.value)) else self.text

    @cached_property
    def sure_credit(self) -> Confidence | None:
        """How surely the whole line is a credit."""
        return looks_like_credit(self.bare.value) if self.kind is LineKind.OTHER and not self.heading else None

    @property
    def parts(self) -> tuple[Text, Text] | None:
        """Caption and credit, of a line that holds both for sure."""
        return self.likely_parts if self._split and self._split.confidence is Confidence.HIGH else None

    @cached_property
    def likely_parts(self) -> tuple[Text, Text] | None:
        """Caption and credit, of a line that holds both, not parted by a comma alone."""
        if self._split is None or self._split.caption is None or self._split.credit is None:
            return None
        sure = self._split.confidence is Confidence.HIGH
        if not sure and self.bare.value[self._split.caption[1] : self._split.credit[0]].strip() == ",":
            return None
        caption = self.bare.part(*self._split.caption)
        return (caption, self.bare.part(*self._split.credit)) if fold(caption.value) else None

    @cached_property
    def _split(self) -> Split | None:
        if self.kind is not LineKind.OTHER or self.heading or len(self.text.value) > CAPTION_LIMIT:
            return None
        return split_caption(self.bare.value)

    @property
    def is_picture(self) -> bool:
        """Whether it stands for a picture: one of Markdown's, or a file name."""
        return self.kind in (LineKind.PICTURE, LineKind.FILE_NAME)


def _glued(value: str) -> int:
    """Where the words begin behind a label that is stuck to them: "Full screenDivers at the wall"."""
    for seam in _SEAM.finditer(value, 0, _LABEL):
        if (hit := whole(value[: seam.start()])) and hit.label.line_kind is LineKind.LABEL:
            return seam.start()
    return 0


def read_rows(text: str, prose: int = 0, *, markdown: bool) -> list[Row]:
    """The rows of a text from `prose` on, with the blank lines behind them in their boxes, so that a line that goes
    leaves no gap. Code between fences is none. Extractors of plain text leave Markdown pictures in, so those count
    there too.
    """
    code = fences(text) if markdown else []
    closed = len(code) // 2 * 2

    def read(at: int) -> bool:
        fence = bisect_right(code, at)
        return at >= prose and not (fence % 2 and fence < closed)

    rows = [row for row in _rows(text, markdown) if read(row.box.start)]
    ends = [*(row.box.start for row in rows[1:]), len(text)][: len(rows)]
    return [replace(row, box=Span(row.box.start, max(row.box.end, end))) for row, end in zip(rows, ends, strict=True)]


def _rows(text: str, markdown: bool) -> Iterator[Row]:
    found = marks(text) if markdown or "](" in text else None
    blank = True
    for start, at in _whole(text, found):
        if not text[start:at].strip():
            blank = True
            continue
        if found is None:
            words = quote(text, start, at)
            yield Row(words, Span(start, at), classify(words.value), after_blank=blank)
        else:
            yield from _marked(text, start, at, found, blank)
        blank = False


def _whole(text: str, found: Marks | None) -> Iterator[Span]:
    """The lines of a text, those that a picture's marks are broken over as one."""
    pictures = found.pictures if found else ()
    start = 0
    for line in lines(text):
        n = bisect_left(pictures, ((line.end,),))
        if not n or pictures[n - 1].whole.end <= line.end:
            yield Span(start, line.end)
            start = line.end


def _marked(text: str, start: int, end: int, found: Marks, blank: bool) -> Iterator[Row]:
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
    for picture in found.pictures[first : bisect_left(found.pictures, ((end,),), first)]:
        alt = quote(text, *picture.alt)
        title = quote(text, *picture.title) if picture.title else None
        image = Image(_LINE_END.sub("", text[slice(*picture.address)]), picture.address, "src")
        teaser = _titled(text, picture.whole, found)
        yield Row(alt, box, LineKind.PICTURE, image, alt, title, teaser=teaser, after_blank=blank)
        blank = False
    if words:
        yield replace(words, after_blank=blank)


def _worded(text: str, start: int, end: int, found: Marks, blank: bool) -> Row | None:
    """The words of a Markdown line, without its pictures."""
    box = Span(start, end)
    line = text[start:end]
    if line.lstrip().startswith("|"):
        end = start + len(line.rstrip().rstrip("|"))  # the last cell of a table's row
    lead = _LEAD_IN.match(line)
    heading = _HEADING.match(line)
    parts = found.seen(start + (lead.end() if lead else heading.end() if heading else 0), end)
    words = quote_parts(text, parts)
    if not words.value.strip("-*_=|: \\"):
        return None
    linked = sum(part.end - part.start for part in parts if found.linked(*part) and text[part.start : part.end].strip())
    kind = classify(words.value)
    return Row(
        words, box, LineKind.RELATED if kind is LineKind.OTHER and 2 * linked > len(words.value) else kind,
        heading=heading is not None, emphasis=_EMPHASIZED.match(line.lstrip()) is not None, after_blank=blank,
        told=_told(text, start, line),
    )  # fmt: skip


def _told(text: str, start: int, line: str) -> bool:
    before = text.rfind("\n", 0, max(0, start - 1)) + 1
    return _CAPTIONED.match(line.lstrip()) is not None or _CAPTIONED.match(text, before, start) is not None


def _titled(text: str, picture: Span, found: Marks) -> bool:
    """Whether the link around a picture holds words too: a teaser of another story."""
    link = found.linked(*picture)
    return link is not None and any(text[p.start : p.end].strip(" \n*_#|") for p in found.seen(*link))
