"""Credits of real pages written back as what a picture's file says: no alarm; another picture's credit: caught."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from attrib.engine import Settings, apply
from attrib.lexicon import fold, name_of
from attrib.model import Credit, FileFacts, FileField, Kind, Severity

from ..facts import file_facts
from ..helpers import read

pytestmark = pytest.mark.wild
RULES = ("verify",)


@pytest.fixture(scope="module")
def credited(shared):
    """Every picture of the pages with ground truth whose credit names a person or a house, with its page."""
    files = sorted((shared / "pages/pages").rglob("*.html.gz"))
    pages = [read(gzip.decompress(path.read_bytes()), name=path.name) for path in files]
    return [(page, f) for page in pages for f in page.article if f.credit and (people(f.credit) or f.credit.agencies)]


def people(credit: Credit) -> list[str]:
    return [p.canonical for p in credit.creators if p.kind is Kind.PERSON]


def written(credit: Credit) -> Iterator[FileFacts]:
    """What a file says that comes from those whom the credit names, as one house or another writes it."""
    makers, houses = people(credit), [p.canonical for p in credit.agencies]
    yield said(*(("creator", p) for p in makers), *([("creditText", "/".join(houses))] if houses else []))
    yield said(
        *(("creator", p.upper()) for p in makers),
        *([("creditText", houses[-1]), ("source", houses[0])] if houses else []),
    )
    if makers and houses:
        yield said(("description", f"A scene. (Photo by {makers[0]}/{' via '.join(houses)})"))
    if houses:
        yield said(("creditText", houses[0]), ("copyrightNotice", f"© 2024 {houses[-1]}"))


def said(*fields: tuple[str, str]) -> FileFacts:
    return file_facts("a.jpg", [FileField("xmp", name, value) for name, value in fields])


def errors(page, figure, facts) -> list[str]:
    one = replace(page, figures=(replace(figure, file=facts),))
    return [f.rule for f in apply([one], Settings(select=RULES)).findings if f.severity is Severity.ERROR]


def test_a_credit_that_the_file_confirms_never_alarms(credited):
    alarms = [
        (figure.credit.raw, rules)
        for page, figure in credited
        for facts in written(figure.credit)
        if (rules := errors(page, figure, facts))
    ]
    assert len(credited) > 200
    assert alarms == []


def test_another_pictures_credit_is_caught_where_both_name_a_maker(credited):
    rng = random.Random(5)
    caught = total = 0
    for page, figure in credited:
        other = rng.choice(credited)[1].credit
        if names(other) & names(figure.credit) or not comparable(figure.credit, other):
            continue
        total += 1
        caught += bool(errors(page, figure, next(written(other))))
    assert total > 100
    assert caught >= 0.9 * total


def names(credit: Credit) -> set[str]:
    return {fold(p.canonical) for p in credit.parties}


def comparable(one: Credit, two: Credit) -> bool:
    """Whether both name a person, or both a house that does not sell for others."""
    return bool((people(one) and people(two)) or (own_houses(one) and own_houses(two)))


def own_houses(credit: Credit) -> list[str]:
    known = [(p.canonical, name_of(p.canonical)) for p in credit.agencies]
    return [name for name, entry in known if entry is None or not (entry.distributes or entry.partners)]
