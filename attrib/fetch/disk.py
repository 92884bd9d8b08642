"""Bytes from files and streams, with a limit, and a judgement whether they can be a page at all.

In: a path or a stream. Out: bytes, `Source`, or a `Failure` that names the file and the remedy.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from ..model import Failure

PAGE_LIMIT = 32 * 2**20
PICTURE_LIMIT = 100 * 2**20
KINDS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
_MARKUP = re.compile(rb"(?i)<(?:!doctype|html|head|body|article|figure|img|div|p|section|main|picture|h1)[\s>/]")
_MAGIC = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a WebP picture or a sound",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "compressed with gzip",
    b"\x28\xb5\x2f\xfd": "compressed with zstd",
    b"\x7fELF": "a program",
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32 begin so
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source is to be had: cheap to list, sort and hand to another process; `load` reads it.

    `name` is what a person typed, or what stands below the folder they typed, with forward slashes. Neither `stdin`
    nor a `path` means that the name is an address. With `stdin`, `path` is where pictures are looked for.
    """

    name: str
    path: Path | None = None
    kind: str = ""  # empty: to be told from the bytes
    stdin: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one page, as they are. `charset` is what the server said, when one was asked."""

    name: str
    data: bytes = field(repr=False)
    path: Path | None = None
    kind: str = "html"  # html, text, markdown
    charset: str | None = None


def kind_of_name(name: str) -> str:
    """What kind of page a file name promises; empty when it promises nothing."""
    return KINDS.get(Path(name).suffix.lower(), "")


def read_file(path: Path, limit: int = PICTURE_LIMIT, name: str = "") -> bytes | Failure:
    """The bytes of a file, or why it cannot be read."""
    name = name or path.as_posix()
    try:
        with path.open("rb") as stream:
            return read_stream(stream, name, limit, os.fstat(stream.fileno()).st_size)
    except FileNotFoundError:
        return Failure(name, "is not there", "Check the path.")
    except IsADirectoryError:
        return Failure(name, "is a folder, not a file", "Name a file in it.", "broken")
    except PermissionError:
        return Failure(name, "may not be read", "Change its permissions.")
    except (OSError, ValueError) as error:
        return Failure(name, f"cannot be read: {reason(error)}", "Check the path and the disk.")


def read_stream(stream: BinaryIO, name: str, limit: int, size: int = 2**20) -> bytes | Failure:
    """All bytes of a stream, or why not; no more than the limit is ever held. `size` is how many there are, or a guess:
    room is made for all that is asked for."""
    try:
        data = stream.read(min(size, limit) + 1)
        if len(data) > size:  # more than was said
            data += stream.read(max(0, limit + 1 - len(data)))
    except OSError as error:
        return Failure(name, f"cannot be read: {reason(error)}", "Check the path and the disk.")
    return too_large(name, limit) if len(data) > limit else data


def too_large(name: str, limit: int) -> Failure:
    """The failure for a source beyond its limit."""
    return Failure(name, f"is larger than {limit // 2**20} MB, so it was not read", "Split it, or leave it out.")


def judge(source: Source) -> Source | Failure:
    """The source with its kind settled, or why its bytes are no page.

    Stray NULs and a wrong charset are left to the reader, who can say on which line they stand.
    """
    name, data = source.name, source.data
    if not data or data.isspace():
        return Failure(name, "is empty", "Save the article again, or leave the file out.")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            return Failure(name, f"is {what}, not a page", "Name an HTML, text or Markdown file.")
    if not data.startswith(_UTF16_MARKS) and not (source.charset or "").lower().startswith(("utf-16", "utf-32")):
        head = data[:8192]
        if b"\0" in head and max(head[1::2].count(0), head[::2].count(0)) > len(head) // 3:
            return Failure(name, "looks like UTF-16 without a byte order mark", "Save it as UTF-8.")
        if len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 20:
            return Failure(name, "is binary, not a page", "Name an HTML, text or Markdown file.")
    return source if source.kind else replace(source, kind="html" if _MARKUP.search(data, 0, 65536) else "text")


def reason(error: Exception) -> str:
    """Why, in the system's words."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
