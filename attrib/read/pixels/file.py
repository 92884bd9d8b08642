"""A picture file by its name becomes a fingerprint, or a `Failure` that says why it cannot be read."""

from __future__ import annotations

import stat
from pathlib import Path

from attrib.model import Failure
from attrib.read.pixels.prints import Fingerprint, fingerprint

__all__ = ["fingerprint_file"]

LARGEST = 200_000_000  # bytes of one file


def fingerprint_file(name: str) -> Fingerprint | Failure:
    """The fingerprint of a picture file; never raises. What may never end, or never begin, is not opened."""
    path = Path(name)
    try:
        about = path.stat()
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
            return Failure(name, "not a file, but a device or a pipe", "Save what comes out of it, and name that file.")
        if about.st_size > LARGEST:
            return Failure(
                name, f"too large to read: {about.st_size:,} bytes", "Save the picture at the size it is shown in."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return Failure(name, "no such file", "Check the path.")
    except OSError as problem:
        return Failure(name, f"cannot be read: {problem.strerror or problem}", "Check its permissions.")
    return fingerprint(data, name)
