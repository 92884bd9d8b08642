"""XMP packets → the properties of the table, whatever RDF spelling they use.

In: the bytes of one packet. Out: fields and problems. A packet with a DOCTYPE or an entity declaration is refused
before anything is expanded; a broken one keeps what stood before the break. Structures are written as a path
(`plus:Licensor/plus:LicensorURL`), a translation with its language (`dc:rights[de]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from ...model import FileField
from .names import NAMESPACES, XMP
from .parts import TOO_LARGE

__all__ = ["LIMIT", "extended_id", "read_xmp"]

LIMIT = 4_000_000  # bytes of one packet
_TAGS, _DEPTH = 100_000, 32
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_HEADS = frozenset(path.partition("/")[0] for path in XMP)  # an editor's history is longer than all of these
_STRAY = re.compile("[\0-\b\v\f\x0e-\x1f￾￿]")
_RESOURCE, _VALUE, _PARSE = "rdf:resource", "rdf:value", "rdf:parseType"


@lru_cache(maxsize=1024)
def _short(name: str) -> str:
    """`{namespace}local` as `prefix:local`; a namespace we do not know keeps no prefix of ours."""
    space, _, local = name.rpartition("}")
    return f"{NAMESPACES.get(space[1:], '?')}:{local}"


def _tree(text: str, problems: list[str]) -> Element | None:
    """The packet's elements; of a broken packet those before the break. A packet that declares anything is refused."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        problems.append("The XMP has a document type or entity declaration, which XMP never needs; it was not read")
        return None
    if text.count("<") > _TAGS:
        problems.append("The XMP is far larger than any picture needs; it was not read")
        return None
    builder = TreeBuilder()
    parser = XMLParser(target=builder)  # noqa: S314  (nothing it could expand gets this far)
    try:
        parser.feed(text)
        return parser.close()
    except ParseError as error:
        root: Element | None = builder.close()
        what = "The XMP is not XML" if root is None else "The XMP is damaged"
        problems.append(f"{what} ({expat.ErrorString(error.code)}); what stands before the damage was read")
        return root


def _words(node: Element) -> str:
    return (node.text or "").strip()


def _decoded(packet: bytes) -> tuple[str, list[str]]:
    """The packet as text: UTF-8 as the standard wants it, UTF-16, or Latin-1 that says it is UTF-8."""
    if encoding := _UTF16.get(packet[:2]):
        return packet.decode(encoding, "replace").strip("\0 \t\r\n"), []
    packet = packet.strip(b"\0 \t\r\n")
    try:
        return packet.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        text = packet.decode("cp1252", "replace")
        return text, ["The XMP is not in the UTF-8 it must be in; it was read as Latin-1, letters may be wrong"]


def read_xmp(packet: bytes) -> tuple[list[FileField], list[str]]:
    """The fields of one packet, and what is wrong with it."""
    if len(packet) > LIMIT:
        return [], [f"The XMP has {len(packet) // 1_000_000} MB, {TOO_LARGE}"]
    text, problems = _decoded(packet)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text[:200]) + text[200:]
    root = _tree(_STRAY.sub("", text), problems)
    fields = [
        FileField("xmp", XMP[path], _clean(path, value), f"{path}[{language}]" if language else path)
        for path, language, value in (_properties(root) if root is not None else ())
        if path in XMP and value.strip()
    ]
    return list(dict.fromkeys(fields)), problems


def extended_id(packet: bytes) -> str:
    """The GUID of the extended XMP this packet says it continues in, or nothing."""
    found = re.search(rb"HasExtendedXMP\s*(?:=\s*[\"']|>)\s*([0-9A-Fa-f]{32})", packet)
    return found[1].decode("ascii") if found else ""


def _clean(path: str, value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if XMP[path] == "dateCreated":  # some programs copy EXIF's colons
        value = re.sub(r"^(\d{4}):(\d\d):(\d\d)[ T]", r"\1-\2-\3T", value)
    return value


def _properties(root: Element) -> Iterator[tuple[str, str, str]]:
    """Path, language and value of every simple value under every top-level rdf:Description."""
    for rdf in root.iter(_RDF):
        for description in rdf:
            yield from _members(description, "", 0)


def _members(node: Element, path: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """The values of a structure: its attributes, then its elements."""
    for key, value in node.attrib.items():
        name = _short(key)
        if not name.startswith(("rdf:", "xml:")):
            yield _join(path, name), "", value
    for child in node:
        name = _short(child.tag)
        if path or name in _HEADS:
            yield from _property(child, _join(path, name), depth + 1)


def _property(node: Element, path: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """The values of one property element: words, a resource, a list, or a structure."""
    if depth > _DEPTH:
        return
    attributes = {_short(key): value for key, value in node.attrib.items()}
    inner = _short(node[0].tag) if len(node) == 1 else ""
    if _RESOURCE in attributes:
        yield path, "", attributes[_RESOURCE]
    elif inner in ("rdf:Alt", "rdf:Bag", "rdf:Seq"):
        for item in node[0]:
            yield from _property(item, path, depth + 1)
    elif inner == "rdf:Description":
        yield from _structure(node[0], path, depth)
    elif len(node) or attributes.keys() - {"xml:lang", _PARSE}:
        yield from _structure(node, path, depth)
    else:
        language = attributes.get("xml:lang", "")
        yield path, "" if language.lower() == "x-default" else language, _words(node)


def _structure(node: Element, path: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """A qualified value (rdf:value beside its qualifiers), or the members of a structure."""
    for child in node:
        if _short(child.tag) == _VALUE:
            yield from _property(child, path, depth + 1)
            return
    value = next((v for k, v in node.attrib.items() if _short(k) == _VALUE), None)
    if value is not None:
        yield path, "", value
    elif not len(node) and _words(node):
        yield path, "", _words(node)
    else:
        yield from _members(node, path, depth)


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name
