"""Local points: the few dozen places of a picture that survive cropping, mirroring, bars, overlays and recoding.

A point is a blob of one scale (an extremum of the difference of Gaussians, as in SIFT) with 64 bits that say what is
around it: the signs of the low frequencies of an upright patch, as pHash does for a whole picture. Mirroring a
picture only turns the signs of the odd horizontal frequencies, so a mirrored query costs nothing.

Coordinates are px in a frame whose longer side is `SIDE`, whatever the picture's size. Every sum is of whole numbers
that its type holds exactly, and no function is asked whose last digit a processor or a release may choose: the same
small picture gives the same bits everywhere. (OpenCV's Gaussian blur of 16 bits and its remapping do not.)
"""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from attrib.read.pixels.decode import SIDE
from attrib.read.pixels.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MIRROR", "POINT", "UNIT", "find", "frame", "framed", "halved", "mirrored"]

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
FINE = 64  # steps a grey level while blobs are sought: 14 bits a value with its sign, and
WEIGHT = 1024  # the sum of a blur's weights, which a float holds exactly with them: 24 bits
LEAST = 16  # px of the shorter side, down to which an octave is looked at: smaller ones have no room for a patch
LEVELS = 5  # sizes of a picture that patches are sampled from


def _frequencies() -> NDArray[np.int64]:
    """The 64 (vertical, horizontal) frequencies behind the bits, low ones first: the stablest under recoding."""
    grid = [(u, v) for u in range(SPREAD) for v in range(SPREAD) if u + v]
    return np.array(sorted(grid, key=lambda f: (f[0] + f[1], f))[:64])


_UV = _frequencies()
_WAVES = np.rint(
    256 * np.cos(np.pi * (2 * np.arange(PATCH)[None, :] + 1) * np.arange(SPREAD)[:, None] / (2 * PATCH))
).astype(np.float64)
_SIGNS = _UV[:, 1] * SPREAD + _UV[:, 0]
_WEIGHTS = np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64))
MIRROR = int(_WEIGHTS[_UV[:, 1] % 2 == 1].sum())
_SQUARE = np.ones((3, 3), np.uint8)
_ONE = np.ones(1, np.float32)
_STAY = np.array([0, 1, 0], np.float32)  # the same as one weight, and faster down


def frame(height: int, width: int) -> tuple[int, int]:
    """Height and width in the frame of `SIDE`."""
    scale = SIDE / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def framed(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A small grey picture in the frame: enlarged if it is smaller, so that a thumbnail's points are its original's."""
    height, width = frame(*grey.shape)
    if grey.shape == (height, width):
        return grey
    return np.asarray(cv2.resize(grey, (width, height), interpolation=cv2.INTER_LINEAR_EXACT), np.uint8)


def halved(image: NDArray[Any]) -> NDArray[Any]:
    """Half the size, each pixel the mean of four; an odd row or column at the end is left out."""
    height, width = image.shape[0] // 2, image.shape[1] // 2
    return np.asarray(cv2.resize(image[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA))


def find(grey: NDArray[np.uint8]) -> NDArray[Any]:
    """The strongest points of a grey picture in the frame, as an array of `POINT`, strongest first."""
    if min(grey.shape) < 4:
        return np.zeros(0, POINT)
    half = halved(grey)
    x, y, scale, strength = _blobs(half)
    hang = (1 - OUTSIDE) * HALF * scale
    w, h = half.shape[1] - 1, half.shape[0] - 1
    inside = (x >= hang) & (y >= hang) & (x + hang <= w) & (y + hang <= h)
    order = np.flatnonzero(inside)
    order = order[np.argsort(-strength[order], kind="stable")[:MOST]]
    points = np.zeros(len(order), POINT)
    if len(order):
        x, y, scale = x[order], y[order], scale[order]
        points["bits"] = _describe(half, x, y, scale)
        for name, value in (("x", 2 * x + 0.5), ("y", 2 * y + 0.5), ("scale", 2 * scale)):
            points[name] = np.clip(np.rint(value * UNIT), 0, 65535).astype(np.uint16)
    return points


def mirrored(points: NDArray[Any], width: int) -> NDArray[Any]:
    """The points of the mirrored picture; `width` in the frame."""
    turned = points.copy()
    turned["x"] = (width - 1) * UNIT - np.minimum(points["x"], (width - 1) * UNIT)
    turned["bits"] ^= np.uint64(MIRROR)
    return turned


def _blur(image: NDArray[np.int16], bell: NDArray[np.float32]) -> NDArray[np.int16]:
    """Blurred across, made whole numbers, then blurred down."""
    across = cv2.sepFilter2D(image, cv2.CV_16S, bell, _STAY)
    return np.asarray(cv2.sepFilter2D(across, cv2.CV_16S, _ONE, bell), np.int16)


@cache
def _bell(sigma: float) -> NDArray[np.float32]:
    """The weights of a Gaussian blur in one direction, in whole parts of `WEIGHT`.

    What rounding takes from its spread is given back beside the middle: levels that were not blurred evenly would make
    blobs of some sizes stronger than those of others.
    """
    reach = range(1, math.ceil(4 * sigma) + 1)
    side = [math.exp(-(k * k) / (2 * sigma * sigma)) for k in reach]
    parts = [round(WEIGHT * part / (1 + 2 * sum(side))) for part in side]
    parts[0] += round(WEIGHT * sigma * sigma / 2) - sum(part * k * k for k, part in zip(reach, parts, strict=True))
    parts = [part for part in parts if part]
    return np.array([*parts[::-1], WEIGHT - 2 * sum(parts), *parts], np.float32) / np.float32(WEIGHT)


@cache
def _bells() -> tuple[NDArray[np.float32], ...]:
    """By which each level of an octave is blurred more than the one before."""
    sigmas = [BASE * 2 ** (i / STEPS) for i in range(STEPS + 3)]
    return tuple(_bell(math.sqrt(b * b - a * a)) for a, b in pairwise(sigmas))


def _blobs(half: NDArray[np.uint8]) -> NDArray[np.float32]:
    """x, y, scale, strength of every blob, in px of the half-size picture."""
    image = _blur((half.astype(np.int16) - np.int16(128)) * np.int16(FINE), _bell(BASE * 0.8))
    made = []
    size = 1
    while min(image.shape) >= LEAST:
        levels = [image]
        for bell in _bells():
            levels.append(_blur(levels[-1], bell))
        stack = np.stack(levels)
        made.append(_extrema(stack[1:] - stack[:-1], size))
        image = halved(levels[STEPS])
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


_LN = math.log(2) / STEPS
_STEP = np.array([2 ** (k / STEPS) for k in range(STEPS + 2)])


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
    scale = BASE * size * _STEP[level.astype(np.int64)] * (1 + dl * (_LN + dl * (_LN**2 / 2 + dl * _LN**3 / 6)))
    placed = np.stack([(x + dx + 0.5) * size - 0.5, (y + dy + 0.5) * size - 0.5, scale, np.abs(here)])
    return placed[:, blob].astype(np.float32)


def _describe(half: NDArray[np.uint8], x: Any, y: Any, scale: Any) -> NDArray[np.uint64]:
    """64 bits for the patch around each point, sampled from the size of the picture that is about as coarse.

    All sizes lie in one picture, one below the other; places are whole 32nds of a px, which OpenCV blends in whole
    numbers.
    """
    levels = [half]
    while min(levels[-1].shape) >= 4 and len(levels) < LEVELS:
        levels.append(halved(levels[-1]))
    heights, widths = (np.array([level.shape[side] for level in levels]) for side in (0, 1))
    starts = np.cumsum(heights) - heights
    sizes = np.zeros((int(heights.sum()), half.shape[1]), np.uint8)
    for start, level in zip(starts, levels, strict=True):
        sizes[start : start + level.shape[0], : level.shape[1]] = level
    nth = np.minimum(np.searchsorted(_COARSER, (2 * HALF / PATCH) * scale), len(levels) - 1)
    at = ((np.arange(PATCH, dtype=np.float32) + 0.5) / PATCH * 2 - 1) * HALF
    part = (np.float32(32) / (1 << nth)).astype(np.float32)[:, None]
    px, py = (
        np.clip(np.rint((place[:, None] + 0.5 + at * scale[:, None]) * part - 16).astype(np.int32), 0, 32 * most - 32)
        for place, most in ((x, widths[nth, None]), (y, heights[nth, None]))
    )
    whole = np.empty((len(x), PATCH, PATCH, 2), np.int16)
    whole[..., 0] = (px >> 5)[:, None]
    whole[..., 1] = ((py >> 5) + starts[nth, None])[:, :, None]
    rest = ((py & 31) << 5)[:, :, None] + (px & 31)[:, None]
    maps = whole.reshape(-1, PATCH, 2), rest.astype(np.uint16).reshape(-1, PATCH)
    patches = np.asarray(cv2.remap(sizes, *maps, cv2.INTER_LINEAR)).astype(np.float64)
    across = (patches @ _WAVES.T).reshape(-1, PATCH, SPREAD)
    waves = np.ascontiguousarray(across.transpose(0, 2, 1)).reshape(-1, PATCH) @ _WAVES.T
    signs = waves.reshape(-1, SPREAD * SPREAD)[:, _SIGNS] > 0
    eights = np.ascontiguousarray(np.packbits(signs, axis=1, bitorder="little"))
    bits: NDArray[np.uint64] = eights.view("<u8").reshape(-1)
    return bits


_COARSER = 2.0 ** (np.arange(LEVELS - 1) + 0.5)  # px between samples, from which the next smaller size is asked
