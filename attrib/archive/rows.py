"""An archive's pictures as values: to and from rows of the tables, and lines of an export."""

from __future__ import annotations

import base64
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from attrib.read.pixels import Fingerprint, View, libraries, sound

__all__ = ["VIEW", "Entry", "checksum", "entry_of", "from_line", "kept", "print_of", "put", "to_line", "views_of"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture to remember. `picture` is its path or address, `page` the one it stood on, `date` ISO.

    `bytes` and `changed` (ns) are the file's own, so that an unchanged file is known without opening it; 0 unknown.
    Bytes of a file's name that are no UTF-8 are kept as `\\xff`, since no row holds them.
    """

    picture: str
    page: str = ""
    caption: str = ""
    credit: str = ""
    date: str = ""
    bytes: int = 0
    changed: int = 0

    def __post_init__(self) -> None:
        for name in ("picture", "page"):
            object.__setattr__(self, name, kept(getattr(self, name)))


def kept(name: str) -> str:
    """A file's name as the archive holds it."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


NUMBERS = ("bytes", "changed")
WORDS = tuple(f.name for f in fields(Entry) if f.name not in NUMBERS)


def put(base: sqlite3.Connection, entry: Entry, print_: Fingerprint) -> bool:
    """Write one picture inside a transaction; False when it is there just so already."""
    known = base.execute(
        "SELECT * FROM pictures WHERE picture = ? AND page = ?", (entry.picture, entry.page)
    ).fetchone()
    values = (*asdict(entry).values(),)
    row = (*values[:5], print_.format, print_.width, print_.height, print_.digest, *values[5:], print_.version)
    if known is not None:
        if tuple(known[1:13]) == row:
            return False
        if known[9] == print_.digest and known[12] == print_.version:  # the picture stays, with its place in the order
            base.execute(
                "UPDATE pictures SET caption = ?, credit = ?, date = ?, bytes = ?, changed = ? WHERE id = ?",
                (entry.caption, entry.credit, entry.date, entry.bytes, entry.changed, known[0]),
            )
            return True
        base.execute("DELETE FROM pictures WHERE id = ?", (known[0],))
    marks = ", ".join("?" * 14)
    id_ = base.execute(f"INSERT INTO pictures VALUES ({marks})", (None, *row, libraries())).lastrowid  # noqa: S608
    base.executemany(
        "INSERT INTO views VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (id_, nth, v.phash.to_bytes(8), v.dhash.to_bytes(8), v.flat, checksum(v), v.points, v.thumb)
            for nth, v in enumerate(print_.views)
        ],
    )
    return True


def checksum(view: View) -> bytes:
    """8 bytes that change when anything of a view does."""
    head = view.phash.to_bytes(8) + view.dhash.to_bytes(8) + view.flat.to_bytes(1)
    return hashlib.blake2b(head + view.points + view.thumb, digest_size=8).digest()


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry in a row of `pictures`."""
    return Entry(row[1], row[2], row[3], row[4], row[5], row[10], row[11])


VIEW = "phash, dhash, flat, points, thumb, sum"  # the columns of `views` that `views_of` reads


def views_of(rows: Iterable[Sequence[Any]]) -> tuple[View, ...] | None:
    """The views in rows of `views`; None when one is not as it was written, which SQLite does not see."""
    made = []
    for phash, dhash, flat, points, thumb, kept_sum in rows:
        try:
            made.append(View(int.from_bytes(phash), int.from_bytes(dhash), flat, points, thumb))
            if checksum(made[-1]) != kept_sum:
                return None
        except (AttributeError, OverflowError, TypeError, ValueError):  # words or numbers, where bytes were
            return None
    return tuple(made)


def print_of(row: Sequence[Any], views: tuple[View, ...]) -> Fingerprint:
    """The fingerprint in a row of `pictures`, with its views."""
    return Fingerprint(row[12], row[6], row[7], row[8], row[9], views)


def to_line(entry: Entry, print_: Fingerprint) -> dict[str, Any]:
    """An entry with its fingerprint as a line of an export: hashes in hexadecimal, bytes in base64."""
    views = [
        {
            "phash": f"{v.phash:016x}",
            "dhash": f"{v.dhash:016x}",
            "flat": v.flat,
            "points": base64.b64encode(v.points).decode(),
            "thumb": base64.b64encode(v.thumb).decode(),
        }
        for v in print_.views
    ]
    about = {"version": print_.version, "format": print_.format, "width": print_.width, "height": print_.height}
    return asdict(entry) | {"fingerprint": about | {"digest": print_.digest.hex(), "views": views}}


def from_line(line: dict[str, Any]) -> tuple[Entry, Fingerprint]:
    """What `to_line` wrote; raises ValueError, KeyError, TypeError or OverflowError for anything else."""
    about = line["fingerprint"]
    views = tuple(
        View(
            int(v["phash"], 16),
            int(v["dhash"], 16),
            int(v["flat"]),
            base64.b64decode(v["points"], validate=True),
            base64.b64decode(v["thumb"], validate=True),
        )
        for v in about["views"]
    )
    if not views or not all(map(sound, views)):
        raise ValueError("no fingerprint that can be compared")
    words, numbers = [line[name] for name in WORDS], [int(line[name]) for name in NUMBERS]
    size = int(about["width"]), int(about["height"])
    print_ = Fingerprint(str(about["version"]), str(about["format"]), *size, bytes.fromhex(about["digest"]), views)
    "".join((*words, print_.version, print_.format)).encode()  # what no row holds is no line: half a character,
    for number in (*size, *numbers):
        number.to_bytes(8, signed=True)  # more than 64 bits,
    for view in views:
        checksum(view)  # or hashes of another length
    return Entry(*words, *numbers), print_
