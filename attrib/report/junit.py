"""The report as JUnit XML, for systems that know tests and nothing else.

In: a `Report`, and the least severity that fails the run. Out: XML: a suite an article, a test a finding. There is no
standard; this keeps to what Jenkins and GitLab read. A finding that makes the exit code 1 is a failure, a lesser one a
test that passed and says its words, what could not be read an error, and what was not checked skipped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape

from ..model import Failure, Finding, Report, Severity
from .places import Atlas
from .said import by_article, failure_line, failures_in_order, shorten, skipped_lines, told, verdict, visible

__all__ = ["junit"]

# What XML 1.0 cannot hold, and `visible` does not show: the two code points that are none. Source: XML 1.0, "Char".
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def junit(
    report: Report,
    rules: object = None,  # noqa: ARG001  (as every format is called)
    fail_on: Severity | None = Severity.ERROR,
) -> Iterator[str]:
    """The document. `fail_on` None: no finding fails."""
    atlas = Atlas(report.pages)
    found = by_article(report)
    suites = [_article(page.source, found.get(page.source, []), atlas, fail_on) for page in report.pages]
    suites.sort()
    suites += _unread(report)
    if report.skipped:
        cases = [_case("not checked", line, _element("skipped", line)) for line in skipped_lines(report.skipped)]
        suites.append(("not checked", cases))
    every = [case for _, cases in suites for case in cases]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="attrib: {_text(verdict(report))}" {_counts(every)}>\n'
    for name, cases in suites:
        yield f'  <testsuite name="{_text(name)}" {_counts(cases)}>\n'
        yield from cases
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _article(source: str, findings: list[Finding], atlas: Atlas, fail_on: Severity | None) -> tuple[str, list[str]]:
    cases = []
    seen: Counter[str] = Counter()
    for finding in findings:
        about = finding.quote or finding.picture
        name = f"{finding.rule}: {shorten(about, 80)}" if about else finding.rule  # words stay, lines move
        seen[name] += 1
        place = atlas.find(finding.source, finding.at)
        severity = finding.severity or Severity.WARNING
        where = f"{source}:{place.line}:{place.column} {severity.value}"
        if fail_on and severity.rank <= fail_on.rank:
            outcome = _element("failure", told(finding), where, finding.rule)
        else:
            outcome = f"      <system-out>{_text(f'{where}: {told(finding)}')}</system-out>\n"
        cases.append(_case(source, f"{name} ({seen[name]})" if seen[name] > 1 else name, outcome))
    return source, cases or [_case(source, "nothing to fix", "")]


def _unread(report: Report) -> Iterator[tuple[str, list[str]]]:
    by_source: dict[str, list[Failure]] = {}
    for failure in failures_in_order(report.failures):
        by_source.setdefault(failure.source, []).append(failure)
    for source, failures in by_source.items():
        yield (
            f"could not be read: {source}",
            [
                _case(source, shorten(failure.what, 80), _element("error", failure_line(failure)))
                for failure in failures
            ],
        )


def _case(group: str, name: str, outcome: str) -> str:
    opening = f'    <testcase classname="{_text(group)}" name="{_text(name)}"'
    return f"{opening}>\n{outcome}    </testcase>\n" if outcome else f"{opening}/>\n"


def _element(kind: str, message: str, where: str = "", rule: str = "") -> str:
    named = f' type="{_text(rule)}"' if rule else ""
    body = f"{where}: {message}" if where else message
    return f'      <{kind} message="{_text(message)}"{named}>{_text(body)}</{kind}>\n'


def _counts(cases: list[str]) -> str:
    """How many tests there are, and how many of them ended otherwise than well."""
    ended = {f"{kind}s": sum(f"      <{kind} " in case for case in cases) for kind in ("failure", "error")}
    ended["skipped"] = sum("      <skipped " in case for case in cases)
    return " ".join([f'tests="{len(cases)}"', *(f'{name}="{number}"' for name, number in ended.items())])


def _text(text: str) -> str:
    return escape(_NO_CHARACTER.sub("\ufffd", visible(" ".join(text.split()))))
