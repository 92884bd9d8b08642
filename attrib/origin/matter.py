"""What a source file says of its own address, at its head (front matter, in YAML or TOML).

In: the beginning of a file, the path of the file, which keys say it. Out: the built files it may become, as
paths from the top of the site. Words that a builder would fill in are not filled in here: such an address is no help.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

__all__ = ["HEAD", "addresses"]

HEAD = 8192  # bytes: front matter that is longer is cut
_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_DATED = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)-")


def addresses(text: str, path: PurePosixPath, whole: Collection[str], last: Collection[str]) -> Iterator[str]:
    """The built files that the head of a file names, by its keys for a `whole` address and for the `last` part."""
    matter = _MATTER.match(text)
    if not matter:
        return
    for key, value in _scalars(matter[2]):
        address = value
        if key in last:
            folder = path.parent.parent if path.stem in ("index", "_index") else path.parent
            address = f"{folder.as_posix()}/{value}/" if folder.parts else f"{value}/"
        elif key not in whole:
            continue
        yield from _files(_filled(address, path))


def _scalars(matter: str) -> Iterator[tuple[str, str]]:
    """The keys at the outermost level whose values are one plain or quoted word."""
    for line in matter.splitlines():
        if found := re.match(r"""(\w{1,40})[ \t]*[:=][ \t]*(?:"([^"]+)"|'([^']+)'|([^\s"'#\[{][^#]*))""", line):
            yield found[1], (found[2] or found[3] or found[4]).strip()


def _filled(address: str, path: PurePosixPath) -> str:
    """An address with the words that the file's name tells (:title, :year); nothing where there are others."""
    dated = _DATED.match(path.name)
    title = path.stem[dated.end() :] if dated else path.stem
    known = {"title": title, "slug": title, "name": title, "basename": path.stem} | (dated.groupdict() if dated else {})
    filled = re.sub(r":([a-z_]+)", lambda word: known.get(word[1], word[0]), address)
    return "" if re.search(r":[a-z_]|\{\{|\{%|://", filled) else filled


def _files(address: str) -> Iterator[str]:
    """The files that a server would look for at an address."""
    path = address.strip().lstrip("/")
    if not address or ("/" not in address and "." not in address):
        return  # a style ("pretty"), or no address at all
    if path.endswith("/") or not path:
        yield f"{path}index.html"
    elif path.endswith((".html", ".htm")):
        yield path
    else:
        yield from (f"{path}/index.html", f"{path}.html")
