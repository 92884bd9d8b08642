"""The report as GitLab's Code Quality reads it.

In: a `Report`. Out: one JSON array, an issue a finding. Source: GitLab's page on Code Quality, "code quality report
format": description, check_name, fingerprint, severity, location; fingerprints are unique in a report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from ..model import Report, Severity
from .places import Atlas
from .said import failure_line, failures_in_order, findings_in_order, told
from .wire import dump

__all__ = ["gitlab"]

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def gitlab(report: Report, rules: object = None) -> Iterator[str]:  # noqa: ARG001  (as every format is called)
    """The array, an issue a line. What could not be read is an issue too, a blocker: else nobody would hear of it."""
    atlas = Atlas(report.pages)
    issues = []
    for finding in findings_in_order(report):
        place = atlas.find(finding.source, finding.at)
        severity = _SEVERITIES[finding.severity or Severity.WARNING]
        issues.append(
            _issue(
                told(finding), finding.rule, finding.fingerprint, severity, finding.source, place.line, place.end_line
            )
        )
    for failure in failures_in_order(report.failures):
        mark = _digest(f"{failure.source}\0{failure.what}")
        issues.append(_issue(failure_line(failure), "not-checked", mark, "blocker", failure.source, 1, 1))
    yield "[" + ",".join(f"\n{dump(issue)}" for issue in _unique(issues)) + "\n]\n"


def _issue(said: str, rule: str, mark: str, severity: str, source: str, begin: int, end: int) -> dict[str, Any]:
    return {
        "type": "issue",
        "description": said,
        "check_name": rule,
        "fingerprint": mark,
        "severity": severity,
        "location": {"path": source, "lines": {"begin": begin, "end": end}},
    }


def _unique(issues: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The issues, with a fingerprint that came before made another: GitLab shows only the first of equal ones."""
    seen: set[str] = set()
    for issue in issues:
        while issue["fingerprint"] in seen:
            issue = issue | {"fingerprint": _digest(issue["fingerprint"])}
        seen.add(issue["fingerprint"])
        yield issue


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
