"""What the state of a page says of pictures that stand in its markup: captions and credits a program prints later.

In: the source, the figures. Out: the figures, those of the article that print nothing given what the one object with
their address says of them, in a script or an attribute. Linked data is not looked at: machines read it, and no program
prints it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from ...lexicon import fold
from ...model import Confidence, Figure, Span, Text
from ..asset import asset_key
from ..credit import Split, credit_of
from ..jsonish import Object, objects, text
from ..place import exact
from .head import Head
from .pictures import IMAGE_PATH
from .scripts import CREDITS, words
from .tree import Tree

_MOST = 60  # figures
_MOST_PLACES = 12  # of one name in a page: a picture has so many renditions
_AROUND = 3000  # characters around an address
_DEEP = 3  # objects from one that has the words to the one that has the address
_LONGEST = 2000  # characters of an address
_NAME = re.compile(r"[\w-]{8,}")  # shorter ones tell no picture
_CAPTIONS = ("caption", "captionText", "imageCaption", "legend")
_ARTICLES = frozenset({"headline", "slug", "articleBody", "body", "teaser"})
_QUOTE = r"(?:\"|&quot;|&#34;)"
_SAYS = re.compile(rf"{_QUOTE}(?:{'|'.join((*_CAPTIONS, *CREDITS))}){_QUOTE}\s?:\s?(?:\{{|{_QUOTE})")
_OPENS = re.compile(rf"\{{{_QUOTE}")

_Said = tuple[Text | None, Text | None]


def in_state(tree: Tree, head: Head, figures: Sequence[Figure], split: Callable[[str], Split]) -> list[Figure]:
    """The figures, with the captions and credits of the page's state where the markup has neither."""
    out = list(figures)
    bare = [n for n, f in enumerate(figures) if f.region.in_article and f.asset and f.images and not _says(f)]
    for n in bare[:_MOST]:
        said = {_folded(found): found for found in _found(tree, figures[n], head.base or head.url)}
        caption, credit = next(iter(said.values())) if len(said) == 1 else (None, None)
        if caption and len(fold(caption.value)) > 7 and fold(caption.value) in fold(head.title):
            continue
        if caption and not credit:
            cut = split(caption.value)
            if cut.credit is not None and cut.confidence is Confidence.HIGH:
                credit = exact(tree.source, caption.part(*cut.credit))
                caption = exact(tree.source, caption.part(*cut.caption)) if cut.caption else None
        if caption or credit:
            out[n] = replace(figures[n], caption=caption, credit=credit_of(credit) if credit else None)
    return out


def _says(figure: Figure) -> bool:
    return bool(figure.printed or figure.caption or figure.credit)


def _folded(said: _Said) -> tuple[str, ...]:
    return tuple(fold(part.value) if part else "" for part in said)


def _found(tree: Tree, figure: Figure, base: str) -> list[_Said]:
    """What objects with the address of a figure's picture say of it."""
    name = max(_NAME.findall(unquote(figure.images[0].url.partition("?")[0])), key=len, default="")
    if not name:
        return []
    source, found = tree.source, list[_Said]()
    at = done = 0
    for _ in range(_MOST_PLACES):
        at = source.find(name, at)
        if at < 0:
            break
        low, high = max(done, at - _AROUND), at + _AROUND
        if _SAYS.search(source, low, high) and not _linked_data(tree, at) and (begin := _OPENS.search(source, low, at)):
            found += _in_window(source, objects(source, begin.start(), high), figure.asset, base)
            done = at = high
        at += len(name)
    return found


def _linked_data(tree: Tree, at: int) -> bool:
    """Whether a place of the source stands in a script of linked data."""
    scripts = tree.of["script"]
    n = bisect_right(scripts, at, key=tree.offset) - 1
    return n >= 0 and "ld+json" in (tree.get(scripts[n], "type") or "").lower() and at < tree.end(scripts[n])


def _in_window(source: str, found: Sequence[Object], asset: str, base: str) -> Iterator[_Said]:
    """What is said of the picture by objects with its address, or a few around one, up to that of an article."""
    for n, item in enumerate(found):
        if not any(_shows(source, place, asset, base) for place in item.strings.values()):
            continue
        up, deep = n, 0
        while up >= 0 and deep <= _DEEP and _ARTICLES.isdisjoint(found[up].strings):
            said = words(source, found, up, _CAPTIONS), words(source, found, up, CREDITS)
            if any(said):
                yield said
                break
            up, deep = found[up].parent, deep + 1


def _shows(source: str, place: Span, asset: str, base: str) -> bool:
    """Whether a string is an address of the picture."""
    is_address = place.end - place.start < _LONGEST and IMAGE_PATH.search(source, *place)
    return bool(is_address) and asset_key(text(source, place).value, base) == asset
