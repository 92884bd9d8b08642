"""What each page gave when it was looked at, kept from one run to the next: an unchanged page costs no work.

In: a folder, `Settings`, places. Out: what was `Looked` at a place, when nothing it rests on has changed: the page, its
pictures (those that were missing, too), the settings, attrib itself, Python and the libraries. It is kept as JSON,
which can lie but do nothing, and no finding depends on it: a cache that is broken is begun anew, with a word, and one
that cannot be used is done without. Not kept is what came from the network or standard input, or could not be opened.

`ground` says what all results of a run rest on, `store` keeps bytes in a folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from ..engine import Looked
from ..fetch import Place, Witness, still
from ..judge import Judged
from ..model import Failure, Page
from ..packed import pack, unpack
from ..read.pixels import Fingerprint
from ..settings import Settings
from .ground import digest, grounds, version
from .store import Store

__all__ = ["Cache"]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A `Looked` with the types of all it holds, which are imported here and not where a page is checked."""

    page: Page | None
    failures: tuple[Failure, ...]
    prints: tuple[tuple[int, Fingerprint], ...]
    judged: Judged
    files: tuple[Witness, ...]


class Cache:
    """The cache in a folder, made if it is not there; a context manager.

    `trouble` is a sentence for the person who runs this, or empty.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._settings = settings
        self._grounds = grounds(settings)
        self._store = Store(folder, version())

    @property
    def trouble(self) -> str:
        """What is to be said of the cache, if anything."""
        return self._store.trouble

    def __enter__(self) -> Cache:
        self._store.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def recall(self, place: Place) -> Looked | None:
        """What was looked at here, if it would be the same today."""
        key = self._key(place)
        data = self._store.get(key)
        if data is None:
            return None
        try:
            kept = unpack(_Kept, data)
        except ValueError as error:
            self._store.throw_away(str(error))
            return None
        files: list[Witness] = []
        for known in kept.files:
            if (file := still(known)) is None:
                return None
            files.append(file)
        now = tuple(files)
        if now != kept.files:  # the same words under a new stamp, as after a checkout
            self._store.put(key, pack(replace(kept, files=now)))
        return Looked(kept.page, kept.failures, kept.prints, kept.judged, now)

    def keep(self, place: Place, looked: Looked) -> None:
        """Remember what was looked at here, when its files tell all that it rests on."""
        if looked.files:
            kept = _Kept(looked.page, looked.failures, looked.prints, looked.judged, looked.files)
            self._store.put(self._key(place), pack(kept))

    def _key(self, place: Place) -> bytes:
        spared = self._settings.spared(place.name) if self._settings.spared else ()
        return digest(self._grounds, place.name, os.path.abspath(place.path or ""), place.kind, *spared)  # noqa: PTH100
