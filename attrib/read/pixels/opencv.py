"""OpenCV as attrib uses it: on one thread, for its threads cost more than they give on pictures this small.

A program that had imported OpenCV before keeps its own setting.
"""

from __future__ import annotations

import sys

import numpy as np

_FIRST = "cv2" not in sys.modules
import cv2  # noqa: E402

__all__ = ["cv2"]

if _FIRST:
    cv2.setNumThreads(1)

np.empty(16 << 20, np.uint8)  # freed at once: glibc then keeps what a picture frees for the next, a fifth of its time
