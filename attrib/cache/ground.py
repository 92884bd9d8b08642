"""What all results of a run rest on, beside its pages: attrib itself, what it stands on, and the settings.

In: `Settings`. Out: digests, which are equal only where the same page gives the same.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from .. import __version__
from ..settings import Settings

__all__ = ["digest", "grounds", "version"]

# Whose release can change what is read from a page or a picture.
LIBRARIES = (
    "beautifulsoup4", "c2pa-python", "defusedxml", "ftfy", "imagehash", "numpy", "opencv-python-headless", "pillow",
    "turbohtml",
)  # fmt: skip


def digest(*parts: object) -> bytes:
    """A short digest of these words, each apart from the next."""
    text = "\0".join(map(str, parts))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@cache
def version() -> bytes:
    """The program: its release and its own files, code and tables; the release of Python and of the libraries."""
    from importlib import metadata

    here = Path(__file__).parent.parent
    code = hashlib.blake2b()
    for file in sorted(path for path in here.rglob("*") if path.suffix in (".py", ".toml")):
        code.update(file.relative_to(here).as_posix().encode() + b"\0" + file.read_bytes())
    releases = []
    for name in LIBRARIES:
        try:
            releases.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:  # an extra that is not there
            releases.append(f"{name} -")
    return digest(__version__, code.hexdigest(), sys.version, *releases)


def grounds(settings: Settings) -> bytes:
    """The settings that a page's own look and judgement depend on, and the folder that names are seen from."""
    register = settings.register
    return digest(
        Path.cwd(),
        settings.root and settings.root.resolve(),
        [rule.name for rule in settings.chosen()],
        sorted(settings.severity.items()),
        settings.house,
        settings.quoted,
        settings.archive is not None,  # pictures are compared; what the archive says is asked anew
        register and (register.source, register.entries),
    )
