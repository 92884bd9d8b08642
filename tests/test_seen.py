"""Pages are checked against the archive, and the archive learns: the whole way from picture files to findings."""

from __future__ import annotations

import os
import sqlite3
import sys
from itertools import permutations
from pathlib import Path

import pytest

from attrib.archive import Archive
from attrib.baseline import Baseline, apply_baseline, written_anew
from attrib.engine import Settings, check_sources
from attrib.fetch import sources
from attrib.model import Finding, Report

from .pictures import EDITS, bomb_png, encoded, jpeg, scene
from .test_cli import run

RULES = ("image-seen-before", "credit-differs-elsewhere", "image-unreadable", "image-too-small", "image-near-duplicate")


def page(*figures: str, date: str = "") -> str:
    """An article with these figures."""
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    text = "<p>The market opens at seven, and nobody remembers why it does so on Sundays as well.</p>"
    body = text.join(figures)
    return f'<!doctype html><html lang="en"><head>{meta}</head><body><article><h1>One</h1>{text}{body}</article>'


def figure(name: str, credit: str = "Ida Rossi/ANSA", caption: str = "The river on Monday.") -> str:
    return (
        f'<figure><img src="{name}" alt="A river"><figcaption>{caption} <span class="credit">Photo: {credit}</span>'
        "</figcaption></figure>"
    )


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {
        "a.jpg": jpeg(scene(1)),
        "crop.jpg": EDITS["right two thirds"](scene(1)),
        "b.jpg": jpeg(scene(2)),
        "small.jpg": EDITS["width 320"](scene(3)),
        "cut.jpg": jpeg(scene(4))[:9000],
        "page.jpg": b"<!doctype html><p>404 not found</p>",
        "nothing.jpg": b"",
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>',
        "dot.png": encoded(scene(1).resize((1, 1)), "PNG"),
        "whole.bmp": encoded(scene(5), "BMP"),
    }


@pytest.fixture
def here(tmp_path: Path, drawn: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, data in drawn.items():
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*names: str, learn: bool = False, archive: str | None = "seen.db", select: tuple[str, ...] = RULES) -> Report:
    kept = Path(archive) if archive else None
    return check_sources(sources(names), Settings(select=select, archive=kept, learn=learn))


def said(report: Report) -> list[tuple[str, str]]:
    return [(finding.source, finding.rule) for finding in report.findings]


def test_a_crop_under_another_credit_is_told_from_where_it_was_shown(here: Path) -> None:
    Path("old.html").write_text(page(figure("a.jpg"), date="2020-01-02T10:00:00Z"))
    Path("new.html").write_text(page(figure("crop.jpg", "Lars Ek/Reuters"), figure("b.jpg"), date="2024-05-02"))
    assert said(check("old.html", learn=True)) == []
    report = check("new.html")
    assert report.complete
    assert said(report) == [("new.html", "image-seen-before"), ("new.html", "credit-differs-elsewhere")]
    seen, differs = report.findings
    assert "cropped to the right two thirds" in seen.message and "“old.html” on 2020-01-02" in seen.message
    assert seen.evidence[0].says == "Photo: Ida Rossi/ANSA"
    assert "in old.html" in differs.message and differs.evidence[1].origin == "archive"


def test_one_picture_under_several_credits_is_told_alike_in_any_order_of_pages(here: Path) -> None:
    shown = {
        "a.html": ("a.jpg", "Ida Rossi/ANSA"), "b.html": ("crop.jpg", "Lars Ek/Reuters"),
        "c.html": ("a.jpg", "ANSA / Ida Rossi"), "d.html": ("b.jpg", "Lars Ek/Reuters"),
    }  # fmt: skip
    for name, (picture, credit) in shown.items():
        Path(name).write_text(page(figure(picture, credit)))
    alone = ("credit-differs-elsewhere",)  # which looks at pictures, whatever other rules are asked for
    reports = [check(*names, archive=None, select=alone) for names in permutations(shown)]
    assert [(f.source, f.severity.value) for f in reports[0].findings] == [("b.html", "warning"), ("c.html", "warning")]
    assert "Ida Rossi/ANSA” in a.html" in reports[0].findings[0].message
    assert all(report.findings == reports[0].findings for report in reports)

    Path("b.html").unlink()
    (notice,) = check("a.html", "c.html", "d.html", archive=None, select=alone).findings
    assert (notice.source, notice.severity.value) == ("c.html", "notice")


def test_a_file_is_looked_up_once_on_however_many_pages_it_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("old.html").write_text(page(figure("a.jpg"), date="2020-01-02"))
    check("old.html", learn=True)
    looked: list[str] = []
    find = Archive.find
    monkeypatch.setattr(Archive, "find", lambda self, print_: looked.append(print_.digest) or find(self, print_))
    names = [f"{n}.html" for n in range(3)]
    for name in names:
        Path(name).write_text(page(figure("a.jpg"), figure("b.jpg"), date="2024-05-02"))
    assert said(check(*names, select=("image-seen-before",))) == [(name, "image-seen-before") for name in names]
    assert len(looked) == len(set(looked)) == 2


def test_a_page_is_not_told_of_itself_nor_of_what_came_later(here: Path) -> None:
    Path("old.html").write_text(page(figure("a.jpg"), date="2020-01-02"))
    Path("new.html").write_text(page(figure("crop.jpg"), date="2024-05-02"))
    for _ in range(2):  # the archive learns in the first round what it knows in the second
        report = check(".", learn=True)
    assert said(report) == [("new.html", "image-seen-before")]
    assert said(check("old.html")) == []


def test_a_file_that_was_remembered_by_itself_was_shown_nowhere(here: Path) -> None:
    with Archive(Path("seen.db")) as store:
        store.add_files(["a.jpg"])
    Path("new.html").write_text(page(figure("crop.jpg")))
    assert said(check("new.html")) == []


def test_without_dates_what_was_remembered_first_was_shown_first(here: Path) -> None:
    Path("one.html").write_text(page(figure("a.jpg")))
    Path("two.html").write_text(page(figure("crop.jpg")))
    check("two.html", learn=True)
    check("one.html", learn=True)
    Path("two.html").write_text(page(figure("crop.jpg", caption="Other words.")))
    check("two.html", learn=True)  # a new caption does not make it later
    assert said(check("one.html", "two.html")) == [("one.html", "image-seen-before")]


def test_a_caption_of_today_is_held_against_today_and_not_the_archive(here: Path) -> None:
    Path("old.html").write_text(page(figure("a.jpg")))
    check("old.html", learn=True)
    Path("old.html").write_text(page(figure("a.jpg", "Lars Ek/Reuters")))  # corrected since
    Path("new.html").write_text(page(figure("crop.jpg", "Lars Ek/Reuters")))
    rules = [rule for _, rule in said(check("old.html", "new.html"))]
    assert rules == ["image-seen-before"]


def test_renditions_and_teasers_of_one_picture_are_not_seen_twice(here: Path) -> None:
    (here / "a-320x213.jpg").write_bytes(EDITS["width 320"](scene(1)))
    (here / "a-900x600.jpg").write_bytes((here / "a.jpg").read_bytes())
    lead = (
        '<figure><img src="a-900x600.jpg" srcset="a-320x213.jpg 320w, a-900x600.jpg 900w" alt="A river"><noscript>'
        '<img src="a-320x213.jpg" alt="A river"></noscript><figcaption>The river on Monday.</figcaption></figure>'
    )
    teaser = '<aside class="related"><a href="/x"><img src="a-320x213.jpg" alt=""><h3>The river</h3></a></aside>'
    Path("old.html").write_text(page(lead) + teaser)
    assert said(check("old.html", learn=True)) == []
    assert said(check("old.html")) == []
    with Archive("seen.db", read_only=True) as store:
        assert [entry.picture for entry in store.entries()] == ["a-900x600.jpg"]


@pytest.mark.parametrize(
    ("name", "word"),
    [("cut.jpg", "truncated"), ("page.jpg", "web page"), ("nothing.jpg", "empty"), ("in.jpg", "folder")],
)
def test_a_file_that_is_no_picture_is_a_finding_at_its_place(here: Path, name: str, word: str) -> None:
    (here / "in.jpg").mkdir()
    Path("new.html").write_text(page(figure("a.jpg"), figure(name)))
    report = check("new.html", archive=None)
    (finding,) = report.findings
    assert finding.rule == "image-unreadable" and word in finding.message and finding.quote == name
    assert not report.complete and len(report.failures) == 1
    assert {item.rule for item in report.skipped} == {"image-seen-before"}  # of which there was no archive


def test_a_broken_picture_that_somebody_left_as_it_is_counts_no_more(here: Path) -> None:
    words = "<!-- attrib: allow image-unreadable — the original is lost -->"
    Path("new.html").write_text(page(f"{words}{figure('cut.jpg')}"))
    report = check("new.html", archive=None)
    assert report.complete and report.allowed == 1 and report.failures == ()
    Path("other.html").write_text(page(figure("cut.jpg")))
    report = check("new.html", "other.html", archive=None)
    assert not report.complete and len(report.failures) == 1
    known = written_anew(report, Baseline(Path()), RULES)
    report, _ = apply_baseline(report, known, RULES, "2026-01-01")
    assert report.complete and report.known == 1


def test_a_bomb_is_named_before_it_is_decoded(here: Path) -> None:
    (here / "bomb.png").write_bytes(bomb_png(30_000, 30_000))
    Path("new.html").write_text(page(figure("a.jpg"), figure("bomb.png")))
    (finding,) = check("new.html", archive=None).findings
    assert finding.rule == "image-unreadable" and "decompression bomb" in finding.message


@pytest.mark.parametrize("name", ["drawing.svg", "dot.png", "whole.bmp", "gone.jpg"])
def test_what_has_nothing_to_compare_is_no_fault(here: Path, name: str) -> None:
    Path("new.html").write_text(page(figure("a.jpg"), figure(name)))
    report = check("new.html")
    assert "image-unreadable" not in [rule for _, rule in said(report)]
    assert [failure.source for failure in report.failures] == ["seen.db"]  # which nobody has made


def small(markup: str) -> list[Finding]:
    Path("new.html").write_text(page(markup))
    return [f for f in check("new.html", archive=None).findings if f.rule == "image-too-small"]


def test_small_files_are_told_unless_a_larger_one_is_listed(here: Path) -> None:
    img = '<figure><img src="small.jpg" {} alt="A river"><figcaption>The river.</figcaption></figure>'
    assert small(img.format("")) and small(img.format('srcset="small.jpg 320w"'))
    assert small(f'<picture><source srcset="small.webp">{img.format("")}</picture>')
    assert not small(img.format('srcset="small.jpg 320w, large.jpg 1200w"'))
    assert not small(img.replace("small.jpg", "a.jpg").format(""))


def test_an_archive_that_cannot_be_used_costs_no_finding(here: Path) -> None:
    Path("new.html").write_text(page(figure("small.jpg")))
    Path("words.db").write_text("not an archive, but words of somebody")
    for archive in ("gone.db", "words.db", "gone/seen.db"):
        report = check("new.html", archive=archive)
        assert said(report) == [("new.html", "image-too-small")]
        assert not report.complete and report.failures[0].source == archive
    report = check("new.html", archive="gone/seen.db", learn=True)
    assert said(report) == [("new.html", "image-too-small")] and not report.complete
    assert Path("words.db").read_text() == "not an archive, but words of somebody"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_archive_does_not_learn(here: Path) -> None:
    Path("new.html").write_text(page(figure("a.jpg")))
    check("new.html", learn=True)
    Path("seen.db").chmod(0o444)
    assert "may not be written" in check("new.html", learn=True).failures[0].what


def test_an_archive_of_another_version_is_refused(here: Path) -> None:
    Path("new.html").write_text(page(figure("a.jpg")))
    check("new.html", learn=True)
    with sqlite3.connect("seen.db") as base:
        base.execute("PRAGMA user_version = 9")
    base.close()
    report = check("new.html", learn=True)
    assert not report.complete and "another version" in report.failures[0].what
    assert len(report.failures) == 1


def test_what_stands_in_for_a_lazy_picture_is_not_the_picture(here: Path) -> None:
    Path("tiny.png").write_bytes(encoded(scene(1).resize((32, 20)), "PNG"))
    lazy = figure("a.jpg").replace('src="a.jpg"', 'src="tiny.png" data-src="a.jpg"')
    Path("old.html").write_text(page(lazy))
    check("old.html", learn=True)
    Path("new.html").write_text(page(figure("crop.jpg")))
    assert said(check("new.html")) == [("new.html", "image-seen-before")]
    Path("a.jpg").unlink()
    assert check("old.html").pages[0].figures[0].file.path == "tiny.png", "better than nothing"


@pytest.mark.skipif(sys.platform != "linux", reason="a file's name is any bytes on Linux alone")
def test_a_page_whose_name_is_no_utf8_is_learnt_and_not_told_of_itself(here: Path) -> None:
    name = os.fsdecode(b"p\xff.html")
    Path(name).write_text(page(figure("a.jpg")))
    for _ in range(2):
        report = check(name, learn=True)
        assert (said(report), report.failures) == ([], ())
    Path("new.html").write_text(page(figure("crop.jpg")))
    assert "p\\xff.html" in check("new.html").findings[0].message


def test_an_outdated_archive_costs_the_run_its_completeness(here: Path) -> None:
    Path("old.html").write_text(page(figure("a.jpg")))
    check("old.html", learn=True)
    with sqlite3.connect("seen.db") as base:
        base.execute("UPDATE pictures SET version = 'points-0'")
    Path("new.html").write_text(page(figure("crop.jpg")))
    report = check("new.html")
    assert said(report) == []
    assert not report.complete and "1 of 1 pictures have a fingerprint of another version" in report.failures[0].what
    assert check("old.html", learn=True).complete is False, "what was remembered is said before it is made anew"
    assert check("new.html").complete


def test_the_command_line_looks_up_learns_and_says_what_it_lacks(here: Path) -> None:
    Path("old.html").write_text(page(figure("a.jpg")))
    Path("new.html").write_text(page(figure("crop.jpg"), figure("cut.jpg")))
    assert run("check", "old.html", "--archive", "seen.db", "--learn", cwd=here)[0] == 0
    Path("attrib.toml").write_text('archive = "seen.db"\n')
    code, out, err = run("check", "new.html", cwd=here)
    assert code == 2 and err == ""
    assert "image-seen-before" in out and "1 thing could not be read." in out
    assert out.count("cut.jpg cannot be shown") == 1 and "Could not be read" not in out
    assert "image-seen-before" not in run("check", "new.html", "--archive", "none", cwd=here)[1]
    code, out, err = run("check", "new.html", "--archive", "none", "--learn", cwd=here)
    assert (code, out) == (2, "") and "--archive" in err
    asked = run("check", "new.html", "--archive", "none", "--select", "image-seen-before", cwd=here)[1]
    assert "image-seen-before in new.html: needs an archive (--archive)." in asked


def test_any_number_of_processes_finds_the_same_in_the_archive(here: Path) -> None:
    Path("old.html").write_text(page(figure("a.jpg")))
    check("old.html", learn=True)
    for number in range(3):
        Path(f"{number}.html").write_text(page(figure("crop.jpg"), figure("small.jpg")))
    once, twice = (run("check", ".", "--archive", "seen.db", "--jobs", jobs, cwd=here)[1] for jobs in ("1", "2"))
    assert once == twice and once.count("image-seen-before") == 3
