"""The one way through: sources are read, given the facts the selected rules need, checked, and settled to a report.

In: sources (bytes with a name) and `Settings`. Out: a `Report`. Nothing here prints, and nothing read is changed.
"""

from __future__ import annotations

import traceback
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .fetch import Source, Witness
from .judge import Judged, across, judge, settled
from .light import light
from .model import MARK, Failure, Finding, LeftOut, Page, Report, Skipped
from .pictures import Seen, see
from .settings import Settings
from .settle import order, spoken_for

if TYPE_CHECKING:
    from .read.encoding import Decoded
    from .read.pixels import Fingerprint

__all__ = ["Looked", "Settings", "apply", "check_sources", "conclude", "look", "read_source"]


def read_source(source: Source, *, figures_only: bool = False) -> Page | Failure:
    """One source as a page; a `Failure` when there is nothing in it to read.

    `figures_only` leaves out what only rules ask for: structured data and the paragraphs of the text.
    """
    from .read.encoding import decode

    decoded = decode(source.data, source.charset)
    if not decoded.text or decoded.text.isspace():
        return Failure(source.name, "the page is empty", "Check that it was written out in full.")
    page: Page | Failure
    if source.kind == "html":
        from .read.page import read_html

        page = read_html(
            decoded.text,
            source.name,
            encoding=decoded.encoding,
            guessed=decoded.guessed,
            figures_only=figures_only,
        )
    else:
        from .read.plaintext import read_text

        page = read_text(decoded.text, source.name, markdown=source.kind == "markdown")
        page = replace(page, encoding=decoded.encoding, guessed=decoded.guessed)
    troubles = tuple(_troubles(source, decoded))
    return replace(page, problems=(*troubles, *page.problems)) if troubles and isinstance(page, Page) else page


def _troubles(source: Source, decoded: Decoded) -> Iterator[Failure]:
    """What makes the text itself doubtful: the page is checked all the same, and its words may not be those meant."""
    if decoded.guessed and decoded.encoding != "utf-8":  # bytes that are UTF-8 by chance are hardly to be met
        what = f"does not say its encoding, or not the right one, and was read as {decoded.encoding}"
        yield Failure(source.name, what, 'Save it as UTF-8 and say so with <meta charset="utf-8">.')
    if b"\0" in source.data and "\0" in decoded.text:  # bytes are looked through faster, and hardly ever hold one
        line = decoded.text.count("\n", 0, decoded.text.index("\0")) + 1
        what = f"holds {decoded.text.count(chr(0))} NUL characters, the first on line {line}"
        yield Failure(source.name, what, "Save it again from its source; they are no text.")


@dataclass(frozen=True, slots=True)
class Looked:
    """One source, read, looked at and judged by itself: all that later steps need of it, fit to come from elsewhere.

    `page` is a light one. `prints` are the fingerprints of its figures' pictures, by index, when pictures are compared.
    `files` are the files it rests on, as they were; None when they do not tell all.
    """

    page: Page | None
    failures: tuple[Failure, ...] = ()
    prints: tuple[tuple[int, Fingerprint], ...] = ()
    judged: Judged = field(default_factory=Judged)
    files: tuple[Witness, ...] | None = None


def check_sources(sources: Iterable[Source | Failure], settings: Settings | None = None) -> Report:
    """Check every source; what could not be read is in `failures`, and never stops the rest."""
    settings = settings or Settings()
    return conclude((look(source, settings) for source in sources), settings)


def look(source: Source | Failure, settings: Settings) -> Looked:
    """Read one source and the picture files that a selected rule needs, and judge what can be told from it alone.

    A fault here costs one source, not the run.
    """
    try:
        return _look(source, settings)
    except Exception as fault:  # whatever it is, the other pages are still to be checked
        return Looked(None, (_fault(source.source if isinstance(source, Failure) else source.name, fault),))


def _look(source: Source | Failure, settings: Settings) -> Looked:
    if isinstance(source, Failure):
        return Looked(None, (source,))
    if MARK.encode() in source.data[:1000]:  # a report that was written among the articles is none of them
        return Looked(None)
    page = read_source(source)
    if isinstance(page, Failure):
        return Looked(None, (page,))
    needs = _needs(settings)
    seen = see(page, source, settings, "pixels" in needs) if needs & {"file", "pixels"} else Seen(page)
    judged = judge(seen.page, settings)
    words = (word.at for word in judged.words)
    kept = light(seen.page, judged.findings, words, quoted=settings.quoted)
    return Looked(kept, (*page.problems, *seen.failures), seen.prints, judged, seen.files)


def _needs(settings: Settings) -> set[str]:
    """The facts that rules of this run ask for, beyond the page."""
    chosen = settings.chosen()
    needs = {need for rule in chosen for need in rule.needs}
    if "register" in needs and settings.register is not None:
        needs.add("file")  # it says when the picture was taken, which contracts are held against
    if settings.archive is not None or any(rule.on is tuple for rule in chosen):
        needs.add("pixels")  # rules that compare credits make use of what they tell, and need them not
    return needs


def _fault(source: str, fault: Exception) -> Failure:
    """A fault of the program itself, said as what it is: no check ran."""
    at = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{Path(at.filename).name}, line {at.lineno}"
    what = f"could not be checked: a fault in attrib ({type(fault).__name__} in {where})"
    return Failure(source, what, "Please report it with the page.")


def conclude(looked: Iterable[Looked], settings: Settings, shown: Container[str] | None = None) -> Report:
    """The report on everything that was looked at, in the order it came.

    With `shown` it is about the pages of these names: others are only compared with them.
    """
    pages: list[Page] = []
    judged: list[Judged] = []
    failures: list[Failure] = []
    prints: dict[tuple[int, int], Fingerprint] = {}
    for one in looked:
        failures.extend(one.failures)
        if one.page is not None:
            prints.update({(len(pages), i): found for i, found in one.prints})
            pages.append(one.page)
            judged.append(one.judged)
    if prints:
        from .alike import look_alike  # only now: most runs compare no pictures

        pages = look_alike(pages, prints)
    if settings.archive is not None:
        pages = _look_up(pages, prints, settings.archive, settings.learn, failures)
    report = apply(pages, settings, judged, shown)
    if settings.archive is not None and settings.learn:
        from .archive import learn

        failures.extend(learn(settings.archive, pages, prints))
    return spoken_for(replace(report, failures=tuple(dict.fromkeys(failures)), complete=not failures))


def apply(
    pages: Sequence[Page],
    settings: Settings,
    judged: Sequence[Judged] | None = None,
    shown: Container[str] | None = None,
) -> Report:
    """The findings of the selected rules on pages that hold their facts already, settled page by page.

    `judged` is what each page's own rules said of it when it was read, when that was done elsewhere; `shown` the names
    of the pages that the report is about. It also has findings on others that name one of these.
    """
    judged = [judge(page, settings) for page in pages] if judged is None else judged
    late = across(pages, judged, settings)
    findings: list[Finding] = []
    allowed: list[LeftOut] = []
    for number, (page, own) in enumerate(zip(pages, judged, strict=True)):
        left, spared = settled(page, own, late.get(number, ()), settings)
        if shown is None or page.source in shown:
            findings += left
            allowed += spared
        else:
            findings += [finding for finding in left if any(place.source in shown for place in finding.related)]
    about = {finding.source for finding in findings}
    told = [page for page in pages if shown is None or page.source in shown or page.source in about]
    skipped = tuple(
        Skipped(rule, fact, page.source)
        for page, own in zip(pages, judged, strict=True)
        if shown is None or page.source in shown
        for fact, missed in own.missed
        for rule in missed
    )
    return Report(
        tuple(told),
        tuple(sorted(findings, key=order)),
        skipped=skipped,
        left_out=tuple(allowed),
        unchanged=len(pages) - len(told),
    )


def _look_up(
    pages: list[Page], prints: Mapping[tuple[int, int], Fingerprint], archive: Path, made: bool, failures: list[Failure]
) -> list[Page]:
    """The pages with, at each figure, what the archive remembers that looks the same. `made`: it need not be there."""
    if made and not archive.exists():
        return pages
    from .archive import seen

    found, problems = seen(archive, pages, prints)
    failures.extend(problems)
    figures = [list(page.figures) for page in pages]
    for (p, i), likenesses in found.items():
        figures[p][i] = replace(figures[p][i], likenesses=(*(figures[p][i].likenesses or ()), *likenesses))
    return [replace(page, figures=tuple(own)) for page, own in zip(pages, figures, strict=True)]
