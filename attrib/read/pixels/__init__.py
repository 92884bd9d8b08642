"""An image file becomes its size and a fingerprint; two fingerprints, a verdict. The only importer of imagehash.

`fingerprint` takes the bytes of a file and never raises: what cannot be read comes back as a `Failure`. `compare`
takes two fingerprints and needs no original. numpy, Pillow, imagehash and OpenCV are imported on first use.
"""

from attrib.read.pixels.prints import Fingerprint, fingerprint, version
from attrib.read.pixels.verify import Match, compare

__all__ = ["Fingerprint", "Match", "compare", "fingerprint", "version"]
