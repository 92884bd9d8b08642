"""The addresses that a file may have, by what stands at its head (front matter) and by its builder's permalinks.

In: the beginning of a file, its path, and the `Addressing` of its builder. Out: the built files it may become, as paths
from the top of the site. Letters and signs are as they stand there: builders write them in ways of their own, which is
why pages are known by `loose`. Where an address holds words that cannot be filled in, it is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..words import day
from .outline import Outline, outline, yaml_outline

__all__ = ["HEAD", "Addressing", "addresses", "head_of", "loose"]

HEAD = 8192  # bytes: front matter that is longer is cut
_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)-")
_FILLED = re.compile(r":([a-z_]+)|\{\{-?\s*(?:page\.)?(\w+)\s*(?:\|\s*slug\w*\s*)?-?\}\}")
_UNFILLED = re.compile(r":[a-z_]|\{\{|\{%|<%|\$\{|://")


@dataclass(frozen=True, slots=True)
class Addressing:
    """How a builder comes to an address: keys at a file's head for a `whole` one or its `last` part; permalinks.

    `permalinks` are by folder ("posts", "**/_posts" for one of this name anywhere) or by file ("posts/_index").
    `styles` are words that stand for some; `titled` says that :title is the one at the head and not the file's name.
    """

    whole: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    permalinks: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, str] = field(default_factory=dict)
    titled: bool = False


def head_of(text: str) -> Outline:
    """What a file says of itself at its head, in YAML, TOML or JSON."""
    if text.lstrip("\ufeff").startswith("{"):
        end = text.find("\n}")
        return outline(text.lstrip("\ufeff")[: end + 2] if end >= 0 else text.partition("\n")[0], ".json")
    matter = _MATTER.match(text)
    if not matter:
        return {}
    return outline(matter[2], ".toml") if matter[1] == "+++" else yaml_outline(matter[2])


def addresses(head: Outline, path: PurePosixPath, how: Addressing) -> Iterator[str]:
    """The built files that a file says it becomes, or that the permalinks say of it."""
    words = _words(head, path, how.titled)
    given = [value for key in how.whole for value in head.get(key, ())[:1]]
    if not given and (permalink := _permalink(path, how)):
        given = [permalink]
    for value in given:
        style = how.styles.get(value, value)
        if style not in ("true", "false", "none", "pretty"):
            yield from _files(_filled(style, words))
    bundle = path.stem in ("index", "_index")
    folder = path.parent.parent if bundle else path.parent
    for value in (value for key in how.last for value in head.get(key, ())[:1]):
        yield from _files(f"{folder.as_posix()}/{value}/" if folder.parts else f"{value}/")


def loose(address: str) -> str:
    """What different ways to write an address have in common: its folders, each with its letters and digits only.

    Accents and capitals do not count, nor whether ü became u or ue.
    """
    plain = unicodedata.normalize("NFKD", address.casefold())
    folders = ("".join(filter(str.isalnum, folder)) for folder in plain.split("/") if folder != ".")
    return re.sub("([aou])e", r"\1", "/".join(folders))


def _permalink(path: PurePosixPath, how: Addressing) -> str:
    """That of the file, or of the nearest folder that has one."""
    own = path.with_suffix("").as_posix().casefold()
    if own in how.permalinks or path.stem == "_index":
        return how.permalinks.get(own, "")
    for folder in path.parents:
        for name in (folder.as_posix().casefold(), f"**/{folder.name}"):
            if name in how.permalinks:
                return how.permalinks[name]
    return ""


def _words(head: Outline, path: PurePosixPath, titled: bool) -> dict[str, str]:
    """What the words of permalinks stand for, by the names that Hugo, Jekyll and Eleventy have for them."""

    def said(key: str) -> str:
        return " ".join(head.get(key, ())[:1]).replace("/", " ")

    name = path.parent.name if path.stem in ("index", "_index") and path.parent.name else path.stem
    bare = _DATED.sub("", name, count=1) if _DATED.match(name) else name
    slug = said("slug")
    title = (said("title") if titled else slug) or bare
    stem = path.parent / bare
    inside = PurePosixPath(*path.parts[1:-1], bare)
    above = [part for part in path.parent.parts if not part.startswith("_")]
    categories = head.get("categories") or head.get("category") or ()
    if len(categories) == 1:
        categories = tuple(categories[0].split())
    words = {
        "title": title, "slug": slug or title, "slugorfilename": slug or name, "slugorcontentbasename": slug or name,
        "filename": name, "contentbasename": name, "name": bare, "basename": name, "fileSlug": bare,
        "filePathStem": f"/{stem.as_posix()}", "path": inside.as_posix(), "section": path.parts[0],
        "sections": path.parent.as_posix(), "collection": path.parts[0].lstrip("_"), "output_ext": ".html",
        "categories": "/".join((*above, *categories)),
    }  # fmt: skip
    if dated := day(said("date")) or day(name):
        forms = {"year": "%Y", "month": "%m", "day": "%d", "short_year": "%y", "y_day": "%j", "yearday": "%j",
                 "week": "%V", "w_year": "%G", "short_day": "%a", "weekdayname": "%A", "monthname": "%B",
                 "long_month": "%B", "short_month": "%b", "long_day": "%A"}  # fmt: skip
        words |= {word: dated.strftime(form) for word, form in forms.items()}
        words |= {"i_month": str(dated.month), "i_day": str(dated.day)}
    return words


def _filled(address: str, words: Mapping[str, str]) -> str:
    """An address with its words filled in; nothing where there are others."""
    filled = _FILLED.sub(lambda word: words.get(word[1] or word[2], word[0]), address)
    return "" if _UNFILLED.search(filled) else filled


def _files(address: str) -> Iterator[str]:
    """The files that a server would look for at an address."""
    path = re.sub("/+", "/", address.strip()).lstrip("/")
    if not address:
        return
    if path.endswith("/") or not path:
        yield f"{path}index.html"
    elif path.endswith((".html", ".htm")):
        yield path
    else:
        yield from (f"{path}/index.html", f"{path}.html")
