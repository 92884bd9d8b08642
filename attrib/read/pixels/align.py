"""How two small grey pictures may lie on each other: the map that most of their points consent to.

In: points and thumbnails. Out: a map from one picture's frame into the other's, in px.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from attrib.read.pixels.opencv import cv2
from attrib.read.pixels.points import POINT, UNIT, framed, mirrored

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BITS", "LOOSE", "OCTAVES", "Laid", "grain", "identity", "lay", "pixels", "refine", "repeats"]

BITS = 18  # of 64 in which two points of one place may differ: 99 % of true ones do in fewer, of others 1 in 2,000
TWIN = 16  # bits of 64 in which two points of one picture may differ to be the same thing, repeated
TENTATIVE = 96  # the closest pairs of points looked at
LOOSE = 10.0  # px a point may lie off while its scale and place alone predict the map
OCTAVES = 0.45  # in which the scales that two points predict may differ
TIGHT = 3.0  # px it may lie off once the map is fitted


@dataclass(frozen=True, slots=True)
class Laid:
    """A map from `a`'s frame to `b`'s (2 by 3, px), b mirrored first if `mirror`; `points` consent to it."""

    map: NDArray[np.float64]
    mirror: bool
    points: int

    @property
    def scale(self) -> float:
        """How many px of b lie on one of a, in a row."""
        (a, b, _), (c, d, _) = self.map.tolist()
        return float(abs(a * d - b * c) ** 0.5)


def pixels(thumb: bytes) -> NDArray[np.uint8]:
    """A thumbnail's pixels, in the frame."""
    return _decoded(thumb)[0]


@lru_cache(maxsize=4096)
def _decoded(thumb: bytes) -> tuple[NDArray[np.uint8], float]:
    """A thumbnail's pixels in the frame, and how many px of its own stand behind each of them, in a row."""
    grey = np.asarray(cv2.imdecode(np.frombuffer(thumb, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)
    shown = framed(grey)
    return shown, grey.shape[1] / shown.shape[1]


def grain(a: bytes, b: bytes, laid: Laid) -> float:
    """How much a window under this map is worth: the px that both thumbnails really have in it, as a share."""
    coarse, other = (a, b) if laid.scale >= 1 else (b, a)
    return min(1.0, _decoded(coarse)[1], _decoded(other)[1] * max(laid.scale, 1 / laid.scale)) ** 2


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
