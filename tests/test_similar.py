"""Many pictures become pairs and groups; folders are walked."""

from __future__ import annotations

import io
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from attrib.model import Failure
from attrib.read.pixels import Fingerprint, candidates, fingerprint
from attrib.similar import groups, pairs, scan

from .pictures import EDITS, card, jpeg, scene

SOME = ("width 320", "crop 20", "mirrored", "letterboxed", "lower third")


def of(data: bytes) -> Fingerprint:
    made = fingerprint(data)
    assert isinstance(made, Fingerprint)
    return made


@pytest.fixture(scope="module")
def items() -> list[tuple[str, Fingerprint]]:
    """Three scenes with five copies each, six other scenes, and three cards."""
    made = []
    for k in range(3):
        made.append((f"{k} original", of(jpeg(scene(k)))))
        made += [(f"{k} {edit}", of(EDITS[edit](scene(k)))) for edit in SOME]
    made += [(f"{k} other", of(jpeg(scene(k)))) for k in range(10, 16)]
    return made + [(f"{words} card", of(jpeg(card(f"{words}/{words} again")))) for words in ("Storm", "Vote", "Final")]


def test_every_copy_is_paired_with_its_original_and_nothing_else(items: list[tuple[str, Fingerprint]]) -> None:
    found = pairs(items)
    assert {(p.a, p.b) for p in found} >= {
        tuple(sorted((f"{k} original", f"{k} {edit}"))) for k in range(3) for edit in SOME
    }
    assert all(p.a[0] == p.b[0] for p in found)
    assert all(p.a < p.b for p in found)


def test_the_order_of_the_pictures_changes_nothing(items: list[tuple[str, Fingerprint]]) -> None:
    mixed = items.copy()
    random.Random(1).shuffle(mixed)
    assert pairs(mixed) == pairs(items)


def test_the_number_of_processes_changes_nothing(
    items: list[tuple[str, Fingerprint]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attrib.similar.BATCH", 4)
    told: list[tuple[int, int]] = []
    assert pairs(items, lambda done, of_: told.append((done, of_)), jobs=2) == pairs(items)
    assert told[-1][0] == told[-1][1]


def test_groups_have_a_representative_and_the_distance_to_it(items: list[tuple[str, Fingerprint]]) -> None:
    made = groups(items)
    assert len(made) == 3
    for group in made:
        assert [m.distance for _, m in group.members] == sorted(m.distance for _, m in group.members)
        assert group.representative not in [name for name, _ in group.members]
    assert groups(items, pairs(items)) == made


@pytest.mark.parametrize(
    "edits",
    [
        ["border"],
        ["letterboxed", "padded"],
        ["crop 20", "right two thirds"],
        ["mirrored", "width 320"],
        ["logo", "quality 10"],
        ["lower third", "logo", "mirrored"],
        ["border", "logo", "lower third", "crop 10", "width 320"],
        ["width 320", "quality 10", "webp", "grey"],
    ],
)
def test_the_original_stands_for_its_group(edits: list[str]) -> None:
    """Also where its copies are larger and come first by name."""
    image = scene(5)
    made = [("z original", of(jpeg(image)))]
    for edit in edits:
        copy = Image.open(io.BytesIO(EDITS[edit](image))).convert("RGB")
        larger = copy if "width" in edit else copy.resize((copy.width * 3 // 2, copy.height * 3 // 2))
        plain = edit in ("quality 10", "webp", "grey")
        made.append((edit, of(jpeg(copy.resize((640, 427)) if plain else larger))))
    for order in (made, made[::-1]):
        (group,) = groups(order)
        assert group.representative == "z original"
        assert sorted(name for name, _ in group.members) == sorted(edits)


def test_of_two_of_which_either_may_be_edited_the_larger_stands() -> None:
    small, large = of(jpeg(scene(5).resize((600, 400)))), of(EDITS["mirrored"](scene(5)))
    (group,) = groups([("a", small), ("b", large)])
    assert group.representative == "b"


def test_nothing_and_one_have_no_pairs(items: list[tuple[str, Fingerprint]]) -> None:
    assert pairs([]) == pairs(items[:1]) == []
    assert groups([]) == []


def test_pictures_with_nothing_in_common_or_nothing_in_them_have_no_pairs() -> None:
    blank = [of(jpeg(Image.new("RGB", (300, 200), colour))) for colour in ("white", "red", "black")]
    bare = [(f"{k} blank", print_) for k, print_ in enumerate(blank)]
    assert pairs(bare) == []
    assert pairs([*bare[:1], ("scene", of(jpeg(scene(0))))]) == []
    assert pairs([("one", of(jpeg(scene(1)))), ("two", of(jpeg(scene(2))))]) == []


def test_one_picture_a_thousand_times_costs_a_thousand_pairs(items: list[tuple[str, Fingerprint]]) -> None:
    print_ = items[0][1]
    same_file = [(f"{k:04}", print_) for k in range(1000)]
    assert len(pairs(same_file)) == 999
    assert {p.a for p in pairs(same_file)} == {"0000"}
    saved_again = [replace(print_, digest=k.to_bytes(32)) for k in range(1000)]
    assert len(candidates(saved_again)) < 25_000  # of 499,500


def test_other_versions_are_left_out(items: list[tuple[str, Fingerprint]]) -> None:
    old = [(name, replace(print_, version="points-0")) for name, print_ in items[:6]]
    assert pairs(old[:1] + items[1:6]) == pairs(items[1:6])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "a.jpg").write_bytes(jpeg(scene(0)))
    (tmp_path / "deep/er/b.JPG").write_bytes(EDITS["crop 10"](scene(0)))
    (tmp_path / "labels.json").write_text("{}")
    (tmp_path / "notes.txt").write_text("words")
    return tmp_path


def test_folders_are_walked_and_other_files_passed_over(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    found, failures = scan([folder], lambda done, of_: told.append((done, of_)))
    assert [Path(name).name for name, _ in found] == ["a.jpg", "b.JPG"]
    assert failures == []
    assert told == [(1, 2), (2, 2)]
    assert len(pairs(found)) == 1


def test_a_file_that_is_named_must_be_a_picture(folder: Path) -> None:
    found, failures = scan([folder / "a.jpg", folder / "notes.txt", folder / "absent.jpg"])
    assert len(found) == 1
    assert [f.what for f in failures] == [
        "no such file",
        "not a picture in a known format, or broken from its first bytes",
    ]
    assert all(isinstance(f, Failure) and f.remedy for f in failures)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes in folders")
def test_a_device_or_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.jpg")
    named = [folder / "a.jpg", folder / "pipe.jpg", Path("/dev/zero")]
    found, failures = scan(named)
    assert [Path(name).name for name, _ in found] == ["a.jpg"]
    assert [(Path(f.source).name, f.what) for f in failures] == [
        (name, "not a file, but a device or a pipe") for name in ("zero", "pipe.jpg")
    ]
    assert scan([folder])[1] == []  # below a folder it is passed over


def test_a_file_that_is_far_too_large_is_not_read(folder: Path) -> None:
    with (folder / "large.tif").open("wb") as file:
        file.truncate(200_000_001)
    found, failures = scan([folder])
    assert len(found) == 2
    assert [f.what for f in failures] == ["too large to read: 200,000,001 bytes"]


def test_one_bad_picture_leaves_the_others_compared(folder: Path) -> None:
    (folder / "c.jpg").write_bytes(jpeg(scene(1))[:3000])
    found, failures = scan([folder])
    assert len(found) == 2
    assert [Path(f.source).name for f in failures] == ["c.jpg"]


def test_a_folder_without_pictures_is_said(tmp_path: Path) -> None:
    assert scan([tmp_path])[1][0].what == "a folder with no pictures in it"


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert len(scan([folder / "a.jpg", folder, folder / "a.jpg"])[0]) == 2
