"""What starting costs: CPU milliseconds of bare Python, `attrib --help`, and checking one page.

  python benchmarks/startup.py [RUNS]

Prints the least and the median of RUNS runs (default 30). Bounds: --help within 60 ms of bare Python; checking
one page whose picture files are not at hand ("one picture" here) within 200 ms in all. "no picture" is a page that has
none in its markup either: a floor, to which the bound does not refer. CPU time of child processes, bytecode cached;
run it on a quiet machine.
"""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A quiet day</title>
<article><h1>A quiet day on the quay</h1>
<p>Nothing happened on the quay on Monday, and everybody who was there agreed that it was a fine day for it.</p>
<figure><img src="https://example.org/i/quay.jpg" alt="Two men sit on a quay and look at the water" width="900">
<figcaption>Two men look at the water on the quay of Vell. <span>Photo: Ann Lee/Reuters</span></figcaption>
</figure></article></html>"""


def cpu(*command: str, runs: int) -> tuple[float, float]:
    """Least and median CPU milliseconds."""
    spent = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
    return min(spent), statistics.median(spent)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(PAGE, "utf-8")
        bare = Path(page.parent, "bare.html")
        bare.write_text(re.sub(r"<figure>.*</figure>", "", PAGE, flags=re.S), "utf-8")
        for name, command in {
            "bare Python": ["-c", ""],
            "--help": ["-m", "attrib", "--help"],
            "check, no picture": ["-m", "attrib", "check", "--no-cache", str(bare)],
            "check, one picture": ["-m", "attrib", "check", "--no-cache", str(page)],
            "extract, one picture": ["-m", "attrib", "extract", str(page)],
        }.items():
            cpu(*command, runs=1)  # compiles
            least, median = cpu(*command, runs=runs)
            print(f"{name:18} {least:6.0f} ms least {median:6.0f} ms median")


if __name__ == "__main__":
    main()
