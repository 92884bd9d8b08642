"""Cases as data: `tests/cases/*.toml`, each a piece of a page, facts, and what is to be found there.

[[case]]
name = "…"                     # a sentence
kind = "text"                  # html (default), text, markdown
page = '''…'''
facts = ["file a.jpg: xmp creator = …"]
only = ["alt-*"]               # rules that run; all, when left out
expect = ["caption-repeated"]  # the rules that speak, each as often as named; [] for none
quotes = ["…"]                 # words that findings quote
parts = ["credit-repeated"]    # rules joined into one finding
fixed = '''…'''                # what safe fixes make of the page
wild = true                    # a kind that was met on a real page; the words are made up
known_failure = true           # wanted, and not so yet
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from attrib.engine import Settings
from attrib.fetch import Source
from attrib.fix import fix_source
from attrib.rule import rules

from .helpers import findings

TABLES = {
    path: tomllib.loads(path.read_text("utf-8"))["case"] for path in sorted(Path(__file__).parent.glob("cases/*.toml"))
}
FILES = [path for path, cases in TABLES.items() if "page" in cases[0]]
KEYS = {"name", "kind", "page", "facts", "only", "expect", "quotes", "parts", "known_failure", "fixed", "wild"}
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}",
                 marks=[pytest.mark.xfail(reason="known failure", strict=True)] if case.get("known_failure") else [])
    for path in FILES
    for case in TABLES[path]
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_rules_say_of_a_page_what_its_case_expects(case):
    assert set(case) <= KEYS, set(case) - KEYS
    found = findings(
        case["page"], kind=case.get("kind", "html"), facts=case.get("facts", ()), select=tuple(case.get("only", ()))
    )
    said = [f"{f.rule}: {f.message}" for f in found]
    assert sorted(f.rule for f in found) == sorted(case["expect"]), said
    quoted = [f.quote for f in found] + [r.quote for f in found for r in f.related]
    for words in case.get("quotes", ()):
        assert any(words in quote for quote in quoted), quoted
    joined = {r.rule for f in found for r in f.related}
    assert set(case.get("parts", ())) <= joined, joined
    if "fixed" in case:
        source = Source("page.html", case["page"].encode(), None, case.get("kind", "html"), None)
        fixed = fix_source(source, Settings(select=tuple(case["only"])))
        assert fixed.data.decode() == case["fixed"]


def test_every_rule_has_a_page_it_speaks_on_and_one_it_does_not():
    cases = [case for path in FILES for case in TABLES[path] if not case.get("known_failure")]
    spoken = {name for case in cases for name in (*case["expect"], *case.get("parts", ()))}
    silent = {r.name for case in cases for r in rules().values() if _runs(r, case) and r.name not in case["expect"]}
    assert set(rules()) - spoken == set()
    assert set(rules()) - silent == set()


def _runs(rule, case):
    return any(name in (rule.name, rule.group, rule.module) for name in case.get("only", ()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case_files_name_known_rules(path):
    for case in TABLES[path]:
        assert set(case["expect"]) | set(case.get("parts", ())) <= set(rules()), case["name"]
