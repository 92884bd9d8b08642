"""What an archive says of the pictures of a page, and how it learns them.

In: an open archive, pages with the fingerprints of their pictures. Out: `Likeness` values of what was shown before,
with the credit it had; or, for `learn`, the pages' pictures in the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from attrib.archive.rows import Entry
from attrib.archive.store import Archive, Found
from attrib.model import Credit, FileFacts, Likeness, Page
from attrib.read.credit import parse_credit
from attrib.read.pixels import Fingerprint

__all__ = ["learn", "seen"]

Prints = Mapping[int, Fingerprint]


def seen(store: Archive, page: Page, print_: Fingerprint) -> tuple[Likeness, ...]:
    """The pictures the archive remembers from other places that look like one on this page, first shown first.

    What was shown after this page is left out: by the dates of the two pages, and where one has none by which was
    remembered first. A page is not told of itself.
    """
    found = store.find(print_)
    own = min((f.number for f in found if _own(f.entry, page)), default=None)
    before = [f for f in found if not _own(f.entry, page) and _before(f, page, own)]
    before.sort(key=lambda f: (f.entry.date[:10] or "9", f.number))
    return tuple(_likeness(f) for f in before)


def learn(store: Archive, pages: Iterable[tuple[Page, Prints]]) -> int:
    """Remember the pages' pictures, each page in one turn; how many were new or changed."""
    return sum(store.add_all(entries(page, prints)) for page, prints in pages)


def entries(page: Page, prints: Prints) -> Sequence[tuple[Entry, Fingerprint]]:
    """What is to be remembered of a page: its pictures under the names they were read by."""
    items = []
    for index, print_ in prints.items():
        figure = page.figures[index]
        if isinstance(figure.file, FileFacts):
            caption = figure.caption.value if figure.caption else ""
            credit = figure.credit.raw if figure.credit else ""
            items.append((Entry(figure.file.path, page.source, caption, credit, page.published), print_))
    return items


def _own(entry: Entry, page: Page) -> bool:
    """Whether an entry is of this very page; of a file that was remembered by itself, whether the page shows it."""
    if entry.page:
        return entry.page in (page.source, page.url)
    return any(isinstance(f.file, FileFacts) and f.file.path == entry.picture for f in page.figures)


def _before(found: Found, page: Page, own: int | None) -> bool:
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
