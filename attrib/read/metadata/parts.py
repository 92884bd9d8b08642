"""What the walks through a picture file hand on: its metadata blocks, still as bytes.

In: segments as they stand in a file. Out: `Parts`, which every walk fills, and the words the walks share.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["CHUNKS", "LARGEST", "SHORT", "TOO_LARGE", "XMP_HEADERS", "Parts", "app1"]

CHUNKS = 4000  # parts of one file that are looked at
LARGEST = 10_000_000  # bytes of one block, which may be written in hexadecimal: what says more lies, or is not read
XMP_HEADERS = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xap/1.0\0")
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
SHORT = "The file ends in the middle of its metadata; it was cut short"
TOO_LARGE = "far more than any picture needs; it was not read"


@dataclass(slots=True)
class Parts:
    """What was found in a file, still as bytes."""

    format: str = ""
    width: int = 0
    height: int = 0
    exif: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    extensions: dict[str, dict[int, bytes]] = field(default_factory=dict)  # extended XMP by GUID, by offset
    photoshop: list[bytes] = field(default_factory=list)
    iim: list[bytes] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)  # PNG keyword and text
    inflated: int = 0  # bytes of the compressed texts so far
    stale: bool = False  # the digest of the IIM block no longer fits it
    tiff: bool = False  # exif[0] is the whole file
    c2pa: bool = False
    problems: list[str] = field(default_factory=list)


def app1(segment: bytes, parts: Parts) -> None:
    """Keep what an APP1 segment of a JPEG holds: EXIF, XMP, or a piece of extended XMP."""
    if segment.startswith(b"Exif\0"):
        parts.exif.append(segment[6:])
    elif segment.startswith(_EXTENSION) and len(segment) >= len(_EXTENSION) + 40:
        body = segment[len(_EXTENSION) :]
        guid = body[:32].decode("ascii", "replace")
        parts.extensions.setdefault(guid, {})[int.from_bytes(body[36:40])] = body[40:]
    elif segment.startswith(XMP_HEADERS):
        parts.xmp.append(segment.partition(b"\0")[2])
