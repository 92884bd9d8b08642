"""What a run imports, since a linter that starts slowly is not run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PAGE = '<!doctype html><title>A</title><article><h1>A</h1><p>Words of it.</p><img src="https://e.com/a.jpg"></article>'
RUN = "import sys; from attrib.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


def loaded(*arguments: str | Path) -> set[str]:
    done = subprocess.run([sys.executable, "-c", RUN, *map(str, arguments)], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_costs_click_and_little_more() -> None:
    assert not loaded("--help") & {
        "attrib.model",
        "attrib.engine",
        "attrib.fetch",
        "turbohtml",
        "bs4",
        "tomllib",
        "pathlib",
    }


def test_checking_a_page_imports_nothing_that_only_pictures_or_the_network_need(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    heavy = {"numpy", "PIL", "imagehash", "scipy", "cv2", "urllib.request", "ssl", "multiprocessing"}
    heavy |= {"sqlite3", "subprocess", "attrib.cache", "attrib.origin", "attrib.packed"}
    assert not loaded("check", "--no-cache", page) & (heavy | {"attrib.read.metadata", "soupsieve.css_parser"})


def test_what_is_imported_late_is_whole_for_others() -> None:
    code = (
        "import attrib.read, bs4, sys; assert 'soupsieve.css_parser' not in sys.modules;"
        "print(bs4.BeautifulSoup('<p><b>y</b></p>', 'html.parser').select('p > b'));"
        "import soupsieve, soupsieve.css_match; print(soupsieve.compile('a').pattern, soupsieve.__version__ > '0')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[<b>y</b>]", "a True"]


def test_the_public_names_are_there_and_cost_nothing_until_used(samples: Path) -> None:
    code = (
        "import attrib, sys; assert not [m for m in sys.modules if m.startswith('attrib.')];"
        "from attrib import *; assert all(name in globals() for name in attrib.__all__);"
        "report = check(sys.argv[1]);"
        "print([f.rule for f in report.findings], len(report.pages))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, samples / "clean.html"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[] 1\n"
