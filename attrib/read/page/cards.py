"""Whether the words beside a picture make it a card: a way to another article, with its headline.

In: the page, and a link or the elements around a picture, innermost first. Out: yes or no, or the reason in words.
"""

from __future__ import annotations

from collections.abc import Callable

from . import marks
from .pictures import IMAGE_PATH
from .tree import Tree

# A box around a picture that prints more than this is no card.
_CARD = 700
# So many entries make a list of links.
_LIST = 3
_WIDE = "\u2fff"  # behind it lie the scripts in which headlines have ten signs
_LEAST = 15  # characters that a box with a headline prints
_TITLED = "hmedia"  # the microformat of a picture with its title
HEADINGS = frozenset({"h2", "h3", "h4", "h5"})


def headline(tree: Tree, link: int) -> bool:
    """Whether a link around a picture also prints words that are no caption."""
    if _said(tree, link) < 12:
        return False
    if not HEADINGS.isdisjoint(tree.tags[link + 1 : min(tree.last[link] + 1, link + 200)]):
        return True
    for j in range(link + 1, min(tree.last[link] + 1, link + 200)):
        tag = tree.tags[j]
        if tag == "figcaption" or (tag and marks.role(tree.words(j)) in ("caption", "credit")):
            return False
    return True


def entitled(tree: Tree, own: list[int], link: int) -> bool:
    """Whether a headline in the box around a linked picture leads where the picture does."""
    target = tree.get(link, "href")
    for up in own[1:8]:
        if up >= link or tree.visible(up) < _LEAST:
            continue
        if tree.visible(up) > _CARD:
            return False
        inside = range(up + 1, min(tree.last[up], up + 200) + 1)
        headings = [i for i in inside if tree.tags[i] in HEADINGS]
        if headings:
            return any(
                tree.tags[i] == "a" and tree.get(i, "href") == target and not tree.inside(i, link) for i in inside
            )
    return False


def _said(tree: Tree, i: int) -> int:
    """How much an element prints, in letters; a sign that is a word counts for three."""
    seen = tree.visible(i)
    return seen if not 4 <= seen < 12 else seen + 2 * sum(letter > _WIDE for letter in tree.text(i))


def listed(tree: Tree, link: int) -> bool:
    """Whether a link is one of a list of links, each all that its entry prints."""
    entry = next((up for up in tree.ancestors(link, 4) if tree.tags[up] == "li"), -1)
    if entry < 0 or tree.visible(entry) != tree.visible(link):
        return False
    entries = [i for i in tree.children(tree.parent[entry]) if tree.tags[i] == "li"][:_LIST]
    return len(entries) == _LIST and all(
        any(tree.tags[i] == "a" and tree.visible(i) == tree.visible(entry) for i in range(entry, tree.last[entry] + 1))
        for entry in entries
    )


def card(tree: Tree, own: list[int], foreign: Callable[[str], bool]) -> str:
    """A card: the first element around the picture that prints something prints a linked headline."""
    box = next((up for up in own[1:8] if tree.tags[up] in ("article", "li")), -1)
    if box >= 0 and 15 <= tree.visible(box) <= _CARD and _covered(tree, box, foreign):
        return "under a link with a heading"
    for up in own[1:8]:
        if tree.tags[up] in ("figure", "picture"):
            continue
        total = tree.visible(up)
        if total < 15:
            continue
        if total > _CARD or _TITLED in marks.class_words(tree.words(up)):
            return ""
        linked, heading, paid = _linked(tree, up)
        if paid:
            return "beside a paid link"
        if heading and linked >= 12:
            return "beside a linked headline"
        if linked and _offers(tree, own[: own.index(up) + 1]):
            return "on a card with a heading and a link"
        return "beside links" if linked > 0.7 * total and linked > 24 else ""
    return ""


def _offers(tree: Tree, boxes: list[int]) -> bool:
    """Whether one of the boxes around a picture is called a card, and the last of them has a heading."""
    if HEADINGS.isdisjoint(tree.tags[boxes[-1] + 1 : tree.last[boxes[-1]] + 1]):
        return False
    return any(marks.class_words(tree.words(box)) & marks.OFFERS for box in boxes)


def _covered(tree: Tree, up: int, foreign: Callable[[str], bool]) -> bool:
    """Whether a box with a heading lies under a link without words, as cards do that are links as a whole."""
    inside = range(up + 1, tree.last[up] + 1)
    if HEADINGS.isdisjoint(tree.tags[up + 1 : tree.last[up] + 1]):
        return False
    targets = [tree.get(i, "href") or "" for i in inside if tree.tags[i] == "a" and not tree.visible(i)]
    return any(
        t and not t.startswith(("#", "javascript:", "mailto:")) and not IMAGE_PATH.search(t) and not foreign(t)
        for t in targets
    )


def _linked(tree: Tree, up: int) -> tuple[int, bool, bool]:
    """How many characters inside an element are links, whether a heading is one, and whether one says that it is paid
    for, as search engines ask of links to shops."""
    linked, heading, paid = 0, False, False
    j, end = up, min(tree.last[up], up + 600)
    while j <= end:
        tag = tree.tags[j]
        if tag == "a" and (target := tree.get(j, "href")) and not IMAGE_PATH.search(target):
            linked += tree.visible(j)
            paid = paid or "sponsored" in (tree.get(j, "rel") or "")
            heading = heading or any(tree.tags[k] in HEADINGS for k in range(j + 1, tree.last[j] + 1))
            j = tree.last[j]
        elif tag in HEADINGS:
            heading = heading or "a" in tree.tags[j + 1 : tree.last[j] + 1]
        j += 1
    return linked, heading, paid
