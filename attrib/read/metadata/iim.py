"""IPTC IIM: the record-2 datasets of every Photoshop block, as text.

In: the Photoshop resources of a file (joined), or a bare IIM block. Out: fields and what is wrong with the block: a
character set that is not the one declared, a length that runs over the end, a digest that no longer fits.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from ...model import FileField
from .names import IIM

__all__ = ["read_iim", "resources"]

# 1:90 by ISO 2022: the sign that ends it, as in the ISO-IR register of character sets, and Python's name of that set.
_UTF8 = re.compile(rb"\x1b%(?:G|/[GHI])")
_PART = re.compile(rb"\x1b[-./](.)", re.DOTALL)
_PARTS = {b"A": "cp1252", b"B": "iso8859-2", b"C": "iso8859-3", b"D": "iso8859-4", b"F": "iso8859-7", b"G": "iso8859-6",
          b"H": "iso8859-8", b"L": "iso8859-5", b"M": "iso8859-9", b"T": "tis-620", b"V": "iso8859-10",
          b"Y": "iso8859-13", b"b": "iso8859-15", b"f": "iso8859-16"}  # fmt: skip
_LATIN1 = "cp1252"  # what is called Latin-1 holds Windows' dashes and quotation marks as well
_LIMITS = frozenset(
    at for limit in (32, 64, 128, 256, 2000) for at in (limit - 1, limit)
)  # bytes; some stop one before
_MOST = 2000  # datasets; a picture with keywords has some fifty
_BLOCKS, _LONGEST = 8, 1_000_000  # blocks whose length lies, and bytes of each: they may all run to the end of the file


def resources(data: bytes) -> tuple[list[bytes], bool, list[str]]:
    """The IIM blocks in a run of Photoshop resources, whether their digest is stale, and what is wrong with the run."""
    blocks: list[bytes] = []
    digest, problems, at = b"", [], 0
    while (at := data.find(b"8BIM", at)) >= 0 and at + 12 <= len(data):
        number = int.from_bytes(data[at + 4 : at + 6])
        body = at + 6 + (data[at + 6] + 2 & ~1)
        size = int.from_bytes(data[body : body + 4])
        if body + 4 + size > len(data):
            if number == 0x0404 and size and len(blocks) < _BLOCKS:
                blocks.append(data[body + 4 : body + 4 + _LONGEST])
                problems.append("The IPTC block says it is longer than the file part that holds it; it was cut short")
            at += 4
            continue
        block = data[body + 4 : body + 4 + size]
        if number == 0x0404 and block:
            blocks.append(block)
        elif number == 0x0425:
            digest = block
        at = body + 4 + size
    sums = [hashlib.md5(block, usedforsecurity=False).digest() for block in blocks]
    return blocks, bool(blocks) and len(digest) == 16 and any(digest) and digest not in sums, problems


def _datasets(block: bytes) -> Iterator[tuple[int, int, bytes] | str]:
    """Record, dataset and bytes of each entry; last, in words, what stopped the reading early."""
    at = 0
    for _ in range(_MOST):
        while at < len(block) and block[at] == 0:  # padding
            at += 1
        if at + 5 > len(block):
            return
        if block[at] != 0x1C:
            yield "The IPTC block is damaged: what follows its first fields could not be read"
            return
        record, number, size = block[at + 1], block[at + 2], int.from_bytes(block[at + 3 : at + 5])
        at += 5
        if size & 0x8000:
            wide = size & 0x7FFF
            size = int.from_bytes(block[at : at + wide]) if wide <= 8 else len(block) + 1
            at += wide
        if at + size > len(block):
            yield record, number, block[at:]
            yield "The last field of the IPTC block is cut short"
            return
        yield record, number, block[at : at + size]
        at += size
    yield f"The IPTC block has more than {_MOST} fields; the rest was not read"


def _charset(declared: bytes) -> str | None:
    """The declared character set: empty when none is, None when it is none of the table."""
    if _UTF8.match(declared):
        return "utf-8"
    part = _PART.match(declared)
    return _PARTS.get(part[1]) if part else None if declared.strip(b"\0 ") else ""


def _utf8(value: bytes) -> str | None:
    """The value as UTF-8, without the half of a letter that a limit in bytes left at its end; None when it is not."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        whole = value[: error.start]
        cut = error.reason == "unexpected end of data" and (not whole.isascii() or len(value) in _LIMITS)
        return whole.decode("utf-8") if cut else None  # else "Doré" of Latin-1 would lose its last letter


def _text(value: bytes, charset: str | None) -> tuple[str, str]:
    """The words of one field, and what they were read as where the block does not declare it, or another.

    What reads as UTF-8 is UTF-8, whatever is declared: no words of another set do so by chance.
    """
    if value.isascii():
        return value.decode("ascii"), ""
    if (text := _utf8(value)) is not None:
        return text, "UTF-8" if charset != "utf-8" else ""
    if charset in ("utf-8", "", None):
        return value.decode(_LATIN1, "replace"), "Latin-1"
    return value.decode(charset, "replace"), ""


def read_iim(block: bytes) -> tuple[list[FileField], list[str]]:
    """The fields of one IIM block, in its order, and what is wrong with it. A 32-byte cut is kept as it stands."""
    found: list[tuple[str, bytes]] = []
    problems: list[str] = []
    declared = b""
    for entry in _datasets(block):
        if isinstance(entry, str):
            problems.append(entry)
        elif entry[:2] == (1, 90):
            declared = entry[2]
        elif f"{entry[0]}:{entry[1]}" in IIM and entry[2]:
            found.append((f"{entry[0]}:{entry[1]}", entry[2]))
    charset = _charset(declared)
    fields: list[FileField] = []
    lied: dict[str, list[str]] = {}
    for raw, value in found:
        text, read_as = _text(value, charset)
        if read_as and charset != "":
            lied.setdefault(read_as, []).append(raw)
        if text := text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n\0"):
            fields.append(FileField("iim", IIM[raw], text, raw, read_as))
    for read_as, tags in lied.items():
        what = "UTF-8" if charset == "utf-8" else "character set"
        problems.append(f"IPTC {', '.join(dict.fromkeys(tags))} is not in the {what} it declares; read as {read_as}")
    return _joined_dates(fields), problems


def _joined_dates(fields: list[FileField]) -> list[FileField]:
    """Date and time of creation as one ISO date, the way XMP writes it."""
    time = next((f.value for f in fields if f.name == "timeCreated"), "")
    out = []
    for one in fields:
        if one.name == "timeCreated":
            continue
        if one.name == "dateCreated" and one.value.isdigit() and len(one.value) == 8:
            date = f"{one.value[:4]}-{one.value[4:6]}-{one.value[6:]}"
            if len(time) >= 6 and time[:6].isdigit():
                date += f"T{time[:2]}:{time[2:4]}:{time[4:6]}"
                if len(time) >= 11:
                    date += f"{time[6:9]}:{time[9:11]}"
            one = FileField("iim", "dateCreated", date, one.raw)
        out.append(one)
    return out
