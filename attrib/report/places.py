"""Where the findings of a report stand, as people count: the line and column of any span that it speaks of.

In: the pages of a report. Out: `Place`s. A page that was looked at carries the places of all spans that its figures and
findings name, and its text no more; of a page that still has its text, any span has a place.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Page, Place, Span
from ..places import Places

__all__ = ["Atlas", "Place", "Places"]

_START = Place(1, 1, 1, 1, 1, 1)


class Atlas:
    """The places of all pages of a report, each worked out when first asked for."""

    def __init__(self, pages: Iterable[Page], in_bytes: bool = False) -> None:
        self._pages = {page.source: page for page in pages}
        self._in_bytes = in_bytes
        self._known: dict[str, dict[Span, Place]] = {}
        self._texts: dict[str, Places] = {}

    def find(self, source: str, span: Span) -> Place:
        """Line and column of a span of a page; the first character for a page that is not in the report."""
        page = self._pages.get(source)
        if page is None:
            return _START
        if source not in self._known:
            self._known[source] = dict(page.places)
        if (known := self._known[source].get(span)) is not None:
            return known
        if source not in self._texts:
            self._texts[source] = Places(page.text, self._in_bytes)
        return self._texts[source].span(span)
