"""Credits held against a register: what outranks what, which day counts, and what 10,000 names cost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from attrib import register as room
from attrib.cli import run
from attrib.config import load_register
from attrib.engine import Settings, apply
from attrib.keys import ConfigError
from attrib.model import Confidence, Finding, Severity
from attrib.register import Register, parse_register

from .helpers import findings, read

RULES = ("credit-banned", "credit-not-in-register", "credit-expired-contract", "credit-not-in-house-form")
PUBLISHED = '<meta property="article:published_time" content="{}T08:00:00Z">'


def said(credit: str, *facts: str, published: str = "", **settings: object) -> list[Finding]:
    """What is said of one picture credited like this; a fact of no kind is a row of the register."""
    lines = [fact if fact.startswith("file ") else f"register {fact}" for fact in facts]
    head = PUBLISHED.format(published) if published else ""
    page = f'{head}<figure><img src="a.jpg" alt="A"><figcaption>A ferry leaves the harbour at dawn. <i class="credit">{credit}</i></figcaption></figure>'
    return findings(page, facts=lines, select=RULES, **settings)


def named(found: list[Finding]) -> list[str]:
    return [f"{f.rule} {f.severity}" for f in found]


@pytest.mark.parametrize(
    ("credit", "rows", "expected"),
    [
        # banned: whoever is named beside, and through brands; only a person may be a namesake
        ("Photo: Shutterstock", ["stock_library Shutterstock, banned"], ["credit-banned error"]),
        ("Jane Doe/Shutterstock", ["stock_library Shutterstock, banned", "person Jane Doe"], ["credit-banned error"]),
        ("AP via Getty Images", ["agency Getty Images, banned", "agency AP"], ["credit-banned error"]),
        ("Photo: Jane Doe", ["person Jane Doe, banned"], ["credit-banned error"]),
        ("Photo: Jane Doe/AFP", ["person Jane Doe, banned"], ["credit-banned warning"]),
        ("Photo: Jane Doe/AFP", ["person Jane Doe, agency AFP, banned"], ["credit-banned error"]),
        ("Photo: Janet Doering", ["person Jane Doe, banned"], []),
        # unknown: a notice; one letter away: a warning; through an agency: nothing
        ("Photo: Bruno Keller", ["person Jane Doe"], ["credit-not-in-register notice"]),
        ("Photo: Jane Do", ["person Jane Doe"], ["credit-not-in-register notice"]),
        ("Photo: Marta Iglesais", ["person Marta Iglesias"], ["credit-not-in-register warning"]),
        ("Photo: R. F. Bukaty", ["person Robert Bukaty"], ["credit-not-in-register notice"]),
        ("Photo: Bruno Keller/AFP", ["person Jane Doe"], []),
        ("Photo: Bruno Keller/AFP", ["person Jane Doe", "agency AFP"], []),
        ("Photo: Bruno Keller/AFP", ["person Jane Doe", "agency Reuters"], ["credit-not-in-register notice"]),
        ("AFP via Getty Images", ["agency AFP"], []),
        ("Photo: Bruno Keller/Küstenbild", ["person Jane Doe", "agency Küstenbild"], []),
        ("Photo: Associated Press", ["agency AP"], []),
        ("Photo: AP", ["agency The Associated Press"], []),
        ("Photo: Bruno Keller/Invision", ["agency AP"], []),
        ("Photo: Jane Doe/AFP", ["person Jane Doe, agency AFP", "agency Reuters"], []),
        ("Photo: Ben Roe/AFP", ["person Jane Doe, agency AFP", "agency Reuters"], ["credit-not-in-register notice"]),
        # permission from elsewhere, and registers that do not speak of people or of agencies
        ("Uwe Tammen/Wikimedia Commons/CC BY-SA 4.0", ["person Jane Doe"], []),
        ("Handout: Bruno Keller", ["person Jane Doe"], []),
        ("Courtesy of Bruno Keller", ["person Jane Doe"], []),
        ("Photo: Bruno Keller", ["stock_library Shutterstock, banned"], []),
        ("Photo: Reuters", ["stock_library Shutterstock, banned"], []),
        # the same name, whatever case, order, accents and letters
        ("Photo: JANE DOE", ["person Jane Doe"], []),
        ("Photo: Ines Nunez", ["person Inés Núñez"], ["credit-not-in-house-form notice"]),
        ("Photo: I. Nunez", ["person Inés Núñez, aliases I. Nunez"], ["credit-not-in-house-form notice"]),
        # the form
        ("Photo: Jane Doe", ["person Jane Doe, form <Name> for The Quay"], ["credit-not-in-house-form warning"]),
        ("JANE DOE FOR THE QUAY", ["person Jane Doe, form <Name> for The Quay"], []),
        ("Photo: Jane Doe and Ana Ruiz for The Quay", ["person Jane Doe, form <Name> for The Quay", "person Ana Ruiz"], []),
        ("Photo: Jane Doe / AFP", ["agency AFP, form <Name>/AFP"], []),
        ("Photo: AFP, Jane Doe", ["agency AFP, form <Name>/AFP"], ["credit-not-in-house-form warning"]),
        ("Photo: AFP", ["agency AFP, form <Name>/AFP"], []),
        ("Photo: Jane Doe", ["person Jane Doe, agency Küstenbild"], ["credit-not-in-house-form warning"]),
        ("Photo: Jane Doe, Küstenbild", ["person Jane Doe, agency Küstenbild"], []),
        ("Photo: Jane Doe/AFP", ["person Jane Doe, form <Name> for The Quay"], []),
    ],
)  # fmt: skip
def test_a_credit_is_held_against_the_register(credit: str, rows: list[str], expected: list[str]) -> None:
    found = said(credit, *rows)
    assert named(found) == expected
    for finding in found:
        assert {e.origin for e in finding.evidence} >= {"page"}
        assert all(e.field.startswith("people.json, row ") for e in finding.evidence if e.origin == "register")


CONTRACT = "person Jane Doe, from 2020-01-01, to 2022-12-31"


@pytest.mark.parametrize(
    ("credit", "published", "dates", "confidence"),
    [
        ("Photo: Jane Doe", "", ["xmp dateCreated = 2023-01-01"], Confidence.HIGH),
        ("Photo: Jane Doe", "", ["iim dateCreated = 2019-12-31T23:00:00"], Confidence.HIGH),
        ("Photo: Jane Doe", "", ["exif dateCreated = 2023-01-01"], Confidence.MEDIUM),
        ("Photo: Jane Doe", "2023-05-01", [], Confidence.MEDIUM),
        ("Photo: Jane Doe", "2023-05-01", ["xmp dateCreated = 2022-12-31"], None),
        ("Photo: Jane Doe", "", ["iim dateCreated = 2022-12-31", "xmp dateCreated = 2023-01-01"], None),
        ("Photo: Jane Doe", "", ["xmp dateCreated = 2022-06-01", "exif dateCreated = 2000-01-01"], None),
        ("Photo: Jane Doe", "2022-12-31", ["xmp dateCreated = 0000-00-00"], None),
        ("Photo: Jane Doe", "", [], None),
        ("File photo: Jane Doe", "2023-05-01", [], None),
        ("© 2022 Jane Doe", "2023-05-01", [], None),
        ("Photo: Jane Doe/AFP", "2023-05-01", [], None),
        ("Courtesy of Jane Doe", "2023-05-01", [], None),
    ],
)
def test_the_day_a_contract_is_held_against(
    credit: str, published: str, dates: list[str], confidence: Confidence | None
) -> None:
    found = said(credit, CONTRACT, *(f"file a.jpg: {date}" for date in dates), published=published)
    assert [f.confidence for f in found if f.rule == "credit-expired-contract"] == ([confidence] if confidence else [])


def test_a_contract_of_several_terms_and_the_house_of_a_person() -> None:
    rows = [CONTRACT, "person Jane Doe, from 2024-01-01"]
    gap, _ = said("Photo: Doe Jane", *rows, "file a.jpg: xmp dateCreated = 2023-06-01")
    assert "ended on 2022-12-31; the picture was taken on 2023-06-01" in gap.message
    assert said("Photo: Jane Doe", *rows, published="2024-06-01") == []
    (agency,) = said("Photo: Jane Doe/Reuters", "agency Reuters, to 2022-12-31", published="2023-01-01")
    assert "Reuters" in agency.message
    bound = [CONTRACT + ", agency Reuters", "agency Reuters"]
    assert len(said("Photo: Jane Doe/Reuters", *bound, published="2023-01-01")) == 1


def test_a_spelling_and_a_form_are_asked_for_in_their_own_words() -> None:
    rows = ["person Inés Núñez, form <Name> for The Quay"]
    (spelt,) = said("Photo: Ines Nunez for The Quay", *rows)
    assert (spelt.severity, spelt.remedy) == (Severity.NOTICE, "Print “Inés Núñez”.")
    assert spelt.message.startswith("The register spells the name “Inés Núñez”")
    (formed,) = said("Photo: Inés Núñez", *rows)
    assert (formed.severity, formed.remedy) == (Severity.WARNING, "Print “Inés Núñez for The Quay”.")
    assert formed.message.startswith("The register wants the credit “Inés Núñez for The Quay”")


def test_a_ban_holds_for_what_is_printed_on_its_days() -> None:
    row, taken = "person Jane Doe, banned, from 2023-01-01", "file a.jpg: xmp dateCreated = 2021-01-01"
    assert named(said("Photo: Jane Doe", row, taken, published="2023-02-01")) == ["credit-banned error"]
    assert said("Photo: Jane Doe", row, taken, published="2022-02-01") == []


def article(*lines: str) -> str:
    """An article with a picture for each credit."""
    figure = '<figure><img src="ferry-{0}.jpg" alt="A"><figcaption>Ferry number {0} leaves at dawn. <i class="credit">{1}</i></figcaption></figure>'
    prose = "<p>The harbour was quiet all week, and nobody could say when the next ferry would leave it again.</p>"
    body = prose.join(figure.format(n, credit) for n, credit in enumerate(lines))
    return f"<!doctype html><title>Ferries</title><article><h1>Ferries</h1>{prose}{body}{prose}</article>"


def test_one_unknown_name_is_said_once_a_page() -> None:
    page = article(*["Photo: Bruno Keller"] * 3)
    (found,) = findings(page, facts=["register person Jane Doe"], select=("credit-not-in-register",))
    assert (found.count, len(found.related), found.severity) == (3, 2, Severity.NOTICE)


def test_without_a_register_nothing_is_missed_unless_it_was_asked_for_by_name() -> None:
    page = read(
        '<figure><img src="a.jpg" alt="A"><figcaption>A ferry. <i class="credit">Photo: Bo Ek</i></figcaption></figure>'
    )
    for select in ((), ("credit",), ("register",), ("credit-*",)):
        report = apply([page], Settings(select=select))
        assert not {s.rule for s in report.skipped} & set(RULES)
        assert not {f.rule for f in report.findings} & set(RULES)
    report = apply([page], Settings(select=("credit-banned",)))
    assert [(s.rule, s.needs) for s in report.skipped] == [("credit-banned", "register")]


PAGE = (
    "<!doctype html><title>T</title><article><h1>T</h1><p>Words of the article, which are enough.</p>"
    '<figure><img src="a.jpg" alt="A"><figcaption>A ferry. <i class="credit">Photo: Bo Ek</i></figcaption></figure></article>'
)


def test_the_settings_and_the_command_line_name_a_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.html").write_text(PAGE, "utf-8")
    (tmp_path / "attrib.toml").write_text('register = "people.toml"\nselect = ["register"]\n', "utf-8")
    (tmp_path / "people.toml").write_text('[[entry]]\nname = "Bo Ek"\nbanned = true\n', "utf-8")
    (tmp_path / "site/fine.csv").write_text("\ufeffname;kind\nBo Ek;person\n", "utf-8")
    monkeypatch.chdir(tmp_path / "site")
    assert run(["check", "a.html"]) == 1
    assert "register ../people.toml, row 1: Bo Ek, banned" in capsys.readouterr().out
    assert run(["check", "a.html", "--register", "fine.csv", "--fail-on", "notice"]) == 0
    assert run(["check", "a.html", "--register", "none", "--fail-on", "notice"]) == 0
    for rows, says in (
        (b"name,from\nBo Ek,soon\n", "broken.csv: line 2 (Bo Ek): 'soon' is no date"),
        (b"name\nBo\xff\n", "broken.csv: line 2: is not UTF-8"),
    ):
        (tmp_path / "site/broken.csv").write_bytes(rows)
        assert run(["check", "a.html", "--register", "broken.csv"]) == 2
        assert says in capsys.readouterr().err
    (tmp_path / "people.toml").unlink()
    assert run(["check", "a.html"]) == 2
    assert "../people.toml: is not there" in capsys.readouterr().err
    assert run(["fix", "a.html", "--diff"]) == 0, "mending asks no register"
    with pytest.raises(ConfigError, match="is a folder"):
        load_register(tmp_path)


FIRST = ["Ana", "Bo", "Carl", "Dora", "Eva", "Finn", "Greta", "Hans", "Ines", "Jon"]


def people(count: int) -> Register:
    """So many people, of whom each shares the first name with a tenth of all."""
    spelt = [str(n).translate(str.maketrans("0123456789", "aeioubdkmn")) for n in range(count)]
    rows = [{"name": f"{FIRST[n % 10]} {'SBDFGHKLMNPRTV'[n // 10 % 14]}ten{spelt[n]}lund"} for n in range(count)]
    return parse_register(json.dumps(rows), "people.json")


class Counted(dict):  # type: ignore[type-arg]
    """A dictionary that counts what it is asked."""

    asked = 0

    def get(self, key, default=None):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().get(key, default)

    def __iter__(self):  # type: ignore[no-untyped-def]
        raise AssertionError("a register is looked up, never read through")


def test_ten_thousand_names_are_as_much_work_to_check_as_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(article("Photo: Ana Stenalund", "Photo: Bruno Keller", "Photo: Ana Stenalnud", "Photo: Jane Doe/AFP"))
    compared: list[str] = []
    match = room.match_people
    monkeypatch.setattr(room, "match_people", lambda a, b: compared.append(b) or match(a, b))
    asked: dict[int, int] = {}
    for count in (10, 10_000):
        register = people(count)
        index = Counted(register.index)
        compared.clear()
        report = apply([page], Settings(select=RULES, register=Register(register.entries, index, register.source)))
        assert [f.rule for f in report.findings] == ["credit-not-in-register"] * 2
        asked[count] = index.asked
    assert asked[10] == asked[10_000]
    assert len(compared) <= 100, "an unknown name is compared with those near it only"
