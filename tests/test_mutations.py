"""Faults planted in clean pages of our own are found, rule by rule; on real pages the same runs under `wild`."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from attrib.model import Severity
from attrib.rule import rules

from .helpers import findings, read
from .mutations import MUTATIONS, planted

# Of all planted faults of error level at least so many are found, and of each rule's at least so many.
ERRORS, EACH = 0.97, 0.90

PARAGRAPHS = [
    "The council of Lindau wants to close the causeway to cars in summer, after two lorries ended in the lake.",
    "“We count eleven thousand cars a day, and nine parking spaces,” said the head of the traffic office on Monday.",
    "Shops on the island fear for their customers. A survey found that four in ten of them would come by train.",
    "A decision is to be made after the summer, when the timetable of the ferries is known and the budget is approved.",
]
CAPTIONS = [
    "Cyclists wait for the barrier to open on the causeway to the island of Lindau on Monday morning.",
    "A ferry leaves the harbour of Lindau, where the council wants to build a second landing stage.",
    "Anna Weiss, who runs a bakery on the island, sells half of her bread to people on bicycles.",
]
CREDITS = ["Foto: Jonas Keller/dpa", "Jonas Keller/dpa via AP", "© Jonas Keller/dpa"]


def figure(form: int, n: int) -> str:
    """A picture as one publisher or another writes it."""
    image = f'<img src="/media/lindau-{n}-800x600.jpg" alt="People and water, picture {n}">'
    caption, credit = CAPTIONS[n], CREDITS[n]
    return (
        f'<figure>{image}<figcaption>{caption} <span class="credit">{credit}</span></figcaption></figure>',
        f'<figure>{image}<figcaption><p>{caption}</p><p class="copyright">{credit}</p></figcaption></figure>',
        f'<div class="media">{image}<div class="caption">{caption}</div><div class="image-credit">{credit}</div></div>',
        f"<p>{image}</p><p>{caption}</p><p>{credit}</p>",
    )[form]


def article(form: int) -> str:
    body = "".join(f"<p>{PARAGRAPHS[n]}</p>\n{figure(form, n)}\n<p>{PARAGRAPHS[n + 1]}</p>\n" for n in range(3))
    head = '<head><meta charset="utf-8"><title>Cars off the island</title></head>'
    return (
        f'<html lang="en">{head}<body><main><article><h1>Cars off the island</h1>{body}</article></main></body></html>'
    )


@pytest.mark.parametrize("form", range(4))
def test_the_pages_are_clean(form):
    found = [f for f in findings(article(form)) if f.severity is not Severity.NOTICE]
    assert found == []


def run(pages, rounds=1):
    """(rule → planted, rule → found) over the pages."""
    planned: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    missed = []
    for page in pages:
        before = {f.fingerprint for f in findings(page)}
        for seed in range(rounds):
            for change, _, source in planted(page, random.Random(seed)):
                new = [f for f in findings(read(source)) if f.fingerprint not in before]
                spoken = {f.rule for f in new} | {r.rule for f in new for r in f.related}
                planned[change.rule] += 1
                hits[change.rule] += change.rule in spoken
                if change.rule not in spoken:
                    missed.append(f"{change.rule}: {change.name}; said: {sorted(spoken - {''})}")
    return planned, hits, missed


def below_floor(planned, hits):
    """The rules that find too few, and "errors" when those of error level do together."""
    known = rules()
    low = {r: f"{hits[r]}/{n}" for r, n in planned.items() if hits[r] < EACH * n}
    errors = [r for r in planned if known[r].severity is Severity.ERROR]
    found, planted = sum(hits[r] for r in errors), sum(planned[r] for r in errors)
    return low | ({"errors": f"{found}/{planted}"} if found < ERRORS * planted else {})


def test_planted_faults_are_found():
    planned, hits, missed = run([read(article(form)) for form in range(4)], rounds=3)
    assert below_floor(planned, hits) == {}, "\n".join(missed)


def test_every_mutation_can_be_planted():
    possible = {change.name for form in range(4) for change, _, _ in planted(read(article(form)), random.Random(1))}
    assert {m.name for m in MUTATIONS} - possible <= {"a credit in the caption's own text without a space"}
