"""What a picture file says of itself: IPTC IIM, XMP, EXIF, PNG text and C2PA, in IPTC's words.

In: the bytes of a file. Out: `FileFacts`, or a `Failure` when the bytes are no picture. Every value keeps the format
it came from and the tag as that format writes it; where two formats say different things both are kept, side by
side. No pixel is decoded, nothing is fetched, nothing raises, and one broken block does not cost the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...model import Failure, FileFacts, FileField
from .c2pa import read_c2pa
from .compare import disagreements
from .container import NO_PICTURE, read_container
from .credits import file_credits
from .exif import read_tiff
from .iim import read_iim, resources
from .names import PNG
from .parts import TOO_LARGE, Parts
from .xmp import LIMIT, extended_id, read_xmp

__all__ = ["gather", "read_metadata"]

_FIELDS = 2000


def read_metadata(data: bytes, name: str = "") -> FileFacts | Failure:
    """Read the metadata of a picture file. `name` is what it is called in what is reported."""
    try:
        return _read(data, name)
    except Exception as error:  # the promise of this room: bytes from anywhere never end a run
        return Failure(name, f"the picture's metadata could not be read ({type(error).__name__})", _REMEDY)


_REMEDY = "Save the picture again from its original, or leave it out of the check."


def _read(data: bytes, name: str) -> FileFacts | Failure:
    parts = read_container(data) if data else None
    if parts is None:
        what, kind = _what_it_is(data)
        return Failure(name, what, "Put a picture file there, or correct the address of the picture.", kind)
    problems = list(parts.problems)
    fields: list[FileField] = []
    for read in (_iim, _xmp, _exif, _png):
        found, wrong = read(parts)
        fields += found
        problems += wrong
    if NO_PICTURE in problems and not fields:
        return Failure(name, "the picture file ends before the picture begins", _REMEDY)
    if parts.c2pa:
        fields += read_c2pa(data, parts.format)
    facts = gather(name, fields, problems, parts.format, parts.width, parts.height)
    if parts.stale and any({"iim", "xmp"} <= {f.origin for f in group} for group in facts.disagreements):
        stale = "The IPTC block was changed after the XMP was written: its IPTCDigest no longer fits"
        facts = replace(facts, problems=(*facts.problems, stale))
    return facts


def gather(
    path: str,
    fields: Iterable[FileField],
    problems: Iterable[str] = (),
    format_: str = "",
    width: int = 0,
    height: int = 0,
) -> FileFacts:
    """Fields as facts: the credits among them read, the disagreements between them grouped."""
    kept = tuple(dict.fromkeys(fields))[:_FIELDS]
    return FileFacts(
        path=path,
        format=format_,
        width=width,
        height=height,
        fields=kept,
        problems=tuple(dict.fromkeys(problems)),
        credits=file_credits(kept),
        disagreements=disagreements(kept),
    )


def _what_it_is(data: bytes) -> tuple[str, str]:
    """What the file is, and what kind of failure that makes."""
    start = data[:512].lstrip().lower()
    if not data:
        return "the file is empty", "broken"
    if start.startswith((b"<!doctype html", b"<html")):
        return "the file is a web page, not a picture", "broken"
    if start.startswith((b"<svg", b"<?xml")):
        return "the file is a drawing in XML, which holds no photograph's metadata", "unfit"
    return "the file is not a picture in any format known here", ""


def _numbered(fields: list[FileField], place: int) -> list[FileField]:
    """Fields of a second block say so in their tag."""
    if place == 0:
        return fields
    return [replace(f, raw=f"{f.raw} (block {place + 1})") for f in fields]


def _iim(parts: Parts) -> tuple[list[FileField], list[str]]:
    blocks, parts.stale, problems = resources(b"".join(parts.photoshop))
    fields: list[FileField] = []
    for place, block in enumerate(list(dict.fromkeys(blocks + parts.iim))[:8]):
        found, wrong = read_iim(block)
        fields += _numbered(found, place)
        problems += wrong
    return fields, problems


def _xmp(parts: Parts) -> tuple[list[FileField], list[str]]:
    fields: list[FileField] = []
    problems: list[str] = []
    for place, packet in enumerate(list(dict.fromkeys(parts.xmp))[:8]):
        found, wrong = read_xmp(packet)
        fields += _numbered(found, place)
        problems += wrong
        if guid := extended_id(packet[:200_000]):
            found, wrong = _extended(parts.extensions.get(guid) or {})
            fields += _numbered(found, place)
            problems += wrong
    return fields, problems


def _extended(pieces: dict[int, bytes]) -> tuple[list[FileField], list[str]]:
    """The continuation of a packet, when all its pieces are there and in order."""
    size = sum(map(len, pieces.values()))
    if size > LIMIT:
        return [], [f"The XMP has {size // 1_000_000} MB, {TOO_LARGE}"]
    whole, at = [], 0
    for offset, piece in sorted(pieces.items()):
        if offset != at:
            return [], ["A part of the extended XMP is missing; it was not read"]
        whole.append(piece)
        at += len(piece)
    if not whole:
        return [], ["The XMP says it goes on in a second part, and that part is missing"]
    return read_xmp(b"".join(whole))


def _exif(parts: Parts) -> tuple[list[FileField], list[str]]:
    fields: list[FileField] = []
    problems: list[str] = []
    for place, block in enumerate(list(dict.fromkeys(parts.exif))[:4]):
        tiff = read_tiff(block, whole_file=parts.tiff)
        fields += _numbered(tiff.fields, place)
        problems += tiff.problems
    return fields, problems


def _png(parts: Parts) -> tuple[list[FileField], list[str]]:
    found = [FileField("png", PNG[key], text.strip(), key) for key, text in parts.texts if key in PNG and text.strip()]
    return found, []
