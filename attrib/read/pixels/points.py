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
from dataclasses import dataclass
from functools import cache, lru_cache
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
MOST = 64  # points a picture: 60 on average; more add memory, not recall (measured 48 to 96)
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
LEAST = 16  # px of the shorter side, down to which blobs are sought: smaller sizes have no room for a patch
SIZES, SMALLEST = 5, 2  # sizes of a picture that patches are sampled from, and px of the shorter side of the last
GAP = 5  # px by which the edges of a size are drawn out: as far as most of a blur reaches


def _frequencies() -> NDArray[np.int64]:
    """The 64 (vertical, horizontal) frequencies behind the bits, low ones first: the stablest under recoding."""
    grid = [(u, v) for u in range(SPREAD) for v in range(SPREAD) if u + v]
    return np.array(sorted(grid, key=lambda f: (f[0] + f[1], f))[:64])


_UV = _frequencies()
_WAVES = np.rint(256 * np.cos(np.pi * (2 * np.arange(PATCH)[:, None] + 1) * np.arange(SPREAD) / (2 * PATCH)))
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
    if min(grey.shape) < 2 * SMALLEST:
        return np.zeros(0, POINT)
    sizes, tiles = _sizes(halved(grey))
    xy, scale = _blobs(sizes, tiles)
    points = np.zeros(len(scale), POINT)
    if len(scale):
        points["bits"] = _describe(sizes, tiles, xy, scale)
        points["x"], points["y"] = np.rint((2 * xy + 0.5) * UNIT).astype(np.uint16)
        points["scale"] = np.rint(2 * scale * UNIT).astype(np.uint16)
    return points


def mirrored(points: NDArray[Any], width: int) -> NDArray[Any]:
    """The points of the mirrored picture; `width` in the frame."""
    turned = points.copy()
    turned["x"] = (width - 1) * UNIT - np.minimum(points["x"], (width - 1) * UNIT)
    turned["bits"] ^= np.uint64(MIRROR)
    return turned


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where each size of a picture lies on one sheet, largest first.

    `corner`: x and y of each, `side`: its width and height, in px, `last`: its last px in 32nds. `tile` says of every
    place on the sheet whose it is; `faint` how strong a blob must be there, out of reach where none is sought.
    """

    corner: NDArray[np.int32]
    side: NDArray[np.int32]
    last: NDArray[np.int32]
    tile: NDArray[np.uint8]
    faint: NDArray[np.int16]


@lru_cache(maxsize=64)
def _tiles(height: int, width: int) -> Tiles:
    """A place for each size of a picture of this size, below or to the right of the one before in turn."""
    made = [(GAP, GAP, width, height)]
    while min(made[-1][2:]) >= 2 * SMALLEST and len(made) < SIZES:
        x, y, w, h = made[-1]
        below = (width >= height) == (len(made) % 2 == 1)
        made.append((x, y + h + 2 * GAP, w // 2, h // 2) if below else (x + w + 2 * GAP, y, w // 2, h // 2))
    at = np.array(made, np.int32).T
    corner, side = at[:2], at[2:]
    sheet = tuple((corner + side).max(axis=1)[::-1] + GAP)
    tile, faint = np.zeros(sheet, np.uint8), np.full(sheet, 32767, np.int16)
    for nth, (x, y, w, h) in enumerate(made):
        if min(w, h) >= LEAST:
            inner = slice(y + 1, y + h - 1), slice(x + 1, x + w - 1)
            tile[inner], faint[inner] = nth, int(FAINT * FINE)
    return Tiles(corner, side, 32 * side - 32, tile, faint)


def _sizes(half: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Tiles]:
    """The picture at half its size, a quarter and so on, on one sheet, each with its edges drawn out around it."""
    tiles = _tiles(*half.shape)
    sheet = np.zeros(tiles.tile.shape, np.uint8)
    for x, y, width, height in zip(*tiles.corner.tolist(), *tiles.side.tolist(), strict=True):
        around = sheet[y - GAP : y + height + GAP, x - GAP : x + width + GAP]
        cv2.copyMakeBorder(half, GAP, GAP, GAP, GAP, cv2.BORDER_REPLICATE, around)
        half = halved(half)
    return sheet, tiles


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
    """By which the first level of an octave is blurred, and each more than the one before."""
    sigmas = [BASE * 2 ** (i / STEPS) for i in range(STEPS + 3)]
    return _bell(BASE), *(_bell(math.sqrt(b * b - a * a)) for a, b in pairwise(sigmas))


def _blobs(sizes: NDArray[np.uint8], tiles: Tiles) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """x and y, and scale, of the strongest blobs, in px of the half-size picture, strongest first.

    A blob is a sample that is extremal among its 26 neighbours, not faint, and no edge, which can be anywhere along
    itself; it is placed between samples.
    """
    levels = np.empty((STEPS + 3, *sizes.shape), np.int16)
    image = (sizes.astype(np.int16) - np.int16(128)) * np.int16(FINE)
    for bell, level in zip(_bells(), levels, strict=True):  # across, made whole numbers, then down
        across = cv2.sepFilter2D(image, cv2.CV_16S, bell, _STAY)
        image = np.asarray(cv2.sepFilter2D(across, cv2.CV_16S, _ONE, bell, level), np.int16)
    dog = levels[1:] - levels[:-1]
    strength = np.abs(dog)
    mid = strength[1:-1]
    most = np.maximum(np.maximum(strength[:-2], strength[2:]), mid)
    plane, width = sizes.size, sizes.shape[1]
    # all levels as one tall picture: where two of them meet is no tile's inside
    around = np.asarray(cv2.dilate(most.reshape(-1, width), _SQUARE)).reshape(mid.shape)
    at = np.flatnonzero((mid == around) & (mid > tiles.faint))
    near = np.array([0, -1, 1, -width, width, -plane, plane, width + 1, -width - 1, 1 - width, width - 1])
    values = dog.reshape(-1)[at + plane + near[:, None]].astype(np.float64)
    shape = _SHAPE @ values
    curve = shape[:2].sum(axis=0)
    det = shape[0] * shape[1] - shape[6] * shape[6]
    blob = np.flatnonzero((det > 0) & (curve * curve * EDGE < (EDGE + 1) ** 2 * det))
    level, place = np.divmod(at[blob], plane)
    bend, slope = shape[:3, blob], shape[3:6, blob]
    bend[bend == 0] = 1
    off = np.minimum(np.maximum(slope / (2 * bend), -0.5), 0.5)
    nth = tiles.tile.reshape(-1)[place]
    size = _SIZE[nth]
    xy = (np.stack(np.divmod(place, width)[::-1]) - tiles.corner[:, nth] + off[:2] + 0.5) * size - 0.5
    scale = size * _STEP[level] * (1 + off[2] * (_LN + off[2] * (_LN**2 / 2)))
    centre = (tiles.side[:, :1] - 1) / 2
    inside = np.flatnonzero((np.abs(xy - centre) + (1 - OUTSIDE) * HALF * scale <= centre).all(axis=0))
    order = inside[np.argsort(-np.abs(values[0, blob[inside]]), kind="stable")[:MOST]]
    return xy[:, order].astype(np.float32), scale[order].astype(np.float32)


_LN = math.log(2) / STEPS
_STEP = np.array([BASE * 2 ** (k / STEPS) for k in range(1, STEPS + 1)])
_SIZE = 2 ** np.arange(SIZES)
# what a sample and its neighbours (left, right, up, down, below, above, four at the corners) say: how it bends each
# way, how it slopes, how it twists
_SHAPE = np.array([
    [-2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [-2, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0], [-2, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0],
    [0, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 1, -1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, -1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0.25, 0.25, -0.25, -0.25],
])  # fmt: skip


def _describe(sizes: NDArray[np.uint8], tiles: Tiles, xy: Any, scale: Any) -> NDArray[np.uint64]:
    """64 bits for the patch around each point, sampled from the size of the picture that is about as coarse.

    Places are whole 32nds of a px, which OpenCV blends in whole numbers.
    """
    count = len(scale)
    nth = np.minimum(np.searchsorted(_COARSER, (2 * HALF / PATCH) * scale), tiles.side.shape[1] - 1)
    at = (xy[..., None] + np.float32(0.5) + _AT * scale[:, None]) * _PARTS[nth, None] - 16
    at = np.minimum(np.maximum(np.rint(at).astype(np.int32), 0), tiles.last[:, nth, None])
    at += 32 * tiles.corner[:, nth, None]
    (px, py), (x, y) = at >> 5, (at & 31).astype(np.uint16)
    whole = np.empty((count, PATCH, PATCH, 2), np.int16)
    whole[..., 0] = px[:, None]
    whole[..., 1] = py[:, :, None]
    rest = (y << 5)[:, :, None] | x[:, None]
    maps = whole.reshape(count, -1, 2), rest.reshape(count, -1)  # a patch a row: short rows take twice the time
    patches = np.asarray(cv2.remap(sizes, *maps, cv2.INTER_LINEAR)).astype(np.float64)
    across = (patches.reshape(-1, PATCH) @ _WAVES).reshape(-1, PATCH, SPREAD)
    waves = np.ascontiguousarray(across.transpose(0, 2, 1)).reshape(-1, PATCH) @ _WAVES
    signs = waves.reshape(-1, SPREAD * SPREAD)[:, _SIGNS] > 0
    eights = np.ascontiguousarray(np.packbits(signs, axis=1, bitorder="little"))
    bits: NDArray[np.uint64] = eights.view("<u8").reshape(-1)
    return bits


_COARSER = 2.0 ** (np.arange(SIZES - 1) + 0.5)  # px between samples, from which the next smaller size is asked
_AT = (((np.arange(PATCH, dtype=np.float32) + 0.5) / PATCH * 2 - 1) * HALF).astype(np.float32)
_PARTS = (np.float32(32) / _SIZE).astype(np.float32)
