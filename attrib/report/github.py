"""The report as GitHub Actions reads it in a job's log: annotations, then the full list in plain lines.

In: a `Report`. Out: the verdict, workflow commands (`::error file=…::…`), a line a finding. Source: GitHub's pages on
workflow commands; it shows 10 annotations of each kind a step and 50 a job, so the worst come first and the rest is
left to the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..model import Finding, Report, Severity
from .places import Atlas
from .said import (
    count,
    errors_first,
    failure_line,
    failures_in_order,
    findings_in_order,
    skipped_lines,
    told,
    undone,
    verdict,
    visible,
)

__all__ = ["github"]

OF_A_KIND = 10
IN_ALL = 50
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}
_FAILURES = 5  # lines of the one annotation that names what could not be read


def github(report: Report, rules: object = None) -> Iterator[str]:  # noqa: ARG001  (as every format is called)
    """What to print in the step."""
    atlas = Atlas(report.pages)
    yield _line(verdict(report))
    if left := undone(report):
        yield _line(left)
    shown: Counter[str] = Counter()
    if report.failures:
        shown["error"] += 1
        yield _unread(report)
    for finding in errors_first(findings_in_order(report)):
        kind = _KINDS[finding.severity or Severity.WARNING]
        if shown[kind] < OF_A_KIND and shown.total() < IN_ALL:
            shown[kind] += 1
            yield _annotation(kind, finding, atlas)
    annotated = shown.total() - bool(report.failures)
    if annotated < len(report.findings):
        yield _line(
            f"{annotated} of {count(len(report.findings), 'finding')} annotated, the worst; all are listed here."
        )
    for finding in findings_in_order(report):
        place = atlas.find(finding.source, finding.at)
        where = f"{finding.source}:{place.line}:{place.column}"
        yield _line(f"{_KINDS[finding.severity or Severity.WARNING]:7}  {where}  {finding.rule}  {told(finding)}")
    for failure in failures_in_order(report.failures):
        yield _line(f"could not be read  {failure_line(failure)}")
    for line in skipped_lines(report.skipped):
        yield _line(f"not checked  {line}")


def _annotation(kind: str, finding: Finding, atlas: Atlas) -> str:
    place = atlas.find(finding.source, finding.at)
    properties: dict[str, object] = {"file": finding.source, "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:  # columns are refused for several lines
        properties |= {"col": place.column, "endColumn": place.end_column}
    return _command(kind, told(finding), **properties, title=finding.rule)


def _unread(report: Report) -> str:
    """One annotation for all that could not be read, lest it take the room of the findings."""
    lines = [failure_line(failure) for failure in failures_in_order(report.failures)]
    more = [f"and {len(lines) - _FAILURES} more"] if len(lines) > _FAILURES else []
    title = f"{count(len(lines), 'thing')} could not be read"
    return _command("error", "\n".join([*lines[:_FAILURES], *more]), title=title)


def _command(kind: str, message: str, **properties: object) -> str:
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {said}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _line(text: str) -> str:
    """A line of the log that cannot be a command: those begin with "::", or have "##[" anywhere."""
    text = visible(text).replace("\n", " ").replace("##[", "## [")
    return f"- {text}\n" if text.lstrip().startswith("::") else f"{text}\n"
