"""A PNG file → its metadata blocks and texts.

In: the bytes of a file. Out: `Parts`, filled. Texts may be packed, and blocks of other formats written in hexadecimal;
both are bounded before they are unpacked.
"""

from __future__ import annotations

import zlib

from .parts import CHUNKS, LARGEST, SHORT, TOO_LARGE, XMP_HEADERS, Parts, app1

__all__ = ["read_png"]

_INFLATED = 4_000_000  # bytes of all compressed texts of a file


def read_png(data: bytes, parts: Parts) -> None:
    """Walk the chunks of a PNG; what is wrong with them is said in `parts.problems`."""
    parts.format, at = "PNG", 8
    for _ in range(CHUNKS):
        if at + 12 > len(data):
            parts.problems.append(SHORT)
            return
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if at + 12 + size > len(data):
            parts.problems.append(SHORT)
            if kind == b"IDAT":
                return
        body = data[at + 8 : at + 8 + min(size, LARGEST)]
        if kind == b"IHDR":
            parts.width, parts.height = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            _png_text(kind, body, size, parts)
        elif kind == b"eXIf":
            parts.exif.append(body.removeprefix(b"Exif\0\0"))
        elif kind == b"caBX":
            parts.c2pa = True
        elif kind == b"IEND":
            return
        at += 12 + size
    # more chunks than we look at: pixels in many small pieces, nothing wrong


def _png_text(kind: bytes, body: bytes, size: int, parts: Parts) -> None:
    keyword = body[:80].partition(b"\0")[0]
    name = keyword.decode("latin-1")
    if size > LARGEST:
        what = "XMP" if name == "XML:com.adobe.xmp" else f"text {name!r}"
        parts.problems.append(f"The {what} has {size // 1_000_000} MB, {TOO_LARGE}")
        return
    rest = body[len(keyword) + 1 :]
    packed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\1")
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        rest = [*rest[2:].split(b"\0", 2), b"", b""][2]
    if packed and (rest := _inflate(rest, name, parts)) == b"":
        return
    if name == "XML:com.adobe.xmp":
        parts.xmp.append(rest)
    elif name.startswith("Raw profile type "):
        _raw_profile(name.removeprefix("Raw profile type "), rest, parts)
    else:
        encoding = "utf-8" if kind == b"iTXt" else "latin-1"
        text = rest[:65536].decode(encoding, "replace")
        parts.texts.append((name, _utf8_in_latin1(text) if encoding == "latin-1" else text))


def _utf8_in_latin1(text: str) -> str:
    """PNG's plain text is Latin-1 by the book; many programs write UTF-8 all the same."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _inflate(packed: bytes, name: str, parts: Parts) -> bytes:
    machine = zlib.decompressobj()
    try:
        out = machine.decompress(packed, _INFLATED - parts.inflated + 1)
    except zlib.error:
        parts.problems.append(f"The compressed text {name!r} is damaged; it was not read")
        return b""
    if parts.inflated + len(out) > _INFLATED:
        parts.problems.append(f"The compressed text {name!r} unpacks to over {_INFLATED // 1_000_000} MB; not read")
        return b""
    parts.inflated += len(out)
    return out


def _raw_profile(kind: str, body: bytes, parts: Parts) -> None:
    """ImageMagick's blocks, and exiftool's: a line with a name, one with a length, and the bytes in hexadecimal."""
    lines = body.strip().split(b"\n", 2)
    try:
        block = bytes.fromhex(lines[2].decode("ascii")) if len(lines) == 3 else b""
    except ValueError:
        parts.problems.append(f"The text block {kind!r} is damaged; it was not read")
        return
    if kind in ("exif", "APP1", "app1"):
        if block.startswith(XMP_HEADERS):
            app1(block, parts)
        elif block:
            parts.exif.append(block.removeprefix(b"Exif\0\0"))
    elif kind in ("iptc", "8bim"):
        (parts.photoshop if b"8BIM" in block[:64] else parts.iim).append(block)
    elif kind == "xmp":
        parts.xmp.append(block)
