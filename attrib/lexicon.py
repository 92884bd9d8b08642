"""What the tables know: `data/*.toml` becomes frozen, typed values, read once and only when asked for.

In: the name of a table. Out: tuples of entries and the indexes made of them. Facts live in the data files, each with
a source; the code that uses them holds no list of its own. `fold` is the one way two spellings are made equal.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from itertools import filterfalse
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any

from .model import Kind

__all__ = [
    "FilePattern",
    "Marker",
    "Name",
    "Role",
    "agencies",
    "credit_words",
    "fold",
    "given_names",
    "markers",
    "name_of",
    "names",
    "openers",
    "organisations",
    "placeholders",
    "platforms",
    "printed_words",
    "publishers",
    "role_words",
    "roles",
    "several",
    "small_names",
    "table",
    "telling_words",
    "word_set",
]

DATA = Path(__file__).with_name("data")

# Letters that NFKD leaves whole, and what a desk without them on its keyboard types.
_WHOLE = {
    "ł": "l",
    "Ł": "l",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "ı": "i",
} | {"þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "ŧ": "t", "ħ": "h"}


_WHOLE_LETTER = re.compile(f"[{''.join(_WHOLE)}]")
# What most lines have beside ASCII letters once these are taken apart: accents, and the signs of print.
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_PRINT = re.compile(r"[\u00a1-\u00bf\u2000-\u206f]+")
_WORD = re.compile(r"[a-z0-9]+")
_SEAM = re.compile(r"([a-z0-9])(?=[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff])")  # Latin letters before CJK


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SIGN = re.compile(r"[^\w\s]|_")


def _without_accents(run: re.Match[str]) -> str:
    return "".join(filterfalse(unicodedata.combining, run[0]))


def _mark_or_space(sign: re.Match[str]) -> str:
    """Vowel signs of Indic scripts are no letters to Python, but belong to their word."""
    return sign[0] if unicodedata.category(sign[0])[0] == "M" else " "


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A spelling without case, diacritics and punctuation, words parted by one space: what is equal reads equal."""
    if text.isascii() and text.isalnum():
        return text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _WHOLE_LETTER.sub(lambda letter: _WHOLE[letter[0]], text))
        text = _PRINT.sub(" ", _ACCENTS.sub("", text))
    if not text.isascii():
        bare = _FOREIGN.sub(_without_accents, text).casefold()
        return " ".join(_SEAM.sub(r"\1 ", _SIGN.sub(_mark_or_space, bare)).split())
    return " ".join(_WORD.findall(text.lower()))


class _TomlLoader(SourceFileLoader):
    """Reads a TOML file as Python reads a module, so that Python keeps it in `__pycache__` and parses it once.

    Parsing a table takes six times as long as loading what was parsed, and compiling it for keeping three times as
    long again, which only pays where it can be kept. A table is parsed again when its file changes.
    """

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        return compile(f"TABLE = {_parsed(bytes(data))!r}", path, "exec", optimize=_optimize)


def _parsed(data: bytes) -> dict[str, Any]:
    import tomli

    return tomli.loads(data.decode("utf-8"))


def _kept(path: str) -> bool:
    """Whether Python has kept this file as bytecode since it was last changed, or is going to."""
    if not sys.dont_write_bytecode and os.access(DATA, os.W_OK):
        return True
    kept = Path(cache_from_source(path))
    return kept.exists() and kept.stat().st_mtime >= Path(path).stat().st_mtime


@cache
def table(name: str) -> Mapping[str, Any]:
    """The file `data/<name>.toml`, as read; a missing one is a fault of the package."""
    path = str(DATA / f"{name}.toml")
    if not _kept(path):
        return MappingProxyType(_parsed(Path(path).read_bytes()))
    loader = _TomlLoader(f"{__package__}.data.{name}", path)
    code, scope = loader.get_code(loader.name), dict[str, Any]()
    assert code is not None  # noqa: S101  (None is for loaders that have no source)
    exec(code, scope)  # noqa: S102  (a literal that was made above)
    return MappingProxyType(scope["TABLE"])


@dataclass(frozen=True, slots=True)
class FilePattern:
    """How a house names its files. `pattern` is a regular expression for a lower-cased file name or address."""

    pattern: str
    word: str  # stands in every name it matches: a cheap first look
    strength: str  # strong, medium, weak
    examples: tuple[str, ...] = ()
    yields: str = ""  # what its groups hold
    note: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A party the tables know: an agency, a publisher, a platform, an organisation."""

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    country: str = ""
    parent: str = ""
    distributes: bool = False
    partners: tuple[str, ...] = ()
    leads: bool = False
    mixed: bool = False
    stock: bool = False
    sort: str = ""  # social, ai, studio, government, …; of agencies: film
    credit: str = ""
    since: int | None = None
    until: int | None = None
    ids: tuple[FilePattern, ...] = ()
    note: str = ""
    source: str = ""


def _name(entry: Mapping[str, Any], kind: Kind) -> Name:
    known = dict(entry)
    known["aliases"] = tuple(known.get("aliases", ()))
    known["partners"] = tuple(known.get("partners", ()))
    known["ids"] = tuple(
        FilePattern(**{**pattern, "examples": tuple(pattern.get("examples", ()))}) for pattern in known.get("ids", ())
    )
    return Name(**{"kind": kind, **known})


@cache
def agencies() -> tuple[Name, ...]:
    """Agencies, their collections, and stock libraries."""
    return tuple(_name({**e, "kind": Kind(e["kind"])}, Kind.AGENCY) for e in table("agencies")["agency"])


@cache
def publishers() -> tuple[Name, ...]:
    """Newspapers, broadcasters, news sites."""
    return tuple(_name(e, Kind.PUBLISHER) for e in table("publishers")["publisher"])


@cache
def platforms() -> tuple[Name, ...]:
    """Social networks, image generators, map and chart tools."""
    return tuple(_name(e, Kind.PLATFORM) for e in table("platforms")["platform"])


@cache
def organisations() -> tuple[Name, ...]:
    """Authorities, film studios, collecting societies that hand out pictures."""
    return tuple(_name(e, Kind.ORGANISATION) for e in table("organisations")["organisation"])


@cache
def names() -> Mapping[str, Name]:
    """Every spelling in the four tables, folded, with the party it belongs to."""
    found: dict[str, Name] = {}
    for entry in (*agencies(), *platforms(), *organisations(), *publishers()):
        for spelling in (entry.name, *entry.aliases):
            found.setdefault(fold(spelling), entry)
    for key, entry in list(found.items()):  # written together: "GettyImages", "SvenSimon"
        together = key.replace(" ", "")
        if entry.kind not in (Kind.PUBLISHER, Kind.ORGANISATION) and len(together) > 7:
            found.setdefault(together, entry)
    return MappingProxyType(found)


@cache
def openers() -> frozenset[str]:
    """The first words of all spellings of parties and roles, folded: most words of a line begin none."""
    return frozenset(spelling.partition(" ")[0] for spelling in (*names(), *role_words()))


@cache
def small_names() -> frozenset[str]:
    """The houses that write themselves with a small letter ("dpa", "imago"), as printed."""
    spellings = (spelling for entry in agencies() for spelling in (entry.name, *entry.aliases))
    return frozenset(s for s in spellings if s[0].islower() and len(s) > 2)


def name_of(text: str) -> Name | None:
    """The party this spelling belongs to, whatever its case and accents."""
    return names().get(fold(text))


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that introduces or follows a credit ("Photo by", "撮影"), and what it says of the picture."""

    words: str
    lang: str
    place: str = "before"  # before or after the names
    roles: tuple[str, ...] = ()
    relation: str = ""  # of the party it names, when it is not the maker: courtesy, source
    picture: bool = True  # false: "Source:", "Author:" also stand below texts and charts
    alone: bool = False  # may stand without a colon before a name


@dataclass(frozen=True, slots=True)
class Role:
    """A role on the wire and the words it is printed with, by language."""

    role: str
    words: Mapping[str, tuple[str, ...]]


@cache
def markers() -> tuple[Marker, ...]:
    """The words around a credit, one entry a spelling."""
    found = []
    for entry in table("credit-words")["marker"]:
        plain = {k: v for k, v in entry.items() if k not in ("words", "roles", "source", "note")}
        found += [Marker(words=w, roles=tuple(entry.get("roles", ())), **plain) for w in entry["words"]]
    return tuple(found)


@cache
def credit_words(place: str = "before") -> Mapping[str, Marker]:
    """Folded spelling → marker, for markers that stand before (or after) the names."""
    return MappingProxyType({fold(m.words): m for m in markers() if m.place == place})


@cache
def roles() -> tuple[Role, ...]:
    """Roles of the wire with their words."""
    return tuple(
        Role(e["role"], MappingProxyType({k: tuple(v) for k, v in e["words"].items()})) for e in table("roles")["role"]
    )


@cache
def role_words() -> Mapping[str, str]:
    """Folded word → role of the wire."""
    return MappingProxyType({fold(w): r.role for r in roles() for words in r.words.values() for w in words})


@cache
def given_names() -> frozenset[str]:
    """Folded given names of many languages: some of the most given, and no proof of anything alone."""
    return frozenset(fold(name) for entry in table("given-names")["given"] for name in entry["names"])


@cache
def telling_words() -> frozenset[str]:
    """The longest word of each spelling of a party, marker or role: a line without any of them holds no spelling."""
    spellings = (*names(), *credit_words(), *credit_words("after"), *role_words())
    return frozenset(max(words.split(), key=len) if " " in words else words for words in spellings)


@cache
def word_set(kind: str) -> frozenset[str]:
    """Folded words of one kind in `credit-words.toml`: organisation, agency, person title, particle, …"""
    lists = table("credit-words")["words"][kind]
    return frozenset(fold(w) for lang, group in lists.items() if lang != "source" for w in group)


def several(marker: str) -> bool:
    """Whether the word before a credit is of several pictures: "Photos by"."""
    said = f" {fold(marker)} "
    return any(f" {word} " in said for word in word_set("plural"))


@cache
def printed_words(kind: str) -> tuple[str, ...]:
    """The words of one kind in `credit-words.toml` as they are printed, the longest first."""
    lists = table("credit-words")["words"][kind]
    return tuple(sorted((w for lang, group in lists.items() if lang != "source" for w in group), key=lambda w: -len(w)))


@cache
def placeholders(kind: str) -> frozenset[str]:
    """The forms of one kind in `placeholders.toml`, in lower case: caption, alt, shortcode, address, …"""
    entries = [entry for entry in table("placeholders")["placeholder"] if entry["kind"] == kind]
    return frozenset(" ".join(form.casefold().split()) for entry in entries for form in entry["forms"])
