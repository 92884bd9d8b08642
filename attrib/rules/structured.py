"""What a page says of its pictures to machines."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding, Page, Related, Severity, Span
from ..rule import rule
from ..words import shorten


@rule("structured-data-broken", on=Page, severity=Severity.WARNING)
def structured_data_broken(page: Page) -> Iterator[Finding]:
    """Structured data of the page (JSON-LD) is no valid JSON.

    Search engines and other readers by machine pass it over, and with it the captions and credits it holds. Said once
    for a page.

    Bad:
        <script type="application/ld+json">{"@type": "NewsArticle", "image": [{"caption": "A "tall" tower"}]}</script>
        <article><p>The tower has been closed for twelve years, and nobody can say when it will open again.</p></article>
    Good:
        <script type="application/ld+json">{"@type": "NewsArticle", "image": [{"caption": "A \\"tall\\" tower"}],}</script>
        <article><p>The tower has been closed for twelve years, and nobody can say when it will open again.</p></article>
    """
    if not page.broken:
        return
    (at, why), *rest = page.broken
    scripts = "The structured data" if not rest else f"{len(page.broken)} scripts with structured data"
    yield Finding(
        at=Span(at.start, min(at.end, at.start + 80)),
        quote=_beginning(page, at),
        message=f"{scripts} of this page cannot be read: {shorten(why, 60)}.",
        remedy="Have the content system write valid JSON; quotation marks inside a text need a backslash.",
        count=len(page.broken),
        related=tuple(Related(where, "this one too", quote=_beginning(page, where)) for where, _ in rest),
    )


def _beginning(page: Page, script: Span) -> str:
    return page.text[script.start : script.start + 80]
