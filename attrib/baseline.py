"""Findings that were there before: a file of them, so that only new ones count.

In: a report, a file. Out: the report without what the file knows, and what the file knows that is no longer so.
Entries are the content itself (page, rule, words, picture), so they survive edits elsewhere and can be reviewed; two
equal faults on one page need two entries.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from .model import Failure, Finding, Report

__all__ = ["Baseline", "Entry", "apply_baseline", "baseline_text", "load_baseline"]

VERSION = 1


class Entry(NamedTuple):
    """One known finding. `source` is as seen from the folder of the file, with forward slashes."""

    source: str
    rule: str
    quote: str
    picture: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known, and how often. `folder` is where the file stands."""

    folder: Path
    entries: Mapping[Entry, int]


def load_baseline(file: Path) -> Baseline | Failure:
    """Read a file of known findings."""
    remedy = "Write it anew with `attrib baseline`."
    try:
        data = json.loads(file.read_text("utf-8"))
        if data["version"] != VERSION:
            return Failure(str(file), f"is a baseline of version {data['version']}, not {VERSION}", remedy)
        entries: Counter[Entry] = Counter()
        for item in data["findings"]:
            entries[Entry(*(_plain(str(item[name])) for name in Entry._fields))] += int(item.get("count", 1))
    except FileNotFoundError:
        return Failure(str(file), "is not there", remedy)
    except OSError as error:
        return Failure(str(file), f"cannot be read: {error.strerror}", "Check its permissions.")
    except (ValueError, KeyError, TypeError, AttributeError):
        return Failure(str(file), "is not a baseline", remedy)
    return Baseline(file.parent, entries)


def baseline_text(findings: Iterable[Finding], folder: Path) -> str:
    """The file that knows these findings: one a line, sorted, so that changes read well."""
    counted = Counter(_entry(finding, folder) for finding in findings)
    lines = []
    for entry, count in sorted(counted.items()):
        item: dict[str, object] = dict(zip(Entry._fields, entry, strict=True))
        lines.append(json.dumps(item | ({"count": count} if count > 1 else {}), ensure_ascii=False))
    body = ",\n".join(f"  {line}" for line in lines)
    return (
        f'{{"version": {VERSION}, "findings": [\n{body}\n]}}\n'
        if lines
        else f'{{"version": {VERSION}, "findings": []}}\n'
    )


def apply_baseline(report: Report, baseline: Baseline, applied: Iterable[str]) -> tuple[Report, list[Entry]]:
    """The report without known findings, and the entries that no longer hold.

    An entry can only be stale when its page was checked and its rule `applied`.
    """
    left = Counter(baseline.entries)
    new = []
    for finding in report.findings:
        entry = _entry(finding, baseline.folder)
        if left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(finding)
    checked = {_seen_from(page.source, baseline.folder) for page in report.pages}
    rules = set(applied)
    stale = sorted(e for e, count in left.items() if count > 0 and e.source in checked and e.rule in rules)
    known = len(report.findings) - len(new)
    return replace(report, findings=tuple(new), known=report.known + known), stale


def _entry(finding: Finding, folder: Path) -> Entry:
    return Entry(_seen_from(finding.source, folder), finding.rule, _plain(finding.quote), finding.picture)


def _seen_from(source: str, folder: Path) -> str:
    """A source as seen from a folder, whatever folder the run was started in."""
    if "://" in source or source == "-":
        return source
    return Path(os.path.relpath(source, folder)).as_posix()


def _plain(text: str) -> str:
    return " ".join(text.split())
