"""EXIF: the few text tags that name people, rights and dates, from the TIFF structure.

In: a TIFF structure (an Exif segment without its header, or a TIFF file). Out: fields, embedded blocks (a TIFF file
keeps XMP, IIM and Photoshop resources in tags), size, and problems. Every offset is checked; a directory is entered
once, so a chain that bites its own tail ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import FileField
from .names import EXIF

__all__ = ["Tiff", "read_text", "read_tiff"]

_WIDTH = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 9: 4, 13: 4}
_XMP, _IIM, _PHOTOSHOP, _EXIF_IFD = 700, 33723, 34377, 0x8769
_BLOCKS = {_XMP: "xmp", _IIM: "iim", _PHOTOSHOP: "photoshop"}
_ENTRIES, _DIRECTORIES, _TEXT = 512, 8, 65536
_BLOCK, _SAME, _FIELDS = (
    5_000_000,
    8,
    200,
)  # bytes of one embedded block, blocks of one kind, texts: more is made to hurt


@dataclass(slots=True)
class Tiff:
    """What a TIFF structure holds for us."""

    fields: list[FileField] = field(default_factory=list)
    blocks: dict[str, list[bytes]] = field(default_factory=lambda: {"xmp": [], "iim": [], "photoshop": []})
    width: int = 0
    height: int = 0
    problems: list[str] = field(default_factory=list)


def read_text(value: bytes) -> str:
    """Bytes that ought to be ASCII and never are: UTF-8 when they read as such, else Windows-1252."""
    value = value.rstrip(b"\0 ")
    try:
        return value.decode("utf-8").strip()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace").strip()


def _decoding(tag: int, value: bytes) -> str:
    """What a text that ought to be ASCII is read as; "" for one that is, and for one that names its character set."""
    if 0x9C9B <= tag <= 0x9C9F or (tag == 0x9286 and value.startswith(b"UNICODE")) or value.isascii():
        return ""
    try:
        value.rstrip(b"\0 ").decode("utf-8")
    except UnicodeDecodeError:
        return "Latin-1"
    return "UTF-8"


def _value(tag: int, value: bytes, order: str) -> str:
    if tag >= 0x9C9B and tag <= 0x9C9F:  # Windows' own tags
        return value[: len(value) & ~1].decode("utf-16-le", "replace").partition("\0")[0].strip()
    if tag == 0x9286:  # UserComment names its character set in eight bytes
        head, body = value[:8], value[8:]
        if head.startswith(b"UNICODE"):
            return body[: len(body) & ~1].decode(f"utf-16-{order[0]}e", "replace").strip("\0 \n")
        return read_text(body.partition(b"\0")[0]) if head.startswith((b"ASCII", b"\0" * 8)) else ""
    if tag == 0x8298:  # photographer, NUL, editor
        parts = [read_text(part) for part in value.split(b"\0")]
        return "; ".join(part for part in parts if part)
    return read_text(value.partition(b"\0")[0])


def read_tiff(data: bytes, *, whole_file: bool = False) -> Tiff:
    """Read the directories of a TIFF structure. `whole_file` also takes the size and the embedded blocks."""
    out = Tiff()
    if data[:4] not in (b"II*\0", b"MM\0*"):
        out.problems.append("The EXIF data is damaged: it does not begin as EXIF does")
        return out
    order = "little" if data[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], "little" if order == "little" else "big")

    queue, seen, damaged = [number(4, 4)], set[int](), False
    while queue and len(seen) < _DIRECTORIES:
        at = queue.pop(0)
        if at in seen:
            damaged = True
            continue
        seen.add(at)
        count = number(at, 2)
        if at < 8 or at + 2 + count * 12 > len(data) or count > _ENTRIES:
            damaged = True
            count = max(0, min((len(data) - at - 2) // 12, count, _ENTRIES)) if at >= 8 else 0
        first = len(seen) == 1
        for entry in range(at + 2, at + 2 + count * 12, 12):
            tag, kind, amount = number(entry, 2), number(entry + 2, 2), number(entry + 4, 4)
            if tag == _EXIF_IFD:
                queue.append(number(entry + 8, 4))
            if tag not in EXIF and not (first and whole_file and (tag in _BLOCKS or tag in (256, 257))):
                continue
            size = amount * _WIDTH.get(kind, 0)
            place = entry + 8 if size <= 4 else number(entry + 8, 4)
            if place + size > len(data):
                damaged = True
            value = data[place : place + min(size, _BLOCK if tag in _BLOCKS else _TEXT)]
            if tag in (256, 257):
                width = number(place, min(size, 4))
                out.width, out.height = (width, out.height) if tag == 256 else (out.width, width)
            elif tag in _BLOCKS:
                blocks = out.blocks[_BLOCKS[tag]]
                blocks[:] = [*blocks, value][:_SAME]
            elif text := _value(tag, value, order):
                raw, name = EXIF[tag]
                said = _iso(text) if name == "dateCreated" else text
                field_ = FileField("exif", name, said, raw, _decoding(tag, value))
                out.fields = [*out.fields, field_][:_FIELDS]
    if damaged:
        out.problems.append("The EXIF data is damaged: some of it points outside the file; the rest was read")
    return out


def _iso(text: str) -> str:
    """EXIF's `2024:05:06 07:08:09` as ISO; anything else as it stands."""
    if len(text) == 19 and text[4] == text[7] == ":" and text[10] == " ":
        return f"{text[:4]}-{text[5:7]}-{text[8:10]}T{text[11:]}"
    return text
