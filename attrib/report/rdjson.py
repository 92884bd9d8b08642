"""The report as reviewdog reads it (Reviewdog Diagnostic Format, rdjson).

In: a `Report`. Out: one JSON document. Source: reviewdog's proto/rdf/reviewdog.proto: columns count bytes of UTF-8 from
1, an end is exclusive, a suggestion replaces a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Finding, Page, Report, Severity, Span
from .places import Places
from .said import failure_line, failures_in_order, findings_in_order, told
from .wire import dump

__all__ = ["rdjson"]

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTICE: "INFO"}

Json = dict[str, Any]


def rdjson(report: Report, rules: object = None) -> Iterator[str]:  # noqa: ARG001  (as every format is called)
    """The document, a diagnostic a line. What could not be read is a diagnostic of its file."""
    pages = {page.source: _Bytes(page) for page in report.pages}
    diagnostics = [_diagnostic(finding, pages[finding.source]) for finding in findings_in_order(report)]
    for failure in failures_in_order(report.failures):
        said = {"message": failure_line(failure), "location": {"path": failure.source}, "severity": "ERROR"}
        diagnostics.append({**said, "code": {"value": "not-checked"}})
    lines = ",".join(f"\n{dump(diagnostic)}" for diagnostic in diagnostics)
    yield f'{{"source": {{"name": "attrib"}}, "diagnostics": [{lines}\n]}}\n'


class _Bytes:
    """Lines and byte columns of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._places = Places(page.text)

    def range(self, span: Span) -> Json:
        return {"start": self._at(span.start), "end": self._at(span.end)}

    def _at(self, offset: int) -> Json:
        line, column = self._places.at(offset)
        before = self.page.text[offset - column + 1 : offset]
        return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


def _diagnostic(finding: Finding, bytes_: _Bytes) -> Json:
    diagnostic: Json = {
        "message": told(finding),
        "location": {"path": finding.source, "range": bytes_.range(finding.at)},
        "severity": _SEVERITIES[finding.severity or Severity.WARNING],
        "code": {"value": finding.rule},
    }
    # Bytes of another encoding are counted otherwise, and a suggestion that misses its place does harm.
    if finding.fix and finding.fix.safe and bytes_.page.encoding == "utf-8":
        diagnostic["suggestions"] = [_suggestion(finding, bytes_)]
    return diagnostic


def _suggestion(finding: Finding, bytes_: _Bytes) -> Json:
    """All edits of a fix as one: of several suggestions a reader could take one and leave the other."""
    assert finding.fix  # noqa: S101  (the one caller asks)
    edits = sorted(set(finding.fix.edits), key=lambda edit: edit.at)
    whole = Span(edits[0].at.start, edits[-1].at.end)
    text, done = "", whole.start
    for edit in edits:
        text += bytes_.page.text[done : edit.at.start] + edit.new
        done = edit.at.end
    return {"range": bytes_.range(whole), "text": text}
