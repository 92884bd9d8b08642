"""The words of a finding where they stand on the page, with a little of what is around them, the fault marked.

In: a page and a finding on it. Out: `Row`s of `Piece`s, without markup of any kind: the lines of the picture's block as
a reader meets them, the alt text, or, where a fault is in neither, the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ...model import Figure, Finding, Line, LineKind, Page, Span, Text

__all__ = ["Piece", "Row", "figure_of", "galley", "lines_of"]

AROUND = 140  # characters kept on each side of a mark: about two lines, enough to find the place by eye
NEAR = 60  # the same in source, where tags take the room
LONGEST = 600  # characters of one mark that are shown; captions are shorter, pasted articles are not
_KINDS = {LineKind.LABEL: "button", LineKind.FILE_NAME: "file name", LineKind.RELATED: "link", LineKind.OTHER: "text"}


class Piece(NamedTuple):
    """A stretch of words: the finding's own (`mark`), those of a place that belongs to it (`also`), or neither."""

    words: str
    kind: str = ""


class Row(NamedTuple):
    """One line: what it is ("caption", "alt text", "source", …), its words, and the places that are marked in it.

    One without words stands for lines left out.
    """

    what: str
    pieces: Sequence[Piece] = ()
    places: Sequence[Span] = ()


def figure_of(page: Page, at: Span, picture: str = "") -> int | None:
    """The index of the figure a place belongs to: the narrowest block around it, or the one with this picture."""
    around = [
        (picture not in {image.url for image in figure.images}, figure.block.end - figure.block.start, i)
        for i, figure in enumerate(page.figures)
        if figure.block.start <= at.start < max(figure.block.end, figure.block.start + 1)
    ]
    if around:
        return min(around)[2]
    named = [i for i, figure in enumerate(page.figures) if picture and picture in {img.url for img in figure.images}]
    return named[0] if named else None


def galley(page: Page, finding: Finding, figure: Figure | None) -> list[Row]:
    """The finding's words in their surroundings; of a block of many lines only those beside a mark."""
    here = [Mark(finding.at, "mark", finding.quote)]
    here += [Mark(place.at, "also", place.quote) for place in finding.related if place.source in ("", page.source)]
    for what, text in _short_texts(figure):
        if text and text.span and _inside(finding.at, text.span):
            return [_row(what, text, here[:1])]
    rows = list(_block(figure, here)) if figure else []
    if _holds(rows):
        return _near_marks(rows)
    if source := _source(page, finding):
        return [Row("source", clip(source), (finding.at,))]
    rows = list(_words(figure, here)) if figure else []
    if _holds(rows) or not finding.quote:
        return rows
    return [Row("words", clip([Piece(finding.quote, "mark")]), (finding.at,))]


def _holds(rows: Iterable[Row]) -> bool:
    """Whether the finding's own words are among them."""
    return any(piece.kind == "mark" for row in rows for piece in row.pieces)


class Mark(NamedTuple):
    """A place to be marked, and the words that are said to stand there."""

    at: Span
    kind: str
    quote: str


def lines_of(figure: Figure) -> Iterator[Line]:
    """What a reader meets as words in a figure's block: no pictures, no copies for another screen, each once."""
    seen: set[Span] = set()
    for line in figure.lines:
        if line.kind is not LineKind.PICTURE and not line.copy and line.text.span and line.text.span not in seen:
            seen.add(line.text.span)
            yield line


def _short_texts(figure: Figure | None) -> list[tuple[str, Text | None]]:
    return [("alt text", figure.alt), ("title", figure.title)] if figure else []


def _words(figure: Figure, marks: Sequence[Mark]) -> Iterator[Row]:
    """What a figure says of itself where its lines were not kept."""
    credit = figure.credit.at if figure.credit else None
    return (_row(what, text, marks) for what, text in (("caption", figure.caption), ("credit", credit)) if text)


def _block(figure: Figure, marks: Sequence[Mark]) -> Iterator[Row]:
    for line in lines_of(figure):
        what = _KINDS.get(line.kind, line.kind.value)
        yield _row("button" if line.control else what, line.text, marks)


def _row(what: str, text: Text, marks: Sequence[Mark]) -> Row:
    """One text, cut where marks begin and end; of marks that overlap, the finding's own goes first."""
    kinds = [""] * len(text.value)
    places = []
    for mark in reversed(marks):
        if found := _where(text, mark):
            start, end = found
            kinds[start:end] = [mark.kind] * (end - start)
            places.append(mark.at)
    return Row(what, clip(_joined(text.value, kinds)), places[::-1])


def _near_marks(rows: list[Row]) -> list[Row]:
    """The rows with a mark and one on each side; a row without words for those left out between."""
    marked = [i for i, row in enumerate(rows) if any(piece.kind for piece in row.pieces)]
    kept = sorted({j for i in marked for j in (i - 1, i, i + 1) if 0 <= j < len(rows)})
    out: list[Row] = []
    last = -1
    for i in kept:
        if i > last + 1:
            out.append(Row(""))
        out.append(rows[i])
        last = i
    return [*out, Row("")] if last < len(rows) - 1 else out


def _joined(words: str, kinds: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or kinds[i] != kinds[start]:
            pieces.append(Piece(words[start:i], kinds[start]))
            start = i
    return pieces


def _where(text: Text, mark: Mark) -> tuple[int, int] | None:
    """Which characters of a text a place in the source means; None when it is somewhere else."""
    span, at = text.span, mark.at
    if span is None or at.start >= span.end or at.end <= span.start:
        return None
    if at.start <= span.start and span.end <= at.end:
        return 0, len(text.value)
    if mark.quote and text.value.count(mark.quote) == 1:  # surer than runs, which hold no entities
        start = text.value.index(mark.quote)
        return start, start + len(mark.quote)
    inside = [
        (max(run.at, run.at + at.start - run.source), min(run.at + run.length, run.at + at.end - run.source))
        for run in text.runs
        if run.source < at.end and at.start < run.source + run.length
    ]
    return (inside[0][0], inside[-1][1]) if inside else (0, len(text.value))


def _source(page: Page, finding: Finding) -> list[Piece]:
    """The source around a place, its line ends folded; in a long element only the words quoted are marked."""
    first = max(0, finding.at.start - NEAR)
    source = page.markup(Span(first, finding.at.end + NEAR))
    start, end = finding.at.start - first, finding.at.end - first
    for quote in (finding.quote, finding.quote.replace("&", "&amp;")):  # an address may stand there escaped
        if quote and (found := source.find(quote, start, end)) >= 0:
            start, end = found, found + len(quote)
            break
    before, marked, after = source[:start], source[start:end], source[end:]
    if not marked:
        return []
    if first:
        before = f"…{before.partition(' ')[2] or before}"
    if len(source) == finding.at.end + NEAR - first:
        after = f"{after.rpartition(' ')[0] or after}…"
    return [Piece(_folded(words), kind) for words, kind in ((before, ""), (marked, "mark"), (after, "")) if words]


def _folded(words: str) -> str:
    """White space as one blank each, also at the ends."""
    blank = " ".join(words.split())
    return f"{' ' if words[:1].isspace() else ''}{blank}{' ' if words[-1:].isspace() and blank else ''}"


def clip(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, long ones cut: what stands far from a mark is left out, with an ellipsis for it."""
    given = [piece for piece in pieces if piece.words]
    last = len(given) - 1
    out = []
    for i, (words, kind) in enumerate(given):
        head = LONGEST // 2 if kind or last == 0 else AROUND if i else 0
        tail = LONGEST // 2 if kind or last == 0 else AROUND if i < last else 0
        if len(words) > head + tail + 2:
            words = f"{_up_to_a_word(words, head)}…{_from_a_word(words, tail)}"
        out.append(Piece(words, kind))
    return out


def _up_to_a_word(words: str, length: int) -> str:
    cut = words[:length]
    return cut[: cut.rfind(" ") + 1] if " " in cut[length // 2 :] else cut


def _from_a_word(words: str, length: int) -> str:
    cut = words[len(words) - length :]
    return cut[cut.find(" ") :] if " " in cut[: length // 2] else cut


def _inside(at: Span, span: Span) -> bool:
    return span.start <= at.start < max(span.end, span.start + 1) and at.end <= span.end
