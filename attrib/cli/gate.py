"""What a gate narrows a report to, the articles that changed, and where it says it, in the files they are made from.

In: what the command line and the settings say, places and what was looked at there. Out: names, `Origins`; a
UsageError for what git or the map cannot mean.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from . import common

if TYPE_CHECKING:
    from pathlib import Path

    from ..config import Config
    from ..engine import Looked
    from ..fetch import Place
    from ..model import Failure
    from ..origin import Origins

__all__ = ["changed_files", "origins_of", "since_option", "source_map_option", "touched"]

since_option: common.Option = click.option(
    "--changed-since", "since", metavar="REV",
    help="Report only on articles that changed since a revision of git; the others are still compared with.",
)  # fmt: skip
source_map_option: common.Option = click.option(
    "--source-map", metavar="MAP", multiple=True,
    help="Name the files that built pages are made from: hugo, jekyll, eleventy, mkdocs, or a pattern such as "
    "public/{path}/index.html=content/{path}.md; 'none' for none.",
)  # fmt: skip


def changed_files(since: str | None) -> frozenset[str] | None:
    """The true paths of what changed since a revision; None when all counts."""
    if since is None:
        return None
    from ..fetch import changed
    from ..model import Failure

    files = changed(since)
    if isinstance(files, Failure):
        raise common.usage(f"--changed-since {files.source}: {files.what}. {files.remedy}")
    return files


def origins_of(given: tuple[str, ...], config: Config, root: Path | None) -> Origins | None:
    """The map that was typed, seen from here, or that of the settings, seen from their folder."""
    from pathlib import Path

    values = () if given == ("none",) else given or config.source_map
    if not values:
        return None
    from ..origin import read_origins

    try:
        return read_origins(values, config.file.parent if config.file and not given else Path(), root)
    except ValueError as error:
        raise common.usage(f"--source-map: {error}.") from error


def touched(
    places: Sequence[Place | Failure], looked: Iterable[Looked], files: frozenset[str], origins: Origins | None
) -> Iterator[bool]:
    """Of each place, whether it changed: itself, a picture it shows, or the file it is made from.

    What is no file here, such as a name that stands for nothing, always counts.
    """
    from ..model import Failure

    for place, one in zip(places, looked, strict=False):
        if isinstance(place, Failure) or place.path is None or place.stdin or not os.path.lexists(place.path):
            yield True
            continue
        source = origins.of(place.name) if origins else None
        rests_on = [str(place.path), *([source] if source else []), *(file.path for file in one.files or ())]
        yield any(os.path.realpath(path) in files for path in rests_on)
