"""Among many fingerprints, which are worth comparing: all pairs of a set, or one picture against a million.

Every point of a picture has 64 bits; parts of them are words, as in a book's index. Two pictures that share the words
of a few points propose each other, however they are cropped; mirroring only flips known bits of a word. Hashes of the
whole propose what has few points. Nothing is decided here.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from attrib.read.pixels.align import BITS, LOOSE, OCTAVES
from attrib.read.pixels.points import MIRROR, POINT, UNIT, frame
from attrib.read.pixels.verify import NEAR, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from attrib.read.pixels.prints import Fingerprint, View

    Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]

__all__ = ["Index", "candidates"]

NEIGHBOURS = 8  # points of one pair of pictures that are asked whether they lie alike
LONG = 96  # entries of one word up to this many are paired each with each
CLOSE, WHOLE = 6, 12  # bits of 64 in which whole-picture hashes of a candidate may differ; where points are few
MIRRORED = int("01" * 32, 2)  # bits of a whole picture's pHash that mirroring turns: odd horizontal frequencies
SPARSE = 12  # points of a picture below which they are few
WORD = 24  # bits of an index's words, at most
COMMON = 600  # entries of a word (round dots, grids, a picture met everywhere) from which only the FIRST are asked
FIRST = 32
NEAREST = 8  # bits of 64 in which the whole picture's hashes may differ for that alone to propose one of a million
MAGIC = b"attrib index 2\n"
LAYOUT = (("ids", "<u4"), ("phash", "<u8"), ("dhash", "<u8"), ("starts", "<u4"), ("postings", "<u4"))
VOTES = 3  # points of a query that must find a picture
PROPOSED = 64  # pictures proposed to a query, most votes first


def candidates(prints: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """The pairs (by index, smaller first) that are worth verifying: points that lie alike, or near whole hashes.

    A point's 64 bits are cut into three words. Two pictures propose each other when two of their points share a word,
    straight or mirrored, are alike altogether, and lie to each other in the one as they do in the other. Measured on
    2,160 newsroom edits: 3 escape that pixels would confirm; of pairs of other pictures 1 in 4,000 is proposed.
    """
    views = [(k, view) for k, print_ in enumerate(prints) for view in print_.views]
    if len(views) < 2:
        return []
    keys = _distinct(np.concatenate([_by_points(prints, views), _by_whole(len(prints), views)]))
    return [(int(key // len(prints)), int(key % len(prints))) for key in keys]


def _by_points(prints: Sequence[Fingerprint], views: list[tuple[int, View]]) -> NDArray[np.int64]:
    """Pairs two of whose points lie alike, as a * count + b."""
    each = [np.frombuffer(view.points, POINT) for _, view in views]
    owner = np.repeat(np.array([k for k, _ in views], np.int32), [len(points) for points in each])
    points = np.concatenate(each)
    bits = np.ascontiguousarray(points["bits"])
    width = max(12, min(WORD, round(np.log2(len(bits) + 1)) + 1))

    def alike(p: NDArray[np.int32], q: NDArray[np.int32]) -> NDArray[np.bool_]:
        apart = bits[p] ^ bits[q]
        fit = np.minimum(np.bitwise_count(apart), np.bitwise_count(apart ^ np.uint64(MIRROR))) <= BITS
        return np.asarray(fit & (owner[p] != owner[q]))

    met: list[Pairs] = []
    for band in range(3):
        mask = np.uint64((1 << width) - 1)
        turn = np.uint64((MIRROR >> (band * 20)) & ((1 << width) - 1))
        word = (bits >> np.uint64(band * 20)) & mask
        met.extend(_equal(np.minimum(word, word ^ turn), alike))
    p, q = (np.concatenate([pair[k] for pair in met]) for k in (0, 1))
    return _lying_alike(prints, points, owner, p, q)


def _lying_alike(
    prints: Sequence[Fingerprint], points: NDArray[Any], owner: NDArray[np.int32], p: NDArray[Any], q: NDArray[Any]
) -> NDArray[np.int64]:
    """Of the pairs of pictures whose points p and q are alike, those with two such that agree on scale and place."""
    swap = owner[p] > owner[q]
    code = _distinct((np.where(swap, q, p).astype(np.int64) << 32) | np.where(swap, p, q))
    p, q = code >> 32, code & 0xFFFFFFFF
    key = owner[p] * np.int64(len(prints)) + owner[q]
    order = np.argsort(key, kind="stable")
    p, q, key = p[order], q[order], key[order]
    same = np.concatenate([[False], key[1:] == key[:-1], [False]])
    several = same[1:] | same[:-1] if len(key) else np.zeros(0, np.bool_)  # pictures with one such point only are out
    p, q, key = p[several], q[several], key[several]
    apart = points["bits"][p] ^ points["bits"][q]
    mirror = np.bitwise_count(apart ^ np.uint64(MIRROR)) < np.bitwise_count(apart)
    px, py, ps = (points[name][p] / np.float32(UNIT) for name in ("x", "y", "scale"))
    qx, qy, qs = (points[name][q] / np.float32(UNIT) for name in ("x", "y", "scale"))
    wide = np.array([frame(print_.height, print_.width)[1] for print_ in prints], np.float32)
    qx = np.where(mirror, wide[owner[q]] - 1 - qx, qx)
    ratio = qs / np.maximum(ps, np.float32(1 / UNIT))
    size = np.log2(np.maximum(ratio, np.float32(1 / UNIT)))
    found = [np.zeros(0, np.int64)]
    for step in range(1, NEIGHBOURS + 1):
        i = np.flatnonzero(key[step:] == key[:-step]) + step
        j = i - step
        dx = qx[j] + (px[i] - px[j]) * ratio[j] - qx[i]
        dy = qy[j] + (py[i] - py[j]) * ratio[j] - qy[i]
        fit = (dx * dx + dy * dy < LOOSE * LOOSE) & (np.abs(size[i] - size[j]) < OCTAVES)
        fit &= (mirror[i] == mirror[j]) & (p[i] != p[j]) & (q[i] != q[j])
        found.append(key[i[fit]])
    return _distinct(np.concatenate(found))


def _by_whole(count: int, views: list[tuple[int, View]]) -> NDArray[np.int64]:
    """Pairs whose whole-picture hashes are near, straight or mirrored, as a * count + b.

    One of the two hashes must be close, and the other not far: skies are near by one alone. On 49,500 pairs of copies
    the points left 8 to this, none of which was farther than 15 bits by either.
    """
    who = np.array([k for k, _ in views], np.int64)
    phash, dhash = (np.array([getattr(v, name) for _, v in views], np.uint64) for name in ("phash", "dhash"))
    other = np.array([turned(v.dhash) for _, v in views], np.uint64)
    both = np.concatenate([dhash, other])  # a picture's words beside the mirrored words of the others

    def apart(p: NDArray[np.int32], q: NDArray[np.int32]) -> NDArray[np.bool_]:
        return np.asarray(who[p % len(who)] != who[q % len(who)])

    met: list[Pairs] = []
    for band in range(4):
        low = np.uint64(16 * band)
        for hashes in (phash, dhash, both):
            met.extend(_equal(hashes >> low & np.uint64(0xFFFF), apart))
    p, q = (np.concatenate([pair[k] for pair in met]).astype(np.int64) % len(who) for k in (0, 1))
    code = _distinct((np.minimum(p, q) << 32) | np.maximum(p, q))
    p, q = code >> 32, code & 0xFFFFFFFF
    points = np.array([len(v.points) // POINT.itemsize for _, v in views])
    close = np.where(np.minimum(points[p], points[q]) < SPARSE, WHOLE, CLOSE)
    near = np.zeros(len(p), np.bool_)
    for flip, turned_dhash in ((0, dhash), (MIRRORED, other)):
        one = np.bitwise_count(phash[p] ^ phash[q] ^ np.uint64(flip))
        two = np.bitwise_count(dhash[p] ^ turned_dhash[q])
        near |= (np.minimum(one, two) <= close) & (np.maximum(one, two) <= NEAR)
    a, b = who[p[near]], who[q[near]]
    return np.asarray(np.minimum(a, b) * count + np.maximum(a, b))


def _distinct(values: NDArray[Any]) -> NDArray[Any]:
    """The values in order, each once. `np.unique` asks a table of hashes from numpy 2.3 on, a hundred times slower."""
    ordered = np.sort(values, axis=None)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def _equal(words: NDArray[np.uint64], keep: Callable[..., NDArray[np.bool_]]) -> Iterator[Pairs]:
    """Pairs of entries that have a word in common, those that `keep` says of (p, q) are worth keeping.

    In a crowd, where more than `LONG` entries share one word, each is paired with the first and the one before it only,
    so that one picture met ten thousand times costs ten thousand pairs and not fifty million.
    """
    order = np.argsort(words, kind="stable").astype(np.int32)
    word = words[order]
    starts = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
    lengths = np.diff(np.concatenate([starts, [len(word)]]))
    start = np.repeat(starts, lengths)
    crowd = np.repeat(lengths > LONG, lengths)
    at = np.flatnonzero(crowd & (np.arange(len(word)) > start))
    pairs = [(order[start[at]], order[at]), (order[at - 1], order[at])]
    at = np.flatnonzero(~crowd)
    for step in range(LONG):
        for p, q in pairs:
            kept = keep(p, q)
            yield p[kept], q[kept]
        at = at[at - step > start[at]]
        if not len(at):
            break
        pairs = [(order[at - step - 1], order[at])]


@dataclass(frozen=True, slots=True)
class Index:
    """The words of many pictures, for one against all: `postings` of the word w are `postings[starts[w]:starts[w+1]]`.

    A posting is a view's place in the set the index was made of, `ids` the picture each view belongs to. 4 bytes a
    point and 24 a picture, and 67 MB for the words themselves: about 310 bytes a picture at a million.
    """

    ids: NDArray[np.uint32]
    phash: NDArray[np.uint64]
    dhash: NDArray[np.uint64]
    starts: NDArray[np.uint32]
    postings: NDArray[np.uint32]

    @staticmethod
    def of(rows: Iterable[tuple[int, int, int, bytes]]) -> Index:
        """Index views given as (picture's id, phash, dhash, points)."""
        ids, phash, dhash, points = [], [], [], []
        for id_, p, d, data in rows:
            ids.append(id_)
            phash.append(p)
            dhash.append(d)
            points.append(data)
        lengths = [len(p) // POINT.itemsize for p in points]
        bits = np.frombuffer(b"".join(points), POINT)["bits"]
        width = max(8, min(WORD, round(np.log2(len(bits) + 2))))
        words = (bits & np.uint64((1 << width) - 1)).astype(np.uint32)
        del bits, points
        order = np.argsort(words, kind="stable")
        owner = np.repeat(np.arange(len(ids), dtype=np.uint32), lengths)
        starts = np.zeros((1 << width) + 1, np.uint32)
        np.cumsum(np.bincount(words, minlength=1 << width), out=starts[1:])
        whole = [np.array(hashes, np.uint64) for hashes in (phash, dhash)]
        return Index(np.array(ids, np.uint32), whole[0], whole[1], starts, owner[order])

    def find(self, view: View) -> list[int]:
        """Ids of pictures worth comparing with this one, straight or mirrored, likeliest first; `PROPOSED` at most."""
        if not len(self.ids):
            return []
        width = len(self.starts).bit_length() - 1
        mask = np.uint64((1 << width) - 1)
        bits = np.frombuffer(view.points, POINT)["bits"]
        flips = np.concatenate([[0], 1 << np.arange(width)]).astype(np.uint32)
        votes = np.zeros(len(self.ids), np.int64)
        for turn in (0, MIRROR):
            words = ((bits ^ np.uint64(turn)) & mask).astype(np.uint32)
            near = _distinct(words[:, None] ^ flips)
            low = self.starts[near].astype(np.int64)
            size = self.starts[near + 1].astype(np.int64) - low
            size[size > COMMON] = FIRST
            ends = np.cumsum(size)
            at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(low - ends + size, size)
            np.maximum(votes, np.bincount(self.postings[at], minlength=len(votes)), out=votes)
        apart = np.bitwise_count(self.phash ^ np.uint64(view.phash))
        for hash_ in (view.dhash, turned(view.dhash)):
            np.minimum(apart, np.bitwise_count(self.dhash ^ np.uint64(hash_)), out=apart)
        close = np.flatnonzero(apart <= NEAREST)
        close = close[np.argsort(apart[close], kind="stable")[: PROPOSED // 2]]
        some = np.flatnonzero(votes >= VOTES)
        some = some[np.argsort(-votes[some], kind="stable")[:PROPOSED]]
        both = np.concatenate([some[: PROPOSED // 2], close, some[PROPOSED // 2 :]])
        return list(dict.fromkeys(int(k) for k in self.ids[both]))[:PROPOSED]

    def save(self, path: Path, note: str) -> None:
        """Keep the index in a file; `note` is handed back by `load`. A reader never sees half of it."""
        arrays = [np.ascontiguousarray(getattr(self, name)) for name, _ in LAYOUT]
        head = json.dumps({"note": note, "lengths": [len(a) for a in arrays]}).encode()
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with part.open("wb") as file:
            file.write(MAGIC + _sum(head, arrays) + len(head).to_bytes(4, "little") + head)
            for array in arrays:
                file.write(bytes(-file.tell() % 64))
                array.tofile(file)
        part.replace(path)

    @staticmethod
    def load(path: Path) -> tuple[Index, str] | None:
        """The index in a file and its note; None when there is none, or it is not whole."""
        try:
            with path.open("rb") as file:
                if file.read(len(MAGIC)) != MAGIC:
                    return None
                kept, size = file.read(4), int.from_bytes(file.read(4), "little")
                words = file.read(min(size, path.stat().st_size))
                head = json.loads(words)
                arrays = []
                for (_, kind), length in zip(LAYOUT, head["lengths"], strict=True):
                    file.seek(-file.tell() % 64, os.SEEK_CUR)
                    arrays.append(np.fromfile(file, kind, min(length, path.stat().st_size)))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return (Index(*arrays), str(head["note"])) if _sum(words, arrays) == kept else None


def _sum(head: bytes, arrays: Sequence[NDArray[Any]]) -> bytes:
    """What tells an index that is whole from one that is cut short or has changed on its disk."""
    total = zlib.crc32(head)
    for array in arrays:
        total = zlib.crc32(array.data, total)
    return total.to_bytes(4, "little")
