"""`attrib similar`, run as a person runs it on a folder in which anything may lie."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from attrib.cli.look import groups_said

from .pictures import EDITS, bomb_png, card, encoded, jpeg, scene
from .test_pixels import HEIC, SVG, bomb_jpeg

SAID = {
    "animated.gif": "",
    "bomb.jpg": "as a decompression bomb",
    "bomb.png": "too large to decode: it declares more pixels than is safe, as a decompression bomb does.",
    "drawing.svg": "an SVG drawing, which has no pixels to compare. Export it as PNG to have it compared.",
    "empty.jpg": "the file is empty (0 bytes). Upload the picture again.",
    "one.png": "too small to compare: 1 by 1 px, as a spacer or tracking pixel. Use the picture itself.",
    "page.jpg": "a web page under a picture's name. Save the picture itself, not the page around it.",
    "phone.heic": "a HEIC picture, and no decoder for it is installed. Export it as JPEG, or install pillow-heif.",
    "truncated.jpg": "truncated: the file ends before the picture does.",
    "wide.jpg": "too large to decode: 65500 by 20 px, over 32,767 px on one side.",
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three copies of one picture, and what is no picture that can be compared."""
    here = tmp_path_factory.mktemp("pictures")
    frames = [scene(k, (120, 80)).quantize(32) for k in (6, 7)]
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=40)
    second = moving.rindex(b"\x21\xf9\x04")
    files = {
        "a.jpg": jpeg(scene(0)), "b.jpg": EDITS["mirrored"](scene(0)), "c.jpg": EDITS["crop 20"](scene(0)),
        "card.png": encoded(card("Nothing to see/here today"), "PNG"), "other.jpg": jpeg(scene(1)),
        "animated.gif": moving[:second] + moving[second:-1] * 10_000 + moving[-1:],
        "bomb.jpg": bomb_jpeg(20_000, 20_000), "bomb.png": bomb_png(60_000, 60_000), "drawing.svg": SVG,
        "empty.jpg": b"", "one.png": encoded(Image.new("RGB", (1, 1)), "PNG"), "page.jpg": b"<!DOCTYPE html>no",
        "phone.heic": HEIC, "truncated.jpg": jpeg(scene(2))[:4000], "wide.jpg": jpeg(Image.new("RGB", (65_500, 20))),
    }  # fmt: skip
    for name, data in files.items():
        (here / name).write_bytes(data)
    (here / "folder.jpg").mkdir()
    for k in range(12):  # so many that processes are worth their while
        (here / f"folder.jpg/{k}.jpg").write_bytes(jpeg(scene(10 + k, (300, 200))))
    return here


def run(here: Path, *arguments: str) -> tuple[int, str, str]:
    code = (  # VmHWM is this process's own; getrusage counts what the process was started from as well
        "import re, sys; from attrib.cli import main\n"
        "try: main()\n"
        "finally: print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr)"
    )
    command = ["-c", code] if sys.platform == "linux" else ["-m", "attrib"]
    done = subprocess.run([sys.executable, *command, *arguments], cwd=here, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_what_cannot_be_compared_is_said_in_one_line_each_and_the_rest_is_compared(here: Path) -> None:
    code, out, err = run(here, "similar", ".", "--format", "jsonl", "--jobs", "1")
    pairs = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert {(pair["a"], pair["b"]) for pair in pairs} >= {("a.jpg", "b.jpg"), ("a.jpg", "c.jpg")}
    assert {name for pair in pairs for name in (pair["a"], pair["b"])} == {"a.jpg", "b.jpg", "c.jpg"}
    lines = dict(re.findall(r"^attrib: (\S+): (.*)$", err, re.M))
    assert set(lines) - {"phone.heic"} == {name for name, words in SAID.items() if words} - {"phone.heic"}
    assert [name for name, line in lines.items() if not line.endswith(".") or SAID[name] not in line] == []
    if sys.platform == "linux":
        assert int(err.split()[-1]) < 500_000


def test_every_pair_has_reasons_and_the_part_that_both_show(here: Path) -> None:
    pairs = [json.loads(line) for line in run(here, "similar", ".", "--format", "jsonl")[1].splitlines()]
    assert pairs and all(pair["how"] and pair["reasons"] for pair in pairs)
    (cropped,) = (pair for pair in pairs if (pair["a"], pair["b"]) == ("a.jpg", "c.jpg"))
    assert cropped["box_a"] == pytest.approx([0.15, 0.02, 0.95, 0.82], abs=0.03)
    assert cropped["box_b"] == pytest.approx([0, 0, 1, 1], abs=0.03)


def test_the_number_of_processes_changes_no_byte(here: Path) -> None:
    said = [run(here, "similar", ".", "--jobs", jobs, "--html", f"../{jobs}.html") for jobs in ("1", "2")]
    assert said[0][:2] == said[1][:2]
    assert [line for line in said[0][2].splitlines() if "attrib:" in line] == [
        line for line in said[1][2].splitlines() if "attrib:" in line
    ]
    assert (here / "../1.html").read_bytes() == (here / "../2.html").read_bytes()


def test_drawings_and_spacers_are_said_and_are_no_failures(here: Path) -> None:
    code, out, err = run(here, "similar", "drawing.svg", "one.png", "card.png")
    assert (code, out) == (0, "There is one picture, and none to compare it with.\n")
    assert "drawing.svg" in err and "one.png" in err
    assert run(here, "similar", "drawing.svg")[:2] == (0, "There is no picture to compare.\n")


def test_a_folder_where_a_picture_is_expected_is_said(here: Path) -> None:
    code, _, err = run(here, "inspect", "folder.jpg")
    assert code == 2
    assert "attrib: folder.jpg: " in err and "folder" in err.split("folder.jpg: ")[1]


@pytest.mark.skipif(os.name == "nt", reason="names without line breaks")
def test_a_name_with_a_line_break_stays_in_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(scene(0)))
    (tmp_path / "b\n\nno.jpg").write_bytes(jpeg(scene(0), 60))
    assert run(tmp_path, "similar", ".")[1].splitlines()[1:4] == ["", "a.jpg", "  b<U+000A><U+000A>no.jpg"]
    assert run(tmp_path, "archive", "add", "seen.db", ".")[0] == 0
    assert run(tmp_path, "archive", "list", "seen.db")[1] == "a.jpg\nb<U+000A><U+000A>no.jpg\n"


def test_large_numbers_are_parted() -> None:
    assert groups_said([], 2000) == "No two of 2,000 pictures look alike."
