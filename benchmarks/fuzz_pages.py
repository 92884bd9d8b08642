"""Does any mutated page break the reader? Cut, doubled, shuffled, garbled and respliced pages are read; none may raise.

    python benchmarks/fuzz_pages.py FOLDER... [--count 20000] [--seed 1] [--longest 400000]

FOLDER holds pages (*.html, *.html.gz). Ends with 1 and the seed of each page that broke it.
"""

import argparse
import gzip
import random
import sys
import traceback
from pathlib import Path

from attrib.read.encoding import decode
from attrib.read.page import read_html

SNIPPETS = [
            b"<figure>", b"</figure>", b"<figcaption>", b'"', b"'", b"<", b">", b"<!--", b"<script>", b"</div>",
            b"<div " * 50, b"&", b"&#xD800;", b"\x00", b"\xff\xfe", b"\r", b"<noscript>", b"<svg><title>",
            b"<template>",
            b"<plaintext>", b'<img alt="' * 200]  # fmt: skip


def mutate(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """One page, broken in one to six ways."""
    for _ in range(dice.randint(1, 6)):
        if not data:
            return other
        a, b = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
        b = min(b, a + dice.choice((3, 60, 2000, 60_000)))
        how = dice.randrange(7)
        if how == 0:
            data = data[:a] + data[b:]
        elif how == 1:
            data = data[:b] + data[a:]
        elif how == 2:
            data = data[:a] + dice.choice(SNIPPETS) + data[a:]
        elif how == 3:
            data = data[:a]
        elif how == 4:
            data = data[:a] + bytes(dice.randrange(256) for _ in range(min(40, b - a))) + data[b:]
        elif how == 5:
            data = data[:a] + other[a:]
        else:
            data = data[:a] + data[a:b][::-1] + data[b:]
    return data


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+", type=Path)
    ap.add_argument("--count", type=int, default=20_000)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--longest", type=int, default=400_000, help="leave longer pages out (bytes)")
    a = ap.parse_args()
    paths = sorted(p for folder in a.folders for p in [*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    pages = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths]
    pages = [data for data in pages if len(data) <= a.longest]
    broken = 0
    for n in range(a.seed, a.seed + a.count):
        dice = random.Random(n)
        data = mutate(dice.choice(pages), dice.choice(pages), dice)
        try:
            read_html(decode(data).text, f"seed {n}")
        except Exception:
            broken += 1
            print(f"seed {n}\n{traceback.format_exc()}", file=sys.stderr)
    print(f"{a.count} pages read, {broken} broke the reader")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
