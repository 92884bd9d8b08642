"""How two small grey pictures lie on each other, and how well they agree where they do.

`lay` finds the map from one picture's frame into the other's that most points consent to; `agree` lays the pixels
over each other and correlates them cell by cell. Both know nothing of verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from attrib.read.pixels.opencv import cv2
from attrib.read.pixels.plain import greys
from attrib.read.pixels.points import POINT, UNIT, frame, mirrored

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "BITS",
    "LOOSE",
    "OCTAVES",
    "Agreement",
    "Laid",
    "agree",
    "grain",
    "identity",
    "lay",
    "pixels",
    "refine",
    "repeats",
]

BITS = 18  # of 64 in which two points of one place may differ: 99 % of true ones do in fewer, of others 1 in 2,000
TWIN = 16  # bits of 64 in which two points of one picture may differ to be the same thing, repeated
TENTATIVE = 96  # the closest pairs of points looked at
LOOSE = 10.0  # px a point may lie off while its scale and place alone predict the map
OCTAVES = 0.45  # in which the scales that two points predict may differ
TIGHT = 3.0  # px it may lie off once the map is fitted
STEP = 8  # px between the windows that are correlated; a window is twice as wide
GOOD = 0.7  # correlation from which a window agrees
FEW = 12  # windows that must agree for the rest to be looked at
BETWEEN = (0.4, 0.85)  # correlations of windows that show the same scene from elsewhere, or moved
TEXTURE = 5.0  # grey levels of deviation below which a window has nothing to correlate
LOST = 0.25  # share of a window burnt out in one of the pictures, from which it is left out


@dataclass(frozen=True, slots=True)
class Laid:
    """A map from `a`'s frame to `b`'s (2 by 3, px), b mirrored first if `mirror`; `points` consent to it."""

    map: NDArray[np.float64]
    mirror: bool
    points: int


@dataclass(frozen=True, slots=True)
class Held:
    """The largest upright rectangle of the overlap in which nine windows of ten correlate.

    `cells` windows in it, `share` of all there are; `middle` and `low` as in `Agreement`; `box` as shares of the
    bounding box of the overlap.
    """

    cells: int
    share: float
    middle: float
    low: float
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two pictures agree where they overlap.

    `cells` windows with texture, `good` the share of them that correlate, `middle` the median correlation, `low` its
    lower quartile, `unsure` the share that neither agrees nor clearly differs. `seen_a`, `seen_b`: the share of each
    picture inside the overlap. `box_a`, `box_b` the overlap in each picture, as shares of its width and height (left,
    top, right, bottom). `grid` correlations, NaN without texture or overlap; `textured` the share of windows with
    texture. `richness` the entropy of the grey levels in the overlap (bits, 6 at most), `peak` the share of pixels in
    its two commonest greys, both of the richer picture; `tone` how far one rising curve fails to turn the one's greys
    into the other's (mean grey levels); `worst` the least correlation.
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
    textured: float
    richness: float
    peak: float
    tone: float
    worst: float
    held: Held | None


def pixels(thumb: bytes) -> NDArray[np.uint8]:
    """A thumbnail's pixels, in the frame."""
    return _decoded(thumb)[0]


@lru_cache(maxsize=4096)
def _decoded(thumb: bytes) -> tuple[NDArray[np.uint8], float]:
    """A thumbnail's pixels in the frame, and how many px of its own stand behind each of them, in a row."""
    grey = np.asarray(cv2.imdecode(np.frombuffer(thumb, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)
    height, width = frame(*grey.shape)
    own = grey.shape[1] / width
    if grey.shape != (height, width):
        grey = np.asarray(cv2.resize(grey, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    return grey, own


def grain(a: bytes, b: bytes, laid: Laid) -> float:
    """How much a window under this map is worth: the px that both thumbnails really have in it, as a share."""
    scale = float(np.sqrt(abs(np.linalg.det(laid.map[:, :2]))))
    coarse, other = (a, b) if scale >= 1 else (b, a)
    return min(1.0, _decoded(coarse)[1], _decoded(other)[1] * max(scale, 1 / scale)) ** 2


@lru_cache(maxsize=4096)
def repeats(points: bytes) -> bool:
    """Whether a picture is a pattern, such as tiles or a facade: most of its points are found in it elsewhere too."""
    bits = _points(points)[0]["bits"]
    twins = np.bitwise_count(bits[:, None] ^ bits[None]) <= TWIN
    return int((twins.sum(axis=1) > 1).sum()) * 2 > len(bits)


@lru_cache(maxsize=8192)
def _points(data: bytes) -> tuple[NDArray[Any], NDArray[np.float32]]:
    points = np.frombuffer(data, POINT)
    at = np.stack([points["x"], points["y"], points["scale"]]).astype(np.float32) / np.float32(UNIT)
    return points, at


def identity(a: tuple[int, ...], b: tuple[int, ...], mirror: bool = False) -> Laid:
    """The whole of one picture on the whole of the other; `a` and `b` are shapes in the frame."""
    sx, sy = b[1] / a[1], b[0] / a[0]
    return Laid(np.array([[sx, 0, (sx - 1) / 2], [0, sy, (sy - 1) / 2]]), mirror, 0)


def lay(a: bytes, b: bytes, width: int, mirror: bool = False) -> Laid | None:
    """The map that most points of the two pictures consent to; `width` is b's, in the frame. None if under 3 do."""
    left, at = _points(a)
    right, to = _points(b)
    if mirror:
        right = mirrored(right, width)
        to = np.stack([width - 1 - to[0], to[1], to[2]])
    if not len(left) or not len(right):
        return None
    differ = np.bitwise_count(left["bits"][:, None] ^ right["bits"][None])
    flat = np.flatnonzero(differ <= BITS)
    if len(flat) < 3:
        return None
    if len(flat) > TENTATIVE:
        flat = flat[np.argsort(differ.reshape(-1)[flat], kind="stable")[:TENTATIVE]]
    i, j = np.divmod(flat, len(right))
    p, q = at[:, i], to[:, j]
    ratio = q[2] / p[2]
    dx = q[0][:, None] + (p[0] - p[0][:, None]) * ratio[:, None] - q[0]
    dy = q[1][:, None] + (p[1] - p[1][:, None]) * ratio[:, None] - q[1]
    size = np.log2(ratio)
    fits = (dx * dx + dy * dy < LOOSE * LOOSE) & (np.abs(size[:, None] - size) < OCTAVES)
    best = fits[int(fits.sum(axis=1).argmax())]
    if _distinct(i[best], j[best]) < 3:
        return None
    chart, near = _fit(p, q, best)
    return Laid(chart, mirror, _distinct(i[near], j[near]))


def _distinct(i: NDArray[np.int64], j: NDArray[np.int64]) -> int:
    return min(len(np.unique(i)), len(np.unique(j)))


def _fit(p: Any, q: Any, near: Any) -> tuple[NDArray[np.float64], Any]:
    """Least squares over the consenting points, twice: turn and scale first, sheared only where many points say so."""
    for free in (False, True):
        if free and near.sum() < 8:
            break
        chart = _solve(p[:, near].astype(np.float64), q[:, near].astype(np.float64), free)
        x = chart[0, 0] * p[0] + chart[0, 1] * p[1] + chart[0, 2] - q[0]
        y = chart[1, 0] * p[0] + chart[1, 1] * p[1] + chart[1, 2] - q[1]
        close = x * x + y * y < TIGHT * TIGHT
        if close.sum() >= 3:
            near = close
    return chart, near


def _solve(p: Any, q: Any, free: bool) -> NDArray[np.float64]:
    n = p.shape[1]
    one, none = np.ones(n), np.zeros(n)
    if free:
        rows = np.stack([p[0], p[1], one], axis=1)
        solved = np.linalg.lstsq(rows, q[:2].T, rcond=None)[0]
        return np.asarray(solved.T, np.float64)
    rows = np.concatenate([np.stack([p[0], -p[1], one, none], 1), np.stack([p[1], p[0], none, one], 1)])
    a, b, c, d = np.linalg.lstsq(rows, np.concatenate([q[0], q[1]]), rcond=None)[0]
    return np.array([[a, -b, c], [b, a, d]])


def agree(a: NDArray[np.uint8], b: NDArray[np.uint8], laid: Laid) -> Agreement | None:
    """Correlate two pictures (in the frame) under a map, window by window; None when next to nothing agrees."""
    if laid.mirror:
        b = b[:, ::-1]
    scale = float(np.sqrt(abs(np.linalg.det(laid.map[:, :2]))))
    if not 0.15 < scale < 6 or min(*a.shape, *b.shape) < 2 * STEP:
        return None
    if scale < 1:  # b's picture of it is the coarser: look from there
        back = cv2.invertAffineTransform(laid.map)
        turned = _correlate(b, a, back, 1 / scale)
        return None if turned is None else _swap(turned, laid.mirror)
    made = _correlate(a, b, laid.map, scale)
    return made if made is None or not laid.mirror else _unmirror(made)


def _swap(g: Agreement, mirror: bool) -> Agreement:
    box = _flip(g.box_a) if mirror else g.box_a
    return replace(g, seen_a=g.seen_b, seen_b=g.seen_a, box_a=g.box_b, box_b=box)


def _unmirror(g: Agreement) -> Agreement:
    return replace(g, box_b=_flip(g.box_b))


def _flip(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return 1 - box[2], box[1], 1 - box[0], box[3]


def _correlate(a: NDArray[np.uint8], b: NDArray[np.uint8], chart: Any, scale: float) -> Agreement | None:
    height, width = a.shape
    inside = _inside(a.shape, b.shape, chart, STEP)
    fine = _inside(a.shape, b.shape, chart, STEP // 4)
    seen_a = float(fine.mean())
    if seen_a < 0.02 or not inside.any():
        return None
    seen_b = min(1.0, seen_a * a.size * scale * scale / b.size)
    if scale > 1.6:
        b = np.asarray(cv2.GaussianBlur(b, (0, 0), 0.4 * scale), np.uint8)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    over = np.asarray(cv2.warpAffine(b, chart, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    f = cv2.GaussianBlur(a, (0, 0), 1.0).astype(np.float32)
    g = cv2.GaussianBlur(over, (0, 0), 1.0).astype(np.float32)
    ma, mb = _means(f), _means(g)
    va, vb = _means(f * f) - ma * ma, _means(g * g) - mb * mb
    cov = _means(f * g) - ma * mb
    whole = inside[:-1, :-1] & inside[1:, :-1] & inside[:-1, 1:] & inside[1:, 1:]
    used = whole & (np.maximum(va, vb) > TEXTURE * TEXTURE)
    lost = _burnt(a, over) | _burnt(over, a)
    if lost.any():
        used &= _means(lost.astype(np.float32)) < LOST
    noise = np.float32(2.0)
    ncc = cov / np.sqrt((np.maximum(va, 0) + noise) * (np.maximum(vb, 0) + noise))
    values = ncc[used]
    if int((values > GOOD).sum()) < FEW:
        return None
    grid = np.where(used, ncc, np.nan).astype(np.float32)
    ys, xs = np.flatnonzero(fine.any(axis=1)), np.flatnonzero(fine.any(axis=0))
    unit = STEP // 4
    edges = np.array([[xs[0] * unit, ys[0] * unit, 1], [(xs[-1] + 1) * unit, (ys[-1] + 1) * unit, 1]], np.float64)
    edges = np.minimum(edges, [width, height, 1])
    box_a = _box(edges, width, height)
    box_b = _box(edges @ chart.T, b.shape[1], b.shape[0])
    few = np.repeat(np.repeat(inside, 2, axis=0), 2, axis=1)
    rows, columns = inside.shape[0] * STEP, inside.shape[1] * STEP
    first, second = f[:rows:4, :columns:4][few], g[:rows:4, :columns:4][few]
    (rich_a, peak_a), (rich_b, peak_b) = greys(first), greys(second)
    richness, peak = max(rich_a, rich_b), min(peak_a, peak_b)
    tone = _tone(first, second)
    share = len(values) / max(1, int(whole.sum()))
    unsure = float(((values > BETWEEN[0]) & (values < BETWEEN[1])).mean())
    low, middle = _quarters(values)
    good, worst = float((values > GOOD).mean()), float(values.min())
    held = _held(grid)
    return Agreement(
        len(values), good, middle, low, unsure, seen_a, seen_b, box_a, box_b, grid, share,
        richness, peak, tone, worst, held,
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


def _inside(a: tuple[int, ...], b: tuple[int, ...], chart: Any, step: int) -> NDArray[np.bool_]:
    """Which blocks of `step` px of a have their whole in b, under the map."""
    rows, columns = a[0] // step, a[1] // step
    y, x = np.arange(rows + 1)[:, None] * step, np.arange(columns + 1)[None] * step
    u = chart[0, 0] * x + chart[0, 1] * y + chart[0, 2]
    v = chart[1, 0] * x + chart[1, 1] * y + chart[1, 2]
    corner = (u > -2.5) & (v > -2.5) & (u < b[1] + 1.5) & (v < b[0] + 1.5)
    inside: NDArray[np.bool_] = corner[:-1, :-1] & corner[1:, :-1] & corner[:-1, 1:] & corner[1:, 1:]
    return inside


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
    worst = []
    for x, y in ((first, second), (second, first)):
        at = (x / 4).astype(np.int64)
        count = np.bincount(at, minlength=64)
        known = count > 0
        middle = np.bincount(at, weights=y, minlength=64)[known] / count[known]
        rising = (np.maximum.accumulate(middle) + np.minimum.accumulate(middle[::-1])[::-1]) / 2
        curve = np.zeros(64)
        curve[known] = rising
        worst.append(float(np.abs(y - curve[at]).mean()))
    return max(worst)


def refine(a: NDArray[np.uint8], b: NDArray[np.uint8], laid: Laid) -> Laid | None:
    """A better fitting map from near a good one, by enhanced correlation (at half size); None when there is none."""
    if laid.mirror:
        b = b[:, ::-1]
    half = [np.asarray(cv2.resize(p, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8) for p in (a, b)]
    chart = laid.map.copy()
    chart[:, 2] = (chart[:, 2] + 0.5 * (chart[:, 0] + chart[:, 1]) - 0.5) / 2
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 12, 1e-3)
    try:
        start = np.asarray(chart, np.float32)
        _, found = cv2.findTransformECC(half[0], half[1], start, cv2.MOTION_AFFINE, stop)
    except cv2.error:
        return None
    chart = np.asarray(found, np.float64)
    chart[:, 2] = chart[:, 2] * 2 + 0.5 - 0.5 * (chart[:, 0] + chart[:, 1])
    return Laid(chart, laid.mirror, laid.points)


CUTS = 8  # rectangles begin and end at eighths of the overlap


def _held(grid: NDArray[np.float32]) -> Held | None:
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
    h, w = grid.shape
    return Held(cells, cells / int(known.sum()), middle, low, (left / w, top / h, right / w, bottom / h))


@cache
def _spans(size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every (start, end) between the eighths of `size`."""
    cuts = sorted({round(k * size / CUTS) for k in range(CUTS + 1)})
    both = [(a, b) for a in cuts for b in cuts if a < b]
    return np.array([a for a, _ in both]), np.array([b for _, b in both])
