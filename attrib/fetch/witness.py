"""What a file was when it was read: enough to tell later whether it still is, mostly without opening it.

In: a path and the bytes that were read there, or none. Out: a `Witness`; and later the same one, a renewed one where
only the file's stamp is another, or None where the file is no longer what it was.
"""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path
from typing import NamedTuple

__all__ = ["Witness", "absent", "still", "witness"]

# A file can change twice within one tick of its file system's clock, which is 2 s on FAT and less elsewhere: the stamp
# of one that had just changed when it was read says nothing. Git calls this "racily clean".
_TICK = 2_000_000_000  # ns


class Witness(NamedTuple):
    """A file as it was read: its stamp (size in bytes, times in ns, inode) and its content.

    A `digest` of "" stands for a file that was not there. Times of 0 stand for a stamp that is not to be believed.
    """

    path: str
    size: int = 0
    modified: int = 0
    changed: int = 0
    inode: int = 0
    digest: str = ""


def witness(path: Path, data: bytes) -> Witness | None:
    """The witness of a file whose bytes were read just now; None for what is no plain file."""
    try:
        now = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(now.st_mode):
        return None
    settled = max(now.st_mtime_ns, now.st_ctime_ns) < time.time_ns() - _TICK
    times = (now.st_mtime_ns, now.st_ctime_ns, now.st_ino) if settled else (0, 0, 0)
    return Witness(str(path), len(data), *times, digest=_digest(data))


def absent(path: Path) -> Witness:
    """The witness of a file that is not there."""
    return Witness(str(path))


def still(known: Witness) -> Witness | None:
    """The witness of the file as it is now, when it is what it was. It is opened only if its stamp is another."""
    try:
        now = os.stat(known.path)  # noqa: PTH116  (asked of every page of a run)
        if not known.digest:
            return None
        if now.st_size != known.size or not stat.S_ISREG(now.st_mode):
            return None
        if (now.st_mtime_ns, now.st_ctime_ns, now.st_ino) == known[2:5]:
            return known
        path = Path(known.path)
        again = witness(path, path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None if known.digest else known
    except (OSError, ValueError):
        return None
    return again if again and again.digest == known.digest else None


def _digest(data: bytes) -> str:
    import hashlib  # only now: most runs on a single page keep nothing

    return hashlib.blake2b(data, digest_size=16).hexdigest()
