"""How the pictures of articles come into an archive: an article is read when it, or a picture of it, is not as it was.

In: an archive and places. Out: what was taken from an article, for the archive to keep, with a note of the files it
rests on; or what the archive holds of one that has not changed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import common

if TYPE_CHECKING:
    from ..archive import Archive, Entry
    from ..fetch import Place, Witness
    from ..model import Failure
    from ..read.pixels import Fingerprint

__all__ = ["Known", "Taken", "gone", "grounds", "keep", "known", "of_page"]


class Taken(NamedTuple):
    """The pictures of an article with what the page says of them, what could not be read, how many are not there, and
    the files this rests on; None where they do not tell all."""

    items: tuple[tuple[Entry, Fingerprint], ...] = ()
    failures: tuple[Failure, ...] = ()
    absent: int = 0
    files: tuple[Witness, ...] | None = None


class Known(NamedTuple):
    """What is remembered of an article that is as it was: its pictures, and how many were not there."""

    pictures: frozenset[str]
    absent: int


def grounds(root: Path | None) -> str:
    """What the reading of every article rests on: attrib itself, the folder names are seen from, the root."""
    from ..cache.ground import digest, version

    return digest(version().hex(), Path.cwd(), root and root.resolve()).hex()


def known(store: Archive, place: Place | Failure, grounds: str) -> Known | None:
    """What the archive holds of an article, when all it rests on is as it was; None when it is to be read."""
    from ..fetch import Witness, still
    from ..model import Failure

    note = "" if isinstance(place, Failure) or place.stdin else store.note(place.name)
    if isinstance(place, Failure) or not note:
        return None
    before, absent, *rest = json.loads(note)
    if before != grounds:
        return None
    files = [Witness(*file) for file in rest]
    now = [still(file) for file in files]
    if None in now:
        return None
    if now != files:  # only their stamps are others
        store.add_all([], place.name, json.dumps([grounds, absent, *now]))
    return Known(frozenset(entry.picture for entry in store.entries(page=place.name)), absent)


def keep(store: Archive, place: Place | Failure, taken: Taken, grounds: str) -> int:
    """Put what was taken into the archive; how many pictures were new or changed."""
    from ..model import Failure

    name = "" if isinstance(place, Failure) or place.stdin else place.name
    note = "" if taken.files is None else json.dumps([grounds, taken.absent, *taken.files])
    return store.add_all(taken.items, name, note)


def gone(place: Place | Failure) -> Taken:
    """An article whose reading ended its process."""
    return Taken(failures=(common.gone(place),))


def of_page(place: Place | Failure, root: Path | None) -> Taken:
    """The pictures of an article."""
    from .. import fetch
    from ..archive import Entry
    from ..engine import read_source
    from ..model import Failure
    from ..read.pixels import fingerprint

    source = place if isinstance(place, Failure) else fetch.load(place)
    if isinstance(source, Failure):
        return Taken(failures=(source,))
    page = read_source(source)
    if isinstance(page, Failure):
        return Taken(failures=(page,))
    items: list[tuple[Entry, Fingerprint]] = []
    failures: list[Failure] = []
    files = [fetch.witness(source.path, source.data) if source.path else None]
    absent = 0
    for figure in page.article:
        missing = False
        for image in figure.renditions:
            got = fetch.picture(image.url, page=source.name, path=source.path, root=root)
            missing = isinstance(got, Failure) or (got is None and re.match(r"/(?!/)", image.url) is not None)
            if isinstance(got, Failure):
                files.append(fetch.absent(Path(got.source)) if not Path(got.source).exists() else None)
            if not isinstance(got, tuple):
                continue
            files.append(fetch.witness(Path(got[0]), got[1]))
            print_ = fingerprint(got[1], got[0])
            if isinstance(print_, Failure):
                failures.append(print_)
                continue
            caption = figure.caption.value if figure.caption else ""
            credit = figure.credit.raw if figure.credit else ""
            items.append((Entry(got[0], page.source, caption, credit, page.published), print_))
            break
        absent += missing
    told = [file for file in files if file is not None]
    whole = len(told) == len(files) and not failures
    return Taken(tuple(items), tuple(failures), absent, tuple(told) if whole else None)
