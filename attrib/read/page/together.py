"""Words right behind several pictures that are of all of them: a list with a caption for each, a credit for all.

In: the tree, where the article's text is, the figures and the nodes of their pictures, and how a stretch is read. Out:
the figures. A list is one of captions where nothing is printed between and it has an item for each picture, each with
its number or a credit; or one item, which says what an alt text says or where the pictures are. A credit is of all
where it says so ("Photos by NAME") or stands behind the element that holds only them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from ...lexicon import fold, several, word_set
from ...model import Confidence, Credit, Figure
from ...wordings import inside
from ..credit import credit_of, looks_like_credit
from ..place import compose, data_between
from .article import Article
from .raw import Reading
from .tree import Tree

_LISTS = frozenset({"ul", "ol"})
_NEAR = 60  # nodes from a picture to the list below it; of a line
_MOST = 40
_LONGEST = 1500  # characters of a caption
_CREDIT = 160  # characters: the longest credit line collected has 117
_PLACE = 40  # characters: "Clockwise from top left"
_TELLING = 5  # words of an alt text that are no accident
_SHARE = 0.75  # of them that a caption says, too
_SILENT = 4  # nodes between pictures and the credit below them
_LINES = frozenset({"p", "div", "small", "em", "i", "span"})
_PICTURES = frozenset({"img", "amp-img", "video", "iframe"})
_PARTS = frozenset({"h1", "h2", "h3", "hr", "table", "form"})

Read = Callable[[tuple[int, int]], Reading]


def together(
    tree: Tree, article: Article, figures: Sequence[Figure], nodes: Mapping[int, int], read: Read
) -> list[Figure]:
    """The figures with what is said of several of them at once. `nodes` are the nodes of pictures by the start of their
    tags."""
    out = list(figures)
    placed = [(nodes.get(f.tag.start, -1), n) for n, f in enumerate(out) if f.tag and f.images and f.region.in_article]
    placed = sorted(pair for pair in placed if pair[0] >= 0)
    for run in _runs(tree, article, placed):
        _listed(tree, out, run, read)
        if len(run) > 1:
            _thanked(tree, article, out, run, read)
    return out


def items(tree: Tree, first: int, last: int) -> list[int]:
    """The items of the one list in a stretch of nodes, those that print something; none where there are more lists."""
    lists = [i for i in range(first, last + 1) if tree.tags[i] in _LISTS]
    return _items(tree, lists[0]) if len(lists) == 1 else []


def _items(tree: Tree, node: int) -> list[int]:
    found = [i for i in tree.children(node) if tree.visible(i)]
    return found if all(tree.tags[i] == "li" and not _leads(tree, i) for i in found) and len(found) <= _MOST else []


def _leads(tree: Tree, node: int) -> bool:
    """Whether all that an item prints is a link: it leads to another story."""
    inside = range(node + 1, tree.last[node] + 1)
    return any(tree.tags[i] == "a" and tree.visible(i) == tree.visible(node) for i in inside)


def _runs(tree: Tree, article: Article, placed: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pictures between which no text and no heading stands."""
    runs: list[list[tuple[int, int]]] = []
    for node, n in placed:
        before = runs[-1][-1][0] if runs else -1
        parted = before < 0 or article.prose_between(before + 1, node) or not _PARTS.isdisjoint(tree.tags[before:node])
        if parted:
            runs.append([])
        runs[-1].append((node, n))
    return runs


def _listed(tree: Tree, out: list[Figure], run: Sequence[tuple[int, int]], read: Read) -> None:
    """Captions in a list below pictures: an item for each of those behind which nothing is printed, or one for all."""
    last = run[-1][0]
    silent = range(last + 1, min(len(tree), last + _NEAR))
    node = next((i for i in silent if tree.tags[i] in _LISTS or tree.chars[i] > tree.chars[last]), -1)
    if node < 0 or tree.tags[node] not in _LISTS or tree.chars[node] > tree.chars[last]:
        return
    found = _items(tree, node)
    mine = [n for picture, n in run if tree.chars[picture] == tree.chars[node]]
    if len(found) not in (1, len(mine)) or any(out[n].printed for n in mine):
        return
    said = [_item(tree, i, read) for i in found]
    if len(said) < len(mine) or len(mine) == 1:
        order = [0] * len(mine) if said[0].printed and _of_all(said[0].printed.value, [out[n] for n in mine]) else []
    else:
        sure = all(reading.caption and reading.credit for reading in said)
        order = by_number(said) or (list(range(len(said))) if sure else [])
    for n, at in zip(mine, order, strict=False):
        reading, thanks = said[at], said[at].credit
        lines = reading.lines if n == mine[order.index(at)] else ()  # said of one: faults are found once
        out[n] = replace(
            out[n], printed=reading.printed, caption=reading.caption, credit=credit_of(thanks) if thanks else None,
            lines=(*out[n].lines, *lines), told=True,
        )  # fmt: skip


def _item(tree: Tree, node: int, read: Read) -> Reading:
    """What an item of a list says: as a block does, or longer."""
    reading = read((tree.start(node), tree.end(node)))
    if reading.printed is None and tree.visible(node) <= _LONGEST:
        reading.printed = reading.caption = compose(tree.source, data_between(tree.source, *tree.inner(node)))
    return reading


def _of_all(words: str, figures: Sequence[Figure]) -> bool:
    """Whether the one item of a list is the caption of the pictures above it: it says what the alt text of one says,
    or begins with where they are ("Clockwise from top: …")."""
    place = fold(words.partition(":")[0][:_PLACE])
    if ":" in words[:_PLACE] and place in word_set("position"):
        return True
    said = set(fold(words).split())
    alts = (set(fold(figure.alt.value).split()) for figure in figures if figure.alt)
    return any(len(alt) >= _TELLING and len(alt & said) >= _SHARE * len(alt) for alt in alts)


def by_number(said: Sequence[Reading]) -> list[int]:
    """Which item is of the first picture, which of the second …, by the numbers they begin with; or nothing."""
    found = [_number().match(reading.printed.value) if reading.printed else None for reading in said]
    numbers = [int(match[1]) - 1 for match in found if match]
    return [numbers.index(n) for n in range(len(said))] if sorted(numbers) == list(range(len(said))) else []


@cache
def _number() -> re.Pattern[str]:
    """How an item begins that names its picture by number: "1.", "(2)", "Foto 3:"."""
    return re.compile(rf"\(?(?:{inside('picture')}\s?)?(\d{{1,2}})\s?[.):–-]", re.I)


def _thanked(tree: Tree, article: Article, out: list[Figure], run: Sequence[tuple[int, int]], read: Read) -> None:
    """The credit of all, where only the last has one, or none."""
    last, n = run[-1]
    thanked = max((at for at, (_, m) in enumerate(run[:-1]) if out[m].credit), default=-1)
    before = run[thanked + 1 : -1]
    if not before:
        return
    box = _common(tree, [node for node, _ in (*before, run[-1])])
    apart = box not in article.spine and not article.prose_between(box, tree.last[box])
    credit = out[n].credit
    if credit is None and apart and len(before) == len(run) - 1:
        credit = _credit_behind(tree, box, read)
        if credit is not None:
            out[n] = replace(out[n], credit=credit)
    elif credit is not None:
        at = credit.at.span.start if credit.at and credit.at.span else -1
        own = next((up for up in tree.ancestors(last, 9) if tree.tags[up] == "figure"), last)
        of_all = several(credit.marker or "") and at >= tree.end(own)
        credit = credit if of_all or (apart and at >= tree.end(box)) else None
    for _, m in before if credit is not None else ():
        out[m] = replace(out[m], credit=credit)


def _common(tree: Tree, nodes: Sequence[int]) -> int:
    """The innermost element around all of some nodes, which stand in the order of the page."""
    up = tree.parent[nodes[0]]
    while tree.last[up] < nodes[-1]:
        up = tree.parent[up]
    return up


def _credit_behind(tree: Tree, box: int, read: Read) -> Credit | None:
    """The credit that is all the next words behind an element, for sure."""
    at = tree.last[box] + 1
    for _ in range(_SILENT):
        if at < len(tree) and not tree.visible(at):
            at = tree.last[at] + 1
    if at >= len(tree) or tree.tags[at] not in _LINES or not 0 < tree.visible(at) <= _CREDIT:
        return None
    if tree.last[at] - at > _NEAR or not _PICTURES.isdisjoint(tree.tags[at : tree.last[at] + 1]):
        return None
    reading = read((tree.start(at), tree.end(at)))
    thanks = reading.credit if reading.caption is None else None
    return credit_of(thanks) if thanks and looks_like_credit(thanks.value) is Confidence.HIGH else None
