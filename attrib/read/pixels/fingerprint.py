"""A small grey picture becomes a fingerprint: a few hashes for finding candidates, and what verifying a pair needs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache

from attrib.model import Failure
from attrib.read.pixels.decode import decode

__all__ = ["ALGORITHM", "Fingerprint", "fingerprint", "version"]

ALGORITHM = "attrib-0"


@cache
def version() -> str:
    """What a fingerprint depends on, in one line. Fingerprints of two versions are never compared."""
    import imagehash
    import PIL

    return f"{ALGORITHM} imagehash-{imagehash.__version__} pillow-{PIL.__version__}"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is remembered of a picture. `width` and `height` in px, as shown; `digest` is of the file's bytes.

    `phash` and `dhash` are 64-bit hashes of the whole picture (imagehash).
    """

    version: str
    format: str
    width: int
    height: int
    digest: bytes
    phash: int = field(repr=False)
    dhash: int = field(repr=False)


def fingerprint(data: bytes, name: str = "") -> Fingerprint | Failure:
    """The fingerprint of a picture file's bytes, or a `Failure` saying what is wrong with it; never raises.

    `name` is what a failure calls the picture: its path or address.
    """
    picture = decode(data, name)
    if isinstance(picture, Failure):
        return picture
    import imagehash

    return Fingerprint(
        version(),
        picture.format,
        picture.width,
        picture.height,
        hashlib.sha256(data).digest(),
        int(str(imagehash.phash(picture.grey)), 16),
        int(str(imagehash.dhash(picture.grey)), 16),
    )
