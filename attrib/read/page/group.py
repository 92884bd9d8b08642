"""Pictures that are one: renditions, copies and twins are folded, so that each group becomes one figure.

In: the pictures of a page in document order. Out: `Group`s. Folded are: a noscript or template copy beside its lazy
original; the same asset again with nothing or only a few printed lines between (what a scraped page leaves of two
renditions); a twin for another screen inside one `<figure>`; a copy of an asset seen before, in a lightbox or in a
strip to choose from. The same asset shown again far away stays a second group.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from ...lexicon import fold
from . import marks
from .article import Article
from .pictures import Picture
from .tree import BLOCKS, Tree

# Lines between two renditions of one picture on a scraped page: caption, credit and a few labels, not paragraphs.
_BETWEEN = 900
_COPYING = marks.LIGHTBOX | marks.STRIPS
_LINE = 300  # characters of a caption
_NEAR = 40  # nodes from a picture to its caption
_PARTS = frozenset({"h1", "h2", "h3", "hr", "form"})


@dataclass(slots=True)
class Group:
    """One picture as a reader meets it: `pictures[0]` is the one that stands for all.

    `urls` are the addresses that tell it, `key` is the asset that all are renditions of.
    """

    pictures: list[Picture]
    figure: int = -1  # the innermost <figure> around it, or -1
    keys: set[str] = field(default_factory=set)
    last: int = -1  # the node of the last picture that is no copy
    urls: list[str] = field(default_factory=list)
    key: str = ""
    shown: int = 1  # how many groups of the page show the same asset

    @property
    def first(self) -> int:
        """The node of the picture that stands for all."""
        return self.pictures[0].node

    def spoken(self, name: str) -> Picture:
        """The picture whose alt or title is the group's: the first that says something, else the first that has one."""
        if len(self.pictures) == 1:
            return self.pictures[0]
        having = [p for p in self.pictures if name in p.attrs] or self.pictures
        return next((p for p in having if p.attrs.get(name, "").strip()), having[0])


class Folder:
    """Folds pictures into groups. `interrupts` says whether a printed line is no running text (a label, a credit),
    `is_credit` gives 1 for a line that ends in a credit."""

    def __init__(
        self, tree: Tree, article: Article, interrupts: Callable[[str], bool], is_credit: Callable[[str], int]
    ) -> None:
        self.tree, self.article, self.interrupts, self.is_credit = tree, article, interrupts, is_credit
        self.groups: list[Group] = []
        self._by_key: dict[str, list[Group]] = {}

    def fold(self, pictures: list[Picture]) -> list[Group]:
        """Group the pictures of a page."""
        for picture in pictures:
            figure = self._figure(picture)
            group = self._same(picture, figure)
            if group is None:
                group = Group([picture], figure, last=picture.node)
                self.groups.append(group)
            elif group.pictures[0].copy and not picture.copy:
                group.pictures.insert(0, picture)
            else:
                group.pictures.append(picture)
            if not picture.copy:
                group.last = max(group.last, picture.node)
            group.keys |= picture.keys
            for key in picture.keys:
                known = self._by_key.setdefault(key, [])
                if not known or known[-1] is not group:
                    known.append(group)
        for group in self.groups:
            group.urls = next((p.urls for p in group.pictures if p.urls), [])
            group.key = next((p.key for p in group.pictures if p.key), "")
            group.shown = len(self._by_key.get(group.key, (group,)))
        return self.groups

    def _figure(self, picture: Picture) -> int:
        tags = self.tree.tags
        for up in picture.around[:24]:
            if tags[up] == "figure":
                return up
            if tags[up] in ("article", "main", "body"):
                break
        return -1

    def _same(self, picture: Picture, figure: int) -> Group | None:
        last = self.groups[-1] if self.groups else None
        if last is not None and self._copied(picture, last):
            return last
        for key in picture.keys:
            for group in reversed(self._by_key.get(key, ())[-3:]):
                if self._adjacent(picture, figure, group):
                    return group
        if last is not None and figure >= 0 and last.figure == figure and self._twin(picture, last):
            return last
        return None

    def _copied(self, picture: Picture, last: Group) -> bool:
        """A noscript copy beside its lazy original: nothing printed between, and neither names another picture."""
        tree, before = self.tree, last.pictures[-1]
        if tree.chars[picture.node] != tree.chars[before.node]:
            return False
        if picture.copy == before.copy and bool(picture.urls) == bool(before.urls):
            return False
        if picture.video != before.video and picture.urls and before.urls:
            return False
        return (
            bool(picture.keys & last.keys)
            or not picture.keys
            or not last.keys
            or not set(picture.around[:3]).isdisjoint(before.around[:3])  # on the same element, or a few steps apart
        )

    def _adjacent(self, picture: Picture, figure: int, group: Group) -> bool:
        if (figure >= 0 and figure == group.figure) or picture.copy:
            return True
        tree = self.tree
        for up in picture.around[:14]:
            words = marks.class_words(tree.words(up)) & _COPYING
            if tree.tags[up] == "dialog" or (words and not words <= marks.STRIPS):
                return True
            if words and not tree.visible(up):  # a strip to choose from: no block reaches to it
                picture.copy = True
                return True
        between = tree.chars[picture.node] - tree.chars[group.last]
        if self.groups[-1] is not group and between > 0:
            return False  # another picture stands between
        if not 0 < between <= _BETWEEN:
            return between == 0
        if figure >= 0 and group.figure >= 0 and self._captions_differ(group.figure, figure):
            return False
        own = self.article.root >= 0 and tree.inside(picture.node, self.article.root)
        if own and figure < 0 and group.figure < 0 and self._captioned_apart(group.last, picture.node):
            return False
        return self._scraped(group.last, picture.node, bare=figure < 0 and group.figure < 0)

    def _scraped(self, before: int, node: int, bare: bool) -> bool:
        """Whether only a block's own lines stand between two renditions.

        No heading, and no running text unless both are `bare` (in no figure of their own, as on a page copied as text)
        and a label, an advertisement or a credit stands there too.
        """
        tree = self.tree
        if any(tree.tags[i] in _PARTS for i in range(before, node)):
            return False
        apart = (up for up in tree.ancestors(node, 14) if not tree.inside(before, up))
        if any(marks.class_words(tree.words(up)) & marks.ELSEWHERE for up in apart):
            return False  # it leads to the same picture elsewhere
        if not self.article.prose_between(before + 1, node):
            return True
        near = range(before, min(node, before + 80))
        at = next((i for i in near if not tree.tags[i] and self.interrupts(tree.nodes[i].data)), -1) if bare else -1
        return at >= 0 and self._repeats(before, at, node)

    def _repeats(self, before: int, at: int, node: int) -> bool:
        """Whether the running text between a credit or a label and the next picture was said in front of these, too."""
        prose = self.article.prose
        prose = prose[bisect_right(prose, before) : bisect_left(prose, node)]
        said = {self._opening(i) for i in prose if i < at}
        return all(self._opening(i) in said for i in prose if i > at)

    def _opening(self, i: int) -> str:
        """The first words of a paragraph: a copy may differ by a word further on."""
        text = self.tree.text(i) if self.tree.tags[i] else self.tree.nodes[i].data
        return " ".join(text.casefold().split()[:4])

    def _captions_differ(self, a: int, b: int) -> bool:
        """Whether two figures say different things of their picture: they show it twice."""
        one, other = self._caption(a), self._caption(b)
        return bool(one and other) and one not in other and other not in one

    def _captioned_apart(self, before: int, node: int) -> bool:
        """Whether the lines behind two pictures in no figure say different things, and that they are captions: by their
        elements, or as each stands in a box of its own with its picture."""
        lines = [self._line(before, node), self._line(node, min(len(self.tree), node + _NEAR))]
        if -1 in lines:
            return False
        one, other = (fold(self.tree.text(line)) for line in lines)
        if one in other or other in one:
            return False
        kinds = {self._captioning(picture, line) for picture, line in zip((before, node), lines, strict=True)}
        return len(kinds) == 1 and "" not in kinds

    def _line(self, low: int, high: int) -> int:
        """The first line between a picture and another node, an element or a text, if it is short; or -1."""
        tree = self.tree
        line = next((i for i in range(low + 1, high) if not tree.tags[i]), -1)
        while line >= 0 and tree.tags[line] not in BLOCKS and (up := tree.parent[line]) > low:
            line = up
        return line if line >= 0 and tree.visible(line) <= _LINE else -1

    def _captioning(self, picture: int, line: int) -> str:
        """What tells that a line is the caption of a picture, "" where nothing does."""
        tree = self.tree
        if tree.tags[line] and marks.role(tree.words(line)) == "caption":
            return "class"
        inner = [i for i in tree.children(line) if tree.visible(i)]
        if len(inner) == 1 and tree.tags[inner[0]] in ("em", "i", "small"):
            return "slanted"
        if self.is_credit(tree.text(line)) == 1:
            return "credit"
        box = tree.parent[line]
        inside = tree.tags[box : tree.last[box] + 1]
        if tree.inside(picture, box) and sum(tag in marks.SHOWING for tag in inside) == 1:
            return f"box {tree.tags[box]} {tree.words(box)}"
        return ""

    def _caption(self, figure: int) -> str:
        captions = self.tree.of["figcaption"]
        at = bisect_left(captions, figure)
        inside = at < len(captions) and self.tree.inside(captions[at], figure)
        return self.tree.text(captions[at]) if inside else ""

    def _twin(self, picture: Picture, group: Group) -> bool:
        """The same picture for another screen: nothing printed between, the same alt or a class that says so."""
        tree, before = self.tree, group.pictures[-1]
        if tree.chars[picture.node] != tree.chars[before.node]:
            return False
        if picture.alt and picture.alt == before.alt:
            return True
        words = marks.class_words(tree.words(picture.node)) | marks.class_words(tree.words(tree.parent[picture.node]))
        return bool(words & marks.TWINS)
