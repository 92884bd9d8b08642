"""How far the block of one picture reaches: the picture and what is printed for it, and nothing else.

In: a group, the other pictures' places, the article's place. Out: an `Extent`: places in the source. Upwards it is
the outermost element that holds this picture alone, no heading and no running text; where that prints nothing, the
lines that follow are looked at: by class, by grammar of credits, by another rendition of the same picture below them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from ...lexicon import fold
from . import marks
from .article import Article
from .far import Elsewhere
from .group import Group
from .signs import is_sign
from .tree import Tree

# The longest printed caption met had 1,400 characters; more than this around a picture is no caption's block.
_LONGEST = 2000
_SIBLINGS = 14
_CAPTION_LINE = 700
_CENTRED = 160  # characters of a caption that only its place tells: more may be text
_HEADINGS = frozenset({"h1", "h2", "h3"})


@dataclass(slots=True)
class Extent:
    """`unit` is the outermost element of the picture's own; `core` the first around it that prints something (or -1).

    `tail` are nodes after the unit that belong to it; `far` elements elsewhere that describe it (aria-describedby).
    """

    unit: int
    core: int = -1
    tail: list[int] = field(default_factory=list)
    far: list[int] = field(default_factory=list)
    told: int = 0  # 2: an element inside says it is the credit; 1: the caption
    silent: bool = False  # the picture lies behind the heading or the text: what stands in its element is not about it


class Surveyor:
    """Knows where all pictures are, and tells the extent of each."""

    def __init__(self, tree: Tree, groups: list[Group], article: Article, is_credit: Callable[[str], int]) -> None:
        self.tree, self.article, self.is_credit = tree, article, is_credit
        owners = sorted((p.node, n) for n, group in enumerate(groups) for p in group.pictures)
        self._nodes = [node for node, _ in owners]
        self._owners = [owner for _, owner in owners]
        self._groups = groups
        self._negligible = cache(lambda n: _negligible(groups[n]))
        self._said: frozenset[str] = frozenset()
        self._elsewhere = Elsewhere(tree, article)

    def foreign(self, n: int, low: int, high: int) -> bool:
        """Whether a picture of another group stands in nodes [low, high]."""
        left, right = bisect_left(self._nodes, low), bisect_right(self._nodes, high)
        if right - left > 40:
            return True
        return any(owner != n and not self._negligible(owner) for owner in self._owners[left:right])

    def measure(self, n: int) -> Extent:
        """The extent of group n."""
        tree, article, group = self.tree, self.article, self._groups[n]
        self._said = _said(group)
        extent = Extent(group.pictures[0].group)
        bare = extent.unit
        if self._holds_article(bare):
            extent.silent = True
            self._far(n, extent)
            return extent
        told = False
        for up in group.pictures[0].around[:14]:
            tag = tree.tags[up]
            if tag in ("body", "html", "main") or up == article.holder or up == article.root:
                break
            if self._holds_article(up) or self.foreign(n, up, tree.last[up]):
                break
            seen = tree.visible(up)
            if seen > _LONGEST or (
                tag not in ("figure", "figcaption")
                and article.prose_between(up, tree.last[up])
                and not self._captioned(up)
            ):
                break
            if self._heading(up):
                break
            if seen == 0:
                bare = up
            elif extent.core < 0:
                extent.core = up
                told = self._captioned(up)
            else:
                captioned = self._captioned(up)
                more = seen - tree.visible(extent.unit)
                if more and tag != "figure" and (not captioned or (told and more >= 400)):
                    break  # none of the further words says it is a caption: the block ends inside
                told = told or captioned
            extent.unit = up
            if tag == "figure" and seen > 0 and told and tree.tags[tree.parent[up]] not in ("figure", "a", "div"):
                break
        if extent.core < 0:
            extent.unit = bare
            self._siblings(n, extent)
        last = group.last
        if last > tree.last[extent.unit]:
            self._stretch(n, extent, last)
        self._far(n, extent)
        extent.told = self._roles(extent)
        if extent.told < 2 and not extent.tail:
            self._credit_after(n, extent)
        return extent

    def _far(self, n: int, extent: Extent) -> None:
        """What elements elsewhere say of the picture."""
        node = self._groups[n].first
        extent.far = self._elsewhere.described(node, extent.unit)
        alone = extent.core < 0 and not (extent.tail or extent.far)
        if extent.silent or (alone and self.tree.inside(node, self.article.root)):
            extent.far += self._elsewhere.beside_heading(node, lambda i: self.foreign(n, i, i))

    def _roles(self, extent: Extent) -> int:
        """What the elements of an extent say they are."""
        tree = self.tree
        best = 0
        for low, high in ((extent.unit, tree.last[extent.unit]), *((j, tree.last[j]) for j in extent.tail)):
            for i in range(low, min(high + 1, low + 300)):
                tag = tree.tags[i]
                if not tag or not tree.visible(i):
                    continue
                if tag == "figcaption":
                    best = max(best, 1)
                role = marks.role(tree.words(i))
                if role == "credit":
                    return 2
                if role == "caption":
                    best = 1
        return best

    def _credit_after(self, n: int, extent: Extent) -> None:
        """A line right after the picture's element that says it is a credit, though that element holds none."""
        tree, article = self.tree, self.article
        at = extent.unit
        for _ in range(3):
            up = tree.parent[at]
            if up < 0 or tree.tags[up] in ("body", "main"):
                return
            j, steps = tree.last[at] + 1, 0
            while j <= tree.last[up] and steps < 4:
                steps += 1
                if tree.visible(j) or self.foreign(n, j, tree.last[j]):
                    if (
                        tree.tags[j]
                        and tree.visible(j) <= _CAPTION_LINE
                        and not self.foreign(n, j, tree.last[j])
                        and self._credit_told(j)
                    ):
                        extent.unit, extent.tail, extent.told = at, [j], 2
                    return
                j = tree.last[j] + 1
            if up in (article.holder, article.root):
                return
            at = up

    def _credit_told(self, j: int) -> bool:
        """Whether all that an element prints stands in elements that say they are caption and credit."""
        tree = self.tree
        if tree.tags[j] in _HEADINGS:
            return False  # "Sources" opens a part of the page
        told, credit = 0, False
        i, end = j, min(tree.last[j], j + 60)
        while i <= end:
            role = marks.role(tree.words(i)) if tree.tags[i] else ""
            words = marks.class_words(tree.words(i)) if role == "credit" else frozenset()
            if role == "caption" or (role == "credit" and (not words & marks.WRITERS or words & marks.OF_PICTURES)):
                inner = any(
                    tree.tags[k] and marks.role(tree.words(k)) for k in range(i + 1, min(tree.last[i], i + 20) + 1)
                )
                if role == "credit" or not inner:
                    told += tree.visible(i)
                    credit = credit or role == "credit"
                    i = tree.last[i] + 1
                    continue
            i += 1
        return credit and told >= 0.9 * tree.visible(j)

    def _holds_article(self, up: int) -> bool:
        tree, article = self.tree, self.article
        return (
            (article.heading >= 0 and tree.inside(article.heading, up))
            or (
                (article.first >= 0 and tree.inside(article.first, up) and tree.tags[up] != "figure")
                and not self._captioned(up)
            )
            or (article.holder >= 0 and tree.inside(article.holder, up))
        )

    def _heading(self, up: int) -> bool:
        tags = self.tree.tags[up : min(self.tree.last[up] + 1, up + 400)]
        own = self.article.heading - up
        return "h2" in tags or (0 <= own < len(tags) and tags[own] == "h1")

    def _captioned(self, up: int) -> bool:
        """Whether something inside says it is a caption or a credit."""
        tree = self.tree
        for i in range(up + 1, min(tree.last[up] + 1, up + 300)):
            tag = tree.tags[i]
            if not tag:
                if self._said and self._same_words(tree.nodes[i].data):
                    return True
                continue
            if (
                tag == "figcaption"
                or (tag not in ("img", "a", "button", "source") and marks.role(tree.words(i)) in ("caption", "credit"))
            ) and tree.visible(i):
                return True
        return False

    def _same_words(self, text: str) -> bool:
        """Whether a line says what alt or title say, or their beginning."""
        if not self._said or len(text) > _CAPTION_LINE:
            return False
        folded = fold(text)
        return folded in self._said or (len(folded) >= 16 and any(s.startswith(folded) for s in self._said))

    def _siblings(self, n: int, extent: Extent) -> None:
        """Lines after a picture that stands alone."""
        tree = self.tree
        at = extent.unit
        for _ in range(4):
            up = tree.parent[at]
            if up < 0:
                return
            after = tree.last[at] + 1
            lines = self._lines(n, after, tree.last[up])
            if lines:
                taken = self._belonging(lines) or self._centred(at, lines)
                if taken:
                    extent.unit = at
                    extent.tail = taken
                return
            if (
                tree.tags[up] in ("body", "main")
                or up in (self.article.holder, self.article.root)
                or self.foreign(n, up, tree.last[up])
            ):
                return
            at = up

    def _lines(self, n: int, low: int, high: int) -> list[int]:
        """The next nodes on one level that print something, up to the first that cannot be the picture's."""
        tree = self.tree
        found: list[int] = []
        j = low
        steps = 0
        while j <= high and len(found) < 4 and steps < _SIBLINGS:
            steps += 1
            end = tree.last[j]
            if (
                self.foreign(n, j, end)
                or tree.inside(self.article.heading, j)
                or tree.tags[j]
                in (
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "hr",
                    "ul",
                    "ol",
                    "table",
                    "nav",
                    "aside",
                    "section",
                    "article",
                    "form",
                )
            ):
                break
            seen = tree.visible(j)
            if seen > _CAPTION_LINE:
                break
            if seen:
                found.append(j)
            j = end + 1
        return found

    def _belonging(self, lines: list[int]) -> list[int]:
        tree = self.tree
        upto = 0
        for count, j in enumerate(lines[:3], 1):
            tag = tree.tags[j]
            said = tag == "figcaption" or (
                tag and (marks.role(tree.words(j)) in ("caption", "credit") or self._captioned(j))
            )
            if not said:
                text = tree.text(j) if tag else " ".join(tree.nodes[j].data.split())
                said = (
                    self._same_words(text)
                    or (count == 1 and tag in ("p", "div", "small", "em", "i") and self._slanted(j) and len(text) < 400)
                    or self.is_credit(text) > (0 if count == 1 and len(text) < 500 else 1)
                )
            if said:
                upto = count
            elif count - upto > 1:
                break
        return lines[:upto]

    def _centred(self, at: int, lines: list[int]) -> list[int]:
        """The line behind a picture that is centred as its element is, when what follows is not: how captions look in
        the text of many portals."""
        tree = self.tree
        centred = [tree.tags[i] in ("p", "div") and marks.centred(tree.attrs(i)) for i in (at, *lines[:2])]
        if centred[:2] != [True, True] or centred[2:] != [False] or tree.visible(lines[0]) > _CENTRED:
            return []
        return lines[:1]

    def _slanted(self, j: int) -> bool:
        """Whether all words of a line are in one small or slanted element: how captions look in bare markup."""
        tree = self.tree
        if tree.tags[j] in ("small", "em", "i"):
            return True
        inner = [c for c in tree.children(j) if tree.visible(c)]
        return len(inner) == 1 and tree.tags[inner[0]] in ("small", "em", "i", "figcaption")

    def _stretch(self, n: int, extent: Extent, last: int) -> None:
        """A block that spans several renditions of one picture reaches to the last, and to its caption."""
        tree = self.tree
        at = extent.unit
        while at >= 0 and tree.parent[at] >= 0 and not tree.inside(last, tree.parent[at]):
            at = tree.parent[at]
        up = tree.parent[at]
        if up < 0:
            return
        j = tree.last[at] + 1
        taken = []
        while j <= tree.last[up] and j <= last:
            taken.append(j)
            j = tree.last[j] + 1
        if tree.visible(at) + sum(tree.visible(t) for t in taken) > _LONGEST:
            return  # far apart: the block is the first one's
        extent.unit = at
        extent.tail = taken + self._belonging(self._lines(n, j, tree.last[up]))


def _said(group: Group) -> frozenset[str]:
    """The words of alt and title, folded: a line that says the same is the caption."""
    found = set()
    for picture in group.pictures:
        for text in (picture.alt, picture.title):
            if text:
                for part in (text, text.split(" | ")[0]):
                    folded = fold(part)
                    if len(folded) >= 8:
                        found.add(folded)
    return frozenset(found)


def _negligible(group: Group) -> bool:
    """Pictures that do not count as another picture: icons, pixels, drawings, placeholders."""
    picture = group.pictures[0]
    if not group.urls:
        return True
    sizes = [s for s in (picture.width, picture.height) if s is not None]
    if sizes and max(sizes) <= 64:
        return True
    return group.urls[0].split("?")[0].lower().endswith((".svg", ".gif")) or all(map(is_sign, group.urls))
