"""A picture file becomes a small copy in colour, to be shown to a person beside others.

Bounded as fingerprints are: what is refused there is refused here, and nothing of the file but its pixels is kept.
"""

from __future__ import annotations

import io
import warnings
from typing import NamedTuple

from attrib.read.pixels.decode import FORMATS, orientation, refuse, turn

__all__ = ["Copy", "small_copy"]

WHOLE = ("RGB", "RGBA", "CMYK", "L")  # modes that are shrunk as they are
SIDE = 320  # px, the longer side: six fit side by side on a desk's screen, two on a laptop at double size


class Copy(NamedTuple):
    """A small copy: WebP, and its size in px."""

    data: bytes
    width: int
    height: int


def small_copy(data: bytes, side: int = SIDE) -> Copy | None:
    """The picture upright, over white, at most `side` px, as WebP; None for what cannot be decoded. Never raises."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.init()
            with Image.open(io.BytesIO(data), formats=[f for f in FORMATS if f in Image.OPEN]) as image:
                if refuse(image, len(data)) or image.mode.startswith(("I", "F")):
                    return None
                turned = orientation(image)
                image.draft("RGB", (2 * side, 2 * side))
                direct = image.mode in WHOLE and "transparency" not in image.info
                whole = image if direct else image.convert("RGBA")
                step = max(image.size) // (2 * side)  # by whole steps first, so that no large copy is made
                small = (whole.reduce(step) if step > 1 else whole).convert("RGBA")
                small.thumbnail((side, side))
                ground = Image.new("RGBA", small.size, "white")
                out = io.BytesIO()
                upright = turn(Image.alpha_composite(ground, small).convert("RGB"), turned)
                upright.save(out, "WEBP", quality=60)
                return Copy(out.getvalue(), *upright.size)
    except Exception:  # a decoder's fault on a broken file costs its picture, not the page
        return None
