"""Many fingerprints become pairs and groups of pictures that look the same.

`scan` walks files and folders, `pairs` finds every two that match, `groups` gathers them around a representative:
likeness is not transitive, so a member's distance is always the distance to the representative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from attrib.model import Failure
from attrib.read.pixels import Fingerprint, Match, compare, fingerprint

__all__ = ["Group", "Pair", "groups", "pairs", "scan"]

ENDINGS = "jpg jpeg jpe jfif mpo png apng gif webp tif tiff bmp avif heic heif jp2 j2k ico svg pnm ppm pgm"
SUFFIXES = frozenset(f".{ending}" for ending in ENDINGS.split(" "))
LARGEST = 200_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures that look the same, by name; `a` sorts before `b`."""

    a: str
    b: str
    match: Match


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that look like `representative`, each with its match to it, by name."""

    representative: str
    members: tuple[tuple[str, Match], ...]


def pairs(items: Sequence[tuple[str, Fingerprint]]) -> list[Pair]:
    """Every two of the named fingerprints that match, sorted by name."""
    found = []
    items = sorted(items, key=lambda item: item[0])
    for i, (a, left) in enumerate(items):
        for b, right in items[i + 1 :]:
            match = compare(left, right)
            if match is not None:
                found.append(Pair(a, b, match))
    return found


def groups(items: Sequence[tuple[str, Fingerprint]], found: Sequence[Pair] | None = None) -> list[Group]:
    """The pairs gathered around representatives: the picture with most matches first, ties to the larger, then name.

    `found` are the pairs of the same items, when they are known already.
    """
    prints = dict(items)
    near: dict[str, dict[str, Match]] = {}
    for pair in pairs(items) if found is None else found:
        near.setdefault(pair.a, {})[pair.b] = pair.match
        near.setdefault(pair.b, {})[pair.a] = pair.match

    def rank(name: str) -> tuple[int, int, str]:
        return -len(near[name]), -prints[name].width * prints[name].height, name

    made, taken = [], set[str]()
    for name in sorted(near, key=rank):
        if name in taken:
            continue
        members = tuple(sorted((other, m) for other, m in near[name].items() if other not in taken and other != name))
        if members:
            made.append(Group(name, tuple(sorted(members, key=lambda item: (item[1].distance, item[0])))))
            taken.update((name, *(other for other, _ in members)))
    return sorted(made, key=lambda group: group.representative)


def scan(
    paths: Iterable[str | Path], progress: Callable[[int, int], None] | None = None
) -> tuple[list[tuple[str, Fingerprint]], list[Failure]]:
    """Fingerprint the files named and every picture in the folders named.

    Below a folder only files with a picture's ending are looked at; a file named itself must be a picture. `progress`
    is told how many are done, and of how many. Gives (name, fingerprint) in order of name, and what could not be read.
    """
    failures: list[Failure] = []
    files: dict[str, None] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            files.update(dict.fromkeys(map(str, inside)))
            if not inside:
                failures.append(Failure(str(given), "a folder with no pictures in it", "Name the folder they are in."))
        else:
            files[str(path)] = None
    made = []
    for done, name in enumerate(sorted(files), 1):
        result = _read(name)
        if isinstance(result, Failure):
            failures.append(result)
        else:
            made.append((name, result))
        if progress:
            progress(done, len(files))
    return made, failures


def _read(name: str) -> Fingerprint | Failure:
    path = Path(name)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return Failure(name, f"too large to read: {size:,} bytes", "Save the picture at the size it is shown in.")
        data = path.read_bytes()
    except FileNotFoundError:
        return Failure(name, "no such file", "Check the path.")
    except OSError as problem:
        return Failure(name, f"cannot be read: {problem.strerror or problem}", "Check its permissions.")
    return fingerprint(data, name)
