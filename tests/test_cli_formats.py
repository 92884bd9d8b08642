"""`attrib check --format NAME[:FILE]`, as a script uses it: several renditions of one report."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from attrib.cli.formats import TEXTS

from .test_cli import CLEAN, FAULTY, run

OUTSIDE = {"GITHUB_STEP_SUMMARY": ""}  # where the tests run must not matter


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "clean.html").write_text(CLEAN, "utf-8")
    (tmp_path / "faulty.html").write_text(FAULTY, "utf-8")
    return tmp_path


def test_several_formats_are_what_each_alone_would_be(here: Path) -> None:
    names = ["clean.html", "faulty.html"]
    alone = {form: run("check", *names, "--format", form, cwd=here, env=OUTSIDE) for form in TEXTS}
    assert {(code, err) for code, _, err in alone.values()} == {(1, "")}
    placed = [word for form in TEXTS if form != "terminal" for word in ("--format", f"{form}:report.{form}")]
    code, out, err = run("check", *names, *placed, "--format", "terminal", cwd=here, env=OUTSIDE)
    assert (code, out, err) == alone["terminal"]
    assert {form: (here / f"report.{form}").read_text("utf-8") for form in TEXTS if form != "terminal"} == {
        form: printed for form, (_, printed, _) in alone.items() if form != "terminal"
    }


@pytest.mark.parametrize("flags", [["--format", "json:-"], ["--format", "json", "--output", "-"]])
def test_a_dash_is_standard_output(here: Path, flags: list[str]) -> None:
    plain = run("check", "faulty.html", "--format", "json", cwd=here)
    assert run("check", "faulty.html", *flags, cwd=here) == plain
    assert not (here / "-").exists()


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize(
    ("arguments", "code"), [(["clean.html"], 0), (["faulty.html"], 1), (["faulty.html", "nowhere.html"], 2)]
)
def test_the_exit_code_is_the_same_in_every_format(here: Path, form: str, arguments: list[str], code: int) -> None:
    done, out, err = run("check", *arguments, "--format", form, cwd=here, env=OUTSIDE)
    assert done == code
    assert ("alt-missing" in out) == ("faulty.html" in arguments or form == "sarif")  # which lists all rules
    if code == 2:
        told_there = form in ("terminal", "github")
        assert err == ("" if told_there else "attrib: nowhere.html: is not there. Check the path.\n")
        assert "nowhere.html" in out and "is not there" in out


def test_junit_and_the_exit_code_agree_on_what_fails(here: Path) -> None:
    assert "<failure " in run("check", "faulty.html", "--format", "junit", cwd=here)[1]
    assert "<failure " not in run("check", "faulty.html", "--format", "junit", "--fail-on", "never", cwd=here)[1]


def test_the_summary_of_a_github_step_is_added_to(here: Path) -> None:
    summary = here / "summary.md"
    summary.write_text("# Before\n", "utf-8")
    env = {"GITHUB_STEP_SUMMARY": str(summary)}
    code, out, err = run("check", "faulty.html", "--format", "github", cwd=here, env=env)
    assert (code, err) == (1, "") and "::error file=faulty.html,line=4" in out
    written = summary.read_text("utf-8")
    assert written.startswith("# Before\n### attrib: 1 to fix") and "`alt-missing`" in written
    run("check", "faulty.html", "--format", "json", cwd=here, env=env)
    assert summary.read_text("utf-8") == written, "other formats leave it alone"
    gone = {"GITHUB_STEP_SUMMARY": str(here / "nowhere" / "summary.md")}
    code, out, err = run("check", "faulty.html", "--format", "github", cwd=here, env=gone)
    assert code == 2 and "GITHUB_STEP_SUMMARY" in err and "::error" in out


def test_a_format_with_a_file_prints_nothing_but_what_could_not_be_read(here: Path) -> None:
    code, out, err = run("check", "faulty.html", "nowhere.html", "--format", "terminal:report.txt", cwd=here)
    assert (code, out) == (2, "")
    assert err == "attrib: nowhere.html: is not there. Check the path.\n"
    assert "nowhere.html: is not there." in (here / "report.txt").read_text("utf-8")
    code, out, err = run("check", "nowhere.html", "--format", "json:report.json", "--format", "terminal", cwd=here)
    assert (code, err) == (2, "") and out.count("nowhere.html: is not there.") == 1


def test_output_is_the_file_of_the_format_without_one(here: Path) -> None:
    run("check", "faulty.html", "--format", "jsonl:a.jsonl", "--format", "json", "--output", "b.json", cwd=here)
    assert json.loads((here / "b.json").read_text("utf-8"))["findings"]
    assert len((here / "a.jsonl").read_text("utf-8").splitlines()) > 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "jsn"], "Did you mean 'json'?"),
        (["--format", "nothing-like-it"], "There are terminal, json"),
        (["--format", "json:"], "name the file after the colon"),
        (["--format", "json", "--format", "terminal"], "Give one a file: terminal:FILE."),
        (["--format", "json", "--format", "terminal", "--output", "a"], "Give one a file: terminal:FILE."),
        (["--format", "json:a", "--format", "jsonl:a"], "two formats go to a"),
        (["--format", "json:a", "--output", "b"], "every format has its own file"),
        (["--format", "json:nowhere/a"], "--format json:nowhere/a: there is no folder nowhere."),
        (["--format", "json:."], "--format json:.: is a folder."),
    ],
)
def test_what_cannot_be_meant_is_refused_before_the_work(here: Path, arguments: list[str], says: str) -> None:
    code, out, err = run("check", "faulty.html", *arguments, cwd=here)
    assert (code, out) == (2, "")
    assert says in err and "Traceback" not in err
    assert sorted(path.name for path in here.iterdir()) == ["clean.html", "faulty.html"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_file_is_refused_before_the_work(here: Path) -> None:
    (here / "kept.json").write_text("mine", "utf-8")
    (here / "kept.json").chmod(0o444)
    code, _, err = run("check", "faulty.html", "--format", "json:kept.json", cwd=here)
    assert code == 2 and "kept.json: cannot be written there" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_rendition_that_cannot_be_written_takes_no_other_with_it(here: Path) -> None:
    code, out, err = run(
        "check", "faulty.html", "--format", "json:/dev/full", "--format", "terminal", "--format", "jsonl:b", cwd=here
    )
    assert code == 2 and "/dev/full cannot be written" in err
    assert "alt-missing" in out and (here / "b").exists()


def test_a_report_among_the_articles_is_none_of_them(here: Path) -> None:
    first = run("check", ".", "--format", "html:report/", "--format", "json:one.json", cwd=here)
    again = run("check", ".", "--format", "html:report/", "--format", "json:two.json", cwd=here)
    assert first[0] == again[0] == 1
    assert (here / "one.json").read_text("utf-8") == (here / "two.json").read_text("utf-8")
    code, _, err = run("check", "report", cwd=here)
    assert code == 2 and "Nothing to check: only reports of attrib are there." in err
