"""The archive remembers pictures: found again, safe under many writers and sudden ends, honest when it cannot."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from attrib.archive import Archive, ArchiveError, Entry
from attrib.model import Failure
from attrib.read.pixels import Fingerprint, fingerprint

from .pictures import EDITS, jpeg, scene


def of(data: bytes) -> Fingerprint:
    made = fingerprint(data)
    assert isinstance(made, Fingerprint)
    return made


@pytest.fixture(scope="module")
def prints() -> list[Fingerprint]:
    return [of(jpeg(scene(k))) for k in range(8)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "seen.attrib"


@pytest.fixture
def archive(path: Path, prints: list[Fingerprint]) -> Iterator[Archive]:
    with Archive(path) as made:
        made.add_all(
            [
                (
                    Entry(
                        f"{k}.jpg", page=f"page {k % 2}", caption=f"Scene {k}", credit="Ann Ex/AP", date="2024-05-06"
                    ),
                    p,
                )
                for k, p in enumerate(prints)
            ]
        )
        yield made


def fault(path: Path, read_only: bool = False) -> str:
    with pytest.raises(ArchiveError) as caught:
        Archive(path, read_only)
    assert caught.value.failure.remedy
    return caught.value.failure.what


@pytest.mark.parametrize("edit", ["width 320", "crop 20", "mirrored crop", "letterboxed", "logo"])
def test_a_copy_of_a_remembered_picture_is_found_with_its_credit(archive: Archive, edit: str) -> None:
    found = archive.find(of(EDITS[edit](scene(3))))
    assert [f.entry.picture for f in found] == ["3.jpg"]
    assert found[0].entry.credit == "Ann Ex/AP"
    assert found[0].match.how


def test_a_picture_never_seen_is_not_found(archive: Archive) -> None:
    assert archive.find(of(jpeg(scene(50)))) == []


def test_finding_is_the_same_with_an_index_in_a_file(archive: Archive, path: Path) -> None:
    copies = [of(EDITS["crop 10"](scene(k))) for k in range(3)]
    before = [archive.find(copy) for copy in copies]
    archive.reindex()
    with Archive(path, read_only=True) as again:
        assert [again.find(copy) for copy in copies] == before
    Path(f"{path}.index").write_bytes(b"attrib index 1\nnot really")
    with Archive(path) as again:
        assert [again.find(copy) for copy in copies] == before


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.6, 0.99])
def test_an_index_that_changed_on_its_disk_is_made_anew(archive: Archive, path: Path, share: float) -> None:
    archive.reindex()
    wanted = archive.find(of(jpeg(scene(1))))
    index = Path(f"{path}.index")
    data = bytearray(index.read_bytes())
    data[int(share * len(data))] ^= 0xFF
    for damaged in (bytes(data), bytes(data[: int(share * len(data))])):
        index.write_bytes(damaged)
        with Archive(path, read_only=True) as again:
            assert again.find(of(jpeg(scene(1)))) == wanted


def test_what_comes_after_the_index_is_found_too(archive: Archive, path: Path) -> None:
    archive.reindex()
    with Archive(path) as again:
        again.find(of(jpeg(scene(0))))
        again.add(Entry("new.jpg"), of(jpeg(scene(60))))
        again.remove("2.jpg")
        assert [f.entry.picture for f in again.find(of(EDITS["mirrored"](scene(60))))] == ["new.jpg"]
        assert again.find(of(EDITS["mirrored"](scene(2)))) == []


def test_adding_again_changes_nothing_and_a_new_caption_replaces_the_old(
    archive: Archive, prints: list[Fingerprint]
) -> None:
    entry = next(archive.entries("0.jpg"))
    assert not archive.add(entry, prints[0])
    assert archive.add(replace(entry, caption="Another"), prints[0])
    assert [e.caption for e in archive.entries("0.jpg")] == ["Another"]
    assert len(archive) == 8


def test_one_picture_on_two_pages_is_two_entries(archive: Archive, prints: list[Fingerprint]) -> None:
    archive.add(Entry("0.jpg", page="page 9"), prints[0])
    assert [e.page for e in archive.entries("0.jpg")] == ["page 0", "page 9"]
    assert archive.remove("0.jpg", page="page 9") == 1
    assert archive.remove(page="page 1") == 4
    assert archive.remove("absent.jpg") == 0
    assert archive.remove() == 0
    assert [e.picture for e in archive.entries()] == ["0.jpg", "2.jpg", "4.jpg", "6.jpg"]


def test_unchanged_files_are_not_opened(path: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{k}.jpg" for k in range(3)]
    for k, file in enumerate(files):
        file.write_bytes(jpeg(scene(k)))
    (tmp_path / "bad.jpg").write_bytes(b"")
    with Archive(path) as archive:
        added, known, failures = archive.add_files([*files, tmp_path / "bad.jpg", tmp_path / "absent.jpg"], credit="AP")
        assert (added, known, len(failures)) == (3, 0, 2)
        stat = files[0].stat()
        files[0].write_bytes(b"x" * stat.st_size)  # would be a failure if it were opened
        os.utime(files[0], ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert archive.add_files(files) == (0, 3, [])
        files[1].write_bytes(jpeg(scene(5)))
        assert archive.add_files(files)[:2] == (1, 2)


def test_what_another_adds_at_the_same_time_is_known(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(scene(0)))

    def meanwhile(read: Callable[[str], Fingerprint | Failure], names: list[str]) -> list[Fingerprint | Failure]:
        with Archive(path) as other:
            assert other.add_files([file]) == (1, 0, [])
        return list(map(read, names))

    with Archive(path) as archive:
        assert archive.add_files([file], each=meanwhile) == (0, 1, [])


def test_a_file_that_is_far_too_large_is_not_read(path: Path, tmp_path: Path) -> None:
    with (tmp_path / "large.tif").open("wb") as file:
        file.truncate(200_000_001)
    with Archive(path) as archive:
        added, known, failures = archive.add_files([tmp_path / "large.tif"])
    assert (added, known, [f.what for f in failures]) == (0, 0, ["too large to read: 200,000,001 bytes"])


def test_a_fingerprint_of_another_version_is_made_anew_from_its_file(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(scene(0)))
    with Archive(path) as archive:
        archive.add_files([file])
        with sqlite3.connect(path) as base:
            base.execute("UPDATE pictures SET version = 'points-0'")
        assert archive.find(of(EDITS["crop 10"](scene(0)))) == []
        assert archive.add_files([file]) == (1, 0, [])
        assert len(archive) == 1
        assert archive.check() == []
        assert len(archive.find(of(EDITS["crop 10"](scene(0))))) == 1


def test_an_export_makes_the_same_archive(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    assert archive.export(out) == 8
    with Archive(tmp_path / "other.attrib") as other:
        assert other.take_in(out) == (8, [])
        assert other.take_in(out) == (0, [])
        assert list(other.entries()) == list(archive.entries())
        assert other.export(tmp_path / "again.jsonl") == 8
        assert other.check() == []
    assert (tmp_path / "again.jsonl").read_bytes() == out.read_bytes()


def test_lines_that_cannot_be_taken_in_are_said_and_the_rest_is(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    archive.export(out)
    lines = out.read_text("utf-8").splitlines()
    old = json.loads(lines[1])
    old["fingerprint"]["version"] = "points-0"
    points, thumb = json.loads(lines[3]), json.loads(lines[4])
    points["fingerprint"]["views"][0]["points"] = "AAAA"
    thumb["fingerprint"]["views"][0]["thumb"] = "AAAA"
    bad = [json.dumps(old), "{broken", "[]", json.dumps(points), json.dumps(thumb), "[" * 100_000]
    sound = json.loads(lines[5])
    bad += [
        json.dumps(sound | odd) for odd in ({"caption": None}, {"credit": "\ud800"}, {"bytes": 1 << 70}, {"page": 7})
    ]
    sound["fingerprint"]["views"][0]["phash"] = "f" * 17
    bad.append(json.dumps(sound))
    out.write_bytes("\n".join([lines[0], *bad]).encode() + b"\n\xff\xfe\x00\n" + lines[2].encode())
    with Archive(tmp_path / "other.attrib") as other:
        added, failures = other.take_in(out)
        assert other.find(of(EDITS["crop 10"](scene(2))))
    assert added == 2
    assert [f.source.rsplit(":", 1)[1] for f in failures] == [str(line) for line in range(2, 14)]
    assert "another version" in failures[0].what


def test_what_holds_no_picture_leaves_no_archive(tmp_path: Path) -> None:
    bad, path = tmp_path / "bad.jsonl", tmp_path / "other.attrib"
    bad.write_text("{broken\n")
    with Archive(path) as other:
        assert other.take_in(bad)[0] == 0
        with pytest.raises(ArchiveError, match="absent"):
            other.take_in(tmp_path / "absent.jsonl")
        assert other.add_files([bad])[2]
        assert other.remove(picture="a.jpg") == 0
        assert len(other) == 0 and list(other.entries()) == [] and other.check() == []
    assert [file.name for file in tmp_path.iterdir()] == ["bad.jsonl"]


def test_a_bad_export_leaves_an_archive_as_it_was(archive: Archive, path: Path, tmp_path: Path) -> None:
    archive.close()
    before = path.read_bytes()
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{broken\n")
    with Archive(path) as again:
        again.take_in(bad)
    assert path.read_bytes() == before


@pytest.mark.parametrize("nth", range(1, 6))
def test_an_archive_that_another_makes_while_it_is_opened_is_one(
    path: Path, prints: list[Fingerprint], nth: int
) -> None:
    """Between any two questions of the one, the other makes it."""

    class Watched(Archive):
        asked = 0

        def _connect(self) -> sqlite3.Connection:
            base = super()._connect()
            base.set_trace_callback(self._trace)
            return base

        def _trace(self, words: str) -> None:
            self.asked += 1
            if self.asked == nth and words.startswith(("PRAGMA", "SELECT")):
                with Archive(path) as other:
                    other.add(Entry("other.jpg"), prints[0])

    path.touch()
    with Watched(path) as archive:
        assert archive.add(Entry("own.jpg"), prints[1])
    with Archive(path) as archive:
        assert "own.jpg" in {entry.picture for entry in archive.entries()}


def test_an_archive_that_another_made_meanwhile_is_kept(path: Path, prints: list[Fingerprint]) -> None:
    with Archive(path) as slow, Archive(path) as fast:
        assert slow.find(prints[0]) == []
        fast.add(Entry("fast.jpg"), prints[0])
        slow.add(Entry("slow.jpg"), prints[1])
        assert [entry.picture for entry in slow.entries()] == ["fast.jpg", "slow.jpg"]
        assert slow.find(prints[0])[0].entry.picture == "fast.jpg"


def test_a_file_that_cannot_be_read_or_written_is_named(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"absent\.jsonl: cannot be used: No such file"):
        archive.take_in(tmp_path / "absent.jsonl")
    with pytest.raises(ArchiveError, match=r"out\.jsonl: cannot be used"):
        archive.export(tmp_path / "no such folder/out.jsonl")


def test_check_finds_nothing_wrong_with_a_sound_archive(archive: Archive) -> None:
    assert archive.check() == []


def test_check_finds_values_that_changed_and_old_fingerprints(archive: Archive, path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE views SET flat = flat + 1 WHERE picture = 2")
        base.execute("UPDATE pictures SET version = 'points-0' WHERE id = 3")
    found = archive.check()
    assert [f.source for f in found] == ["1.jpg", str(path)]
    assert "has changed" in found[0].what
    assert "another version" in found[1].what
    assert archive.find(of(EDITS["crop 10"](scene(2)))) == []  # never compared


@pytest.mark.parametrize("change", ["points = x'00'", "points = 'words'", "thumb = x'ffd8'", "thumb = 'words'",
                                    "flat = 'words'", "phash = 'words'"])  # fmt: skip
def test_a_damaged_fingerprint_costs_no_other(archive: Archive, path: Path, change: str) -> None:
    wanted = archive.find(of(jpeg(scene(3))))
    archive.close()
    with sqlite3.connect(path) as base:
        base.execute(f"UPDATE views SET {change} WHERE picture = 1")
    with Archive(path, read_only=True) as store:
        assert store.find(of(jpeg(scene(0)))) == []
        assert store.find(of(jpeg(scene(3)))) == wanted
        assert [failure.what for failure in store.check()] == ["its fingerprint in the archive has changed"]
        if not change.startswith(("points", "phash")):  # without those it is not proposed
            assert [failure.source for failure in store.left_out()] == ["0.jpg"]
        with pytest.raises(ArchiveError, match=r"0\.jpg: its fingerprint"):
            list(store.lines())


def test_fingerprints_of_another_version_are_refused(archive: Archive, prints: list[Fingerprint]) -> None:
    old = replace(prints[0], version="points-0")
    with pytest.raises(ArchiveError, match="another version"):
        archive.add(Entry("old.jpg"), old)
    with pytest.raises(ArchiveError, match="another version"):
        archive.find(old)


# What cannot be opened


def test_an_outdated_archive_says_what_it_did_not_compare(
    archive: Archive, path: Path, prints: list[Fingerprint]
) -> None:
    assert archive.left_out() == []
    archive.close()
    with sqlite3.connect(path) as base:
        base.execute("UPDATE pictures SET version = 'old' WHERE id <= 2")
        total = base.execute("SELECT count(*) FROM pictures").fetchone()[0]
    with Archive(path, read_only=True) as store:
        (failure,) = store.left_out()
        assert f"2 of {total} pictures have a fingerprint of another version (old)" in failure.what


def test_a_wrong_file_is_no_export_and_said_once(path: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("these are words\n" * 50)
    with Archive(path) as store:
        added, failures = store.take_in(notes)
    assert added == 0
    assert [(f.source, f.what) for f in failures] == [(str(notes), "not an archive's export")]


def test_an_empty_file_is_an_archive_yet_to_be_made(path: Path, prints: list[Fingerprint]) -> None:
    """What is left where a writer was killed before its first words."""
    path.touch()
    assert "an empty file" in fault(path, read_only=True)
    with Archive(path) as store:
        assert store.add(Entry("a.jpg"), prints[0])


def test_an_archive_of_another_version_is_refused(archive: Archive, path: Path) -> None:
    archive.close()
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 99")
    assert "another version (format 99" in fault(path)


def test_what_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    words = tmp_path / "notes.txt"
    words.write_text("these are words, and many of them, " * 40)
    assert "not an archive" in fault(words)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as base:
        base.execute("CREATE TABLE precious (x)")
    before = other.read_bytes()
    assert "not an archive" in fault(other)
    assert other.read_bytes() == before
    assert "folder" in fault(tmp_path)
    assert "is not there" in fault(tmp_path / "absent", read_only=True)
    assert "cannot be opened" in fault(tmp_path / "no/such/folder/a")


def test_a_damaged_archive_is_said_to_be(archive: Archive, path: Path) -> None:
    archive.close()
    data = bytearray(path.read_bytes())
    data[4096 * 4 : 4096 * 8] = b"\xff" * (4096 * 4)
    path.write_bytes(data)
    try:
        with Archive(path) as damaged:
            found = [f.what for f in damaged.check()]
    except ArchiveError as problem:
        found = [problem.failure.what]
    assert any("damaged" in what for what in found)


def test_a_reader_finds_pictures_and_adds_none(archive: Archive, path: Path, prints: list[Fingerprint]) -> None:
    with Archive(path, read_only=True) as reader:
        assert len(reader) == 8
        with pytest.raises(ArchiveError, match="reading only"):
            reader.add(Entry("x.jpg"), prints[0])
        assert reader.find(prints[1])[0].entry.picture == "1.jpg"


def test_reading_leaves_nothing_beside_the_archive_and_nothing_changed(archive: Archive, path: Path) -> None:
    archive.close()
    before = path.read_bytes()
    with Archive(path, read_only=True) as reader:
        assert len(list(reader.entries())) == 8
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_a_file_that_may_not_be_written_to_is_said(path: Path, prints: list[Fingerprint]) -> None:
    with Archive(path) as archive:
        archive.add(Entry("first.jpg"), prints[0])
        archive._base.execute("PRAGMA query_only = ON")  # root may write to any file: SQLite refuses in the same words
        with pytest.raises(ArchiveError, match="may not be written to"):
            archive.add(Entry("second.jpg"), prints[1])
        assert [entry.picture for entry in archive.entries()] == ["first.jpg"]


def test_a_full_disk_is_said_and_what_was_added_stays(path: Path, prints: list[Fingerprint]) -> None:
    with Archive(path) as archive:
        archive.add(Entry("first.jpg"), prints[0])
        pages = archive._base.execute("PRAGMA page_count").fetchone()[0]
        archive._base.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(ArchiveError, match="disk is full"):
            for k in range(20):
                archive.add(Entry(f"{k}.jpg"), prints[k % 8])
        assert archive.check() == []
        assert next(archive.entries()).picture == "first.jpg"


# Many at once, and sudden ends

WRITER = """
import sys
from attrib.archive import Archive, Entry
from attrib.read.pixels import Fingerprint, View, version
view = View(1, 2, 3, b"p" * 700, b"t" * 6000)
with Archive(sys.argv[1]) as archive:
    k = 0
    while sys.argv[3] == "on" or k < int(sys.argv[3]):
        print_ = Fingerprint(version(), "JPEG", 9, 9, bytes(32), (view, view))
        archive.add_all([(Entry(f"{sys.argv[2]} {k} {n}"), print_) for n in range(2)])
        k += 1
        print(k, flush=True)
"""


def writer(path: Path, name: str, count: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, count],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, err = process.communicate(timeout=60)
    return out, err


def test_several_writers_wait_for_each_other(path: Path) -> None:
    several = [writer(path, str(k), "25") for k in range(4)]
    assert [ended(process)[1] for process in several] == [""] * 4
    with Archive(path) as archive:
        assert len(archive) == 4 * 25 * 2


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_nothing_is_half_written_when_a_writer_is_killed(path: Path) -> None:
    said = 0
    for turn in range(4):
        process = writer(path, str(turn), "on")
        assert process.stdout is not None
        for _ in range(5 + 3 * turn):
            process.stdout.readline()
            said += 1
        time.sleep(0.003 * turn)
        process.kill()
        ended(process)
    with Archive(path) as archive:
        names = [entry.picture for entry in archive.entries()]
        assert [f for f in archive.check() if "has changed" in f.what or "damaged" in f.what] == []
    assert len(names) >= 2 * said  # what was said to be added is there
    assert len(names) % 2 == 0  # a page wholly, or not at all
