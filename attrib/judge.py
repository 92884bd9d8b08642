"""What the rules find: on each page by itself where it was read, then between pages once all of them are there.

In: pages with their facts, `Settings`. Out: `Judged`, a page's own findings with what settling them needs of its text,
fit to come from another process; then the findings of late rules; then both, settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .fetch import name_in_project
from .model import Failure, Figure, FileFacts, Finding, LeftOut, Page, Span
from .rule import Rule, rules
from .settings import Settings
from .settle import settle
from .suppress import Allowance, allowances, spared, suppress

__all__ = ["Judged", "across", "judge", "settled"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of one page by itself.

    `missed` names the rules that could not look, by the fact that is missing; `words` are what the page allows,
    `blocks` those picture blocks that can matter to it or to a finding.
    """

    findings: tuple[Finding, ...] = ()
    missed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: tuple[Allowance, ...] = ()
    blocks: tuple[Span, ...] = ()


def judge(page: Page, settings: Settings) -> Judged:
    """The findings of all rules that ask nothing but this page, and what any rule could not look at here."""
    findings: list[Finding] = []
    missed: dict[str, list[str]] = {}
    words = tuple(allowances(page.text))
    article = page.article
    for rule in settings.chosen_for(page.source):
        if missing := settings.lacks(rule) or _missing(rule, page):
            missed.setdefault(missing, []).append(rule.name)
        if not rule.late and not settings.lacks(rule):
            by_page = rule.on is Page
            findings += _sparing(rule, page, settings, words) if by_page else _run(rule, page, settings, article)
    starts = [finding.at.start for finding in findings]
    blocks = tuple(
        figure.block
        for figure in page.figures
        if words or any(figure.block.start <= start < figure.block.end for start in starts)
    )
    lacking = tuple((fact, tuple(names)) for fact, names in missed.items())
    return Judged(tuple(findings), lacking, words, blocks)


def across(pages: Sequence[Page], judged: Sequence[Judged], settings: Settings) -> dict[int, list[Finding]]:
    """The findings of late rules, by the number of their page."""
    found: dict[int, list[Finding]] = {}
    numbers = {page.source: number for number, page in enumerate(pages)}
    for rule in settings.chosen():
        if not rule.late or settings.lacks(rule):
            continue
        for finding in _run_late(rule, pages, settings):
            number = numbers[finding.source]
            if rule.name in _applied(pages[number], judged[number], settings):
                found.setdefault(number, []).append(finding)
    return found


def settled(
    page: Page, judged: Judged, late: Iterable[Finding], settings: Settings
) -> tuple[list[Finding], list[LeftOut]]:
    """All findings of a page as a report prints them, and those that the page itself allows."""
    findings: list[Finding] = [*judged.findings, *late]
    allowed: list[LeftOut] = []
    if judged.words:
        known = rules()
        applied = _applied(page, judged, settings)
        left, allowed = suppress(judged.words, judged.blocks, findings, known, applied)
        findings = [_complete(finding, known[finding.rule], page.source, settings) for finding in left]
    return settle(judged.blocks, findings, name_in_project(page.source) if findings else ""), allowed


def _applied(page: Page, judged: Judged, settings: Settings) -> set[str]:
    """The rules that looked at a page."""
    missed = {name for _, names in judged.missed for name in names}
    return {rule.name for rule in settings.chosen_for(page.source)} - missed


def _run(rule: Rule, page: Page, settings: Settings, article: Sequence[Figure] | None = None) -> Iterator[Finding]:
    subjects: Sequence[Page | Figure] = (page,)
    if rule.on is not Page:
        subjects = [f for f in (page.article if article is None else article) if _looked(rule, f)]
    for subject in subjects:
        for finding in rule.check(subject, **_wanted(rule, page, settings)):
            yield _complete(finding, rule, page.source, settings)


def _sparing(rule: Rule, page: Page, settings: Settings, words: Sequence[Allowance]) -> Iterable[Finding]:
    """What a rule says of a page, where one finding may stand for many pictures and the page allows it for some.

    Those are left out of it, and have a finding each, which is what their allowance then takes away.
    """
    found = list(_run(rule, page, settings))
    blocks = spared(words, [figure.block for figure in page.figures], rule.name) if found and words else []
    single = [
        replace(f, at=x.at, quote=x.quote, picture=x.picture, count=1, related=()) for f in found for x in f.related
    ]
    first = [replace(finding, count=1, related=()) for finding in found]
    allowed = [f for f in first + single if any(block.start <= f.at.start < block.end for block in blocks)]
    if not allowed:
        return found
    others = tuple(figure for figure in page.figures if figure.block not in blocks)
    return [*_run(rule, replace(page, figures=others), settings), *allowed]


def _run_late(rule: Rule, pages: Sequence[Page], settings: Settings) -> Iterator[Finding]:
    if rule.on is tuple:
        for finding in rule.check(tuple(pages), **_wanted(rule, None, settings)):
            yield _complete(finding, rule, finding.source, settings)
    else:
        for page in pages:
            yield from _run(rule, page, settings)


def _complete(finding: Finding, rule: Rule, source: str, settings: Settings) -> Finding:
    """A finding with what its rule leaves to the engine."""
    return replace(
        finding,
        rule=rule.name,
        source=source,
        severity=settings.severity.get(rule.name) or finding.severity or rule.severity,
        confidence=finding.confidence or rule.confidence,
    )


def _wanted(rule: Rule, page: Page | None, settings: Settings) -> dict[str, object]:
    facts: dict[str, object] = {"page": page, "house": settings.house, "register": settings.register}
    return {name: facts[name] for name in rule.wants}


def _looked(rule: Rule, figure: Figure) -> bool:
    """Whether the facts a rule needs were looked at for this figure."""
    return not ("file" in rule.needs and not isinstance(figure.file, FileFacts))


def _absent(figure: Figure) -> bool:
    return isinstance(figure.file, Failure) and figure.file.kind == "absent"


def _missing(rule: Rule, page: Page) -> str:
    """What a rule needs and no figure of the page has, of those that name a picture and not only print its name."""
    if not rule.needs:
        return ""
    pictured = [f for f in page.article if any(image.origin != "text" for image in f.images)]
    if not pictured:
        return ""
    if "file" in rule.needs and all(f.file is None or _absent(f) for f in pictured):
        return "file"
    if "pixels" in rule.needs and all(
        f.likenesses is None and (not isinstance(f.file, Failure) or _absent(f)) for f in pictured
    ):
        return "pixels"
    return ""
