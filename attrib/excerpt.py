"""What a report shows of a page's text, picked out while the page is whole.

In: a page and the findings on it. Out: the stretches of its source around them, and the lines of the pictures' blocks
they stand in. A report that marks words where they stand can show no others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from .model import Figure, Finding, Line, LineKind, Page, Span

__all__ = ["excerpts", "faulty", "printed"]

NEAR = 80  # characters of source on each side of a place; a report shows 60
MOST = 4000  # of one stretch: blocks of a picture are shorter, and pasted articles are not shown whole


def faulty(page: Page, findings: Collection[Finding]) -> set[Span]:
    """The blocks of the article's figures that findings stand in, or in a line of theirs outside: a shared caption."""
    starts = [finding.at.start for finding in findings]
    return {f.block for f in page.article if any(f.block.start <= s < f.block.end or _prints(f, s) for s in starts)}


def _prints(figure: Figure, start: int) -> bool:
    """Whether a place stands in one of a figure's lines."""
    return any(line.text.span and line.text.span.start <= start < line.text.span.end for line in figure.lines)


def printed(figure: Figure) -> Iterator[Line]:
    """What a reader meets as words in a figure's block: no pictures, and no copies for another screen."""
    return (line for line in figure.lines if line.kind is not LineKind.PICTURE and not line.copy)


def excerpts(page: Page, findings: Collection[Finding], also: Iterable[Span] = ()) -> tuple[tuple[Span, str], ...]:
    """Stretches of source around findings and the places in `also`, in order and apart, each with its place."""
    wanted = [span for finding in findings for span in _with_fix(page, finding)]
    wanted += [
        Span(max(0, start - NEAR), min(end, start + MOST) + NEAR) for start, end in (*(f.at for f in findings), *also)
    ]
    joined: list[Span] = []
    for span in sorted(wanted):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple((span, page.text[span.start : span.end]) for span in joined)


def _with_fix(page: Page, finding: Finding) -> Iterator[Span]:
    """All that is said anew with a fix."""
    for edit in finding.fix.edits if finding.fix else ():
        for figure in page.article:
            for span in (figure.block, figure.alt.span if figure.alt else None):
                if span and span.start <= edit.at.start <= span.end:
                    yield Span(span.start, min(span.end, span.start + MOST))
