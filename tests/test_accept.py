"""`attrib accept`, as a desk uses it, and the fingerprints it goes by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .helpers import findings
from .test_cli import CLEAN, FAULTY, run

WHY = ("--reason", "from the family album", "--by", "Ann Lee")


BOATS = ("A red boat", "A blue boat")


def page(*boats: str, above: str = "") -> str:
    """A page with a picture of each boat, whose captions all have a fault of their own."""
    figures = [
        f'<p>They say that {boat.lower()} had left the harbour early in the morning.</p>\n<figure><img alt="IMG_{len(boat)}041.jpg" '
        f'src="https://example.org/{boat[2:5]}.jpg" width="900"><figcaption>{boat} leaves. Image: Image: Bo Li/Reuters'
        "</figcaption></figure>\n"
        for boat in boats
    ]
    return CLEAN.replace("</article>", "".join([above, *figures, "</article>"]))


def prints(text: str) -> dict[str, tuple[str, str]]:
    return {f.fingerprint: (f.rule, f.quote or f.picture) for f in findings(text)}


def test_fingerprints_survive_edits_above_and_another_order() -> None:
    before = prints(page(*BOATS))
    assert len(before) >= 4
    assert prints(page(*BOATS, above="<p>A new paragraph of news.</p>\n" * 9)) == before
    assert prints(page(*reversed(BOATS))) == before
    assert prints(page(*BOATS[:1])).items() < before.items()


def test_the_fingerprint_of_several_places_is_that_of_all_in_any_order() -> None:
    pictures = [
        f'<figure><img src="https://example.org/{n}.jpg" width="900"></figure><p>{n} words.</p>' for n in "abcd"
    ]

    def mark_of(*chosen: str) -> str:
        text = CLEAN.replace("</article>", "".join([*chosen, "</article>"]))
        (finding,) = findings(text, select=("alt-missing",))
        assert finding.count == len(chosen)
        return finding.fingerprint

    assert mark_of(*pictures) == mark_of(*reversed(pictures))
    assert mark_of(*pictures) != mark_of(*pictures[:3])


@pytest.mark.parametrize("mark", [".git", "attrib.toml", "pyproject.toml", ""])
def test_the_fingerprint_does_not_hang_on_how_a_page_is_named_or_from_where(tmp_path: Path, mark: str) -> None:
    project = tmp_path / "project"
    (project / "texts" / "deep").mkdir(parents=True)
    (project / "texts" / "a.html").write_text(FAULTY, "utf-8")
    (project / "texts" / "b.html").write_text(FAULTY, "utf-8")
    if mark == ".git":
        (project / mark).mkdir()
    elif mark:
        (project / mark).write_text("", "utf-8")

    def prints_from(folder: Path, *names: str | Path) -> set[str]:
        out = run("check", *names, "--config", "none", "--format", "json", cwd=folder)[1]
        return {finding["fingerprint"] for finding in json.loads(out)["findings"]}

    (one,) = prints_from(project, "texts/a.html")
    for name in ("./texts/a.html", "texts/../texts/a.html", project / "texts" / "a.html", "texts/a*.html"):
        assert prints_from(project, name) == {one}, name
    assert len(prints_from(project, "texts")) == 2 and one in prints_from(project, ".")  # another page is another
    if mark:  # else nothing says what belongs together
        assert prints_from(project / "texts", "a.html") == {one} == prints_from(project / "texts" / "deep", "../a.html")
        assert prints_from(tmp_path, project / "texts" / "a.html") == {one}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "clean.html").write_text(CLEAN, "utf-8")
    (tmp_path / "faulty.html").write_text(FAULTY, "utf-8")
    run("check", ".", "--format", "json:report.json", cwd=tmp_path)
    return tmp_path


def mark(here: Path) -> str:
    (finding,) = json.loads((here / "report.json").read_text("utf-8"))["findings"]
    return finding["fingerprint"]


def test_what_is_accepted_from_a_report_no_longer_counts(here: Path) -> None:
    code, out, err = run("accept", mark(here), *WHY, "--report", "report.json", "--until", "2999-12-31", cwd=here)
    assert (code, err) == (0, "")
    assert out == ("faulty.html: alt-missing “https://example.org/i/quay.jpg” accepted by Ann Lee until 2999-12-31.\n")
    (entry,) = json.loads((here / "attrib-baseline.json").read_text("utf-8"))["findings"]
    assert (entry["reason"], entry["by"], entry["until"]) == ("from the family album", "Ann Lee", "2999-12-31")
    code, out, _ = run("check", ".", "--baseline", "attrib-baseline.json", cwd=here)
    assert code == 0 and "Left out: 1 accepted." in out


def test_the_digits_on_the_terminal_are_enough_and_pages_can_be_checked_again(here: Path) -> None:
    line = next(line for line in run("check", "faulty.html", cwd=here)[1].splitlines() if "alt-missing" in line)
    digits = line.split()[-1]
    assert mark(here).startswith(digits) and len(digits) == 8
    assert run("accept", digits, *WHY, "--in", "faulty.html", "--in", "clean.html", cwd=here)[0] == 0
    assert run("check", ".", "--baseline", "attrib-baseline.json", cwd=here)[0] == 0


def test_an_acceptance_survives_edits_around_it_and_ends_with_its_words(here: Path) -> None:
    run("accept", mark(here), *WHY, "--report", "report.json", cwd=here)
    moved = FAULTY.replace("<figure>", "<p>Something was added here in the evening.</p>\n\n<figure>")
    (here / "faulty.html").write_text(moved, "utf-8")
    assert run("check", ".", "--baseline", "attrib-baseline.json", cwd=here)[0] == 0
    (here / "faulty.html").write_text(FAULTY.replace("quay.jpg", "pier.jpg"), "utf-8")
    assert run("check", ".", "--baseline", "attrib-baseline.json", cwd=here)[0] == 1


def test_one_that_ran_out_counts_again_and_every_format_says_why(here: Path) -> None:
    run("accept", mark(here), *WHY, "--report", "report.json", "--until", "2999-12-31", cwd=here)
    file = here / "attrib-baseline.json"
    file.write_text(file.read_text("utf-8").replace("2999", "2001"), "utf-8")
    code, out, _ = run("check", ".", "--baseline", file, cwd=here)
    assert code == 1
    assert "1 acceptance ran out." in out
    assert "accepted by Ann Lee until 2001-12-31, which is over: from the family album" in " ".join(out.split())
    assert "ran out" in run("check", ".", "--baseline", file, "--format", "markdown", cwd=here)[1]
    run("baseline", ".", cwd=here)
    assert run("check", ".", "--baseline", file, cwd=here)[0] == 1, "writing the file anew does not extend it"
    run("accept", mark(here), *WHY, "--report", "report.json", cwd=here)
    assert run("check", ".", "--baseline", file, cwd=here)[0] == 0


def test_a_finding_named_twice_is_accepted_once(here: Path) -> None:
    named = mark(here), mark(here)[:8]
    assert run("accept", *named, *WHY, "--report", "report.json", cwd=here)[1].count("accepted") == 1
    assert len(json.loads((here / "attrib-baseline.json").read_text("utf-8"))["findings"]) == 1


def test_a_baseline_written_anew_keeps_reasons(here: Path) -> None:
    run("accept", mark(here), *WHY, "--report", "report.json", cwd=here)
    before = (here / "attrib-baseline.json").read_text("utf-8")
    assert run("baseline", ".", cwd=here)[0] == 0
    assert (here / "attrib-baseline.json").read_text("utf-8") == before


def test_who_is_git_s_user_unless_said(here: Path) -> None:
    reason, named = ("--reason", "it may stay"), ("--report", "report.json")
    lone = {
        "HOME": str(here),
        "XDG_CONFIG_HOME": str(here),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(here.parent),
    }
    code, out, err = run("accept", mark(here), *reason, *named, cwd=here, env=lone)
    assert (code, out) == (2, "") and "--by" in err
    assert not (here / "attrib-baseline.json").exists()
    (here / ".gitconfig").write_text("[user]\n\tname = Bo Li\n", "utf-8")
    assert "accepted by Bo Li." in run("accept", mark(here), *reason, *named, cwd=here, env=lone)[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["MARK", "--by", "A", "--report", "report.json"], "--reason"),
        (["MARK", "--by", "A", "--reason", " ", "--report", "report.json"], "--reason"),
        (["MARK", *WHY], "--report FILE"),
        (["MARK", *WHY, "--report", "report.json", "--in", "."], "--report FILE"),
        ([*WHY, "--report", "report.json"], "a fingerprint"),
        (["0000000000000000", *WHY, "--report", "report.json"], "no such finding in report.json"),
        (["MARK", "0000000000000000", *WHY, "--report", "report.json"], "no such finding in report.json"),
        (["abc", *WHY, "--report", "report.json"], "at least 6 digits"),
        (["MARK", *WHY, "--report", "gone.json"], "gone.json: cannot be read"),
        (["MARK", *WHY, "--report", "clean.html"], "clean.html: is no report"),
        (["MARK", *WHY, "--report", "report.json", "--until", "soon"], "is no day"),
        (["MARK", *WHY, "--report", "report.json", "--until", "2001-01-01"], "is past"),
        (["MARK", *WHY, "--report", "report.json", "--baseline", "nowhere/b.json"], "there is no folder nowhere"),
        (["MARK", *WHY, "--report", "report.json", "--baseline", "report.json"], "is not a baseline"),
    ],
)
def test_what_cannot_be_accepted_is_said_and_nothing_is_written(here: Path, arguments: list[str], says: str) -> None:
    words = [mark(here) if word == "MARK" else word for word in arguments]
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    code, out, err = run("accept", *words, cwd=here)
    assert (code, out) == (2, "")
    assert says in err and "Traceback" not in err
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_digits_that_begin_several_fingerprints_are_refused(here: Path) -> None:
    report = json.loads((here / "report.json").read_text("utf-8"))
    twin = report["findings"][0] | {"fingerprint": mark(here)[:8] + "00000000", "quote": "another"}
    report["findings"].append(twin)
    digits = mark(here)[:8]
    (here / "report.json").write_text(json.dumps(report), "utf-8")
    code, _, err = run("accept", digits, *WHY, "--report", "report.json", cwd=here)
    assert code == 2 and "2 findings begin so" in err


def test_what_was_known_and_is_accepted_is_no_longer_only_known(here: Path) -> None:
    run("baseline", "faulty.html", cwd=here)
    assert run("accept", mark(here), "--in", "faulty.html", *WHY, cwd=here)[0] == 0
    code, out, err = run("check", "faulty.html", "--baseline", "attrib-baseline.json", cwd=here)
    assert (code, err) == (0, "")
    assert "1 accepted" in out
    assert "known" not in out
