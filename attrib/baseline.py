"""Findings that do not count: those that were there before, and those that somebody accepted.

In: a report, a file. Out: the report without what the file knows, and what the file knows that is no longer so.
Entries are the content itself (page, rule, words, picture), so they survive edits elsewhere and can be reviewed; two
equal faults on one page need two entries, and a finding that stands for several places needs one for each. An entry
that was accepted says why, by whom, and until when.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from .model import Evidence, Failure, Finding, LeftOut, Report, State
from .settle import spoken_for

__all__ = [
    "Acceptance",
    "Baseline",
    "Entry",
    "apply_baseline",
    "baseline_text",
    "entries_of",
    "load_baseline",
    "with_acceptances",
    "written_anew",
]

VERSION = 1


class Entry(NamedTuple):
    """One known finding. `source` is as seen from the folder of the file, with forward slashes."""

    source: str
    rule: str
    quote: str
    picture: str


class Acceptance(NamedTuple):
    """Somebody's word that one finding may stay. `until`: the last day it holds, ISO; empty is for ever.

    `fingerprint` is that of the finding when it was accepted: by it the same finding can be accepted anew.
    """

    entry: Entry
    reason: str
    by: str
    until: str = ""
    fingerprint: str = ""

    def holds(self, today: str) -> bool:
        """Whether it still does on this day (ISO)."""
        return not self.until or today <= self.until


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known and how often, and what was accepted. `folder` is where the file stands."""

    folder: Path
    entries: Mapping[Entry, int] = field(default_factory=dict)
    accepted: tuple[Acceptance, ...] = ()


def load_baseline(file: Path) -> Baseline | Failure:
    """Read a file of known findings."""
    remedy = f"Mend it, or delete it and write it anew with `attrib baseline -o {file}`."
    try:
        data = json.loads(file.read_text("utf-8"))
        if data["version"] != VERSION:
            return Failure(str(file), f"is a baseline of version {data['version']}, not {VERSION}", remedy)
        entries: Counter[Entry] = Counter()
        accepted = []
        for item in data["findings"]:
            entry = Entry(*(_plain(str(item[name])) for name in Entry._fields))
            if "reason" in item:
                accepted.append(_acceptance(entry, item))
            else:
                entries[entry] += int(item.get("count", 1))
    except FileNotFoundError:
        return Failure(str(file), "is not there", f"Write it with `attrib baseline -o {file}`.")
    except OSError as error:
        return Failure(str(file), f"cannot be read: {error.strerror}", "Check its permissions.")
    except (ValueError, KeyError, TypeError, AttributeError):
        return Failure(str(file), "is not a baseline", remedy)
    return Baseline(file.parent, entries, tuple(accepted))


def baseline_text(baseline: Baseline) -> str:
    """The file that knows these findings: one a line, sorted, so that changes read well."""
    items: list[tuple[Entry, dict[str, object]]] = [
        (entry, {"count": count} if count > 1 else {}) for entry, count in baseline.entries.items() if count > 0
    ]
    for accepted in baseline.accepted:
        said = {"reason": accepted.reason, "by": accepted.by, "until": accepted.until}
        said["fingerprint"] = accepted.fingerprint
        items.append((accepted.entry, {name: value for name, value in said.items() if value}))
    items.sort(key=lambda item: (item[0], sorted(item[1].items(), key=str)))
    lines = [json.dumps(entry._asdict() | more, ensure_ascii=False) for entry, more in items]
    body = "\n" + ",\n".join(f"  {line}" for line in lines) + "\n" if lines else ""
    return f'{{"version": {VERSION}, "findings": [{body}]}}\n'


def written_anew(report: Report, baseline: Baseline, applied: Iterable[str]) -> Baseline:
    """A baseline of all that was found, in which what was accepted stays accepted, and what ran out stays run out.

    What was known or accepted goes when its finding is gone: its page was checked, its rule `applied`, and nothing
    found. What is known goes with its page too, but not with one that was named and could not be read.
    """
    found = Counter(entry for finding in report.findings for entry in entries_of(finding, baseline.folder))
    gone = _gone(report, baseline.folder, applied)
    kept = []
    for accepted in baseline.accepted:
        if found[accepted.entry] > 0:
            found[accepted.entry] -= 1
        elif gone(accepted.entry):
            continue
        kept.append(accepted)
    read = {page.source for page in report.pages}
    unread = {_seen_from(failure.source, baseline.folder) for failure in report.failures if failure.source not in read}
    for entry, count in baseline.entries.items():
        if entry.source in unread or (not gone(entry) and _is_there(entry.source, baseline.folder)):
            found[entry] += count
    return replace(baseline, entries=+found, accepted=tuple(kept))


def with_acceptances(baseline: Baseline, new: Iterable[Acceptance], found: Iterable[Finding] | None = None) -> Baseline:
    """The baseline with these; those of the same finding take the place of the earlier.

    With `found`, all findings of their pages, they also take that of what was only known.
    """
    new = tuple(new)
    named = {(accepted.entry, accepted.fingerprint) for accepted in new}
    kept = [accepted for accepted in baseline.accepted if (accepted.entry, accepted.fingerprint) not in named]
    entries, accepted = dict(baseline.entries), (*kept, *new)
    if found is not None:
        left = Counter(entry for finding in found for entry in entries_of(finding, baseline.folder))
        left.subtract(acceptance.entry for acceptance in accepted)
        entries.update({entry: min(entries.get(entry, 0), left[entry]) for entry, *_ in new})
    return replace(baseline, entries=entries, accepted=accepted)


def apply_baseline(
    report: Report, baseline: Baseline, applied: Iterable[str], today: str
) -> tuple[Report, list[Entry]]:
    """The report without what is known or accepted on this day (ISO), and the entries that no longer hold.

    A finding is left out when all its places are known or accepted. One whose acceptance has run out is back, and says
    so. An entry can only be stale when its page was checked and its rule `applied`.
    """
    left = Counter(baseline.entries)
    holding: defaultdict[Entry, list[Acceptance]] = defaultdict(list)
    expired: defaultdict[Entry, list[Acceptance]] = defaultdict(list)
    for accepted in baseline.accepted:
        (holding if accepted.holds(today) else expired)[accepted.entry].append(accepted)
    new, left_out = [], [*report.left_out]
    back = 0
    for finding in report.findings:
        over, unknown, words = [], False, []
        for entry in entries_of(finding, baseline.folder):
            if holding[entry]:
                words.append(holding[entry].pop(0))
            elif left[entry] > 0:
                left[entry] -= 1
            elif expired[entry]:
                over.append(expired[entry].pop(0))
            else:
                unknown = True
        if over or unknown:
            new.append(_returned(finding, over[0]) if over else finding)
            back += bool(over)
        elif words:
            said = words[0]
            left_out.append(LeftOut(finding, State.ACCEPTED, said.reason, said.by, said.until))
        else:
            left_out.append(LeftOut(finding, State.KNOWN))
    gone = _gone(report, baseline.folder, applied)
    unmet = [entry for entry, count in left.items() if count > 0]
    unmet += [entry for group in (holding, expired) for entry, rest in group.items() if rest]
    report = replace(report, findings=tuple(new), left_out=tuple(left_out), expired=report.expired + back)
    return spoken_for(report), sorted({entry for entry in unmet if gone(entry)})


def entries_of(finding: Finding, folder: Path) -> list[Entry]:
    """The content by which a finding is known in a file of this folder: an entry for each place it stands for."""
    source = _seen_from(finding.source, folder)
    return [Entry(*map(_plain, (source, finding.rule, quote, picture))) for quote, picture in finding.subjects]


def _acceptance(entry: Entry, item: Mapping[str, object]) -> Acceptance:
    reason, by, until, fingerprint = (str(item.get(name, "")) for name in ("reason", "by", "until", "fingerprint"))
    if until:
        until = date.fromisoformat(until).isoformat()
    return Acceptance(entry, reason, by, until, fingerprint)


def _returned(finding: Finding, accepted: Acceptance) -> Finding:
    by = f"by {accepted.by} " if accepted.by else ""
    said = Evidence("accepted", accepted.reason, f"{by}until {accepted.until}, which is over")
    return replace(finding, evidence=(*finding.evidence, said))


def _gone(report: Report, folder: Path, applied: Iterable[str]) -> Callable[[Entry], bool]:
    """Tells of an entry that was not met whether it would have been: its page was checked and its rule `applied`."""
    checked = {_seen_from(page.source, folder) for page in report.pages}
    rules = set(applied)
    return lambda entry: entry.source in checked and entry.rule in rules


def _seen_from(source: str, folder: Path) -> str:
    """A source as seen from a folder, whatever folder the run was started in."""
    if "://" in source or source == "-":
        return source
    return Path(os.path.relpath(source, folder)).as_posix()


def _is_there(source: str, folder: Path) -> bool:
    """Whether a page still is where it was; of one that is no file nobody knows."""
    return "://" in source or source == "-" or (folder / source).exists()


def _plain(text: str) -> str:
    return " ".join(text.split())
