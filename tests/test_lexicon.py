"""The tables: in order, without duplicates, each entry with its source, and no spelling that belongs to two."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from attrib.lexicon import (
    DATA,
    Name,
    agencies,
    credit_words,
    fold,
    markers,
    name_of,
    names,
    organisations,
    platforms,
    publishers,
    role_words,
    roles,
    table,
    word_set,
)
from attrib.model import Kind

ROLES = {
    *("handout", "pool", "file", "stock", "supplied", "courtesy", "screenshot", "social_media", "illustration"),
    *("photo_illustration", "composite", "rendering", "film_still", "infographic", "ai_generated", "symbol"),
    *("stringer", "private", "commissioned", "uncredited", "video", "data_source"),
}
TABLES = {"agencies": agencies, "publishers": publishers, "platforms": platforms, "organisations": organisations}


@pytest.mark.parametrize("read", TABLES.values(), ids=TABLES)
def test_a_table_is_sorted_and_every_entry_has_a_source(read) -> None:
    entries: tuple[Name, ...] = read()
    assert [e.name for e in entries] == sorted((e.name for e in entries), key=str.casefold)
    assert [e.name for e in entries if not e.source] == []
    for entry in entries:
        assert list(entry.aliases) == sorted(entry.aliases, key=str.casefold), entry.name


def test_no_spelling_belongs_to_two() -> None:
    owners = Counter(
        key
        for read in TABLES.values()
        for entry in read()
        for key in {fold(spelling) for spelling in (entry.name, *entry.aliases)}
    )
    assert [key for key, count in owners.items() if count > 1] == []
    assert "" not in owners


def test_a_parent_is_itself_in_the_tables() -> None:
    for read in TABLES.values():
        for entry in read():
            if entry.parent:
                assert name_of(entry.parent) is not None, f"{entry.name}: {entry.parent}"
                assert name_of(entry.parent) is not entry


def test_partners_are_other_agencies_of_the_table() -> None:
    known = {entry.name for entry in agencies()}
    for entry in agencies():
        assert set(entry.partners) <= known - {entry.name}, entry.name
        assert list(entry.partners) == sorted(set(entry.partners))


def test_agencies_are_of_an_agencys_kind_and_years_make_sense() -> None:
    for entry in agencies():
        assert entry.kind in (Kind.AGENCY, Kind.COLLECTION, Kind.STOCK_LIBRARY)
        assert re.fullmatch(r"[A-Z]{2}", entry.country), entry.name
        if entry.since and entry.until:
            assert entry.since <= entry.until


def test_a_house_is_found_whatever_the_capitals() -> None:
    for spelling in ("Agence France-Presse", "AGENCE FRANCE PRESSE", "agence france-presse", "ＡＦＰ"):
        found = name_of(spelling)
        assert found is not None
        assert found.name == "AFP"
    assert name_of("No Such House") is None


def test_roles_are_those_of_the_wire_sorted_with_a_source() -> None:
    found = [r.role for r in roles()]
    assert found == sorted(found)
    assert set(found) == ROLES
    assert all(entry["source"] for entry in table("roles")["role"])


def test_a_role_word_means_one_role_and_stands_once_in_its_language() -> None:
    meant: dict[str, set[str]] = {}
    for role in roles():
        for lang, words in role.words.items():
            folded = [w.casefold() for w in words]
            assert len(folded) == len(set(folded)), f"{role.role} {lang}: {Counter(folded).most_common(1)}"
            for word in words:
                meant.setdefault(fold(word), set()).add(role.role)
    assert {word: found for word, found in meant.items() if len(found) > 1} == {}
    assert role_words()["archivfoto"] == "file"


def test_markers_stand_sorted_by_language_and_once_in_each() -> None:
    langs = [entry["lang"] for entry in table("credit-words")["marker"]]
    assert langs == sorted(langs)
    seen = Counter((m.lang, m.place, m.words.casefold()) for m in markers())
    assert [key for key, count in seen.items() if count > 1] == []
    for marker in markers():
        assert set(marker.roles) <= ROLES, marker
        assert fold(marker.words), marker


def test_every_word_list_has_a_source() -> None:
    for kind, groups in table("credit-words")["words"].items():
        assert groups.get("source"), kind
        assert word_set(kind)


@pytest.mark.parametrize("line", ["Foto", "写真", "Ljósmynd", "Фото", "사진", "Ảnh", "Isithombe", "צילום", "nuotr"])
def test_markers_of_many_languages_are_known(line: str) -> None:
    assert fold(line) in credit_words() or fold(line) in credit_words("after")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Łukasz Żal", "lukasz zal"),
        ("Straße", "STRASSE"),
        ("O’Brien", "O'Brien"),
        ("dpa-Zentralbild", "DPA Zentralbild"),
    ],
)
def test_folding_makes_spellings_equal(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_tables_are_read_once() -> None:
    assert table("agencies") is table("agencies")
    assert names() is names()


def test_a_table_reads_the_same_where_python_keeps_no_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = dict(table("roles"))
    monkeypatch.setattr("attrib.lexicon._kept", lambda path: False)
    table.cache_clear()
    try:
        assert dict(table("roles")) == kept
    finally:
        table.cache_clear()


def test_words_of_class_names_are_small_sorted_and_have_a_source() -> None:
    entries = table("class-names")["class"]
    assert len({entry["kind"] for entry in entries}) == len(entries)
    for entry in entries:
        assert entry["source"], entry["kind"]
        assert entry["words"] == sorted({word.lower() for word in entry["words"]}), entry["kind"]


def test_stems_of_class_names_are_sorted_and_have_a_source() -> None:
    entries = table("class-names")["stem"]
    assert len({(entry["kind"], entry["language"]) for entry in entries}) == len(entries)
    for entry in entries:
        assert entry["source"], entry["kind"]
        assert entry["stems"] == sorted(set(entry["stems"])), entry["kind"]


def test_what_class_names_say_is_explained_and_asked_for() -> None:
    head = (DATA / "class-names.toml").read_text("utf-8").split("[[class]]")[0]
    code = (DATA.parent / "read" / "page" / "marks.py").read_text("utf-8")
    kinds = {entry["kind"] for name in ("class", "stem") for entry in table("class-names")[name]}
    assert [kind for kind in sorted(kinds) if not re.search(rf"^# {kind} ", head, re.M)] == []
    assert [kind for kind in sorted(kinds) if f"'{kind}'" not in code and f'"{kind}"' not in code] == []


def test_what_addresses_say_of_renditions_is_sorted_once_and_has_a_source() -> None:
    entries = table("renditions")["rendition"]
    for entry in entries:
        assert entry["source"], entry["language"]
        by = int if entry["kind"] == "width" else str
        assert entry["words"] == sorted(set(entry["words"]), key=by), (entry["kind"], entry["language"])
    words = [word for entry in entries if entry["kind"] == "word" for word in entry["words"]]
    assert len(words) == len(set(words))
