"""Wordings: how a form is written, and that the table is sorted, has sources, and holds no kind that nobody asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attrib import wordings
from attrib.lexicon import table

ENTRIES = table("wordings")["wording"]
PACKAGE = Path(wordings.__file__).parent


def test_the_table_is_sorted_and_every_entry_has_its_keys() -> None:
    keys = [(e["kind"], e["language"]) for e in ENTRIES]
    assert keys == sorted(keys)
    for entry in ENTRIES:
        assert set(entry) == {"kind", "language", "source", "forms"}, entry["kind"]
        assert entry["source"]
        assert entry["forms"]


def test_a_form_stands_once_in_its_kind() -> None:
    for kind in wordings.kinds():
        forms = [form for e in ENTRIES if e["kind"] == kind for form in e["forms"]]
        assert len(forms) == len(set(forms)), kind


def test_each_kind_is_explained_and_asked_for() -> None:
    head = (PACKAGE / "data" / "wordings.toml").read_text("utf-8").split("[[wording]]")[0]
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    for kind in wordings.kinds():
        assert re.search(rf"^# {kind} ", head, re.M), kind
        assert re.search(rf"""(?:said|whole|inside)\(["']{kind}["']\)""", code), kind


@pytest.mark.parametrize("kind", wordings.kinds())
def test_every_form_is_a_pattern_that_meets_its_own_words(kind: str) -> None:
    for entry in ENTRIES:
        for form in entry["forms"] if entry["kind"] == kind else ():
            plain = re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", form))
            while "(" in plain:
                plain = re.sub(r"\(([^()|]*)[^()]*\)", r"\1", plain)
            plain = plain.replace("*", "").replace("#", "7")
            assert wordings.said(kind).search(plain), form
            assert wordings.said(kind).search(plain.upper()), form


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("archive", "File photo of the harbour", True),
        ("archive", "Two years ago, in the harbour", True),
        ("archive", "Stadtarchiv Kiel", True),
        ("archive", "Chicago in winter", False),
        ("archive", "The profile of the ridge", False),
        ("archive", "港の資料写真", True),
        ("archive", "Vor 12  Jahren am Hafen", True),
        ("machine", "Said at the mill", False),
        ("machine", "Bild: AI生成", True),
        ("machine", "Bild: KI-generiert", True),
        ("withheld", "Name withheld on request", True),
        ("restriction", "NO ARCHIVES", True),
        ("restriction", "GERMANY AND AUSTRIA OUT", True),
        ("restriction", "Casino archive", False),
    ],
)  # fmt: skip
def test_wordings_are_whole_words_unless_the_form_says_otherwise(kind: str, text: str, found: bool) -> None:
    assert bool(wordings.said(kind).search(text)) is found
