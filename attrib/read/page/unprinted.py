"""What a picture's markup says without printing it: captions and credits in attributes.

In: a picture and its elements. Out: caption and credit, each with its place. Looked at only where nothing is printed:
`aria-label` of the figure, the attributes in which custom elements and lightboxes keep captions and credits, and the
credit at the end of (or in place of) the title and the alt text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ...lexicon import fold
from ...model import Confidence, LineKind, Text
from ..credit import Split
from ..lines import classify
from ..place import attribute, exact
from .tree import Tree

_CAPTIONS = ("caption", "data-caption", "data-c-caption", "data-image-caption", "data-sub-html")
_CREDITS = (
    "credit", "data-credit", "data-c-credit", "data-image-credit", "copyright", "data-copyright", "data-photographer"
)  # fmt: skip
_LABEL, _TITLE = _MAY_SAY = ("aria-label", "data-title")  # captions of a figure, of a link to a lightbox
_NAMES = frozenset({*_CAPTIONS, *_CREDITS, *_MAY_SAY})
_INSIDE = 40  # nodes of a block: what is empty in it may be filled by a script
_FILLED = frozenset({"div", "span", "p", "figcaption"})
_TELLING = frozenset({"a", "figure", *_FILLED})
_LONGEST = 600
_SENTENCE = 16  # letters: less is a label ("Open gallery")
_WORDS = 8  # letters of what is called a caption
_MAY_CREDIT = re.compile(r"[|©:/()\[\]]")

Told = tuple[Text | None, Text | None]


def unprinted(tree: Tree, node: int, unit: int, spoken: tuple[Text | None, ...], split: Callable[[str], Split]) -> Told:
    """Caption and credit of the picture at `node`, from the attributes of it and of what is around it up to `unit`.

    `spoken` are title and alt text, in which only a credit is looked for, and which no caption repeats.
    """
    caption: Text | None = None
    credit: Text | None = None
    around = [i for i in tree.ancestors(node, 6) if i >= unit]
    inside = range(node + 1, min(tree.last[unit], node + _INSIDE) + 1)
    for i in (node, *around, *(i for i in inside if tree.tags[i] in _FILLED and not tree.visible(i))):
        attrs = tree.nodes[i].attrs
        if not attrs or _NAMES.isdisjoint(attrs) or not ("-" in tree.tags[i] or i == node or tree.tags[i] in _TELLING):
            continue
        for name in (*_CAPTIONS, _LABEL, _TITLE):
            if caption is None and name in attrs and (name not in _MAY_SAY or _says(name, tree.tags[i], attrs)):
                caption = _said(tree, i, name, spoken, _SENTENCE if name == _LABEL else _WORDS)
        for name in _CREDITS:
            if credit is None and name in attrs:
                credit = _said(tree, i, name, (), 3)
    if caption is not None and credit is None:
        cut = split(caption.value)
        if cut.credit is not None and cut.confidence is Confidence.HIGH:
            credit = exact(tree.source, caption.part(*cut.credit))
            caption = exact(tree.source, caption.part(*cut.caption)) if cut.caption else None
    return caption, credit or _at_the_end(tree.source, spoken, split)


def _says(name: str, tag: str, attrs: Mapping[str, object]) -> bool:
    """Whether an attribute that may say anything is a caption on this element."""
    lightbox = tag == "a" and ("data-lightbox" in attrs or any(said in attrs for said in _CREDITS))
    return tag == "figure" if name == _LABEL else lightbox


def _said(tree: Tree, i: int, name: str, known: tuple[Text | None, ...], least: int = _SENTENCE) -> Text | None:
    """The words of an attribute, where they are words and not known."""
    value = " ".join((tree.get(i, name) or "").split())
    if not least <= len(value) <= _LONGEST or "<" in value or value.startswith(("{", "[", "#", "http")):
        return None
    if any(text and fold(text.value) == fold(value) for text in known):
        return None
    place = tree.place(i)
    if place is None or name not in place.attrs or classify(value) is not LineKind.OTHER:
        return None
    where = place.attrs[name]
    return attribute(tree.source, (int(where.start_offset), int(where.end_offset))) or None


def _at_the_end(source: str, texts: tuple[Text | None, ...], split: Callable[[str], Split]) -> Text | None:
    """A credit that title or alt text end in ("what it shows | NAME"), or are ("Photo: NAME")."""
    for text in texts:
        if not text or len(text.value) > _LONGEST or not _MAY_CREDIT.search(text.value):
            continue
        cut = split(text.value)
        if cut.credit is not None and cut.confidence is Confidence.HIGH:
            return exact(source, text.part(*cut.credit))
    return None
