"""XMP packets → the properties of the table, whatever RDF spelling they use.

In: the bytes of one packet. Out: fields and problems. A packet with a DOCTYPE or an entity declaration is refused
before anything is expanded; a broken one keeps what stood before the break. Structures are written as a path
(`plus:Licensor/plus:LicensorURL`), a translation with its language (`dc:rights[de]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from ...model import FileField
from .names import NAMESPACES, XMP

__all__ = ["extended_id", "read_xmp"]

_LIMIT = 4_000_000  # bytes of one packet
_NODES, _DEPTH = 50_000, 64
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_STRAY = re.compile("[\0-\b\v\f\x0e-\x1f￾￿]")
_RESOURCE, _VALUE, _PARSE = "rdf:resource", "rdf:value", "rdf:parseType"


class _RefusedError(Exception):
    """The packet asks for something no XMP needs."""


@dataclass(slots=True)
class _Node:
    name: str
    attributes: dict[str, str]
    children: list[_Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(self.text).strip()


@lru_cache(maxsize=1024)
def _short(name: str) -> str:
    """expat's `namespace local` as `prefix:local`; a namespace we do not know keeps no prefix of ours."""
    space, _, local = name.rpartition(" ")
    prefix = NAMESPACES.get(space)
    return f"{prefix}:{local}" if prefix else f"?:{local}"


class _Tree:
    """Builds a small tree of one packet, with bounds."""

    def __init__(self) -> None:
        self.root = _Node("", {})
        self.stack = [self.root]
        self.nodes = 0
        self.parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.words
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        raise _RefusedError("The XMP has a document type or entity declaration, which XMP never needs; it was not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.nodes += 1
        if self.nodes > _NODES or len(self.stack) > _DEPTH:
            raise _RefusedError("The XMP is far larger or deeper than any picture needs; only its beginning was read")
        node = _Node(_short(name), {_short(key): value for key, value in attributes.items()})
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def end(self, _: str) -> None:
        if len(self.stack) > 1:
            self.stack.pop()

    def words(self, text: str) -> None:
        self.stack[-1].text.append(text)


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
    if len(packet) > _LIMIT:
        return [], [f"The XMP has {len(packet) // 1_000_000} MB, far more than any picture needs; it was not read"]
    text, problems = _decoded(packet)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text[:200]) + text[200:]
    cleaned = _STRAY.sub("", text)
    tree = _Tree()
    try:
        tree.parser.Parse(cleaned.encode("utf-8", "replace"), True)
    except _RefusedError as refusal:
        problems.append(str(refusal))
        if tree.nodes == 0:
            return [], problems
    except expat.ExpatError as error:
        what = "The XMP is damaged" if tree.nodes else "The XMP is not XML"
        problems.append(f"{what} ({expat.ErrorString(error.code)}); what stands before the damage was read")
    finally:
        _silence(tree)
    fields = [
        FileField("xmp", XMP[path], _clean(path, value), f"{path}[{language}]" if language else path)
        for path, language, value in _properties(tree.root)
        if path in XMP and value.strip()
    ]
    return list(dict.fromkeys(fields)), problems


def _silence(tree: _Tree) -> None:
    """Cut the tie between parser and tree, so that both are freed at once."""
    tree.parser.StartElementHandler = tree.parser.EndElementHandler = None
    tree.parser.CharacterDataHandler = tree.parser.StartDoctypeDeclHandler = tree.parser.EntityDeclHandler = None


def extended_id(packet: bytes) -> str:
    """The GUID of the extended XMP this packet says it continues in, or nothing."""
    found = re.search(rb"HasExtendedXMP\s*(?:=\s*[\"']|>)\s*([0-9A-Fa-f]{32})", packet)
    return found[1].decode("ascii") if found else ""


def _clean(path: str, value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if XMP[path] == "dateCreated":  # some programs copy EXIF's colons
        value = re.sub(r"^(\d{4}):(\d\d):(\d\d)[ T]", r"\1-\2-\3T", value)
    return value


def _properties(root: _Node) -> Iterator[tuple[str, str, str]]:
    """Path, language and value of every simple value under every top-level rdf:Description."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.name == "rdf:RDF":
            for description in node.children:
                yield from _members(description, "")
        else:
            stack.extend(reversed(node.children))


def _members(node: _Node, path: str) -> Iterator[tuple[str, str, str]]:
    """The values of a structure: its attributes, then its elements."""
    for name, value in node.attributes.items():
        if not name.startswith(("rdf:", "xml:", "?:xmlns")):
            yield _join(path, name), "", value
    for child in node.children:
        yield from _property(child, _join(path, child.name))


def _property(node: _Node, path: str) -> Iterator[tuple[str, str, str]]:
    """The values of one property element: words, a resource, a list, or a structure."""
    inner = node.children
    if _RESOURCE in node.attributes:
        yield path, "", node.attributes[_RESOURCE]
    elif len(inner) == 1 and inner[0].name in ("rdf:Alt", "rdf:Bag", "rdf:Seq"):
        for item in inner[0].children:
            yield from _property(item, path)
    elif len(inner) == 1 and inner[0].name == "rdf:Description":
        yield from _structure(inner[0], path)
    elif inner or set(node.attributes) - {"xml:lang", _PARSE}:
        yield from _structure(node, path)
    else:
        language = node.attributes.get("xml:lang", "")
        yield path, "" if language.lower() == "x-default" else language, node.words


def _structure(node: _Node, path: str) -> Iterator[tuple[str, str, str]]:
    """A qualified value (rdf:value beside its qualifiers), or the members of a structure."""
    for child in node.children:
        if child.name == _VALUE:
            yield from _property(child, path)
            return
    if _VALUE in node.attributes:
        yield path, "", node.attributes[_VALUE]
        return
    if node.words and not node.children:
        yield path, "", node.words
        return
    yield from _members(node, path)


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name
