"""What every rendition of a report says in the same words and the same order.

In: a `Report` and its parts. Out: short texts without markup of any kind, and findings in the order they are printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..model import Confidence, Failure, Finding, Related, Report, Severity, Skipped
from ..rule import Rule

__all__ = [
    "by_article",
    "count",
    "errors_first",
    "failure_line",
    "failures_in_order",
    "findings_in_order",
    "in_line",
    "left_out",
    "not_done",
    "others",
    "reason_of",
    "shorten",
    "skipped_lines",
    "skips",
    "told",
    "undone",
    "unsaid",
    "verdict",
    "visible",
    "weight",
    "why_of",
    "worst_that_fit",
]

_WORDS = 160  # of a quotation, in characters, where a finding has one line
_ENOUGH = 24  # characters of it in the message, which then need not be quoted again
_SENTENCES = 1000  # of a message: rules write two sentences, and names in them are a page's own
_NEEDS = {
    "file": "the picture's file (--root, --online)",
    "pixels": "the picture's pixels (--root, --online)",
    "register": "a register (--register)",
    "archive": "an archive (--archive)",
}
# C0 and C1 controls, and the marks that reverse or hide text: a page must not steer the terminal or the reader's eye.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def findings_in_order(report: Report) -> list[Finding]:
    """The findings as every rendition lists them: by article, and there in page order."""
    return sorted(report.findings, key=lambda f: (f.source, f.at, f.rule, f.message))


def by_article(report: Report) -> dict[str, list[Finding]]:
    """The findings of each article that has some, in order."""
    found: dict[str, list[Finding]] = {}
    for finding in findings_in_order(report):
        found.setdefault(finding.source, []).append(finding)
    return found


def errors_first(findings: Iterable[Finding]) -> list[Finding]:
    """The same findings, the worst first; those of one severity keep their order."""
    return sorted(findings, key=lambda f: (f.severity or Severity.WARNING).rank)


def worst_that_fit(findings: Sequence[Finding], sizes: Sequence[int], room: int, most: int | None = None) -> list[int]:
    """Which of the findings fit into `room`, each with its own size, and at most so many: the worst, in their order."""
    kept: list[int] = []
    ranks = [(finding.severity or Severity.WARNING).rank for finding in findings]
    for index in sorted(range(len(findings)), key=lambda i: ranks[i])[:most]:
        room -= sizes[index]
        if room < 0:
            break
        kept.append(index)
    return sorted(kept)


def told(finding: Finding) -> str:
    """A finding in one line: what is wrong, the words it is about, what to do."""
    unsure = "To check: " if weight(finding) == "to check" else ""
    message = shorten(finding.message, _SENTENCES)
    words = shorten(finding.quote, _WORDS)
    quoted = f"“{words}”" if words and words[:_ENOUGH] not in message else ""
    return unsure + " ".join(part for part in (message, quoted, shorten(finding.remedy, _SENTENCES)) if part)


def others(finding: Finding) -> list[Related]:
    """The other places of a finding, each once; pictures that share one caption share its place."""
    first = {(x.source, x.at, x.message): x for x in reversed(finding.related)}
    return [x for x in reversed(first.values()) if x.source or x.rule or x.at != finding.at]


def failures_in_order(failures: Iterable[Failure]) -> list[Failure]:
    """What could not be read, by name."""
    return sorted(failures, key=lambda f: (f.source, f.what))


def verdict(report: Report) -> str:
    """The one line to read when there is time for one."""
    articles, figures = len(report.pages), sum(len(page.article) for page in report.pages)
    checked = f"{count(articles, 'article')}, {count(figures, 'picture')}"
    if not articles:
        return "Nothing to fix: no article changed." if report.unchanged else "Nothing was checked."
    if not report.findings:
        return f"Nothing to fix: {checked} checked."
    weights = Counter(weight(finding) for finding in report.findings)
    found = [f"{weights[kind]:,} {kind}" for kind in ("to fix", "to check") if weights[kind]]
    found += [count(weights["note"], "note")] if weights["note"] else []
    faulty = len({finding.source for finding in report.findings})
    return (
        f"{', '.join(found)} in {faulty:,} of {checked} checked."
        if articles > 1
        else f"{', '.join(found)}: {checked} checked."
    )


def failure_line(failure: Failure) -> str:
    """One clear line: which file, what is wrong, what to do."""
    what = failure.what.rstrip(".")
    return visible(" ".join(f"{failure.source}: {what}. {failure.remedy}".split()))


def visible(text: str) -> str:
    """The text with control characters and direction marks shown as their code."""
    return _STEERING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def in_line(text: str) -> str:
    """The same with line breaks shown as well: the name of a file may hold any."""
    return visible(text).replace("\n", "<U+000A>")


def weight(finding: Finding) -> str:
    """What a person has to do about it: "to fix", "to check" where attrib is not sure, or "note"."""
    if finding.severity is Severity.NOTICE:
        return "note"
    return "to fix" if finding.confidence in (None, Confidence.HIGH) else "to check"


def why_of(rule: Rule) -> str:
    """Why a rule exists, for an editor: without the sources it was taken from."""
    return " ".join(re.split(r"\bSources?:", rule.why)[0].split()).removeprefix("Why it matters: ")


def undone(report: Report) -> str:
    """What was not done, in a line as loud as the verdict, and what was left out."""
    return " ".join(part for part in (not_done(report), left_out(report)) if part)


def not_done(report: Report) -> str:
    """What could not be read, what was not checked, what is back; nothing when all was done."""
    parts = []
    if report.failures:
        parts.append(f"{count(len(report.failures), 'thing')} could not be read")
    if report.skipped:
        names = {item.rule for item in report.skipped}
        verb = "was" if len(names) == 1 else "were"
        parts.append(f"{count(len(names), 'rule')} {verb} not checked everywhere")
    where = ": see the end" if report.skipped or unsaid(report) else ""
    said = [f"{', '.join(parts)}{where}."] if parts else []
    if report.expired:
        said.append(f"{count(report.expired, 'acceptance')} ran out.")
    return " ".join(said)


def left_out(report: Report) -> str:
    """How many findings do not count and why; nothing when all do."""
    quiet = [f"{report.allowed} allowed in the pages"] if report.allowed else []
    quiet += [f"{report.known} known from the baseline"] if report.known else []
    quiet += [f"{report.accepted} accepted"] if report.accepted else []
    quiet += [count(report.unchanged, "unchanged article")] if report.unchanged else []
    return f"Left out: {', '.join(quiet)}." if quiet else ""


def unsaid(report: Report) -> list[Failure]:
    """The failures that no finding names with its place in the page, which says more."""
    named = {(finding.source, finding.at) for finding in report.findings if finding.rule == "image-unreadable"}
    said = {f.file for p in report.pages for f in p.article if named and (p.source, f.at) in named}
    return [failure for failure in report.failures if failure not in said]


def skipped_lines(skipped: Iterable[Skipped]) -> Iterator[str]:
    """One line a reason, not one a rule and page."""
    for rules, where, why in skips(skipped):
        yield f"{rules} in {where}: {why}."


def skips(skipped: Iterable[Skipped]) -> Iterator[tuple[str, str, str]]:
    """The rules that could not look for one reason, where, and the reason."""
    reasons: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for item in skipped:
        rules, sources = reasons.setdefault((item.needs, item.what), (set(), set()))
        rules.add(item.rule)
        sources.add(item.source)
    for (needs, what), (rules, sources) in sorted(reasons.items()):
        where = visible(next(iter(sources))) if len(sources) == 1 else count(len(sources), "article")
        yield ", ".join(sorted(rules)), where, reason_of(needs, what)


def reason_of(needs: str, what: str) -> str:
    """Why a rule could not look: what was not there, in words."""
    return visible(what).rstrip(".") or f"needs {_NEEDS.get(needs, needs)}"


def shorten(text: str, length: int) -> str:
    """The text on one line, its middle left out when it is long."""
    text = visible(" ".join(text.split()))
    if len(text) <= length:
        return text
    half = (length - 3) // 2
    return f"{text[:half]} … {text[-half:]}"


def count(number: int, thing: str) -> str:
    """A number of things: "1 article", "2,000 articles"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
