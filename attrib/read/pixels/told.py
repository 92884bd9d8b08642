"""What was done to a picture to get another, in words a picture editor uses.

In: two views, where they lie on each other and how they agree there. Out: the words, and the edits as a `Match` has
them. Only what can be told is said: a plain ground that goes on inside is no border, and noise is nothing laid over a
picture. Thresholds were set on 67 edits of 48 photographs: of 1,189 crops of all kinds 2 are called framed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from attrib.read.pixels.align import pixels
from attrib.read.pixels.opencv import cv2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from attrib.read.pixels.agree import Agreement
    from attrib.read.pixels.align import Laid
    from attrib.read.pixels.prints import View

    Box = tuple[float, float, float, float]

__all__ = ["px", "told"]

NEARLY = 0.97  # share of a width or height from which all of it is
TURNED, CONSENTING = 1.5, 16  # degrees, and points that consent to the map: copies that were not turned are 1.1 off
MARGIN = 3  # px between the parts of a thumbnail that an edge shines into
PLAIN = 10, 0.75  # grey levels from the middle one, and the share of a ground within them: words may stand on it
GOES_ON = 14, 0.35  # the same, of what lies inside along its edge: from there on the ground is the picture's own
APART, PLACE = 0.5, (4, 0.01)  # correlation of windows with something else in them; how many of a place, and of all
FAINT, FAINT_PLACE, CLEAR = 0.7, (6, 0.02), 0.95  # the same, where three quarters of all windows are clear
INSIDE = 3  # windows of a place that do not lie along the edge, into which what is beyond it shines


def told(a: View, b: View, found: Agreement, laid: Laid) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What was done, in words, and as a `Match` has it."""
    words = ["mirrored"] if laid.mirror else []
    edits = [("mirrored", "")] if laid.mirror else []
    whole = found.whole_a and found.whole_b
    if not (found.whole_a or found.whole_b):
        words.append("a part of both: cropped differently, or set beside another picture")
        edits.append(("parted", ""))
    elif not whole:
        box, view = (found.box_b, b) if found.whole_a else (found.box_a, a)
        framed, part = _framed(pixels(view.thumb), box), _part(box)
        if framed or part:
            words.append(framed or f"cropped to {part}")
            edits.append(
                ("framed", "b" if found.whole_a else "a") if framed else ("cropped", "a" if found.whole_a else "b")
            )
    turned = _turned(laid)
    if turned:
        words.append(f"turned by about {turned}°")
    covered = _covered(found, whole, laid.mirror) if found.whole_a or found.whole_b else ""
    if covered:
        words.append(f"something laid over {covered}")
        edits.append(("covered", ""))
    return ", ".join(words) or "saved again", tuple(edits)


def px(box: Box, size: tuple[int, int]) -> Box:
    """A box in px of a picture of this width and height; one px wide and high at least."""
    left, top, right, bottom = box
    return (
        left * size[0],
        top * size[1],
        max(right * size[0], left * size[0] + 1),
        max(bottom * size[1], top * size[1] + 1),
    )


def _turned(laid: Laid) -> int:
    """Degrees that the one is turned against the other; 0 when that cannot be told from none."""
    (a, b, _), (c, d, _) = laid.map.tolist()
    degrees = abs(math.degrees(math.atan2(c - b, a + d)))
    return round(degrees) if degrees >= TURNED and laid.points >= CONSENTING else 0


def _framed(grey: NDArray[np.uint8], box: Box) -> str:
    """Words for what surrounds the shared part when it is plain, but for words on it, and ends where that begins."""
    height, width = grey.shape
    left, top, right, bottom = (round(v) for v in px(box, (width, height)))
    around = np.ones(grey.shape, bool)
    around[max(0, top - MARGIN) : bottom + MARGIN, max(0, left - MARGIN) : right + MARGIN] = False
    if around.sum() < 20:
        return ""
    off = np.abs(grey.astype(np.int16) - int(np.median(grey[around])))
    if (off[around] <= PLAIN[0]).mean() < PLAIN[1]:
        return ""
    near, far = MARGIN, MARGIN + 4
    bars = {  # each with what lies inside along it
        "on the left": (left > MARGIN, off[top:bottom, left + near : left + far]),
        "on the right": (right < width - MARGIN, off[top:bottom, max(0, right - far) : max(0, right - near)]),
        "above": (top > MARGIN, off[top + near : top + far, left:right]),
        "below": (bottom < height - MARGIN, off[max(0, bottom - far) : max(0, bottom - near), left:right]),
    }
    inside = {where: strip for where, (there, strip) in bars.items() if there}
    if not inside or any(not s.size or (s <= GOES_ON[0]).mean() >= GOES_ON[1] for s in inside.values()):
        return ""
    where = list(inside)
    if len(where) == 1:
        return f"a bar added {where[0]}"
    pairs = {
        ("on the left", "on the right"): "bars added left and right",
        ("above", "below"): "bars added above and below",
    }
    return pairs.get((where[0], where[1]), "border added") if len(where) == 2 else "border added"


def _part(box: Box) -> str:
    """A box in words: "the right two thirds", "the middle"; "" where it is all of the picture."""
    wide, high = box[2] - box[0], box[3] - box[1]
    sides = []
    for size, low, high_, names in (
        (wide, box[0], box[2], ("left", "right")),
        (high, box[1], box[3], ("top", "bottom")),
    ):
        if size < NEARLY:
            near, far = low, 1 - high_
            side = names[0] if near < 0.35 * far else names[1] if far < 0.35 * near else "middle"
            sides.append((side, size))
    if len(sides) == 1:
        return f"the {sides[0][0]} {_share(sides[0][1])}"
    places = [side for side, _ in reversed(sides) if side != "middle"]
    return f"the {' '.join(places) or 'middle'}, {wide * high:.0%} of it" if sides else ""


def _share(size: float) -> str:
    known = {0.25: "quarter", 1 / 3: "third", 0.5: "half", 2 / 3: "two thirds", 0.75: "three quarters"}
    near = min(known, key=lambda share: abs(share - size))
    return known[near] if abs(near - size) < 0.04 else f"{size:.0%}"


def _covered(found: Agreement, whole: bool, mirror: bool) -> str:
    """Where the two disagree inside the overlap, when it is a place and not noise: "the bottom left".

    In a mirrored copy left is right: no side is named.
    """
    known_y, known_x = np.nonzero(~np.isnan(found.grid))
    y0, y1, x0, x1 = known_y.min(), known_y.max() + 1, known_x.min(), known_x.max() + 1
    grid = found.grid[y0:y1, x0:x1]
    bad = _places(grid, APART, *PLACE, found.cells, whole)
    if found.low > CLEAR:
        bad |= _places(grid, FAINT, *FAINT_PLACE, found.cells, whole)
    bands = list(_bands(bad, mirror))
    return " and ".join(bands) if len(bands) < 3 else "several places"


def _places(
    grid: NDArray[np.float32], apart: float, few: int, share: float, cells: int, whole: bool
) -> NDArray[np.bool_]:
    """The windows that correlate less, where enough of them lie side by side."""
    bad = np.nan_to_num(grid, nan=1.0) < apart
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bad.astype(np.uint8), connectivity=8)
    inner = labels[1:-1, 1:-1]
    kept = [
        k
        for k in range(1, count)
        if stats[k, cv2.CC_STAT_AREA] >= max(few, share * cells) and (whole or int((inner == k).sum()) >= INSIDE)
    ]
    return np.isin(labels, kept)


def _bands(bad: NDArray[np.bool_], mirror: bool) -> Iterator[str]:
    """Words for where windows lie: once for each place high or low in the picture."""
    rows, columns = bad.shape
    count, labels = cv2.connectedComponents(bad.astype(np.uint8), connectivity=8)
    bands: dict[str, list[NDArray[np.intp]]] = {}
    for k in range(1, count):
        ys, xs = np.nonzero(labels == k)
        y = (np.median(ys) + 0.5) / rows
        bands.setdefault("top" if y < 0.35 else "bottom" if y > 0.65 else "", []).append(xs)
    for vertical in ("top", "", "bottom"):
        if vertical not in bands:
            continue
        xs = np.concatenate(bands[vertical])
        x, spread = (np.median(xs) + 0.5) / columns, np.percentile(xs, 90) - np.percentile(xs, 10)
        across = "" if spread > 0.55 * columns else "left" if x < 0.35 else "right" if x > 0.65 else ""
        if mirror and across:
            yield f"a corner at the {vertical}" if vertical else "a side"
        else:
            yield f"the {vertical} {across}".strip().replace("  ", " ") if vertical or across else "the middle"
