"""Words that several pictures share: a caption below all of them, a credit printed where one is shown again.

In: the figures of a page, and how a stretch of it is read. Out: the figures, those that print nothing given the
caption of the box they share, or their part of it: of a `<figure>` around all of them, of an element that holds only
them and a caption, of the element right behind one that holds only them, of the row of a table below theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ...model import Figure, Span, Text
from ..credit import Split, credit_of
from ..parts import parts
from ..place import exact
from . import marks
from .article import Article
from .raw import Reading
from .together import by_number, items
from .tree import Tree

# A caption of more than this around pictures is running text.
_LONGEST = 1500
# Pictures side by side in a box of no name; in a <figure>, as many as a gallery may have under one caption.
_MOST_LOOSE = 4
_MOST = 40
_MOST_NODES = 200  # of a row: beyond, looking at all cells for each picture takes quadratic time
_SILENT = 4  # nodes between pictures and the caption below them
_ITEMS = frozenset({"figure", "dl", "li"})  # of a gallery: what is said in one is said of its picture
_CELLS = frozenset({"td", "th"})

Read = Callable[[tuple[int, int]], Reading]
Divide = Callable[[str], Split]
_Said = tuple[Text | None, Text | None]


def shared(
    tree: Tree, article: Article, figures: Sequence[Figure], nodes: Mapping[int, int], read: Read, split: Divide
) -> list[Figure]:
    """The figures with shared captions. `nodes` are the nodes of pictures by the start of their tags; `read` reads a
    stretch of the source as a block, `split` tells caption and credit apart in words."""
    out = _thanked_below(tree, figures, nodes, read)
    placed = [(nodes.get(f.tag.start, -1), n) for n, f in enumerate(out) if f.tag and f.images and f.region.in_article]
    if len(placed) < 2:
        return out
    bare = [(node, n) for node, n in placed if node >= 0 and out[n].caption is None and out[n].printed is None]
    done: set[int] = set()
    for node, n in bare:
        if n in done:
            continue
        box = _box(tree, article, node)
        inside = [m for other, m in placed if other > box >= 0 and other <= tree.last[box]]
        most = _MOST if box >= 0 and tree.tags[box] == "figure" else _MOST_LOOSE
        ends = None
        if 2 <= len(inside) <= most:
            ends = _caption(tree, box, [nodes[t.start] for m in inside if (t := out[m].tag)])
        if ends is None and (found := _below(tree, article, node)):
            row, below = found
            inside = [m for other, m in placed if row < other <= tree.last[row]]
            ends = (below, below) if 2 <= len(inside) <= _MOST_LOOSE else None
        reading = read((tree.start(ends[0]), tree.end(ends[1]))) if ends else None
        if reading is None or reading.printed is None:
            _by_column(tree, node, n, out, read)
            continue
        at = reading.printed.span
        mine = [m for m in inside if out[m].printed is None or _within(out[m].printed, at)]
        done.update(mine)
        said = ends and _each(tree, *ends, len(mine), read)
        said = said or _told(tree.source, reading, len(mine), split)
        for m, (caption, credit) in zip(mine, said, strict=True):
            out[m] = _with(out[m], reading.printed, caption, credit)
        first = out[mine[0]]
        if not any(_within(line.text, at) for m in mine for line in out[m].lines):
            out[mine[0]] = replace(first, lines=(*first.lines, *reading.lines))  # said of one: faults are found once
    return out


def _thanked_below(tree: Tree, figures: Sequence[Figure], nodes: Mapping[int, int], read: Read) -> list[Figure]:
    """The figures, those of a gallery without a credit given the one that is printed below all of them."""
    out = list(figures)
    known: dict[int, Reading | None] = {}
    for n, f in enumerate(out):
        node = nodes.get(f.tag.start, -1) if f.tag and f.credit is None and f.region.in_article else -1
        around = [up for up in tree.ancestors(node, 9) if tree.tags[up] == "figure"] if node >= 0 else []
        if len(around) < 2:
            continue
        if around[-1] not in known:
            below = next((c for c in tree.children(around[-1]) if tree.tags[c] == "figcaption"), -1)
            known[around[-1]] = read((tree.start(below), tree.end(below))) if below >= 0 else None
        said = known[around[-1]]
        if said and said.credit and said.caption is None:
            out[n] = replace(f, credit=credit_of(said.credit))
    return out


def thanked(figures: Sequence[Figure]) -> list[Figure]:
    """The figures, those without a credit given that of the same picture elsewhere in the article."""
    known = {f.asset: f.credit for f in reversed(figures) if f.region.in_article and f.asset and f.credit}
    return [
        replace(f, credit=known[f.asset]) if f.credit is None and f.region.in_article and f.asset in known else f
        for f in figures
    ]


def _within(text: Text | None, place: Span | None) -> bool:
    return bool(text and text.span and place and place.start <= text.span.start < place.end)


def _box(tree: Tree, article: Article, node: int) -> int:
    """The element that a picture may share a caption in: the nearest <figure> with another, else what prints first."""
    printing = -1
    for up in tree.ancestors(node, 9):
        if up in (article.holder, article.root) or tree.tags[up] in ("body", "main", "article"):
            break
        seen = tree.visible(up)
        if seen > _LONGEST or (article.prose_between(up, tree.last[up]) and tree.tags[up] != "figure"):
            break
        if marks.class_words(tree.words(up)) & marks.SLIDES:
            return -1
        if tree.tags[up] == "figure" and seen:
            return up
        if seen and printing < 0:
            printing = up
    return printing


def _caption(tree: Tree, box: int, pictures: Sequence[int]) -> tuple[int, int] | None:
    """The first and the last node of the one stretch inside a box whose elements say that it is caption and credit, and
    nothing else."""
    told: list[int] = []
    i, end = box + 1, min(tree.last[box], box + 600)
    while i <= end:
        tag = tree.tags[i]
        if not tag or not tree.visible(i):
            if not tag and (not told or i > tree.last[told[-1]]):
                return None  # words that no element calls a caption
            i += 1
            continue
        holds = any(i < p <= tree.last[i] for p in pictures)
        if not holds and (tag == "figcaption" or marks.role(tree.words(i)) in ("caption", "credit")):
            told.append(i)
            i = tree.last[i]
        elif holds and tag in _ITEMS:
            i = tree.last[i]  # a picture with words of its own
        i += 1
    if not told or any(told[0] < p < told[-1] for p in pictures):
        return None
    return (told[0], told[-1])


def _below(tree: Tree, article: Article, node: int) -> tuple[int, int] | None:
    """The outermost element around a picture that prints nothing, and the caption right behind it."""
    row = -1
    for up in tree.ancestors(node, 6):
        if tree.visible(up) or up in (article.holder, article.root) or tree.tags[up] in ("body", "main", "article"):
            break
        if marks.class_words(tree.words(up)) & marks.SLIDES:
            return None  # one is seen at a time
        row = up
    below = tree.last[row] + 1 if row >= 0 else -1
    for _ in range(_SILENT):
        if 0 <= below < len(tree) and not tree.visible(below):
            below = tree.last[below] + 1
    if not 0 <= below < len(tree) or tree.parent[below] != tree.parent[row] or not tree.tags[below]:
        return None
    if tree.visible(below) > _LONGEST or marks.role(tree.words(below)) not in ("caption", "credit"):
        return None
    return row, below


def _each(tree: Tree, first: int, last: int, count: int, read: Read) -> list[_Said]:
    """What a caption says of each picture that lists them, an item for each; a credit behind the list is of all."""
    found = items(tree, first, tree.last[last])
    if len(found) != count:
        return []
    end = tree.end(last)
    behind = read((tree.end(tree.parent[found[0]]), end)).credit
    said = [read((tree.start(i), tree.end(i))) for i in found]
    return [(said[n].caption, said[n].credit or behind) for n in by_number(said) or range(count)]


def _told(source: str, reading: Reading, count: int, split: Divide) -> list[_Said]:
    """What a shared caption says of each of its pictures: caption and credit."""
    whole, thanks = reading.caption, reading.credit
    said: list[_Said] = []
    for stretch in parts(whole.value, count) if whole else ():
        part = exact(source, whole.part(*stretch)) if whole else None
        cut = split(part.value) if part else None
        if part and cut and cut.credit and cut.caption:  # a credit of its own
            said.append((exact(source, part.part(*cut.caption)), exact(source, part.part(*cut.credit))))
        else:
            said.append((part, thanks))
    return said or [(whole, thanks)] * count


def _with(figure: Figure, printed: Text | None, caption: Text | None, credit: Text | None) -> Figure:
    thanks = credit_of(credit) if credit else figure.credit
    return replace(figure, printed=printed, caption=caption, credit=thanks, told=True)


def _by_column(tree: Tree, node: int, n: int, out: list[Figure], read: Read) -> None:
    """The caption of a picture in a table, in the same column of the next row."""
    up = tree.ancestors(node, 6)
    cell = next((u for u in up if tree.tags[u] in _CELLS), -1)
    row = tree.parent[cell] if cell >= 0 else -1
    if row < 0 or tree.visible(row) or tree.last[row] - row > _MOST_NODES:
        return
    cells = [c for c in tree.children(row) if tree.tags[c] in _CELLS]
    below = tree.last[row] + 1
    if below >= len(tree) or tree.tags[below] != "tr" or tree.parent[below] != tree.parent[row]:
        return
    words = [c for c in tree.children(below) if tree.tags[c] in _CELLS]
    if len(words) != len(cells) or len(cells) < 2 or max(map(tree.visible, words)) > _LONGEST // 3:
        return
    mine = words[cells.index(cell)]
    if not tree.visible(mine):
        return
    reading = read((tree.start(mine), tree.end(mine)))
    if reading.printed is not None and (reading.credit is not None or reading.told):
        out[n] = replace(_with(out[n], reading.printed, reading.caption, reading.credit), lines=reading.lines)
        out[n] = replace(out[n], told=reading.told)
