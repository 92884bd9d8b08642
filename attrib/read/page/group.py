"""Pictures that are one: renditions, copies and twins are folded, so that each group becomes one figure.

In: the pictures of a page in document order. Out: `Group`s. Folded are: a noscript or template copy beside its lazy
original; the same asset again with nothing or only a few printed lines between (what a scraped page leaves of two
renditions); a twin for another screen inside one `<figure>`; a lightbox copy of an asset seen before. The same asset
shown again far away stays a second group.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from . import marks
from .article import Article
from .pictures import Picture
from .tree import Tree

# Lines between two renditions of one picture on a scraped page: caption, credit and a few labels, not paragraphs.
_BETWEEN = 900
_LOOK_BACK = 8


@dataclass(slots=True)
class Group:
    """One picture as a reader meets it: `pictures[0]` is the one that stands for all."""

    pictures: list[Picture]
    figure: int = -1  # the innermost <figure> around it, or -1
    keys: set[str] = field(default_factory=set)

    @property
    def first(self) -> int:
        """The node of the first picture."""
        return self.pictures[0].node

    @property
    def last(self) -> int:
        """The node of the last picture that is no far copy."""
        return max(p.node for p in self.pictures if not p.copy or p is self.pictures[0])


def fold(tree: Tree, pictures: list[Picture], article: Article) -> list[Group]:
    """Group the pictures of a page."""
    groups: list[Group] = []
    by_key: dict[str, list[Group]] = {}
    for picture in pictures:
        figure = _figure(tree, picture.node)
        group = _same(tree, picture, figure, groups, by_key, article)
        if group is None:
            group = Group([picture], figure, set(picture.keys))
            groups.append(group)
        else:
            _join(group, picture)
        for key in picture.keys:
            known = by_key.setdefault(key, [])
            if not known or known[-1] is not group:
                known.append(group)
    return groups


def _figure(tree: Tree, node: int) -> int:
    for up in tree.ancestors(node, 24):
        if tree.tags[up] == "figure":
            return up
        if tree.tags[up] in ("article", "main", "body"):
            break
    return -1


def _join(group: Group, picture: Picture) -> None:
    group.keys |= picture.keys
    first = group.pictures[0]
    if not first.images and picture.images:
        # the original is only a placeholder: the copy knows the address, the original the place and the words
        first.images = list(picture.images)
        first.key, first.keys = picture.key, set(picture.keys)
        if not first.alt and picture.alt is not None:
            first.alt = picture.alt
    elif not first.alt and picture.alt:
        first.alt = picture.alt
    if first.copy and not picture.copy:
        group.pictures.insert(0, picture)
        if not picture.alt and first.alt:
            picture.alt = first.alt
        return
    group.pictures.append(picture)


def _same(
    tree: Tree, picture: Picture, figure: int, groups: list[Group], by_key: dict[str, list[Group]], article: Article
) -> Group | None:
    near = groups[-_LOOK_BACK:]
    last = near[-1] if near else None
    if last is not None and (picture.copy or last.pictures[-1].copy or not last.pictures[-1].images or not picture.images):
        # noscript beside its original: nothing printed between, and one names no other picture
        before = last.pictures[-1]
        quiet = tree.chars[picture.node] == tree.chars[before.node]
        if (
            quiet
            and (picture.copy != before.copy or bool(picture.images) != bool(before.images))
            and (picture.keys & last.keys or not picture.keys or not last.keys or _close(tree, picture.node, before.node))
            and (picture.video == before.video or not picture.images or not before.images)
        ):
            return last
    for key in picture.keys:
        for group in reversed(by_key.get(key, ())[-3:]):
            if _adjacent(tree, picture, figure, group, groups, article):
                return group
    if last is not None and figure >= 0 and last.figure == figure and _twin(tree, picture, last):
        return last
    return None


def _close(tree: Tree, a: int, b: int) -> bool:
    """Whether two pictures hang on the same element, or one step apart."""
    mine = tree.ancestors(a, 3)
    return any(up in mine for up in tree.ancestors(b, 3))


def _adjacent(
    tree: Tree, picture: Picture, figure: int, group: Group, groups: list[Group], article: Article
) -> bool:
    before = group.last
    if figure >= 0 and figure == group.figure:
        return True
    if picture.copy:
        return True
    for up in tree.ancestors(picture.node, 14):
        if marks.class_words(tree.words(up)) & marks.LIGHTBOX or tree.tags[up] == "dialog":
            return True
    between = tree.chars[picture.node] - tree.chars[before]
    if groups[-1] is not group and between > 0:
        # another picture stands between: only a twin with nothing printed in between is the same
        return False
    if between == 0:
        return True
    return between <= _BETWEEN and not article.prose_between(before + 1, picture.node) and _alike(tree, picture.node, before)


def _alike(tree: Tree, a: int, b: int) -> bool:
    """Whether nothing between two pictures starts another part of the page: a heading, a link list."""
    return not any(tree.tags[i] in ("h1", "h2", "h3", "hr", "form") for i in range(b, a))


def _twin(tree: Tree, picture: Picture, group: Group) -> bool:
    """The same picture for another screen: in one figure, nothing printed between, the same alt or a class that says so."""
    before = group.pictures[-1]
    if tree.chars[picture.node] != tree.chars[before.node]:
        return False
    a, b = str(picture.alt or ""), str(before.alt or "")
    if a and a == b:
        return True
    words = marks.class_words(tree.words(picture.node)) | marks.class_words(tree.words(tree.parent[picture.node]))
    return bool(words & {"mobile", "desktop", "tablet", "placeholder", "lazy", "blur", "lqip", "preview", "background", "print"})
