"""Captions that have lost their picture: a figcaption in the article with nothing beside it to describe.

In: the tree, the article's place, the figures found. Out: figures without images, for captions that stand alone.
Tables, code, players and embedded pages are figures of their own kind and have a right to a caption.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...lexicon import fold
from ...model import Confidence, Figure, Line, LineKind, Region, Span
from ...words import tellable
from ..credit import credit_of, split_caption
from ..place import compose, data_between
from . import marks
from .article import Article
from .tree import Tree

_SHOWN = frozenset(
    {"img", "picture", "video", "audio", "iframe", "svg", "canvas", "object", "embed", "table", "pre", "code", "math",
     "blockquote", "script", "noscript", "template", "form", "ul", "ol", "dl", "source", "image"}
)  # fmt: skip
_LONGEST = 6000
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)")  # a byline's time, never a caption's end
_MOST_NODES = 300  # a figure of more shows something, and looking at all of nested ones would take quadratic time
# A picture that a script or a style puts in later leaves its address, or a mark, in an attribute.
_LATER = re.compile(r"url\(|\.(?:jpe?g|png|webp|gif|avif|svg)\b|\sdata-(?:src|image|img|lazy|media|url|asset|id)", re.I)


def orphans(tree: Tree, article: Article, figures: Sequence[Figure]) -> list[Figure]:
    """A figure without images for each caption of the article that stands alone."""
    found = []
    for node in tree.of.get("figcaption", ()):
        figure = next((up for up in tree.ancestors(node, 4) if tree.tags[up] == "figure"), -1)
        if figure < 0 or not _in_article(tree, article, node) or _shows(tree, figure):
            continue
        span = Span(tree.start(figure), tree.end(figure))
        if any(f.block.start < span.end and span.start < f.block.end for f in figures if f.region.in_article):
            continue
        left, right = tree.inner(node)
        text = compose(tree.source, data_between(tree.source, left, right)) if right - left < _LONGEST else None
        if text is None or text.span is None or not tellable(fold(text.value)) or _CLOCK.search(text.value):
            continue
        cut = split_caption(text.value)
        sure = cut.credit is not None and cut.confidence is Confidence.HIGH
        credit = text.part(*cut.credit) if cut.credit and sure else None
        found.append(
            Figure(
                images=(),
                region=Region.BODY,
                block=span,
                printed=text,
                caption=text.part(*cut.caption) if cut.caption and sure else text,
                credit=credit_of(credit) if credit else None,
                lines=(Line(LineKind.CAPTION, text),),
                reason="a caption without a picture",
            )
        )
    return found


def _in_article(tree: Tree, article: Article, node: int) -> bool:
    """Whether a node stands in the article; on a page without running text, anywhere but in a page's furniture."""
    if article.root >= 0:
        return tree.inside(node, article.root)
    return not any(tree.tags[up] in ("aside", "nav", "footer", "header") for up in tree.ancestors(node))


def _shows(tree: Tree, figure: int) -> bool:
    """Whether a figure holds anything that its caption may describe, or hides."""
    if marks.class_words(tree.words(figure)) & marks.HIDDEN:
        return True
    if tree.last[figure] - figure > _MOST_NODES:
        return True
    inside = [i for i in range(figure + 1, tree.last[figure] + 1) if tree.tags[i]]
    if any(tree.tags[i] in _SHOWN or "-" in tree.tags[i] for i in inside):
        return True
    captions = [i for i in inside if tree.tags[i] == "figcaption"]
    if any(tree.tags[i] in ("div", "section", "span") and not tree.visible(i) for i in inside):
        return True  # an empty element is where a script puts what the caption is about
    if any(not any(tree.inside(i, c) or tree.inside(c, i) for c in captions) for i in inside):
        return True  # something else stands in it: a byline, a quotation, a player
    start = tree.start(figure)
    return _LATER.search(tree.source, start, min(tree.end(figure), start + _LONGEST)) is not None
