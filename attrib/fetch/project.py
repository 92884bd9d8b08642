"""What a page is called within its project, however it was named and from wherever.

In: the name of a page, as typed. Out: its path from the top of its project, with forward slashes; the name itself where
it is no file. Nothing is read but which folders hold a mark of a project.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

__all__ = ["name_in_project"]

_MARKS = (".git", "attrib.toml", "pyproject.toml")  # the nearest folder with one of these is the top


def name_in_project(source: str) -> str:
    """One name for a.html, ./a.html and the absolute path; without a project, as seen from the current folder."""
    folder, name = os.path.split(source)
    if "://" in source or not name or not os.path.lexists(source):
        return source
    return _within(folder, os.getcwd()) + name  # noqa: PTH109


@lru_cache(maxsize=4096)
def _within(folder: str, here: str) -> str:
    """A folder as seen from the top of its project, with a slash behind it; `here` is the current one."""
    true = Path(os.path.realpath(folder or here))
    tops = (top for top in (true, *true.parents) if any((top / mark).exists() for mark in _MARKS))
    seen = Path(os.path.relpath(true, next(tops, here))).as_posix()
    return "" if seen == "." else f"{seen}/"
