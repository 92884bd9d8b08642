"""All places of a run are looked at: recalled from the cache where nothing changed, read in processes where it did.

In: places, `Settings`. Out: what was `Looked` at each, in their order; fewer when a person stopped the run.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard, TypeVar

import click

from . import common
from .pool import FEW, spread

if TYPE_CHECKING:
    from ..cache import Cache
    from ..config import Config
    from ..engine import Looked, Settings
    from ..fetch import Place
    from ..model import Failure

    Places = Sequence[Place | Failure]

__all__ = ["cache_folder", "visit"]

T = TypeVar("T")
FOLDER = ".attrib_cache"
_MANY = 500  # pages


def visit(places: Places, settings: Settings, jobs: int, folder: Path | None) -> tuple[list[Looked], bool]:
    """What was looked at, and whether it is all that was asked for: Ctrl-C ends it early. `folder` is the cache's."""
    looked: list[Looked] = []
    whole = False
    with _cache(folder, settings) as cache:
        try:
            for one in common.progress(_staying(_looked(places, settings, jobs, cache)), len(places)):
                looked.append(one)  # noqa: PERF402  (those that came before a person stopped it are kept)
            whole = True
        except KeyboardInterrupt:
            if not looked:  # nothing to report
                raise
    if cache is not None and cache.trouble:
        click.echo(f"attrib: {cache.trouble}", err=True)
    return looked, whole


def cache_folder(named: str | None, config: Config, places: Places, settings: Settings) -> Path | None:
    """Where what was looked at is kept: the folder that was named, or one beside the settings.

    None where nothing is to be kept: `named` is "none", or the network is asked. Without a name it is only begun for
    many pages: to read a few takes no time, and leaves nothing behind.
    """
    if named == "none" or settings.web is not None:
        return None
    if named or config.cache_dir:
        return Path(named) if named else config.cache_dir
    folder = (config.file.parent if config.file else Path()) / FOLDER
    return folder if len(places) >= FEW or folder.is_dir() else None


def _cache(folder: Path | None, settings: Settings) -> Cache | nullcontext[None]:
    if folder is None:
        return nullcontext()
    from ..cache import Cache

    return Cache(folder, settings)


def _looked(places: Places, settings: Settings, jobs: int, cache: Cache | None) -> Iterator[Looked]:
    """Each place looked at, in their order."""
    known = {i: found for i, found in enumerate(_staying(_recalled(place, cache) for place in places)) if found}
    rest = [place for i, place in enumerate(places) if i not in known]
    fresh = spread(
        partial(_look, settings=settings, keep=cache is not None),
        rest,
        common.processes(rest, jobs, settings.web),
        _lost,
    )
    for i, place in enumerate(places):
        if i in known:
            yield known.pop(i)
            continue
        looked = next(fresh)
        if cache is not None and _lasting(place):
            cache.keep(place, looked)
        yield looked


def _recalled(place: Place | Failure, cache: Cache | None) -> Looked | None:
    return cache.recall(place) if cache is not None and _lasting(place) else None


def _staying(items: Iterable[T]) -> Iterator[T]:
    """The items, which stay until the end: of these, Python need not find out again and again that they are no garbage.

    Else that takes as long as everything else, when many pages are recalled.
    """
    for number, item in enumerate(items, 1):
        yield item
        if number % _MANY == 0:
            gc.collect()
            gc.freeze()
    gc.freeze()


def _lasting(place: Place | Failure) -> TypeGuard[Place]:
    """Whether a place is a file, of which can be told later whether it changed."""
    from ..model import Failure

    return not isinstance(place, Failure) and place.path is not None and not place.stdin


def _look(place: Place | Failure, settings: Settings, keep: bool) -> Looked:
    """One place read and looked at; done in any process. What is to be kept rests on its own file, too, as it was."""
    from ..engine import look
    from ..fetch import load, witness
    from ..model import Failure

    source = place if isinstance(place, Failure) else load(place, web=settings.web)
    looked = look(source, settings)
    if not keep:
        return looked
    if looked.files is None or isinstance(source, Failure) or source.path is None or not _lasting(place):
        return replace(looked, files=None)
    own = witness(source.path, source.data)
    return replace(looked, files=(own, *looked.files) if own else None)


def _lost(place: Place | Failure) -> Looked:
    from ..engine import Looked

    return Looked(None, (common.gone(place),))
