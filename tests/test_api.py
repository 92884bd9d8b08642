"""The names for programs: an article however it comes, settings as they are handed over, nothing fetched unasked."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import attrib
from attrib import check, extract, load_config
from attrib.keys import ConfigError

PAGE = (
    '<html lang=en><meta charset=utf-8><title>A quiet day</title><article><h1>A quiet day</h1><figure><img src="quay.jpg">'
    "<figcaption>Two men look at the water on the quay of Vell. <span>Photo: Ann Lee/Reuters</span></figcaption></figure>"
    "</article></html>"
)
TEXT = "IMG_1234.jpg\n\nTwo men look at the water on the quay of Vell.\n\nPhoto: Ann Lee/Reuters\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    return tmp_path


def rules(report: attrib.Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_an_article_is_a_page_a_path_or_an_address(here: Path) -> None:
    for article in (PAGE, PAGE.encode(), Path("a.html"), "a.html", here, "."):
        report = check(article)
        assert rules(report) == ["alt-missing"] and report.complete, article
    closed = check("https://example.org/a.html")
    assert not closed.complete and "the network is closed" in closed.failures[0].what
    assert [f.source for f in check(Path("nowhere.html")).failures] == ["nowhere.html"]


def test_the_name_of_a_page_says_what_kind_it_is() -> None:
    read = extract(TEXT, name="a.txt")
    assert read.kind == "text" and read.article[0].credit and read.article[0].credit.raw == "Photo: Ann Lee/Reuters"
    assert check(TEXT, name="a.txt").pages[0].source == "a.txt"


def test_extract_reads_one_article_or_says_why_not(here: Path) -> None:
    read = extract(Path("a.html"))
    assert read.article[0].caption and read.article[0].caption.value == "Two men look at the water on the quay of Vell."
    assert extract(PAGE).article == extract(PAGE.encode()).article == read.article
    for article, why in ((Path("nowhere.html"), r"nowhere\.html: is not there"), (b" ", "is empty"), (" ", "is empty")):
        with pytest.raises(ValueError, match=why):
            extract(article)
    (here / "b.html").write_text(PAGE, "utf-8")
    with pytest.raises(ValueError, match="holds several articles"):
        extract(here)


def test_only_the_settings_handed_over_hold(here: Path) -> None:
    file = here / "attrib.toml"
    file.write_text('ignore = ["alt"]\nregister = "people.csv"\n', "utf-8")
    (here / "people.csv").write_text("name,kind\nReuters,agency\n", "utf-8")
    assert rules(check(PAGE)) == ["alt-missing"]
    assert rules(check(PAGE, config=load_config(file))) == []
    file.write_text('[severity]\nalt-missing = "notice"\n', "utf-8")
    assert [f.severity for f in check(PAGE, config=load_config(file)).findings] == [attrib.Severity.NOTICE]


def test_what_a_baseline_of_the_settings_knows_is_left_out(here: Path) -> None:
    config = here / "attrib.toml"
    config.write_text('baseline = "known.json"\n', "utf-8")
    gone = (date.today() - timedelta(days=1)).isoformat()
    entry = '{{"source": "a.html", "rule": "alt-missing", "quote": "{}", "picture": "quay.jpg"{}}}'
    quote = check("a.html").findings[0].quote.replace('"', '\\"')
    for more, left in (("", []), (f', "reason": "a drawing", "by": "Eva", "until": "{gone}"', ["alt-missing"])):
        known = '{"version": 1, "findings": [' + entry.format(quote, more) + "]}"
        (here / "known.json").write_text(known, "utf-8")
        assert rules(check("a.html", config=load_config(config))) == left
    (here / "known.json").write_text("[]", "utf-8")
    with pytest.raises(ConfigError, match=r"known\.json is not a baseline"):
        check("a.html", config=load_config(config))


def test_the_names_are_a_dozen_and_each_is_there() -> None:
    assert len(attrib.__all__) == 12
    assert all(getattr(attrib, name) for name in attrib.__all__)
