"""Whether the words right beside a picture say that it is none of the article's.

In: the page, a picture, or the elements around it, innermost first. Out: yes or no.
"""

from __future__ import annotations

from ...lexicon import credit_words, fold
from .tree import Tree

_LABEL = 16  # characters of "Source:" in any language
_NEAR = 12  # nodes between a label and the picture it introduces
_BOX = 60  # nodes of a box that can be closed
_CLOSE = frozenset("✕✖×╳✗❌xX")


def publisher(tree: Tree, node: int) -> bool:
    """Whether a picture stands for a name behind a label ("Source: [logo]"), above the text."""
    for i in range(node - 1, max(node - _NEAR, 0), -1):
        if not tree.tags[i]:
            label = tree.nodes[i].data.strip()
            return (
                len(label) <= _LABEL
                and label.endswith((":", "："))
                and tree.inside(node, tree.parent[i])
                and fold(label) in credit_words()
            )
    return False


def closable(tree: Tree, own: list[int]) -> bool:
    """Whether the box around a picture has a button that closes it, and words of its own: an appeal, a banner."""
    for up in own[1:4]:
        if tree.tags[up] == "figure" or tree.last[up] - up > _BOX:
            return False
        for i in range(up + 1, tree.last[up] + 1):
            if tree.tags[i] == "button" and tree.nodes[i].text.strip() in _CLOSE and tree.visible(up):
                return True
    return False
