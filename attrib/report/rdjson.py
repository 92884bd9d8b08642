"""The report as reviewdog reads it (Reviewdog Diagnostic Format, rdjson).

In: a `Report`. Out: one JSON document. Source: reviewdog's proto/rdf/reviewdog.proto: columns count bytes of UTF-8 from
1, an end is exclusive, a suggestion replaces a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Advice, Finding, Page, Report, Severity, Span
from .places import Atlas, Place
from .said import failure_line, failures_in_order, findings_in_order, told
from .wire import dump

__all__ = ["rdjson"]

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTICE: "INFO"}

Json = dict[str, Any]


def rdjson(report: Report, rules: object = None) -> Iterator[str]:  # noqa: ARG001  (as every format is called)
    """The document, a diagnostic a line. What could not be read is a diagnostic of its file."""
    atlas = Atlas(report.pages, in_bytes=True)
    pages = {page.source: page for page in report.pages}
    diagnostics = [_diagnostic(finding, pages[finding.source], atlas) for finding in findings_in_order(report)]
    for failure in failures_in_order(report.failures):
        said = {"message": failure_line(failure), "location": {"path": failure.source}, "severity": "ERROR"}
        diagnostics.append({**said, "code": {"value": "not-checked"}})
    lines = ",".join(f"\n{dump(diagnostic)}" for diagnostic in diagnostics)
    yield f'{{"source": {{"name": "attrib"}}, "diagnostics": [{lines}\n]}}\n'


def _range(place: Place) -> Json:
    return {
        "start": {"line": place.line, "column": place.byte_column},
        "end": {"line": place.end_line, "column": place.end_byte_column},
    }


def _diagnostic(finding: Finding, page: Page, atlas: Atlas) -> Json:
    diagnostic: Json = {
        "message": told(finding),
        "location": {"path": finding.source, "range": _range(atlas.find(page.source, finding.at))},
        "severity": _SEVERITIES[finding.severity or Severity.WARNING],
        "code": {"value": finding.rule},
    }
    # Bytes of another encoding are counted otherwise, and a suggestion that misses its place does harm.
    fix = finding.fix if finding.fix and finding.fix.safe and page.encoding == "utf-8" else None
    if fix and (suggestion := _suggestion(fix, page, atlas)):
        diagnostic["suggestions"] = [suggestion]
    return diagnostic


def _suggestion(fix: Advice, page: Page, atlas: Atlas) -> Json | None:
    """All edits of a fix as one: of several suggestions a reader could take one and leave the other.

    None where what stands between them was too long to be kept.
    """
    edits = sorted(set(fix.edits), key=lambda edit: edit.at)
    first, last = (atlas.find(page.source, edits[i].at) for i in (0, -1))
    whole = first._replace(end_line=last.end_line, end_byte_column=last.end_byte_column)
    text, done = "", edits[0].at.start
    for edit in edits:
        between = page.markup(Span(done, edit.at.start))
        if len(between) < edit.at.start - done:
            return None
        text += between + edit.new
        done = edit.at.end
    return {"range": _range(whole), "text": text}
