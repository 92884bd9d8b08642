"""Allowances in pages, and baselines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from attrib.baseline import (
    Acceptance,
    Baseline,
    Entry,
    apply_baseline,
    baseline_text,
    entries_of,
    load_baseline,
    with_acceptances,
    written_anew,
)
from attrib.model import Evidence, Failure, Figure, Finding, House, LeftOut, Page, Region, Related, Report, Span, State
from attrib.suppress import allowances, suppress

from .helpers import findings

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


def suppressed(of: Page, found: list[Finding], applied: set[str] = KNOWN) -> tuple[list[Finding], list[LeftOut]]:
    return suppress(allowances(of.text), [figure.block for figure in of.figures], found, KNOWN, applied)


def left(text: str, *rules: tuple[str, int], applied: set[str] = KNOWN) -> tuple[list[str], int]:
    of = page(text)
    kept, allowed = suppressed(of, [on(of, *one) for one in rules], applied)
    return [f.rule for f in kept], len(allowed)


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


def test_a_colon_left_out_is_none_the_worse() -> None:
    assert left(f"<!-- attrib allow alt-missing — lent by the family -->{ONE}", ("alt-missing", 0)) == ([], 1)


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
    ((finding,), _) = suppressed(of, [])
    assert "no rule “alt-mising”" in finding.message and "alt-missing" in finding.remedy
    assert of.text[finding.at.start : finding.at.end] == "<!-- attrib: allow alt-mising — x -->"


def test_the_name_of_a_group_is_answered_with_its_pattern() -> None:
    ((finding,), _) = suppressed(page(f"<!-- attrib: allow caption — x -->{ONE}"), [])
    assert finding.remedy == "Write “caption-*” if that is meant."


def test_a_reason_is_asked_for() -> None:
    assert left(f"<!-- attrib: allow alt-missing -->{ONE}", ("alt-missing", 0)) == (["allow-without-reason"], 1)


def test_a_finding_outside_any_picture_is_covered_by_the_words_before_it() -> None:
    of = page(f"<!-- attrib: allow caption-orphan — printed so --><p>Orphan</p>{ONE}")
    orphan = Finding(Span(of.text.index("Orphan"), of.text.index("</p>")), "m", rule="caption-orphan")
    assert suppressed(of, [orphan]) == ([], [LeftOut(orphan, State.ALLOWED, "printed so")])


def test_one_picture_of_many_can_be_allowed_and_the_others_are_still_said() -> None:
    figure = '<figure><img src="{0}.jpg" alt="A quay"><figcaption>The quay of {0} at noon on a Monday in May.</figcaption></figure>'
    comment = "<!-- attrib: allow credit-missing — lent by the family -->"
    names = ("Vell", "Turku", "Cromer", "Rostock")
    text = "<article>" + "\n".join(comment * (n in (0, 2)) + figure.format(name) for n, name in enumerate(names))

    def said(text: str) -> list[tuple[str, int]]:
        found = findings(text, select=("credit-missing", "allow-unused"))
        return [(f.quote.split(".")[0] if f.rule == "credit-missing" else f.rule, f.count) for f in found]

    assert said(text.replace(comment, "")) == [("Vell", 4)]
    assert said(text) == [("Turku", 1), ("Rostock", 1)]
    everywhere = "<article>" + "\n".join(comment + figure.format(name) for name in names)
    assert said(everywhere) == []


def with_house(block: str) -> list[str]:
    """What the rules say of a block, for a house with a label, "Bordfunk an", and an agency, "Quayside Pictures"."""
    prose = "<p>The ferries of the town run all night in winter, when the ice does not hold and no bridge is near.</p>"
    return [
        f"{f.rule}: {f.quote}"
        for f in findings(
            f"<article><h1>Ferries</h1>{prose}{block}{prose}</article>",
            select=("caption-interface-text", "credit-missing"),
            house=House(labels=("Bordfunk an",), agencies=("Quayside Pictures",)),
        )
    ]


@pytest.mark.parametrize(
    "block",
    [
        "<figure>{img}<figcaption>{says} Photo: Ana Ruiz/AFP</figcaption></figure><p>Bordfunk an</p>",
        "<figure>{img}<figcaption>{says} Photo: Ana Ruiz/AFP</figcaption><div>Bordfunk an</div></figure>",
        "<figure>{img}<figcaption>{says} Photo: Ana Ruiz/AFP Bordfunk an</figcaption></figure>",
        "<figure>{img}<figcaption>Bordfunk an {says} Photo: Ana Ruiz/AFP</figcaption></figure>",
        "<figure>{img}<figcaption><p>bordfunk an</p>{says} Photo: Ana Ruiz/AFP</figcaption></figure>",
    ],
)
def test_labels_of_the_house_are_found_where_labels_are(block: str) -> None:
    said = with_house(block.format(img='<img src="a.jpg" alt="A ferry">', says="The ferry leaves Rostock at dawn."))
    assert [line.casefold() for line in said] == ["caption-interface-text: bordfunk an"]


@pytest.mark.parametrize(
    "block",
    [
        "<figure>{img}<figcaption>{says} Photo: Ana Ruiz/AFP</figcaption><button>Bordfunk an</button></figure>",
        "<figure>{img}<figcaption>{says} Photo: Ana Ruiz/AFP</figcaption></figure><p>Bordfunk angestellt</p>",
        "<figure>{img}<figcaption>The Bordfunk an board. {says} Photo: Ana Ruiz/AFP</figcaption></figure>",
        "<figure>{img}<figcaption>{says} Quayside Pictures</figcaption></figure>",
    ],
)
def test_labels_of_the_house_in_controls_or_sentences_are_none_and_its_agencies_are_credits(block: str) -> None:
    img = '<img src="a.jpg" alt="A ferry">'
    assert with_house(block.format(img=img, says="The ferry leaves Rostock at dawn on Monday.")) == []


def test_other_comments_and_unfinished_ones_are_no_allowance() -> None:
    text = "<!-- attrib --><!-- attrib: deny x --><!-- please attrib: allow x --><!-- attrib: allow alt-missing"
    assert allowances(text) == []


def report(*findings: Finding) -> Report:
    return Report(pages=(Page("a.html", ""), Page("b.html", "")), findings=findings)


A = Finding(Span(5, 6), "m", rule="alt-missing", quote="one two", picture="a.jpg", source="a.html")
B = replace(A, source="b.html", quote="“three”")


def known(tmp_path: Path, *findings: Finding) -> Baseline:
    file = tmp_path / "known.json"
    file.write_text(written(tmp_path, *findings), "utf-8")
    loaded = load_baseline(file)
    assert isinstance(loaded, Baseline)
    return loaded


def written(tmp_path: Path, *findings: Finding) -> str:
    return baseline_text(written_anew(report(*findings), Baseline(tmp_path), KNOWN))


TODAY = "2030-05-05"


def without(what: Report, baseline: Baseline, applied: Iterable[str] = KNOWN) -> tuple[Report, list[Entry]]:
    return apply_baseline(what, baseline, applied, TODAY)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_is_known_does_not_count_wherever_it_moved(tmp_path: Path) -> None:
    baseline = known(tmp_path, A, B)
    moved = replace(A, at=Span(900, 901), quote="one\n  two")
    got, stale = without(report(moved, B), baseline)
    assert (got.findings, got.known, stale) == ((), 2, [])


def test_a_second_equal_fault_is_new(tmp_path: Path) -> None:
    got, _ = without(report(A, replace(A, at=Span(50, 51))), known(tmp_path, A))
    assert len(got.findings) == 1
    got, _ = without(report(A, A), known(tmp_path, A, A))
    assert got.findings == ()


def test_a_mended_fault_does_not_pay_for_a_new_one(tmp_path: Path) -> None:
    got, stale = without(report(replace(A, quote="new words")), known(tmp_path, A))
    assert len(got.findings) == 1
    assert [entry.quote for entry in stale] == ["one two"]


def test_nothing_is_stale_that_was_not_looked_at(tmp_path: Path) -> None:
    elsewhere = replace(A, source="c.html")
    assert without(report(), known(tmp_path, elsewhere))[1] == []
    assert without(report(), known(tmp_path, A), {"credit-missing"})[1] == []


def test_it_does_not_matter_where_the_run_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baseline = known(tmp_path, A)
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    seen = replace(A, source="../a.html")
    assert without(Report(findings=(seen,)), replace(baseline, folder=Path("..")))[0].findings == ()


def test_the_file_reads_well_and_keeps_its_order(tmp_path: Path) -> None:
    text = written(tmp_path, B, A, A)
    assert text == written(tmp_path, A, B, A)
    assert json.loads(text) == {
        "version": 1,
        "findings": [
            {"source": "a.html", "rule": "alt-missing", "quote": "one two", "picture": "a.jpg", "count": 2},
            {"source": "b.html", "rule": "alt-missing", "quote": "“three”", "picture": "a.jpg"},
        ],
    }
    assert json.loads(written(tmp_path)) == {"version": 1, "findings": []}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}', "\xff"]
)
def test_a_file_that_is_no_baseline_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_bytes(text.encode("latin-1"))
    failure = load_baseline(tmp_path / "x.json")
    assert isinstance(failure, Failure) and "x.json" in failure.source and failure.remedy
    assert isinstance(load_baseline(tmp_path / "none.json"), Failure)


def accepted(tmp_path: Path, finding: Finding, until: str = "", fingerprint: str = "f1") -> Acceptance:
    return Acceptance(entries_of(finding, tmp_path)[0], "the desk knows", "Ann Lee", until, fingerprint)


def kept(tmp_path: Path, baseline: Baseline) -> Baseline:
    """The baseline as it comes back from its file."""
    file = tmp_path / "kept.json"
    file.write_text(baseline_text(baseline), "utf-8")
    loaded = load_baseline(file)
    assert isinstance(loaded, Baseline)
    return loaded


@pytest.mark.parametrize("until", ["", TODAY, "2030-05-06"])
def test_what_was_accepted_does_not_count_until_its_last_day(tmp_path: Path, until: str) -> None:
    baseline = kept(tmp_path, with_acceptances(known(tmp_path, B), [accepted(tmp_path, A, until)]))
    got, stale = without(report(replace(A, at=Span(70, 71)), B), baseline)
    assert (got.findings, got.accepted, got.known, got.expired, stale) == ((), 1, 1, 0, [])
    said = LeftOut(replace(A, at=Span(70, 71)), State.ACCEPTED, "the desk knows", "Ann Lee", until)
    assert got.left_out == (said, LeftOut(B, State.KNOWN))


def test_what_ran_out_is_back_and_says_so(tmp_path: Path) -> None:
    baseline = kept(tmp_path, with_acceptances(Baseline(tmp_path), [accepted(tmp_path, A, "2030-05-04")]))
    got, stale = without(report(A), baseline)
    (back,) = got.findings
    assert (got.accepted, got.expired, stale) == (0, 1, [])
    assert back.evidence == (Evidence("accepted", "the desk knows", "by Ann Lee until 2030-05-04, which is over"),)


def test_one_acceptance_is_for_one_of_two_equal_faults(tmp_path: Path) -> None:
    baseline = with_acceptances(Baseline(tmp_path), [accepted(tmp_path, A)])
    got, _ = without(report(A, replace(A, at=Span(50, 51))), baseline)
    assert (len(got.findings), got.accepted) == (1, 1)
    both = with_acceptances(baseline, [accepted(tmp_path, A, fingerprint="f2")])
    assert without(report(A, A), kept(tmp_path, both))[0].accepted == 2


def test_a_finding_accepted_again_is_accepted_once(tmp_path: Path) -> None:
    first = with_acceptances(Baseline(tmp_path), [accepted(tmp_path, A, "2030-05-04")])
    again = with_acceptances(first, [accepted(tmp_path, A)])
    assert [item.until for item in again.accepted] == [""]
    assert len(without(report(A, A), again)[0].findings) == 1


def test_an_acceptance_whose_finding_is_gone_is_stale(tmp_path: Path) -> None:
    baseline = with_acceptances(Baseline(tmp_path), [accepted(tmp_path, A), accepted(tmp_path, B, "2000-01-01")])
    assert [entry.source for entry in without(report(), baseline)[1]] == ["a.html", "b.html"]
    assert without(report(), baseline, {"credit-missing"})[1] == []


def test_a_baseline_written_anew_keeps_what_was_accepted(tmp_path: Path) -> None:
    gone, unseen = replace(A, quote="mended since"), replace(A, source="c.html")
    over = accepted(tmp_path, B, "2000-01-01")
    old = with_acceptances(
        Baseline(tmp_path), [accepted(tmp_path, A), over, accepted(tmp_path, gone), accepted(tmp_path, unseen)]
    )
    new = kept(tmp_path, written_anew(report(A, A, B), old, KNOWN))
    assert set(new.accepted) == {accepted(tmp_path, A), over, accepted(tmp_path, unseen)}
    assert dict(new.entries) == {entries_of(A, tmp_path)[0]: 1}, "what ran out is not known instead"
    got, _ = without(report(A, A, B), new)
    assert [finding.source for finding in got.findings] == ["b.html"]


def test_a_day_that_is_none_is_no_baseline(tmp_path: Path) -> None:
    text = baseline_text(with_acceptances(Baseline(tmp_path), [accepted(tmp_path, A, "2030-13-01")]))
    (tmp_path / "x.json").write_text(text, "utf-8")
    assert isinstance(load_baseline(tmp_path / "x.json"), Failure)


def test_spaces_in_names_and_addresses_do_not_hide_a_known_finding(tmp_path: Path) -> None:
    odd = replace(A, picture="a  b.jpg")
    assert without(report(odd), known(tmp_path, odd))[0].findings == ()


def several(*pictures: str) -> Finding:
    """One finding that stands for several pictures."""
    first, *rest = pictures
    also = tuple(Related(Span(0, 1), "this one too", quote=name, picture=name) for name in rest)
    return replace(A, quote=first, picture=first, count=len(pictures), related=also)


@pytest.mark.parametrize("today", [("a", "b", "c"), ("c", "a", "b"), ("b", "c"), ("a",)])
def test_a_finding_of_several_places_is_known_by_each_of_them(tmp_path: Path, today: tuple[str, ...]) -> None:
    got, _ = without(report(several(*today)), known(tmp_path, several("a", "b", "c")))
    assert (got.findings, got.known) == ((), 1)


def test_one_more_place_is_new_although_another_was_mended(tmp_path: Path) -> None:
    baseline = known(tmp_path, several("a", "b", "c"))
    for today in (several("a", "b", "c", "d"), several("a", "b", "d")):
        assert without(report(today), baseline)[0].findings == (today,)


def test_what_was_accepted_of_several_places_is_accepted_of_each(tmp_path: Path) -> None:
    whole = several("a", "b", "c")
    words = [accepted(tmp_path, A)._replace(entry=entry) for entry in entries_of(whole, tmp_path)]
    baseline = kept(tmp_path, with_acceptances(Baseline(tmp_path), words))
    assert without(report(several("c", "b")), baseline)[0].accepted == 1
    assert without(report(several("c", "d")), baseline)[0].accepted == 0
