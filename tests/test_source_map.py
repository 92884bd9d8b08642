"""A report on built pages names the files that they were made from, where a finding is mended."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from .test_cli import CLEAN, FAULTY, SCHEMA, run

CAPTION = "Two men look at the water on the quay of Vell."
REPEATED = CLEAN.replace("</figcaption>", f"</figcaption><p>{CAPTION}</p><p>{CAPTION}</p>")
MAP = "public/{path}/index.html=content/{path}.md"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A built site and most of its sources."""
    for name, page in {"a": REPEATED, "b": FAULTY, "c": FAULTY, "d": FAULTY}.items():
        (tmp_path / "public" / name).mkdir(parents=True)
        (tmp_path / "public" / name / "index.html").write_text(page, "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\n---\n\nWords.\n\n  {CAPTION.replace(' look', '  look')}\n")
    (tmp_path / "content/b.md").write_text("---\ntitle: Ä\n---\n😀 ![](/i/quay.jpg)\n", "utf-8")
    (tmp_path / "content/c.md").write_text("![](/i/quay.jpg)\n![](/i/quay.jpg)\n")
    return tmp_path


def checked(here: Path, *arguments: str) -> list[dict]:
    code, out, err = run("check", "public", "--format", "json", *arguments, cwd=here)
    assert (code, err) == (1, "")
    value = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert {f["source"] for f in value["findings"]} <= {page["source"] for page in value["pages"]}
    return [finding for finding in value["findings"] if finding["severity"] == "error"]


def test_findings_stand_at_the_words_they_quote_or_at_the_first_line(here: Path) -> None:
    places = {f["source"]: (f["line"], f["column"], f.get("built")) for f in checked(here, "--source-map", MAP)}
    assert places == {
        "content/a.md": (7, 3, "public/a/index.html"),  # whatever white space is between the words
        "content/b.md": (4, 10, "public/b/index.html"),  # at the picture's name
        "content/c.md": (1, 1, "public/c/index.html"),  # which of the two?
        "public/d/index.html": (4, 9, None),
    }
    plain = checked(here)
    mapped = checked(here, "--source-map", MAP)
    assert [f["fingerprint"] for f in plain] == [f["fingerprint"] for f in mapped]
    assert [f["fixable"] for f in plain] == [True, False, False, False]
    assert not any(f["fixable"] for f in mapped), "a fix is made for the built page"
    assert all("built" not in finding for finding in plain)


def test_related_places_are_told_there_as_well(here: Path) -> None:
    (finding, *_) = checked(here, "--source-map", MAP)
    assert {place["source"] for place in finding["related"]} == {"content/a.md"}


def test_every_format_names_the_source(here: Path) -> None:
    forms = ["terminal", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"]
    arguments = [part for form in forms for part in ("--format", f"{form}:{form}.out")]
    assert run("check", "public", "--source-map", MAP, *arguments, cwd=here)[0] == 1
    for form in forms:
        text = (here / f"{form}.out").read_text("utf-8")
        assert "content/b.md" in text, form
        assert form == "jsonl" or "public/b/index.html" not in text, form
        assert "public/d/index.html" in text, form
    assert "::error file=content/b.md,line=4," in (here / "github.out").read_text("utf-8")
    (place,) = [d["location"] for d in json.loads((here / "rdjson.out").read_text())["diagnostics"]
                if d["location"]["path"] == "content/b.md" and d["code"]["value"] == "alt-missing"]  # fmt: skip
    assert place["range"]["start"] == {"line": 4, "column": 13}, "in bytes, of which a smiley has four"


def test_the_page_for_editors_stays_with_the_built_pages_and_links_to_the_source(here: Path) -> None:
    (here / "attrib.toml").write_text(
        f'source-map = "{MAP}"\nedit-url = "https://cms.example/edit?file={{source}}&line={{line}}"\n'
    )
    assert run("check", "public", "--format", "html:report.html", cwd=here)[0] == 1
    page = (here / "report.html").read_text("utf-8")
    assert "https://cms.example/edit?file=content/a.md&amp;line=7" in page
    assert "https://cms.example/edit?file=public/d/index.html&amp;line=4" in page
    assert 'data-source="public/a/index.html"' in page and "<mark>" in page


def test_baselines_know_the_built_pages(here: Path) -> None:
    assert run("baseline", "public", cwd=here)[0] == 0
    (here / "attrib.toml").write_text(f'source-map = ["{MAP}"]\nbaseline = "attrib-baseline.json"\n')
    assert run("check", "public", cwd=here)[0] == 0


def test_a_map_is_seen_from_the_folder_of_the_settings_and_a_typed_one_from_here(here: Path) -> None:
    (here / "attrib.toml").write_text(f'source-map = "{MAP}"\n')
    code, out, _ = run("check", ".", "--format", "jsonl", cwd=here / "public")
    assert code == 1 and '"source": "../content/b.md"' in out
    out = run("check", ".", "--format", "jsonl", "--source-map", "none", cwd=here / "public")[1]
    assert '"source": "b/index.html"' in out and "content" not in out
    out = run("check", ".", "--format", "jsonl", "--source-map", "{path}/index.html=c/{path}.md", cwd=here / "public")[
        1
    ]
    assert "content" not in out


@pytest.mark.parametrize(
    ("value", "says"),
    [("huggo", "neither a pattern"), ("public/{path}", "neither a pattern"), ("a/{x}=b/{y}", "behind the equals sign")],
)
def test_a_map_that_means_nothing_is_a_wrong_command_line(here: Path, value: str, says: str) -> None:
    code, out, err = run("check", "public", "--source-map", value, cwd=here)
    assert (code, out) == (2, "") and says in err and "--source-map" in err
    (here / "attrib.toml").write_text(f'source-map = ["{value}"]\n')
    code, out, err = run("check", "public", cwd=here)
    assert (code, out) == (2, "") and says in err and "attrib.toml: source-map" in err
