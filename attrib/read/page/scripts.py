"""Pictures that stand only in scripts: the state a page is built from in the browser, galleries in attributes.

In: the tree of a page, its head, its figures. Out: figures for objects that are pictures with words (an address, with
a caption or a credit), of this article and of nothing it leads to. Scripts are looked at only where the markup shows
no picture of the article; attributes of galleries, where no picture stands inside: of elements of the publisher's own
making always, of any other where the markup shows none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ...lexicon import fold
from ...model import Confidence, Figure, Image, Region, Span, Text
from ..asset import asset_key
from ..credit import Split, credit_of
from ..jsonish import Object, objects, text
from ..place import exact, value_span
from . import marks
from .article import Article
from .head import Head
from .pictures import IMAGE_PATH
from .tree import Tree

# The longest gallery met had 190 pictures, the state of a page two million characters.
MOST = 200
LONGEST = 3_000_000
_DEEP = 3  # objects from one that has the words to the one that has the address

_ADDRESSES = ("contentUrl", "url", "src", "href", "uri", "imageUrl", "originalUrl", "original", "image", "large")
_CAPTIONS = ("caption", "captionText", "legend", "description")
_CREDITS = ("credit", "creditText", "credits", "creditLine", "copyright", "copyrightNotice", "photographer")
_ALTS = ("alt", "altText", "alternativeText")
_TITLES = ("headline", "title", "name")
_PAGES = frozenset(
    {"url", "slug", "href", "path", "link", "canonical", "canonicalUrl", "permalink", "@id", "mainEntityOfPage"}
)
_WORDS = ("text", "value", "plain", "name", "html")
_ELSEWHERE = marks.ELSEWHERE | marks.WRITERS | marks.OTHERS
_GALLERIES = "[data-images],[data-gallery],[data-slides],[data-photos],[data-pictures],[images],[slides],[photos]"
_NAMED = ("data-images", "data-gallery", "data-slides", "data-photos", "data-pictures", "images", "slides", "photos")


def in_scripts(
    tree: Tree, article: Article, head: Head, figures: Sequence[Figure], split: Callable[[str], Split]
) -> list[Figure]:
    """A figure for each picture of the article that stands only in a script or in an attribute."""
    shown = any(figure.images for figure in figures if figure.region.in_article)
    galleries = list(_galleries(tree, article, tree.custom if shown else [*tree.custom, *tree.select(_GALLERIES)]))
    scripts = [] if shown else [i for i in tree.of["script"] if _may_tell(tree.nodes[i].text)]
    if not galleries and not scripts:
        return []
    base = head.base or head.url
    reader = _Reader(tree.source, base, fold(head.title), {asset_key(url, base) for url in head.pictures()}, split)
    found = [figure for place in galleries for figure in reader.read(place, ours=True)]
    found += [figure for i in scripts for figure in reader.read(Span(*tree.inner(i)), ours=False)]
    known = {figure.asset for figure in figures if figure.region.in_article}
    first = {figure.asset: figure for figure in reversed(found) if figure.asset not in known}
    return list(reversed(first.values()))[:MOST]


def _may_tell(words: str) -> bool:
    return 40 < len(words) <= LONGEST and ("caption" in words or "credit" in words)


def _galleries(tree: Tree, article: Article, nodes: Iterable[int]) -> Iterator[Span]:
    """The attributes of the article's elements that hold a list of pictures, where none stands inside."""
    for i in dict.fromkeys(nodes):
        attr = tree.nodes[i].attr
        names = [name for name in _NAMED if (attr(name) or "").lstrip()[:1] in ("[", "{")]
        if not names or (article.root >= 0 and not tree.inside(i, article.root)):
            continue
        if "img" in tree.tags[i + 1 : min(tree.last[i] + 1, i + 400)] or (place := tree.place(i)) is None:
            continue
        for where in (place.attrs[name] for name in names if name in place.attrs):
            yield value_span(tree.source, int(where.start_offset), int(where.end_offset))


class _Reader:
    """Reads stretches of one page; `title` and `named` tell this article from others."""

    def __init__(self, source: str, base: str, title: str, named: set[str], split: Callable[[str], Split]) -> None:
        self.source, self.base, self.title, self.named, self.split = source, base, title, named, split

    def read(self, place: Span, *, ours: bool) -> list[Figure]:
        """The pictures with words in a stretch. `ours`: it stands in the article, and is of nothing else."""
        found = objects(self.source, *place)
        addresses = self._addresses(found)
        said: list[tuple[Object, Figure]] = []
        for n, item in enumerate(found):
            address = addresses.get(n)
            if address is None or len(said) >= MOST:
                continue
            caption, credit = self._words(found, n, _CAPTIONS), self._words(found, n, _CREDITS)
            asset = asset_key(text(self.source, address).value, self.base)
            if (caption or credit) and asset and self._of_article(found, n, ours or asset in self.named):
                said.append((item, self._figure(item, asset, address, caption, credit, found, n)))
        rows = Counter((item.parent, item.name) for item, _ in said)
        return [self._placed(item, figure, rows[item.parent, item.name] > 1) for item, figure in said]

    def _addresses(self, found: list[Object]) -> dict[int, Span]:
        """The address of each object: its own, or the first of one a few objects inside it."""
        known: dict[int, Span] = {}
        for n, item in enumerate(found):
            for name in _ADDRESSES:
                place = item.strings.get(name)
                if place and place.end - place.start < 2000 and IMAGE_PATH.search(self.source, *place):
                    up, deep = n, 0
                    while up >= 0 and up not in known and deep <= _DEEP:
                        known[up] = place
                        up, deep = found[up].parent, deep + 1
                    break
        return known

    def _words(self, found: list[Object], n: int, names: tuple[str, ...]) -> Text | None:
        for name in names:
            place = found[n].strings.get(name)
            inner = found[n + 1] if n + 1 < len(found) else None
            if place is None and inner is not None and inner.parent == n and inner.name == name:
                place = next((inner.strings[word] for word in _WORDS if word in inner.strings), None)
            said = text(self.source, place) if place and place.end - place.start < 6000 else None
            if said and not said.value.startswith(("http", "/")):
                return said
        return None

    def _of_article(self, found: list[Object], n: int, ours: bool) -> bool:
        """Whether an object belongs to this article: the nearest around it that is a page has this page's title."""
        at = n
        while at >= 0:
            item = found[at]
            if marks.class_words(item.name) & _ELSEWHERE:
                return False
            title = next((item.strings[name] for name in _TITLES if name in item.strings), None)
            if at != n and title and _PAGES & item.strings.keys():
                return self._is_title(text(self.source, title).value)
            if at != n and title and self._is_title(text(self.source, title).value):
                return True
            at = item.parent
        return ours

    def _is_title(self, words: str) -> bool:
        folded = fold(words)
        return len(folded) > 7 and (folded in self.title or self.title in folded)

    def _figure(
        self,
        item: Object,
        asset: str,
        address: Span,
        caption: Text | None,
        credit: Text | None,
        found: list[Object],
        n: int,
    ) -> Figure:
        if caption is not None and credit is None:
            cut = self.split(caption.value)
            if cut.credit is not None and cut.confidence is Confidence.HIGH:
                credit = exact(self.source, caption.part(*cut.credit))
                caption = exact(self.source, caption.part(*cut.caption)) if cut.caption else None
        return Figure(
            images=(Image(text(self.source, address).value, address, "script"),),
            region=Region.BODY,
            block=item.place,
            asset=asset,
            alt=self._words(found, n, _ALTS),
            caption=caption,
            credit=credit_of(credit) if credit else None,
            reason="only in a script",
        )

    def _placed(self, item: Object, figure: Figure, in_row: bool) -> Figure:
        opens = figure.asset in self.named or (not in_row and marks.class_words(item.name) & marks.OPENING)
        return replace(figure, region=Region.LEAD if opens else Region.GALLERY if in_row else Region.BODY)
