"""What stands behind a picture's block and only repeats it: the rest of a page that was copied as text.

In: the tree, the figures in page order. Out: the figures, their blocks and lines carried on over labels,
advertisements, file names, renditions of the same picture, and further copies of caption and credit. A block ends
before the first words that are none of these, and is carried on only to something that surely belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...labels import LONGEST, short, whole
from ...lexicon import fold
from ...model import Confidence, Figure, Line, LineKind, Span, Text
from ...words import tellable
from ..box import box
from ..credit import credit_of, looks_like_credit
from ..lines import classify
from ..place import compose, data_between
from . import marks
from .tree import BLOCKS, Tree

# How many lines behind a block are looked at, and how many of them may pass before one belongs to it.
_LINES = 24
_GAP = 8
_STRANGERS = 2  # lines that nobody knows, between two copies
_CAPTION_LINE = 1500
_CREDIT_LINE = 300  # a credit, or a link to another story
_FAR = 3000  # characters of source between two lines: more is another part of the page
_MARKUP = 6000  # characters of markup in one line
_PICTURES = frozenset({"img", "amp-img", "picture"})
_CONTROLS = frozenset({"button", "a", "summary", "svg", "label"})
_COPIES = frozenset({"noscript", "template", "dialog"})
_ENDS = frozenset({"aside", "nav", "footer", "form", "h1", "h2", "h3", "table", "iframe", "video", "audio", "ul", "ol"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A line behind a block: the nodes it takes up, and what it says; or a picture, by its place."""

    first: int
    last: int
    text: Text
    picture: int = -1
    control: bool = False
    copy: bool = False


def with_rests(tree: Tree, figures: Sequence[Figure], behind: Mapping[int, int]) -> list[Figure]:
    """The figures of the article with what was copied behind them.

    `behind` are the first nodes behind the blocks that were read, by the start of the picture's tag.
    """
    by_tag = {figure.tag.start: n for n, figure in enumerate(figures) if figure.tag}
    gone: set[int] = set()
    out = list(figures)
    for n, figure in enumerate(figures):
        node = behind.get(figure.tag.start) if figure.tag else None
        if node is None or n in gone or not figure.region.in_article:
            continue
        if not figure.caption and not figure.credit:
            figure = out[n] = _behind_labels(tree, figure, node)
            if not figure.credit:
                continue
        rows, taken, credit = _follow(tree, figure, node, figures, by_tag)
        if not rows:
            continue
        gone.update(taken)
        if credit is not None:
            figure = replace(figure, credit=credit_of(credit))
        out[n] = _carried_on(tree, figure, rows, [figures[i] for i in sorted(taken)])
    return [figure for n, figure in enumerate(out) if n not in gone]


def boxed(source: str, figure: Figure) -> Figure:
    """The figure with the box of each of its lines: what goes when the line goes."""
    if not figure.region.in_article:
        return figure
    lines = tuple(replace(line, box=box(source, line.text.span)) if line.text.span else line for line in figure.lines)
    return replace(figure, lines=lines)


def _behind_labels(tree: Tree, figure: Figure, node: int) -> Figure:
    """A figure that prints nothing, with the caption and credit that only labels or advertisements part from it."""
    rows: list[_Row] = []
    labels = 0
    for row in _rows(tree, node, figure.block.end):
        rows.append(row)
        if row.picture >= 0 or row.copy or len(rows) > _GAP or len(row.text.value) > _CAPTION_LINE:
            return figure
        kind = classify(row.text.value)
        if kind in (LineKind.LABEL, LineKind.ADVERTISEMENT, LineKind.FILE_NAME) and labels == len(rows) - 1:
            labels += 1
        elif labels and looks_like_credit(row.text.value) is Confidence.HIGH and len(rows) - labels <= 2:
            break
        elif not labels or len(rows) - labels > 1:
            return figure
    else:
        return figure
    caption = rows[-2].text if len(rows) - labels == 2 else None
    credit = rows[-1].text
    told = replace(figure, caption=caption, printed=caption or credit, credit=credit_of(credit))
    return _carried_on(tree, told, rows, ())


def _follow(
    tree: Tree, figure: Figure, node: int, figures: Sequence[Figure], by_tag: dict[int, int]
) -> tuple[list[_Row], set[int], Text | None]:
    """The rows behind a figure's block that belong to it, the figures among them, and its credit if it is there."""
    caption = fold(figure.caption.value) if figure.caption else ""
    thanks = fold(figure.credit.raw) if figure.credit else ""
    credit: Text | None = None
    said = _said(caption, thanks)
    kept = strangers = 0
    rows: list[_Row] = []
    taken: set[int] = set()
    waiting: set[int] = set()
    end = max((line.text.span.end for line in figure.lines if line.text.span), default=figure.block.end)
    most = max(_CREDIT_LINE, 2 * len(f"{caption} {thanks}"))  # longer lines repeat nothing
    for row in _rows(tree, node, figure.block.end, most):
        if row.text.span is not None and row.text.span.start - end > _FAR:
            break
        end = row.text.span.end if row.text.span else end
        rows.append(row)
        if row.picture >= 0:
            other = by_tag.get(row.picture)
            if other is None and _rendition(tree, row, figure):
                continue
            if other is None or not figure.asset or figures[other].asset != figure.asset:
                break
            waiting.add(other)
            continue
        words = fold(row.text.value)
        if words in said or _near(words, caption):
            if strangers and not tellable(words) and " " not in words:
                break  # "dpa" may be said of something else by now
            kept, strangers = len(rows), 0
            taken |= waiting
        elif words and not row.control and not row.copy and (what := _what(row.text.value)) != "between":
            if what == "label":  # it follows its caption at once
                kept = len(rows) if kept == len(rows) - 1 else kept
            elif not thanks and looks_like_credit(row.text.value) is Confidence.HIGH:
                credit, thanks, kept = row.text, words, len(rows)
                said = _said(caption, thanks)
            elif what == "stranger" and strangers < _STRANGERS:
                strangers += 1  # only a copy behind it tells that the block goes on
            else:
                break
        if len(rows) - kept > _GAP:
            break
    return rows[:kept], taken, credit


def _what(line: str) -> str:
    """What a line behind a block may be: a "label"; what stands "between" copies and says nothing alone (a file's name,
    an advertisement, a label as loose as "More", which also opens other parts of a page); a "stranger"; or "" for text.
    """
    hit = whole(line) if len(line) <= LONGEST else None
    if hit is not None:
        return "label" if hit.label.line_kind is LineKind.LABEL and hit.sure else "between"
    kind = classify(line)
    if kind is LineKind.FILE_NAME:
        return "between"
    return "stranger" if short(line) or kind is LineKind.RELATED else ""


def _rendition(tree: Tree, row: _Row, figure: Figure) -> bool:
    """Whether a picture is already known as one of the figure's."""
    start, end = row.picture, tree.end(row.first)
    return any(image.span is not None and start <= image.span.start < end for image in figure.images)


def _said(caption: str, credit: str) -> frozenset[str]:
    """What counts as said already: caption, credit, and both in one line."""
    telling = [words for words, tells in ((caption, tellable(caption)), (credit, len(credit) > 3)) if tells]
    return frozenset([*telling, " ".join(telling)]) - {""}


def _near(words: str, caption: str) -> bool:
    """Whether a line is the caption but for a word or two, as another version of it is."""
    if not tellable(caption) or not 0.75 * len(caption) < len(words) < 1.4 * len(caption) + 40:
        return False
    mine, yours = words.split(), caption.split()
    return len(set(mine) & set(yours)) >= 0.8 * len(set(yours)) and mine[:2] == yours[:2]


def _rows(tree: Tree, node: int, after: int, most: int = _CAPTION_LINE) -> Iterator[_Row]:
    """The lines from a node on, behind a place of the source, pictures among them; an element of another part ends
    them, and so does a line of more than `most` characters."""
    begun = after
    for _ in range(_LINES):
        while 0 <= node < len(tree) and _passes(tree, node):
            node += 1
        if not 0 <= node < len(tree) or _ends(tree, node):
            return
        first = node
        if tree.tags[node] in _PICTURES:
            image = next((i for i in range(node, tree.last[node] + 1) if tree.tags[i] in ("img", "amp-img")), node)
            yield _Row(node, tree.last[node], Text(""), picture=tree.start(image))
            node = tree.last[node]
        else:
            row = _row(tree, node, after, begun) if tree.visible(node) <= most else None
            if row is None or len(row.text.value) > _CAPTION_LINE:
                return
            yield row
            node = row.last
        after = max(after, tree.end(first)) if tree.tags[first] else after
        node += 1


def _passes(tree: Tree, node: int) -> bool:
    """Whether a node is only around others: looked into, and no line by itself."""
    tag = tree.tags[node]
    if not tag or tag in _PICTURES or _ends(tree, node):
        return False
    return not tree.visible(node) or not _is_line(tree, node)


def _ends(tree: Tree, node: int) -> bool:
    """Whether a node begins another part of the page."""
    words = marks.class_words(tree.words(node)) if tree.tags[node] else frozenset()
    # what stands in the publisher's own advertisements is passed over like any other
    return tree.tags[node] in _ENDS or bool(words & (marks.ELSEWHERE | marks.FURNITURE - marks.ADVERTS))


def _start(tree: Tree, node: int) -> int:
    """Where a text begins, which has no place of its own: where what stands before it ends."""
    up, before = tree.parent[node], node - 1
    while before > up and tree.parent[before] != up:
        before = tree.parent[before]
    if before <= up:
        return tree.inner(up)[0] if up >= 0 else 0
    return tree.end(before) if tree.tags[before] else _start(tree, before)


def _is_line(tree: Tree, node: int) -> bool:
    """Whether an element holds words and no further blocks or pictures."""
    end = tree.last[node]
    if end == node or end - node > 40:
        return False
    return not any(tree.tags[i] in BLOCKS or tree.tags[i] in _PICTURES for i in range(node + 1, end + 1))


def _row(tree: Tree, node: int, after: int, begun: int) -> _Row | None:
    """One line: an element without blocks in it, or a text that stands between elements.

    What is around the block too, which ends where the rows have `begun`, makes no copy of a line.
    """
    last = tree.last[node]
    if tree.tags[node]:
        left, right = tree.inner(node)
    else:
        up = tree.parent[node]
        _, high = tree.inner(up)
        behind = next((i for i in range(node + 1, min(node + 3, len(tree))) if tree.tags[i]), -1)
        left = max(_start(tree, node), after)
        right = min(high, tree.start(behind)) if behind >= 0 else high
    text = compose(tree.source, data_between(tree.source, left, right)) if 0 <= right - left < _MARKUP else None
    if text is None:
        return None
    inner = [i for i in range(node, last + 1) if tree.tags[i]]
    control = any(
        tree.tags[i] in _CONTROLS
        or tree.get(i, "onclick") is not None
        or marks.role(tree.words(i)) == "label"
        or marks.unseen(tree.words(i))
        for i in inner
    )
    copies = [i for i in (*tree.ancestors(node, 6), *inner) if _copies(tree, i)]
    return _Row(node, last, text, control=control, copy=any(i >= node or tree.offset(i) >= begun for i in copies))


def _copies(tree: Tree, i: int) -> bool:
    """Whether an element shows what is shown already."""
    return tree.tags[i] in _COPIES or not marks.LIGHTBOX.isdisjoint(marks.class_words(tree.words(i)))


def _carried_on(tree: Tree, figure: Figure, rows: Sequence[_Row], taken: Sequence[Figure]) -> Figure:
    """A figure with these rows as further lines of its block, and the pictures among them as its renditions."""
    caption = fold(figure.caption.value) if figure.caption else ""
    credit = fold(figure.credit.raw) if figure.credit else ""
    lines = list(figure.lines)
    pictures = {other.tag.start: other for other in taken if other.tag}
    for row in rows:
        other = pictures.get(row.picture)
        if other is not None and other.tag is not None:
            lines.append(
                Line(LineKind.PICTURE, Text(tree.source[slice(*other.tag)], other.tag), rest=True, asset=other.asset)
            )
            continue
        words = fold(row.text.value)
        kind = (
            LineKind.CREDIT if words == credit
            else LineKind.CAPTION if caption and words.startswith(caption)
            else classify(row.text.value)
        )  # fmt: skip
        lines.append(Line(kind, row.text, row.control, row.copy, rest=True))
    known = {(image.url, image.span) for image in figure.images}
    images = figure.images + tuple(i for other in taken for i in other.images if (i.url, i.span) not in known)
    spans = [row.text.span for row in rows if row.text.span]
    last = rows[-1].first
    end = tree.end(last) if tree.tags[last] else max(span.end for span in spans)
    block = Span(figure.block.start, max(figure.block.end, end))
    return replace(figure, images=images, lines=tuple(lines), block=block)
