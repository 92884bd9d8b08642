"""The one way through: sources are read, given the facts the selected rules need, checked, and settled to a report.

In: sources (bytes with a name) and `Settings`. Out: a `Report`. Nothing here prints, and nothing read is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from . import fetch
from .fetch import Source, Web
from .model import Failure, Figure, FileFacts, Finding, House, Likeness, Page, Report, Severity, Skipped
from .rule import Rule, rules
from .settle import order, settle

__all__ = ["Settings", "apply", "check_sources", "read_source"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run looks for and how.

    `select` and `ignore` hold rule names, groups ("alt") or patterns ("credit-*"); an empty `select` is every rule.
    `root` is the folder that a site's absolute picture paths start from; `web` opens the network.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    house: House = field(default_factory=House)
    root: Path | None = None
    web: Web | None = None

    def chosen(self) -> list[Rule]:
        """The rules this run applies, by name."""
        return [
            rule
            for rule in rules().values()
            if (not self.select or _named(rule, self.select)) and not _named(rule, self.ignore)
        ]


def read_source(source: Source) -> Page | Failure:
    """One source as a page; a `Failure` when there is nothing in it to read."""
    from .read.encoding import decode

    decoded = decode(source.data, source.charset)
    if not decoded.text.strip():
        return Failure(source.name, "the page is empty", "Check that it was written out in full.")
    if source.kind == "html":
        from .read.page import read_html

        return read_html(decoded.text, source.name, encoding=decoded.encoding, guessed=decoded.guessed)
    from .read.plaintext import read_text

    page = read_text(decoded.text, source.name, markdown=source.kind == "markdown")
    return replace(page, encoding=decoded.encoding, guessed=decoded.guessed)


def check_sources(sources: Iterable[Source | Failure], settings: Settings | None = None) -> Report:
    """Check every source; what could not be read is in `failures`, and never stops the rest."""
    settings = settings or Settings()
    chosen = settings.chosen()
    needs = {need for rule in chosen for need in rule.needs}
    pages: list[Page] = []
    failures: list[Failure] = []
    pictures: dict[tuple[int, int], bytes] = {}
    for source in sources:
        page = source if isinstance(source, Failure) else read_source(source)
        if isinstance(page, Failure):
            failures.append(page)
            continue
        failures.extend(page.problems)
        if needs & {"file", "pixels"} and isinstance(source, Source):
            page = _look_at_files(page, source, len(pages), needs, settings, pictures, failures)
        pages.append(page)
    if "pixels" in needs:
        pages = _look_alike(pages, pictures)
    report = apply(pages, settings)
    return replace(report, failures=tuple(dict.fromkeys(failures)), complete=not failures)


def apply(pages: Sequence[Page], settings: Settings) -> Report:
    """The findings of the selected rules on pages that hold their facts already."""
    findings, skipped = _apply(settings.chosen(), pages, settings)
    return Report(tuple(pages), tuple(sorted(findings, key=order)), skipped=tuple(skipped))


def _look_at_files(
    page: Page,
    source: Source,
    index: int,
    needs: set[str],
    settings: Settings,
    pictures: dict[tuple[int, int], bytes],
    failures: list[Failure],
) -> Page:
    """The page with what its picture files say; their bytes go to `pictures` when they are to be compared."""
    from .read.metadata import read_metadata

    figures = list(page.figures)
    for i, figure in enumerate(figures):
        if not figure.region.in_article:
            continue
        got = _bytes(figure, source, settings)
        if isinstance(got, Failure):
            if not got.what.startswith(_ABSENT):
                failures.append(got)
                figures[i] = replace(figure, file=got)
        elif got is not None:
            name, data = got
            facts = read_metadata(data, name)
            figures[i] = replace(figure, file=facts)
            if isinstance(facts, FileFacts) and "pixels" in needs:
                pictures[index, i] = data
    return replace(page, figures=tuple(figures))


_ABSENT = "is not there"


def _bytes(figure: Figure, source: Source, settings: Settings) -> tuple[str, bytes] | Failure | None:
    """The bytes of the figure's first rendition that can be had. A file that is not there was not looked at."""
    first: Failure | None = None
    for image in figure.images:
        got = fetch.picture(image.url, page=source.name, path=source.path, root=settings.root, web=settings.web)
        if isinstance(got, tuple):
            return got
        if isinstance(got, Failure) and (first is None or first.what.startswith(_ABSENT)):
            first = got
    return first


def _look_alike(pages: Sequence[Page], pictures: Mapping[tuple[int, int], bytes]) -> list[Page]:
    """The pages with, at each figure whose picture was read, the pictures of this run that look the same."""
    from .read.pixels import fingerprint
    from .similar import pairs

    prints = []
    looked: dict[str, tuple[int, int]] = {}
    unreadable: dict[tuple[int, int], Failure] = {}
    for key, data in pictures.items():
        print_ = fingerprint(data, _figure(pages, key).images[0].url)
        if isinstance(print_, Failure):
            unreadable[key] = print_
            continue
        name = f"{key[0]:09d} {key[1]:09d}"
        looked[name] = key
        prints.append((name, print_))
    found: dict[tuple[int, int], list[Likeness]] = {key: [] for key in looked.values()}
    for pair in pairs(prints):
        a, b = looked[pair.a], looked[pair.b]
        for one, other in ((a, b), (b, a)):
            figure = _figure(pages, other)
            found[one].append(
                Likeness(
                    source=pages[other[0]].source, picture=figure.images[0].url, distance=pair.match.distance,
                    confidence=pair.match.confidence, how=pair.match.how, figure=other[1], at=figure.tag,
                    caption=figure.caption.value if figure.caption else None, credit=figure.credit,
                )
            )  # fmt: skip
    out = []
    for p, page in enumerate(pages):
        figures = [
            replace(figure, likenesses=tuple(found[p, i])) if (p, i) in found
            else replace(figure, file=unreadable[p, i]) if (p, i) in unreadable
            else figure
            for i, figure in enumerate(page.figures)
        ]  # fmt: skip
        out.append(replace(page, figures=tuple(figures)))
    return out


def _figure(pages: Sequence[Page], key: tuple[int, int]) -> Figure:
    return pages[key[0]].figures[key[1]]


def _apply(chosen: Sequence[Rule], pages: Sequence[Page], settings: Settings) -> tuple[list[Finding], list[Skipped]]:
    """What the rules find on these pages, settled page by page, and what they could not look at."""
    findings: dict[str, list[Finding]] = {page.source: [] for page in pages}
    skipped: list[Skipped] = []
    for page in pages:
        for rule in chosen:
            if rule.on is not tuple:
                findings[page.source] += _run(rule, page, settings)
            missing = _missing(rule, page)
            if missing:
                skipped.append(Skipped(rule.name, missing, page.source))
    for rule in chosen:
        if rule.on is tuple:
            for finding in rule.check(tuple(pages), **_wanted(rule, None, settings)):
                findings[finding.source].append(_complete(finding, rule, finding.source, settings))
    by_name = {page.source: page for page in pages}
    return [f for name, found in findings.items() for f in settle(by_name[name], found)], skipped


def _run(rule: Rule, page: Page, settings: Settings) -> Iterator[Finding]:
    subjects: Sequence[Page | Figure] = (page,) if rule.on is Page else [f for f in page.article if _looked(rule, f)]
    for subject in subjects:
        for finding in rule.check(subject, **_wanted(rule, page, settings)):
            yield _complete(finding, rule, page.source, settings)


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
    facts: dict[str, object] = {"page": page, "house": settings.house}
    return {name: facts[name] for name in rule.wants}


def _looked(rule: Rule, figure: Figure) -> bool:
    """Whether the facts a rule needs were looked at for this figure."""
    return not ("file" in rule.needs and not isinstance(figure.file, FileFacts))


def _missing(rule: Rule, page: Page) -> str:
    """What a rule needs and no figure of the page has."""
    if not rule.needs or not page.article:
        return ""
    if "file" in rule.needs and all(f.file is None for f in page.article):
        return "file"
    if "pixels" in rule.needs and all(f.likenesses is None for f in page.article):
        return "pixels"
    return ""


def _named(rule: Rule, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(rule.name, p) or p in (rule.group, rule.module) for p in patterns)
