"""HTML becomes a `Page`: every picture with caption, alt text and credit, each with its place in the source.

In: decoded text. Out: a `Page`; never raises on any text. The way through, one module each: `tree` (one fast pass) →
`head` → `pictures` → `article` (where the text is) → `group` (renditions are one picture) → `extent` (how far a
picture's block reaches) → `region` → and for the article's own pictures the block is read (`read.block`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit
from typing import Any

from ...model import Credit, Failure, Figure, Image, ImageObject, Page, Region, Span, Text
from ..asset import asset_key
from ..block import Reading, read_block
from ..lines import classify
from ..place import compose, data_between
from .article import Article, find_article
from .extent import Extent, Surveyor, places
from .group import Group, fold
from .head import read_head
from .pictures import Picture, find_pictures
from .region import Hints, Verdict, judge
from .rests import with_rests
from .tree import Tree

__all__ = ["read_html"]

# Paragraphs longer than this are kept whole as text; only their single characters are not placed.
_LONG_PARAGRAPH = 20_000
_MOST_PARAGRAPHS = 600
_MOST_READ = 400


def read_html(text: str, source: str, *, encoding: str = "utf-8", guessed: bool = False) -> Page:
    """Read one page. `source` names it; `encoding` and `guessed` are passed through from decoding."""
    tree = Tree(text)
    problems: list[Failure] = []
    if tree.cut:
        problems.append(Failure(source, tree.cut, "split the page"))
    head = read_head(tree)
    pictures, more = find_pictures(tree, head.base or head.url)
    if more:
        problems.append(Failure(source, f"more than {len(pictures):,} pictures: the rest were not read"))
    article = find_article(tree, head.title)
    groups = fold(tree, pictures, article)
    named = frozenset(filter(None, (asset_key(u, head.base or head.url) for u in head.pictures())))
    hints = Hints(named, urlsplit(head.url).netloc if head.url.startswith("http") else "")
    figures = with_rests(tree, _figures(tree, groups, article, hints, problems, source))
    return Page(
        source=source,
        text=text,
        figures=tuple(figures),
        encoding=encoding,
        guessed=guessed,
        title=head.title,
        url=head.url,
        published=head.published,
        language=head.language,
        paragraphs=_paragraphs(tree, article),
        problems=tuple(problems),
    )


def _figures(tree: Tree, groups: list[Group], article: Article, hints: Hints, problems: list[Failure], source: str) -> list[Figure]:
    splitter = _splitter()
    surveyor = Surveyor(tree, groups, article, _credit_test(splitter))
    assets = {p.tag.start: g.pictures[0].key or f"#{n}" for n, g in enumerate(groups) for p in g.pictures if p.tag}
    figures = []
    read = 0
    for n, group in enumerate(groups):
        quick = judge(tree, group, article, -1, hints, 1 if group.figure >= 0 else 0)
        if not quick.region.in_article and not quick.open:
            figures.append(_plain(tree, group, quick))
            continue
        extent = surveyor.measure(n)
        verdict = judge(tree, group, article, extent.unit, hints, extent.told)
        if not verdict.region.in_article and not verdict.open:
            figures.append(_plain(tree, group, verdict))
            continue
        if read >= _MOST_READ:
            figures.append(_plain(tree, group, verdict))
            continue
        read += 1
        figures.append(_figure(tree, group, extent, verdict, assets, splitter))
    if read >= _MOST_READ:
        problems.append(Failure(source, f"captions of more than {_MOST_READ} pictures: the rest were not read"))
    return figures


def _plain(tree: Tree, group: Group, verdict: Verdict) -> Figure:
    first = group.pictures[0]
    return Figure(
        images=_images(group),
        region=verdict.region,
        block=first.tag or Span(0, 0),
        asset=first.key,
        alt=first.alt,
        title=first.title,
        reason=verdict.reason,
        tag=first.tag,
    )


def _figure(
    tree: Tree,
    group: Group,
    extent: Extent,
    verdict: Verdict,
    assets: dict[int, str],
    splitter: Callable[[str], Any],
) -> Figure:
    first = group.pictures[0]
    where = places(tree, extent)
    core = None
    if extent.core >= 0:
        core = (tree.start(extent.core), tree.end(extent.core))
    reading = read_block(tree.source, where, assets, classify, splitter, core)
    region, reason = verdict.region, verdict.reason
    if reading.credit is None:
        reading.credit = _unprinted(group, reading, splitter)
    if verdict.open and not region.in_article and reading.told and reading.credit is not None:
        region, reason = Region.BODY, "credited picture outside the text"
    return Figure(
        images=_images(group),
        region=region,
        block=Span(*where[0]),
        asset=first.key,
        alt=first.alt,
        title=first.title,
        printed=reading.printed,
        caption=reading.caption,
        credit=_credit(reading),
        lines=reading.lines,
        reason=reason,
        tag=first.tag,
    )


def _unprinted(group: Group, reading: Reading, splitter: Callable[[str], Any]) -> Text | None:
    """A credit no reader sees printed: at the end of the title ("what it shows | NAME") or of the alt text."""
    for picture in group.pictures:
        for text in (picture.title, picture.alt):
            if not text or len(text.value) > 600:
                continue
            cut = splitter(text.value)
            if cut.credit is not None and cut.caption is not None and str(cut.confidence) == "high":
                return text.part(*cut.credit)
    return None


def _images(group: Group) -> tuple[Image, ...]:
    seen: set[tuple[str, Span | None]] = set()
    found = []
    for picture in group.pictures:
        for image in picture.images:
            if (image.url, image.span) not in seen:
                seen.add((image.url, image.span))
                found.append(image)
    return tuple(found)


def _credit(reading: Reading) -> Credit | None:
    if reading.credit is None:
        return None
    from dataclasses import replace

    raw = reading.credit
    try:
        from ..credit import parse_credit
    except ImportError:
        return Credit(raw.value, at=raw)
    return replace(parse_credit(raw.value), raw=raw.value, at=raw)


def _splitter() -> Callable[[str], Any]:
    try:
        from ..credit import split_caption
    except ImportError:
        from collections import namedtuple

        cut = namedtuple("cut", "caption credit confidence")
        return lambda text: cut((0, len(text)), None, "low")
    return lru_cache(maxsize=512)(split_caption)


def _credit_test(splitter: Callable[[str], Any]) -> Callable[[str], int]:
    """2 for a line that is a credit whole, 1 for one that ends in a credit, 0 for none."""

    def test(text: str) -> int:
        if not text or len(text) > 700:
            return 0
        cut = splitter(text)
        if cut.credit is None:
            return 0
        return 1 if cut.caption is not None else 2

    return test


def _paragraphs(tree: Tree, article: Article) -> tuple[Text, ...]:
    found = []
    for i in article.prose[:_MOST_PARAGRAPHS]:
        node = i if tree.tags[i] else tree.parent[i]
        left, right = tree.inner(node)
        text = compose(tree.source, data_between(tree.source, left, min(right, left + _LONG_PARAGRAPH)))
        if text is not None:
            found.append(text)
    return tuple(found)
