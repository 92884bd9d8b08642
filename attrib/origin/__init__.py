"""From built pages to the files they were made from, so that a finding lands where it can be mended.

In: patterns, or the names of builders (`data/builders.toml`); then the name of a page. Out: the name of its source
file, seen from the same folder, or None. What a file itself says of its address goes before the layout of folders.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from glob import escape, glob
from pathlib import Path, PurePosixPath
from typing import Any

from ..fetch import read_file
from ..lexicon import table
from .matter import HEAD, addresses
from .pattern import Pattern, read_pattern

__all__ = ["Origins", "builders", "read_origins"]

_SUFFIXES = (".md", ".markdown", ".html", ".njk", ".liquid", ".webc", ".hbs")
_LEFT_OUT = frozenset({"node_modules", "vendor", "__pycache__"})


def builders() -> tuple[str, ...]:
    """The names of the builders that are known."""
    return tuple(sorted(table("builders")))


def read_origins(values: Sequence[str], base: Path, root: Path | None) -> Origins:
    """The map that these patterns and builders are, in their order, seen from the folder `base`.

    `root` is where a builder's pages are, when it is not the builder's usual folder. Raises ValueError for a value that
    is neither.
    """
    found: list[Pattern | _Builder] = []
    for value in values:
        if "=" in value:
            found.append(read_pattern(value))
        elif value in builders():
            facts = table("builders")[value]
            out = Path(os.path.relpath(root, base)).as_posix() if root else facts["out"]
            patterns = tuple(read_pattern(page.replace("{out}", out)) for page in facts["pages"])
            found.append(_Builder(base, out, patterns, facts))
        else:
            raise ValueError(f"{value!r} is neither a pattern (built=source) nor one of {', '.join(builders())}")
    return Origins(base, tuple(found))


@dataclass(frozen=True)
class _Builder:
    """A builder's patterns, and the addresses that files say themselves."""

    base: Path
    out: str
    patterns: tuple[Pattern, ...]
    facts: Mapping[str, Any]

    def of(self, page: str) -> Iterator[str]:
        """The source files that a page may mean, likeliest first."""
        if said := self._said.get(page):
            yield escape(said)
        yield from (source for pattern in self.patterns for source in pattern.of(page))

    @cached_property
    def _said(self) -> Mapping[str, str]:
        """The built pages that source files name at their heads; of two files that name the same, the first."""
        said: dict[str, str] = {}
        for folder in self.facts["content"]:
            top = self.base / folder
            for path in _sources(top, self.base / self.out):
                data = read_file(path)
                head = data[:HEAD].decode("utf-8", "replace") if isinstance(data, bytes) else ""
                inside = PurePosixPath(path.relative_to(top).as_posix())
                for address in addresses(head, inside, self.facts["address"], self.facts["name"]):
                    said.setdefault(f"{self.out}/{address}", path.relative_to(self.base).as_posix())
        return said


@dataclass(frozen=True)
class Origins:
    """Built pages and their sources, below one folder."""

    base: Path
    ways: tuple[Pattern | _Builder, ...]
    _known: dict[str, str | None] = field(default_factory=dict)

    def of(self, page: str) -> str | None:
        """The source file of a page, by the name under which both are seen from the current folder."""
        if page not in self._known:
            self._known[page] = self._find(page)
        return self._known[page]

    def _find(self, page: str) -> str | None:
        if "://" in page or page == "-":
            return None
        inside = Path(os.path.relpath(page, self.base)).as_posix()
        if inside.startswith("../"):
            return None
        for way in self.ways:
            for source in way.of(inside):
                if (found := self._only(source)) is not None and found != inside:
                    return Path(os.path.relpath(self.base / found)).as_posix()
        return None

    def _only(self, source: str) -> str | None:
        """The one file that a source pattern means, if there is one."""
        found = [name for name in glob(source, root_dir=self.base) if (self.base / name).is_file()]  # noqa: PTH207
        if len(found) > 1:  # a wildcard met data files, too
            found = [name for name in found if name.endswith(_SUFFIXES)]
        return Path(found[0]).as_posix() if len(found) == 1 else None


def _sources(folder: Path, out: Path) -> Iterator[Path]:
    """The files below a folder that a page can be made from, in order; not those that were built."""
    for top, folders, names in os.walk(folder):
        here = Path(top)
        folders[:] = sorted(
            name for name in folders if name not in _LEFT_OUT and not name.startswith(".") and here / name != out
        )
        yield from (here / name for name in sorted(names) if name.endswith(_SUFFIXES))
