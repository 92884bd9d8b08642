"""`attrib similar --html`: groups side by side, on a page that holds all it shows and nothing that strangers wrote."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from PIL import Image

from attrib.read.pixels.shown import SIDE, small_copy
from attrib.report.gallery import Group, Shown, gallery

from .pictures import EDITS, bomb_png, encoded, jpeg, scene


def test_each_group_is_shown_with_its_pictures(tmp_path: Path) -> None:
    evil = "x' onerror='alert(1)<b>&.jpg"
    (tmp_path / evil).write_bytes(jpeg(scene(0)))
    (tmp_path / "copy.jpg").write_bytes(EDITS["mirrored"](scene(0)))
    (tmp_path / "other.jpg").write_bytes(jpeg(scene(1)))
    (tmp_path / "cut.jpg").write_bytes(jpeg(scene(2))[:3000])
    command = [sys.executable, "-m", "attrib", "similar", ".", "--html", "alike.html", "--format", "jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout.count("\n") == 1
    assert done.stderr.splitlines() == [line for line in done.stderr.splitlines() if "cut.jpg" in line]  # no progress
    text = (tmp_path / "alike.html").read_text("utf-8")
    assert text.count("<img ") == 2 and text.count("data:image/webp;base64,") == 2
    assert "mirrored" in text and "cut.jpg: truncated" in text and "2 of 3 pictures look like another" in text
    assert "<b>" not in text and "onerror='" not in text and "other.jpg" not in text
    assert not re.search(r"(?:src|href)=\"(?!data:image/)", text) and "<script" not in text and "http:" not in text


def test_the_page_is_the_same_every_time_and_shows_controls() -> None:
    groups = [Group(Shown("a\x1b[31m\u202e.jpg", ["JPEG"], None), [Shown("b.jpg", [], b"\xff\xd8")], 3)]
    page = "".join(gallery(groups, "2 of 2"))
    assert page == "".join(gallery(groups, "2 of 2"))
    assert "<U+" not in page and "&lt;U+001B&gt;" in page and "&lt;U+202E&gt;" in page
    assert "and 3 more" in page and "(no picture to show)" in page and "data:image/jpeg" in page


def test_a_page_that_cannot_be_written_is_refused_first(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "attrib", "similar", ".", "--html", "nowhere/alike.html"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "") and "--html nowhere/alike.html" in done.stderr


def test_a_small_copy_is_upright_over_white_and_bounded() -> None:
    import io

    def opened(data: bytes) -> Image.Image:
        made = small_copy(data)
        assert made and len(made.data) < 60_000
        image = Image.open(io.BytesIO(made.data))
        assert image.size == made[1:]
        return image

    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(jpeg(scene(0), exif=exif)).size == (round(SIDE * 2 / 3), SIDE)
    clear = encoded(Image.new("RGBA", (50, 40), (0, 0, 0, 0)), "PNG")
    assert opened(clear).getpixel((5, 5)) >= (250, 250, 250)
    assert opened(EDITS["cmyk"](scene(0))).mode == opened(EDITS["gif"](scene(0))).mode == "RGB"
    for bad in (b"", jpeg(scene(0))[:4000], b"<svg/>", bomb_png(30_000, 30_000)):
        assert small_copy(bad) is None
