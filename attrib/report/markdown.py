"""The report as a comment under a pull request, or a job's summary: Markdown as GitHub and GitLab read it.

In: a `Report`, and how long it may be. Out: Markdown: the verdict, what was not checked, a list for each article.
Words from pages are shown, never obeyed: quotations and names are code, and messages can make no markup, no link and
no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import Finding, Report, Severity
from .places import Atlas, Place
from .said import (
    count,
    failure_line,
    failures_in_order,
    findings_in_order,
    others,
    shorten,
    skipped_lines,
    undone,
    unsaid,
    verdict,
    weight,
    worst_that_fit,
)

__all__ = ["COMMENT", "SUMMARY", "markdown"]

COMMENT = 65_536  # characters of a comment on GitHub; counted here in bytes, which are never fewer
SUMMARY = 1_048_576  # bytes of a step's summary on GitHub
_CODE = 160  # characters of a quotation
_ALSO = 5  # other places of one finding
# What begins or ends markup, and "$", which is mathematics on GitHub and GitLab.
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~!$#]")
_LISTING = re.compile(r"^\d{1,9}(?=[.)](?: |$))|^(?=[-+=])")  # a sentence that would begin as a list does
# Before what makes a link or a mention of words although no markup does; a zero-width space unmakes it.
_LINKING = re.compile(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)", re.I)


def markdown(report: Report, rules: object = None, room: int = COMMENT) -> Iterator[str]:  # noqa: ARG001
    """The text, at most `room` bytes of UTF-8. What does not fit is counted; the worst is kept."""
    parts = [f"### attrib: {_prose(verdict(report))}\n"]
    if left := undone(report):
        parts.append(f"\n**{_prose(left)}**\n")
    parts += _section("Could not be read", map(failure_line, failures_in_order(unsaid(report))), room // 8)
    parts += _section("Not checked", skipped_lines(report.skipped), room // 8)
    head, tail = parts[: 1 + bool(left)], parts[1 + bool(left) :]

    atlas = Atlas(report.pages)
    findings = findings_in_order(report)
    heads = {finding.source: f"\n#### {_code(finding.source)}\n\n" for finding in findings}
    items = [_item(finding, atlas) for finding in findings]
    sizes = [_size(item) + _size(heads[f.source]) for item, f in zip(items, findings, strict=True)]
    kept = worst_that_fit(findings, sizes, room - sum(map(_size, parts)) - 200)

    yield from head
    source = None
    for index in kept:
        if findings[index].source != source:
            source = findings[index].source
            yield heads[source]
        yield items[index]
    if missing := len(findings) - len(kept):
        yield f"\n**{count(missing, 'finding')} left out, the least severe: there is no room for more here.**\n"
    yield from tail


def _item(finding: Finding, atlas: Atlas) -> str:
    """One finding as an item with items of its own."""
    severity = (finding.severity or Severity.WARNING).value
    unsure = f", to check ({finding.confidence} confidence)" if weight(finding) == "to check" else ""
    many = f", {finding.count} times" if finding.count > 1 else ""
    place = _place(atlas.find(finding.source, finding.at))
    lines = [f"- **{severity}** {_code(finding.rule)}, {place}{many}{unsure}: {_prose(finding.message)}"]
    if finding.quote:
        lines.append(f"  - words: {_code(finding.quote)}")
    lines += [f"  - {_prose(f'{e.origin} {e.field}'.strip())}: {_code(e.says)}" for e in finding.evidence]
    places = others(finding)
    for related in places[:_ALSO]:
        source = related.source or finding.source
        there = f"{_code(source)} " if source != finding.source else ""
        lines.append(f"  - also {there}{_place(atlas.find(source, related.at))}: {_prose(related.message)}")
    if len(places) > _ALSO:
        lines.append(f"  - and {len(places) - _ALSO} more places")
    if finding.remedy:
        lines.append(f"  - to do: {_prose(finding.remedy)}")
    return "\n".join(lines) + "\n"


def _section(title: str, lines: Iterable[str], room: int) -> Iterator[str]:
    """A heading and a list, as long as there is room."""
    items = [f"- {_prose(line)}\n" for line in lines]
    if not items:
        return
    yield f"\n#### {title}\n\n"
    for number, item in enumerate(items):
        room -= _size(item)
        if room < 0:
            yield f"- and {len(items) - number} more\n"
            return
        yield item


def _place(place: Place) -> str:
    return f"line {place.line}"


def _code(text: str) -> str:
    """Words as code, in which nothing is markup, a link or a mention. The fence is longer than any run inside."""
    text = shorten(text, _CODE)
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if fence != "`" else ""
    return f"{fence}{pad}{text or ' '}{pad}{fence}"


def _prose(text: str) -> str:
    """A sentence in which words of a page can stand."""
    text = _LINKING.sub("\u200b", shorten(text, 1000))
    text = _MARKUP.sub(lambda found: f"\\{found[0]}" if found[0] not in "<>&" else f"&#{ord(found[0])};", text)
    return _LISTING.sub(lambda found: f"{found[0]}\\", text)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
