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
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

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
_SIGNS = _UV[:, 0] * SPREAD + _UV[:, 1]
_WEIGHTS = np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64))
MIRROR = int(_WEIGHTS[_UV[:, 1] % 2 == 1].sum())
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


def halved(image: NDArray[Any], into: NDArray[Any] | None = None) -> NDArray[Any]:
    """Half the size, each pixel the mean of four, written `into` a place if one is given; an odd end is left out."""
    height, width = image.shape[0] // 2, image.shape[1] // 2
    even = image[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), into, interpolation=cv2.INTER_AREA))


def find(grey: NDArray[np.uint8]) -> NDArray[Any]:
    """The strongest points of a grey picture in the frame, as an array of `POINT`, strongest first."""
    if min(grey.shape) < 2 * LEAST:
        return np.zeros(0, POINT)
    half = halved(grey)
    sheet = _sheet(*half.shape)
    blobs = _blobs(half, sheet)
    place, scale, strength = blobs[:2], blobs[2], blobs[3]
    hang = (1 - OUTSIDE) * HALF * scale
    inside = ((place >= hang) & (place + hang <= sheet.extents[0, :, None] - 1)).all(axis=0)
    order = np.flatnonzero(inside)
    order = order[np.argsort(-strength[order], kind="stable")[:MOST]]
    points = np.zeros(len(order), POINT)
    if len(order):
        place, scale = place[:, order], scale[order]
        points["bits"] = _describe(half, sheet, place, scale)
        for name, value in (("x", 2 * place[0] + 0.5), ("y", 2 * place[1] + 0.5), ("scale", 2 * scale)):
            points[name] = np.rint(value * UNIT)
    return points


def mirrored(points: NDArray[Any], width: int) -> NDArray[Any]:
    """The points of the mirrored picture; `width` in the frame."""
    turned = points.copy()
    turned["x"] = (width - 1) * UNIT - np.minimum(points["x"], (width - 1) * UNIT)
    turned["bits"] ^= np.uint64(MIRROR)
    return turned


class _Sheet(NamedTuple):
    """How the sizes of a picture lie on one sheet: the first at the top, the smaller ones side by side below it.

    Of each size its part of the sheet, its corner (x, y) and its extent (width, height); `owner` says of each px in
    which size it is. Blobs are sought in the first `octaves` sizes.
    """

    parts: list[tuple[slice, slice]]
    corners: NDArray[np.int32]
    extents: NDArray[np.int32]
    owner: NDArray[np.int8]
    octaves: int


@lru_cache(64)
def _sheet(height: int, width: int) -> _Sheet:
    """The sheet of a picture of this size and its halves, the last of at least 2 px a side."""
    extents = [(width >> n, height >> n) for n in range(LEVELS) if min(width, height) >> n >= 2]
    parts, corners = [], []
    owner = np.zeros((height + height // 2, width), np.int8)
    x = y = 0
    for n, (wide, high) in enumerate(extents):
        parts.append((slice(y, y + high), slice(x, x + wide)))
        corners.append((x, y))
        owner[parts[n]] = n
        x, y = (x + wide, y) if n else (0, height)
    octaves = sum(min(extent) >= LEAST for extent in extents)
    return _Sheet(parts, np.array(corners, np.int32), np.array(extents, np.int32), owner, octaves)


def _blur(image: NDArray[np.int16], bell: NDArray[np.float32], into: NDArray[np.int16]) -> None:
    """Blurred across, made whole numbers, then blurred down."""
    across = cv2.sepFilter2D(image, cv2.CV_16S, bell, _STAY)
    cv2.sepFilter2D(across, cv2.CV_16S, _ONE, bell, into)


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


def _blobs(half: NDArray[np.uint8], sheet: _Sheet) -> NDArray[np.float32]:
    """x, y, scale, strength of every blob, in px of the half-size picture."""
    levels = np.zeros((STEPS + 3, *sheet.owner.shape), np.int16)
    octaves = sheet.parts[: sheet.octaves]
    _blur((half.astype(np.int16) - np.int16(128)) * np.int16(FINE), _bell(BASE * 0.8), levels[0][octaves[0]])
    for n, part in enumerate(octaves):
        if n:
            halved(levels[STEPS][octaves[n - 1]], levels[0][part])
        for less, more, bell in zip(levels[:-1], levels[1:], _bells(), strict=True):
            _blur(less[part], bell, more[part])
    dog = levels[1:] - levels[:-1]
    return _place(dog, _extrema(dog, sheet), sheet)


def _extrema(dog: NDArray[np.int16], sheet: _Sheet) -> NDArray[np.int64]:
    """Where samples are extremal among their 26 neighbours and not faint: size by size, in each level by level.

    At an edge neighbours are of another row or size, but a blob there has no room for its patch and is left out.
    """
    plane, width = sheet.owner.size, sheet.owner.shape[1]
    strength = np.abs(dog).reshape(-1)
    most = strength
    for step in (1, width, plane):  # of 3 in a row, of 9 on a level, of all 27
        most = np.maximum(most[:-step], most[step:])
        most = np.maximum(most[:-step], most[step:])
    rim = 1 + width + plane
    mid = strength[rim:-rim]
    at: NDArray[np.int64] = np.flatnonzero((mid == most) & (mid > int(FAINT * FINE))) + rim
    order = np.argsort(sheet.owner.reshape(-1)[at % plane], kind="stable")
    return at[order]


_LN = math.log(2) / STEPS
_STEP = np.array([2 ** (k / STEPS) for k in range(STEPS + 2)])
_SIZES = 2.0 ** np.arange(LEVELS)  # px of the first size in one of each


def _place(dog: NDArray[np.int16], at: NDArray[np.int64], sheet: _Sheet) -> NDArray[np.float32]:
    """Blobs placed between samples; edges, which can be anywhere along themselves, left out."""
    plane, width = sheet.owner.size, sheet.owner.shape[1]
    steps = np.array([0, -1, -width, -plane, 1, width, plane, width + 1, -width - 1, 1 - width, width - 1])
    values = dog.reshape(-1)[at + steps[:, None]].astype(np.float64)
    here, before, after, (se, nw, ne, sw) = values[0], values[1:4], values[4:7], values[7:]
    curve = before + after - 2 * here
    xy = (se + nw - ne - sw) / 4
    det = curve[0] * curve[1] - xy * xy
    blob = (det > 0) & ((curve[0] + curve[1]) ** 2 * EDGE < (EDGE + 1) ** 2 * det)
    curve[curve == 0] = 1
    off = np.clip((before - after) / (2 * curve), -0.5, 0.5)
    level, rest = np.divmod(at, plane)
    octave = sheet.owner.reshape(-1)[rest]
    size = _SIZES[octave]
    dl = off[2]
    placed = np.empty((4, len(at)))
    placed[1], placed[0] = np.divmod(rest, width)
    placed[:2] = (placed[:2] - sheet.corners[octave].T + off[:2] + 0.5) * size - 0.5
    placed[2] = BASE * size * _STEP[level] * (1 + dl * (_LN + dl * (_LN**2 / 2 + dl * _LN**3 / 6)))
    placed[3] = np.abs(here)
    return placed[:, blob].astype(np.float32)


def _describe(half: NDArray[np.uint8], sheet: _Sheet, place: Any, scale: Any) -> NDArray[np.uint64]:
    """64 bits for the patch around each point, sampled from the size of the picture that is about as coarse.

    Places are whole 32nds of a px, which OpenCV blends in whole numbers.
    """
    sizes = np.empty(sheet.owner.shape, np.uint8)
    sizes[sheet.parts[0]] = half
    for larger, smaller in pairwise(sheet.parts):
        halved(sizes[larger], sizes[smaller])
    nth = np.minimum(np.searchsorted(_COARSER, (2 * HALF / PATCH) * scale), len(sheet.parts) - 1)
    spots = (place[:, None] + 0.5 + _GRID[:, None] * scale) * _PARTS[nth] - 16
    most = 32 * sheet.extents[nth].T[:, None] - 32
    x, y = np.clip(np.rint(spots).astype(np.int32), 0, most) + 32 * sheet.corners[nth].T[:, None]
    whole = (y >> 5 << 16)[:, None] | (x >> 5)  # two numbers of 16 bits, x first
    rest = ((y & 31) << 5).astype(np.uint16)[:, None] | (x & 31).astype(np.uint16)
    maps = whole.astype("<i4", copy=False).view("<i2").reshape(PATCH, -1, 2), rest.reshape(PATCH, -1)
    patches = np.asarray(cv2.remap(sizes, *maps, cv2.INTER_LINEAR)).astype(np.float32)  # row, column, point
    down = _WAVES.astype(np.float32) @ patches  # of at most 21 bits, which a float holds exactly
    waves = _WAVES @ down.reshape(SPREAD, PATCH, -1).astype(np.float64)
    signs = waves.reshape(SPREAD * SPREAD, -1)[_SIGNS] > 0
    eights = np.packbits(signs, axis=0, bitorder="little")
    bits: NDArray[np.uint64] = np.ascontiguousarray(eights.T).view("<u8").reshape(-1)
    return bits


_GRID = ((np.arange(PATCH, dtype=np.float32) + 0.5) / PATCH * 2 - 1) * HALF
_PARTS = (32 / _SIZES).astype(np.float32)
_COARSER = 2.0 ** (np.arange(LEVELS - 1) + 0.5)  # px between samples, from which the next smaller size is asked
