"""Many fingerprints become pairs and groups of pictures that look the same.

`scan` walks files and folders, `pairs` finds every two that match, `groups` gathers them around a representative:
likeness is not transitive, so a member's distance is always the distance to the representative.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from attrib.model import Confidence, Failure
from attrib.read.pixels import Fingerprint, Match, alone, candidates, compare, fingerprint_file

__all__ = ["Group", "Pair", "groups", "pairs", "pictures_in", "scan"]

ENDINGS = "jpg jpeg jpe jfif mpo png apng gif webp tif tiff bmp avif heic heif jp2 j2k ico svg pnm ppm pgm"
SUFFIXES = frozenset(f".{ending}" for ending in ENDINGS.split(" "))
BATCH = 256  # pairs a task
CROWD = 16  # byte-identical files up to this many are paired each with each

Each = Callable[[Callable[[str], Fingerprint | Failure], list[str]], Iterable[Fingerprint | Failure]]


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


def pairs(
    items: Sequence[tuple[str, Fingerprint]], progress: Callable[[int, int], None] | None = None, jobs: int = 1
) -> list[Pair]:
    """Every two of the named fingerprints that match, sorted by name.

    Files equal byte by byte are compared once; where more than `CROWD` pictures are one, each is paired with the
    first of them and not with every other. `progress` is told how many candidates are verified, and of how many.
    `jobs` processes verify; the result is the same at any number.
    """
    items = sorted(items, key=lambda item: item[0])
    same: dict[tuple[str, bytes], list[int]] = {}
    for k, (_, print_) in enumerate(items):
        same.setdefault((print_.version, print_.digest), []).append(k)
    firsts = [crowd[0] for crowd in same.values()]
    crowds = {crowd[0]: crowd if len(crowd) <= CROWD else crowd[:1] for crowd in same.values()}
    found: list[tuple[int, int, Match]] = [
        (a, b, Match(0, Confidence.HIGH, "the same file", ("the files are equal byte by byte",)))
        for crowd in same.values()
        for k, b in enumerate(crowd)
        for a in (crowd[:k] if len(crowd) <= CROWD else crowd[: min(k, 1)])
    ]
    proposed = [(firsts[i], firsts[j]) for i, j in candidates([items[k][1] for k in firsts])]
    for (a, b), match in _verified([print_ for _, print_ in items], proposed, progress, jobs):
        found.extend((min(x, y), max(x, y), match) for x in crowds[a] for y in crowds[b])
    return [Pair(items[a][0], items[b][0], match) for a, b, match in sorted(found, key=lambda f: f[:2])]


def _verified(
    prints: list[Fingerprint],
    proposed: list[tuple[int, int]],
    progress: Callable[[int, int], None] | None,
    jobs: int,
) -> Iterator[tuple[tuple[int, int], Match]]:
    """Those of the proposed pairs that match, in order. Processes are given no more than the pairs they verify."""
    batches = [proposed[k : k + BATCH] for k in range(0, len(proposed), BATCH)]
    work = ([(prints[a], prints[b]) for a, b in batch] for batch in batches)
    with ExitStack() as stack:
        if jobs > 1 and len(batches) > 2 * jobs:
            pool = stack.enter_context(ProcessPoolExecutor(jobs, get_context("spawn")))
            results: Iterable[list[Match | None]] = _fed(pool, work, jobs)
        else:
            results = map(_compared, work)
        for done, (batch, matches) in enumerate(zip(batches, results, strict=True), 1):
            yield from ((pair, match) for pair, match in zip(batch, matches, strict=True) if match is not None)
            if progress:
                progress(min(done * BATCH, len(proposed)), len(proposed))


def _fed(
    pool: ProcessPoolExecutor, work: Iterator[list[tuple[Fingerprint, Fingerprint]]], jobs: int
) -> Iterator[list[Match | None]]:
    """Results in order, with only a few batches under way at a time."""
    waiting = deque(pool.submit(_compared, batch) for batch in islice(work, 3 * jobs))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(pool.submit(_compared, batch) for batch in islice(work, 1))


def _compared(batch: list[tuple[Fingerprint, Fingerprint]]) -> list[Match | None]:
    alone()
    return [compare(a, b) for a, b in batch]


def groups(items: Sequence[tuple[str, Fingerprint]], found: Sequence[Pair] | None = None) -> list[Group]:
    """The pairs gathered around the pictures with most matches, ties to the larger, then by name.

    Of those that match all of their group the original stands for it, where that can be told: the largest that was not
    edited. `found` are the pairs of the same items, when they are known already.
    """
    prints = dict(items)
    near: dict[str, dict[str, Match]] = {}
    edits: dict[str, dict[str, list[tuple[str, bool]]]] = {}
    for pair in pairs(items) if found is None else found:
        for side, name, other in (("a", pair.a, pair.b), ("b", pair.b, pair.a)):
            near.setdefault(name, {})[other] = pair.match
            edited = [(what, of == side) for what, of in pair.match.edits if of in ("", side)]
            edits.setdefault(name, {})[other] = edited

    def rank(name: str) -> tuple[int, int, str]:
        return -len(near[name]), -prints[name].width * prints[name].height, name

    made, taken = [], set[str]()
    for hub in sorted(near, key=rank):
        if hub in taken:
            continue
        group = {hub, *near[hub]} - taken
        if len(group) > 1:
            central = [name for name in group if group <= {name, *near[name]}]
            first = min(central, key=lambda name: (_edited(edits[name], group), rank(name)[1], rank(name)))
            members = ((other, near[first][other]) for other in group - {first})
            made.append(Group(first, tuple(sorted(members, key=lambda item: (item[1].distance, item[0])))))
            taken |= group
    return sorted(made, key=lambda group: group.representative)


def _edited(edits: Mapping[str, Sequence[tuple[str, bool]]], group: Set[str]) -> int:
    """In how many pairs of its group a picture seems to be the edited one; 0 where they are too few to tell.

    Where the side is known, one pair of ten is enough. An edit whose side no pair tells (a mirror, something laid over)
    lies between the edited one and all others, and between the original and the edited ones alone: two pairs at least
    are asked for, and half of them. `edits` of the picture, by the name of the other: each with whether it is known to
    be done to this one.
    """
    others = group & edits.keys()
    told = [edit for other in others for edit in edits[other]]
    sure = sum(any(known for _, known in edits[other]) for other in others)
    most = max(Counter(what for what, _ in told).values(), default=0)
    return max(sure if 10 * sure > len(others) else 0, most if most >= max(2, len(others) / 2) else 0)


def pictures_in(folder: Path) -> list[str]:
    """The files in a folder and below it that have a picture's ending, sorted."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return list(map(str, sorted(found)))


def scan(
    paths: Iterable[str | Path], progress: Callable[[int, int], None] | None = None, each: Each = map
) -> tuple[list[tuple[str, Fingerprint]], list[Failure]]:
    """Fingerprint the files named and every picture in the folders named.

    Below a folder only files with a picture's ending are looked at; a file named itself must be a picture. `progress`
    is told how many are done, and of how many. `each` applies the reading to every file, in order; another than `map`
    may do so in processes. Gives (name, fingerprint) in order of name, and what could not be read.
    """
    failures: list[Failure] = []
    files: dict[str, None] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = pictures_in(path)
            files.update(dict.fromkeys(inside))
            if not inside:
                failures.append(Failure(str(given), "a folder with no pictures in it", "Name the folder they are in."))
        else:
            files[str(path)] = None
    made = []
    names = sorted(files)
    for done, (name, result) in enumerate(zip(names, each(fingerprint_file, names), strict=True), 1):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            made.append((name, result))
        if progress:
            progress(done, len(names))
    return made, failures
