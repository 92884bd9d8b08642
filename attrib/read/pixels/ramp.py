"""Gradients: pictures in which greys rise and fall, and that have hardly any detail to be known by.

In: thumbnails. Out: whether one is such a ramp, and whether what stands on two of them is the same. Any two ramps of
one kind correlate nearly everywhere, whatever words stand on them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from attrib.read.pixels.align import pixels
from attrib.read.pixels.opencv import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ramp", "same_detail"]

WINDOW = 16  # px
CHANGES, DETAIL = 5.0, 3.0  # grey levels of deviation in a window: of all of it, and of what a blur takes away
LITTLE = 0.55  # of the places that change, with detail: 0.69 up in photographs, blurred ones too, 0.5 in cards
ALIKE = 0.85  # correlation of the detail of two: 0.86 up in copies, 0.83 at most where another word stands on it
RIM = 8  # px along the edges, where a blur bends a ramp


@lru_cache(maxsize=4096)
def ramp(thumb: bytes) -> bool:
    """Whether most places of a picture change without any detail in them."""
    grey = _soft(pixels(thumb))
    mean = cv2.blur(grey, (WINDOW, WINDOW))
    changes = cv2.blur(grey * grey, (WINDOW, WINDOW)) - mean * mean > CHANGES * CHANGES
    fine = _fine(grey)
    detailed = cv2.blur(fine * fine, (WINDOW, WINDOW)) > DETAIL * DETAIL
    return int((changes & detailed).sum()) < LITTLE * int(changes.sum())


def same_detail(a: bytes, b: bytes) -> bool:
    """Whether the detail of two whole pictures is the same; none on either tells nothing, and is not."""
    one, two = pixels(a), pixels(b)
    rim = min(RIM, min(one.shape) // 4)
    left, right = (
        _fine(_soft(np.asarray(x, np.uint8)))[rim:-rim, rim:-rim] for x in (one, cv2.resize(two, one.shape[::-1]))
    )
    size = float(np.sqrt((left * left).sum() * (right * right).sum()))
    told = min(float(np.abs(left).max()), float(np.abs(right).max())) > DETAIL
    return told and float((left * right).sum()) >= ALIKE * size


def _soft(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 1.0), np.float32)


def _fine(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    return grey - np.asarray(cv2.GaussianBlur(grey, (0, 0), 4.0), np.float32)
