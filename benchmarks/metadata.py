"""How long reading a picture's metadata takes, CPU time a picture, pixels never decoded.

    python benchmarks/metadata.py FOLDER|FILE…

Prints a line a file and the slowest; exits with 1 when one takes more than 3 ms.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from attrib.model import FileFacts
from attrib.read.credit import parse_credit
from attrib.read.metadata import credits as lines
from attrib.read.metadata import read_metadata

LIMIT = 3.0  # ms


def measure(path: Path, rounds: int = 20) -> tuple[float, FileFacts | None]:
    """The median CPU time of a reading, in milliseconds."""
    data = path.read_bytes()
    facts = read_metadata(data, path.name)  # imports and caches are not the picture's
    times = []
    for _ in range(rounds):
        lines._parse.cache_clear()
        lines._lines.cache_clear()
        parse_credit.cache_clear()
        started = time.process_time_ns()
        read_metadata(data, path.name)
        times.append((time.process_time_ns() - started) / 1e6)
    return sorted(times)[rounds // 2], facts if isinstance(facts, FileFacts) else None


def main(names: list[str]) -> int:
    files = [f for name in names for f in (sorted(Path(name).iterdir()) if Path(name).is_dir() else [Path(name)])]
    slowest = 0.0
    for path in files:
        spent, facts = measure(path)
        slowest = max(slowest, spent)
        print(f"{spent:7.3f} ms  {len(facts.fields) if facts else 0:4} fields  {path.name}")
    print(f"{len(files)} pictures, slowest {slowest:.3f} ms, limit {LIMIT} ms")
    return int(slowest > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
