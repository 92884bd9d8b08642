"""A report on built pages, told of the files they were made from.

In: a report, `Origins`. Out: the report with each finding in the source file of its page, where that is known, at the
words it quotes when they stand there exactly once, else at the first line. `built` keeps the page's name. Fixes are
left out: they are made for the built page, and would harm another file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..fetch import read_file
from ..model import Finding, Page, Place, Related, Report, Span
from ..places import Places
from . import Origins

__all__ = ["mapped"]


def mapped(report: Report, origins: Origins) -> Report:
    """The report as it reads in the source files."""
    sources = {page.source: source for page in report.pages if (source := origins.of(page.source))}
    texts = _Texts()
    findings = [_moved(finding, sources, texts) for finding in report.findings]

    def moved(page: Page) -> Page:
        source = sources.get(page.source)
        if source is None:
            return page
        places = tuple(texts.places[source].items())
        return replace(page, source=source, built=page.source, text="", excerpts=(), places=places)

    return replace(
        report,
        pages=tuple(map(moved, report.pages)),
        findings=tuple(findings),
        skipped=tuple(replace(item, source=sources.get(item.source, item.source)) for item in report.skipped),
    )


def _moved(finding: Finding, sources: Mapping[str, str], texts: _Texts) -> Finding:
    related = tuple(_moved_place(place, finding, sources, texts) for place in finding.related)
    source = sources.get(finding.source)
    if source is None:
        return replace(finding, related=related)
    at = texts.find(source, finding.quote, _file_name(finding.picture))
    return replace(finding, at=at, source=source, built=finding.source, related=related, fix=None)


def _moved_place(place: Related, finding: Finding, sources: Mapping[str, str], texts: _Texts) -> Related:
    page = place.source or finding.source
    if (source := sources.get(page)) is None:
        return replace(place, source=page)
    return replace(place, at=texts.find(source, place.quote), source=source)


class _Texts:
    """The source files, read when first asked for, with the places that were found in them."""

    def __init__(self) -> None:
        self.places: defaultdict[str, dict[Span, Place]] = defaultdict(dict)
        self._texts: dict[str, str] = {}

    def find(self, source: str, *quotes: str) -> Span:
        """Where the first of these words that stand in the file once stand there; the beginning of the file if none."""
        if source not in self._texts:
            data = read_file(Path(source))
            self._texts[source] = data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else ""
        text = self._texts[source]
        at = next((span for quote in quotes if (span := _only(text, quote))), Span(0, 0))
        if at not in self.places[source]:
            self.places[source][at] = Places(text, in_bytes=True).span(at)
        return at


def _only(text: str, quote: str) -> Span | None:
    """Where words stand in a text, whatever white space is between them, if they stand there exactly once."""
    words = quote.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    first = pattern.search(text)
    return Span(*first.span()) if first and not pattern.search(text, first.end()) else None


def _file_name(picture: str) -> str:
    """The last part of a picture's address, by which a source file may name it."""
    return picture.partition("?")[0].partition("#")[0].rpartition("/")[2]
