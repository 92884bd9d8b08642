"""What is kept of a page once it has been looked at, so that ten thousand of them fit into memory.

In: a page with its facts, and the findings on it. Out: the same page without its text and all that no later step asks
for: rules that compare pages, the archive, and reports. What they name in the text has its place, as people count, and
what they show of it is excerpted where that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .excerpt import excerpts, faulty, printed
from .model import Credit, Figure, FileFacts, Finding, Page, Span, Text
from .places import Places

__all__ = ["light"]


def light(page: Page, findings: Iterable[Finding], also: Iterable[Span] = (), *, quoted: bool = True) -> Page:
    """The page with its article's figures, and the places of these, of the findings' spans, and of those in `also`.

    `quoted` keeps the words of its figures and what stands around findings; else only the words of pictures that were
    opened are kept, which are compared.
    """
    findings, also = list(findings), list(also)
    shown = faulty(page, findings) if quoted else set()
    spans = dict.fromkeys([*also, *_named(findings), *(span for figure in page.article for span in _own(figure))])
    places = Places(page.text, in_bytes=quoted)
    return replace(
        page,
        text="",
        figures=tuple(
            _light(figure, quoted or figure.file is not None, figure.block in shown) for figure in page.article
        ),
        objects=(),
        paragraphs=(),
        problems=(),
        broken=(),
        excerpts=excerpts(page, findings, also) if quoted else (),
        places=tuple((span, places.span(span)) for span in spans),
    )


def _light(figure: Figure, words: bool, shown: bool) -> Figure:
    """A figure with the first of its renditions, its credit, and which file it is.

    Its other `words` where they are asked for; its lines where they are `shown`.
    """
    file = figure.file
    return replace(
        figure,
        images=figure.images[:1],
        alt=(figure.alt if shown else _bare(figure.alt)) if words else None,
        title=figure.title if shown else None,
        printed=_bare(figure.printed) if words else None,
        caption=_bare(figure.caption) if words else None,
        credit=_bare_credit(figure.credit),
        lines=tuple(replace(line, box=None, asset=None) for line in printed(figure)) if shown else (),
        reason="",
        objects=(),
        file=FileFacts(file.path, file.format, file.width, file.height) if isinstance(file, FileFacts) else file,
    )


def _bare(text: Text | None) -> Text | None:
    """Words with their place as a whole; where each letter stands is asked for by rules only."""
    return replace(text, runs=()) if text is not None and text.runs else text


def _bare_credit(credit: Credit | None) -> Credit | None:
    return replace(credit, at=_bare(credit.at)) if credit is not None else None


def _own(figure: Figure) -> Iterator[Span]:
    """What a late rule can point at: the picture and its credit."""
    yield figure.at
    if figure.credit and figure.credit.at and figure.credit.at.span:
        yield figure.credit.at.span


def _named(findings: Iterable[Finding]) -> Iterator[Span]:
    for finding in findings:
        yield finding.at
        yield from (related.at for related in finding.related if related.source in ("", finding.source))
        yield from (edit.at for edit in (finding.fix.edits if finding.fix else ()))
