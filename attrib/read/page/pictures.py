"""Every picture on the page, whatever element shows it.

In: a `Tree`. Out: `Picture`s in document order: the element, its renditions with their places (src, srcset, sources of
its `<picture>`, lazy attributes, poster, CSS background), alt, title, what its size says, and whether it stands in a
copy (noscript, template). Copies and renditions become one figure later.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from ...model import Image, Span, Text
from ..asset import asset_key
from ..place import attribute, value_span
from .tree import Tree

# A page with more pictures is a catalogue; what is beyond is said in Page.problems, not read.
MOST = 3000
# Renditions of one picture; srcset lists are 5 to 20 long.
MOST_RENDITIONS = 80

_TELLING_RENDITIONS = 5
_PICTURES = frozenset({"img", "amp-img", "image", "video", "amp-video", "picture"})
_SOURCES = frozenset({"source"})
_IMAGE_PATH = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|jfif|tiff?|svg)(?:$|[?#&!/;:,@\s_])", re.I)
_LAZY_NAME = re.compile(
    r"^(?:data-)?(?:[\w-]*-)?(?:src|srcset|original|image|img|lazy|url|full|large|hires|zoom|bg|background|poster|thumb|photo|"
    r"desktop|mobile|tablet|retina|echo|href|uri|path|picture)(?:[\w-]*)$",
    re.I,
)
_NOT_RENDITION = re.compile(r"share|pin-|tweet|facebook|link|page|article|canonical|caption|title|alt|credit|base|logo|ad-|player", re.I)
_PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:placeholder|blank|spacer|transparent|empty|1x1|lazy-?load(?:ing|er)?|loading|dummy|pixel|grey|gray|trans|"
    r"default-?image|noimage|no-image|fallback|ph)(?=[/_.-]|$)[^/]*$",
    re.I,
)
# An address with holes a script fills in is nobody's address.
_TEMPLATE = re.compile(r"\*\*|\{\{|%%|\$\{|\{(?:width|size|w|h|format)\}|\{0\}|<%", re.I)
_CANDIDATE = re.compile(r"[^\s,][^\s]*")
_CSS_URL = re.compile(r"background(?:-image)?\s*:[^;{}]{0,200}?url\(\s*(?:&quot;|&#39;|[\"'])?([^\"')\s]{4,2000}?)(?:&quot;|&#39;|[\"'])?\s*\)", re.I)
_BACKGROUND = '[style*="url("], [data-bg], [data-background-image]'
_STYLED_TAGS = frozenset({"div", "a", "span", "figure", "section", "header", "li"})
_WIDTH = re.compile(r"\s(\d{1,5})w\b")
_COPY_TAGS = frozenset({"noscript", "template", "dialog"})


@dataclass(slots=True)
class Picture:
    """One element that shows a picture. `node` is its index, `key` its asset, `group` the element that wraps it
    (`<picture>`, or itself)."""

    node: int
    group: int
    images: list[Image] = field(default_factory=list)
    key: str = ""
    keys: set[str] = field(default_factory=set)
    alt: Text | None = None
    title: Text | None = None
    width: int | None = None
    height: int | None = None
    copy: bool = False
    video: bool = False
    tag: Span | None = None


def find_pictures(tree: Tree, base: str = "") -> tuple[list[Picture], bool]:
    """All pictures of the page in document order, and whether there were more than are read."""
    tags, of = tree.tags, tree.of
    sources: dict[int, list[int]] = {}
    for i in of["source"]:
        sources.setdefault(tree.parent[i], []).append(i)
    nodes = of["img"] + of["amp-img"] + of["image"]
    nodes += [i for i in of["video"] + of["amp-video"] if tree.get(i, "poster") or tree.get(i, "data-poster")]
    nodes += [i for i in tree.custom if _custom(tree, i)]
    nodes += [i for i in tree.select(_BACKGROUND) if tags[i] in _STYLED_TAGS]
    nodes.sort()
    more = len(nodes) > MOST
    found = [_picture(tree, i) for i in nodes[:MOST]]
    by_group = {p.group: p for p in found}
    for up, inner in sources.items():
        owner = by_group.get(up)
        if owner is None and tags[up] == "picture":
            owner = _nested(tree, found, up) or Picture(up, up, tag=_tag(tree, up), copy=_copy(tree, up))
            if owner.node == up:
                found.append(owner)
            by_group[up] = owner
        if owner is not None:
            for node in inner:
                if len(owner.images) < MOST_RENDITIONS:
                    _read(tree, node, owner.images, "source")
    found.sort(key=lambda p: p.node)
    for picture in found:
        _settle(picture, base)
    _drop_shared(found, base)
    return [p for p in found if p.images or tags[p.node] == "img"], more


def _nested(tree: Tree, found: list[Picture], group: int) -> Picture | None:
    """The image deeper inside a `<picture>` (in a noscript, a span)."""
    for picture in found:
        if tree.inside(picture.node, group):
            return picture
    return None


def _picture(tree: Tree, i: int) -> Picture:
    up = tree.parent[i]
    group = up if up >= 0 and tree.tags[up] == "picture" else i
    picture = Picture(i, group)
    attrs = tree.attrs(i)
    tag = tree.tags[i]
    picture.video = tag in ("video", "amp-video")
    picture.tag = _tag(tree, i)
    picture.copy = _copy(tree, i)
    place = tree.place(i)
    if tag in ("img", "amp-img", "image", "video", "amp-video") or "-" in tag:
        _read(tree, i, picture.images, "src")
        if "alt" in attrs:
            picture.alt = attribute(tree.source, _attr(place, "alt")) if place else Text(attrs["alt"])
        if attrs.get("title"):
            picture.title = attribute(tree.source, _attr(place, "title")) if place else Text(attrs["title"])
    else:
        _background(tree, i, attrs, picture.images)
        label = attrs.get("aria-label")
        if label and attrs.get("role") == "img" and place:
            picture.alt = attribute(tree.source, _attr(place, "aria-label"))
    picture.width, picture.height = _pixels(attrs.get("width")), _pixels(attrs.get("height"))
    return picture


def _custom(tree: Tree, i: int) -> bool:
    """Whether an element of the publisher's own making shows a picture: it has an address of one."""
    for name, value in tree.attrs(i).items():
        if value and name in ("src", "srcset", "data-src", "data-srcset", "image", "image-src", "img", "poster") and (
            _IMAGE_PATH.search(value)
        ):
            return True
    return False


def _tag(tree: Tree, i: int) -> Span | None:
    place = tree.place(i)
    return Span(int(place.start_tag.start_offset), int(place.start_tag.end_offset)) if place else None


def _attr(place: object, name: str) -> tuple[int, int]:
    span = place.attrs.get(name)  # type: ignore[attr-defined]
    return (int(span.start_offset), int(span.end_offset)) if span else (0, 0)


def _copy(tree: Tree, i: int) -> bool:
    return any(tree.tags[a] in _COPY_TAGS for a in tree.ancestors(i, 24))


def _pixels(value: str | None) -> int | None:
    match = re.match(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", value or "")
    return int(match[1]) if match else None


def _read(tree: Tree, i: int, images: list[Image], origin: str) -> None:
    """The renditions in the attributes of one element, with their places in the source."""
    place = tree.place(i)
    for name, raw in tree.nodes[i].attrs.items():
        value = raw if isinstance(raw, str) else ""
        if len(value) < 4 or name in ("alt", "class", "style", "sizes", "title", "id", "loading", "type", "media"):
            continue
        if name in ("src", "poster", "href", "xlink:href"):
            if name == "href" and tree.tags[i] != "image":
                continue
            _add(tree, place, name, value, images, origin if name == "src" else name)
        elif name.endswith("srcset") or (name.startswith(("data-", "src")) and _WIDTH.search(value) and "," in value):
            _add_set(tree, place, name, value, images, origin if origin == "source" else name)
        elif (name.startswith("data-") or "-" in tree.tags[i]) and _LAZY_NAME.match(name) and not _NOT_RENDITION.search(name):
            if value[0] in "{[":
                _add_json(tree, place, name, value, images)
            elif _address(value) or (name.endswith("src") and value.startswith(("http://", "https://", "//"))):
                _add(tree, place, name, value, images, name)


def _address(value: str) -> bool:
    value = value.strip()
    if " " in value or "\n" in value:
        return False
    if value.startswith(("http://", "https://", "//", "/")):
        return bool(_IMAGE_PATH.search(value)) or "image" in value or "img" in value or "media" in value
    return bool(_IMAGE_PATH.search(value)) and not value.startswith("data:")


def _add(tree: Tree, place: object, name: str, value: str, images: list[Image], origin: str) -> None:
    url = value.strip()
    if len(images) >= MOST_RENDITIONS or url.startswith("data:") or not url or _TEMPLATE.search(url):
        return
    span = None
    if place is not None:
        left, right = _attr(place, name)
        span = value_span(tree.source, left, right)
    images.append(Image(url, span, origin, _url_width(url)))


def _add_set(tree: Tree, place: object, name: str, value: str, images: list[Image], origin: str) -> None:
    """The addresses of a srcset. Commas inside an address are its own; one at its end closes the candidate."""
    left, right = _attr(place, name) if place is not None else (0, 0)
    raw = tree.source[left:right]
    equals = raw.find("=") + 1
    shift = left + equals
    body = raw[equals:]
    if not body:
        return
    stripped = body.lstrip()
    shift += len(body) - len(stripped)
    body = stripped
    if body[:1] in "\"'":
        quote = body[0]
        shift += 1
        body = body[1:].removesuffix(quote)
    at = 0
    while at < len(body) and len(images) < MOST_RENDITIONS:
        match = _CANDIDATE.search(body, at)
        if match is None:
            return
        url = match[0]
        at = match.end()
        width = None
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            stop = body.find(",", at)
            descriptor = body[at : stop if stop >= 0 else len(body)]
            number = re.match(r"\s*(\d{1,5})w", descriptor)
            width = int(number[1]) if number else None
            at = stop + 1 if stop >= 0 else len(body)
        if url.startswith("data:") or len(url) < 3:
            continue
        start = shift + match.start()
        images.append(Image(html.unescape(url), Span(start, start + len(url)), origin, width))


_JSON_URL = re.compile(r"(?:https?:)?(?:\\?/){1,2}[^\s\"'<>\\]+(?:\\/[^\s\"'<>\\]+)*")


def _add_json(tree: Tree, place: object, name: str, value: str, images: list[Image]) -> None:
    left, right = _attr(place, name) if place is not None else (0, 0)
    for match in _JSON_URL.finditer(tree.source, left, min(right, left + 20_000)):
        raw = match[0].split("&quot;")[0].rstrip(",;)]}")
        url = html.unescape(raw.replace("\\/", "/"))
        if _IMAGE_PATH.search(url) and not _TEMPLATE.search(url) and len(images) < MOST_RENDITIONS:
            images.append(Image(url, Span(match.start(), match.start() + len(raw)), name, None))


def _background(tree: Tree, i: int, attrs: dict[str, str], images: list[Image]) -> None:
    place = tree.place(i)
    if place is None:
        return
    if "style" in attrs:
        left, right = _attr(place, "style")
        match = _CSS_URL.search(tree.source, left, min(right, left + 8000))
        if match and not match[1].startswith("data:"):
            images.append(Image(html.unescape(match[1]), Span(*match.span(1)), "style"))
    for name in ("data-bg", "data-background-image"):
        if _address(attrs.get(name, "")):
            _add(tree, place, name, attrs[name], images, name)


def _url_width(url: str) -> int | None:
    match = re.search(r"[?&](?:w|width|imwidth)=(\d{2,4})\b|[-_](\d{3,4})x\d{2,4}\.|/w(\d{3,4})/", url)
    return int(match[1] or match[2] or match[3]) if match else None


def _drop_shared(found: list[Picture], base: str) -> None:
    """An address that many pictures give beside one of their own is what they show until they are loaded."""
    counts: dict[str, int] = {}
    for picture in found:
        if len(picture.keys) > 1:
            for key in picture.keys:
                counts[key] = counts.get(key, 0) + 1
    shared = {key for key, count in counts.items() if count >= 3}
    if not shared:
        return
    for picture in found:
        if len(picture.keys) > 1 and picture.keys & shared and not picture.keys <= shared:
            picture.images = [im for im in picture.images if asset_key(im.url, base) not in shared]
            _name(picture, base)


def _settle(picture: Picture, base: str) -> None:
    """Drop placeholders where there is a real address, and name the asset."""
    real = [im for im in picture.images if not _PLACEHOLDER.search(im.url.split("?")[0])]
    if real:
        picture.images = real
    else:
        picture.images = picture.images[:1] if not picture.images else []
    _name(picture, base)


def _name(picture: Picture, base: str) -> None:
    counts: dict[str, int] = {}
    images = picture.images
    if len(images) > _TELLING_RENDITIONS:
        # the rest are sizes of these
        step = len(images) // (_TELLING_RENDITIONS - 1)
        images = [*images[:: max(1, step)][: _TELLING_RENDITIONS - 1], images[-1]]
    for image in images:
        key = asset_key(image.url, base)
        if key:
            counts[key] = counts.get(key, 0) + 1
    picture.keys = set(counts)
    picture.key = max(counts, key=lambda k: counts[k]) if counts else ""
