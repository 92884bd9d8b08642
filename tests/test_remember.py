"""Articles of an archive that have not changed, and all that makes one be read again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from attrib.archive import Archive
from attrib.cli import remember
from attrib.fetch import Place

PAGE = """<html><head><title>Harbour wall</title></head><body><article><h1>Harbour wall</h1>
<figure><img src="wall.jpg" alt="The wall"><figcaption>The old wall. Foto: Ana Ruiz/AFP</figcaption></figure>
<figure><img src="later.jpg" alt="The sea"><figcaption>The sea behind it.</figcaption></figure>
<p>The harbour was closed for most of the day while divers looked at the old wall and at the sea.</p></article></body></html>
"""
ROOT = remember.grounds(None)


@pytest.fixture
def store(tmp_path: Path, samples: Path):
    (tmp_path / "a.html").write_text(PAGE)
    shutil.copy(samples / "pictures/lighthouse-keeper.jpg", tmp_path / "wall.jpg")
    with Archive(tmp_path / "seen.db") as archive:
        yield archive


def added(store: Archive, place: Place) -> int:
    return remember.keep(store, place, remember.of_page(place, None), ROOT)


def place(store: Archive) -> Place:
    return Place("a.html", store.path.parent / "a.html", "html")


def test_an_article_that_is_as_it_was_is_known(store: Archive) -> None:
    assert remember.known(store, place(store), ROOT) is None
    assert added(store, place(store)) == 1
    known = remember.known(store, place(store), ROOT)
    assert known is not None
    assert known.absent == 1
    assert [Path(name).name for name in known.pictures] == ["wall.jpg"]


@pytest.mark.parametrize(
    "change",
    [
        lambda at: (at / "a.html").write_text(PAGE.replace("Ana Ruiz", "Bo Ek")),
        lambda at: (at / "wall.jpg").write_bytes((at / "wall.jpg").read_bytes() + b"\0"),
        lambda at: (at / "wall.jpg").unlink(),
        lambda at: shutil.copy(at / "wall.jpg", at / "later.jpg"),
        lambda at: (at / "a.html").unlink(),
    ],
    ids=["the page", "a picture", "a picture is gone", "a picture came", "the page is gone"],
)
def test_it_is_read_again_when_a_file_of_it_is_another(store: Archive, change: Callable[[Path], object]) -> None:
    added(store, place(store))
    change(store.path.parent)
    assert remember.known(store, place(store), ROOT) is None


def test_it_is_read_again_from_another_folder_of_pictures(store: Archive) -> None:
    added(store, place(store))
    assert remember.known(store, place(store), remember.grounds(store.path.parent)) is None


def test_it_is_read_again_when_a_picture_of_it_was_forgotten(store: Archive) -> None:
    added(store, place(store))
    assert store.remove(page="a.html") == 1
    assert remember.known(store, place(store), ROOT) is None
    assert added(store, place(store)) == 1


def test_what_could_not_be_read_is_said_each_time(store: Archive) -> None:
    (store.path.parent / "later.jpg").write_bytes(b"\xff\xd8\xff no picture")
    for _ in range(2):
        assert remember.known(store, place(store), ROOT) is None
        taken = remember.of_page(place(store), None)
        assert [Path(failure.source).name for failure in taken.failures] == ["later.jpg"]
        remember.keep(store, place(store), taken, ROOT)


def test_a_touched_file_is_looked_at_once(store: Archive) -> None:
    added(store, place(store))
    before = store.note("a.html")
    (store.path.parent / "wall.jpg").touch()
    assert remember.known(store, place(store), ROOT) is not None
    assert store.note("a.html") != "" and store.note("a.html").split(",")[0] == before.split(",")[0]
