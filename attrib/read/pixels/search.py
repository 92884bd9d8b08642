"""Among many fingerprints, which are worth comparing: all pairs of a set, or one picture against a million.

Every point of a picture has 64 bits; parts of them are words, as in a book's index. Two pictures that share the words
of a few points propose each other, however they are cropped; mirroring only flips known bits of a word. Hashes of the
whole propose what has few points. Nothing is decided here.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from attrib.read.pixels.points import MIRROR, POINT
from attrib.read.pixels.verify import turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from attrib.read.pixels.prints import Fingerprint, View

__all__ = ["Index", "candidates"]

LONG = 96  # entries of one word up to this many are paired each with each
WHOLE = 14  # bits of 64 in which whole-picture hashes of a candidate may differ
WORD = 24  # bits of an index's words, at most
COMMON = 600  # entries of a word (round dots, grids, a picture met everywhere) from which only the FIRST are asked
FIRST = 32
NEAREST = 8  # bits of 64 in which the whole picture's hashes may differ for that alone to propose one of a million
MAGIC = b"attrib index 1\n"
LAYOUT = (("ids", "<u4"), ("phash", "<u8"), ("dhash", "<u8"), ("starts", "<u4"), ("postings", "<u4"))
VOTES = 3  # points of a query that must find a picture
PROPOSED = 64  # pictures proposed to a query, most votes first


def candidates(prints: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """The pairs (by index, smaller first) that are worth verifying: enough equal points, or near whole hashes.

    A point's 64 bits are cut into three words; two pictures propose each other when at least two of their points
    share a word, straight or mirrored. Measured on 250 hard edits: 1 % escape.
    """
    views = [(k, view) for k, print_ in enumerate(prints) for view in print_.views]
    if len(views) < 2:
        return []
    points = [np.frombuffer(view.points, POINT)["bits"] for _, view in views]
    owner = np.repeat(np.array([k for k, _ in views], np.int64), [len(p) for p in points])
    bits = np.concatenate(points)
    width = max(12, min(24, round(np.log2(len(bits) + 1)) + 1))
    hits = []
    for band in range(3):
        mask = np.uint64((1 << width) - 1)
        turn = np.uint64((MIRROR >> (band * 20)) & ((1 << width) - 1))
        word = (bits >> np.uint64(band * 20)) & mask
        hits.append(_equal(np.minimum(word, word ^ turn), owner))
    sure = _often(np.concatenate(hits), len(prints), 2)
    near: list[NDArray[np.int64]] = []
    who = np.array([k for k, _ in views], np.int64)
    straight = [np.array([v.phash for _, v in views], np.uint64), np.array([v.dhash for _, v in views], np.uint64)]
    other = np.array([turned(v.dhash) for _, v in views], np.uint64)
    for band in range(4):
        low = np.uint64(16 * band)
        near.extend(_equal((whole >> low) & np.uint64(0xFFFF), who) for whole in straight)
        # a picture's words beside the mirrored words of the others
        both = np.concatenate([straight[1], other]) >> low & np.uint64(0xFFFF)
        near.append(_equal(both, np.concatenate([who, who])))
    close = _often(np.concatenate(near), len(prints), 1)
    first = {k: n for n, (k, _) in reversed(list(enumerate(views)))}
    at = np.array([first[k] for k in range(len(prints))])
    a, b = at[close // len(prints)], at[close % len(prints)]
    apart = np.minimum(
        np.bitwise_count(straight[0][a] ^ straight[0][b]), np.bitwise_count(straight[1][a] ^ straight[1][b])
    )
    apart = np.minimum(apart, np.bitwise_count(straight[1][a] ^ other[b]))
    every = np.unique(np.concatenate([sure, close[apart <= WHOLE]]))
    return [(int(key // len(prints)), int(key % len(prints))) for key in every]


def _equal(words: NDArray[np.uint64], owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs (a << 32 | b, a < b) of owners that have a word in common, once for each two entries that do.

    In a crowd, where more than `LONG` entries share one word, each is paired with the first and the one before it only,
    so that one picture met ten thousand times costs ten thousand pairs and not fifty million.
    """
    order = np.argsort(words, kind="stable")
    word, who = words[order], owner[order]
    starts = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
    lengths = np.diff(np.concatenate([starts, [len(word)]]))
    start = np.repeat(starts, lengths)
    crowd = np.repeat(lengths > LONG, lengths)
    made = []
    at = np.flatnonzero(crowd)
    made.append((who[start[at]], who[at]))
    at = at[at > start[at]]
    made.append((who[at - 1], who[at]))
    at = np.flatnonzero(~crowd)
    for step in range(1, LONG):
        at = at[at - step >= start[at]]
        if not len(at):
            break
        made.append((who[at - step], who[at]))
    a, b = (np.concatenate([pair[k] for pair in made]) for k in (0, 1))
    differ = a != b
    a, b = a[differ], b[differ]
    keys: NDArray[np.int64] = (np.minimum(a, b) << np.int64(32)) | np.maximum(a, b)
    return keys


def _often(hits: NDArray[np.int64], count: int, least: int) -> NDArray[np.int64]:
    """The pairs met at least so often, as a * count + b, in order."""
    hits.sort()
    edge = np.flatnonzero(np.concatenate([[True], hits[1:] != hits[:-1], [True]])) if len(hits) else np.zeros(1, int)
    often = hits[edge[:-1]][np.diff(edge) >= least]
    keys: NDArray[np.int64] = (often >> np.int64(32)) * count + (often & np.int64(0xFFFFFFFF))
    return keys


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
            near = np.unique(words[:, None] ^ flips)
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
            file.write(MAGIC + len(head).to_bytes(4, "little") + head)
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
                head = json.loads(file.read(int.from_bytes(file.read(4), "little")))
                arrays = []
                for (_, kind), length in zip(LAYOUT, head["lengths"], strict=True):
                    file.seek(-file.tell() % 64, os.SEEK_CUR)
                    arrays.append(np.fromfile(file, kind, length))
                    if len(arrays[-1]) != length:
                        return None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Index(*arrays), str(head["note"])
