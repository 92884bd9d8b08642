"""What a page gave is kept, is taken back exactly as long as nothing it rests on has changed, and is never needed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from attrib import engine
from attrib.cache import ground, store
from attrib.cli import run
from attrib.fetch import Source

from .pictures import jpeg, scene
from .test_cli import ATTRIB, CLEAN, FAULTY

SITE = {
    "one.html": FAULTY.replace("https://example.org/i/quay.jpg", "one.jpg"),
    "two.html": CLEAN.replace("https://example.org/i/quay.jpg", "two.jpg"),
    "gone.html": CLEAN.replace("https://example.org/i/quay.jpg", "gone.jpg"),
}


class Runs:
    """Runs of the check in a folder, with the pages that were read in the last."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.read: list[str] = []
        self.code = 0
        self.said = ""
        self._capsys = capsys

    def __call__(self, *arguments: str) -> str:
        self.read.clear()
        self.code = run(["check", "site", "--format", "json", "--jobs", "1", *arguments])
        out, self.said = self._capsys.readouterr()
        return out


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runs:
    """A site with pictures, one of them missing, whose files are old; and a cache that has been begun."""
    monkeypatch.chdir(tmp_path)
    Path("site").mkdir()
    for number, name in enumerate(("one.jpg", "two.jpg"), 1):
        Path("site", name).write_bytes(jpeg(scene(number)))
    for name, text in SITE.items():
        Path("site", name).write_text(text, "utf-8")
    (tmp_path / "attrib.toml").write_text('cache-dir = "kept"\nroot = "site"\n')
    runs = Runs(capsys)
    read = engine.read_source

    def counted(source: Source) -> object:
        runs.read.append(Path(source.name).name)
        return read(source)

    monkeypatch.setattr(engine, "read_source", counted)
    return runs


def test_what_did_not_change_is_not_read_again(runs: Runs) -> None:
    first = runs()
    assert runs.read == sorted(SITE) and runs.code == 1
    again = runs()
    assert (runs.read, runs.code, again) == ([], 1, first)
    assert [finding["rule"] for finding in json.loads(again)["findings"] if finding["severity"] == "error"] == [
        "alt-missing"
    ]
    assert runs("--no-cache") == first and runs.read == sorted(SITE)


def same_length(path: Path) -> None:
    """Other words, as many, under the old time of change."""
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Two men look", b"Ten men look"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


CHANGES: list[tuple[Callable[[], object], list[str]]] = [
    (lambda: Path("site/one.html").write_text(CLEAN, "utf-8"), ["one.html"]),
    (lambda: same_length(Path("site/two.html")), ["two.html"]),
    (lambda: Path("site/one.html").touch(), []),
    (lambda: (shutil.copytree("site", "copy") and shutil.rmtree("site")) or Path("copy").rename("site"), []),
    (lambda: Path("site/two.jpg").write_bytes(jpeg(scene(3))), ["two.html"]),
    (lambda: Path("site/two.jpg").touch(), []),
    (lambda: Path("site/one.jpg").unlink(), ["one.html"]),
    (lambda: Path("site/gone.jpg").write_bytes(jpeg(scene(4))), ["gone.html"]),
    (lambda: Path("site/more.html").write_text(CLEAN, "utf-8"), ["more.html"]),
    (lambda: Path("site/one.html").rename("site/won.html"), ["won.html"]),
    (lambda: Path("site/one.html").unlink(), []),
    (lambda: Path("attrib.toml").write_text('cache-dir = "kept"\nroot = "site"\nalt-length = 20\n'), sorted(SITE)),
    (lambda: Path("attrib.toml").write_text('cache-dir = "kept"\nroot = "."\n'), sorted(SITE)),
    (
        lambda: Path("attrib.toml").write_text(
            'cache-dir = "kept"\nroot = "site"\n[per-file-ignores]\n"one.html" = ["alt"]\n'
        ),
        ["one.html"],
    ),
]


@pytest.mark.parametrize(("change", "read"), CHANGES)
def test_what_changed_is_read_again_and_nothing_else(runs: Runs, change: Callable[[], object], read: list[str]) -> None:
    runs()
    change()
    now = runs()
    assert runs.read == read
    assert now == runs("--no-cache"), "the report is that of a run without a cache"
    runs()
    assert runs.read == []


def test_words_of_the_command_line_are_settings_as_well(runs: Runs) -> None:
    runs()
    for arguments in (["--select", "alt"], ["--ignore", "alt-missing"], ["--register", "people.csv"]):
        Path("people.csv").write_text("name\nAnn Lee\n")
        assert runs(*arguments) == runs(*arguments, "--no-cache")
        assert runs(*arguments) and runs.read == []
    Path("people.csv").write_text("name,banned\nAnn Lee,yes\n")
    found = runs("--register", "people.csv")
    assert "credit-banned" in found and len(runs.read) == len(SITE)
    runs()
    assert runs.read == [], "what was kept under other settings is kept"


def test_the_archive_is_asked_anew(runs: Runs) -> None:
    runs("--archive", "seen.db", "--learn")
    Path("site/two.html").rename("site/news.html")
    again = runs("--archive", "seen.db")
    assert runs.read == ["news.html"]
    assert again == runs("--archive", "seen.db", "--no-cache") and "image-seen-before" in again


def test_another_version_begins_anew(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    runs()
    before = ground.version()
    monkeypatch.setattr("attrib.cache.version", lambda: before[::-1])
    runs()
    assert len(runs.read) == len(SITE)
    monkeypatch.undo()


def test_the_version_is_of_every_file_of_the_program(tmp_path: Path) -> None:
    package = Path(ground.__file__).parent.parent
    shutil.copytree(package, tmp_path / "attrib", ignore=shutil.ignore_patterns("__pycache__"))
    say = ["-c", "from attrib.cache.ground import version; import attrib; print(version().hex(), attrib.__file__)"]

    def version() -> str:
        done = subprocess.run([Path(ATTRIB).parent / "python", *say], cwd=tmp_path, capture_output=True, check=True)
        text, _, where = done.stdout.decode().partition(" ")
        assert Path(where.strip()).parent.parent == tmp_path
        return text

    before = version()
    assert before == version() == ground.version().hex()
    for name in ("rules/alt.py", "data/agencies.toml"):
        with (tmp_path / "attrib" / name).open("a") as file:
            file.write("\n# more\n")
        assert version() != before
        before = version()


def kept() -> Path:
    return Path("kept", "kept.sqlite")


def garbage() -> None:
    kept().write_bytes(b"this is no database, whatever its name" * 200)


def cut_off() -> None:
    with kept().open("r+b") as file:
        file.truncate(5000)


def one_byte() -> None:
    base = sqlite3.connect(kept())
    base.execute("UPDATE kept SET value = CAST(replace(CAST(value AS TEXT), 'alt', 'olt') AS BLOB)")
    base.commit()
    base.close()


def well_summed() -> None:
    base = sqlite3.connect(kept())
    for key, value in base.execute("SELECT key, value FROM kept").fetchall():
        lie = value.replace(b'"alt-missing"', b"1")
        base.execute("UPDATE kept SET value = ?, sum = ? WHERE key = ?", (lie, store._sum(lie), key))
    base.commit()
    base.close()


def another_base() -> None:
    kept().unlink()
    base = sqlite3.connect(kept())
    base.execute("CREATE TABLE about (words)")
    base.commit()
    base.close()


@pytest.mark.parametrize("harm", [garbage, cut_off, one_byte, well_summed, another_base])
def test_a_broken_cache_is_thrown_away_with_a_word_and_costs_no_finding(runs: Runs, harm: Callable[[], None]) -> None:
    first = runs()
    harm()
    again = runs()
    assert (again, runs.code) == (first, 1)
    assert runs.said.count("\n") == 1 and "the cache kept was broken" in runs.said
    assert runs.read
    runs()
    assert runs.said == ""
    runs()
    assert runs.read == []


@pytest.mark.skipif(os.name == "nt", reason="rights")
def test_a_cache_that_others_can_write_is_not_believed(runs: Runs) -> None:
    first = runs()
    assert Path("kept").stat().st_mode & 0o077 == 0
    Path("kept").chmod(0o777)
    assert runs() == first and len(runs.read) == len(SITE)
    assert "can be written by others" in runs.said


def test_a_cache_that_cannot_be_made_is_done_without(runs: Runs) -> None:
    first = runs()
    Path("file").write_text("")
    assert runs("--cache-dir", "file") == first
    assert "the cache file cannot be used" in runs.said and runs.said.count("\n") == 1


def test_a_few_pages_leave_nothing_behind_unless_asked(runs: Runs) -> None:
    Path("attrib.toml").write_text("")
    runs()
    assert not Path(".attrib_cache").exists()
    for number in range(30):
        Path("site", f"{number}.html").write_text(CLEAN, "utf-8")
    runs()
    assert sorted(path.name for path in Path(".attrib_cache").iterdir())[:2] == [".gitignore", "CACHEDIR.TAG"]
    assert Path(".attrib_cache/.gitignore").read_text().endswith("\n*\n")
    shutil.copy("site/0.html", "site/other.html")
    runs()
    assert runs.read == ["other.html"]
    run(["check", "site/0.html"])
    assert runs.read == ["other.html"], "a cache that is there is used for a single page"


def test_what_could_not_be_read_is_tried_again(runs: Runs) -> None:
    Path("site/empty.html").write_text("")
    Path("site/out.html").write_text(CLEAN.replace("https://example.org/i/", "../../"), "utf-8")
    runs()
    assert runs.code == 2
    runs()
    assert (runs.read, runs.code) == (["out.html"], 2)


def test_what_comes_from_elsewhere_is_not_kept(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attrib.fetch._stdin", lambda name: FAULTY.encode())
    for _ in range(2):
        runs.read.clear()
        run(["check", "-", "--stdin-filename", "site/one.html"])
        assert runs.read == ["one.html"]


def test_several_runs_at_once_are_safe(runs: Runs) -> None:
    for number in range(40):
        Path("site", f"{number}.html").write_text(FAULTY.replace("Vell", f"Vell {number}"), "utf-8")
    command = [ATTRIB, "check", "site", "--format", "json"]
    together = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    said = {process.communicate(timeout=120) for process in together}
    assert len(said) == 1 and {process.returncode for process in together} == {1}
    ((out, err),) = said
    assert err == b""
    assert runs() == out.decode() and runs.read == []


def test_what_nobody_asked_for_is_forgotten(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    runs()

    def count() -> int:
        base = sqlite3.connect(kept())
        ((number,),) = base.execute("SELECT count(*) FROM kept").fetchall()
        base.close()
        return number

    assert count() == len(SITE)
    Path("site/two.html").unlink()
    now = store.time.time()
    monkeypatch.setattr(store.time, "time", lambda: now + 20 * 86_400)
    runs()
    assert (runs.read, count()) == ([], len(SITE))
    monkeypatch.setattr(store.time, "time", lambda: now + 40 * 86_400)
    runs()
    assert (runs.read, count()) == ([], len(SITE) - 1)
