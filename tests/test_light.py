"""A light page says in a report what the whole page says."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from attrib.engine import Settings, apply, look
from attrib.fetch import Source
from attrib.judge import judge
from attrib.light import light
from attrib.model import Page, Report
from attrib.report.html import check_html
from attrib.report.rdjson import rdjson
from attrib.report.sarif import sarif
from attrib.report.wire import report_value
from attrib.rule import rules

from .facts import give, register
from .helpers import read
from .test_cases import FILES, TABLES

Given = tuple[str, str, tuple[str, ...]]  # kind, markup, facts
GIVEN: list[Given] = [("html", example.page, example.facts) for rule in rules().values() for example in rule.bad]
GIVEN += [
    (case.get("kind", "html"), case["page"], tuple(case.get("facts", ()))) for path in FILES for case in TABLES[path]
]


def lit(pages: list[Page], settings: Settings) -> Report:
    """The report on light pages."""
    judged = [judge(page, settings) for page in pages]
    kept = [
        light(page, own.findings, (word.at for word in own.words), quoted=settings.quoted)
        for page, own in zip(pages, judged, strict=True)
    ]
    assert not any(page.text for page in kept)
    return apply(kept, settings, judged)


@pytest.mark.parametrize("given", GIVEN)
def test_findings_and_their_places_are_those_of_the_whole_page(given: Given) -> None:
    kind, markup, facts = given
    page = give(read("\r\n".join(["<!-- 😀 -->", markup]) if kind == "html" else markup, kind), facts)
    page = replace(page, figures=page.article)  # facts know their pictures by number
    settings = Settings(register=register(facts), archive=Path("seen.db"), quoted=False)
    whole = apply([page], settings)
    assert report_value(lit([page], settings)) == report_value(whole)
    quoted = lit([page], replace(settings, quoted=True))
    for form in (rdjson, sarif, check_html):
        if form is not check_html or not any(rules()[f.rule].late for f in whole.findings):  # known too late to quote
            assert "".join(form(quoted, rules())) == "".join(form(whole, rules()))


def test_pages_compared_with_each_other_are_said_the_same() -> None:
    example = rules()["credit-differs-elsewhere"].bad[0].page
    first, rest = example.split("</figure>", 1)
    pages = [read(f"\n\n{first}</figure>", name="a.html"), read(f"<p>Two</p>{rest}", name="b.html")]
    settings = Settings(select=("credit-differs-elsewhere",))
    whole = report_value(apply(pages, settings))
    assert report_value(lit(pages, settings)) == whole
    (finding,) = whole["findings"]
    assert (finding["source"], finding["related"][0]["source"]) == ("b.html", "a.html")
    assert finding["line"] > 1 and finding["related"][0]["line"] == 4


def test_what_is_kept_does_not_grow_with_the_text() -> None:
    markup = "<article><p>Words of it.</p><figure><img src=a.jpg><figcaption>A quay.</figcaption></figure></article>"
    sources = (Source("a.html", (markup + "<p>and more words</p>" * count).encode()) for count in (1, 9000))
    short, long = (len(pickle.dumps(look(source, Settings(quoted=False)))) for source in sources)
    assert long < short + 50


def test_a_picture_shown_on_very_many_pages_is_not_compared_with_each_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from attrib.rules import elsewhere

    asked = []
    compare = elsewhere.match_credits
    monkeypatch.setattr(elsewhere, "match_credits", lambda *credits: asked.append(1) or compare(*credits))
    markup = (
        '<article><figure><img src="https://e.example/quay-20240311-0042.jpg" alt="A quay"><figcaption>The quay. '
        '<span class="credit">Photo: {}</span></figcaption></figure></article>'
    )
    names = ["Ida Rossi/ANSA"] * 200 + ["Lars Ek/Reuters"]
    pages = [read(markup.format(name), name=f"{number}.html") for number, name in enumerate(names)]
    found = apply(pages, Settings(select=("credit-differs-elsewhere",))).findings
    assert [(finding.source, finding.related[0].source) for finding in found] == [("200.html", "0.html")]
    assert len(asked) <= len(pages)
