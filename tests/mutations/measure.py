"""How many planted faults are found: a count for each rule and each mutation, and the floor it may not fall below."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from attrib.engine import read_source
from attrib.fetch import Source
from attrib.model import Finding, Page, Severity
from attrib.rule import rules
from attrib.words import difference

from ..helpers import findings
from .base import planted

# Of each rule's planted faults at least so many are found; more of those that stop a publication.
ERROR, OTHER = 0.97, 0.90


class Missed(NamedTuple):
    """A fault that nobody found: whose, where, what was written there, and which rules spoke instead."""

    rule: str
    name: str
    page: str
    wrote: str
    said: set[str]

    def __str__(self) -> str:
        said = ", ".join(sorted(self.said)) or "nothing"
        return f"missed {self.rule}: {self.name} ({self.page}): {self.wrote!r}; said: {said}"


@dataclass
class Tally:
    """What was planted and found, by rule and mutation; `missed` says what was not found."""

    planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[Missed] = field(default_factory=list)

    def of(self, rule: str) -> tuple[int, int]:
        """How many faults of a rule were found, and planted."""
        return tuple(sum(n for (r, _), n in part.items() if r == rule) for part in (self.found, self.planted))  # type: ignore[return-value]

    def low(self) -> dict[str, str]:
        """The rules below their floor, as found/planted; one miss of a few is no rate, and passes."""
        known = rules()
        low = {}
        for rule in sorted({rule for rule, _ in self.planted}):
            found, planted = self.of(rule)
            floor = ERROR if known[rule].severity is Severity.ERROR else OTHER
            if planted - found > max(1, (1 - floor) * planted):
                low[rule] = f"{found}/{planted}"
        return low


def measure(pages: Iterable[Page], rounds: int = 1) -> Tally:
    """Plant every mutation once a round in each page, and count those that a check then speaks of.

    Found is what was not said before, by the mutation's own rule or by one that names it as a part.
    """
    tally = Tally()
    for page in pages:
        known = findings(page)
        before = {f.fingerprint for f in known}
        for seed in range(rounds):
            for change, source in planted(page, _rules(known), random.Random(f"{page.source} {seed}")):
                key = (change.rule, change.name)
                tally.planted[key] += 1
                new = [f for f in _check(page, source) if f.fingerprint not in before]
                if change.rule in _rules(new):
                    tally.found[key] += 1
                else:
                    tally.missed.append(Missed(*key, page.source, _written(page.text, source), _rules(new)))
    return tally


def _rules(found: Iterable[Finding]) -> set[str]:
    return {name for f in found for name in (f.rule, *(r.rule for r in f.related)) if name}


def _written(old: str, new: str) -> str:
    """What a changed text holds that the old one does not."""
    return difference(old, new)[2]


def _check(page: Page, text: str) -> list[Finding]:
    """What is found in a changed page, read as the page was; a page that cannot be read says nothing."""
    again = read_source(Source(page.source, text.encode(), "utf-8", page.kind, None))
    return findings(again) if isinstance(again, Page) else []
