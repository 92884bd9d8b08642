"""Words about a picture that stand away from it: an element it names, or one beside the heading it lies behind.

In: a picture's node. Out: the nodes of what describes it. `aria-describedby` and `aria-labelledby` name elements by
their id; large opening pictures share their element with the heading, and print caption and credit below that.
"""

from __future__ import annotations

from collections.abc import Callable

from . import marks
from .article import Article
from .tree import Tree

_CAPTION_LINE = 700
_BETWEEN = 500  # nodes between an opening picture and its caption
_OF_PICTURES = marks.OF_PICTURES | {"hero"}


class Elsewhere:
    """Knows what elements of a page say of pictures that stand in others."""

    def __init__(self, tree: Tree, article: Article) -> None:
        self.tree, self.article = tree, article
        self._ids: dict[str, int] | None = None

    def described(self, node: int, unit: int) -> list[int]:
        """The elements that a picture, or the element of its block, names as its description."""
        tree = self.tree
        found = []
        for i in (node, unit):
            if not tree.tags[i]:
                continue
            names = (tree.get(i, "aria-describedby") or tree.get(i, "aria-labelledby") or "").split()
            for name in names[:3]:
                target = self._by_id(name)
                if (
                    target >= 0
                    and not tree.inside(target, unit)
                    and 0 < tree.visible(target) <= _CAPTION_LINE
                    and tree.tags[target] not in ("h1", "h2")
                ):
                    found.append(target)
        return found

    def beside_heading(self, node: int, foreign: Callable[[int], bool]) -> list[int]:
        """The caption of an opening picture, and its credit, between it and the first paragraph of the text.

        `foreign` tells whether another picture stands at a node: what follows it is not ours.
        """
        tree, article = self.tree, self.article
        found: list[int] = []
        if not node < article.heading:
            return found
        i, end = node + 1, min(article.first, node + _BETWEEN)
        while i < end and not foreign(i):
            if tree.tags[i] and 0 < tree.visible(i) <= _CAPTION_LINE and self._of_picture(i):
                found.append(i)
                if len(found) == 2:
                    break
                i = tree.last[i]
            elif found and not tree.tags[i]:
                break  # caption and credit stand together
            i += 1
        return found

    def _of_picture(self, i: int) -> bool:
        name = self.tree.words(i)
        role = marks.role(name)
        return self.tree.tags[i] == "figcaption" or (
            role in ("caption", "credit") and bool(marks.class_words(name) & _OF_PICTURES)
        )

    def _by_id(self, name: str) -> int:
        if self._ids is None:
            self._ids = {}
            for i, tag in enumerate(self.tree.tags):
                if tag and (own := self.tree.nodes[i].attr("id")):
                    self._ids.setdefault(own, i)
        return self._ids.get(name, -1)
