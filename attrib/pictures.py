"""The picture files of a page are opened: what they say of themselves, and how they look.

In: a page as it was read, its source, `Settings`. Out: `Seen`, the page with these facts at its article's figures, what
could not be read, and the files that all this rests on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import fetch
from .fetch import Source, Witness
from .model import Failure, Figure, FileFacts, Page
from .settings import Settings

if TYPE_CHECKING:
    from .read.pixels import Fingerprint

__all__ = ["Seen", "see"]

_ABSENT = "is not there"


@dataclass(frozen=True, slots=True)
class Seen:
    """A page with what its picture files say.

    `prints` are numbered as the article's figures are, which is all that a light page keeps. `files` are those that
    were opened or looked for in vain; None when something was asked for that is no file, or could not be opened.
    """

    page: Page
    failures: tuple[Failure, ...] = ()
    prints: tuple[tuple[int, Fingerprint], ...] = ()
    files: tuple[Witness, ...] | None = ()


def see(page: Page, source: Source, settings: Settings, compared: bool) -> Seen:
    """The page with what the files of its article's pictures say, and their fingerprints when they are `compared`."""
    figures = list(page.figures)
    failures: list[Failure] = []
    prints: list[tuple[int, Fingerprint]] = []
    files: list[Witness | None] = []
    lost: dict[int, Failure] = {}
    beside = False  # whether a picture of the page was had: else they are kept elsewhere
    own = [i for i, figure in enumerate(figures) if figure.region.in_article]
    for nth, i in enumerate(own):
        got = _got(figures[i], source, settings, files)
        if isinstance(got, Failure) and _is_absent(got) and Path(got.source).parent.is_dir():
            lost[i] = replace(got, kind="absent")
        if got is None or _is_absent(got):
            continue
        figures[i], print_ = _with_file(figures[i], got, compared)
        beside = beside or (isinstance(got, tuple) and figures[i].file is not None)
        if print_ is not None:
            prints.append((nth, print_))
        if isinstance(problem := figures[i].file, Failure):
            failures.append(problem)
    for i, what in lost.items() if beside else ():
        figures[i] = replace(figures[i], file=what)
    known = [file for file in files if file is not None]
    whole = tuple(dict.fromkeys(known)) if len(known) == len(files) else None
    return Seen(replace(page, figures=tuple(figures)), tuple(failures), tuple(prints), whole)


def _got(
    figure: Figure, source: Source, settings: Settings, files: list[Witness | None]
) -> tuple[str, bytes] | Failure | None:
    """The bytes of the figure's first rendition that can be had. A file that is not there was not looked at.

    What was asked for goes to `files`.
    """
    first: Failure | None = None
    for image in figure.renditions:
        got = fetch.picture(image.url, page=source.name, path=source.path, root=settings.root, web=settings.web)
        if got is not None:
            files.append(_witness(got) if settings.web is None else None)
        if isinstance(got, tuple):
            return got
        if isinstance(got, Failure) and (first is None or _is_absent(first)):
            first = got
    return first


def _witness(got: tuple[str, bytes] | Failure) -> Witness | None:
    if isinstance(got, tuple):
        return fetch.witness(Path(got[0]), got[1])
    return fetch.absent(Path(got.source)) if _is_absent(got) else None


def _is_absent(got: tuple[str, bytes] | Failure) -> bool:
    return isinstance(got, Failure) and got.what.startswith(_ABSENT)


def _with_file(figure: Figure, got: tuple[str, bytes] | Failure, compared: bool) -> tuple[Figure, Fingerprint | None]:
    """The figure with what its file says of itself, and the file's fingerprint when pictures are compared."""
    if isinstance(got, Failure):
        return replace(figure, file=got), None
    facts = _facts(got[1], got[0])
    if isinstance(facts, Failure) and facts.kind == "unfit":  # a drawing says nothing of itself, and that is no fault
        facts = None
    if not compared:
        return replace(figure, file=facts), None
    from .read.pixels import fingerprint

    print_ = fingerprint(got[1], got[0])
    if not isinstance(print_, Failure):
        if not isinstance(facts, FileFacts):  # a picture all the same, of a kind that says nothing of itself
            facts = FileFacts(got[0], print_.format, print_.width, print_.height)
        return replace(figure, file=facts, likenesses=()), print_
    if print_.kind == "unfit":  # looked at, and like nothing
        return replace(figure, file=facts, likenesses=()), None
    return replace(figure, file=print_), None


def _facts(data: bytes, name: str) -> FileFacts | Failure | None:
    from .read.metadata import read_metadata  # only now: most pages have no picture files beside them

    return read_metadata(data, name)
