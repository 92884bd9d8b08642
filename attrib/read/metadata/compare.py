"""Fields of one file that ought to say the same and do not.

In: the fields as read. Out: groups of fields, one a property. Nothing is resolved: IPTC's guide reads XMP first, older
guidance EXIF first, and the newest is not always the right one. Not a disagreement: a value cut at IIM's length in
bytes, an origin that names fewer of the creators, accents and white space a format lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ...model import FileField

__all__ = ["disagreements"]

_LIMITS = {"creator": 32, "creatorJobTitle": 32, "creditText": 32, "source": 32, "jobId": 32, "copyrightNotice": 128,
           "instructions": 256, "headline": 256, "description": 2000}  # fmt: skip
# EXIF is often the camera's own, set once: only who made it and who owns it are worth comparing.
_COMPARED = {
    "creator": ("iim", "xmp", "exif", "png"),
    "copyrightNotice": ("iim", "xmp", "exif", "png"),
    "creditText": ("iim", "xmp"),
    "source": ("iim", "xmp"),
    "creatorJobTitle": ("iim", "xmp"),
    "instructions": ("iim", "xmp"),
    "headline": ("iim", "xmp"),
    "description": ("iim", "xmp"),
    "dateCreated": ("iim", "xmp"),
}
_BLOCK = re.compile(r" \(block \d+\)$")


def disagreements(fields: Iterable[FileField]) -> tuple[tuple[FileField, ...], ...]:
    """The groups, in the order of the table above."""
    by_name: dict[str, dict[str, list[FileField]]] = {}
    for field in fields:
        if field.origin in _COMPARED.get(field.name, ()) and not field.raw.endswith("]"):
            by_name.setdefault(field.name, {}).setdefault(_voice(field), []).append(field)
    groups = []
    for name in _COMPARED:
        voices = list(by_name.get(name, {}).values())
        if any(not _agree(name, voices[0], voice) for voice in voices[1:]):
            groups.append(tuple(field for voice in voices for field in voice))
    return tuple(groups)


def _voice(field: FileField) -> str:
    """What speaks: a format, a block of it, and in XMP the schema (Photoshop's is not the camera's mirror)."""
    block = _BLOCK.search(field.raw)
    return field.origin + (field.raw.partition(":")[0] if field.origin == "xmp" else "") + (block[0] if block else "")


def _agree(name: str, a: list[FileField], b: list[FileField]) -> bool:
    if {f.value for f in a} == {f.value for f in b}:
        return True
    if name == "dateCreated":
        return not {f.value[:10] for f in a}.isdisjoint(f.value[:10] for f in b)
    if name == "creator":
        one, other = _people(a), _people(b)
        return one <= other or other <= one or all(any(_cut(name, x, y) for y in other) for x in one)
    left, right = _folded(" ".join(f.value for f in a)), _folded(" ".join(f.value for f in b))
    return left == right or _cut(name, left, right)


def _people(fields: list[FileField]) -> set[str]:
    return {folded for f in fields for part in f.value.split(";") if (folded := _folded(part))}


def _cut(name: str, a: str, b: str) -> bool:
    """One is the other, cut where IIM's limit falls."""
    short, long = sorted((a, b), key=len)
    return long.startswith(short.rstrip("?\N{REPLACEMENT CHARACTER} ")) and len(short.encode()) >= _LIMITS[name] - 4


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.casefold().split())
    text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())
