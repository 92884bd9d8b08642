"""Pictures that a Markdown source tells its site generator of: in front matter, and in tags for figures.

In: the text, and where its front matter ends. Out: figures with a caption or a credit, in order. A tag is one of Hugo's
("{{< figure src=… caption=… >}}"), of Jekyll's ("{% include … %}") or a component ("<Figure src=… />"); in front matter
the fields of one picture stand in one mapping. What has no address, or two, tells of none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache

from ..lexicon import table
from ..model import Confidence, Figure, Image, Line, LineKind, Region, Span, Text
from .credit import credit_of, split_caption
from .markdown import fences, marks
from .quote import quote_parts

_TAG = re.compile(
    r"(?<!`)(?:\{\{[<%][^{}]{0,2000}[>%]\}\}|\{%[^{}]{0,2000}%\}|<[A-Z][A-Za-z]{0,30}\s[^<>]{0,3000}>)(?!`)"
)
_FIELD = re.compile(
    r"(?<![\w-])([\w-]{2,40})\s{0,3}[=:]\s{0,3}(?:\"([^\"]{0,1500})\"|'([^']{0,1500})'|`([^`]{0,1500})`)"
)
_LINE = re.compile(r"([ \t]*)(-[ \t]+)?([\"']?)([\w-]{2,40})\3[ \t]{0,9}[:=](?:[ \t]+|$)(.*)")
_ITEM = re.compile(r"([ \t]*)-[ \t]")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'")
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]{1,40}$|[A-Z]{1,40}$")
_PICTURE = re.compile(r"\S[^\n]{0,2000}\.(?:jpe?g|png|gif|webp|avif|tiff?|heic)(?:[?#]\S*)?$", re.I)


def told(text: str, prose: int) -> list[Figure]:
    """The figures that the generator is told of; `prose` is where the front matter ends."""
    fenced = fences(text)
    tags = (tag for tag in _TAG.finditer(text, prose) if not bisect_right(fenced, tag.start()) % 2)
    groups = [*_matter(text, prose), *((Span(*tag.span()), _fields(text, tag)) for tag in tags)]
    return [figure for block, fields in groups if (figure := _figure(text, block, fields))]


@cache
def _parts() -> Mapping[str, str]:
    return {word: entry["part"] for entry in table("picture-keys")["key"] for word in entry["words"]}


def _part(name: str) -> str:
    """What a field of this name holds: "imageCaption" a caption."""
    word = _WORD.search(name)
    return _parts().get(word[0].casefold() if word else "", "")


def _fields(text: str, tag: re.Match[str]) -> list[tuple[str, Span]]:
    found = _FIELD.finditer(text, *tag.span())
    return [(match[1], Span(*match.span(match.lastindex or 0))) for match in found]


def _matter(text: str, prose: int) -> Iterator[tuple[Span, list[tuple[str, Span]]]]:
    """The mappings of the front matter: where each begins and ends, and its fields."""
    open_: list[tuple[int, list[tuple[str, Span]]]] = [(0, [])]
    groups = [open_[0][1]]
    at = 0
    for line in text[:prose].splitlines(keepends=True):
        start, at = at, at + len(line)
        match = _LINE.match(line.rstrip("\r\n"))
        if line.startswith("["):  # a table of TOML
            open_ = [(0, [])]
            groups.append(open_[0][1])
        if match is None and not _ITEM.match(line):
            continue
        item = _ITEM.match(line)
        depth = len((match or item or line)[1]) + (len(match[2] or "") if match else 0)
        while len(open_) > 1 and (depth < open_[-1][0] or (item and depth == open_[-1][0])):
            open_.pop()
        if depth > open_[-1][0]:
            open_.append((depth, []))
            groups.append(open_[-1][1])
        if match and match[5]:
            open_[-1][1].append((match[4], _value(text, start + match.start(5), start + match.end(5))))
    for fields in groups:
        if fields:
            yield Span(fields[0][1].start, max(place.end for _, place in fields)), fields


def _value(text: str, start: int, end: int) -> Span:
    """A value without its quotes."""
    quoted = _QUOTED.match(text, start, end)
    if quoted:
        return Span(*quoted.span(quoted.lastindex or 0))
    return Span(start, start + len(text[start:end].partition(" #")[0].rstrip()))


def _figure(text: str, block: Span, fields: list[tuple[str, Span]]) -> Figure | None:
    """The picture of one tag or mapping, if it has one address and words."""
    addresses = [place for name, place in fields if _part(name) == "address" and _PICTURE.match(text[slice(*place)])]
    said = {part: place for name, place in reversed(fields) if (part := _part(name)) and part != "address"}
    words, thanks = _printed(text, said.get("caption")), _printed(text, said.get("credit"))
    if len(addresses) != 1 or not (words or thanks):
        return None
    caption, credit = words, credit_of(thanks) if thanks else None
    if words and not thanks and (split := split_caption(words.value)).credit and split.confidence is Confidence.HIGH:
        caption = words.part(*split.caption) if split.caption else None
        credit = credit_of(words.part(*split.credit))
    alt = said.get("alt")
    lines = [(LineKind.CAPTION, words), (LineKind.CREDIT, thanks)]
    return Figure(
        images=(Image(text[slice(*addresses[0])], addresses[0], "src"),),
        region=Region.BODY,
        reason="a picture that the site generator is told of",
        block=block,
        alt=quote_parts(text, [alt]) if alt else None,
        printed=words or thanks,
        caption=caption,
        credit=credit,
        lines=tuple(Line(kind=kind, text=line) for kind, line in lines if line),
        told=True,
        tag=addresses[0],
    )


def _printed(text: str, place: Span | None) -> Text | None:
    """A value as readers see it, its Markdown carried out; None where it is empty, a variable or a block below."""
    value = text[slice(*place)] if place else ""
    if not place or not value.strip(" >|-+") or "{" in value or "://" in value:
        return None
    return quote_parts(text, [Span(place.start + a, place.start + b) for a, b in marks(value).seen(0, len(value))])
