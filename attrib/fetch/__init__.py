"""The only door to bytes outside: named inputs become sources, a picture's address becomes a file or its bytes.

In: what a person typed (files, folders, globs, `-`, addresses). Out: `Source` values, sorted and without doubles,
read one at a time; or `Failure` values that say what could not be read and what to do. Nothing here knows HTML.
The network is behind `Web`, is closed unless a caller passes one in, and has a fake for tests.

`names` lists, `disk` reads and judges bytes, `paths` keeps pictures inside the root, `web` is the network, `witness`
tells later whether a file is what it was, `changed` asks git, `project` knows a page under any of its names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from ..model import Failure
from .changed import changed
from .disk import PAGE_LIMIT, PICTURE_LIMIT, Place, Source, judge, kind_of_name, read_file, read_stream
from .names import find
from .paths import resolve
from .project import name_in_project
from .web import Answer, FakeWeb, OpenWeb, Web, charset_of, is_address, kind_of_answer
from .witness import Witness, absent, still, witness

__all__ = [
    "Answer",
    "FakeWeb",
    "OpenWeb",
    "Place",
    "Source",
    "Web",
    "Witness",
    "absent",
    "changed",
    "find",
    "is_address",
    "kind_of_name",
    "load",
    "name_in_project",
    "picture",
    "read_file",
    "resolve",
    "sources",
    "still",
    "witness",
]


def sources(
    names: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    stdin_filename: str | None = None,
    web: Web | None = None,
) -> Iterator[Source | Failure]:
    """The sources that `names` stand for: sorted, each once, read only when asked for. Failures come in their place."""
    for place in find(names, stdin_filename=stdin_filename):
        yield place if isinstance(place, Failure) else load(place, stdin=stdin, web=web)


def load(place: Place, *, stdin: BinaryIO | None = None, web: Web | None = None) -> Source | Failure:
    """The page at a place, or why there is none: missing, unreadable, too large, empty, binary."""
    kind, charset = place.kind, None
    data: bytes | Failure
    if place.stdin:
        data = read_stream(stdin, place.name, PAGE_LIMIT) if stdin else _stdin(place.name)
    elif place.path:
        data = read_file(place.path, PAGE_LIMIT, place.name)
    elif web is None:
        data = Failure(place.name, "is an address, and the network is closed", "Pass --online to fetch it.")
    else:
        answer = web.get(place.name, PAGE_LIMIT)
        if isinstance(answer, Failure):
            data = answer
        else:
            data, kind = answer.data, kind_of_answer(answer.content_type) or kind_of_name(place.name)
            charset = charset_of(answer.content_type)
    return data if isinstance(data, Failure) else judge(Source(place.name, data, place.path, kind, charset))


def picture(
    url: str, *, page: str = "", path: Path | None = None, root: Path | None = None, web: Web | None = None
) -> tuple[str, bytes] | Failure | None:
    """The name and bytes of a picture on a page (`page` its name, `path` its file); `None` when it was not looked at.

    Local pictures are read from disk; those at an address only when `web` is given.
    """
    at = urljoin(page, url.strip()) if is_address(page) else url.strip()
    at = f"https:{at}" if at.startswith("//") else at
    if is_address(at):
        answer = web.get(at, PICTURE_LIMIT) if web else None
        return (at, answer.data) if isinstance(answer, Answer) else answer
    place = resolve(path, at, root)
    if not isinstance(place, Path):
        return place
    data = read_file(place, PICTURE_LIMIT)
    return data if isinstance(data, Failure) else (place.as_posix(), data)


def _stdin(name: str) -> bytes | Failure:
    import sys

    return read_stream(sys.stdin.buffer, name, PAGE_LIMIT)
