"""An image file becomes its size and a fingerprint; two fingerprints, a verdict. The only importer of imagehash.

`fingerprint` takes the bytes of a file, `fingerprint_file` its name. Neither raises: what cannot be read comes back as
a `Failure`. `compare` takes two fingerprints and needs no original. numpy, Pillow, imagehash and OpenCV are imported on
first use.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrib.read.pixels.file import fingerprint_file
from attrib.read.pixels.prints import Fingerprint, View, fingerprint, libraries, sound, version
from attrib.read.pixels.verify import Match, compare

__all__ = [
    "Fingerprint", "Match", "View", "alone", "candidates", "compare", "fingerprint", "fingerprint_file",
    "libraries", "sound", "version",
]  # fmt: skip


def candidates(prints: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """The pairs of fingerprints, by index and smaller first, that are worth comparing."""
    from attrib.read.pixels.search import candidates as search

    return search(prints)


def alone() -> None:
    """Keep OpenCV of this process to one thread: for workers, of which there is one a core already."""
    import cv2

    cv2.setNumThreads(1)
