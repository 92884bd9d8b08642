"""The files of `--format html`: the page, and small copies of the pictures it speaks of.

In: a report, where it goes, and how pictures are reached. Out: a folder with `index.html` and `thumbnails/`, or one
file (or standard output) that holds all. Nothing but a report of attrib is ever replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..fetch import picture, read_file
from ..model import MARK, Failure, FileFacts, Place
from ..report.html import Aids, Thumbnail, check_html
from ..report.markup import inline
from ..report.places import Atlas
from . import common

if TYPE_CHECKING:
    from ..model import Figure, Likeness, Page, Report
    from ..rule import Rule
    from .formats import Reach

__all__ = ["fault", "write_html"]

SIDE = 240  # px: twice the width they are shown at, about 5 KB each
FOLDER = "thumbnails"


def fault(place: str) -> str:
    """Why a report must not be written to a place; empty when it may. A site's own page is not replaced by one."""
    page = Path(place) / "index.html" if _is_folder(place) else Path(place)
    if not page.is_file():  # a device, a pipe, or nothing yet
        return ""
    try:
        with page.open("rb") as stream:
            head = stream.read(500)
    except OSError:
        return ""
    if not head or MARK.encode() in head:
        return ""
    return f"{page} is there and is no report of attrib. Name another {'folder' if _is_folder(place) else 'file'}."


def write_html(report: Report, rules: Mapping[str, Rule], place: str | None, reach: Reach) -> None:
    """The report to a file, a folder, or standard output. Raises ClickException when it cannot be written."""
    folder = Path(place) if place and _is_folder(place) else None
    beside = folder / FOLDER if folder and not reach.standalone else None
    small = _Small(reach, beside)
    aids = Aids(small.of_figure, small.of_likeness, reach.edit_url, _sources(reach.mapped))
    try:
        if folder:
            folder.mkdir(exist_ok=True)
        if beside:
            beside.mkdir(exist_ok=True)
        common.write(check_html(report, rules, aids), str(folder / "index.html") if folder else place)
        if folder:
            _forget_old(folder / FOLDER, small.written)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise click.ClickException(f"{place} cannot be written: {why}. Name another folder.") from error


def _sources(mapped: Report | None) -> dict[str, tuple[str, Place]]:
    """Where findings are mended, by fingerprint, when their pages were made from other files."""
    if mapped is None:
        return {}
    atlas = Atlas(mapped.pages)
    moved = (finding for finding in mapped.findings if finding.built)
    return {finding.fingerprint: (finding.source, atlas.find(finding.source, finding.at)) for finding in moved}


def _is_folder(place: str) -> bool:
    path = Path(place)
    return place.endswith(("/", "\\")) or path.is_dir() or not (path.suffix or path.exists())


@dataclass(slots=True)
class _Small:
    """Small copies, each made when the page first shows it: written beside the page, or inline without a folder."""

    reach: Reach
    folder: Path | None
    written: set[str] = field(default_factory=set)
    made: dict[str, Thumbnail | None] = field(default_factory=dict)

    def of_figure(self, page: Page, figure: Figure) -> Thumbnail | None:
        """The small copy of the file that was looked at, or of the first rendition that can be had."""
        if isinstance(figure.file, FileFacts) and "://" not in figure.file.path:
            path = Path(figure.file.path)
            return self._once(f"file {path}", lambda: read_file(path))
        near = None if "://" in page.source else Path(page.source)
        return next((found for image in figure.images if (found := self._of(image.url, page.source, near))), None)

    def of_likeness(self, like: Likeness) -> Thumbnail | None:
        """The small copy of a picture the archive remembers, where its file is still there, and inside the root."""
        return self._of(like.picture, "", None)

    def _of(self, url: str, page: str, near: Path | None) -> Thumbnail | None:
        def get() -> bytes | None:
            got = picture(url, page=page, path=near, root=self.reach.root, web=self.reach.web)
            return got[1] if isinstance(got, tuple) else None

        return self._once(f"{near.parent if near else page} {url}", get)

    def _once(self, key: str, get: Callable[[], bytes | Failure | None]) -> Thumbnail | None:
        """The small copy of what is got, made when it is first asked for."""
        if key not in self.made:
            data = get() if self.reach.small else None
            self.made[key] = self._make(data) if isinstance(data, bytes) else None
        return self.made[key]

    def _make(self, data: bytes) -> Thumbnail | None:
        from ..read.pixels.shown import small_copy  # only now: many pages have no picture files beside them

        copy = small_copy(data, SIDE)
        if copy is None:
            return None
        if self.folder is None:
            return Thumbnail(inline(copy.data), copy.width, copy.height)
        name = f"{sha256(copy.data).hexdigest()[:16]}.webp"
        if name not in self.written:
            self.written.add(name)
            common.replace_file(self.folder / name, [copy.data])
        return Thumbnail(f"{FOLDER}/{name}", copy.width, copy.height)


def _forget_old(folder: Path, kept: set[str]) -> None:
    """Take away what an earlier report left and this one does not show; only files that bear such a name."""
    for file in folder.glob("*.webp") if folder.is_dir() else ():
        if file.name not in kept and re.fullmatch(r"[0-9a-f]{16}\.webp", file.name):
            file.unlink()
    if not kept and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
