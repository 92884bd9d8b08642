"""The docstring of every rule is true: what it calls Bad is found, what it calls Good is not."""

from __future__ import annotations

import html
import re

import pytest

from attrib.engine import Settings
from attrib.fetch import Source
from attrib.fix import fix_source
from attrib.model import Confidence, Figure, Severity
from attrib.rule import rule, rules

from .helpers import findings

FIXABLE = [(name, example) for name, rule in rules().items() if rule.fixable for example in rule.bad]
BAD = [(name, example) for name, rule in rules().items() for example in rule.bad]
GOOD = [(name, example) for name, rule in rules().items() for example in rule.good]


# What a copy desk does not say. Names of fields ("creditText") stand in a remedy, where they are to be typed.
JARGON = {
    *("dom", "node", "element", "span", "parse", "parsed", "parser", "regex", "string", "null", "entity", "escaped"),
    *("encoded", "mojibake", "residue", "shortcode", "boolean", "token", "offset", "codepoint", "whitespace", "schema"),
    *("deduplicate", "duplicate", "invalid", "malformed", "undefined", "attribute", "markup", "json-ld"),
}


def ids(cases):
    return [name for name, _ in cases]


@pytest.mark.parametrize(("name", "example"), BAD, ids=ids(BAD))
def test_a_rule_finds_its_bad_examples(name, example):
    found = findings(example.page, facts=example.facts, select=(name,))
    assert {f.rule for f in found} == {name}
    rule = rules()[name]
    assert all(f.severity is not None and f.confidence is not None for f in found)
    assert any(f.severity is rule.severity for f in found), "the worst severity named is one the rule gives"


@pytest.mark.parametrize(("name", "example"), GOOD, ids=ids(GOOD))
def test_a_rule_is_silent_on_its_good_examples(name, example):
    assert findings(example.page, facts=example.facts, select=(name,)) == []


@pytest.mark.parametrize("name", rules())
def test_a_rule_is_documented_by_a_sentence_and_a_reason(name):
    rule = rules()[name]
    assert rule.summary.endswith(".")
    assert len(rule.why.split()) >= 8
    assert rule.fixable or "fixable" not in rule.why


@pytest.mark.parametrize(("name", "example"), BAD, ids=ids(BAD))
def test_messages_are_short_and_say_what_to_do(name, example):
    for finding in findings(example.page, facts=example.facts, select=(name,)):
        assert 1 <= finding.message.count(". ") + finding.message.endswith((".", ")", "?")) <= 2
        assert finding.remedy.endswith(".")
        assert len(finding.message) <= 240
        said = re.findall(r"[a-z-]+", re.sub("“[^”]*”", "", f"{finding.message} {finding.remedy}".lower()))
        assert JARGON.isdisjoint(said)


# What these quote stands elsewhere, and is still there when the words at the place are mended.
QUOTED_ELSEWHERE = {"credit-missing": "the picture's address", "text-encoding-guessed": "the encoding"}


@pytest.mark.parametrize(("name", "example"), BAD, ids=ids(BAD))
def test_quotes_stand_where_they_are_said_to(name, example):
    for finding in findings(example.page, facts=example.facts, select=(name,)):
        assert 0 <= finding.at.start < finding.at.end <= len(example.page)
        place, quote = words(example.page[slice(*finding.at)]), words(finding.quote).removesuffix("…")
        assert place
        assert quote in place or place in quote or name in QUOTED_ELSEWHERE


def words(markup):
    """What markup says: without tags, white space folded. An address in a tag counts as said."""
    return " ".join(html.unescape(re.sub(r"</?\w+>|<(?=\w)|>", " ", markup)).split())


@pytest.mark.parametrize(("name", "example"), FIXABLE, ids=ids(FIXABLE))
def test_what_is_fixable_is_fixed(name, example):
    source = Source("page.html", example.page.encode(), None, "html", None)
    fixed = fix_source(source, Settings(select=(name,)))
    assert fixed.changed
    assert fixed.left == ()


def test_a_rule_without_examples_is_refused():
    with pytest.raises(ValueError, match="Bad"):

        @rule("never-kept", on=Figure, severity=Severity.NOTICE)
        def never_kept(figure):
            """A summary.

            A reason that is long enough.
            """


def test_a_name_is_taken_once_and_kebab_case():
    with pytest.raises(ValueError, match="taken"):
        rule("caption-repeated", on=Figure, severity=Severity.NOTICE)(lambda figure: [])
    with pytest.raises(ValueError, match="kebab"):
        rule("Caption Repeated", on=Figure, severity=Severity.NOTICE)(lambda figure: [])


def test_a_file_name_as_alt_text_is_said_once():
    page = '<figure><img src="a.jpg" alt="IMG_2291"><figcaption>The market hall.</figcaption></figure>'
    assert [f.rule for f in findings(page) if f.rule.startswith("alt")] == ["alt-file-name"]


@pytest.mark.parametrize(("credit", "mended"), [
    ("Photo: Ivo Lantz Photo: Ivo Lantz", True),
    ("Photo: Ivo Lantz/AP / Photo: Ivo Lantz/AP", False),
])  # fmt: skip
def test_a_credit_twice_in_itself_is_mended_where_no_mark_would_be_left(credit, mended):
    page = f'<figure><img src="a.jpg" alt="A dog"><figcaption>A dog in the rain. {credit}</figcaption></figure>'
    (found,) = [f for f in findings(page) if f.rule == "credit-repeated"]
    assert page[found.at.start : found.at.end] == credit[-len(found.quote) :]
    assert (found.fix is not None) is mended


@pytest.mark.parametrize("credit", ["Photo: Duran Duran", "Ivo Lantz, Ivo Lantz"])
def test_a_name_of_two_like_words_is_no_credit_printed_twice(credit):
    page = f'<figure><img src="a.jpg" alt="A dog"><figcaption>A dog in the rain. <span class="credit">{credit}</span></figcaption></figure>'
    assert "credit-repeated" not in [f.rule for f in findings(page)]


def test_a_shortcode_is_not_halved():
    block = '[caption id="a1"]<img src="a.jpg" alt="A barn"> The barn in May. Foto: Iris Falk[/caption]'
    prose = "<p>It rained for most of the day, and nobody in the valley minded it very much.</p>"
    other = '<div class="wp-caption"><img src="b.jpg" alt="A hen"><p class="wp-caption-text">The hen (Foto: Iris Falk)</p></div>'
    for page in (
        f"<div>{prose}{block}{prose}</div>",
        f'<article><h1>A barn</h1><div class="entry-content">{prose}{block}{prose}{other}</div></article>',
        block.replace('[caption id="a1"]', "<figure>") + "</figure>",
    ):
        fixed = fix_source(Source("a.html", page.encode()), Settings(select=("caption-shortcode",))).data.decode()
        assert fixed.count("[caption") == fixed.count("[/caption]")


@pytest.mark.parametrize(("without", "remedy"), [(1, "Say what it shows."), (2, "Say what each shows.")])
def test_several_pictures_without_a_caption_are_spoken_of_as_several(without, remedy):
    page = '<figure><img src="pier.jpg" alt="A pier"><figcaption>The pier of Cromer in May.</figcaption></figure>'
    page += "".join(
        f'<p>The sea took a third.</p><figure><img src="c{n}.jpg" alt="A cliff"></figure>' for n in range(without)
    )
    (found,) = findings(f"<article>{page}</article>", select=("caption-missing",))
    assert found.remedy == remedy


def test_what_an_author_set_apart_is_only_likely_a_buttons() -> None:
    page = (
        '<article><figure><img src="/small/ferry.jpg" alt="A ferry">'
        "<figcaption>The ferry to Texel at the quay{}</figcaption></figure></article>"
    )
    told = {}
    for words in (" \u2013 Click to enlarge", ". Click to enlarge"):
        (found,) = findings(page.format(words), select=("caption-interface-text",))
        told[words[1]] = (found.severity, found.confidence, found.fix)
    assert told["\u2013"] == (Severity.WARNING, Confidence.LOW, None)
    assert told[" "][:2] == (Severity.ERROR, Confidence.HIGH)
