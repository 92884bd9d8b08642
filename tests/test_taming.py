"""Allowances in pages, and baselines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from attrib.baseline import Baseline, apply_baseline, baseline_text, load_baseline
from attrib.model import Failure, Figure, Finding, Page, Region, Report, Span
from attrib.suppress import allowances, suppress

KNOWN = {"alt-missing", "credit-missing", "caption-repeated", "caption-orphan", "allow-unused", "allow-without-reason"}


def page(text: str) -> Page:
    """A page whose figures are its <figure> elements."""
    figures, at = [], 0
    while (at := text.find("<figure", at)) >= 0:
        end = text.index("</figure>", at) + 9
        figures.append(Figure((), Region.BODY, Span(at, end)))
        at = end
    return Page("a.html", text, figures=tuple(figures))


def on(page: Page, rule: str, number: int) -> Finding:
    start = page.figures[number].block.start + 8
    return Finding(Span(start, start + 3), "m", rule=rule, quote=page.text[start : start + 3])


def left(text: str, *rules: tuple[str, int], applied: set[str] = KNOWN) -> tuple[list[str], int]:
    of = page(text)
    kept, allowed = suppress(of, [on(of, *one) for one in rules], KNOWN, applied)
    return [f.rule for f in kept], allowed


ONE, TWO = "<figure>one</figure>", "<figure>two</figure>"


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- attrib: allow alt-missing — drop capital -->{ONE}{TWO}",
        f"<!--attrib:allow alt-missing: drop capital-->\n<div>{ONE}</div>{TWO}",
        f"<!-- attrib: allow alt-* -- drop capital -->{ONE}{TWO}",
        f"<figure><!-- attrib: allow alt-missing – x -->one</figure>{TWO}",
        f"<figure data-attrib-allow='alt-missing — x'>one</figure>{TWO}",
        f'<figure><img data-attrib-allow = "alt-missing: x">one</figure>{TWO}',
        f'<div data-attrib-allow="alt-missing: x">{ONE}</div>{TWO}',
    ],
)
def test_an_allowance_covers_its_picture_and_no_other(text: str) -> None:
    assert left(text, ("alt-missing", 0)) == ([], 1)
    assert left(text, ("alt-missing", 0), ("credit-missing", 0)) == (["credit-missing"], 1)
    assert left(text, ("alt-missing", 1)) == (["alt-missing", "allow-unused"], 0)


def test_several_names_in_one_allowance() -> None:
    text = f"<!-- attrib: allow alt-missing, credit-missing — lent by the family -->{ONE}"
    assert left(text, ("alt-missing", 0), ("credit-missing", 0)) == ([], 2)
    assert left(text, ("alt-missing", 0)) == (["allow-unused"], 1)


def test_an_unused_one_is_said_only_when_its_rule_looked() -> None:
    text = f"<!-- attrib: allow alt-missing — x -->{ONE}"
    assert left(text) == (["allow-unused"], 0)
    assert left(text, applied={"credit-missing", "allow-unused"}) == ([], 0)
    assert left(text, applied={"alt-missing"}) == ([], 0)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    of = page(f"<!-- attrib: allow alt-mising — x -->{ONE}")
    ((finding,), _) = suppress(of, [], KNOWN, KNOWN)
    assert "no rule “alt-mising”" in finding.message and "alt-missing" in finding.remedy
    assert of.text[finding.at.start : finding.at.end] == "<!-- attrib: allow alt-mising — x -->"


def test_a_reason_is_asked_for() -> None:
    assert left(f"<!-- attrib: allow alt-missing -->{ONE}", ("alt-missing", 0)) == (["allow-without-reason"], 1)


def test_a_finding_outside_any_picture_is_covered_by_the_words_before_it() -> None:
    of = page(f"<!-- attrib: allow caption-orphan — printed so --><p>Orphan</p>{ONE}")
    orphan = Finding(Span(of.text.index("Orphan"), of.text.index("</p>")), "m", rule="caption-orphan")
    assert suppress(of, [orphan], KNOWN, KNOWN) == ([], 1)


def test_other_comments_and_unfinished_ones_are_no_allowance() -> None:
    text = "<!-- attrib --><!-- attrib: deny x --><!-- please attrib: allow x --><!-- attrib: allow alt-missing"
    assert allowances(text) == []


def test_reading_allowances_is_linear() -> None:
    import time

    for prefix in (
        "<!--",
        "<!-- attrib: allow ",
        " data-attrib-allow=",
        ' data-attrib-allow="',
        "<!-- attrib:" + " " * 30,
    ):
        begun = time.process_time()
        allowances("attrib" + prefix * (400_000 // len(prefix)))
        assert time.process_time() - begun < 2


def report(*findings: Finding) -> Report:
    return Report(pages=(Page("a.html", ""), Page("b.html", "")), findings=findings)


A = Finding(Span(5, 6), "m", rule="alt-missing", quote="one two", picture="a.jpg", source="a.html")
B = replace(A, source="b.html", quote="“three”")


def known(tmp_path: Path, *findings: Finding) -> Baseline:
    file = tmp_path / "known.json"
    file.write_text(baseline_text(findings, tmp_path), "utf-8")
    loaded = load_baseline(file)
    assert isinstance(loaded, Baseline)
    return loaded


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_is_known_does_not_count_wherever_it_moved(tmp_path: Path) -> None:
    baseline = known(tmp_path, A, B)
    moved = replace(A, at=Span(900, 901), quote="one\n  two")
    got, stale = apply_baseline(report(moved, B), baseline, KNOWN)
    assert (got.findings, got.known, stale) == ((), 2, [])


def test_a_second_equal_fault_is_new(tmp_path: Path) -> None:
    got, _ = apply_baseline(report(A, replace(A, at=Span(50, 51))), known(tmp_path, A), KNOWN)
    assert len(got.findings) == 1
    got, _ = apply_baseline(report(A, A), known(tmp_path, A, A), KNOWN)
    assert got.findings == ()


def test_a_mended_fault_does_not_pay_for_a_new_one(tmp_path: Path) -> None:
    got, stale = apply_baseline(report(replace(A, quote="new words")), known(tmp_path, A), KNOWN)
    assert len(got.findings) == 1
    assert [entry.quote for entry in stale] == ["one two"]


def test_nothing_is_stale_that_was_not_looked_at(tmp_path: Path) -> None:
    elsewhere = replace(A, source="c.html")
    assert apply_baseline(report(), known(tmp_path, elsewhere), KNOWN)[1] == []
    assert apply_baseline(report(), known(tmp_path, A), {"credit-missing"})[1] == []


def test_it_does_not_matter_where_the_run_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baseline = known(tmp_path, A)
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    seen = replace(A, source="../a.html")
    assert apply_baseline(Report(findings=(seen,)), replace(baseline, folder=Path("..")), KNOWN)[0].findings == ()


def test_the_file_reads_well_and_keeps_its_order(tmp_path: Path) -> None:
    text = baseline_text([B, A, A], tmp_path)
    assert text == baseline_text([A, B, A], tmp_path)
    assert json.loads(text) == {
        "version": 1,
        "findings": [
            {"source": "a.html", "rule": "alt-missing", "quote": "one two", "picture": "a.jpg", "count": 2},
            {"source": "b.html", "rule": "alt-missing", "quote": "“three”", "picture": "a.jpg"},
        ],
    }
    assert json.loads(baseline_text([], tmp_path)) == {"version": 1, "findings": []}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}', "\xff"]
)
def test_a_file_that_is_no_baseline_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_bytes(text.encode("latin-1"))
    failure = load_baseline(tmp_path / "x.json")
    assert isinstance(failure, Failure) and "x.json" in failure.source and failure.remedy
    assert isinstance(load_baseline(tmp_path / "none.json"), Failure)
