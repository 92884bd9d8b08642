"""From built pages to the files they were made from, so that a finding lands where it can be mended.

In: patterns, or the names of builders (`data/builders.toml`); then the name of a page. Out: the name of its source
file, seen from the same folder, or None. What a file itself says of its address goes before the layout of folders.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path

from ..lexicon import table
from .builder import SUFFIXES, Builder, read_builder
from .pattern import Pattern, read_pattern

__all__ = ["Origins", "builders", "read_origins"]


def builders() -> tuple[str, ...]:
    """The names of the builders that are known."""
    return tuple(sorted(table("builders")))


def read_origins(values: Sequence[str], base: Path, root: Path | None) -> Origins:
    """The map that these patterns and builders are, in their order, seen from the folder `base`.

    `root` is where a builder's pages are, when it is not where the builder's own settings say, or its usual folder.
    Raises ValueError for a value that is neither.
    """
    found: list[Pattern | Builder] = []
    for value in values:
        if "=" in value:
            found.append(read_pattern(value))
        elif value in builders():
            out = Path(os.path.relpath(root, base)).as_posix() if root else ""
            found.append(read_builder(table("builders")[value], base, out))
        else:
            raise ValueError(f"{value!r} is neither a pattern (built=source) nor one of {', '.join(builders())}")
    return Origins(base, tuple(found))


@dataclass(frozen=True)
class Origins:
    """Built pages and their sources, below one folder."""

    base: Path
    ways: tuple[Pattern | Builder, ...]
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
            found = [name for name in found if name.endswith(SUFFIXES)]
        return Path(found[0]).as_posix() if len(found) == 1 else None
