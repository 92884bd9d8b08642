"""Only what changed is reported, and what it is compared with is still seen."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from attrib.fetch import changed
from attrib.model import Failure

from .pictures import jpeg, scene
from .test_cli import CLEAN, FAULTY, run


def git(folder: Path, *arguments: str) -> None:
    about = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *about, *arguments], check=True, capture_output=True)


def credited(name: str, picture: str = "https://example.org/i/quay-20240311-0042.jpg") -> str:
    return CLEAN.replace("https://example.org/i/quay.jpg", picture).replace("Ann Lee/Reuters", name)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A repository with a site in it, all committed."""
    here = tmp_path / "work"
    (here / "site").mkdir(parents=True)
    git(here, "init", "-q")
    for name in ("one.html", "two.html", "gone.html", "moved.html", "übung [1].html"):
        (here / "site" / name).write_text(FAULTY.replace("Vell", name[:3]), "utf-8")
    (here / "site" / "m.html").write_text(credited("Ida Rossi/ANSA"), "utf-8")
    (here / "site" / "local.html").write_text(CLEAN.replace("https://example.org/i/quay.jpg", "a.jpg"), "utf-8")
    (here / "site" / "a.jpg").write_bytes(jpeg(scene(1)))
    (here / ".gitignore").write_text("drafts/\n")
    git(here, "add", "-A")
    git(here, "commit", "-qm", "all of it")
    return here


def checked(here: Path, *arguments: str, names: str = "site") -> tuple[int, set[str], dict]:
    """Exit code, the pages reported on, the report."""
    code, out, err = run("check", names, "--changed-since", "HEAD", "--format", "json", *arguments, cwd=here)
    assert "Traceback" not in err
    value = json.loads(out)
    return code, {page["source"] for page in value["pages"]}, value


def test_git_is_asked_for_all_that_differs(here: Path) -> None:
    assert changed("HEAD", here) == frozenset()
    (here / "site/one.html").write_text(CLEAN, "utf-8")
    (here / "site/two.html").write_text(CLEAN, "utf-8")
    git(here, "add", "site/two.html")
    (here / "site/gone.html").unlink()
    git(here, "mv", "site/moved.html", "site/new.html")
    (here / "site/übung [1].html").write_text(CLEAN, "utf-8")
    (here / "site/ä\nb.html").write_text(CLEAN, "utf-8")
    (here / "drafts").mkdir()
    (here / "drafts/x.html").write_text(CLEAN, "utf-8")
    names = ("one", "two", "gone", "moved", "new", "übung [1]", "ä\nb")
    wanted = {str(here.resolve() / "site" / f"{name}.html") for name in names}
    assert changed("HEAD", here) == changed("HEAD", here / "site") == wanted
    git(here, "add", "-A")
    git(here, "commit", "-qm", "more")
    assert changed("HEAD~1", here) == wanted
    git(here, "config", "diff.relative", "true")
    git(here, "config", "diff.noprefix", "true")
    assert changed("HEAD~1", here / "site") == wanted


def test_only_pages_that_changed_are_reported(here: Path) -> None:
    code, pages, value = checked(here)
    assert (code, pages, value["findings"], value["skipped"]) == (0, set(), [], [])
    assert value["summary"]["unchanged"] == 7
    assert run("check", "site", "--changed-since", "HEAD", cwd=here)[1].startswith(
        "Nothing to fix: no article changed."
    )
    (here / "site/one.html").write_text(FAULTY.replace("Vell", "Wall"), "utf-8")
    (here / "site/new.html").write_text(FAULTY, "utf-8")
    code, pages, value = checked(here)
    assert (code, pages) == (1, {"site/one.html", "site/new.html"})
    assert {finding["source"] for finding in value["findings"]} == pages
    assert {source for item in value["skipped"] for source in item["sources"]} == pages
    assert checked(here / "site", names=".")[1] == {"one.html", "new.html"}


@pytest.mark.parametrize("new", ["a.html", "z.html"])
def test_what_changed_is_compared_with_all_the_rest(here: Path, new: str) -> None:
    (here / "site" / new).write_text(credited("Lars Ek/Reuters"), "utf-8")
    _, _, value = checked(here)
    (found,) = [finding for finding in value["findings"] if finding["rule"] == "credit-differs-elsewhere"]
    assert {found["source"], found["related"][0]["source"]} == {f"site/{new}", "site/m.html"}
    code, _, value = checked(here, names=f"site/{new}")
    assert (code, value["findings"]) == (0, [])


def test_a_page_whose_picture_changed_is_touched(here: Path) -> None:
    (here / "site/a.jpg").write_bytes(jpeg(scene(2)))
    assert checked(here)[1] == {"site/local.html"}
    (here / "site/a.jpg").unlink()
    assert checked(here)[1] == {"site/local.html"}


def test_what_did_not_change_does_not_fail_the_run(here: Path) -> None:
    (here / "site/empty.html").write_text("")
    (here / "site/allow.html").write_text(FAULTY.replace("<figure>", "<!-- attrib: allow alt-missing — so --><figure>"))
    git(here, "add", "-A")
    git(here, "commit", "-qm", "an empty one")
    code, _, value = checked(here)
    assert (code, value["complete"], value["failures"], value["summary"]["allowed"]) == (0, True, [], 0)
    (here / "site/empty.html").write_text("\n")
    code, _, value = checked(here)
    assert (code, value["complete"], value["failures"][0]["source"]) == (2, False, "site/empty.html")
    assert checked(here, names="nowhere.html")[0] == 2, "a name that was typed is missed, whatever changed"


def test_a_built_page_is_touched_when_its_source_is(here: Path) -> None:
    (here / "content").mkdir()
    for name in ("a", "b"):
        (here / "drafts" / name).mkdir(parents=True)
        (here / "drafts" / name / "index.html").write_text(FAULTY, "utf-8")
        (here / "content" / f"{name}.md").write_text("Words.\n")
    git(here, "add", "-A")
    git(here, "commit", "-qm", "sources")
    (here / "content/b.md").write_text("Other words.\n")
    arguments = ["--source-map", "drafts/{path}/index.html=content/{path}.md"]
    code, pages, _ = checked(here, *arguments, names="drafts/*/index.html")
    assert (code, pages) == (1, {"content/b.md"})


def test_what_git_does_not_know_is_a_wrong_command_line(here: Path, tmp_path: Path) -> None:
    for rev in ("nowhere", "--help", "-x", "HEAD:site", "", "HEAD..HEAD"):
        code, out, err = run("check", "site", f"--changed-since={rev}", cwd=here)
        assert (code, out) == (2, "") and "is no revision that git knows here" in err and "Traceback" not in err
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare/a.html").write_text(CLEAN)
    code, out, err = run("check", ".", "--changed-since", "HEAD", cwd=tmp_path / "bare")
    assert (code, out) == (2, "") and "not a git repository" in err
    code, out, err = run("check", ".", "--changed-since", "HEAD", cwd=here, env={"PATH": str(tmp_path / "bare")})
    assert (code, out) == (2, "") and "git is not installed" in err
    assert isinstance(changed("HEAD", tmp_path / "bare"), Failure)
