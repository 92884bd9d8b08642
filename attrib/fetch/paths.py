"""From a picture's address on a local page to a file, without leaving the root.

In: the page's path, the address as the page writes it, the root. Out: a path, a `Failure`, or None.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..model import Failure
from .disk import reason


def resolve(page: Path | None, url: str, root: Path | None = None) -> Path | Failure | None:
    """The file that a picture's address on a local page means; it need not exist.

    `None` when the address is not a local file's: http, data, or an absolute path while no `root` is known. A failure
    when the path leaves the root. Without `root`, a page may reach whatever is below the current folder, or, for a
    page elsewhere, what is below its own.
    """
    shown = url.strip() if len(url) <= 120 else f"{url.strip()[:117]}…"
    name = page.as_posix() if page else "-"
    try:
        parts = urlsplit(url.strip().replace("\\", "/"))
        # A real file may have "?" or "#" in its name, but on a page these begin the query and the fragment.
        wanted = unquote(parts.path, errors="surrogateescape")
        if not wanted or parts.netloc or parts.scheme not in ("", "file"):
            return None
        here = page.parent if page else Path()
        if parts.scheme == "file":
            path = Path(wanted)
        elif wanted.startswith("/"):
            if root is None:
                return None
            path = root / wanted.lstrip("/")
        else:
            path = here / wanted
        fence = root or _fence(here)
        if not path.resolve().is_relative_to(fence.resolve()):
            return Failure(
                name,
                f"the picture {shown} is outside the root {fence.as_posix()}, so it was not opened",
                "Pass --root with a folder that holds the pages and their pictures.",
            )
        return Path(os.path.normpath(path))
    except (OSError, RuntimeError, ValueError) as error:
        return Failure(name, f"the picture {shown} has no usable path: {reason(error)}", "Correct the path.")


def _fence(here: Path) -> Path:
    """How far a page may reach when nobody said: the current folder when the page is in it, else its own folder."""
    return Path() if here.resolve().is_relative_to(Path.cwd()) else here
