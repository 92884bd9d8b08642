"""A small grey picture becomes a fingerprint: hashes and local points that find candidates, and a thumbnail.

The thumbnail is what verifying a pair needs, so that originals need not be at hand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from attrib.model import Failure
from attrib.read.pixels.decode import SIDE, Decoded, decode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ALGORITHM", "Fingerprint", "View", "fingerprint", "libraries", "sound", "version"]

ALGORITHM = "points-3"
QUALITY = 75  # of the thumbnail's JPEG: 4 to 9 KB


@cache
def version() -> str:
    """What a fingerprint depends on, in one line. Fingerprints of two versions are never compared.

    The algorithm with its parameters, the size and decode path it works on, and the release line of imagehash,
    whose hashes have changed between releases. Releases of Pillow (12.0 to 13.0 tried), OpenCV (4.10 to 5.0) and
    numpy (2.0 to 2.4) leave the fingerprint as it is, and so do processors (tests hold both); they are recorded beside
    it by `libraries`.
    """
    import imagehash

    release = ".".join(str(imagehash.__version__).split(".")[:2])
    return f"{ALGORITHM}/{SIDE}px/draft-L/imagehash-{release}"


@cache
def libraries() -> str:
    """The releases a fingerprint was made with, for the record."""
    import cv2
    import imagehash
    import PIL

    return f"pillow {PIL.__version__}, imagehash {imagehash.__version__}, opencv {cv2.__version__}"


@dataclass(frozen=True, slots=True)
class View:
    """How a picture looks on one background: two 64-bit hashes of the whole (imagehash), points, thumbnail.

    `flat` is the share of 8 by 8 px blocks of one grey, in percent: 0 to 27 in photographs, more in most drawings.
    `points` is an array of `points.POINT` as bytes; `thumb` a JPEG whose longer side is at most `SIDE` px, in
    colour where there is little else to tell the picture by.
    """

    phash: int
    dhash: int
    flat: int
    points: bytes = field(repr=False)
    thumb: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is remembered of a picture. `width` and `height` in px, as shown; `digest` is SHA-256 of the file.

    `views` has one view, or two for a picture with transparency: over white and over black.
    """

    version: str
    format: str
    width: int
    height: int
    digest: bytes = field(repr=False)
    views: tuple[View, ...]


def sound(view: View) -> bool:
    """Whether a view that came from elsewhere can be compared: its points are whole, its thumbnail is a picture."""
    import numpy as np

    from attrib.read.pixels.opencv import cv2
    from attrib.read.pixels.points import POINT

    if len(view.points) % POINT.itemsize or not view.thumb:
        return False
    return cv2.imdecode(np.frombuffer(view.thumb, np.uint8), cv2.IMREAD_GRAYSCALE) is not None


def fingerprint(data: bytes, name: str = "") -> Fingerprint | Failure:
    """The fingerprint of a picture file's bytes, or a `Failure` saying what is wrong with it; never raises.

    `name` is what a failure calls the picture: its path or address.
    """
    picture = decode(data, name)
    if isinstance(picture, Failure):
        return picture
    try:
        views = _views(picture, data)
    except Exception as problem:  # an error of a library on odd pixels must not end a run over thousands
        return Failure(name, f"no fingerprint could be made: {problem}", "Save the picture again as JPEG.")
    digest = hashlib.sha256(data).digest()
    return Fingerprint(version(), picture.format, picture.width, picture.height, digest, views)


def _views(picture: Decoded, data: bytes) -> tuple[View, ...]:
    """How the picture looks on each background; with thumbnails in colour where greys say too little."""
    import numpy as np

    from attrib.read.pixels.plain import flat, needs_colours

    greys = picture.grounds
    flats = [flat(grey) for grey in greys]
    shown = greys
    if any(map(needs_colours, flats, greys)):
        coloured = decode(data, colour=True)
        if isinstance(coloured, Decoded):
            shown = tuple(np.ascontiguousarray(ground[..., ::-1]) for ground in coloured.grounds)
    return tuple(map(_view, greys, flats, shown))


def _view(grey: NDArray[np.uint8], flat: int, shown: NDArray[np.uint8]) -> View:
    import imagehash
    import numpy as np
    from PIL import Image

    from attrib.read.pixels.opencv import cv2
    from attrib.read.pixels.points import find, framed, halved

    whole = framed(grey)
    tiny = Image.fromarray(halved(whole)).resize((32, 32), Image.Resampling.BOX)
    hashes = [int.from_bytes(np.packbits(h.hash).tobytes()) for h in (imagehash.phash(tiny), imagehash.dhash(tiny))]
    thumb = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1]
    return View(hashes[0], hashes[1], flat, find(whole).tobytes(), thumb.tobytes())
