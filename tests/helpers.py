"""What tests of several rooms share: a page from its markup, and the findings on it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrib.engine import Settings, apply, read_source
from attrib.fetch import Source
from attrib.model import Finding, Page

from .facts import give, register


def read(markup: str | bytes, kind: str = "html", name: str = "") -> Page:
    """The page that this markup is."""
    data = markup if isinstance(markup, bytes) else markup.encode()
    page = read_source(Source(name or f"page.{kind}", data, None, kind, None))
    assert isinstance(page, Page), page
    return page


def findings(page: Page | str, *, kind: str = "html", facts: Iterable[str] = (), **settings: object) -> list[Finding]:
    """What the rules find on one page with these facts."""
    page = read(page, kind) if isinstance(page, str) else page
    facts = tuple(facts)
    report = apply(
        [give(page, facts)], Settings(**{"register": register(facts), "archive": Path("seen.db"), **settings})
    )  # type: ignore[arg-type]
    return list(report.findings)
