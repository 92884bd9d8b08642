"""HTML becomes a `Page`: every picture with caption, alt text and credit, each with its place in the source.

In: decoded text. Out: a `Page`; never raises on any text. The way through, one module each: `tree` (one fast pass) →
`head` → `pictures` → `article` (where the text is) → `group` (renditions are one picture) → `extent` (how far a
picture's block reaches) → `region` → and for the article's own pictures the block is read (`block`, `choose`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from ...lexicon import fold
from ...model import Failure, Figure, Image, ImageObject, LineKind, Page, Region, Span, Text
from ..asset import asset_key
from ..credit import Split, credit_of, parse_credit, split_caption
from ..lines import classify
from ..place import compose, data_between
from ..structured import from_items, from_json_ld, from_metas, parse_json_ld
from .again import again
from .article import Article, find_article
from .beside import beside
from .block import read_block
from .extent import Extent, Surveyor
from .group import Folder, Group
from .head import Head, read_head
from .orphans import orphans
from .pictures import MOST, Picture, complete, find_pictures, first_image, spoken
from .raw import Reading
from .region import Hints, Judge, Verdict
from .rests import boxed, with_rests
from .scripts import in_scripts
from .shared import shared, thanked
from .sheets import in_sheets
from .soup import MOST_NODES
from .spans import behind, places
from .together import together
from .tree import Tree
from .unprinted import unprinted

__all__ = ["read_html"]

# Paragraphs longer than this are kept whole as text; only their single characters are not placed.
_LONG_PARAGRAPH = 20_000
_TELLING = 25  # letters: shorter lines are no paragraphs
_MOST_PARAGRAPHS = 600
# Captions are read for this many pictures of one page: the longest gallery met had 190.
_MOST_READ = 400
_LONG_LINE = 700
_SHORT_LINE = 160


def read_html(
    text: str, source: str, *, encoding: str = "utf-8", guessed: bool = False, figures_only: bool = False
) -> Page:
    """Read one page. `source` names it; `encoding` and `guessed` are passed through from decoding.

    `figures_only` leaves out what only rules ask for: structured data, the paragraphs of the text, the boxes of lines;
    and gives the `places` of the figures' tags, which the parser has counted.
    """
    tree = Tree(text)
    problems: list[Failure] = []
    if tree.cut:
        problems.append(Failure(source, tree.cut, "Split the page."))
    head = read_head(tree)
    base = head.base or head.url
    pictures, more = find_pictures(tree, base)
    if more:
        problems.append(Failure(source, f"only the first {MOST:,} pictures were read", "Split the page."))
    article = find_article(tree, head.title)
    objects, broken = ((), ()) if figures_only else _objects(tree, head)
    reader = _Reader(tree, article, head, base)
    figures = with_rests(tree, reader.figures(pictures), reader.behind)
    if not figures_only:
        figures = [boxed(text, figure) for figure in figures]
    figures = shared(tree, article, figures, reader.nodes, reader.read, reader.split)
    figures = together(tree, article, figures, reader.nodes, reader.read)
    figures += orphans(tree, article, figures)
    figures += in_sheets(tree, article, head, figures)
    figures += in_scripts(tree, article, head, figures, reader.split)
    figures = again(thanked(figures))
    problems += [Failure(source, what, "Split the page.") for what in reader.problems()]
    return Page(
        source=source,
        text=text,
        figures=tuple(_described(figures, objects, base)),
        objects=objects,
        encoding=encoding,
        guessed=guessed,
        title=head.title,
        url=head.url,
        published=head.published,
        language=head.language,
        paragraphs=() if figures_only else _paragraphs(tree, article),
        places=tuple(filter(None, map(tree.spot, reader.first))) if figures_only else (),
        problems=tuple(problems),
        broken=broken,
    )


def _objects(tree: Tree, head: Head) -> tuple[tuple[ImageObject, ...], tuple[tuple[Span, str], ...]]:
    """What the page says of its pictures to machines."""
    documents = []
    broken = []
    for i in tree.of["script"]:
        if "ld+json" in (tree.get(i, "type") or "").lower():
            try:
                documents.append(parse_json_ld(tree.nodes[i].text))
            except ValueError as error:
                broken.append((Span(tree.start(i), tree.end(i)), str(error)))
    found = from_json_ld(documents)
    if tree.select('[itemtype*="ImageObject"], [typeof*="ImageObject"]'):
        found += from_items(tree.microdata(), "microdata") + from_items(tree.rdfa(), "rdfa")
    return tuple(found + from_metas(head.meta)), tuple(broken)


def _described(figures: list[Figure], objects: tuple[ImageObject, ...], base: str) -> list[Figure]:
    """The article's figures with what structured data says of each: objects with an address of the same asset."""
    by_key: dict[str, list[ImageObject]] = {}
    for item in objects:
        for key in {asset_key(url, base) for url in item.urls[:8]}:
            if key:
                by_key.setdefault(key, []).append(item)
    if not by_key:
        return figures
    out = []
    for figure in figures:
        keys = {asset_key(image.url, base) for image in figure.images[:6]} | {figure.asset}
        told = [item for key in sorted(keys) for item in by_key.get(key, ())] if figure.region.in_article else []
        out.append(replace(figure, objects=tuple(map(_heard, dict.fromkeys(told)))) if told else figure)
    return out


def _heard(item: ImageObject) -> ImageObject:
    """The object with what it says of thanks read as credit lines."""
    said = [("creditText", item.creditText), *(("creator", name) for name in item.creator)]
    said += [("copyrightNotice", item.copyrightNotice), ("copyrightHolder", item.copyrightHolder)]
    return replace(item, credits=tuple((name, parse_credit(text[:_LONG_LINE])) for name, text in said if text))


class _Reader:
    """From pictures to figures, with what is known of the page."""

    def __init__(self, tree: Tree, article: Article, head: Head, base: str) -> None:
        self.tree, self.article, self.base = tree, article, base
        self.split: Callable[[str], Split] = lru_cache(maxsize=512)(split_caption)
        self._unread, self._cut = False, 0
        self.first: list[int] = []  # nodes of figures
        self.nodes: dict[int, int] = {}  # of pictures, by the start of their tags
        self.behind: dict[int, int] = {}  # the first nodes behind their blocks, by the same
        named = frozenset(filter(None, (asset_key(url, base) for url in head.pictures())))
        host = re.split(r"[/?#]", head.url.partition("://")[2], maxsplit=1)[0] if head.url.startswith("http") else ""
        self.judge = Judge(tree, article, Hints(named, host, head.url.partition("#")[0].partition("?")[0].rstrip("/")))

    def figures(self, pictures: list[Picture]) -> list[Figure]:
        """One figure for each picture a reader meets, in the order of the page."""
        groups = Folder(self.tree, self.article, self._interrupts, self._is_credit).fold(pictures)
        surveyor = Surveyor(self.tree, groups, self.article, self._is_credit)
        found: list[tuple[Group, Verdict, Extent | None]] = []
        for n, group in enumerate(groups):
            verdict = self.judge.judge(group, int(group.figure >= 0), final=False)
            extent = None
            if verdict.region.in_article or verdict.open:
                extent = surveyor.measure(n)
                verdict = self.judge.judge(group, extent.told, final=True)
            found.append((group, verdict, extent if verdict.region.in_article or verdict.open else None))
        found = [(g, v, e) for (g, _, e), v in zip(found, self.judge.opened(found), strict=True)]
        for group, _, extent in found:
            if extent is not None:
                for picture in group.pictures:
                    complete(self.tree, picture, self.base)
        self.first = [group.pictures[0].node for group in groups]
        read_groups = [group for group, _, extent in found if extent is not None]
        self.nodes = {self.tree.tag(group.pictures[0].node).start: group.first for group in read_groups}
        assets = {
            self.tree.tag(p.node).start: group.key or f"#{n}"
            for n, (group, _, extent) in enumerate(found)
            if extent is not None
            for p in group.pictures
        }
        figures, read = [], 0
        for group, verdict, extent in found:
            if extent is None or read >= _MOST_READ:
                figures.append(self._plain(group, verdict))
                continue
            read += 1
            figures.append(self._figure(group, extent, verdict, assets))
        self._unread = len(self.nodes) > _MOST_READ
        return figures

    def problems(self) -> list[str]:
        """What was left out to keep the work bounded, each said once."""
        said = [f"only the captions of the first {_MOST_READ} pictures were read"] if self._unread else []
        if self._cut:
            blocks = "the block around a picture" if self._cut == 1 else f"the blocks around {self._cut} pictures"
            said.append(f"only the first {MOST_NODES} tags and texts of {blocks} were read")
        return said

    def _plain(self, group: Group, verdict: Verdict) -> Figure:
        """A figure outside the article: known, but not read."""
        shown = group.pictures[0]
        first = shown if shown.urls else next((p for p in group.pictures if p.urls), shown)
        tag = self.tree.tag(shown.node)
        return Figure(
            images=first_image(self.tree, first),
            region=verdict.region,
            block=tag,
            asset=group.key,
            alt=self._spoken(group, "alt"),
            reason=verdict.reason,
            tag=tag,
        )

    def _figure(self, group: Group, extent: Extent, verdict: Verdict, assets: dict[int, str]) -> Figure:
        tree = self.tree
        where = places(tree, extent)
        core = (tree.start(extent.core), tree.end(extent.core)) if extent.core >= 0 else None
        reading = read_block(tree.source, where, assets, classify, self.split, core)
        if reading.cut and reading.printed is None:
            said = sum(len(line.text.value) for line in reading.lines if line.kind is not LineKind.PICTURE)
            self._cut += tree.visible(extent.unit) > said
        region, reason = verdict.region, verdict.reason
        if verdict.open and not region.in_article and reading.told and reading.credit is not None:
            region, reason = Region.BODY, "credited picture outside the text"
        alt, title = self._spoken(group, "alt"), self._spoken(group, "title")
        images = _images(group)
        tag = tree.tag(group.pictures[0].node)
        self.behind[tag.start] = behind(tree, extent)
        shown = group.pictures[0]
        width = max((i.width or 0 for i in images), default=0)
        named = bool(group.keys & self.judge.hints.named)
        if found := beside(reading, region, shown, alt, width, lambda: self._linked(shown), named):
            region, reason, _ = found
        caption, credit = reading.caption, reading.credit
        if credit is None:
            hidden, credit = unprinted(tree, group.first, extent.unit, (title, alt), self.split)
            caption = caption or (hidden if reading.printed is None else None)
            if caption and credit and fold(caption.value) == fold(credit.value):
                caption, credit = None, caption  # thanks, printed and hidden
        return Figure(
            images=images,
            region=region,
            block=Span(*where[0]),
            asset=group.key,
            alt=alt,
            title=title or None,
            printed=reading.printed,
            caption=caption,
            credit=None if credit is None else credit_of(credit),
            lines=reading.lines,
            told=reading.told,
            reason=reason,
            tag=tag,
        )

    def _linked(self, picture: Picture) -> bool:
        """Whether a picture leads to a page, and not to itself."""
        return any(self.tree.tags[up] == "a" for up in picture.around[:4]) and not self.judge.opens_large(picture)

    def read(self, place: tuple[int, int]) -> Reading:
        """What a stretch of the source prints, without the pictures in it."""
        return read_block(self.tree.source, [place], {}, classify, self.split)

    def _spoken(self, group: Group, name: str) -> Text | None:
        return spoken(self.tree, group.spoken(name), name)

    def _is_credit(self, text: str) -> int:
        """2 for a line that is a credit whole, 1 for one that ends in a credit, 0 for none."""
        if not text or len(text) > _LONG_LINE:
            return 0
        cut = self.split(text)
        if cut.credit is None:
            return 0
        return 1 if cut.caption is not None else 2

    def _interrupts(self, line: str) -> bool:
        """Whether a line is a label, an advertisement or a credit: what stands in a block, and not in running text."""
        line = " ".join(line.split())
        return 0 < len(line) <= _SHORT_LINE and (classify(line) is not LineKind.OTHER or self._is_credit(line) == 2)


def _images(group: Group) -> tuple[Image, ...]:
    seen: set[tuple[str, Span | None]] = set()
    found = []
    for picture in group.pictures:
        for image in picture.images:
            if (image.url, image.span) not in seen:
                seen.add((image.url, image.span))
                found.append(image)
    return tuple(found)


def _paragraphs(tree: Tree, article: Article) -> tuple[Text, ...]:
    found = []
    short = (
        {i for i in tree.of["p"] if tree.inside(i, article.holder) and tree.visible(i) >= _TELLING}
        if article.holder >= 0
        else set()
    )
    for i in sorted({*article.prose, *short})[:_MOST_PARAGRAPHS]:
        node = i if tree.tags[i] else tree.parent[i]
        left, right = tree.inner(node)
        text = compose(tree.source, data_between(tree.source, left, min(right, left + _LONG_PARAGRAPH)))
        if text is not None:
            found.append(text)
    return tuple(found)
