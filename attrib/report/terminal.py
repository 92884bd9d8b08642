"""The report for people, on a terminal: the verdict first, then each article with its faults, then what was not done.

In: a `Report`. Out: lines of text. Words from pages are shown, never obeyed: control characters are made visible.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model import Confidence, Failure, Figure, Finding, Page, Report, Severity, Skipped
from ..rule import Rule
from .places import Atlas

__all__ = ["Paint", "check_lines", "extract_text", "failure_line", "verdict", "visible"]

_QUOTE = 240
_NEEDS = {
    "file": "the picture's file",
    "pixels": "the picture's pixels",
    "register": "a register (--register)",
    "archive": "an archive (--archive)",
}
_STYLES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "cyan": "36", "green": "32"}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
# C0 and C1 controls, and the marks that reverse or hide text: a page must not steer the terminal or the reader's eye.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Paint:
    """Colour and width, settled once. Without colour, words and order say everything."""

    colour: bool = False
    width: int = 100

    def __call__(self, text: str, *styles: str) -> str:
        """The text in these styles."""
        if not self.colour or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"

    def wrap(self, text: str, first: str, rest: str = "") -> list[str]:
        """Lines that fit, the first behind `first`, the others behind `rest` or as many blanks."""
        return textwrap.wrap(
            text, self.width, initial_indent=first, subsequent_indent=rest or " " * len(first), break_on_hyphens=False
        )


@dataclass(slots=True)
class _Printer:
    paint: Paint
    atlas: Atlas
    rules: dict[str, Rule]
    explained: set[str] = field(default_factory=set)

    def article(self, page: Page | None, source: str, findings: list[Finding]) -> Iterator[str]:
        yield self.paint(visible(source), "bold") + (f"  {_shorten(page.title, 80)}" if page and page.title else "")
        for finding in findings:
            yield from self.finding(finding)
            yield ""

    def finding(self, finding: Finding) -> Iterator[str]:
        place = self.atlas.find(finding.source, finding.at)
        severity = finding.severity or Severity.WARNING
        head = self.paint(severity.value, _COLOURS[severity], "bold")
        many = f"  {finding.count} times" if finding.count > 1 else ""
        check = "" if finding.confidence in (None, Confidence.HIGH) else f"  to check, {finding.confidence} confidence"
        yield f"  {place.line}:{place.column}  {head}  {self.paint(finding.rule, 'bold')}{many}{check}"
        yield from self.paint.wrap(visible(finding.message), "      ")
        if finding.quote:
            yield from self.words(finding.quote, "      ")
        for item in finding.evidence:
            what = f"{item.origin} {item.field}".strip()
            yield from self.paint.wrap(f"{visible(what)}: {_shorten(item.says, _QUOTE)}", "      - ")
        if finding.count > 1 and len(finding.related) > 1:
            places = [self.atlas.find(finding.source, related.at) for related in finding.related]
            also = ", ".join(f"{there.line}:{there.column}" for there in places)
            yield from self.paint.wrap(also, "      also ", "           ")
        else:
            yield from self.related(finding)
        rule = self.rules.get(finding.rule)
        if rule and finding.rule not in self.explained:
            self.explained.add(finding.rule)
            why = " ".join(re.split(r"\bSources?:", rule.why)[0].split()).removeprefix("Why it matters: ")
            yield from self.paint.wrap(why, "      why  ")
        if finding.remedy:
            yield from self.paint.wrap(visible(finding.remedy), "      do   ")

    def related(self, finding: Finding) -> Iterator[str]:
        """The other places of a finding, each with its words."""
        for related in finding.related:
            there = self.atlas.find(related.source or finding.source, related.at)
            elsewhere = f"{visible(related.source)}:" if related.source and related.source != finding.source else ""
            yield from self.paint.wrap(
                f"{elsewhere}{there.line}:{there.column} {visible(related.message)}", "      also ", "           "
            )
            if related.quote and related.quote != finding.quote:
                yield from self.words(related.quote, "           ")

    def words(self, quote: str, indent: str) -> Iterator[str]:
        for line in self.paint.wrap(f"“{_shorten(quote, _QUOTE)}”", f"{indent}| ", f"{indent}| "):
            yield self.paint(line, "dim")


def check_lines(report: Report, rules: dict[str, Rule], paint: Paint | None = None) -> Iterator[str]:
    """The report, line by line."""
    paint = paint or Paint()
    yield paint(verdict(report), "bold", "green" if _is_clean(report) else "red")
    if undone := _undone(report):
        yield paint(undone, "bold", "yellow")
    yield ""
    printer = _Printer(paint, Atlas(report.pages), rules)
    pages = {page.source: page for page in report.pages}
    by_source: dict[str, list[Finding]] = {}
    for finding in sorted(report.findings, key=lambda f: (f.source, f.at, f.rule, f.message)):
        by_source.setdefault(finding.source, []).append(finding)
    for source, findings in by_source.items():
        yield from printer.article(pages.get(source), source, findings)
    if unsaid := _unsaid(report):
        yield paint("Could not be read", "bold", "yellow")
        for failure in sorted(unsaid, key=lambda f: (f.source, f.what)):
            yield from paint.wrap(failure_line(failure), "  ", "    ")
        yield ""
    if report.skipped:
        yield paint("Not checked", "bold", "yellow")
        for line in _skipped_lines(report.skipped):
            yield from paint.wrap(line, "  ", "    ")
        yield ""


def verdict(report: Report) -> str:
    """The one line to read when there is time for one."""
    articles, figures = len(report.pages), sum(len(page.article) for page in report.pages)
    checked = f"{_count(articles, 'article')}, {_count(figures, 'picture')}"
    if not articles:
        return "Nothing was checked."
    if not report.findings:
        return f"Nothing to fix: {checked} checked."
    weight = Counter(_weight(finding) for finding in report.findings)
    found = [f"{weight[kind]} {kind}" for kind in ("to fix", "to check") if weight[kind]]
    found += [_count(weight["note"], "note")] if weight["note"] else []
    faulty = len({finding.source for finding in report.findings})
    return (
        f"{', '.join(found)} in {faulty} of {checked} checked."
        if articles > 1
        else f"{', '.join(found)}: {checked} checked."
    )


def failure_line(failure: Failure) -> str:
    """One clear line: which file, what is wrong, what to do."""
    what = failure.what.rstrip(".")
    return visible(f"{failure.source}: {what}. {failure.remedy}".strip())


def extract_text(page: Page, paint: Paint | None = None) -> Iterator[str]:
    """The pictures of a page as a list to read."""
    paint = paint or Paint()
    atlas = Atlas([page])
    own = page.article
    yield paint(visible(page.source), "bold") + (f"  {_shorten(page.title, 80)}" if page.title else "")
    for number, figure in enumerate(own, 1):
        place = atlas.find(page.source, figure.tag or figure.block)
        urls = list(dict.fromkeys(image.url for image in figure.images)) or ["(no address)"]
        more = f"  and {_count(len(urls) - 1, 'other size')}" if len(urls) > 1 else ""
        yield f"  {number}. {_shorten(urls[0], 160)}{more}"
        yield paint(f"     {figure.region.value}, line {place.line}", "dim")
        yield from _figure_lines(figure, paint)
    others = len(page.figures) - len(own)
    if others:
        yield paint(f"  {_count(others, 'picture')} outside the article (teasers, logos)", "dim")
    if not page.figures:
        yield "  no pictures"
    yield ""


def _figure_lines(figure: Figure, paint: Paint) -> Iterator[str]:
    alt = "(none)" if figure.alt is None else figure.alt.value or "(empty)"
    credit = figure.credit
    yield from paint.wrap(visible(figure.caption.value) if figure.caption else "(none)", "     caption  ")
    yield from paint.wrap(visible(credit.raw) if credit else "(none)", "     credit   ")
    for party in credit.parties if credit else ():
        kind, relation = party.kind.value.replace("_", " "), party.relation.value
        yield from paint.wrap(f"{visible(party.canonical or party.name)} ({kind}, {relation})", " " * 16)
    yield from paint.wrap(visible(alt), "     alt      ")


def visible(text: str) -> str:
    """The text with control characters and direction marks shown as their code."""
    return _STEERING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def _weight(finding: Finding) -> str:
    if finding.severity is Severity.NOTICE:
        return "note"
    return "to fix" if finding.confidence in (None, Confidence.HIGH) else "to check"


def _is_clean(report: Report) -> bool:
    return bool(report.pages) and not report.findings and not report.failures


def _undone(report: Report) -> str:
    """What was not done, in a line as loud as the verdict."""
    parts = []
    if report.failures:
        parts.append(f"{_count(len(report.failures), 'thing')} could not be read")
    if report.skipped:
        names = {item.rule for item in report.skipped}
        verb = "was" if len(names) == 1 else "were"
        parts.append(f"{_count(len(names), 'rule')} {verb} not checked everywhere")
    where = ": see the end" if report.skipped or _unsaid(report) else ""
    said = [f"{', '.join(parts)}{where}."] if parts else []
    quiet = [f"{report.allowed} allowed in the pages"] if report.allowed else []
    quiet += [f"{report.known} known from the baseline"] if report.known else []
    return " ".join([*said, f"Left out: {', '.join(quiet)}."] if quiet else said)


def _unsaid(report: Report) -> list[Failure]:
    """The failures that no finding names with its place in the page, which says more."""
    named = {(finding.source, finding.at) for finding in report.findings if finding.rule == "image-unreadable"}
    said = {f.file for p in report.pages for f in p.article if named and (p.source, f.tag or f.block) in named}
    return [failure for failure in report.failures if failure not in said]


def _skipped_lines(skipped: tuple[Skipped, ...]) -> Iterator[str]:
    """One line a reason, not one a rule and page."""
    reasons: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for item in skipped:
        rules, sources = reasons.setdefault((item.needs, item.what), (set(), set()))
        rules.add(item.rule)
        sources.add(item.source)
    for (needs, what), (rules, sources) in sorted(reasons.items()):
        where = visible(next(iter(sources))) if len(sources) == 1 else _count(len(sources), "article")
        reason = visible(what).rstrip(".") or f"needs {_NEEDS.get(needs, needs)}"
        yield f"{', '.join(sorted(rules))} in {where}: {reason}."


def _shorten(text: str, length: int) -> str:
    """The text on one line, its middle left out when it is long."""
    text = visible(" ".join(text.split()))
    if len(text) <= length:
        return text
    half = (length - 3) // 2
    return f"{text[:half]} … {text[-half:]}"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
