"""Plant every fault in saved pages and print what is found: `python -m tests.mutations [-v] [--rounds N] FILES…`."""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

from attrib.rule import rules

from ..helpers import read
from .measure import measure


def main() -> None:
    """Print the table, and with -v each mutation and each miss."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="pages, plain or with gzip; folders with all below")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take only each Nth page")
    parser.add_argument("--rounds", type=int, default=1, help="how often each fault is planted in a page")
    parser.add_argument("-v", "--verbose", action="store_true", help="each mutation, and each miss")
    asked = parser.parse_args()
    files = sorted({p for f in asked.files for p in (f.rglob("*.html*") if f.is_dir() else [f])})[:: asked.every]
    tally = measure((read(_bytes(path), name=path.name) for path in files), asked.rounds)
    known = rules()
    print(f"{len(files)} pages, {sum(tally.planted.values())} faults planted\n")
    for rule in sorted({rule for rule, _ in tally.planted}, key=lambda r: (known[r].severity.rank, r)):
        found, planted = tally.of(rule)
        print(f"{rule:32} {known[rule].severity:8} {found:5}/{planted:<5} {100 * found / planted:5.1f} %")
        for (name, how), n in sorted(tally.planted.items()) if asked.verbose else ():
            if name == rule:
                print(f"    {tally.found[name, how]:4}/{n:<4} {how}")
    for missed in tally.missed if asked.verbose else ():
        print(missed)
    print("\nbelow their floor:", tally.low() or "none")


def _bytes(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


main()
