"""The report for programs: JSON and JSONL, the contract of `data/report.schema.json`.

In: a `Report`, pages, credits, pairs. Out: JSON-ready values and lines of text. The same input gives the same bytes:
sorted, no timestamps, no absolute paths but those that were typed. Within a `schema_version` only keys are added.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
from typing import Any

from ..model import Credit, Failure, Figure, FileFacts, Finding, Page, Report, Severity, Skipped, plain
from .places import Atlas, Place
from .said import failures_in_order, findings_in_order

__all__ = [
    "SCHEMA_VERSION",
    "check_json",
    "check_jsonl",
    "credit_value",
    "dump",
    "extract_value",
    "facts_value",
    "finding_value",
    "page_value",
    "report_value",
    "schema",
    "summary_value",
]

SCHEMA_VERSION = 1
Json = dict[str, Any]


def dump(value: Any, *, pretty: bool = False) -> str:
    """One JSON text, in Unicode, keys in the order given. Half a surrogate, which no program reads, is escaped."""
    text = _pretty(value, "\n") if pretty else json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=2 if pretty else None)
    # Legal in JSON, but programs that split a stream into lines stumble over them.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def _pretty(value: Any, line: str) -> str:
    """What `json.dumps(value, indent=2)` gives, in a third of its time: it counts where a cache saved all the rest."""
    if isinstance(value, str):
        return encode_basestring(value)
    if not value or not isinstance(value, dict | list):
        return json.dumps(value)
    inner = f"{line}  "
    if isinstance(value, dict):
        parts = [f"{encode_basestring(key)}: {_pretty(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    return f"[{inner}{f',{inner}'.join([_pretty(item, inner) for item in value])}{line}]"


def check_json(report: Report, rules: object = None) -> Iterator[str]:  # noqa: ARG001  (as every format is called)
    """The whole report as one JSON document, piece by piece: a report on very many pages is never held as text."""
    before = "{"
    for key, value in _parts(report).items():
        yield f'{before}\n  "{key}": '
        before = ","
        if not isinstance(value, Iterator):
            yield dump(value, pretty=True).replace("\n", "\n  ")  # within strings, line ends are escaped
            continue
        between = "["
        for item in value:
            yield f"{between}\n    " + dump(item, pretty=True).replace("\n", "\n    ")
            between = ","
        yield "\n  ]" if between == "," else "[]"
    yield "\n}\n"


def check_jsonl(report: Report, rules: object = None) -> Iterator[str]:  # noqa: ARG001
    """One finding a line, then failures and skipped rules as lines of their own kind, last a line that says the sum.

    A stream without its last line was cut off.
    """
    parts = _parts(report)
    for finding in parts["findings"]:
        yield dump(finding) + "\n"
    for kind, key in (("failure", "failures"), ("skipped", "skipped")):
        for item in parts[key]:
            yield dump({kind: item}) + "\n"
    yield dump({"summary": parts["summary"], "complete": parts["complete"], "schema_version": SCHEMA_VERSION}) + "\n"


def report_value(report: Report) -> Json:
    """The report as the schema describes it."""
    return {key: [*value] if isinstance(value, Iterator) else value for key, value in _parts(report).items()}


def _parts(report: Report) -> Json:
    """The report as the schema describes it, its lists made item by item as they are asked for."""
    atlas = Atlas(report.pages)
    return {
        "schema_version": SCHEMA_VERSION,
        "complete": report.complete,
        "summary": summary_value(report),
        "pages": map(_checked, sorted(report.pages, key=lambda page: page.source)),
        "findings": (finding_value(finding, atlas) for finding in findings_in_order(report)),
        "failures": map(failure_value, failures_in_order(report.failures)),
        "skipped": iter(skipped_values(report.skipped)),
    }


def summary_value(report: Report) -> Json:
    """The counts that open a report."""
    by = Counter(finding.severity for finding in report.findings)
    return {
        "pages": len(report.pages),
        "figures": sum(len(page.article) for page in report.pages),
        "errors": by[Severity.ERROR],
        "warnings": by[Severity.WARNING],
        "notices": by[Severity.NOTICE],
        "failures": len(report.failures),
        "skipped": len(report.skipped),
        "allowed": report.allowed,
        "known": report.known,
        "accepted": report.accepted,
        "expired": report.expired,
        "unchanged": report.unchanged,
    }


def finding_value(finding: Finding, atlas: Atlas) -> Json:
    """One finding as the schema describes it."""
    place = atlas.find(finding.source, finding.at)
    return {
        "rule": finding.rule,
        "severity": finding.severity and finding.severity.value,
        "confidence": finding.confidence and finding.confidence.value,
        "source": finding.source,
        **({"built": finding.built} if finding.built else {}),
        **place_value(place),
        "message": finding.message,
        "remedy": finding.remedy,
        "quote": finding.quote,
        "picture": finding.picture,
        "count": finding.count,
        "fixable": bool(finding.fix and finding.fix.safe),
        **({"suggestion": plain(finding.suggestion)} if finding.suggestion else {}),
        "related": [
            {
                "source": related.source or finding.source,
                **place_value(atlas.find(related.source or finding.source, related.at)),
                "message": related.message,
                "rule": related.rule,
                "quote": related.quote,
                "picture": related.picture,
            }
            for related in finding.related
        ],
        "evidence": [{"origin": item.origin, "field": item.field, "says": item.says} for item in finding.evidence],
        "fingerprint": finding.fingerprint,
    }


def place_value(place: Place) -> Json:
    """Where something stands, in lines and columns."""
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def failure_value(failure: Failure) -> Json:
    """One thing that could not be read."""
    return {"source": failure.source, "what": failure.what, "remedy": failure.remedy}


def skipped_values(skipped: Iterable[Skipped]) -> list[Json]:
    """What was not looked at: the rules and sources of each reason, all of the one skipped in all of the other."""
    rules: dict[tuple[str, str, str], set[str]] = {}
    for item in skipped:
        rules.setdefault((item.needs, item.what, item.source), set()).add(item.rule)
    groups: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (needs, what, source), names in rules.items():
        groups.setdefault((needs, what, tuple(sorted(names))), []).append(source)
    return [
        {"needs": needs, "what": what, "rules": list(names), "sources": sorted(sources)}
        for (needs, what, names), sources in sorted(groups.items())
    ]


def page_value(page: Page) -> Json:
    """One line of `extract`: a page and its figures."""
    atlas = Atlas([page])
    return {
        "source": page.source,
        "title": page.title,
        "figures": [
            _figure(figure, atlas.find(page.source, figure.at))
            for figure in page.figures
            if figure.images or page.kind != "html"
        ],
    }


def _figure(figure: Figure, place: Place) -> Json:
    return {
        "images": list(dict.fromkeys(image.url for image in figure.images)),
        "alt": figure.alt.value if figure.alt is not None else None,
        "caption": figure.caption.value if figure.caption is not None else None,
        "credit": credit_value(figure.credit) if figure.credit is not None else None,
        "region": figure.region.value,
        "line": place.line,
        "column": place.column,
    }


def credit_value(credit: Credit) -> Json:
    """A credit line, read."""
    return {
        "raw": credit.raw,
        "parties": [_party(party) for party in credit.parties],
        "roles": list(credit.roles),
        "marker": credit.marker,
        "year": credit.year,
        "licence": credit.licence,
        "restrictions": list(credit.restrictions),
        "confidence": credit.confidence.value,
        "alternative": [_party(party) for party in credit.alternative],
    }


def facts_value(facts: FileFacts) -> Json:
    """What a picture file says of itself."""
    return {
        "source": facts.path,
        "format": facts.format,
        "width": facts.width,
        "height": facts.height,
        "fields": [plain(item) for item in facts.fields],
        "problems": list(facts.problems),
    }


def extract_value(page: Page | Failure) -> Json:
    """One line of `extract`; a page that could not be read has no figures, and its failure."""
    if isinstance(page, Failure):
        return {"source": page.source, "figures": [], "failure": failure_value(page)}
    return page_value(page)


def schema() -> str:
    """The JSON Schema of the report, as it is shipped."""
    from importlib.resources import files

    return files("attrib").joinpath("data", "report.schema.json").read_text("utf-8")


def _party(party: Any) -> Json:
    return {
        "name": party.name,
        "canonical": party.canonical,
        "kind": party.kind.value,
        "relation": party.relation.value,
    }


def _checked(page: Page) -> Json:
    built = {"built": page.built} if page.built else {}
    return {
        "source": page.source,
        **built,
        "kind": page.kind,
        "encoding": page.encoding,
        "figures": len(page.article),
    }
