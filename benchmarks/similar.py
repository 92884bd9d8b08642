"""How fast and how sure look-alikes are found, beside other hashes, in one run.

    python benchmarks/similar.py                    everything up to 100,000 pictures
    python benchmarks/similar.py --million          and one million
    python benchmarks/similar.py --photos FOLDER    on photographs of your own instead of drawn scenes
    python benchmarks/similar.py --photos FOLDER --pieces 100000    so many pieces of them, all pairs, and no more

FOLDER holds photographs, or packages that ship some (benchmarks/false_pairs.py gets them). imagehash is always there;
pdqhash and imagededup are measured where they are installed. Large sets are made of the points and thumbnails of the
pictures at hand: words are as unevenly spread as in real ones, with two pictures in a hundred a copy of another. Pieces
of the photographs, turned by steps of 45 degrees, stretched, and as negatives, are a set that is real all over, and
harder than whole pictures: sky beside sky. Two in a hundred of them are copies too: saved again or cropped.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import math
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from attrib.read.pixels import Fingerprint, alone, candidates, compare, fingerprint, version
from attrib.read.pixels.points import POINT
from attrib.read.pixels.prints import View
from attrib.read.pixels.search import Index
from attrib.similar import SUFFIXES, pairs
from benchmarks.false_pairs import members, photographic
from tests.pictures import EDITS, collage, crop, jpeg, scene

BOARD = re.compile(r"/(left|right)\d+\.jpg$")  # one chessboard, held up 26 times: no collection is so made
Window = tuple[float, int, int, int, int, int]  # stretch, turn, column, row, columns, rows
STRICT = {"imagehash.phash": 8, "imagehash.dhash": 8, "pdqhash": 31, "imagededup.PHash": 8}  # usual thresholds, bits


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--photos", type=Path, help="a folder of photographs")
    options.add_argument("--pieces", type=int, metavar="N", help="all pairs of N pieces of them, and no more")
    options.add_argument("--million", action="store_true")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--count", type=int, default=12, help="pictures to edit")
    given = options.parse_args()
    alone()
    if given.photos:
        files = photographs(given.photos)
        originals = [opened(data) for data in files[: given.count]]
    else:
        originals = [scene(k, (1100, 733)) for k in range(given.count)]
    if given.photos:
        real(files, given.pieces or 20_000, given.jobs)
    if given.photos and given.pieces:
        return
    speed(originals)
    recall(originals)
    scale(originals, [10_000, 100_000] + [1_000_000] * given.million, given.jobs)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def photographs(folder: Path) -> list[bytes]:
    """The photographs in a folder, and in the packages in it, once each."""
    found: dict[bytes, Fingerprint] = {}
    for path in sorted(folder.iterdir()):
        inside = [("", path.read_bytes())] if path.suffix.lower() in SUFFIXES else members(path)
        for name, data in inside:
            print_ = None if BOARD.search(name) else fingerprint(data)
            if isinstance(print_, Fingerprint) and photographic(print_):
                found[data] = print_
    again = {pair.b for pair in pairs([(f"{k:06}", print_) for k, print_ in enumerate(found.values())])}
    return [data for k, data in enumerate(found) if f"{k:06}" not in again]


def hashes() -> dict[str, Callable[[bytes], Any]]:
    """Each way to a hash, from the bytes of a file."""
    import imagehash

    ways: dict[str, Callable[[bytes], Any]] = {
        "imagehash.phash": lambda data: imagehash.phash(opened(data)).hash.ravel(),
        "imagehash.dhash": lambda data: imagehash.dhash(opened(data)).hash.ravel(),
    }
    if importlib.util.find_spec("pdqhash"):
        import pdqhash

        ways["pdqhash"] = lambda data: pdqhash.compute(np.asarray(opened(data).convert("RGB")))[0].astype(bool)
    if importlib.util.find_spec("imagededup"):
        from imagededup.methods import PHash

        deduper = PHash()

        def deduped(data: bytes) -> Any:
            word = deduper.encode_image(image_array=np.asarray(opened(data).convert("RGB")))
            return np.unpackbits(np.frombuffer(bytes.fromhex(word), np.uint8)).astype(bool)

        ways["imagededup.PHash"] = deduped
    return ways


def best(function: Callable[[Any], Any], items: list[Any], rounds: int = 3) -> float:
    """CPU ms an item, the best round of several."""
    least = 1e9
    for _ in range(rounds):
        start = time.process_time()
        for item in items:
            function(item)
        least = min(least, time.process_time() - start)
    return 1e3 * least / len(items)


def speed(originals: list[Image.Image]) -> None:
    print("\nOne picture, CPU ms (times the decoding of the same JPEG)")
    sizes = (800, 1100, 1600, 4000)
    ways = {"decoding alone": lambda data: Image.open(io.BytesIO(data)).load(), "attrib": fingerprint} | hashes()
    rows: dict[str, list[float]] = {name: [] for name in ways}
    for width in sizes:
        data = [
            jpeg(im.resize((width, round(width * im.height / im.width)), Image.Resampling.BICUBIC))
            for im in originals[: 8 if width < 2000 else 3]
        ]
        for name, way in ways.items():
            rows[name].append(best(way, data))
    print(f"  {'':18}" + "".join(f"{f'{width} px':>18}" for width in sizes))
    for name, values in rows.items():
        cells = (
            f"{value:9.1f} ({value / plain:4.2f})" for value, plain in zip(values, rows["decoding alone"], strict=True)
        )
        print(f"  {name:18}" + "".join(f"{cell:>18}" for cell in cells))


def recall(originals: list[Image.Image]) -> None:
    edits = dict(EDITS)
    edits["half of a collage"] = lambda im: jpeg(collage(im, originals[0]))
    files = [[jpeg(im), *(edit(im) for edit in edits.values())] for im in originals]
    prints = [[fingerprint(data) for data in row] for row in files]
    found = {"attrib": [[compare(row[0], copy) is not None for copy in row[1:]] for row in prints]}  # type: ignore[arg-type]
    for name, way in hashes().items():
        made = [[way(data) for data in row] for row in files]
        found[name] = [[int((row[0] != copy).sum()) <= STRICT[name] for copy in row[1:]] for row in made]
    at = ", ".join(f"{name} {bits}" for name, bits in STRICT.items())
    print(f"\nCopies found, % of {len(originals)} pictures (hashes at {at} bits)")
    print(f"  {'':22}" + "".join(f"{name:>18}" for name in found))
    for k, edit in enumerate(edits):
        rows = range(1 if edit == "half of a collage" else 0, len(originals))
        print(f"  {edit:22}" + "".join(f"{100 * np.mean([hits[r][k] for r in rows]):18.0f}" for hits in found.values()))
    print(f"  {'all':22}" + "".join(f"{100 * np.mean(hits):18.1f}" for hits in found.values()))
    apart = [(a, b) for i, a in enumerate(prints) for b in prints[:i]]
    wrong = sum(compare(x, y) is not None for a, b in apart for x in a[:-1:5] for y in b[:-1:5])  # type: ignore[arg-type]
    print(f"  attrib, false pairs: {wrong} of {sum(len(a[:-1:5]) * len(b[:-1:5]) for a, b in apart):,}")


def crowd(originals: list[Image.Image], count: int, copies: int = 0) -> list[Fingerprint]:
    """So many fingerprints: points of real ones with a third of their bits drawn anew, two in a hundred a real copy.

    With `copies`, so many of them are one picture saved again and again.
    """
    rng = np.random.default_rng(count)
    real = [made for im in originals for made in (fingerprint(jpeg(im)), fingerprint(EDITS["crop 20"](im)))]
    known = [made for made in real if isinstance(made, Fingerprint)]
    pool = np.concatenate([np.frombuffer(made.views[0].points, POINT) for made in known])
    thumbs = [made.views[0].thumb for made in known]
    made = []
    for k in range(count):
        points = pool[rng.integers(0, len(pool), 54)]
        noise = rng.integers(0, 1 << 64, (3, 54), np.uint64, endpoint=False)
        points["bits"] ^= noise[0] & (noise[1] | noise[2])
        phash, dhash = (int(v) for v in rng.integers(0, 1 << 64, 2, np.uint64, endpoint=False))
        view = View(phash, dhash, 0, points.tobytes(), thumbs[k % len(thumbs)])
        made.append(Fingerprint(version(), "JPEG", 900, 600, k.to_bytes(32), (view,)))
    for k in range(count // 50):  # a copy: the same picture, a fifth of its points lost, bits turned
        source = made[k]
        points = np.frombuffer(source.views[0].points, POINT)[:43].copy()
        points["bits"] ^= np.uint64(1) << rng.integers(0, 64, len(points)).astype(np.uint64)
        made[-1 - k] = replace(made[-1 - k], views=(replace(source.views[0], points=points.tobytes()),))
    for k in range(copies):
        made[count // 2 + k] = replace(made[count // 2 + k], views=made[count // 2].views)
    return made


def real(files: list[bytes], count: int, jobs: int) -> None:
    """All pairs among so many pieces of the photographs."""
    windows = [(nth, *window) for nth, data in enumerate(files) for window in ways(opened(data).size)]
    rng = np.random.default_rng(0)
    chosen = sorted(rng.permutation(len(windows))[: round(count / 2.04)])
    given: dict[int, list[Window]] = {}
    for nth, *window in (windows[k] for k in chosen):
        given.setdefault(nth, []).append(tuple(window))  # type: ignore[arg-type]
    with Pool(jobs) as pool:
        made = pool.imap(pieces, [(nth, files[nth], some) for nth, some in given.items()])
        items = [item for some in made for item in some]
    start = time.perf_counter()
    proposed = candidates([print_ for _, print_ in items])
    between = time.perf_counter()
    found = pairs(items, jobs=jobs)
    end = time.perf_counter()
    print(f"\n{len(items):,} pieces of {len(files)} photographs: {len(proposed):,} pairs proposed in", end=" ")
    print(f"{between - start:.1f} s; {len(found):,} found in {end - between:.1f} s, the proposing with it")


def ways(size: tuple[int, int]) -> Iterator[Window]:
    """The pieces of a photograph, some 150 by 110 px."""
    for stretch in (1.0, 1.5, 0.67):
        shaped = round(size[0] * stretch), round(size[1] / stretch)
        for turn in range(0, 360, 45):
            part = inner(shaped, turn)
            across, down = int(part[0] // 150), int(part[1] // 110)
            yield from ((stretch, turn, n % across, n // across, across, down) for n in range(across * down))


def pieces(photograph: tuple[int, bytes, list[Window]]) -> list[tuple[str, Fingerprint]]:
    """Fingerprints of pieces of a photograph and of their negatives; of every 25th also of a copy."""
    alone()
    nth, data, windows = photograph
    whole = opened(data)
    items: list[tuple[str, Fingerprint]] = []
    shown: tuple[float, int] | None = None
    for k, (stretch, turn, x, y, across, down) in enumerate(windows):
        if shown != (stretch, turn):
            shown = stretch, turn
            size = round(whole.width * stretch), round(whole.height / stretch)
            turned = whole.resize(size, Image.Resampling.BICUBIC).rotate(turn, Image.Resampling.BICUBIC)
            part = inner(size, turn)
        width, height = part[0] / across, part[1] / down
        left, top = (size[0] - part[0]) / 2 + x * width, (size[1] - part[1]) / 2 + y * height
        piece = turned.crop((round(left), round(top), round(left + width), round(top + height)))
        kinds = {"": jpeg(piece), "negative": jpeg(ImageOps.invert(piece))}
        if k % 25 == 0:
            kinds["copy"] = jpeg(crop(piece, 0.1, 0.1, 1, 1)) if k % 2 else jpeg(piece, 60)
        for kind, saved in kinds.items():
            print_ = fingerprint(saved)
            if isinstance(print_, Fingerprint):
                items.append((f"{nth:04} {stretch} {turn:03} {x:02} {y:02} {kind}", print_))
    return items


def inner(size: tuple[int, int], turn: int) -> tuple[float, float]:
    """Width and height of an upright rectangle of the same shape that a picture holds when it is turned."""
    sin, cos = abs(math.sin(math.radians(turn))), abs(math.cos(math.radians(turn)))
    scale = min(size[k] / (size[k] * cos + size[1 - k] * sin) for k in (0, 1))
    return size[0] * scale, size[1] * scale


def scale(originals: list[Image.Image], sizes: list[int], jobs: int) -> None:
    print(f"\nMany pictures (wall seconds, {jobs} processes for all pairs)")
    head = (
        "pictures",
        "all pairs s",
        "pairs",
        "5 % one picture s",
        "index s",
        "load s",
        "bytes each",
        "query ms",
        "found",
    )
    print("  " + "".join(f"{name:>18}" for name in head))
    for size in sizes:
        prints = crowd(originals, size)
        cells = [f"{size:,}"]
        if size <= 100_000:
            for some in (prints, crowd(originals, size, size // 20)):
                start = time.perf_counter()
                found = pairs([(f"{k:07}", print_) for k, print_ in enumerate(some)], jobs=jobs)
                cells.append(f"{time.perf_counter() - start:.1f}")
                if some is prints:
                    cells.append(f"{len(found):,}")
        else:
            cells += ["", "", ""]
        start = time.perf_counter()
        index = Index.of((k, p.views[0].phash, p.views[0].dhash, p.views[0].points) for k, p in enumerate(prints))
        cells.append(f"{time.perf_counter() - start:.1f}")
        with tempfile.TemporaryDirectory() as folder:
            index.save(Path(folder) / "index", "")
            start = time.perf_counter()
            loaded = Index.load(Path(folder) / "index")
            cells.append(f"{time.perf_counter() - start:.2f}")
            assert loaded
            cells.append(f"{(Path(folder) / 'index').stat().st_size / size:.0f}")
            index = loaded[0]
        asked = range(1, size // 50, max(1, size // 5000))
        start = time.perf_counter()
        hits = 0
        for k in asked:  # a copy finds its original: proposals and their verification
            proposed = index.find(prints[-1 - k].views[0])
            hits += any(compare(prints[-1 - k], prints[other]) is not None for other in proposed if other == k)
        cells.append(f"{1e3 * (time.perf_counter() - start) / len(asked):.1f}")
        cells.append(f"{100 * hits / len(asked):.0f} %")
        print("  " + "".join(f"{cell:>18}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
