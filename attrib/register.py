"""Whom this newsroom may credit: people and houses, how they are spelled, until when, and in which form.

In: the text of a TOML, CSV or JSON file. Out: `Register`, which answers for one credit or one name. A row that cannot
be read is a `RegisterError` that names the row: a register that is half understood protects nobody.

    name      as it must be printed (required)           kind    person (default), agency, publisher, …
    aliases   other spellings, separated by ";" in CSV   form    the required credit, with <Name> for the photographer
    from, to  dates of the contract, ISO, both included  banned  true: must not be credited
    agency    the house a person is credited with        note    for whoever reads the finding
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from pathlib import PurePath
from typing import Any

from .lexicon import fold, name_of
from .match import Answer, Verdict, match_people, spellings
from .model import HOUSES, Kind, Party

__all__ = ["Entry", "Register", "RegisterError", "parse_register"]


class RegisterError(ValueError):
    """A register that cannot be read. The message names the file, the row, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: somebody who may (or must not) be credited."""

    name: str
    kind: Kind = Kind.PERSON
    aliases: tuple[str, ...] = ()
    agency: str = ""
    since: date | None = None
    until: date | None = None
    form: str = ""
    banned: bool = False
    note: str = ""
    row: str = ""  # where it stands, for messages: "row 3", "line 7"

    def valid_on(self, day: date | None) -> bool:
        """Whether the contract covers this day; an entry without dates, or no day, is always covered."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def says(self) -> str:
        """The row in words, to be quoted as evidence."""
        parts = [self.name]
        parts += [f"of {self.agency}"] if self.agency else []
        parts += [f"from {self.since}"] if self.since else []
        parts += [f"to {self.until}"] if self.until else []
        parts += [f"credit “{self.form}”"] if self.form else []
        parts += ["banned"] if self.banned else []
        return ", ".join([*parts, *([self.note] if self.note else [])])


@dataclass(frozen=True, slots=True)
class Register:
    """All entries, and the index that makes 10,000 of them as quick as ten."""

    entries: tuple[Entry, ...]
    index: Mapping[str, tuple[Entry, ...]]
    source: str = ""
    # A word of a name and the first letter of another, filled when the first unknown name is met: most runs meet none.
    _nearby: dict[tuple[str, str], list[Entry]] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def lists_people(self) -> bool:
        """Whether it names people who may be credited; one that does not says nothing of those it leaves out."""
        return any(entry.kind is Kind.PERSON and not entry.banned for entry in self.entries)

    @property
    def lists_houses(self) -> bool:
        """Whether it names agencies who may be credited."""
        return any(entry.kind in HOUSES and not entry.banned for entry in self.entries)

    def find(self, name: str) -> tuple[Entry, ...]:
        """The entries with this name or alias, whatever the case, the accents and the order of the words."""
        key = fold(name)
        return self.index.get(key) or self.index.get(" ".join(sorted(key.split())), ())

    def of_party(self, party: Party) -> tuple[Entry, ...]:
        """The entries a party of a credit stands for; a brand stands for its owner when it has none of its own."""
        found = self.find(party.name) or self.find(party.canonical)
        if not found and party.kind in HOUSES:
            house = name_of(party.canonical)
            found = self.find(house.parent) if house and house.parent else ()
        return found

    def for_party(self, party: Party, day: date | None = None) -> Entry | None:
        """The entry a party of a credit stands for: one whose contract covers the day comes first."""
        found = self.of_party(party)
        return next((e for e in found if e.valid_on(day)), found[0] if found else None)

    def near(self, name: str, limit: int = 3) -> tuple[tuple[Entry, Verdict], ...]:
        """People the name may be meant for: initials left out, other letters, one typing error.

        Only those are compared who share a whole word with it and begin another with the same letter.
        """
        if not self._nearby:
            for entry in self.entries:
                if entry.kind is Kind.PERSON and not entry.banned:
                    for key in _near_keys(entry.name):
                        self._nearby.setdefault(key, []).append(entry)
        found = []
        people = {entry.row: entry for key in _near_keys(name) for entry in self._nearby.get(key, ())}
        for entry in people.values():
            verdict = match_people(name, entry.name)
            if verdict.answer is Answer.AGREES:
                found.append((entry, verdict))
                if len(found) == limit:
                    break
        return tuple(found)


def _near_keys(name: str) -> dict[tuple[str, str], None]:
    """Each word of a name with the first letter of each other word, in every way the name is typed."""
    return {
        (word, other[0]): None
        for spelling in spellings(name)
        for words in (spelling.split(),)
        for i, word in enumerate(words)
        for j, other in enumerate(words)
        if i != j and len(word) > 1
    }


_KEYS = {
    "name": "name",
    "kind": "kind",
    "aliases": "aliases",
    "alias": "aliases",
    "agency": "agency",
    "from": "since",
    "since": "since",
    "to": "until",
    "until": "until",
    "form": "form",
    "credit": "form",
    "banned": "banned",
    "note": "note",
}


def parse_register(text: str, source: str) -> Register:
    """Read a register; `source` is its name, whose ending (.toml, .csv, .json) tells the format.

    TOML holds `[[entry]]` tables, JSON a list of objects (or one under "entries"), CSV a header row. Raises
    RegisterError, naming the row, for an unknown column, a missing name, a date that is none, dates the wrong way
    round, or a name that belongs to two rows valid at the same time.
    """
    rows = _rows(text.removeprefix("\ufeff"), source)
    entries = tuple(_entry(row, where, source) for where, row in rows)
    if not entries:
        raise RegisterError(f"{source}: the register is empty: give it at least one row with a name")
    return Register(entries, _index(entries, source), source)


def _rows(text: str, source: str) -> list[tuple[str, Mapping[str, Any]]]:
    ending = PurePath(source).suffix.lower()
    if ending == ".csv":
        return _csv(text, source)
    if ending not in (".toml", ".json"):
        raise RegisterError(f"{source}: a register ends in .toml, .csv or .json")
    try:
        read = tomllib.loads(text) if ending == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise RegisterError(f"{source}: not readable as {ending[1:].upper()}: {problem}") from problem
    if isinstance(read, dict):
        key, shown = ("entry", "[[entry]]") if ending == ".toml" else ("entries", '"entries"')
        if read and key not in read:
            raise RegisterError(f"{source}: expected {shown}, found {next(iter(read))!r}")
        read = read.get(key, [])
    return _listed(read, source)


def _listed(rows: Any, source: str) -> list[tuple[str, Mapping[str, Any]]]:
    if not isinstance(rows, list):
        raise RegisterError(f"{source}: expected a list of entries")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise RegisterError(f"{source}: row {number}: expected a table with a name, not {row!r}")
    return [(f"row {number}", row) for number, row in enumerate(rows, 1)]


def _csv(text: str, source: str) -> list[tuple[str, Mapping[str, Any]]]:
    sample = text.split("\n", 1)[0]
    reader = csv.DictReader(StringIO(text), delimiter=max(",;\t", key=sample.count), strict=True)
    rows: list[tuple[str, Mapping[str, Any]]] = []
    try:
        columns = [name.strip().lower() for name in reader.fieldnames or ()]
        _known([name for name in columns if name], f"{source}: line 1")
        if twice := [name for i, name in enumerate(columns) if name and name in columns[:i]]:
            raise RegisterError(f"{source}: line 1: the column {twice[0]!r} is there twice")
        reader.fieldnames = [name or f"column {number}" for number, name in enumerate(columns, 1)]
        for row in reader:
            where = f"line {reader.line_num}"
            if None in row:
                raise RegisterError(
                    f"{source}: {where}: more values than columns: quote a value that holds the separator"
                )
            filled = {k: v.strip() for k, v in row.items() if v and v.strip()}
            if stray := [v for k, v in filled.items() if k not in columns]:
                raise RegisterError(f"{source}: {where}: {stray[0]!r} stands in a column without a name")
            if filled:
                rows.append((where, filled))
    except csv.Error as problem:
        at = f"{source}: line {reader.line_num + 1}"
        raise RegisterError(f"{at}: a quotation mark is not closed, or not doubled ({problem})") from problem
    return rows


def _entry(row: Mapping[str, Any], where: str, source: str) -> Entry:
    at = f"{source}: {where}"
    _known(row, at)
    values = {_KEYS[key]: value for key, value in row.items() if value is not None}
    name = _text(values.get("name"), "name", at)
    if not name:
        raise RegisterError(f"{at}: there is no name")
    form = _text(values.get("form"), "form", f"{at} ({name})")
    if strange := re.search(r"<(?!name>)[^<>]*>", form, re.I):
        raise RegisterError(
            f"{at} ({name}): the form has {strange[0]}: write <Name> where the photographer's name stands"
        )
    try:
        kind = Kind(str(values.get("kind", "person")).strip().lower().replace(" ", "_"))
    except ValueError:
        raise RegisterError(f"{at} ({name}): unknown kind {values['kind']!r}; known are {', '.join(Kind)}") from None
    since, until = (_date(values.get(key), f"{at} ({name})") for key in ("since", "until"))
    if since and until and until < since:
        raise RegisterError(f"{at} ({name}): the contract ends ({until}) before it begins ({since})")
    return Entry(
        name=name,
        kind=kind,
        aliases=_list(values.get("aliases")),
        agency=_text(values.get("agency"), "agency", f"{at} ({name})"),
        since=since,
        until=until,
        form=form,
        banned=_truth(values.get("banned", False), f"{at} ({name})"),
        note=str(values.get("note", "")),
        row=where,
    )


def _known(names: Iterable[str], at: str) -> None:
    for name in names:
        if name not in _KEYS:
            raise RegisterError(f"{at}: unknown column {name!r}; known are {', '.join(sorted(_KEYS))}")


def _text(value: Any, key: str, at: str) -> str:
    if not isinstance(value, str | None):
        raise RegisterError(f"{at}: the {key} is {value!r}: write it in quotation marks")
    return (value or "").strip()


def _date(value: Any, at: str) -> date | None:
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise RegisterError(f"{at}: {value!r} is no date: write 2025-04-30") from None


def _list(value: Any) -> tuple[str, ...]:
    parts: Iterable[Any] = value if isinstance(value, list) else str(value or "").split(";")
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _truth(value: Any, at: str) -> bool:
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower()
    if said in ("true", "yes", "1", "x"):
        return True
    if said in ("false", "no", "0", ""):
        return False
    raise RegisterError(f"{at}: banned is {value!r}: write yes or no")


def _index(entries: tuple[Entry, ...], source: str) -> Mapping[str, tuple[Entry, ...]]:
    index: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        keys = dict.fromkeys(fold(spelling) for spelling in (entry.name, *entry.aliases))
        for key in [k for k in keys if k]:
            for other in index.get(key, ()):
                if other is not entry and _overlap(entry, other):
                    raise RegisterError(
                        f"{source}: {entry.row} ({entry.name}): also {other.row} ({other.name}), at the same time"
                    )
            index[key] = (*index.get(key, ()), entry)
    # What also finds them, unless it is somebody's own name: other orders ("Frost Ida"), what the tables call a house.
    also: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        keys = dict.fromkeys(" ".join(sorted(fold(spelling).split())) for spelling in (entry.name, *entry.aliases))
        if entry.kind in HOUSES and (known := name_of(entry.name)):
            keys[fold(known.name)] = None
        for key in keys:
            if key and key not in index:
                also[key] = (*also.get(key, ()), entry)
    return {**index, **also}


def _overlap(a: Entry, b: Entry) -> bool:
    starts = max(a.since or date.min, b.since or date.min)
    ends = min(a.until or date.max, b.until or date.max)
    return starts <= ends
