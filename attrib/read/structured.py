"""What a page says of its pictures to machines: JSON-LD, microdata, RDFa, OpenGraph and Twitter cards.

In: the texts of JSON-LD scripts, the items a parser found in microdata and RDFa, the metas of the head. Out:
`ImageObject`s in schema.org's words, each with the syntax it came from, never merged. Broken JSON is repaired only
where that cannot change what is said: comment and CDATA wrappers, a semicolon behind it, commas before a closing
bracket, line breaks inside strings. What cannot be read raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..model import ImageObject

# A page's graph has some hundred nodes; beyond this nothing is looked at.
MOST_NODES = 20_000
MOST_OBJECTS = 400
LONGEST_SCRIPT = 2_000_000

_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$"
)
_LOOSE_COMMA = re.compile(r",(?=\s*[}\]])")
_TYPES = frozenset({"imageobject", "photograph", "barcode", "image"})
# Where an address of a picture stands in schema.org's types, and where one is no picture of the article.
_PICTURES = ("image", "primaryImageOfPage", "thumbnail", "associatedMedia", "photo")
_ADDRESSES = ("contentUrl", "url", "thumbnailUrl", "embedUrl")
_NOT_PICTURES = frozenset({"logo", "publisher", "author", "creator", "sameas", "potentialaction", "copyrightholder"})


def parse_json_ld(text: str) -> Any:
    """A JSON-LD script as JSON, repaired where that is safe. Raises ValueError for what cannot be read."""
    text = text.strip()[:LONGEST_SCRIPT]
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except ValueError:
        pass
    plain = _WRAPPER.sub("", _WRAPPER.sub("", text)).strip().rstrip(";").strip()
    try:
        return json.loads(_outside_strings(plain), strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"no valid JSON at its line {error.lineno}, column {error.colno}") from error


def _outside_strings(text: str) -> str:
    """Without commas before a closing bracket, but for those inside strings."""
    if not _LOOSE_COMMA.search(text):
        return text
    parts = re.split(r'("(?:[^"\\]|\\.)*")', text)
    return "".join(part if n % 2 else _LOOSE_COMMA.sub("", part) for n, part in enumerate(parts))


def from_json_ld(documents: Iterable[Any]) -> list[ImageObject]:
    """The pictures of JSON-LD documents: graphs, arrays, references by @id, plain addresses."""
    found: list[ImageObject] = []
    nodes = list(_nodes(documents))
    known = {node["@id"]: node for node, _ in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node, path in nodes:
        if len(found) >= MOST_OBJECTS:
            break
        if path in _NOT_PICTURES:
            continue
        if _typed(node):
            found.append(_object(node, known, "json-ld"))
            continue
        for name in _PICTURES:
            for value in _listed(node.get(name)):
                if isinstance(value, str) and value.strip():
                    found.append(ImageObject("json-ld", (value.strip(),)))
                elif isinstance(value, Mapping) and not _typed(value) and (urls := _urls(value)):
                    found.append(ImageObject("json-ld", urls))
    return _distinct(found)


def _nodes(documents: Iterable[Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every object of the documents with the (small) name of the property it stands in, without recursion."""
    queue: list[tuple[Any, str]] = [(document, "") for document in documents]
    at = 0
    while at < len(queue) and at < MOST_NODES:
        value, path = queue[at]
        at += 1
        if isinstance(value, Mapping):
            yield value, path
            queue += [(inner, name.lower()) for name, inner in value.items() if isinstance(inner, Mapping | list)]
        elif isinstance(value, list):
            queue += [(inner, path) for inner in value[:MOST_NODES] if isinstance(inner, Mapping | list)]


def _typed(node: Mapping[str, Any]) -> bool:
    kinds = (str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for kind in _listed(node.get("@type")))
    return any(kind in _TYPES for kind in kinds)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else () if value is None else (value,)


def _urls(node: Mapping[str, Any]) -> tuple[str, ...]:
    found = [v.strip() for name in _ADDRESSES for v in _listed(node.get(name)) if isinstance(v, str) and v.strip()]
    own = node.get("@id")
    if not found and isinstance(own, str) and re.search(r"\.(?:jpe?g|png|webp|avif|gif)\b", own, re.I):
        found.append(own)
    return tuple(dict.fromkeys(found))


def _object(node: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], origin: str) -> ImageObject:
    makers = [*_listed(node.get("creator")), *_listed(node.get("author"))]
    return ImageObject(
        origin=origin,
        urls=_urls(node),
        caption=_words(node.get("caption")) or _words(node.get("description")),
        creditText=_words(node.get("creditText")),
        creator=tuple(dict.fromkeys(name for maker in makers if (name := _name(maker, known)))),
        copyrightNotice=_words(node.get("copyrightNotice")),
        copyrightHolder=next((n for h in _listed(node.get("copyrightHolder")) if (n := _name(h, known))), None),
        license=_address(node.get("license")),
        acquireLicensePage=_address(node.get("acquireLicensePage")),
        alt=_words(node.get("alternateName")) or _words(node.get("alternativeHeadline")),
        representative=str(node.get("representativeOfPage", "")).lower() == "true",
    )


def _words(value: Any) -> str | None:
    for item in _listed(value):
        if isinstance(item, str):
            return " ".join(item.split())
        if isinstance(item, Mapping):
            inner = item.get("text") or item.get("@value") or item.get("name")
            if isinstance(inner, str):
                return " ".join(inner.split())
    return None


def _address(value: Any) -> str | None:
    for item in _listed(value):
        if isinstance(item, str):
            return item.strip()
        if isinstance(item, Mapping):
            inner = item.get("url") or item.get("@id")
            if isinstance(inner, str):
                return inner.strip()
    return None


def _name(value: Any, known: Mapping[str, Mapping[str, Any]]) -> str | None:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, Mapping):
        own = value.get("@id")
        if "name" not in value and isinstance(own, str) and own in known:
            value = known[own]
        return _words(value.get("name"))
    return None


def _distinct(found: Iterable[ImageObject]) -> list[ImageObject]:
    return [o for o in dict.fromkeys(found) if o.urls or o.caption or o.creditText]


def from_items(items: Iterable[Any], origin: str) -> list[ImageObject]:
    """The pictures among the items of microdata or RDFa (as the parser gives them: `type`, `properties`)."""
    documents = [_plain(item) for item in list(items)[:MOST_OBJECTS]]
    found = []
    for node, path in _nodes(documents):
        if path not in _NOT_PICTURES and _typed(node):
            found.append(_object(node, {}, origin))
    return _distinct(found)


def _plain(item: Any) -> dict[str, Any]:
    """An item of the parser as a JSON-LD node; deeper than six items nothing is said of a picture."""
    top: dict[str, Any] = {}
    queue: list[tuple[Any, dict[str, Any], int]] = [(item, top, 0)]
    while queue:
        current, node, depth = queue.pop()
        node["@type"] = current.type
        for name, values in current.properties.items():
            short = str(name).rsplit("/", 1)[-1]
            kept: list[Any] = []
            for value in values:
                if isinstance(value, str):
                    kept.append(value)
                elif hasattr(value, "properties") and depth < 6:
                    inner: dict[str, Any] = {}
                    kept.append(inner)
                    queue.append((value, inner, depth + 1))
            node[short] = kept
    return top


def from_metas(meta: Mapping[str, Sequence[str]]) -> list[ImageObject]:
    """The pictures of OpenGraph and Twitter cards. `meta` holds the contents of each name, in order."""
    found = []
    for origin, names, alts in (
        ("opengraph", ("og:image", "og:image:url", "og:image:secure_url"), ("og:image:alt",)),
        ("twitter", ("twitter:image", "twitter:image:src"), ("twitter:image:alt",)),
    ):
        alt = next((" ".join(v.split()) for name in alts for v in meta.get(name, ()) if v.strip()), None)
        urls = list(dict.fromkeys(url for name in names for url in meta.get(name, ()) if url))
        found += [ImageObject(origin, (url,), alt=alt if n == 0 else None) for n, url in enumerate(urls[:20])]
    return found
