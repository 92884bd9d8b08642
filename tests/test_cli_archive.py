"""`attrib archive`, run as a person runs it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from . import test_cli


def run(*arguments: str | Path, cwd: Path) -> tuple[int, str, str]:
    return test_cli.run("archive", *arguments, cwd=cwd)


@pytest.fixture
def here(tmp_path: Path, samples: Path) -> Path:
    (tmp_path / "pictures").mkdir()
    shutil.copy(samples / "clean.html", tmp_path)
    for name in ("lighthouse-keeper.jpg", "lighthouse-stairs.jpg"):
        shutil.copy(samples / "pictures" / name, tmp_path / "pictures")
    shutil.copy(samples / "pictures/lighthouse-keeper.jpg", tmp_path / "again.jpg")
    return tmp_path


def test_pictures_are_remembered_with_what_their_page_says(here: Path) -> None:
    assert run("add", "seen.db", "clean.html", cwd=here)[:2] == (0, "2 added, 0 known, 2 in seen.db.\n")
    assert run("add", "seen.db", ".", cwd=here)[1] == "1 added, 2 known, 3 in seen.db.\n"
    code, out, _ = run("find", "seen.db", "again.jpg", "--format", "jsonl", cwd=here)
    found = [json.loads(line)["found"] for line in out.splitlines()]
    assert code == 0
    (first,) = [entry for entry in found if entry["page"]]
    assert (first["picture"], first["page"]) == ("pictures/lighthouse-keeper.jpg", "clean.html")
    assert first["credit"] == "Photo: Marit Solheim / NTB"
    assert "lighthouse-stairs" not in out


def test_a_picture_that_a_page_shows_twice_is_remembered_once_as_it_was_shown_first(here: Path) -> None:
    figure = '<figure><img src="again.jpg" alt="A keeper"><figcaption>{} at the light of Vell.</figcaption></figure>'
    text = "<p>The light was built in 1888, and a keeper lived in it until the last ship of the line was sold.</p>" * 9
    page = text.join(figure.format(who) for who in ("The keeper", "His daughter"))
    (here / "twice.html").write_text(f"<article><h1>The light of Vell</h1>{page}</article>", "utf-8")
    assert run("add", "seen.db", "twice.html", cwd=here)[1] == "1 added, 0 known, 1 in seen.db.\n"
    assert run("add", "seen.db", "twice.html", cwd=here)[1] == "0 added, 1 known, 1 in seen.db.\n"
    assert "The keeper at the light of Vell." in run("list", "seen.db", cwd=here)[1]


def test_the_root_of_the_settings_is_where_a_page_s_pictures_are_looked_for(here: Path) -> None:
    page = (here / "clean.html").read_text("utf-8").replace('src="pictures/', 'src="/pictures/')
    (here / "site/news").mkdir(parents=True)
    (here / "site/news/clean.html").write_text(page, "utf-8")
    (here / "pictures").rename(here / "site/pictures")
    lost = "0 added, 0 known, 0 in lost.db. 2 pictures of articles were not found: see --root.\n"
    assert run("add", "lost.db", "site/news", cwd=here)[:2] == (0, lost)
    (here / "attrib.toml").write_text('root = "site"\n')
    assert run("add", "seen.db", "site/news", cwd=here)[:2] == (0, "2 added, 0 known, 2 in seen.db.\n")
    assert "Photo: Marit Solheim / NTB" in run("list", "seen.db", cwd=here)[1]


@pytest.mark.skipif(sys.platform != "linux", reason="a file's name is any bytes on Linux alone")
def test_a_file_whose_name_is_no_utf8_is_remembered_too(here: Path) -> None:
    name = os.fsdecode(b"bad\xff.jpg")
    (here / name).write_bytes((here / "again.jpg").read_bytes())
    assert run("add", "odd.db", name, cwd=here)[:2] == (0, "1 added, 0 known, 1 in odd.db.\n")
    assert run("add", "odd.db", name, cwd=here)[1] == "0 added, 1 known, 1 in odd.db.\n"
    assert run("list", "odd.db", "--picture", name, cwd=here)[1] == "bad\\xff.jpg\n"
    assert run("remove", "odd.db", "--picture", name, cwd=here)[1] == "1 forgotten, 0 in odd.db.\n"


def test_of_what_cannot_be_read_nothing_is_said_to_look_like_it(here: Path) -> None:
    run("add", "seen.db", ".", cwd=here)
    code, out, err = run("find", "seen.db", "pictures", cwd=here)
    assert (code, out) == (2, "")
    assert "pictures: is a folder, not a file" in err
    code, out, _ = run("find", "seen.db", "clean.html", "again.jpg", cwd=here)
    assert code == 2
    assert out.startswith("again.jpg: high confidence")


def test_the_number_of_processes_changes_nothing(here: Path) -> None:
    for k in range(4):
        shutil.copytree(here / "pictures", here / f"more{k}")
        shutil.copy(here / "clean.html", here / f"page{k}.html")
    (here / "more1/broken.jpg").write_bytes(b"\xff\xd8\xff")
    said = [run("add", f"{jobs}.db", ".", "--jobs", jobs, cwd=here) for jobs in ("1", "3")]
    assert said[0][0] == 2
    assert said[0][1].startswith("19 added, 0 known")
    assert said[1] == (said[0][0], said[0][1].replace("1.db", "3.db"), said[0][2])
    assert len({run("list", f"{jobs}.db", "--format", "json", cwd=here)[1] for jobs in ("1", "3")}) == 1


def test_it_is_listed_moved_and_forgotten(here: Path) -> None:
    run("add", "seen.db", ".", cwd=here)
    listed = run("list", "seen.db", "--format", "json", cwd=here)[1]
    assert len(json.loads(listed)) == 3
    assert run("export", "seen.db", "out.jsonl", cwd=here)[0] == 0
    assert run("export", "seen.db", "-", cwd=here) == (0, (here / "out.jsonl").read_text("utf-8"), "")
    assert run("import", "other.db", "out.jsonl", cwd=here)[0] == 0
    assert run("list", "other.db", "--format", "json", cwd=here)[1] == listed
    assert run("check", "other.db", cwd=here)[:2] == (0, "3 pictures, whole.\n")
    assert run("remove", "other.db", "--page", "clean.html", cwd=here)[1] == "2 forgotten, 1 in other.db.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "nowhere.db"],
        ["list", "clean.html"],
        ["find", "nowhere.db", "again.jpg"],
        ["add", "seen.db"],
        ["add", "seen.db", "nowhere.jpg"],
        ["add", "seen.db", "nowhere.html"],
        ["add", ".", "again.jpg"],
        ["remove", "seen.db"],
        ["import", "seen.db", "nowhere.jsonl"],
        ["import", "clean.html", "nowhere.jsonl"],
    ],
)
def test_what_cannot_be_done_is_2_in_one_clear_line(here: Path, arguments: list[str]) -> None:
    code, _, err = run(*arguments, cwd=here)
    assert code == 2
    assert err.strip() and "Traceback" not in err
