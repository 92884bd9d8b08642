"""Whether two pictures laid on each other are the same to the pixel, as far as recoding and resizing leave pixels be.

Asked of pictures with little in them, such as drawings of one family: they agree in nearly everything, and the suit of
a card is all that tells them apart. In: thumbnails and where they lie. Out: yes or no.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from attrib.read.pixels.agree import facing, inside, off_curve, over
from attrib.read.pixels.align import Laid, pixels
from attrib.read.pixels.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FULL", "same_colours", "same_greys"]

Box = tuple[float, float, float, float]
FULL: Box = (0.0, 0.0, 1.0, 1.0)

CELL = 8  # px a side: the grid on which greys are compared
OFF = 14.0  # grey levels that one cell may be off, tones edited or not: 99 % of copies are off by 12 at most
CELLS = 16  # a side: the grid on which colours are compared
TINT = 3.0, 10.0  # steps of 255 that colours may differ in, on average and in one cell: recoding moves them by 2


def same_greys(a: bytes, b: bytes, laid: Laid) -> bool:
    """Whether two thumbnails have the same greys in every place that they share, but for one rising curve."""
    one, two, chart, scale = facing(pixels(a), pixels(b), laid)
    within = inside(one.shape, two.shape, chart, CELL)
    if not within.any():
        return False
    rows, columns = within.shape
    shared = np.repeat(np.repeat(within, CELL, axis=0), CELL, axis=1)
    shown = (one, over(one.shape, two, chart, scale))
    f, g = (cv2.GaussianBlur(p, (0, 0), 1.0).astype(np.float32)[: rows * CELL, : columns * CELL] for p in shown)
    for x, y in ((f, g), (g, f)):
        off = np.zeros(shared.shape, np.float32)
        off[shared] = off_curve(x[shared], y[shared])
        if np.abs(cv2.resize(off, (columns, rows), interpolation=cv2.INTER_AREA))[within].max() > OFF:
            return False
    return True


def same_colours(a: bytes, b: bytes, box_a: Box = FULL, box_b: Box = FULL, mirror: bool = False) -> bool:
    """Whether two thumbnails have the same colours in these parts of them, as far as both were kept in colour."""
    first, second = _colours(a), _colours(b)
    if first is None or second is None:
        return True
    one, two = _part(first, box_a), _part(second, box_b)
    apart = np.abs(one - (two[:, ::-1] if mirror else two))
    return bool(apart.mean() <= TINT[0] and apart.max() <= TINT[1])


def _part(colours: NDArray[np.float32], box: Box) -> NDArray[np.float32]:
    """The colours of a part of a picture, on the grid."""
    if box == FULL:
        return np.asarray(cv2.resize(colours, (CELLS, CELLS), interpolation=cv2.INTER_AREA), np.float32)
    (left, right), (top, bottom) = ((box[k] * colours.shape[1 - k], box[k + 2] * colours.shape[1 - k]) for k in (0, 1))
    side = 4 * CELLS
    x, y = (right - left) / side, (bottom - top) / side
    chart = np.array([[x, 0, left + x / 2 - 0.5], [0, y, top + y / 2 - 0.5]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    part = cv2.warpAffine(colours, chart, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(part, (CELLS, CELLS), interpolation=cv2.INTER_AREA), np.float32)


@lru_cache(maxsize=1024)
def _colours(thumb: bytes) -> NDArray[np.float32] | None:
    shown = np.asarray(cv2.imdecode(np.frombuffer(thumb, np.uint8), cv2.IMREAD_UNCHANGED))
    if shown.ndim == 2:
        return None
    return np.asarray(cv2.cvtColor(shown.astype(np.float32) / 255, cv2.COLOR_BGR2YCrCb), np.float32)[..., 1:] * 255
