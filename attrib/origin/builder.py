"""A site builder, as its layout of folders, its own settings and its files tell it.

In: facts of `data/builders.toml`, the folder of the site. Out: the source files that a built page may be made from:
those that say so themselves, those that the layout puts there, else the one whose address is the same but for signs.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from glob import escape
from pathlib import Path, PurePosixPath
from typing import Any

from ..fetch import read_file
from .matter import HEAD, Addressing, addresses, head_of, loose
from .outline import Outline, outline
from .pattern import Pattern, read_pattern

__all__ = ["SUFFIXES", "Builder", "read_builder"]

SUFFIXES = (".md", ".markdown", ".html", ".njk", ".liquid", ".webc", ".hbs")
_LEFT_OUT = frozenset({"node_modules", "vendor", "__pycache__"})


def read_builder(facts: Mapping[str, Any], base: Path, out: str) -> Builder:
    """A builder of these facts in the folder `base`; `out` is where its pages are, where that was said."""
    said = _settings(facts["config"], base)
    out = out or _folder(said, facts["out_key"]) or facts["out"]
    own = _folder(said, facts["content_key"])
    content = [own] if own else facts["content"]
    patterns = tuple(
        read_pattern(page.replace("{out}", out).replace("{in}/", "" if folder == "." else f"{folder}/"))
        for folder in content
        for page in facts["pages"]
    )
    styles = facts.get("styles", {})
    permalinks = dict(facts.get("usual", {}))
    for key, folder in facts.get("permalinks", {}).items():
        before, star, after = key.partition("*")
        for name, values in said.items():
            word = name.removeprefix(before).removesuffix(after)
            if name == f"{before}{word}{after}" and "." not in word and bool(word) == bool(star):
                permalinks[folder.replace("*", word.casefold()) if star else folder] = styles.get(values[0], values[0])
    how = Addressing(tuple(facts["address"]), tuple(facts["name"]), permalinks, styles, facts.get("titled", False))
    return Builder(
        base, out, patterns, tuple(content), how, facts.get("folder_data", ()), facts.get("languages", False)
    )


@dataclass(frozen=True)
class Builder:
    """Where a builder's pages are, and how it names them. Paths are seen from `base`."""

    base: Path
    out: str
    patterns: tuple[Pattern, ...]
    content: tuple[str, ...]
    how: Addressing
    folder_data: Sequence[str] = ()
    languages: bool = False  # whether a file may say its language before its ending: ferry.de.md

    def of(self, page: str) -> Iterator[str]:
        """The source files that a page may mean, likeliest first."""
        if said := self._said[0].get(page):
            yield escape(said)
        yield from (source for pattern in self.patterns for source in pattern.of(page))
        if len(alike := self._said[1].get(_loosely(page), ())) == 1:
            yield from map(escape, alike)

    @cached_property
    def _said(self) -> tuple[Mapping[str, str], Mapping[str, set[str]]]:
        """The built pages that source files name; of two files that name the same, the first. And the same loosely."""
        said: dict[str, str] = {}
        alike: defaultdict[str, set[str]] = defaultdict(set)
        for folder in self.content:
            top = self.base / folder
            data: dict[Path, Outline] = {}
            for path in _sources(top, self.base / self.out):
                inside = PurePosixPath(path.relative_to(top).as_posix())
                name = path.relative_to(self.base).as_posix()
                head = head_of(_beginning(path))
                language = self.languages and re.search(r"\.([a-z]{2}(?:-[a-z]+)?)$", inside.stem)
                where = self.out
                if language:  # its pages have a folder of their own, but for addresses in full
                    inside = inside.with_name(inside.name.replace(language[0], "", 1))
                    where += "" if any(key in head for key in self.how.whole) else f"/{language[1]}"
                named = [*addresses(head, inside, self._how_in(path.parent, inside.parent, data))]
                for address in named:
                    said.setdefault(f"{where}/{address}", name)
                plain = inside.parent if inside.stem in ("index", "_index") else inside.with_suffix("")
                for address in (*named, f"{plain.as_posix()}/index.html"):
                    alike[_loosely(f"{where}/{address}")].add(name)
        return said, alike

    def _how_in(self, folder: Path, inside: PurePosixPath, data: dict[Path, Outline]) -> Addressing:
        """The addressing of the files in a folder, which may have a file that speaks for all in it."""
        if not self.folder_data:
            return self.how
        if folder not in data:
            names = [name.replace("*", folder.name) for name in self.folder_data]
            data[folder] = _settings(names, folder)
        permalink = next((data[folder][key][0] for key in self.how.whole if key in data[folder]), "")
        if not permalink:
            return self.how
        return replace(self.how, permalinks={**self.how.permalinks, inside.as_posix().casefold(): permalink})


def _loosely(page: str) -> str:
    """A built page, whether it is a folder's index or has its own name."""
    return loose(page.removesuffix(".html").removesuffix("/index"))


def _settings(names: Iterable[str], folder: Path) -> Outline:
    """What the first of these files that is there says."""
    for name in names:
        if (folder / name).is_file():
            return outline(_beginning(folder / name, None), name)
    return {}


def _folder(said: Outline, key: str) -> str:
    """The folder below the site's own that a key names."""
    path = PurePosixPath(next(iter(said.get(key, ())), ""))
    return "" if path.is_absolute() or ".." in path.parts or not path.parts else path.as_posix()


def _beginning(path: Path, length: int | None = HEAD) -> str:
    data = read_file(path)
    return data[:length].decode("utf-8", "replace") if isinstance(data, bytes) else ""


def _sources(folder: Path, out: Path) -> Iterator[Path]:
    """The files below a folder that a page can be made from, in order; not those that were built."""
    for top, folders, names in os.walk(folder):
        here = Path(top)
        folders[:] = sorted(
            name for name in folders if name not in _LEFT_OUT and not name.startswith(".") and here / name != out
        )
        yield from (here / name for name in sorted(names) if name.endswith(SUFFIXES))
