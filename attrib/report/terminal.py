"""The report for people, on a terminal: the verdict first, then each article with its faults, then what was not done.

In: a `Report`. Out: lines of text. Words from pages are shown, never obeyed: control characters are made visible.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..model import Confidence, Figure, Finding, Page, Report, Severity
from ..rule import Rule
from .places import Atlas
from .said import (
    by_article,
    count,
    failure_line,
    failures_in_order,
    others,
    shorten,
    skipped_lines,
    undone,
    unsaid,
    verdict,
    visible,
    why_of,
)

__all__ = ["Paint", "check_lines", "check_text", "extract_text"]

SHORT = 8  # of a fingerprint's 16 digits; enough to tell the findings of a run apart
_QUOTE = 240
_STYLES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "cyan": "36", "green": "32"}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}


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
    rules: Mapping[str, Rule]
    explained: set[str] = field(default_factory=set)

    def article(self, page: Page | None, source: str, findings: list[Finding]) -> Iterator[str]:
        yield self.paint(visible(source), "bold") + (f"  {shorten(page.title, 80)}" if page and page.title else "")
        for finding in findings:
            yield from self.finding(finding)
            yield ""

    def finding(self, finding: Finding) -> Iterator[str]:
        place = self.atlas.find(finding.source, finding.at)
        severity = finding.severity or Severity.WARNING
        head = self.paint(severity.value, _COLOURS[severity], "bold")
        many = f"  {finding.count} times" if finding.count > 1 else ""
        check = "" if finding.confidence in (None, Confidence.HIGH) else f"  to check, {finding.confidence} confidence"
        mark = self.paint(f"  {finding.fingerprint[:SHORT]}", "dim")  # what `attrib accept` asks for
        yield f"  {place.line}:{place.column}  {head}  {self.paint(finding.rule, 'bold')}{many}{check}{mark}"
        yield from self.paint.wrap(visible(finding.message), "      ")
        if finding.quote:
            yield from self.words(finding.quote, "      ")
        for item in finding.evidence:
            what = f"{item.origin} {item.field}".strip()
            yield from self.paint.wrap(f"{visible(what)}: {shorten(item.says, _QUOTE)}", "      - ")
        if finding.count > 1 and len(others(finding)) > 1:
            places = [self.atlas.find(finding.source, related.at) for related in others(finding)]
            also = ", ".join(f"{there.line}:{there.column}" for there in places)
            yield from self.paint.wrap(also, "      also ", "           ")
        else:
            yield from self.related(finding)
        rule = self.rules.get(finding.rule)
        if rule and finding.rule not in self.explained:
            self.explained.add(finding.rule)
            yield from self.paint.wrap(why_of(rule), "      why  ")
        if finding.remedy:
            yield from self.paint.wrap(visible(finding.remedy), "      do   ")

    def related(self, finding: Finding) -> Iterator[str]:
        """The other places of a finding, each with its words."""
        for related in others(finding):
            there = self.atlas.find(related.source or finding.source, related.at)
            elsewhere = f"{visible(related.source)}:" if related.source and related.source != finding.source else ""
            yield from self.paint.wrap(
                f"{elsewhere}{there.line}:{there.column} {visible(related.message)}", "      also ", "           "
            )
            if related.quote and related.quote != finding.quote:
                yield from self.words(related.quote, "           ")

    def words(self, quote: str, indent: str) -> Iterator[str]:
        for line in self.paint.wrap(f"“{shorten(quote, _QUOTE)}”", f"{indent}| ", f"{indent}| "):
            yield self.paint(line, "dim")


def check_text(report: Report, rules: Mapping[str, Rule], paint: Paint | None = None) -> Iterator[str]:
    """The report, each line with its end."""
    for line in check_lines(report, rules, paint):
        yield line + "\n"


def check_lines(report: Report, rules: Mapping[str, Rule], paint: Paint | None = None) -> Iterator[str]:
    """The report, line by line."""
    paint = paint or Paint()
    yield paint(verdict(report), "bold", "green" if _is_clean(report) else "red")
    if left := undone(report):
        yield paint(left, "bold", "yellow")
    yield ""
    printer = _Printer(paint, Atlas(report.pages), rules)
    pages = {page.source: page for page in report.pages}
    for source, findings in by_article(report).items():
        yield from printer.article(pages.get(source), source, findings)
    if unread := unsaid(report):
        yield paint("Could not be read", "bold", "yellow")
        for failure in failures_in_order(unread):
            yield from paint.wrap(failure_line(failure), "  ", "    ")
        yield ""
    if report.skipped:
        yield paint("Not checked", "bold", "yellow")
        for line in skipped_lines(report.skipped):
            yield from paint.wrap(line, "  ", "    ")
        yield ""


def extract_text(page: Page, paint: Paint | None = None) -> Iterator[str]:
    """The pictures of a page as a list to read."""
    paint = paint or Paint()
    atlas = Atlas([page])
    own = page.article
    yield paint(visible(page.source), "bold") + (f"  {shorten(page.title, 80)}" if page.title else "")
    for number, figure in enumerate(own, 1):
        place = atlas.find(page.source, figure.at)
        urls = list(dict.fromkeys(image.url for image in figure.images)) or ["(no address)"]
        more = f"  and {count(len(urls) - 1, 'other size')}" if len(urls) > 1 else ""
        yield f"  {number}. {shorten(urls[0], 160)}{more}"
        yield paint(f"     {figure.region.value}, line {place.line}", "dim")
        yield from _figure_lines(figure, paint)
    others = len(page.figures) - len(own)
    if others:
        yield paint(f"  {count(others, 'picture')} outside the article (teasers, logos)", "dim")
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


def _is_clean(report: Report) -> bool:
    return bool(report.pages or report.unchanged) and not report.findings and not report.failures
