"""What the names on the command line stand for: files, folders, globs, `-`, addresses.

In: names as typed. Out: `Place` values, sorted, each file once; or a `Failure` for a name that stands for nothing.
Folders are walked as git would see them. No file is read here but .gitignore.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..model import Failure
from .disk import KINDS, Place, kind_of_name, reason
from .web import is_address

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    Ignores = tuple[tuple[Path, GitIgnoreSpec], ...]

_LEFT_OUT = frozenset({".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", ".attrib_cache"})


def find(names: Iterable[str], *, stdin_filename: str | None = None) -> list[Place | Failure]:
    """The places that `names` stand for, sorted by name, each file once; failures stand in their place."""
    found: dict[str, Place | Failure] = {}
    for name in names:
        for place in _places(name, stdin_filename):
            found.setdefault(_identity(place), place)
    return sorted(found.values(), key=_name)


def _places(name: str, stdin_filename: str | None) -> Iterator[Place | Failure]:
    """What one name stands for."""
    if name == "-":
        near = Path(stdin_filename) if stdin_filename else None
        yield Place(stdin_filename or "-", near, kind_of_name(stdin_filename or ""), stdin=True)
        return
    if is_address(name):
        yield Place(name)
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif os.path.lexists(path) or not re.search(r"[*?\[]", name):
            yield Place(name, path, kind_of_name(name))
        else:
            yield from _glob(name)
    except (OSError, ValueError) as error:  # a NUL in the name, a name too long
        yield Failure(name, f"cannot be read: {reason(error)}", "Check the path and its permissions.")


def _glob(pattern: str) -> Iterator[Place | Failure]:
    """The pages a pattern stands for, for shells that leave it to the program."""
    from glob import glob

    any_kind = bool(re.search(r"\.\w+$", pattern))  # a pattern that says its ending means it
    found = False
    for name in sorted(glob(pattern, recursive=True)):  # noqa: PTH207  (keeps the spelling a person typed)
        path = Path(name)
        if (any_kind or kind_of_name(name)) and not path.is_dir():
            found = True
            yield Place(path.as_posix(), path, kind_of_name(name))
    if not found:
        yield Failure(pattern, "no page matches this pattern", "Check the pattern, or name a folder.")


def _folder(folder: Path) -> Iterator[Place | Failure]:
    """The pages below a folder, but what git ignores."""
    real = folder.resolve()
    found = False
    for place in _walk(folder, real, _ignores_above(real)):
        found = True
        yield place
    if not found:
        yield Failure(folder.as_posix(), f"holds no page ({' '.join(KINDS)})", "Name another folder, or the files.")


def _walk(folder: Path, real: Path, ignores: Ignores) -> Iterator[Place | Failure]:
    """The pages in a folder and those below it. `real` is its true path. Linked folders are not entered."""
    try:
        entries = sorted(os.scandir(real), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(folder.as_posix(), f"cannot be listed: {reason(error)}", "Change its permissions.")
        return
    own = _ignore_file(real)
    ignores = (*ignores, (real, own)) if own else ignores
    for entry in entries:
        path, name = folder / entry.name, entry.name
        if entry.is_dir(follow_symlinks=False):
            if name not in _LEFT_OUT and not _ignored(real / name, ignores, "/"):
                yield from _walk(path, real / name, ignores)
        elif kind_of_name(name) and _is_file(entry) and not _ignored(real / name, ignores):
            yield Place(path.as_posix(), path, kind_of_name(name))


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is to be read: a file, or a link that leads to none and so deserves a word; no pipe, no device."""
    try:
        return entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))  # noqa: PTH110
    except OSError:  # a link to itself
        return True


def _ignores_above(folder: Path) -> Ignores:
    """The .gitignore files between the top of the repository and a folder, outermost first."""
    if (folder / ".git").exists():
        return ()
    above: list[Path] = []
    for parent in folder.parents:
        above.insert(0, parent)
        if (parent / ".git").exists():
            return tuple((place, spec) for place in above if (spec := _ignore_file(place)))
    return ()  # not in a repository: only the folder's own files count


def _ignore_file(folder: Path) -> GitIgnoreSpec | None:
    """What the folder's .gitignore says, if it has one."""
    file = folder / ".gitignore"
    if not file.is_file():
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(file.read_text("utf-8", "replace").splitlines())
    except (OSError, ValueError):
        return None  # git, too, goes on without a pattern it cannot read


def _ignored(path: Path, ignores: Ignores, end: str = "") -> bool:
    """Whether git would leave it out. The innermost file that has an opinion decides, as in git."""
    for folder, spec in reversed(ignores):
        answer = spec.check_file(path.relative_to(folder).as_posix() + end).include
        if answer is not None:
            return answer
    return False


def _identity(place: Place | Failure) -> str:
    """What makes two names the same input."""
    if isinstance(place, Failure) or place.stdin or place.path is None:
        return f"{place.source if isinstance(place, Failure) else place.name}\0"
    return os.path.abspath(place.path)  # noqa: PTH100  (a link and its target are two names a reader may look for)


def _name(place: Place | Failure) -> str:
    return place.source if isinstance(place, Failure) else place.name
