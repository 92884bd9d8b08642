from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrib.model import (
    Confidence,
    Credit,
    Evidence,
    Failure,
    Figure,
    Finding,
    Image,
    Kind,
    Page,
    Party,
    Region,
    Related,
    Relation,
    Report,
    Severity,
    Skipped,
    Span,
    Text,
)
from attrib.report import said, terminal, wire
from attrib.report.places import Places
from attrib.rule import rules

TEXT = "<p>A boat</p>\r\n<p>A boat</p>\n<p>😀 Photo: Ann Lee</p>\r<p>end</p>"
SCHEMA = json.loads(files("attrib").joinpath("data", "report.schema.json").read_text("utf-8"))


def validate(value: Any, part: str = "") -> None:
    schema = {"$ref": f"#/$defs/{part}", "$defs": SCHEMA["$defs"]} if part else SCHEMA
    jsonschema.Draft202012Validator(schema).validate(value)


def page(source: str = "a/boat.html") -> Page:
    credit = Credit("Photo: Ann Lee", "Photo:", (Party("Ann Lee", "Ann Lee", Kind.PERSON, Relation.CREATOR),))
    figure = Figure(
        images=(Image("boat.jpg"), Image("boat-big.jpg"), Image("boat.jpg")),
        region=Region.BODY,
        block=Span(0, 60),
        alt=Text(""),
        caption=Text("A boat"),
        credit=credit,
    )
    return Page(source, TEXT, figures=(figure, Figure((), Region.TEASER, Span(0, 1))), title="The boats")


def report() -> Report:
    second = TEXT.index("A boat", 10)
    repeated = Finding(
        at=Span(second, second + 6),
        message="The caption is printed twice.",
        remedy="Delete the second copy.",
        quote="A boat",
        rule="caption-repeated",
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        source="a/boat.html",
        related=(Related(Span(3, 9), "the first copy", quote="A boat"),),
        evidence=(Evidence("xmp", "Bo Li", "creator"),),
        picture="boat.jpg",
        fingerprint="00ff",
    )
    unsure = Finding(
        at=Span(0, 3),
        message="Is this a credit?",
        rule="credit-missing",
        severity=Severity.WARNING,
        confidence=Confidence.LOW,
        source="b.html",
        related=(Related(Span(3, 9), "here", source="a/boat.html", rule="caption-repeated"),),
        count=3,
        fingerprint="01ff",
    )
    return Report(
        pages=(page("b.html"), page()),
        findings=(unsure, repeated),
        failures=(Failure("c.html", "is empty", "Save it again."),),
        skipped=(
            Skipped("credit-contradicts-file", "file", "b.html"),
            Skipped("credit-contradicts-file", "file", "a/boat.html"),
        ),
        complete=False,
    )


def test_lines_end_as_editors_end_them_and_columns_count_code_points() -> None:
    places = Places(TEXT)
    assert places.at(0) == (1, 1)
    assert places.at(TEXT.index("\n")) == (1, 15)  # inside CR LF is still the end of the line
    assert places.at(TEXT.index("Photo")) == (3, 6)
    assert places.at(TEXT.index("end")) == (4, 4)
    assert places.at(len(TEXT)) == places.at(len(TEXT) + 9) == (4, 11)
    assert places.span(Span(3, TEXT.index("Photo")))[:4] == (1, 4, 3, 6)


@given(st.text("ab\r\n😀"), st.data())
def test_a_place_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = Places(text).at(offset)
    starts = [0]
    for i, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[i + 1 : i + 2] != "\n"):
            starts.append(i + 1)
    assert starts[line - 1] + column - 1 == offset


def test_the_json_report_keeps_its_contract() -> None:
    value = json.loads("".join(wire.check_json(report())))
    validate(value)
    assert [finding["source"] for finding in value["findings"]] == ["a/boat.html", "b.html"]
    first = value["findings"][0]
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (2, 4, 2, 10)
    assert first["related"][0] == {
        "source": "a/boat.html", "line": 1, "column": 4, "end_line": 1, "end_column": 10,
        "message": "the first copy", "rule": "", "quote": "A boat", "picture": "",
    }  # fmt: skip
    assert value["summary"] == {
        "pages": 2, "figures": 2, "errors": 1, "warnings": 1, "notices": 0, "failures": 1, "skipped": 2,
        "allowed": 0, "known": 0, "accepted": 0, "expired": 0,
        "unchanged": 0,
    }  # fmt: skip
    assert value["skipped"] == [
        {"needs": "file", "what": "", "rules": ["credit-contradicts-file"], "sources": ["a/boat.html", "b.html"]}
    ]
    assert value["complete"] is False


def test_every_key_that_is_printed_is_in_the_schema() -> None:
    """Readers learn of keys from the schema alone, so it must know them all."""

    def known(part: str, value: dict[str, Any]) -> None:
        assert set(value) <= set(SCHEMA["$defs"][part]["properties"]), part

    value = wire.report_value(report())
    assert set(value) == set(SCHEMA["properties"])
    known("summary", value["summary"])
    for part, key in (("finding", "findings"), ("failure", "failures"), ("skip", "skipped"), ("page", "pages")):
        known(part, value[key][0])
    known("related", value["findings"][0]["related"][0])
    known("evidence", value["findings"][0]["evidence"][0])
    extracted = wire.page_value(page())
    known("extract", extracted)
    known("figure", extracted["figures"][0])
    known("credit", extracted["figures"][0]["credit"])
    known("party", extracted["figures"][0]["credit"]["parties"][0])


def keys_of(node: Any, path: str = "report") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that the schema knows, wherever it stands, and every definition."""
    if isinstance(node, list):
        for item in node:
            yield from keys_of(item, path)
    elif isinstance(node, dict):
        for word, value in node.items():
            if word in ("properties", "$defs"):
                for name, inner in value.items():
                    yield f"{path}.{name}", inner
                    yield from keys_of(inner, f"{path}.{name}")
            else:
                yield from keys_of(value, path)


def test_every_key_of_the_schema_is_described() -> None:
    found = dict(keys_of(SCHEMA))
    assert len(found) > 100
    assert [name for name, node in found.items() if not node.get("description", "").endswith((".", "…"))] == []


def test_json_lines_tell_findings_from_the_rest_and_end_with_the_sum() -> None:
    lines = [json.loads(line) for line in wire.check_jsonl(report())]
    for line in lines:
        validate(line, "line")
    assert ["rule" in line for line in lines] == [True, True, False, False, False]
    assert [next(iter(line)) for line in lines[2:]] == ["failure", "skipped", "summary"]


def test_extract_gives_a_line_a_page() -> None:
    value = wire.extract_value(page())
    validate(value, "extract")
    figure = value["figures"][0]
    assert figure["images"] == ["boat.jpg", "boat-big.jpg"]
    assert (figure["alt"], figure["caption"], figure["region"], figure["line"]) == ("", "A boat", "body", 1)
    assert figure["credit"]["parties"][0]["relation"] == "creator"
    assert len(value["figures"]) == 1, "a caption without its picture is for the rules, not a figure"
    failed = wire.extract_value(Failure("c.html", "is empty", "Save it again."))
    validate(failed, "extract")
    assert failed["figures"] == []


@pytest.mark.parametrize("text", ["a\u2028b\x85c", "half \ud83d of one", 'tab\tquote"back\\'])
def test_any_text_survives_a_line_of_json(text: str) -> None:
    line = wire.dump({"x": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line.encode("utf-8")) == {"x": text}


GOLDEN = """\
1 to fix, 1 to check in 2 of 2 articles, 2 pictures checked.
1 thing could not be read, 1 rule was not checked everywhere: see the end.

a/boat.html  The boats
  2:4  error  caption-repeated  00ff
      The caption is printed twice.
      | “A boat”
      - xmp creator: Bo Li
      also 1:4 the first copy
      why  Readers see the caption twice.
      do   Delete the second copy.

b.html  The boats
  1:1  warning  credit-missing  3 times  to check, low confidence  01ff
      Is this a credit?
      also a/boat.html:1:4 here

Could not be read
  c.html: is empty. Save it again.

Not checked
  credit-contradicts-file in 2 articles: needs the picture's file (--root, --online).

"""


def test_the_terminal_report_opens_with_the_verdict_and_ends_with_what_was_not_done() -> None:
    from dataclasses import replace

    rule = replace(rules()["caption-repeated"], why="Readers see the caption twice. Source: none.")
    assert "".join(f"{line}\n" for line in terminal.check_lines(report(), {rule.name: rule})) == GOLDEN


def test_colour_changes_no_word() -> None:
    import re

    plain = list(terminal.check_lines(report(), {}))
    painted = list(terminal.check_lines(report(), {}, terminal.Paint(colour=True)))
    assert [re.sub("\x1b\\[[0-9;]*m", "", line) for line in painted] == plain
    assert plain != painted


def test_a_page_cannot_steer_the_terminal() -> None:
    from dataclasses import replace

    bad = "\x1b]0;owned\x07\x1b[2J\u202eevil"
    base = report()
    findings = tuple(
        replace(f, message=bad, quote=bad, source=bad, remedy=bad, evidence=(Evidence(bad, bad, bad),))
        for f in base.findings
    )
    evil = replace(base, findings=findings, failures=(Failure(bad, bad, bad),), skipped=(Skipped("x", bad, bad, bad),))
    text = "\n".join(terminal.check_lines(evil, {}))
    assert not set("\x1b\x07\u202e") & set(text)
    assert "<U+001B>" in text


def test_the_verdict_says_what_was_checked_and_found() -> None:
    assert said.verdict(Report()) == "Nothing was checked."
    assert said.verdict(Report(pages=(page(),))) == "Nothing to fix: 1 article, 1 picture checked."
    note = Finding(Span(0, 1), "m", severity=Severity.NOTICE, source="a/boat.html")
    assert said.verdict(Report(pages=(page(),), findings=(note,))) == "1 note: 1 article, 1 picture checked."


def test_long_quotes_keep_both_ends() -> None:
    words = " ".join(f"word{i}" for i in range(200))
    shown = "".join(terminal.Paint().wrap(said.shorten(words, 100), ""))
    assert shown.startswith("word0 ") and shown.endswith("word199") and " … " in shown


def test_the_list_of_pictures() -> None:
    lines = list(terminal.extract_text(page()))
    assert lines == [
        "a/boat.html  The boats",
        "  1. boat.jpg  and 1 other size",
        "     body, line 1",
        "     caption  A boat",
        "     credit   Photo: Ann Lee",
        "                Ann Lee (person, creator)",
        "     alt      (empty)",
        "  1 picture outside the article (teasers, logos)",
        "",
    ]
