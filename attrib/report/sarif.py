"""The report as SARIF 2.1.0, for code scanning.

In: a `Report` and the rules. Out: one JSON document, a result a line. Source: the OASIS standard "Static Analysis
Results Interchange Format", and what GitHub's code scanning asks of such files: 25,000 results and 10 MB at most,
both descriptions and a help text for each rule, 1,024 characters a description, 1,000 places a result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..model import Confidence, Finding, Report, Severity
from ..rule import Rule
from .explained import rule_markdown, rule_text
from .places import Atlas, Place
from .said import (
    failure_line,
    failures_in_order,
    findings_in_order,
    shorten,
    skipped_lines,
    told,
    visible,
    worst_that_fit,
)
from .wire import dump, summary_value

__all__ = ["sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 25_000  # results
ROOM = 9_500_000  # bytes of results; the rest of 10 MB is for rules and notifications
_NOTES = 500  # notifications: past it nobody reads them, and the JSON report has them all
_DESCRIPTION = 1024
_PLACES = 100  # of one result: GitHub shows no more
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "recommendation"}

Json = dict[str, Any]


def sarif(report: Report, rules: Mapping[str, Rule]) -> Iterator[str]:
    """The document, its results one a line. Past the limits the worst are kept, and a notification counts the rest."""
    atlas = Atlas(report.pages)
    findings = findings_in_order(report)
    indices = {name: index for index, name in enumerate(rules)}
    texts = [dump(_result(finding, atlas, indices)) for finding in findings]
    kept = worst_that_fit(findings, [len(text.encode()) + 2 for text in texts], ROOM, MOST)
    run = {
        "tool": {
            "driver": {"name": "attrib", "semanticVersion": __version__, "rules": [_rule(r) for r in rules.values()]}
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, len(findings) - len(kept))],
        "properties": {"summary": summary_value(report)},
    }
    yield f'{{"$schema": {dump(SCHEMA)}, "version": "2.1.0", "runs": [\n{dump(run)[:-1]}, "results": [\n'
    yield ",\n".join(texts[index] for index in kept)
    yield "\n]}]}\n"


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.name,
        "shortDescription": {"text": shorten(rule.summary, _DESCRIPTION)},
        "fullDescription": {"text": shorten(rule.why, _DESCRIPTION)},
        "help": {"text": rule_text(rule), "markdown": rule_markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.group],
            "precision": rule.confidence.value,
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _result(finding: Finding, atlas: Atlas, indices: Mapping[str, int]) -> Json:
    related = [
        {
            "id": number,
            **_location(other.source or finding.source, atlas.find(other.source or finding.source, other.at)),
            "message": {"text": _plain(other.message)},
        }
        for number, other in enumerate(finding.related[:_PLACES], 1)
    ]
    properties = {
        "confidence": (finding.confidence or Confidence.HIGH).value,
        "quote": visible(finding.quote),
        "picture": visible(finding.picture),
        "count": finding.count if finding.count > 1 else None,
        "evidence": [visible(f"{e.origin} {e.field}".strip() + f": {e.says}") for e in finding.evidence],
    }
    result: Json = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity or Severity.WARNING],
        "message": {"text": _plain(told(finding))},
        "locations": [_location(finding.source, atlas.find(finding.source, finding.at))],
        # Not primaryLocationLineHash, which GitHub's uploader works out itself: another value there is a warning each.
        "partialFingerprints": {"attrib/v1": finding.fingerprint},
        "properties": {key: value for key, value in properties.items() if value},
    }
    if finding.rule in indices:
        result["ruleIndex"] = indices[finding.rule]
    if related:
        result["relatedLocations"] = related
    if finding.fix and finding.fix.safe:
        result["fixes"] = [_fix(finding, atlas)]
    return result


def _fix(finding: Finding, atlas: Atlas) -> Json:
    assert finding.fix  # noqa: S101  (the one caller asks)
    replacements = []
    for edit in finding.fix.edits:
        replacement: Json = {"deletedRegion": _region(atlas.find(finding.source, edit.at))}
        if edit.new:
            replacement["insertedContent"] = {"text": edit.new}
        replacements.append(replacement)
    change = {"artifactLocation": {"uri": _uri(finding.source)}, "replacements": replacements}
    return {"description": {"text": finding.fix.what or "mend it"}, "artifactChanges": [change]}


def _invocation(report: Report, left_out: int) -> Json:
    """What could not be read, was not checked, or is not in the file."""
    notes = [_note("error", failure_line(failure)) for failure in failures_in_order(report.failures)]
    notes += [_note("warning", f"Not checked: {line}") for line in skipped_lines(report.skipped)]
    more = len(notes) - _NOTES
    notes = notes[:_NOTES] + ([_note("warning", f"{more:,} more such notes are left out.")] if more > 0 else [])
    if left_out:
        limits = f"a file holds {MOST:,} results and 10 MB at most"
        notes.insert(0, _note("warning", f"{left_out:,} results are left out, the least severe: {limits}."))
    return {"executionSuccessful": report.complete, "toolExecutionNotifications": notes}


def _note(level: str, text: str) -> Json:
    return {"level": level, "message": {"text": _plain(text)}}


def _location(source: str, place: Place) -> Json:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(source)}, "region": _region(place)}}


def _region(place: Place) -> Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _uri(source: str) -> str:
    """A path as a URI reference, relative as the path was; an address as it is."""
    if "://" in source:
        return quote(source, safe=":/?#[]@!$&'()*+,;=%~")
    return ("file://" if source.startswith("/") else "") + quote(source, safe="/~", errors="surrogatepass")


def _plain(text: str) -> str:
    """A message's text: "[words](place)" would be a link there, which page words must not make."""
    return visible(text).replace("](", "] (")
