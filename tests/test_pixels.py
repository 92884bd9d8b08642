"""Picture files become fingerprints, and two fingerprints a verdict."""

from __future__ import annotations

import hashlib
import io
import os
import re
import struct
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFilter, ImageFont, ImageOps

from attrib.model import Confidence, Failure
from attrib.read.pixels import Fingerprint, compare, fingerprint, version
from attrib.read.pixels.decode import refuse
from attrib.read.pixels.points import MIRROR, POINT, find
from attrib.read.pixels.shown import small_copy

from .pictures import (
    EDITS,
    bomb_png,
    card,
    chessboard,
    collage,
    crop,
    encoded,
    grain,
    jpeg,
    knave,
    scene,
    shifted,
    snow,
    tile,
    with_logo,
)  # fmt: skip


def of(data: bytes) -> Fingerprint:
    made = fingerprint(data, "test")
    assert isinstance(made, Fingerprint), made
    return made


def fault(data: bytes) -> str:
    made = fingerprint(data, "bad.jpg")
    assert isinstance(made, Failure)
    assert made.source == "bad.jpg"
    assert made.remedy
    return made.what


@pytest.fixture(scope="module")
def originals() -> list[tuple[Image.Image, Fingerprint]]:
    return [(image, of(jpeg(image))) for image in map(scene, range(3))]


# Copies


@pytest.mark.parametrize("edit", EDITS)
def test_a_copy_is_found(edit: str, originals: list[tuple[Image.Image, Fingerprint]]) -> None:
    for image, print_ in originals:
        match = compare(print_, of(EDITS[edit](image)))
        assert match is not None
        assert match.distance <= 24
        assert match.reasons


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ("quality 10", "saved again"),
        ("mirrored", "mirrored"),
        ("right two thirds", "cropped to the right two thirds"),
        ("crop 30", "cropped to the middle"),
        ("letterboxed", "bars added left and right"),
        ("padded", "bars added above and below"),
        ("border", "border added"),
        ("logo", "laid over the bottom left"),
        ("lower third", "laid over the bottom"),
    ],
)
def test_what_was_done_is_said_in_words(
    edit: str, words: str, originals: list[tuple[Image.Image, Fingerprint]]
) -> None:
    image, print_ = originals[0]
    match = compare(print_, of(EDITS[edit](image)))
    assert match is not None
    assert words in match.how


def memed(image: Image.Image) -> Image.Image:
    """With a white band above it, and words there."""
    band = Image.new("RGB", (image.width, image.height + 120), "white")
    band.paste(image, (0, 120))
    font = ImageFont.load_default(size=48)
    ImageDraw.Draw(band).text((image.width / 2, 60), "WHEN THE BILL ARRIVES", fill="black", font=font, anchor="mm")
    return band


def captioned(image: Image.Image) -> Image.Image:
    """With words in large letters over its top and its foot."""
    image = image.copy()
    font = ImageFont.load_default(size=70)
    for y, words in ((60, "ONE DOES NOT SIMPLY"), (540, "WALK INTO A NEWSROOM")):
        place = (image.width / 2, y)
        ImageDraw.Draw(image).text(place, words, "white", font, "mm", stroke_fill="black", stroke_width=4)
    return image


def studio(seed: int) -> Image.Image:
    """Things beside a plain wall."""
    image = scene(seed)
    image.paste((214, 216, 214), (0, 0, 200, 600))
    return image


@pytest.mark.parametrize(
    ("original", "edit", "how"),
    [
        (scene, memed, "a bar added above"),
        (scene, captioned, "something laid over the top( right)? and the bottom"),
        (scene, lambda im: crop(im.rotate(3), 0.06, 0.06, 0.94, 0.94), "cropped to the middle.*, turned by about 3°"),
        (scene, lambda im: im.rotate(-5, expand=True), "turned by about 5°"),
        (scene, lambda im: crop(im, 0.05, 0.05, 1, 0.95), "cropped to the right, 8[5-9]% of it"),
        (studio, lambda im: crop(im, 0.14, 0, 1, 1), "cropped to the right 8[5-7]%"),  # the wall goes on: no bar
    ],
)
def test_what_was_done_is_said_and_no_more(
    original: Callable[[int], Image.Image], edit: Callable[[Image.Image], Image.Image], how: str
) -> None:
    for seed in (1, 5, 8):
        image = original(seed)
        match = compare(of(jpeg(image)), of(jpeg(edit(image))))
        assert match is not None and re.fullmatch(how, match.how)


def test_beside_another_picture_nothing_is_laid_over() -> None:
    for seed in range(6):
        pair = collage(scene(seed), scene(seed + 20))
        match = compare(of(jpeg(scene(seed))), of(jpeg(pair)))
        assert match is not None and "laid over" not in match.how


@pytest.mark.parametrize("seed", [2, 4, 7, 11])
def test_a_border_is_nothing_laid_over_the_picture(seed: int) -> None:
    bordered = ImageOps.expand(scene(seed), 40, (255, 255, 255))
    match, marked = (compare(of(jpeg(scene(seed))), of(jpeg(image))) for image in (bordered, with_logo(bordered)))
    assert match is not None and match.how == "border added"
    assert marked is not None and "laid over the bottom" in marked.how


@pytest.mark.parametrize("seed", [1, 3])  # of the two, another is the larger file
def test_on_a_mirrored_copy_no_side_is_named(seed: int) -> None:
    match = compare(of(jpeg(scene(seed))), of(jpeg(with_logo(ImageOps.mirror(scene(seed))))))
    assert match is not None
    assert match.how == "mirrored, something laid over a corner at the bottom"


def test_the_shared_part_is_given_as_a_box(originals: list[tuple[Image.Image, Fingerprint]]) -> None:
    image, print_ = originals[0]
    match = compare(print_, of(EDITS["right two thirds"](image)))
    assert match is not None
    assert match.box_a == pytest.approx((1 / 3, 0, 1, 1), abs=0.04)
    assert match.box_b == pytest.approx((0, 0, 1, 1), abs=0.04)


def test_half_of_a_collage_is_found_and_no_surer_than_medium(
    originals: list[tuple[Image.Image, Fingerprint]],
) -> None:
    match = compare(originals[0][1], of(jpeg(collage(originals[0][0], originals[1][0]))))
    assert match is not None
    assert match.confidence is not Confidence.HIGH


def test_the_same_file_is_certain(originals: list[tuple[Image.Image, Fingerprint]]) -> None:
    match = compare(originals[0][1], originals[0][1])
    assert match is not None
    assert (match.distance, match.confidence, match.how) == (0, Confidence.HIGH, "the same file")


def test_a_verdict_does_not_depend_on_the_order(originals: list[tuple[Image.Image, Fingerprint]]) -> None:
    one = originals[1][1]
    for edit in EDITS.values():
        other = of(edit(originals[1][0]))
        there, back = compare(one, other), compare(other, one)
        assert there is not None and back is not None
        sides = {"a": "b", "b": "a", "": ""}
        edits = tuple((what, sides[side]) for what, side in back.edits)
        assert there == replace(back, box_a=back.box_b, box_b=back.box_a, edits=edits)


@pytest.mark.parametrize(
    ("edit", "edits"),
    [
        ("crop 20", [("cropped", "b")]),
        ("padded", [("framed", "b")]),
        ("mirrored", [("mirrored", "")]),
        ("lower third", [("covered", "")]),
        ("width 320", []),
    ],
)
def test_the_edited_side_is_named_where_it_can_be_told(
    edit: str, edits: list[tuple[str, str]], originals: list[tuple[Image.Image, Fingerprint]]
) -> None:
    image, original = originals[1]
    match = compare(original, of(EDITS[edit](image)))
    assert match is not None and list(match.edits) == edits


@pytest.mark.parametrize("edit", ["brighter", "contrast", "darker", "grey", "width 320", "crop 10"])
def test_what_shines_or_drowns_after_an_edit_is_found(edit: str) -> None:
    for picture in (snow(1), snow(2), snow(3), ImageOps.invert(snow(4)), ImageOps.invert(snow(5))):
        assert compare(of(jpeg(picture)), of(EDITS[edit](picture))) is not None


# What is not a copy


def test_different_scenes_do_not_match() -> None:
    prints = [of(jpeg(scene(100 + k))) for k in range(12)]
    assert [(i, j) for i in range(12) for j in range(i) if compare(prints[i], prints[j])] == []


def test_the_same_scene_from_beside_is_another_picture() -> None:
    for seed in range(3):
        assert compare(of(jpeg(shifted(seed, 0))), of(jpeg(shifted(seed, 45)))) is None


def test_cards_match_by_their_words_only() -> None:
    one = card("Minister denies/all claims/of the inquiry")
    assert compare(of(jpeg(one)), of(jpeg(card("Storm reaches/the northern/coast tonight")))) is None
    assert compare(of(jpeg(one)), of(jpeg(card("Minister denies/all claims/of the union")))) is None
    assert compare(of(jpeg(one)), of(encoded(one, "PNG"))) is not None


def test_drawings_of_one_family_are_told_apart_by_word_and_colour() -> None:
    blue, orange = (90, 130, 170), (240, 120, 20)
    for side in (64, 100, 300):
        family = [tile(word, blue, side) for word in "A B 3 8 ok".split()] + [tile("A", orange, side)]
        prints = [of(encoded(picture, "PNG")) for picture in family]
        assert [(i, j) for i in range(len(family)) for j in range(i) if compare(prints[i], prints[j])] == []
        assert compare(prints[0], of(encoded(family[0], "WEBP", lossless=True))) is not None


@pytest.mark.parametrize("side", [190, 400])
def test_two_suits_of_one_card_are_two_pictures(side: int) -> None:
    """They agree in all but a hundredth; a copy saved again or smaller agrees in that as well."""
    both = [knave(suit, side) for suit in ("round", "pointed")]
    first, second = (of(encoded(one, "PNG")) for one in both)
    assert compare(first, second) is None
    for one, print_, other in zip(both, (first, second), (second, first), strict=True):
        small = one.resize((one.width * 2 // 3, one.height * 2 // 3), Image.Resampling.LANCZOS)
        for copy in (of(jpeg(one, 70)), of(encoded(small, "PNG"))):
            assert compare(print_, copy) is not None
            assert compare(other, copy) is None


def test_a_small_drawing_in_other_colours_is_another_even_mirrored() -> None:
    back = grain(7, (140, 190))
    red, blue = (ImageOps.colorize(back.convert("L"), "black", "white", mid=mid) for mid in ("#c04040", "#4a6ad0"))
    assert compare(of(encoded(red, "PNG")), of(encoded(ImageOps.mirror(blue), "PNG"))) is None
    assert compare(of(encoded(red, "PNG")), of(jpeg(ImageOps.mirror(red)))) is not None


def test_the_same_pattern_in_other_pictures_is_no_copy() -> None:
    held = [chessboard(k) for k in range(6)]
    prints = [of(jpeg(picture)) for picture in held]
    assert [(i, j) for i in range(6) for j in range(i) if compare(prints[i], prints[j])] == []
    for picture, print_ in zip(held, prints, strict=True):
        assert compare(print_, of(jpeg(crop(picture, 0.05, 0.05, 0.9, 0.9)))) is not None


def marked(ground: Image.Image, size: tuple[int, int], at: tuple[int, int]) -> bytes:
    """With the same busy mark laid over it, as a channel's presenter or banner is."""
    image = ground.copy()
    image.paste(scene(77, (900, 600)).resize(size), at)
    return jpeg(image)


@pytest.mark.parametrize(
    ("size", "at"),
    [((380, 190), (10, 400)), ((330, 200), (560, 10)), ((900, 130), (0, 470))],
    ids=["bottom left", "top right", "banner"],
)
def test_two_pictures_with_the_same_mark_on_them_are_no_copies(size: tuple[int, int], at: tuple[int, int]) -> None:
    grounds = [scene(k) for k in range(20, 24)] + [grain(k) for k in range(30, 34)] + [snow(k) for k in range(40, 44)]
    prints = [of(marked(ground, size, at)) for ground in grounds]
    assert [compare(prints[i], prints[j]) for i in range(12) for j in range(i)] == [None] * 66


def on_gradient(words: str) -> Image.Image:
    """A card with one word on a steep gradient."""
    image = Image.linear_gradient("L").resize((900, 600)).convert("RGB")
    ImageDraw.Draw(image).text((300, 250), words, fill="white", font_size=60)
    return image


def paged(image: Image.Image) -> Image.Image:
    """As a web page shows it: under its head and beside its list of news."""
    page = Image.new("RGB", (1400, 810), (240, 240, 240))
    page.paste(ImageOps.fit(image, (900, 460)), (60, 170))
    draw = ImageDraw.Draw(page)
    draw.text((700, 80), "THE DAILY EXAMPLE", "black", ImageFont.load_default(size=84), "mm")
    for k in range(14):
        draw.text((1180, 185 + 42 * k), f"More news from region {k}", "black", ImageFont.load_default(size=30), "mm")
    return page


@pytest.mark.parametrize("picture", [scene, grain])
def test_the_same_page_around_two_pictures_makes_no_copies(picture: Callable[[int], Image.Image]) -> None:
    shown = [of(jpeg(paged(picture(seed)))) for seed in range(6)]
    assert [(i, j) for i, a in enumerate(shown) for j, b in enumerate(shown[:i]) if compare(a, b) is not None] == []
    again = compare(shown[0], of(jpeg(paged(picture(0)).resize((700, 405)), 60)))  # a copy it is all the same
    assert again is not None and again.how == "saved again"


def test_cards_on_one_gradient_match_by_their_words_only() -> None:
    one, *others = (of(encoded(on_gradient(words), "PNG")) for words in ("energy", "bridge", "budget", "storm"))
    assert [compare(one, other) for other in others] == [None, None, None]
    small = on_gradient("energy").resize((480, 320))
    assert compare(one, of(jpeg(small, 70))) is not None


def test_a_blurred_photograph_is_no_gradient() -> None:
    soft = scene(5).filter(ImageFilter.GaussianBlur(9))
    assert compare(of(jpeg(scene(5))), of(jpeg(soft))) is not None
    assert compare(of(jpeg(soft)), of(jpeg(with_logo(soft)))) is not None


def test_blank_pictures_match_only_as_files() -> None:
    white, grey = (Image.new("RGB", (600, 400), colour) for colour in ("white", (200, 200, 200)))
    assert compare(of(jpeg(white)), of(encoded(white, "PNG"))) is None
    assert compare(of(jpeg(white)), of(jpeg(grey))) is None
    assert compare(of(jpeg(white)), of(jpeg(white))) is not None


def test_fingerprints_of_two_versions_are_not_compared(originals: list[tuple[Image.Image, Fingerprint]]) -> None:
    print_ = originals[0][1]
    assert compare(print_, replace(print_, version="points-0")) is None


# Formats


def test_size_is_as_shown() -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    turned = jpeg(scene(1).rotate(90, expand=True), exif=exif)
    made = of(turned)
    assert (made.width, made.height, made.format) == (900, 600, "JPEG")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(orientation: int, kind: str) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transpose that the orientation takes back
    image = scene(2)
    stored = image if orientation == 1 else image.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x112] = orientation
    print_ = of(encoded(stored, kind, exif=exif))
    match = compare(of(jpeg(image)), print_)
    assert match is not None
    assert (match.how, print_.width, print_.height) == ("saved again", *image.size)
    shown = small_copy(encoded(stored, kind, exif=exif))
    assert shown is not None and shown.width > shown.height
    assert compare(of(jpeg(image)), of(shown.data)) is not None


def test_sixteen_bits_and_floats() -> None:
    grey = scene(3).convert("L")
    deep = Image.fromarray((np.asarray(grey).astype(np.uint16) * 257).astype(np.uint16))
    real = Image.fromarray(np.asarray(grey).astype(np.float32) / 255)
    for data in (encoded(deep, "PNG"), encoded(deep, "TIFF"), encoded(real, "TIFF")):
        match = compare(of(jpeg(grey)), of(data))
        assert match is not None
        assert match.distance <= 2


def test_transparent_pictures_are_looked_at_on_white_and_on_black() -> None:
    image = scene(4).convert("RGBA")
    mask = Image.new("L", image.size, 0)
    mask.paste(255, (150, 100, 750, 500))
    image.putalpha(mask)
    made = of(encoded(image, "PNG"))
    assert len(made.views) == 2
    for ground in ("white", "black"):
        flat = Image.new("RGB", image.size, ground)
        flat.paste(image, mask=mask)
        assert compare(made, of(jpeg(flat))) is not None
    image.putalpha(255)
    assert len(of(encoded(image, "PNG")).views) == 1


def badged(shape: str) -> bytes:
    """A black sign on nothing, with a badge that many have."""
    image = Image.new("RGBA", (192, 192))
    draw = ImageDraw.Draw(image)
    {"lock": draw.ellipse, "printer": draw.rectangle}[shape]((10, 10, 180, 120), fill="black")
    image.paste(tile("!", (0, 200, 0), 90), (96, 96))
    return encoded(image, "PNG")


def test_a_transparent_drawing_is_the_same_on_both_grounds_or_another() -> None:
    lock, printer = of(badged("lock")), of(badged("printer"))
    assert compare(lock, printer) is None
    smaller = encoded(Image.open(io.BytesIO(badged("lock"))).resize((144, 144), Image.Resampling.LANCZOS), "PNG")
    assert compare(lock, of(smaller)) is not None
    black = encoded(Image.open(io.BytesIO(badged("lock"))).crop((0, 0, 192, 96)), "PNG")
    assert compare(of(black), of(encoded(Image.open(io.BytesIO(black)), "WEBP", lossless=True))) is not None


def test_an_odd_colour_profile_is_applied() -> None:
    image = scene(5)
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert of(jpeg(image, icc_profile=linear)).views  # a profile that cannot be used does no harm
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert of(jpeg(image, icc_profile=srgb)).views == of(jpeg(image)).views


def test_the_first_frame_stands_for_ten_thousand() -> None:
    frames = [scene(k, (120, 80)).quantize(32) for k in (6, 7)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=40)
    second = data.rindex(b"\x21\xf9\x04")
    many = data[:second] + data[second:-1] * 10_000 + data[-1:]
    assert len(many) > 10_000_000
    assert of(many).views == of(data).views


def test_a_fingerprint_is_the_same_everywhere() -> None:
    made = of(encoded(_quarry(), "PNG")).views[0]
    assert f"{made.phash:016x} {made.dhash:016x} {made.flat}" == "9c5add61b21389b6 a92b25ada5b66634 0"
    points = hashlib.sha256(made.points).hexdigest()[:16]
    assert f"{len(np.frombuffer(made.points, POINT))} points, {points}" == "64 points, b4ed597637d19bbe"


@pytest.mark.parametrize(
    ("height", "width", "digest"),
    [
        (256, 256, "64 points, 5c00260b97b1d68f"),
        (256, 171, "64 points, 4c0e874c3197b91f"),
        (144, 256, "64 points, c7027fb085565d05"),
        (256, 63, "27 points, 8b961f3af98335cd"),
        (33, 256, "6 points, 1d4f3f4106cf3eb1"),
        (31, 256, "0 points, e3b0c44298fc1c14"),
    ],
)
def test_points_of_pictures_of_any_shape_are_the_same_everywhere(height: int, width: int, digest: str) -> None:
    """Blobs are sought in four sizes of the first and in one of the last but one; in the last there is room for none."""
    points = find(np.asarray(_quarry())[100 : 100 + height, 200 : 200 + width])
    assert f"{len(points)} points, {hashlib.sha256(points.tobytes()).hexdigest()[:16]}" == digest


def _quarry() -> Image.Image:
    """Blocks of many sizes on each other, made of whole numbers alone."""
    y, x = np.mgrid[0:384, 0:512]
    values = sum(((x // n * 53 + 7) * (y // n * 91 + 5) % 97) * n // 24 for n in (7, 11, 19, 37, 61)) % 256
    return Image.fromarray(values.astype(np.uint8))


def test_a_fingerprint_is_the_same_on_a_plainer_processor(tmp_path: Path) -> None:
    code = (
        "import sys; from attrib.read.pixels import fingerprint; import hashlib\n"
        "for name in sys.argv[1:]:\n"
        "  made = fingerprint(open(name, 'rb').read())\n"
        "  print(hashlib.sha256(repr(made.views[0].phash).encode() + made.views[0].points).hexdigest())"
    )
    names = [str(tmp_path / f"{k}.jpg") for k in range(3)]
    for k, name in enumerate(names):
        Path(name).write_bytes(jpeg(scene(k, (700 + 90 * k, 500))))
    plain = {"OPENCV_CPU_DISABLE": "AVX2,AVX,FP16", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3"}
    said = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code, *names],
            env=os.environ | more, capture_output=True, text=True, check=True,
        ).stdout
        for more in ({}, plain)
    ]  # fmt: skip
    assert said[0] == said[1] and len(said[0].split()) == 3


def test_points_of_a_mirrored_picture_are_known_without_looking() -> None:
    grey = np.asarray(scene(8).convert("L").resize((256, 170)))
    straight, turned = find(grey), find(np.ascontiguousarray(grey[:, ::-1]))
    expected = straight["bits"] ^ np.uint64(MIRROR)
    near = np.bitwise_count(expected[:, None] ^ turned["bits"][None]).min(axis=1)
    assert (near <= 6).mean() > 0.9


def test_the_version_names_what_a_fingerprint_rests_on() -> None:
    for part in ("points-", "256px", "draft", "imagehash-"):
        assert part in version()


# Bad input


def bomb_jpeg(width: int, height: int) -> bytes:
    data = bytearray(jpeg(scene(1, (64, 64)), progressive=True))
    at = data.index(b"\xff\xc2")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: b"", "empty"),
        (lambda: b"not a picture at all", "not a picture"),
        (lambda: b"<!DOCTYPE html><html>404</html>", "web page"),
        (lambda: SVG, "SVG"),
        (lambda: HEIC, "HEIC"),
        (lambda: jpeg(scene(1))[:4000], "truncated"),
        (lambda: encoded(scene(1), "PNG")[:20_000], "truncated"),
        (lambda: encoded(Image.new("RGB", (1, 1)), "PNG"), "too small"),
        (lambda: jpeg(Image.new("RGB", (65_500, 20))), "too large to decode: 65500 by 20 px"),
        (lambda: encoded(Image.new("L", (20_000, 40)), "PNG"), "too narrow"),
        (lambda: bomb_png(60_000, 60_000), "too large"),
        (lambda: bomb_png(12_000, 12_000), "too large to decode: 12000 by 12000 px"),
        (lambda: bomb_jpeg(65_000, 65_000), "too large"),
        (lambda: bomb_jpeg(20_000, 20_000), "bomb"),
    ],
)
def test_a_bad_file_is_a_failure_that_names_the_fault(data: Callable[[], bytes], words: str) -> None:
    assert words in fault(data())


@pytest.mark.parametrize("data", [b"\xff\x0a" + bytes(64), b"II*\0\x08\0\0\0\0\0" + bytes(64)], ids=["JPEG XL", "TIFF"])
def test_what_this_machine_cannot_decode_is_no_fault_of_the_picture(data: bytes) -> None:
    found = fingerprint(data, "a")
    assert isinstance(found, Failure)
    assert "no decoder for it is installed" in found.what
    assert found.kind == ""


def test_what_pillow_says_of_damage_stands_behind_plain_words() -> None:
    assert fault(b"\xff\xd8" * 100 + jpeg(scene(1))).startswith("damaged, so that it cannot be decoded (")


def with_chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG of a scene with one part more, behind its head."""
    data = encoded(scene(1), "PNG")
    part = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:33] + part + data[33:]


def test_a_profile_that_unpacks_to_far_too_much_costs_no_picture() -> None:
    bomb = with_chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(50_000_000), 9))
    assert of(bomb).views == of(encoded(scene(1), "PNG")).views


def test_texts_of_a_png_are_not_copied_before_it_is_decoded() -> None:
    data = with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + b" " * 20_000_000)
    tracemalloc.start()
    found = of(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 15e6
    assert found.views == of(encoded(scene(1), "PNG")).views


def test_a_jpeg_of_thousands_of_rounds_is_not_decoded() -> None:
    data = jpeg(Image.new("L", (900, 600), 128), progressive=True)
    last = data[data.rindex(b"\xff\xc4", 0, data.rindex(b"\xff\xda")) : -2]
    assert of(data[:-2] + last * 20 + data[-2:]).views
    assert "made to be slow" in fault(data[:-2] + last * 500 + data[-2:])
    data = jpeg(scene(1), progressive=True)
    film = np.random.default_rng(0).integers(0, 256, 8_000_000, np.uint8).tobytes()  # as phones put behind a photograph
    assert of(data + film).views == of(data).views


def test_a_camera_s_original_is_taken_at_full_size() -> None:
    large = scene(1).resize((9504, 6336))
    assert compare(of(jpeg(large)), of(jpeg(scene(1)))) is not None
    assert "too large" in fault(jpeg(large, progressive=True))  # held whole in memory, unlike the other


def test_heic_is_read_where_its_decoder_is_installed() -> None:
    heif = pytest.importorskip("pillow_heif", reason="pillow-heif, which reads HEIC, is not installed")
    picture = scene(9)
    out = io.BytesIO()
    heif.from_pillow(picture).save(out)
    assert compare(of(jpeg(picture)), of(out.getvalue())) is not None


def test_broken_bytes_never_raise() -> None:
    rng = np.random.default_rng(0)
    for whole in (jpeg(scene(1, (120, 90))), encoded(scene(1, (120, 90)), "PNG"), encoded(scene(1, (120, 90)), "WEBP")):
        for _ in range(120):
            data = bytearray(whole)
            for at in rng.integers(0, len(data), 6):
                data[at] = rng.integers(0, 256)
            assert isinstance(fingerprint(bytes(data[: int(rng.integers(1, len(data)))])), Failure | Fingerprint)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux counts it")
@pytest.mark.parametrize(
    ("kind", "tiles", "options"), [("PNG", (103, 103, 4), {"compress_level": 1}), ("TIFF", (112, 112, 3), {})]
)
def test_the_largest_picture_that_is_taken_fits_in_half_a_gigabyte(
    tmp_path: Path, kind: str, tiles: tuple[int, int, int], options: dict[str, int]
) -> None:
    down, across, channels = tiles
    tile = np.random.default_rng(0).integers(0, 255, (64, 64, channels), dtype=np.uint8)
    path = tmp_path / "large"
    path.write_bytes(encoded(Image.fromarray(np.tile(tile, (down, across, 1))), kind, **options))
    code = (  # VmHWM is this process's own; getrusage counts what the process was started from as well
        "import re, sys; from attrib.read.pixels import fingerprint; from attrib.read.pixels.shown import small_copy;"
        "data = open(sys.argv[1], 'rb').read();"
        "made = fingerprint(data), small_copy(data);"
        "most = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read());"
        "print(*(type(one).__name__ for one in made), int(most[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    *kinds, megabytes = done.stdout.split()
    assert kinds == ["Fingerprint", "Copy"]
    assert int(megabytes) < 500


def test_a_file_counts_for_the_memory_that_its_picture_takes() -> None:
    with Image.open(io.BytesIO(bomb_png(7_500, 7_500))) as image:
        assert refuse(image, 2_000_000) is None
        fault = refuse(image, 180_000_000)
    assert fault is not None
    assert fault[0].startswith("too large to decode: 7500 by 7500 px, over 48 million pixels for a file of 180 MB")


# Real photographs, from packages that ship some


@pytest.mark.wild
def test_newsroom_edits_of_real_photographs(shared: Path) -> None:
    photos = [Image.open(path).convert("RGB") for path in sorted((shared / "photos/originals").glob("*.jpg"))[::6]]
    prints = [of(jpeg(photo, 90)) for photo in photos]
    missed = [
        (number, edit)
        for number, photo in enumerate(photos)
        for edit, function in EDITS.items()
        if compare(prints[number], of(function(photo))) is None
    ]
    assert len(missed) <= 0.02 * len(photos) * len(EDITS), missed
    assert not any(compare(prints[i], prints[j]) for i in range(len(prints)) for j in range(i))


def test_photographs_of_other_packages_do_not_match_each_other() -> None:
    data = pytest.importorskip("skimage.data", reason="scikit-image ships photographs; it is not installed")
    pictures = [
        getattr(data, name)() for name in ("astronaut", "camera", "coffee", "chelsea", "rocket", "coins", "moon")
    ]
    prints = [of(jpeg(Image.fromarray(pixels).convert("RGB"))) for pixels in pictures]
    assert not any(compare(prints[i], prints[j]) for i in range(len(prints)) for j in range(i))
    for pixels, print_ in zip(pictures, prints, strict=True):
        assert compare(print_, of(jpeg(ImageOps.mirror(Image.fromarray(pixels).convert("RGB")), 40))) is not None
