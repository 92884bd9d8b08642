"""A credit line → Credit: who is named, as what, and what the line says of the picture.

In: one printed line. Out: a `Credit` with its parties in print order and their places in the line. Words are cut at
separators; each piece is a marker, a role, a party of the tables, or a name that its own words and its neighbours
explain. Order does not tell a person from an agency (measured on collected lines): the tables do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ...lexicon import credit_words, given_names, name_of, names, openers, role_words, word_set
from ...model import Confidence, Credit, Kind, Text
from .clean import Peeled, peel
from .edges import skip_small, strip_edges
from .kinds import Guess, guess
from .known import whole_name
from .named import take_names
from .reading import LONGEST, SOFT, Reading
from .settle import settle
from .words import COPYRIGHT, LIMIT, breaks, plain, words

__all__ = ["parse_credit"]

_COPYRIGHT = re.compile(rf"[{COPYRIGHT}]|\(c\)(?=\s*[\w\"'])|\bcopyright\b(?:\s+(?:of|by))?\s*:?|\(c\)$", re.I)
_SIGNS = frozenset(COPYRIGHT)
_JOINABLE = frozenset(("", "tight", "comma", "stop", "and", "dot"))


@lru_cache(maxsize=2048)  # pages, and the files of one shoot, repeat their credits; the answer is frozen
def parse_credit(text: str) -> Credit:
    """The parties, roles and small print of one credit line, such as "Foto: Ana Ruiz/dpa (Archiv)".

    Never raises. Reads the first 1,000 characters (`LIMIT`); spans are offsets into the line as given. `confidence`
    is below high when a name could be read in two ways, and `alternative` then keeps the other reading.
    """
    line = plain(text[:LIMIT])
    small = peel(line)
    reading = _open(text, small)
    if reading.found:
        _segments(reading)
    parties, alternative, confidence = settle(reading)
    return Credit(
        raw=text,
        marker=reading.marker,
        parties=parties,
        roles=tuple(sorted(reading.roles)),
        year=small.year,
        licence=small.licence,
        restrictions=tuple(small.restrictions),
        confidence=confidence,
        alternative=alternative,
    )


def _open(text: str, small: Peeled) -> Reading:
    line, marker = small.line, None
    if not _SIGNS.isdisjoint(line) or "c)" in line.lower() or "opyright" in line.lower():
        for sign in list(_COPYRIGHT.finditer(line)):
            marker = marker or "\u00a9"
            line = f"{line[: sign.start()]}|{' ' * (sign.end() - sign.start() - 1)}{line[sign.end() :]}"
    found = words(line)
    licensed = small.licence is not None
    return Reading(text, line, list(found), breaks(line, found), set(small.roles), marker=marker, licensed=licensed)


def _segments(reading: Reading) -> None:
    """Cut the line at its separators and read piece by piece."""
    found, parts = reading.found, reading.parts
    total, at, via = len(found), 0, False
    joinable = not _JOINABLE.isdisjoint(set(parts) - SOFT)
    while at < total:
        if found[at].key in word_set("via") and parts[at] != "tight":
            via, at = True, at + 1
            continue
        sep = "via" if via else parts[at]
        if sep in ("clause", "stop", "open", "pipe"):
            reading.shown = False
        if sep in ("clause", "stop"):
            reading.clause += 1
            reading.clause_roles, reading.courtesy, reading.marked = (), False, False
        if sep in ("slash", "pipe") and _inverted(reading, at):
            person = Guess(Kind.PERSON, Confidence.MEDIUM)
            reading.take(found[at].start, found[at + 1].end, sep, None, person)
            at += 2
            continue
        end = (joinable and _known_end(reading, at)) or _segment_end(reading, at)
        before = len(reading.items)
        if not reading.shown:
            _piece(reading, at, end, sep)
        if via and before < len(reading.items):
            reading.items[before].via = True
        via, at = False, end


_ENDS = frozenset(("slash", "pipe", "clause", "open"))


def _inverted(reading: Reading, at: int) -> bool:
    """Whether a piece of its own is a surname before a given name, as archives write: "Bundesarchiv / Weber, Anna"."""
    found, parts = reading.found, reading.parts
    if at + 1 >= len(found) or parts[at + 1] != "comma" or found[at + 1].key not in given_names():
        return False
    alone = at + 2 == len(found) or parts[at + 2] in _ENDS
    return alone and bool(reading.items) and found[at].key not in given_names() and found[at].key not in openers()


def _segment_end(reading: Reading, at: int) -> int:
    found, parts = reading.found, reading.parts
    end = at + 1
    while end < len(found):
        part = parts[end]
        if part not in SOFT and part != "and":
            joins = part in ("comma", "dot", "stop") and (
                found[end].key in word_set("suffix")
                or (part == "comma" and found[end].key in word_set("legal_comma"))
                or (part == "dot" and name_of(reading.text(at, end)) is None)
            )
            if not joins:
                break
        if found[end].key in word_set("via") and part == "":
            break
        end += 1
    return end


def _known_end(reading: Reading, at: int) -> int:
    """The end of a spelling of the tables that starts here and runs over a comma, a stop or an "&"; else 0."""
    found, parts, table = reading.found, reading.parts, names()
    if found[at].key not in openers():
        return 0
    total = len(found)
    for end in range(min(total, at + LONGEST), at + 1, -1):
        inner = parts[at + 1 : end]
        if all(p in _JOINABLE for p in inner) and any(p not in SOFT for p in inner):
            closes = end == total or parts[end] not in SOFT or found[end].key in word_set("via")
            if closes and reading.key(at, end) in table:
                return end
    return 0


def _next_part(reading: Reading, end: int) -> str:
    if end < len(reading.parts):
        return reading.parts[end]
    last = reading.found[-1].end
    return "colon" if ":" in reading.line[last:] else "end"


def _piece(reading: Reading, start: int, end: int, sep: str) -> None:
    """Read one piece between separators: label, role, marker and names, names."""
    if sep == "comma" and (_unit(reading, start, end) or _seat(reading, start, end)):
        return
    following = _next_part(reading, end)
    if following == "colon" and _label(reading, start, end):
        return
    if following == "comma" and reading.key(start, end) in word_set("comma_label"):
        reading.mark(start, end, None)
        return
    for _ in range(6):  # a piece holds few layers: "Symbolbild: Foto von NAME Archiv"
        if start >= end:
            return
        key = reading.key(start, end)
        if entry := whole_name(reading, start, end):
            reading.take(*reading.span(start, end), sep, entry)
            return
        if _word_only(reading, key, start, end):
            return
        new_start, new_end = strip_edges(reading, start, end)
        if (new_start, new_end) == (start, end):
            break
        start, end = new_start, new_end
    at = _marker_inside(reading, start, end)
    if start < at:
        take_names(reading, start, at, sep)
        _piece(reading, skip_small(reading, at + 2, end), end, "space")
    elif start < end:
        take_names(reading, start, end, sep)


def _unit(reading: Reading, start: int, end: int) -> bool:
    """Whether this is a part of the body before it: a library's division, with no name of its own."""
    if word_set("unit").isdisjoint((reading.found[start].key, reading.found[end - 1].key)):
        return False
    return _behind_body(reading) and reading.key(start, end) not in names()


def _seat(reading: Reading, start: int, end: int) -> bool:
    """Whether this is the city of the body, or of the maker that a marker introduced: "Rijksmuseum, Amsterdam"."""
    if reading.key(start, end) not in word_set("seat"):
        return False
    return _behind_body(reading) or (reading.marked and bool(reading.items))


def _behind_body(reading: Reading) -> bool:
    if not reading.items:
        return False
    before = reading.items[-1]
    return (before.known.kind if before.known else before.guess.kind) is Kind.ORGANISATION


def _marker_inside(reading: Reading, start: int, end: int) -> int:
    """Where a marker of two words stands between two names, "Herald photo by NAME"; else 0."""
    for at in range(start + 1, end - 2):
        if reading.found[at + 1].key in word_set("by") and (marker := credit_words().get(reading.key(at, at + 2))):
            reading.mark(at, at + 2, marker)
            return at
    return 0


def _label(reading: Reading, start: int, end: int) -> bool:
    """A piece before a colon: a marker, a role, a place in a pair of pictures, or some other label."""
    key = reading.key(start, end)
    if marker := credit_words().get(key):
        if start:
            reading.clause += 1
        reading.mark(start, end, marker)
        return True
    if role := role_words().get(key):
        if start:
            reading.clause += 1
        reading.roles.add(role)
        reading.mark(start, end, None)
        reading.clause_roles = (role,)
        return True
    if _numbered(reading, start, end):
        reading.clause += start > 0
        reading.mark(start, end, None)
        return True
    if key in word_set("shown"):
        reading.shown = True
        return True
    if key in word_set("position"):
        return True
    for cut in range(end - 1, start, -1):  # "Ana Ruiz Foto:", "Das Bild Foto: …": what is before is read as a name
        tail = reading.key(cut, end)
        if tail in credit_words():
            reading.mark(cut, end, credit_words()[tail])
            _piece_inner(reading, start, cut)
            return True
    house = name_of(key) or name_of(reading.text(start, start + 1))  # "ABC Gippsland: NAME"
    text = reading.text(start, end)
    place = len(text) == 2 and "\uac00" <= text[0] <= "\ud7a3"  # "서울=뉴스1": where the house reports from
    return end - start <= 2 and house is None and (place or guess(text).kind is not Kind.PERSON)


def _numbered(reading: Reading, start: int, end: int) -> bool:
    """Whether this says which of several pictures is meant: "Bild 4", "Photos 2-4"."""
    numbers = reading.found[start + 1 : end]
    picture = credit_words().get(reading.found[start].key)
    return bool(numbers) and picture is not None and picture.picture and all(w.key.isdigit() for w in numbers)


def _piece_inner(reading: Reading, start: int, end: int) -> None:
    if role := role_words().get(reading.key(start, end)):
        reading.roles.add(role)
    elif reading.key(start, end) not in word_set("of"):
        take_names(reading, start, end, "")


def _word_only(reading: Reading, key: str, start: int, end: int) -> bool:
    """The piece is one role, one marker, one title or a place: nobody is named."""
    if role := role_words().get(key):
        reading.roles.add(role)
        return True
    if key in credit_words() or key in credit_words("after"):
        marker = credit_words().get(key) or credit_words("after")[key]
        reading.mark(start, end, marker)
        return True
    small = key in word_set("for") or key in word_set("of") or key in word_set("and")
    if small and reading.text(start, end).islower():
        return True
    return key in word_set("position") or key in word_set("title") or key.isdigit()


def credit_of(line: Text) -> Credit:
    """The credit that a printed line is, with its place."""
    return replace(parse_credit(line.value), at=line)
