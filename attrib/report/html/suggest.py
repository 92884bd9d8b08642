"""Words to copy: those that an origin gives, or what a fix would leave standing.

In: a page, a finding, its figure. Out: a `Suggestion`, which says where its words come from; None where nothing is
sure, or the fix is in no words a reader meets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from ...model import Edit, Figure, Finding, LineKind, Page, Span, Suggestion, Text
from .galley import lines_of

__all__ = ["suggestion"]

_KEPT = (LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER)


def suggestion(page: Page, finding: Finding, figure: Figure | None) -> Suggestion | None:
    """What the finding itself suggests, or else its fix."""
    if finding.suggestion:
        return finding.suggestion
    words = _mended(page, finding, figure)
    return Suggestion(words, "the page’s own words, without the fault") if words else None


def _mended(page: Page, finding: Finding, figure: Figure | None) -> str:
    """The lines that the fix changes, as they would read; where it only deletes, the lines of the block that stay."""
    edits = sorted(finding.fix.edits, key=lambda e: e.at) if finding.fix else []
    if not edits:
        return ""
    lines = list(lines_of(figure)) if figure else []
    whole = [figure.alt, figure.title, figure.printed] if figure else []
    for texts in ([line.text for line in lines], whole):
        if changed := [after for text in texts if text and (after := _after(page, text, edits))]:
            return "\n".join(dict.fromkeys(changed))
    return "\n".join(
        line.text.value
        for line in lines
        if line.kind in _KEPT and not line.control and line.text.span and not _touched(line.text.span, edits)
    )


def _after(page: Page, text: Text, edits: Sequence[Edit]) -> str:
    """The words of a text when the edits are made; nothing where they leave it as it is, or leave none of it."""
    if text.span is None or not _touched(text.span, edits):
        return ""
    start, end = text.span
    out = []
    for edit in edits:
        if _touched(text.span, [edit]):
            out += [page.markup(Span(start, max(start, edit.at.start))), edit.new]
            start = max(start, edit.at.end)
    markup = "".join([*out, page.markup(Span(start, end))]).replace("\0", "")
    words = " ".join((html.unescape(re.sub(r"<[^<>]*>", "", markup)) if page.kind == "html" else markup).split())
    return words if words != text.value else ""


def _touched(span: Span, edits: Sequence[Edit]) -> bool:
    """Whether an edit changes something in a span. Those that only meet its edge do not."""
    return any(edit.at.start < span.end and span.start < edit.at.end for edit in edits)
