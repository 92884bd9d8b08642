"""Findings are put in order: parts of one mangled block become one finding, each gets its fingerprint, all are sorted.

In: what the rules found on one page, and its picture blocks. Out: the findings a report prints, the same for
the same page every time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .lexicon import fold
from .model import Advice, Confidence, Edit, Finding, Related, Report, Severity, Span
from .words import listed

# Rules whose faults are symptoms of one cause when they meet in one block, the one that explains most first.
OF_ONE_BLOCK = (
    "caption-repeated",
    "caption-doubled",
    "credit-repeated",
    "caption-interface-text",
    "caption-advertisement",
    "caption-file-name",
    "caption-player-text",
    "caption-injected-link",
)


def settle(blocks: Sequence[Span], findings: Iterable[Finding], name: str) -> list[Finding]:
    """Join, fingerprint and sort the findings of one page; `name` is the page's in its project."""
    joined = _join(blocks, _once(findings))
    joined.sort(key=order)
    return _fingerprint(joined, name)


def order(finding: Finding) -> tuple[object, ...]:
    """How findings are sorted: by page, place, severity, rule."""
    rank = finding.severity.rank if finding.severity else 0
    return (finding.source, finding.at, rank, finding.rule, finding.message)


def spoken_for(report: Report) -> Report:
    """The report without failures of pictures that somebody left as they are: their findings do not count either."""
    left = {(one.finding.source, one.finding.at) for one in report.left_out if one.finding.rule == "image-unreadable"}
    if not left:
        return report
    shown = [(figure.file, (page.source, figure.at) in left) for page in report.pages for figure in page.article]
    spared = {file for file, said in shown if said} - {file for file, said in shown if not said}
    failures = tuple(failure for failure in report.failures if failure not in spared)
    return replace(report, failures=failures, complete=not failures)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that say the same of the same place again: pictures may share one caption."""
    return list({(f.rule, f.at, f.message, f.evidence): f for f in reversed(list(findings))}.values())[::-1]


def _join(blocks: Sequence[Span], findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each block in which several rules of `OF_ONE_BLOCK` met."""
    by_block: dict[Span, list[Finding]] = defaultdict(list)
    alone = []
    for finding in findings:
        block = _block(blocks, finding) if finding.rule in OF_ONE_BLOCK else None
        if block is None:
            alone.append(finding)
        else:
            by_block[block].append(finding)
    return alone + [_one(parts) for parts in by_block.values()]


def _block(blocks: Sequence[Span], finding: Finding) -> Span | None:
    return next((block for block in blocks if block.start <= finding.at.start < block.end), None)


def _one(parts: Sequence[Finding]) -> Finding:
    """Several faults of one block as one finding that names its parts."""
    if len(parts) == 1:
        return parts[0]
    parts = sorted(parts, key=lambda f: (OF_ONE_BLOCK.index(f.rule), f.at))
    first = parts[0]
    places: dict[tuple[Span, str], Related] = {}
    for part in parts:
        own = Related(part.at, part.part or part.message, quote=part.quote)
        for place in ([] if part is first else [own]) + list(part.related):
            places.setdefault((place.at, part.rule), replace(place, rule=part.rule))
    edits: dict[Edit, None] = {}
    for part in parts:
        if part.fix is not None and part.fix.safe:
            edits.update(dict.fromkeys(part.fix.edits))
    said = listed([part.part or part.rule for part in parts])
    return replace(
        first,
        message=f"This picture block is mangled: it prints {said}.",
        remedy="Keep the picture, its caption and its credit once, and delete the rest.",
        severity=min((f.severity or Severity.WARNING for f in parts), key=lambda s: s.rank),
        confidence=min((f.confidence or Confidence.HIGH for f in parts), key=lambda c: c.rank),
        related=tuple(sorted(places.values(), key=lambda r: (r.at, r.rule))),
        fix=Advice(_apart(edits), safe=True, what="keep one caption and one credit") if edits else None,
    )


def _apart(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits in order, those inside a wider one left out."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.at.start, -e.at.end)):
        if not kept or edit.at.start >= kept[-1].at.end:
            kept.append(edit)
    return tuple(kept)


def _fingerprint(findings: Sequence[Finding], name: str) -> list[Finding]:
    """Each finding with a fingerprint of rule, page, words, picture and occurrence, never of its line.

    One that stands for several places has those of all, in whatever order they stand.
    """
    if not findings:
        return []
    import hashlib  # costs more than settling a page that has nothing to settle

    seen: Counter[str] = Counter()
    out = []
    for finding in findings:
        subjects = sorted((fold(quote), picture) for quote, picture in finding.subjects)
        key = "\0".join((finding.rule, name, *(part for subject in subjects for part in subject)))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
        out.append(replace(finding, fingerprint=digest[:16]))
    return out
