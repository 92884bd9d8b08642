"""Faults planted in clean pages of our own are found, rule by rule; on real pages the same runs under `wild`."""

from __future__ import annotations

import random

import pytest

from attrib import labels
from attrib.model import Confidence, Severity
from attrib.rule import rules

from .helpers import findings, read
from .mutations import MUTATIONS, planted, words
from .mutations.measure import measure

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


# What the four forms do not have: a caption as alt text, sentences, a credit in the caption's words, none at all.
MORE = f"""<html lang="en"><head><meta charset="utf-8"><title>Cars</title></head><body><main><article><h1>Cars off it</h1>
<p>{PARAGRAPHS[0]}</p>
<figure><img src="/media/pier.jpg" alt="{CAPTIONS[0]}"><figcaption>{CAPTIONS[0]}</figcaption></figure>
<p>{PARAGRAPHS[1]}</p>
<figure><img src="/media/boat.jpg" alt="A boat"><figcaption>{CAPTIONS[1]} {CAPTIONS[2]}</figcaption></figure>
<p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p></article></main></body></html>"""


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


def test_planted_faults_are_found():
    tally = measure([read(article(form)) for form in range(4)], rounds=3)
    assert tally.low() == {}, "\n".join(map(str, tally.missed))


def test_every_mutation_can_be_planted():
    pages = [read(article(form)) for form in range(4)] + [read(MORE)]
    possible = {change.name for page in pages for n in range(9) for change, _ in planted(page, set(), random.Random(n))}
    # these want a second running text, or a credit outside the figcaption: real pages have them
    rare = {"the caption as a paragraph of the article", "a label inside the figcaption, then the caption again"}
    assert {m.name for m in MUTATIONS} - possible <= rare


def test_every_rule_over_captions_is_planted():
    told = {
        r.name for r in rules().values() if r.module in ("duplicate", "residue", "template", "text", "alt", "missing")
    }
    # its fault is in the bytes of a page, not in its text: a case holds it
    assert told - {m.rule for m in MUTATIONS} == {"text-encoding-guessed"}


def test_planted_labels_stand_in_the_table_and_translated_ones_do_not():
    listed = [form for form in words("translated") if (hit := labels.whole(form)) and hit.confidence is Confidence.HIGH]
    assert listed == []
    unknown = [
        form for form in words("labels") if not (hit := labels.whole(form)) or hit.confidence is not Confidence.HIGH
    ]
    assert unknown == []
