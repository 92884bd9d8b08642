"""A picture file → its metadata blocks, by format, without touching a pixel.

In: the bytes of a file. Out: `Parts`: format, size, and the XMP, EXIF, IIM and text blocks as they stand in the file.
JPEG, WebP, TIFF, HEIC/AVIF and GIF are walked here, PNG beside, because what is wrong with a file (two IPTC blocks, a
length that lies, a packet cut short) must be seen and must not cost the rest; Pillow names any other format and its
size.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator

from .exif import read_tiff
from .parts import CHUNKS, LARGEST, SHORT, TOO_LARGE, Parts, app1
from .png import read_png

__all__ = ["NO_PICTURE", "read_container"]

_SEGMENTS, _BOXES, _ITEMS = 4000, 2000, 4000
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # start-of-frame markers
_SIDECAR = rb"(?:\xef\xbb\xbf)?\s*<(?:\?xpacket|x:xmpmeta|x:xapmeta|rdf:RDF|\?xml[^>]{0,80}>\s*<(?:x:|rdf:))"
_C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_MANY = f"The file has more than {_SEGMENTS} parts before its pixels; the rest was not read"
NO_PICTURE = "The file has no picture in it, only its beginning"


def read_container(data: bytes) -> Parts | None:
    """The blocks of a picture file; None when it is no picture anyone here can name."""
    for known, walk in _WALKS:
        if known.match(data):
            parts = Parts()
            walk(data, parts)
            return parts
    return _pillow(data)


def _jpeg(data: bytes, parts: Parts) -> None:
    parts.format = "JPEG"
    for marker, segment in _segments(data, parts):
        if marker in _SIZES and len(segment) >= 5 and not parts.width:
            parts.height, parts.width = int.from_bytes(segment[1:3]), int.from_bytes(segment[3:5])
        elif marker == 0xE1:
            app1(segment, parts)
        elif marker == 0xED and segment.startswith((b"Photoshop 3.0\0", b"Adobe_Photoshop2.5")):
            parts.photoshop.append(segment.partition(b"\0")[2] if segment[0] == 80 else segment[19:])
        elif marker == 0xEB and segment[:2] == b"JP" and b"jumb" in segment[:64]:
            parts.c2pa = True
    if not parts.width and _MANY not in parts.problems:
        parts.problems.append(NO_PICTURE)


def _segments(data: bytes, parts: Parts) -> Iterator[tuple[int, bytes]]:
    """Marker and body of every segment before the pixels."""
    at, lost = 2, False
    for _ in range(_SEGMENTS):
        if data[at : at + 1] != b"\xff":  # a length that lies: look for the next marker
            if not lost and at < len(data):
                parts.problems.append("A part of the file gives a wrong length; what it hid was looked for")
            lost = True
            at = _next_marker(data, at)
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 4 > len(data):
            parts.problems.append(SHORT)
            return
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker in (0xDA, 0xD9):
            return
        if marker == 1 or 0xD0 <= marker <= 0xD8 or marker == 0 or size < 2:
            at += 2
            continue
        if at + 2 + size > len(data):
            parts.problems.append(SHORT)
        yield marker, data[at + 4 : at + 2 + size]
        at += 2 + size
    parts.problems.append(_MANY)


def _next_marker(data: bytes, at: int) -> int:
    found = re.compile(rb"\xff[\xc0-\xcf\xda\xdb\xdd\xe0-\xef\xfe]").search(data, at)
    return found.start() if found else len(data)


def _webp(data: bytes, parts: Parts) -> None:
    parts.format, at = "WEBP", 12
    for _ in range(CHUNKS):
        if at + 8 > len(data):
            return
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if at + 8 + size > len(data):
            parts.problems.append(SHORT)
        if kind == b"VP8X" and len(body) >= 10:
            parts.width = int.from_bytes(body[4:7], "little") + 1
            parts.height = int.from_bytes(body[7:10], "little") + 1
        elif kind == b"VP8 " and not parts.width:
            parts.width = int.from_bytes(body[6:8], "little") & 0x3FFF
            parts.height = int.from_bytes(body[8:10], "little") & 0x3FFF
        elif kind == b"VP8L" and not parts.width:
            bits = int.from_bytes(body[1:5], "little")
            parts.width, parts.height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        elif kind == b"EXIF":
            parts.exif.append(body.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            parts.xmp.append(body)
        elif kind == b"C2PA":
            parts.c2pa = True
        at += 8 + size + (size & 1)


def _tiff(data: bytes, parts: Parts) -> None:
    tiff = read_tiff(data, whole_file=True)
    parts.format, parts.tiff = "TIFF", True
    parts.width, parts.height = tiff.width, tiff.height
    parts.exif.append(data)
    parts.xmp += tiff.blocks["xmp"]
    parts.iim += tiff.blocks["iim"]
    parts.photoshop += tiff.blocks["photoshop"]


def _gif(data: bytes, parts: Parts) -> None:
    parts.format = "GIF"
    parts.width, parts.height = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    start = data.find(b"XMP DataXMP")
    if start >= 0 and (end := data.find(b"\x01\xff\xfe\xfd", start)) >= 0:
        parts.xmp.append(data[start + 11 : end])


def _xmp(data: bytes, parts: Parts) -> None:
    parts.format = "XMP"
    parts.xmp.append(data)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of the bodies of the boxes in a stretch of an ISO base media file."""
    for _ in range(_BOXES):
        if at + 8 > end:
            return
        size, kind, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        elif size == 0:
            size = end - at
        if size < head:
            return
        yield kind, at + head, min(at + size, end)
        at += size


def _heif(data: bytes, parts: Parts) -> None:
    brands = data[8:32]
    parts.format = "AVIF" if b"avif" in brands or b"avis" in brands else "HEIC"
    for kind, start, end in _boxes(data, 0, len(data)):
        if kind == b"meta":
            _heif_meta(data, start + 4, end, parts)
        elif kind == b"uuid" and data[start : start + 16] == _C2PA_BOX:
            parts.c2pa = True


def _heif_meta(data: bytes, start: int, end: int, parts: Parts) -> None:
    wanted: dict[int, str] = {}
    places: dict[int, list[tuple[int, int, int]]] = {}
    inner = 0
    for kind, at, stop in _boxes(data, start, end):
        if kind == b"iinf":
            wanted = _heif_items(data, at, stop)
        elif kind == b"iloc":
            places = _heif_places(data, at, stop)
        elif kind == b"idat":
            inner = at
        elif kind == b"iprp":
            _heif_size(data, at, stop, parts)
    for item, what in wanted.items():
        pieces = [((inner if how == 1 else 0) + at, size) for how, at, size in places.get(item, [])]
        whole = sum(size for _, size in pieces)
        if whole > LARGEST:
            parts.problems.append(f"The {what.upper()} has {whole // 1_000_000} MB, {TOO_LARGE}")
            continue
        block = b"".join(data[at : at + size] for at, size in pieces)
        if len(block) < whole:
            parts.problems.append(SHORT)
        if what == "xmp" and block:
            parts.xmp.append(block)
        elif what == "exif" and len(block) > 4:
            skip = int.from_bytes(block[:4])
            parts.exif.append(block[4 + skip :] if skip + 4 < len(block) else block[4:])


def _heif_size(data: bytes, first: int, stop: int, parts: Parts) -> None:
    for kind, low, high in _boxes(data, first, stop):
        if kind == b"ipco":
            for what, start, _ in _boxes(data, low, high):
                width, height = (int.from_bytes(data[at : at + 4]) for at in (start + 4, start + 8))
                if what == b"ispe" and width * height > parts.width * parts.height:
                    parts.width, parts.height = width, height


def _heif_items(data: bytes, at: int, stop: int) -> dict[int, str]:
    """Which items are XMP or EXIF."""
    wide = 4 if any(data[at : at + 1]) else 2  # a box may be empty, and the last of the file
    found = {}
    for kind, low, high in _boxes(data, at + 4 + wide, stop):
        version = data[low] if low < high else 0
        if kind != b"infe" or version < 2:
            continue
        size = 2 if version == 2 else 4
        item = int.from_bytes(data[low + 4 : low + 4 + size])
        what, rest = data[low + 6 + size : low + 10 + size], data[low + 10 + size : high]
        if what == b"Exif":
            found[item] = "exif"
        elif what == b"mime" and b"application/rdf+xml" in rest:
            found[item] = "xmp"
        if len(found) > 16:
            break
    return found


def _heif_places(data: bytes, at: int, stop: int) -> dict[int, list[tuple[int, int, int]]]:
    """Where each item lies: how it is addressed, offset, length."""
    position = at + 6

    def take(size: int) -> int:
        nonlocal position
        position += size
        return int.from_bytes(data[position - size : position]) if position <= stop else 0

    version = int.from_bytes(data[at : at + 1])
    sizes = int.from_bytes(data[at + 4 : at + 6])
    offset_size, length_size, base_size, index_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    out: dict[int, list[tuple[int, int, int]]] = {}
    for _ in range(min(take(4 if version == 2 else 2), _ITEMS)):
        item = take(4 if version == 2 else 2)
        how = take(2) & 15 if version else 0
        take(2)
        base = take(base_size)
        pieces = []
        for _ in range(min(take(2), 64)):
            if version:
                take(index_size)
            offset, length = take(offset_size), take(length_size)
            pieces.append((how, base + offset, length))
        out[item] = pieces
        if position > stop:
            break
    return out


def _pillow(data: bytes) -> Parts | None:
    """Any other picture: its format and size, and the blocks Pillow hands over."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            parts = Parts(image.format or "", *image.size)
            for name, blocks in (("exif", parts.exif), ("xmp", parts.xmp)):
                if isinstance(block := image.info.get(name), bytes):
                    blocks.append(block.removeprefix(b"Exif\0\0"))
    except Exception:  # Pillow's readers raise whatever their format taught them; none of it is ours to name
        return None
    return parts


_WALKS = (
    (re.compile(rb"\xff\xd8\xff"), _jpeg),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), read_png),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), _webp),
    (re.compile(rb"II\*\0|MM\0\*"), _tiff),
    (re.compile(rb"....ftyp(?:avi[fs]|hei[cfmsx]|hev[cx]|mif1|msf1)", re.DOTALL), _heif),
    (re.compile(rb"GIF8[79]a"), _gif),
    (re.compile(_SIDECAR), _xmp),
)
