"""What an archive says of the pictures of pages, and how it learns them.

In: an archive's file, pages, and the fingerprints of their pictures by (page, figure). Out: `Likeness` values of what
was shown before, with the credit it had then; for `learn`, the pictures in the archive. An archive that cannot be
used is a `Failure` like any other: what the pages themselves say is still to be checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from attrib.archive.base import ArchiveError
from attrib.archive.rows import Entry, kept
from attrib.archive.store import Archive, Found
from attrib.model import Credit, Failure, FileFacts, Likeness, Page
from attrib.read.credit import parse_credit
from attrib.read.pixels import Fingerprint

__all__ = ["learn", "seen"]

Prints = Mapping[tuple[int, int], Fingerprint]


def seen(
    path: Path, pages: Sequence[Page], prints: Prints
) -> tuple[dict[tuple[int, int], tuple[Likeness, ...]], list[Failure]]:
    """For each picture, those from other pages that look like it, first shown first; and what was not looked at.

    What was shown after its page is left out: by the dates of the two pages, and where one has none by which was
    remembered first. A page is not told of itself.
    """
    try:
        with Archive(path, read_only=True) as store:
            files = {(print_.version, print_.digest): print_ for print_ in prints.values()}
            like = {file: store.find(print_) for file, print_ in files.items()}  # once, on however many pages it is
            found = {
                key: tuple(_before(pages[key[0]], like[print_.version, print_.digest]))
                for key, print_ in prints.items()
            }
            return found, store.left_out() if prints else []
    except ArchiveError as error:
        return {}, [error.failure]


def learn(path: Path, pages: Sequence[Page], prints: Prints) -> list[Failure]:
    """Remember the pictures, each page's in one turn; why that could not be done."""
    try:
        with Archive(path) as store:
            for number, group in groupby(prints.items(), lambda item: item[0][0]):
                store.add_all(list(_entries(pages[number], {key[1]: print_ for key, print_ in group})))
    except ArchiveError as error:
        return [error.failure]
    return []


def _entries(page: Page, prints: Mapping[int, Fingerprint]) -> Iterator[tuple[Entry, Fingerprint]]:
    for index, print_ in prints.items():
        figure = page.figures[index]
        if isinstance(figure.file, FileFacts):
            caption = figure.caption.value if figure.caption else ""
            credit = figure.credit.raw if figure.credit else ""
            yield Entry(figure.file.path, page.source, caption, credit, page.published), print_


def _before(page: Page, found: Sequence[Found]) -> Iterator[Likeness]:
    own = min((f.number for f in found if _own(f.entry, page)), default=None)
    for one in sorted(found, key=lambda f: (f.entry.date[:10] or "9", f.number)):
        if not _own(one.entry, page) and _earlier(one, page, own):
            yield _likeness(one)


def _own(entry: Entry, page: Page) -> bool:
    """Whether an entry is of this very page; of a file that was remembered by itself, whether the page shows it."""
    if entry.page:
        return entry.page in (kept(page.source), page.url)
    return any(isinstance(f.file, FileFacts) and kept(f.file.path) == entry.picture for f in page.figures)


def _earlier(found: Found, page: Page, own: int | None) -> bool:
    there, here = found.entry.date[:10], page.published[:10]
    if there and here and there != here:
        return there < here
    return own is None or found.number < own


def _likeness(found: Found) -> Likeness:
    entry, match = found.entry, found.match
    return Likeness(
        source=entry.page or entry.picture, picture=entry.picture, distance=match.distance,
        confidence=match.confidence, how=match.how, caption=entry.caption or None, credit=_credit(entry.credit),
        archived=True, date=entry.date,
    )  # fmt: skip


@lru_cache(maxsize=1024)  # a picture shown often comes with the same line
def _credit(raw: str) -> Credit | None:
    return parse_credit(raw) if raw else None
