"""Every picture on the page, whatever element shows it.

In: a `Tree`. Out: `Picture`s in document order: the element, its addresses, alt, title, what its size says, whether it
stands in a copy (noscript, template). Found first is only what tells pictures apart; `complete` reads all renditions
with their places (src, srcset, sources of a `<picture>`, lazy attributes, poster, CSS background), for those that
turn out to be the article's. Copies and renditions become one figure later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from turbohtml import unescape

from ...model import Image, Run, Span, Text
from ..asset import asset_key
from ..place import attribute, resolved, value_span
from ..vacant import holds_place
from .tree import Tree

# A page with more pictures is a catalogue; what is beyond is said in Page.problems, not read.
MOST = 3000
# Renditions of one picture; srcset lists are 5 to 20 long.
MOST_RENDITIONS = 80
# How many addresses of one element are looked at to tell which picture it is: the others are sizes of these.
_TELLING = 5

_SHOWN_BY = ("img", "amp-img", "image")
_VIDEOS = ("video", "amp-video")
_SHOWN = frozenset({*_SHOWN_BY, *_VIDEOS, "iframe", "noscript", "picture"})
_BOX = 40  # elements and texts: more around a place for a picture are a part of the page
_COPY_TAGS = frozenset({"noscript", "template", "dialog"})
_STYLED_TAGS = frozenset({"div", "a", "span", "figure", "section", "header", "li"})
_BACKGROUND = ('[style*="url("]', "[data-bg]", "[data-background-image]")
_LATER = {  # a script puts the picture in
    "div": ('[data-src*=".jp"]',),
    "span": ('[data-src*=".jp"]', '[data-original*=".jp"]'),
    "a": ('[data-original*=".jp"]',),
    "figure": ('[itemid*=".jp"]',),
}
# One for each tag: the parser keeps lists of these, and would go through the whole page for all at once.
_BOXES = [f"{tag}:is({', '.join((*_BACKGROUND, *_LATER.get(tag, ())))})" for tag in sorted(_STYLED_TAGS)]
_CUSTOM_NAMES = frozenset({"src", "srcset", "data-src", "data-srcset", "image", "image-src", "img", "poster"})
_PLAYED, _ALT_LATER = "aria-label", "data-alt"
_SILENT_NAMES = frozenset(
    {"alt", "class", "style", "sizes", "title", "id", "loading", "type", "media", "width", "height", "decoding"}
)

IMAGE_PATH = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|jfif|tiff?|svg)(?:$|[?#&!/;:,@\s_])", re.I)
_LAZY_NAME = re.compile(
    r"^(?:data-)?(?:[\w-]*-)?(?:src|srcset|original|image|img|lazy|url|full|large|hires|zoom|bg|background|poster|thumb|"
    r"photo|desktop|mobile|tablet|retina|echo|href|uri|path|picture)(?:[\w-]*)$"
)
_OTHER_NAME = re.compile(
    r"share|pin-|tweet|facebook|link|page|article|canonical|caption|title|alt|credit|base|logo|ad-|player"
)
# An address with holes a script fills in is nobody's address.
_TEMPLATE = re.compile(r"\*\*|\{\{|%%|\$\{|\{(?:width|size|w|h|format)\}|\{0\}|<%", re.I)
_CANDIDATE = re.compile(r"[^\s,][^\s]*")
_WIDTH = re.compile(r"\s*(\d{1,5})w")
_WIDTH_ONLY = re.compile(r"\d{1,5}w|\d(?:\.\d+)?x")  # Angular's ngSrcset: widths, for an address made from src
_NO_SPACE = re.compile(r"\S+")
_OPENING = 3000  # characters of a srcset that hold its first address and how wide that is
_DESCRIBED = re.compile(r"\s\d{1,5}w\b|\s\d(?:\.\d+)?x\b")
_URL_WIDTH = re.compile(r"[?&](?:w|width|imwidth)=(\d{2,4})\b|[-_](\d{3,4})x\d{2,4}\.|/w(\d{3,4})/")
_NUMBER = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:\s*px)?\s*$")
_CSS_URL = re.compile(
    r"background(?:-image)?\s*:[^;{}]{0,200}?url\(\s*(?:&quot;|&#39;|&#x27;|[\"'])?([^\"'()\s]{4,2000}?)(?:&quot;|&#39;|&#x27;|[\"'])?\s*\)",
    re.I,
)
_JSON_URL = re.compile(r"(?:https?:)?(?:\\?/){1,2}[^\s\"'<>\\]+(?:\\/[^\s\"'<>\\]+)*")


@dataclass(slots=True)
class Picture:
    """One element that shows a picture. `node` is its index, `around` are the elements around it from the innermost on,
    `group` is the `<picture>` among them (or itself), `key` its asset, `urls` the addresses that tell it; `images` are
    filled by `complete`."""

    node: int
    around: list[int]
    group: int
    attrs: dict[str, str] = field(default_factory=dict)
    sources: list[int] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    key: str = ""
    keys: set[str] = field(default_factory=set)
    width: int | None = None
    height: int | None = None
    copy: bool = False
    video: bool = False
    dropped: frozenset[str] = frozenset()
    images: list[Image] = field(default_factory=list)

    @property
    def alt(self) -> str | None:
        """The alt text, None when there is no such attribute."""
        return self.attrs.get("alt")

    @property
    def title(self) -> str:
        """The title, empty when there is none."""
        return self.attrs.get("title", "")


def find_pictures(tree: Tree, base: str = "") -> tuple[list[Picture], bool]:
    """All pictures of the page in document order, and whether there were more than are read."""
    tags, of = tree.tags, tree.of
    nodes = [i for tag in _SHOWN_BY for i in of[tag]]
    nodes += [i for tag in _VIDEOS for i in of[tag] if tree.get(i, "poster") or tree.get(i, "data-poster")]
    nodes += [i for i in tree.custom if tags[i] not in of and _custom(tree, i)]
    nodes += [i for selector in _BOXES for i in tree.select(selector) if _is_box(tree, i)]
    nodes.sort()
    more = len(nodes) > MOST
    found = [_picture(tree, i) for i in nodes[:MOST]]
    _add_sources(tree, found)
    found.sort(key=lambda p: p.node)
    for picture in found:
        picture.urls = _real(list(_addresses(tree, picture)))
        _name(picture, base)
    _drop_shared(found, base)
    return [p for p in found if p.urls or tags[p.node] == "img"], more


def _picture(tree: Tree, i: int) -> Picture:
    around = tree.ancestors(i)
    attrs = tree.attrs(i)
    return Picture(
        i,
        around,
        around[0] if around and tree.tags[around[0]] == "picture" else i,
        attrs,
        width=_pixels(attrs.get("width")),
        height=_pixels(attrs.get("height")),
        copy=not _COPY_TAGS.isdisjoint([tree.tags[up] for up in around]),
        video=tree.tags[i] in _VIDEOS or ("-" in tree.tags[i] and "video" in tree.tags[i]),
    )


def _add_sources(tree: Tree, found: list[Picture]) -> None:
    """Give each `<source>` to the picture it belongs to; a `<picture>` of sources only is one itself."""
    owners = {p.group: p for p in found if not p.video}
    budget = 4 * MOST
    for i in tree.of["source"][:budget]:
        up = tree.parent[i]
        owner = owners.get(up)
        if owner is None and up >= 0 and tree.tags[up] == "picture":
            owner = next((p for p in found if tree.inside(p.node, up)), None) if len(found) < 200 else None
            if owner is None:
                owner = _picture(tree, up)
                found.append(owner)
            owners[up] = owner
        if owner is not None and len(owner.sources) < MOST_RENDITIONS:
            owner.sources.append(i)


def _custom(tree: Tree, i: int) -> bool:
    """Whether an element of the publisher's own making shows a picture: it has an address of one."""
    attrs = tree.nodes[i].attrs
    for name in _CUSTOM_NAMES.intersection(attrs):
        value = attrs.get(name)
        if isinstance(value, str) and IMAGE_PATH.search(value):
            return True
    return False


def _is_box(tree: Tree, i: int) -> bool:
    """Whether an element has a picture as its background, or is an empty place for one."""
    if "url(" in (tree.get(i, "style") or "") or tree.get(i, "data-bg") or tree.get(i, "data-background-image"):
        return True
    end = tree.last[i]
    return end - i <= _BOX and not any(tree.tags[inside] in _SHOWN for inside in range(i + 1, end + 1))


def _pixels(value: str | None) -> int | None:
    match = _NUMBER.match(value) if value else None
    return int(match[1]) if match else None


def _kind(name: str, value: str, tag: str) -> str:
    """How an attribute holds addresses: "one", "set", "json", or "" for not at all."""
    if len(value) < 4 or name in _SILENT_NAMES:
        return ""
    if name in ("src", "poster", "xlink:href") or (name == "href" and tag == "image"):
        return "one"
    if name == "itemid":
        return "one" if IMAGE_PATH.search(value) else ""
    if name.endswith("srcset") or (name.startswith(("data-", "src")) and _DESCRIBED.search(value, 0, _OPENING)):
        return "set"
    if (name.startswith("data-") or "-" in tag) and _is_lazy(name):
        if value[0] in "{[":
            return "json"
        if _address(value) or (name.endswith(("src", "original")) and value.startswith(("http://", "https://", "//"))):
            return "one"
    return ""


@lru_cache(maxsize=4096)
def _is_lazy(name: str) -> bool:
    """Whether an attribute is called as one that holds the address until the picture is loaded."""
    return _LAZY_NAME.match(name) is not None and _OTHER_NAME.search(name) is None


def _address(value: str) -> bool:
    value = value.strip()
    if " " in value or "\n" in value:
        return False
    if value.startswith(("http://", "https://", "//", "/")):
        return bool(IMAGE_PATH.search(value)) or "image" in value or "img" in value or "media" in value
    return bool(IMAGE_PATH.search(value)) and not value.startswith("data:")


def _addresses(tree: Tree, picture: Picture) -> Iterator[str]:
    """The addresses that tell which picture it is: a few of each element, without their places."""
    tag = tree.tags[picture.node]
    if tag in _STYLED_TAGS or (tag == "img" and "url(" in picture.attrs.get("style", "")):
        match = _CSS_URL.search(unescape(picture.attrs.get("style", ""))[:8000])
        if match and not match[1].startswith("data:"):
            yield match[1]
    for name, value in picture.attrs.items():
        kind = _kind(name, value, tag)
        if kind == "one":
            yield value.strip()
        elif kind == "set":
            yield from _first(value)
        elif kind == "json":
            yield from (m[0].replace("\\/", "/") for m in _JSON_URL.finditer(value[:20_000]) if IMAGE_PATH.search(m[0]))
    for i in picture.sources[:4]:
        for name, value in tree.attrs(i).items():
            if _kind(name, value, "source") in ("one", "set"):
                yield from _first(value)


def _first(value: str) -> list[str]:
    """The first address of a srcset: the others are other sizes of it."""
    for found in _NO_SPACE.finditer(value):
        word = found[0].rstrip(",")
        if len(word) > 4 and not word.startswith("data:") and not _WIDTH_ONLY.fullmatch(word):
            return [word]
    return []


def _real(urls: list[str]) -> list[str]:
    """Without holes, inline data and what is shown until a picture is loaded."""
    return [u for u in urls if u and not u.startswith("data:") and not _TEMPLATE.search(u) and not holds_place(u)]


def _name(picture: Picture, base: str) -> None:
    counts: dict[str, int] = {}
    urls = picture.urls
    if len(urls) > _TELLING:
        urls = [*urls[: _TELLING - 1], urls[-1]]
    for url in urls:
        key = asset_key(url, base)
        if key and key not in picture.dropped:
            counts[key] = counts.get(key, 0) + 1
    picture.keys = set(counts)
    picture.key = max(counts, key=lambda k: counts[k]) if counts else ""


def _drop_shared(found: list[Picture], base: str) -> None:
    """An address that many pictures give beside one of their own is what they show until they are loaded."""
    counts: dict[str, int] = {}
    for picture in found:
        if len(picture.keys) > 1:
            for key in picture.keys:
                counts[key] = counts.get(key, 0) + 1
    shared = frozenset(key for key, count in counts.items() if count >= 3)
    if not shared:
        return
    for picture in found:
        if picture.keys & shared and not picture.keys <= shared:
            picture.dropped = shared
            picture.urls = [u for u in picture.urls if asset_key(u, base) not in shared]
            _name(picture, base)


def complete(tree: Tree, picture: Picture, base: str) -> None:
    """Read all renditions of a picture with their places."""
    if picture.images:
        return
    images: list[Image] = []
    _read(tree, picture.node, "src", images)
    for i in picture.sources:
        _read(tree, i, "source", images)
    if "url(" in picture.attrs.get("style", ""):
        _background(tree, picture.node, images)
    picture.images = [
        im
        for im in images
        if not holds_place(im.url) and not (picture.dropped and asset_key(im.url, base) in picture.dropped)
    ]


def first_image(tree: Tree, picture: Picture) -> tuple[Image, ...]:
    """The one address a picture outside the article is known by, with its place."""
    if not picture.urls:
        return ()
    url, span = picture.urls[0], tree.tag(picture.node)
    at = tree.source.find(url, span.start, span.end)
    return (Image(url, Span(at, at + len(url)) if at >= 0 else None),)


def spoken(tree: Tree, picture: Picture, name: str) -> Text | None:
    """An attribute meant for readers (alt, title), with its place; None when there is none. The alt text of an element
    that only plays a picture is its label, or what a script is to put in."""
    if name not in picture.attrs:
        if name == "alt" and picture.attrs.get("role") == "img":
            return spoken(tree, picture, _PLAYED)
        return spoken(tree, picture, _ALT_LATER) if name == "alt" and _ALT_LATER in picture.attrs else None
    value = picture.attrs[name]
    if len(value) > 3 and value.isprintable() and "&" not in value and "  " not in f" {value} ":
        # written as it reads: found in its tag without asking the parser for all places in it
        span = tree.tag(picture.node)
        at = tree.source.find(f'{name}="{value}"', span.start, span.end)
        if at >= 0:
            at += len(name) + 2
            return Text(value, Span(at, at + len(value)), (Run(0, at, len(value)),))
    place = tree.place(picture.node)
    if place is None or name not in place.attrs:
        return Text(" ".join(picture.attrs[name].split()))
    return attribute(tree.source, _attr(place, name))


def _attr(place: Any, name: str) -> tuple[int, int]:
    span = place.attrs.get(name)
    return (int(span.start_offset), int(span.end_offset)) if span else (0, 0)


def _read(tree: Tree, i: int, origin: str, images: list[Image]) -> None:
    """The renditions in the attributes of one element, with their places in the source."""
    place = tree.place(i)
    if place is None:
        return
    tag = tree.tags[i]
    for name, value in tree.attrs(i).items():
        if len(images) >= MOST_RENDITIONS:
            return
        kind = _kind(name, value, tag)
        if not kind:
            continue
        where = origin if origin == "source" or name == "src" else name
        left, right = value_span(tree.source, *_attr(place, name))
        if kind == "one":
            url = value.strip()
            if url and not url.startswith("data:") and not _TEMPLATE.search(url):
                images.append(Image(url, Span(left, right), where, _url_width(url)))
        elif kind == "set":
            images += _candidates(tree.source, left, right, where)
        else:
            images += _json(tree.source, left, right, where)


def _candidates(source: str, left: int, right: int, origin: str) -> Iterator[Image]:
    """The addresses of a srcset. Commas inside an address are its own; one at its end closes the candidate."""
    at = left
    for _ in range(MOST_RENDITIONS):
        match = _CANDIDATE.search(source, at, right)
        if match is None:
            return
        raw, at, width = match[0], match.end(), None
        if raw.endswith(","):
            raw = raw.rstrip(",")
        else:
            stop = source.find(",", at, right)
            stop = right if stop < 0 else stop
            number = _WIDTH.match(source, at, min(stop, at + 12))
            width = int(number[1]) if number else None
            at = stop + 1
        if len(raw) >= 3 and not raw.startswith("data:") and not _WIDTH_ONLY.fullmatch(raw):
            yield Image(resolved(raw), Span(match.start(), match.start() + len(raw)), origin, width)


def _json(source: str, left: int, right: int, origin: str) -> Iterator[Image]:
    for match in _JSON_URL.finditer(source, left, min(right, left + 20_000)):
        raw = match[0].split("&quot;")[0].rstrip(",;)]}")
        url = resolved(raw.replace("\\/", "/"))
        if IMAGE_PATH.search(url) and not _TEMPLATE.search(url):
            yield Image(url, Span(match.start(), match.start() + len(raw)), origin)


def _background(tree: Tree, i: int, images: list[Image]) -> None:
    place = tree.place(i)
    if place is None or "style" not in place.attrs:
        return
    left, right = _attr(place, "style")
    match = _CSS_URL.search(tree.source, left, min(right, left + 8000))
    if match and not match[1].startswith("data:"):
        images.append(Image(resolved(match[1]), Span(*match.span(1)), "style"))


def _url_width(url: str) -> int | None:
    match = _URL_WIDTH.search(url)
    return int(match[1] or match[2] or match[3]) if match else None
