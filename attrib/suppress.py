"""What a page itself asks to be left alone: `<!-- attrib: allow RULE — reason -->`, or an attribute.

In: a page's text; then its words of allowance and what the rules found on it. Out: what is left, what was allowed, and
findings about the words of allowance themselves: those that allowed nothing, name no rule, or give no reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from .model import Finding, LeftOut, Severity, Span, State

__all__ = ["Allowance", "allowances", "spared", "suppress"]

UNUSED, REASONLESS = "allow-unused", "allow-without-reason"
_PLACES = re.compile(
    r"<!--\s{0,20}attrib(?::\s{0,20}|\s)allow\s(?P<comment>(?:(?!-->)[^<]){0,500})-->"
    r"|\sdata-attrib-allow\s{0,9}=\s{0,9}(?:\"(?P<double>[^\"]{0,500})\"|'(?P<single>[^']{0,500})')"
)
_SIGNS = ("attrib:", "attrib allow", "data-attrib-allow")  # most pages have none; "attribute" is in every script
_BODY = re.compile(r"\s*(?P<names>[\w*-]+(?:\s*,\s*[\w*-]+)*)\s*(?:(?:—|–|:|\s--?\s)\s*(?P<reason>.*))?", re.S)


@dataclass(frozen=True, slots=True)
class Allowance:
    """One place where a page allows rules: their names or patterns, why, where it stands, and how it is written."""

    names: tuple[str, ...]
    reason: str
    at: Span
    quote: str


def allowances(text: str) -> list[Allowance]:
    """All words of allowance in a page, in order."""
    if not any(sign in text for sign in _SIGNS):
        return []
    found = []
    for place in _PLACES.finditer(text):
        body = place["comment"] or place["double"] or place["single"] or ""
        read = _BODY.fullmatch(body.strip())
        names = tuple(name.strip() for name in read["names"].split(",")) if read else (body.strip(),)
        quote = place[0].lstrip()
        reason = " ".join((read["reason"] or "").split()) if read else ""
        found.append(Allowance(names, reason, Span(place.end() - len(quote), place.end()), quote))
    return found


def spared(words: Sequence[Allowance], blocks: Sequence[Span], rule: str) -> list[Span]:
    """The picture blocks for which a page allows a rule."""
    starts = sorted({block.start for block in blocks})
    covered = [_covered(blocks, word, starts) for word in words if any(fnmatchcase(rule, n) for n in word.names)]
    return [block for block in blocks if any(c.start <= block.start < c.end for c in covered)]


def suppress(
    words: Sequence[Allowance],
    blocks: Sequence[Span],
    findings: Iterable[Finding],
    known: Collection[str],
    applied: Collection[str],
) -> tuple[list[Finding], list[LeftOut]]:
    """What is left of a page's findings, and those that are allowed.

    `blocks` are those of the page's pictures, `known` are the names of all rules, `applied` of those that looked at
    this page: only they can be said to be allowed for nothing. An allowance covers the picture block it stands in, else
    the next one, or the next finding.
    """
    left = list(findings)
    starts = sorted({block.start for block in blocks} | {finding.at.start for finding in left})
    allowed: list[LeftOut] = []
    problems: list[Finding] = []
    for word in words:
        covered = _covered(blocks, word, starts)
        for name in word.names:
            before, left = left, []
            for f in before:
                if fnmatchcase(f.rule, name) and covered.start <= f.at.start < covered.end:
                    allowed.append(LeftOut(f, State.ALLOWED, word.reason))
                else:
                    left.append(f)
            if len(left) == len(before) and (problem := _unused(word, name, known, applied)):
                problems.append(problem)
        if not word.reason and REASONLESS in applied:
            problems.append(_reasonless(word))
    return left + problems, allowed


def _covered(blocks: Sequence[Span], word: Allowance, starts: list[int]) -> Span:
    """What an allowance speaks of."""
    around = [block for block in blocks if block.start <= word.at.start < block.end]
    if around:
        return min(around, key=lambda block: block.end - block.start)
    i = bisect_left(starts, word.at.end)
    if i == len(starts):
        return Span(word.at.end, word.at.end)
    start = starts[i]
    following = [block for block in blocks if block.start == start]
    return max(following, key=lambda block: block.end) if following else Span(start, start + 1)


def _unused(word: Allowance, name: str, known: Collection[str], applied: Collection[str]) -> Finding | None:
    """A finding for a name that allowed nothing; None when its rule did not look."""
    if UNUSED not in applied:
        return None
    if not any(fnmatchcase(rule, name) for rule in known):
        from difflib import get_close_matches

        group = [f"{name}-*"] if any(rule.startswith(f"{name}-") for rule in known) else []
        near = group or get_close_matches(name, sorted(known), n=1, cutoff=0.5)
        message = f"There is no rule “{name}”, so nothing is allowed here."
        remedy = f"Write “{near[0]}” if that is meant." if near else "`attrib rules` lists the names."
    elif any(fnmatchcase(rule, name) for rule in applied):
        message, remedy = (
            f"Nothing here needs “{name}” to be allowed.",
            "Delete the words, so that the next fault is seen.",
        )
    else:
        return None
    return Finding(word.at, message, remedy, quote=name, rule=UNUSED, severity=Severity.WARNING)


def _reasonless(word: Allowance) -> Finding:
    return Finding(
        word.at,
        f"“{', '.join(word.names)}” is allowed without a reason.",
        f"Say why after a dash: “{word.names[0]} — lent by the family”.",
        quote=word.quote,
        rule=REASONLESS,
        severity=Severity.NOTICE,
    )
