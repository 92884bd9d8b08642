"""What a run over very many pages costs, and what the next one costs when nothing changed.

    python benchmarks/scale.py FOLDER [--pages 100 10000] [--jobs 1 2] [--seed 1] [--work DIR]

FOLDER holds pages (*.html, *.html.gz). They are repeated under other names until there are as many as asked for, each
with words of its own: a number in its title, in its captions' first words and in its pictures' names, by which no two
pages are the same and few share a picture. They are checked without pictures by the installed command, in JSON.

Printed for each number of pages and processes: CPU and wall seconds, CPU milliseconds a page, the most memory held at
once by the command and all its processes (what they share counted once where the system tells, on Linux), and the same
for a second run, which finds all in the cache. Bounds: 400 MB; milliseconds a page within 10 % of those of the least
number of pages; a second run 20 times faster.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

WORDS = "quay harbour ferry tower market bridge orchard tunnel castle meadow".split()


class Cost(NamedTuple):
    cpu: float  # seconds, of the command and its processes
    wall: float  # seconds
    peak: float  # MB


def vary(text: str, number: int, dice: random.Random) -> str:
    """The page with words and picture names of its own."""
    word = dice.choice(WORDS)
    text = re.sub(r"(<title[^>]*>)", rf"\g<1>{number} {word}: ", text, count=1)
    text = re.sub(r"(<figcaption[^>]*>)", rf"\g<1>{word.title()} {number}. ", text)
    return re.sub(r"(?i)(\.(?:jpe?g|png|webp|avif))", rf"-{number}\g<1>", text)


def write(texts: list[str], folder: Path, count: int, seed: int) -> None:
    """As many pages as asked for, a hundred in a folder; the same for the same seed."""
    dice = random.Random(seed)
    for number, text in zip(range(count), itertools.cycle(texts), strict=False):
        page = folder / f"{number // 100:03d}" / f"{number:05d}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(vary(text, number, dice), "utf-8")


def held(root: int) -> float:
    """MB held now by a process and those it started."""
    total = 0
    todo = [root]
    while todo:
        process = todo.pop()
        try:
            about = Path(f"/proc/{process}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", about, re.M)[1])  # type: ignore[index]
            for task in Path(f"/proc/{process}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except (OSError, TypeError):  # gone, or not Linux
            continue
    return total / 1024


def run(arguments: list[str], cwd: Path) -> Cost:
    """The costs of the command in a folder."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "attrib", *arguments], cwd=cwd, stderr=subprocess.DEVNULL)
    peak = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.25):
            peak = max(peak, held(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, _, spent = os.wait4(process.pid, 0)  # of this command alone, and of those it waited for
    wall = time.perf_counter() - start
    done.set()
    watcher.join()
    return Cost(spent.ru_utime + spent.ru_stime, wall, max(peak, spent.ru_maxrss / 1024))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--pages", nargs="+", type=int, default=[100, 10_000])
    ap.add_argument("--jobs", nargs="+", type=int, default=[1, 2])
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--work", type=Path, help="where the pages are written; a temporary folder without it")
    a = ap.parse_args()
    paths = sorted([*a.folder.rglob("*.html"), *a.folder.rglob("*.html.gz")])
    texts = [
        (gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes()).decode("utf-8", "replace")
        for p in paths
    ]
    work = a.work or Path(tempfile.mkdtemp())
    try:
        print(
            f"{'pages':>6} {'jobs':>4} {'CPU s':>8} {'wall s':>8} {'ms/page':>8} {'peak MB':>8}"
            f" {'again s':>8} {'faster':>7}"
        )
        for count in a.pages:
            site = work / f"{count}-{a.seed}"
            if not site.is_dir():
                write(texts, site / "site", count, a.seed)
            for jobs in a.jobs:
                arguments = ["check", "site", "--format", "json", "--output", f"{jobs}.json", "--jobs", str(jobs)]
                shutil.rmtree(site / ".attrib_cache", ignore_errors=True)
                first, again = run(arguments, site), run(arguments, site)
                print(
                    f"{count:6} {jobs:4} {first.cpu:8.1f} {first.wall:8.1f} {1e3 * first.cpu / count:8.2f}"
                    f" {first.peak:8.0f} {again.wall:8.2f} {first.wall / again.wall:6.1f}x",
                    flush=True,
                )
    finally:
        if not a.work:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
