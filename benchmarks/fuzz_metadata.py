"""Mutated picture files: none may raise, hang, or take more than its share of memory.

    python benchmarks/fuzz_metadata.py FOLDER [COUNT] [SEED]

Each file is cut, doubled, overwritten and spliced with another, mostly where its metadata is. Prints the counts and
the slowest reading; exits with 1 when a reading raised, failed for an unforeseen reason, or took over a second.
"""

# ruff: noqa: E501

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path

from attrib.model import Failure
from attrib.read.metadata import read_metadata

HEAD = 40_000  # bytes; beyond them are mostly pixels
INTERESTING = (
    b"\xff",
    b"\x00",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x1c\x02",
    b"8BIM",
    b"<!DOCTYPE a [",
    b"&a;",
    b"<",
    b"\xff\xe1",
    b"\xff\xda",
)


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A few changes of one file."""
    out = bytearray(data[: chance.choice((HEAD, HEAD, len(data)))])
    for _ in range(chance.randint(1, 16)):
        at = chance.randrange(min(len(out), HEAD) or 1)
        match chance.randrange(7):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + chance.randint(1, 200)]
            case 2:
                out[at:at] = out[at : at + chance.randint(1, 200)]
            case 3:
                word = chance.choice(INTERESTING)
                out[at : at + len(word)] = word
            case 4:
                start = chance.randrange(min(len(other), HEAD) or 1)
                out[at:at] = other[start : start + chance.randint(1, 2000)]
            case 5:
                del out[at:]
            case _:
                out[at : at + 2] = chance.randrange(65536).to_bytes(2)
    return bytes(out)


def main(folder: str, count: int = 20_000, seed: int = 1) -> int:
    seeds = [path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()]
    chance = random.Random(seed)
    failures = unforeseen = 0
    slowest = 0.0
    for number in range(count):
        data = mutate(chance.choice(seeds), chance.choice(seeds), chance)
        started = time.perf_counter()
        try:
            facts = read_metadata(data, "fuzz")
        except Exception as error:
            print(f"file {number} of seed {seed} raised {error!r}")
            unforeseen += 1
            continue
        slowest = max(slowest, time.perf_counter() - started)
        if isinstance(facts, Failure):
            failures += 1
            if "could not be read (" in facts.what:
                print(f"file {number} of seed {seed}: {facts.what}")
                unforeseen += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} files: {failures} no pictures, {unforeseen} unforeseen, slowest {slowest * 1000:.1f} ms, peak {peak:.0f} MB"
    )
    return int(unforeseen > 0 or slowest > 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
