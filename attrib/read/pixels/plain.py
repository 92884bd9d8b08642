"""How little there is in a picture: drawings, cards and charts, of which many look alike without being the same.

What counts is flat blocks and few greys. Pictures with so little in them are told apart by their colours as well, and
those are kept for them alone: for a photograph greys are enough, and copies of it may be grey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from attrib.read.pixels.decode import SIDE
from attrib.read.pixels.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FLAT", "flat", "greys", "needs_colours", "plain"]

BLOCK = 8
FLAT, GREYS, PEAK = 28, 2.6, 0.62  # percent of flat blocks, entropy below, share of two greys above: little in it
FLAT_SMALL = 22  # of pictures that fill no frame, whose grain no shrinking has softened
LEEWAY = 4, 0.4, 0.08  # what a copy may be off these


def flat(pixels: NDArray[np.uint8]) -> int:
    """Percent of the 8 by 8 blocks whose greys are within one level of each other."""
    height, width = (n - n % BLOCK for n in pixels.shape)
    if not height or not width:
        return 100
    square = np.ones((BLOCK, BLOCK), np.uint8)
    corner = (0, 0)  # each result stands for the block to its right and below
    most = cv2.dilate(pixels, square, anchor=corner)
    least = cv2.erode(pixels, square, anchor=corner)
    at = (slice(0, height, BLOCK), slice(0, width, BLOCK))
    span = most[at] - least[at]
    return round(100 * float((span <= 1).mean()))


def greys(values: NDArray[Any]) -> tuple[float, float]:
    """Entropy over 64 greys, in bits, and the share of pixels within 2 levels of the two commonest."""
    seen = cv2.calcHist([np.ascontiguousarray(values, np.uint8)], [0], None, [256], [0, 256])
    counts = seen.reshape(-1).astype(np.float64) / max(1, values.size)
    coarse = counts.reshape(64, 4).sum(axis=1)
    coarse = coarse[coarse > 0]
    entropy = float(-(coarse * np.log2(coarse)).sum())
    wide = np.convolve(counts, np.ones(5), "same")
    at = int(wide.argmax())
    rest = counts.copy()
    rest[max(0, at - 4) : at + 5] = 0
    return entropy, float(wide[at] + np.convolve(rest, np.ones(5), "same").max())


def plain(flat: int, richness: float, peak: float, small: bool = False) -> bool:
    """Whether there is so little in a picture that another may have the same by chance."""
    return flat >= (FLAT_SMALL if small else FLAT) or richness < GREYS or peak > PEAK


def needs_colours(flat: int, pixels: NDArray[np.uint8]) -> bool:
    """Whether a picture is as small as icons are, or it, a part or a copy of it may be plain."""
    if max(pixels.shape) < SIDE:
        return True
    richness, peak = greys(pixels[::2, ::2])
    return plain(flat + LEEWAY[0], richness - LEEWAY[1], peak + LEEWAY[2])
