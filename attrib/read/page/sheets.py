"""The opening picture that only a style sheet in the page shows, as the background of the article's head.

In: the tree of a page, the article's place, its head, its figures. Out: a figure, or none. Looked for only where the
markup shows no opening picture: a rule whose address the page's head names as the article's picture, for an element
of the article's head. Any other background is decoration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...model import Figure, Image, Region, Span
from ..asset import asset_key
from .article import Article
from .head import Head
from .tree import Tree

# Addresses of one page's sheets that are looked at: pages that carry their whole style have some hundred.
MOST = 400
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')\s]{4,2000})")
_MEANT = re.compile(r"([.#])([A-Za-z_-][A-Za-z0-9_-]*)\s*(?:,|$)")
_SELECTORS = 400  # characters before a rule's opening bracket


def in_sheets(tree: Tree, article: Article, head: Head, figures: Sequence[Figure]) -> list[Figure]:
    """The figure of an opening picture that stands only in a style sheet."""
    named = {asset_key(url, head.base or head.url) for url in head.pictures()} - {""}
    if not named or article.heading < 0 or any(f.region is Region.LEAD or f.asset in named for f in figures):
        return []
    for place, url in _addresses(tree):
        if (asset := asset_key(url, head.base or head.url)) in named and (node := _shown(tree, article, place)) >= 0:
            tag = tree.tag(node)
            image = Image(url, place, "style")
            reason = "a background in a style sheet"
            return [Figure(images=(image,), region=Region.LEAD, block=tag, asset=asset, tag=tag, reason=reason)]
    return []


def _addresses(tree: Tree) -> Iterator[tuple[Span, str]]:
    left = MOST
    for sheet in tree.select("style"):
        for found in _ADDRESS.finditer(tree.source, *tree.inner(sheet)):
            yield Span(*found.span(1)), found[1]
            left -= 1
            if left <= 0:
                return


def _shown(tree: Tree, article: Article, address: Span) -> int:
    """The element before the article's text that the rule around an address is for; -1 where there is none."""
    opening = tree.source.rfind("{", 0, address.start)
    selectors = tree.source[max(0, opening - _SELECTORS) : max(0, opening)]
    selectors = re.split(r"[{}>;]|\*/", selectors)[-1]
    for sign, name in dict.fromkeys(_MEANT.findall(selectors)):
        for node in tree.select(f"{sign}{name}")[:20]:
            around = tree.inside(article.heading, node) and not tree.inside(article.first, node)
            if around or (tree.inside(node, article.root) and node < article.first):
                return node
    return -1
