"""Local points: the few dozen places of a picture that survive cropping, mirroring, bars, overlays and recoding.

A point is a blob of one scale (an extremum of the difference of Gaussians, as in SIFT) with 64 bits that say what is
around it: the signs of the low frequencies of an upright patch, as pHash does for a whole picture. Mirroring a
picture only turns the signs of the odd horizontal frequencies, so a mirrored query costs nothing.

Coordinates are px in a frame whose longer side is `SIDE`, whatever the picture's size. Sums are exact integers (held
in doubles), so that the same small picture gives the same bits on every machine.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from attrib.read.pixels.decode import SIDE
from attrib.read.pixels.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MIRROR", "POINT", "UNIT", "find", "frame", "mirrored"]

POINT = np.dtype([("x", "<u2"), ("y", "<u2"), ("scale", "<u2"), ("bits", "<u8")])  # 14 bytes; places in 1/UNIT px
UNIT = 64
MOST = 64  # points a picture: 45 on average; more add memory, not recall (measured 48 to 96)
BASE = 1.1  # px: the first blur of an octave; the first octave is the picture at half size
STEPS = 3  # scales an octave
EDGE = 8  # to 1: a blob more drawn out than this is an edge
FAINT = 0.35  # grey levels: fainter blobs are noise of the coding
HALF = 4.5  # half side of a patch, in units of its point's scale
PATCH = 16  # samples a side
OUTSIDE = 0.3  # how far a patch may hang over the picture's edge, in halves
SPREAD = 10  # frequencies a side of which the 64 lowest are kept
FINE = 64  # steps a grey level while blobs are sought, in whole numbers


def _frequencies() -> NDArray[np.int64]:
    """The 64 (vertical, horizontal) frequencies behind the bits, low ones first: the stablest under recoding."""
    grid = [(u, v) for u in range(SPREAD) for v in range(SPREAD) if u + v]
    return np.array(sorted(grid, key=lambda f: (f[0] + f[1], f))[:64])


_UV = _frequencies()
_WAVES = np.rint(
    256 * np.cos(np.pi * (2 * np.arange(PATCH)[None, :] + 1) * np.arange(SPREAD)[:, None] / (2 * PATCH))
).astype(np.float64)
_WEIGHTS = np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64))
MIRROR = int(_WEIGHTS[_UV[:, 1] % 2 == 1].sum())
_SQUARE = np.ones((3, 3), np.uint8)


def frame(height: int, width: int) -> tuple[int, int]:
    """Height and width in the frame of `SIDE`."""
    scale = SIDE / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def find(grey: NDArray[np.uint8]) -> NDArray[Any]:
    """The strongest points of a small grey picture, as an array of `POINT`, strongest first.

    A picture smaller than the frame is enlarged into it, so that a thumbnail's points are its original's.
    """
    height, width = frame(*grey.shape)
    size = (max(2, width // 2), max(2, height // 2))
    half = np.asarray(cv2.resize(grey, size, interpolation=_resampling(grey.shape, height)), np.uint8)
    levels = [half]
    while min(levels[-1].shape) >= 4 and len(levels) < 5:
        last = levels[-1]
        size = (max(1, last.shape[1] // 2), max(1, last.shape[0] // 2))
        levels.append(np.asarray(cv2.resize(last, size, interpolation=cv2.INTER_AREA), np.uint8))
    found = _blobs(half)
    x, y, scale, strength = found
    reach = HALF * scale
    hang = (1 - OUTSIDE) * reach
    w, h = half.shape[1] - 1, half.shape[0] - 1
    inside = (x >= hang) & (y >= hang) & (x + hang <= w) & (y + hang <= h)
    order = np.flatnonzero(inside)
    order = order[np.argsort(-strength[order], kind="stable")[:MOST]]
    points = np.zeros(len(order), POINT)
    if len(order):
        x, y, scale = x[order], y[order], scale[order]
        points["bits"] = _describe(levels, x, y, scale)
        fx, fy = width / half.shape[1], height / half.shape[0]
        for name, value in (("x", (x + 0.5) * fx - 0.5), ("y", (y + 0.5) * fy - 0.5), ("scale", scale * 2)):
            points[name] = np.clip(np.rint(value * UNIT), 0, 65535).astype(np.uint16)
    return points


def mirrored(points: NDArray[Any], width: int) -> NDArray[Any]:
    """The points of the mirrored picture; `width` in the frame."""
    turned = points.copy()
    turned["x"] = (width - 1) * UNIT - np.minimum(points["x"], (width - 1) * UNIT)
    turned["bits"] ^= np.uint64(MIRROR)
    return turned


def _resampling(shape: tuple[int, ...], height: int) -> int:
    return int(cv2.INTER_AREA if shape[0] * 2 > height else cv2.INTER_LINEAR)


@cache
def _blurs() -> tuple[float, ...]:
    """By how much each level of an octave is blurred more than the one before, in px."""
    sigmas = [BASE * 2 ** (i / STEPS) for i in range(STEPS + 3)]
    return tuple(float(np.sqrt(b * b - a * a)) for a, b in pairwise(sigmas))


def _blobs(half: NDArray[np.uint8]) -> NDArray[np.float32]:
    """x, y, scale, strength of every blob, in px of the half-size picture."""
    image = cv2.GaussianBlur(half.astype(np.int16) * np.int16(FINE), (0, 0), BASE * 0.8)
    made = []
    size = 1
    while min(image.shape) >= 10:
        stack = np.empty((STEPS + 3, *image.shape), np.int16)
        stack[0] = image
        for k, sigma in enumerate(_blurs()):
            cv2.GaussianBlur(stack[k], (0, 0), sigma, dst=stack[k + 1])
        made.append(_extrema(stack[1:] - stack[:-1], size))
        image = cv2.resize(stack[STEPS], (image.shape[1] // 2, image.shape[0] // 2), interpolation=cv2.INTER_AREA)
        size *= 2
    return _place(np.concatenate(made, axis=1)) if made else np.zeros((4, 0), np.float32)


def _extrema(dog: NDArray[np.int16], size: int) -> NDArray[np.int32]:
    """The samples of one octave that are extremal among their 26 neighbours and not faint.

    Gives their size, level, y, x and the values around them that `_place` works on.
    """
    height, width = dog.shape[1:]
    strength = np.abs(dog)
    # all levels as one tall picture: where two of them meet is an edge, and no edge is asked
    around = np.asarray(cv2.dilate(strength.reshape(-1, width), _SQUARE)).reshape(dog.shape)
    mid = strength[1:-1]
    top = (mid == around[1:-1]) & (mid >= around[:-2]) & (mid >= around[2:]) & (mid > int(FAINT * FINE))
    top[:, 0] = top[:, -1] = top[:, :, 0] = top[:, :, -1] = False
    at = np.flatnonzero(top)
    plane = height * width
    here = at + plane
    made = np.empty((15, len(at)), np.int32)
    made[0] = size
    made[1], rest = np.divmod(here, plane)
    made[2], made[3] = np.divmod(rest, width)
    steps = np.array([0, -1, 1, -width, width, -plane, plane, width + 1, -width - 1, 1 - width, width - 1])
    made[4:] = dog.reshape(-1)[here + steps[:, None]]
    return made


def _place(found: NDArray[np.int32]) -> NDArray[np.float32]:
    """Blobs placed between samples; edges, which can be anywhere along themselves, left out."""
    size, level, y, x = found[:4].astype(np.float64)
    here, left, right, up, down, below, above, se, nw, ne, sw = found[4:].astype(np.float64)
    curve = np.stack([left + right, up + down, below + above]) - 2 * here
    xy = (se + nw - ne - sw) / 4
    det = curve[0] * curve[1] - xy * xy
    blob = (det > 0) & ((curve[0] + curve[1]) ** 2 * EDGE < (EDGE + 1) ** 2 * det)
    curve[curve == 0] = 1
    dx, dy, dl = np.clip((np.stack([left, up, below]) - np.stack([right, down, above])) / (2 * curve), -0.5, 0.5)
    scale = BASE * size * np.exp2((level + dl) / STEPS)
    placed = np.stack([(x + dx + 0.5) * size - 0.5, (y + dy + 0.5) * size - 0.5, scale, np.abs(here)])
    return placed[:, blob].astype(np.float32)


def _describe(levels: list[NDArray[np.uint8]], x: Any, y: Any, scale: Any) -> NDArray[np.uint64]:
    """64 bits for the patch around each point, sampled from the level of the pyramid that is about as coarse."""
    at = ((np.arange(PATCH, dtype=np.float32) + 0.5) / PATCH * 2 - 1) * HALF
    step = 2 * HALF * scale / PATCH
    level = np.clip(np.rint(np.log2(np.maximum(step, 1e-6))), 0, len(levels) - 1).astype(int)
    patches = np.empty((len(x), PATCH, PATCH), np.float64)
    for k in np.unique(level):
        some = np.flatnonzero(level == k)
        fx, fy = levels[0].shape[1] / levels[k].shape[1], levels[0].shape[0] / levels[k].shape[0]
        px = (x[some, None] + at * scale[some, None] + 0.5) / fx - 0.5
        py = (y[some, None] + at * scale[some, None] + 0.5) / fy - 0.5
        sx = np.repeat(px.astype(np.float32), PATCH, axis=0)
        sy = np.repeat(py.astype(np.float32).reshape(-1, 1), PATCH, axis=1)
        got = cv2.remap(levels[k], sx, sy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        patches[some] = np.asarray(got).reshape(-1, PATCH, PATCH)
    waves = _WAVES @ patches @ _WAVES.T
    signs = waves[:, _UV[:, 0], _UV[:, 1]] > 0
    eights = np.ascontiguousarray(np.packbits(signs, axis=1, bitorder="little"))
    bits: NDArray[np.uint64] = eights.view("<u8").reshape(-1)
    return bits
