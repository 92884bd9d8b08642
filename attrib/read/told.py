"""Pictures that a Markdown source tells its site generator of: in front matter, and in tags for figures.

In: the text, and where its front matter ends. Out: figures with a caption or a credit, in order. A tag is one of Hugo's
("{{< figure src=… caption=… >}}"), of Liquid or Nunjucks ("{% include … %}", "{% figure … %} … {% endfigure %}"), of
Tera ("{{ figure(…) }}"), a component ("<Figure src=… />") or a directive (":::{figure} …"); in front matter the fields
of one picture stand in one mapping. What has no address, or two, tells of none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache

from ..lexicon import table
from ..model import Confidence, Figure, Image, Line, LineKind, Region, Span, Text
from .credit import credit_of, split_caption
from .front import Fields, mappings
from .markdown import Marks, fences, marks
from .quote import quote_parts

_LONGEST = 2000  # characters between a tag and the one that closes it
_TAG = re.compile(
    r"(?<!`)(?:\{\{[<%]\s{0,9}(?P<hugo>[\w/-]{1,40})[^{}]{0,2000}[>%]\}\}|\{%-?\s{0,9}(?P<liquid>\w{1,40})[^{}]{0,2000}%\}"
    r"|\{\{\s?(?P<call>\w{1,40})\([^{}]{0,2000}\)\s?\}\}|<(?P<part>[A-Z][A-Za-z]{0,30})(?=[\s/>])[^<>]{0,3000}>)(?!`)"
)
_FIELD = re.compile(
    r"(?<![\w-])([\w-]{2,40})\s{0,3}[=:]\s{0,3}\{?\s?(?:\"([^\"]{0,1500})\"|'([^']{0,1500})'|`([^`]{0,1500})`)"
)
_NAMED = re.compile(r"(?<![\w-])([\w-]{2,40})=\{\s?(\w{1,60})\s?\}")  # "src={quay}": what the file imports
_IMPORT = re.compile(r"^import\s+(\w{1,60})\s+from\s+[\"']([^\"'\n]{1,500})[\"']", re.M)
_CLOSING = re.compile(
    r"\{\{[<%]\s{0,9}/\s{0,9}([\w/-]{1,40})\s{0,9}[>%]\}\}|\{%-?\s{0,9}end(\w{1,40})\s{0,9}-?%\}|</([A-Z][A-Za-z]{0,30})>"
)
_BARE = re.compile(r"\"([^\"]{0,1500})\"|'([^']{0,1500})'|([^\s,\"'{}<>%()=]{3,500})")
_FILE = re.compile(r"include\s+([\w/.-]{1,200})")
_DIRECTIVE = re.compile(
    r"^(?P<mark>`{3,9}|:{3,9}|~{3,9})\{(?:figure|image)\}[ \t]{1,9}(?P<address>\S{1,500})[ \t]*+\n"
    r"(?P<fields>(?:[ \t]*+:[\w-]{1,40}:[^\n]{0,1000}\n){0,20}+)\s*+"
    r"(?P<caption>[^\n]{0,1500}+(?:\n[^\n:`~][^\n]{0,1500}+){0,9}+)[^:`~]{0,3000}+^(?P=mark)[ \t]*+$",
    re.M,
)
_OPTION = re.compile(r"^[ \t]*:([\w-]{1,40}):[ \t]*([^\n]+)$", re.M)
_NUMBERED = re.compile(r"\{#fig-[^{}\n]{0,500}\}")  # Quarto's: what stands in the brackets is printed
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]{1,40}$|[A-Z]{1,40}$")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PICTURE = re.compile(r"\S[^\n]{0,2000}\.(?:jpe?g|png|gif|webp|avif|tiff?|heic)(?:[?#]\S*)?$", re.I)


def told(text: str, prose: int) -> list[Figure]:
    """The figures that the generator is told of; `prose` is where the front matter ends."""
    fenced = fences(text)
    found = marks(text)
    tags = [tag for tag in _TAG.finditer(text, prose) if not bisect_right(fenced, tag.start()) % 2]
    imports = {match[1]: Span(*match.span(2)) for match in _IMPORT.finditer(text, prose)} if tags else {}
    groups = [*mappings(text, prose), *(_tag(text, tag, found, imports) for tag in tags)]
    groups += [_directive(match) for match in _DIRECTIVE.finditer(text, prose)]
    for picture in found.pictures:
        if numbered := _NUMBERED.match(text, picture.whole.end):
            fields = [("address", picture.address), ("caption", picture.alt), *_fields(text, Span(*numbered.span()))]
            groups.append((Span(picture.whole.start, numbered.end()), fields))
    return [figure for block, fields in groups if (figure := _figure(text, block, fields))]


@cache
def _parts() -> Mapping[str, str]:
    return {word: entry["part"] for entry in table("picture-keys")["key"] for word in entry["words"]}


def _part(name: str) -> str:
    """What a field of this name holds: "imageCaption" a caption."""
    word = _WORD.search(name)
    return _parts().get(word[0].casefold() if word else "", "")


@cache
def _figures() -> frozenset[str]:
    """The words by which a tag is called one for a figure."""
    return frozenset(word for entry in table("picture-keys")["tag"] for word in entry["words"])


def _fields(text: str, place: Span, imports: Mapping[str, Span] | None = None) -> Fields:
    found = _FIELD.finditer(text, *place)
    fields = [(match[1], Span(*match.span(match.lastindex or 0))) for match in found]
    named = _NAMED.finditer(text, *place) if imports else ()
    return fields + [(match[1], imports[match[2]]) for match in named if imports and match[2] in imports]


def _tag(text: str, tag: re.Match[str], found: Marks, imports: Mapping[str, Span]) -> tuple[Span, Fields]:
    """A tag and its fields, with what stands between it and the tag that closes it."""
    place = Span(*tag.span())
    fields = _fields(text, place, imports)
    file = _FILE.search(text, tag.start(), tag.end()) if tag["liquid"] == "include" else None
    name = file[1].rpartition("/")[2].partition(".")[0] if file else tag[tag.lastgroup or 0]
    if _figures().isdisjoint(word.lower() for word in _WORDS.findall(name)):
        return place, fields
    parts = {_part(field) for field, _ in fields}
    if "caption" not in parts:  # said of a picture, in a tag for one
        fields += [("caption", said) for field, said in fields if field == "description"]
    if "address" not in parts and not tag["part"]:
        fields += _positions(text, Span(tag.end(tag.lastgroup or 0), tag.end()))
    inner = _inner(text, tag, name)
    if inner is not None:
        place = Span(place.start, inner.end)
        pictures = [picture for picture in found.pictures if inner.start <= picture.whole.start < inner.end]
        fields += [("address", picture.address) for picture in pictures]
        fields += [("alt", picture.alt) for picture in pictures]
        seen = found.seen(inner.start, inner.end)
        words = quote_parts(text, seen)
        if not any(_part(field) == "caption" for field, _ in fields) and words.value and words.span:
            fields.append(("caption", words.span))
    return place, fields


def _positions(text: str, place: Span) -> Fields:
    """The address among words without names, and of those behind it the one that surely is caption and credit."""
    found = [Span(*match.span(match.lastindex or 0)) for match in _BARE.finditer(text, *place)]
    at = next((n for n, word in enumerate(found) if _PICTURE.fullmatch(text, *word)), -1)
    if at < 0:
        return []
    both = [word for word in found[at + 1 :] if _holds_both(text[slice(*word)])]
    return [("address", found[at]), *(("caption", word) for word in both[:1])]


def _holds_both(words: str) -> bool:
    split = split_caption(words)
    return bool(split.caption and split.credit) and split.confidence is Confidence.HIGH


def _inner(text: str, tag: re.Match[str], name: str) -> Span | None:
    """What stands between a tag and the one that closes it, if that is near."""
    if tag["call"] or tag[0].endswith(("/>", "/>}}")):
        return None
    closing = _CLOSING.finditer(text, tag.end(), tag.end() + _LONGEST)
    closed = next((match for match in closing if name in match.groups()), None)
    return Span(tag.end(), closed.start()) if closed else None


def _directive(match: re.Match[str]) -> tuple[Span, Fields]:
    options = _OPTION.finditer(match.string, *match.span("fields"))
    fields = [("address", Span(*match.span("address"))), ("caption", Span(*match.span("caption")))]
    return Span(*match.span()), fields + [(option[1], Span(*option.span(2))) for option in options]


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
