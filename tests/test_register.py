"""The register: three formats, one meaning, and every broken row named."""

from __future__ import annotations

from datetime import date

import pytest

from attrib.model import Kind
from attrib.read.credit import parse_credit
from attrib.register import Register, RegisterError, parse_register

TOML = """
[[entry]]
name = "Inés Núñez"
aliases = ["I. Nunez"]
from = 2024-01-01
to = 2024-12-31
form = "<Name> for The Quay"

[[entry]]
name = "Reuters"
kind = "agency"

[[entry]]
name = "Shutterstock"
kind = "stock_library"
banned = true
note = "no stock pictures"
"""
CSV = """name,kind,aliases,from,to,form,banned,note
Inés Núñez,person,I. Nunez,2024-01-01,2024-12-31,<Name> for The Quay,,
Reuters,agency,,,,,no,
Shutterstock,stock library,,,,,yes,no stock pictures
"""
JSON = """{"entries": [
 {"name": "Inés Núñez", "aliases": ["I. Nunez"], "from": "2024-01-01", "to": "2024-12-31",
  "form": "<Name> for The Quay"},
 {"name": "Reuters", "kind": "agency"},
 {"name": "Shutterstock", "kind": "stock_library", "banned": true, "note": "no stock pictures"}]}"""


def bare(register: Register) -> list[tuple]:
    return [(e.name, e.kind, e.aliases, e.since, e.until, e.form, e.banned, e.note) for e in register.entries]


def test_the_three_formats_say_the_same() -> None:
    read = [
        parse_register(text, f"people{ending}") for text, ending in ((TOML, ".toml"), (CSV, ".csv"), (JSON, ".json"))
    ]
    assert bare(read[0]) == bare(read[1]) == bare(read[2])
    assert parse_register("\ufeff" + CSV.replace(",", ";").replace("I. Nunez", '"I. Nunez"'), "p.csv").find("reuters")


def test_a_party_is_found_by_spelling_alias_and_order() -> None:
    register = parse_register(TOML, "people.toml")
    for line in ("Foto: INES NUNEZ", "Foto: I. Nunez", "Núñez Inés/dpa"):
        entry = register.for_party(parse_credit(line).parties[0])
        assert entry is not None
        assert entry.name == "Inés Núñez"
    assert register.for_party(parse_credit("REX Features").parties[0]).banned  # a brand is held to its owner
    assert register.for_party(parse_credit("Foto: Ana Ruiz").parties[0]) is None


def test_a_contract_covers_its_days() -> None:
    register = parse_register("name,from,to\nAna Ruiz,2024-04-07,2024-04-10\nAna Ruiz,2024-05-01,\n", "p.csv")
    party = parse_credit("Foto: Ana Ruiz").parties[0]
    for day, valid in (
        (date(2024, 4, 7), True),
        (date(2024, 4, 10), True),
        (date(2024, 4, 11), False),
        (date(2025, 1, 1), True),
    ):
        assert register.for_party(party, day).valid_on(day) is valid
    assert register.for_party(party).valid_on(None)


def test_a_misspelt_name_finds_whom_it_may_mean() -> None:
    register = parse_register(TOML, "people.toml")
    (found,) = register.near("Inés Núnñez")
    assert found[0].name == "Inés Núñez"
    assert register.near("Bruno Keller") == ()


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("name,form\n,x\n", "p.csv", "line 2: there is no name"),
        ("name\n", "p.csv", "empty"),
        ("name,colour\nAna,red\n", "p.csv", "line 1: unknown column 'colour'"),
        ("name;name\nAna;Ben\n", "p.csv", "line 1: the column 'name' is there twice"),
        ("name,,\nAna,,\nBen,x,\n", "p.csv", "line 3: 'x' stands in a column without a name"),
        ("name,form\nAna,<Nmae>/Quay\n", "p.csv", "line 2 (Ana): the form has <Nmae>: write <Name>"),
        ('[{"name": ["Ana"]}]', "p.json", "row 1: the name is ['Ana']: write it in quotation marks"),
        ("name,from\nAna,1.4.2024\n", "p.csv", "line 2 (Ana): '1.4.2024' is no date"),
        ("name,from,to\nAna,2024-02-01,2024-01-01\n", "p.csv", "line 2 (Ana): the contract ends"),
        ("name,kind\nAna,robot\n", "p.csv", "line 2 (Ana): unknown kind 'robot'"),
        ("name,banned\nAna,perhaps\n", "p.csv", "line 2 (Ana): banned is 'perhaps': write yes or no"),
        ("name\nAna\nBen\nANA\n", "p.csv", "line 4 (ANA): also line 2 (Ana)"),
        ("name\nAna,Ben\n", "p.csv", "line 2: more values than columns"),
        ('name,note\nEva,x\n"Ana,x\nBen,y\n', "p.csv", "line 3: a quotation mark is not closed"),
        ("[[people]]\nname = 'Ana'\n", "p.toml", "expected [[entry]], found 'people'"),
        ('{"people": [{"name": "Ana"}]}', "p.json", "expected \"entries\", found 'people'"),
        ('{"entries": [{"name": "Ana"}, 3]}', "p.json", "p.json: row 2: expected a table"),
        ("[[entry]]\nname = 'Ana'\nkind = 'person'\n[[entry]]\n", "p.toml", "row 2: there is no name"),
        ("[[entry", "p.toml", "not readable as TOML"),
        ("{", "p.json", "not readable as JSON"),
        ('["Ana"]', "p.json", "row 1: expected a table"),
        ('{"entries": 3}', "p.json", "expected a list"),
        ("name\nAna\n", "p.xls", "ends in .toml, .csv or .json"),
    ],
)
def test_a_broken_register_names_its_row(text: str, source: str, said: str) -> None:
    with pytest.raises(RegisterError, match=r"^p\.") as error:
        parse_register(text, source)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Name\tKind\tForm\nAna\tPerson\t<Name>/Quay\n", "p.csv"),  # as spreadsheets save it
        ("name;kind;form;;\nAna;person;<Name>/Quay;;\n", "p.csv"),
        ('[{"name": "Ana", "kind": "PERSON", "form": "<Name>/Quay", "banned": null, "agency": null}]', "p.json"),
    ],
)
def test_what_other_programs_write_is_read(text: str, source: str) -> None:
    (entry,) = parse_register(text, source).entries
    assert (entry.name, entry.kind, entry.form, entry.banned) == ("Ana", Kind.PERSON, "<Name>/Quay", False)


def test_ten_thousand_names_are_found_as_fast_as_ten() -> None:
    rows = "\n".join(f"Person Number{n}x" for n in range(10_000))
    register = parse_register(f"name\n{rows}\n", "p.csv")
    assert len(register.entries) == 10_000
    assert register.find("person number7777X")[0].row == "line 7779"
    assert register.entries[0].kind is Kind.PERSON
