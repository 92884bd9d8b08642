"""How well two small grey pictures agree where they lie on each other, window by window.

In: pixels in the frame and a map from one to the other. Out: what share of the windows correlates and where. Nothing is
known of verdicts here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from attrib.read.pixels.opencv import cv2
from attrib.read.pixels.plain import greys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from attrib.read.pixels.align import Laid

__all__ = ["Agreement", "agree", "facing", "inside", "off_curve", "over"]

STEP = 8  # px between the windows that are correlated; a window is twice as wide
GOOD = 0.7  # correlation from which a window agrees
FEW, LEAST = 12, 0.16  # windows, and their share, that must agree for the rest to be looked at
BETWEEN = (0.4, 0.85)  # correlations of windows that show the same scene from elsewhere, or moved
TEXTURE = 5.0  # grey levels of deviation below which a window has nothing to correlate
LOST = 0.25  # share of a window burnt out in one of the pictures, from which it is left out
WHOLE = 0.93  # share of a picture inside the overlap from which all of it is
CUTS = 8  # rectangles begin and end at eighths of the overlap


@dataclass(frozen=True, slots=True)
class Held:
    """The largest upright rectangle of the overlap in which nine windows of ten correlate.

    `cells` windows in it, `share` of all there are; `area` its share of the overlap, windows without texture counted;
    `middle` and `low` as in `Agreement`.
    """

    cells: int
    share: float
    area: float
    middle: float
    low: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two pictures agree where they overlap.

    `cells` windows with texture, `good` the share of them that correlate, `middle` the median correlation, `low` its
    lower quartile, `unsure` the share that neither agrees nor clearly differs. `seen_a`, `seen_b`: the share of each
    picture inside the overlap. `box_a`, `box_b` the overlap in each picture, as shares of its width and height (left,
    top, right, bottom). `grid` correlations, NaN without texture or overlap. `richness` the entropy of the grey levels
    in the overlap (bits, 6 at most), `peak` the share of pixels in its two commonest greys, both of the richer picture;
    `tone` how far one rising curve fails to turn the one's greys into the other's (mean grey levels); `worst` the least
    correlation. `ground` is the `peak` of those windows alone that agree.
    """

    cells: int
    good: float
    middle: float
    low: float
    unsure: float
    seen_a: float
    seen_b: float
    box_a: tuple[float, float, float, float]
    box_b: tuple[float, float, float, float]
    grid: NDArray[np.float32]
    richness: float
    peak: float
    tone: float
    worst: float
    ground: float
    held: Held | None

    @property
    def whole_a(self) -> bool:
        """Whether all of the first picture is in the overlap."""
        return self.seen_a >= WHOLE

    @property
    def whole_b(self) -> bool:
        """Whether all of the second is."""
        return self.seen_b >= WHOLE


def agree(a: NDArray[np.uint8], b: NDArray[np.uint8], laid: Laid) -> Agreement | None:
    """Correlate two pictures (in the frame) under a map, window by window; None when next to nothing agrees."""
    scale = laid.scale
    if not 0.15 < scale < 6 or min(*a.shape, *b.shape) < 2 * STEP:
        return None
    made = _correlate(*facing(a, b, laid))
    if made is None:
        return None
    return _swap(made, laid.mirror) if scale < 1 else _unmirror(made) if laid.mirror else made


def facing(
    a: NDArray[np.uint8], b: NDArray[np.uint8], laid: Laid
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.float64], float]:
    """The two as seen from the one that shows it coarser: that one, the other, the map between them and its scale."""
    if laid.mirror:
        b = np.ascontiguousarray(b[:, ::-1])
    if laid.scale < 1:
        return b, a, np.asarray(cv2.invertAffineTransform(laid.map), np.float64), 1 / laid.scale
    return a, b, laid.map, laid.scale


def over(shape: tuple[int, ...], b: NDArray[np.uint8], chart: NDArray[np.float64], scale: float) -> NDArray[np.uint8]:
    """The second picture in the place of the first, whose shape is given."""
    if scale > 1.6:
        b = np.asarray(cv2.GaussianBlur(b, (0, 0), 0.4 * scale), np.uint8)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(b, chart, shape[::-1], flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _swap(g: Agreement, mirror: bool) -> Agreement:
    box = _flip(g.box_a) if mirror else g.box_a
    return replace(g, seen_a=g.seen_b, seen_b=g.seen_a, box_a=g.box_b, box_b=box)


def _unmirror(g: Agreement) -> Agreement:
    return replace(g, box_b=_flip(g.box_b))


def _flip(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return 1 - box[2], box[1], 1 - box[0], box[3]


def _correlate(a: NDArray[np.uint8], b: NDArray[np.uint8], chart: Any, scale: float) -> Agreement | None:
    height, width = a.shape
    within = inside(a.shape, b.shape, chart, STEP)
    fine = inside(a.shape, b.shape, chart, STEP // 4)
    seen_a = float(fine.mean())
    if seen_a < 0.02 or not within.any():
        return None
    seen_b = min(1.0, seen_a * a.size * scale * scale / b.size)
    shown = over(a.shape, b, chart, scale)
    f = cv2.GaussianBlur(a, (0, 0), 1.0).astype(np.float32)
    g = cv2.GaussianBlur(shown, (0, 0), 1.0).astype(np.float32)
    ma, mb = _means(f), _means(g)
    va, vb = _means(f * f) - ma * ma, _means(g * g) - mb * mb
    cov = _means(f * g) - ma * mb
    whole = within[:-1, :-1] & within[1:, :-1] & within[:-1, 1:] & within[1:, 1:]
    used = whole & (np.maximum(va, vb) > TEXTURE * TEXTURE)
    lost = _burnt(a, shown) | _burnt(shown, a)
    if lost.any():
        used &= _means(lost.astype(np.float32)) < LOST
    noise = np.float32(2.0)
    ncc = cov / np.sqrt((np.maximum(va, 0) + noise) * (np.maximum(vb, 0) + noise))
    values = ncc[used]
    if int((values > GOOD).sum()) < max(FEW, LEAST * len(values)):
        return None
    grid = np.where(used, ncc, np.nan).astype(np.float32)
    ys, xs = np.flatnonzero(fine.any(axis=1)), np.flatnonzero(fine.any(axis=0))
    unit = STEP // 4
    edges = np.array([[xs[0] * unit, ys[0] * unit, 1], [(xs[-1] + 1) * unit, (ys[-1] + 1) * unit, 1]], np.float64)
    edges = np.minimum(edges, [width, height, 1])
    box_a = _box(edges, width, height)
    box_b = _box(edges @ chart.T, b.shape[1], b.shape[0])
    few = np.repeat(np.repeat(within, 2, axis=0), 2, axis=1)
    rows, columns = within.shape[0] * STEP, within.shape[1] * STEP
    first, second = f[:rows:4, :columns:4][few], g[:rows:4, :columns:4][few]
    (rich_a, peak_a), (rich_b, peak_b) = greys(first), greys(second)
    richness, peak = max(rich_a, rich_b), min(peak_a, peak_b)
    tone = _tone(first, second)
    unsure = float(((values > BETWEEN[0]) & (values < BETWEEN[1])).mean())
    low, middle = _quarters(values)
    good, worst = float((values > GOOD).mean()), float(values.min())
    held = _held(grid, int(whole.sum()))
    agreeing = _spread(used & (ncc > GOOD))
    ground = min(greys(picture[: agreeing.shape[0], : agreeing.shape[1]][agreeing])[1] for picture in (a, shown))
    return Agreement(
        len(values), good, middle, low, unsure, seen_a, seen_b, box_a, box_b, grid,
        richness, peak, tone, worst, ground, held,
    )  # fmt: skip


def _burnt(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the first has lost what the second has: brightened to white, or darkened to black."""
    lost: NDArray[np.bool_] = ((one >= 253) & (two > 150) & (two < 253)) | ((one <= 2) & (two < 60) & (two > 2))
    return lost


def _means(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Means over windows of 2 STEP a side, every STEP: whole ones only."""
    rows, columns = values.shape[0] // STEP, values.shape[1] // STEP
    block = cv2.resize(values[: rows * STEP, : columns * STEP], (columns, rows), interpolation=cv2.INTER_AREA)
    made: NDArray[np.float32] = (block[:-1, :-1] + block[1:, :-1] + block[:-1, 1:] + block[1:, 1:]) / np.float32(4)
    return made


def _spread(windows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The px that lie in any of these windows."""
    blocks = np.zeros((windows.shape[0] + 1, windows.shape[1] + 1), np.bool_)
    for y, x in ((0, 0), (0, 1), (1, 0), (1, 1)):
        blocks[y : y + windows.shape[0], x : x + windows.shape[1]] |= windows
    return np.repeat(np.repeat(blocks, STEP, axis=0), STEP, axis=1)


def inside(a: tuple[int, ...], b: tuple[int, ...], chart: Any, step: int) -> NDArray[np.bool_]:
    """Which blocks of `step` px of a have their whole in b, under the map."""
    rows, columns = a[0] // step, a[1] // step
    y, x = np.arange(rows + 1)[:, None] * step, np.arange(columns + 1)[None] * step
    u = chart[0, 0] * x + chart[0, 1] * y + chart[0, 2]
    v = chart[1, 0] * x + chart[1, 1] * y + chart[1, 2]
    corner = (u > -2.5) & (v > -2.5) & (u < b[1] + 1.5) & (v < b[0] + 1.5)
    whole: NDArray[np.bool_] = corner[:-1, :-1] & corner[1:, :-1] & corner[:-1, 1:] & corner[1:, 1:]
    return whole


def _box(edges: Any, width: int, height: int) -> tuple[float, float, float, float]:
    (x0, x1), (y0, y1) = np.sort(edges[:, 0]) / width, np.sort(edges[:, 1]) / height
    left, top, right, bottom = (min(1.0, max(0.0, float(v))) for v in (x0, y0, x1, y1))
    return left, top, right, bottom


def _quarters(values: NDArray[np.floating[Any]]) -> tuple[float, float]:
    """The lower quartile and the median."""
    ordered = np.sort(values)
    return float(ordered[len(ordered) // 4]), float(ordered[len(ordered) // 2])


def _tone(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """How far from one rising curve: mean distance of the second's greys from it, given the first's."""
    return max(float(np.abs(off_curve(x, y)).mean()) for x, y in ((first, second), (second, first)))


def off_curve(x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float64]:
    """How far each grey of y is from the one rising curve that fits it best, given x: tones may have been edited."""
    at = (x / 4).astype(np.int64)
    count = np.bincount(at, minlength=64)
    known = count > 0
    middle = np.bincount(at, weights=y, minlength=64)[known] / count[known]
    curve = np.zeros(64)
    curve[known] = (np.maximum.accumulate(middle) + np.minimum.accumulate(middle[::-1])[::-1]) / 2
    return np.asarray(y - curve[at], np.float64)


def _held(grid: NDArray[np.float32], windows: int) -> Held | None:
    """Of the correlations, NaN where none is known; `windows` are all that lie in the overlap."""
    known = ~np.isnan(grid)
    ys, xs = np.flatnonzero(known.any(axis=1)), np.flatnonzero(known.any(axis=0))
    grid = grid[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
    known = known[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
    good = known & (np.nan_to_num(grid) > GOOD)
    sums = np.zeros((2, grid.shape[0] + 1, grid.shape[1] + 1), np.int32)
    sums[0, 1:, 1:] = known.cumsum(0).cumsum(1)
    sums[1, 1:, 1:] = good.cumsum(0).cumsum(1)
    t, b = _spans(grid.shape[0])
    l, r = _spans(grid.shape[1])  # noqa: E741
    t, b, l, r = t[:, None], b[:, None], l[None], r[None]  # noqa: E741
    have = sums[0][b, r] - sums[0][t, r] - sums[0][b, l] + sums[0][t, l]
    fine = sums[1][b, r] - sums[1][t, r] - sums[1][b, l] + sums[1][t, l]
    score = np.where(fine >= 0.9 * have, have, 0)
    best = int(score.argmax())
    cells = int(score.flat[best])
    if not cells:
        return None
    y, x = divmod(best, score.shape[1])
    top, bottom, left, right = int(t[y, 0]), int(b[y, 0]), int(l[0, x]), int(r[0, x])
    values = grid[top:bottom, left:right]
    low, middle = _quarters(values[known[top:bottom, left:right]])
    area = min(1.0, (bottom - top) * (right - left) / windows)
    return Held(cells, cells / int(known.sum()), area, middle, low)


@cache
def _spans(size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every (start, end) between the eighths of `size`."""
    cuts = sorted({round(k * size / CUTS) for k in range(CUTS + 1)})
    both = [(a, b) for a in cuts for b in cuts if a < b]
    return np.array([a for a, _ in both]), np.array([b for _, b in both])
