"""A piece of a line that is all names: one, several joined by "and", or houses run together with a person.

In: a piece between two separators. Out: items in the reading, each with the entry of the tables or a first guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ...lexicon import Name, fold, given_names, name_of, names, openers, role_words, small_names, word_set
from ...model import Confidence, Kind
from .edges import skip_small
from .kinds import Guess, guess
from .reading import LONGEST, Reading

__all__ = ["take_names"]


def take_names(reading: Reading, start: int, end: int, sep: str) -> None:
    """Read a piece that is all names: one, several joined by "and", or known ones run together."""
    if _of_one_surname(reading, start, end, sep):
        return
    for at in range(start + 1, end if "@" in reading.line else start):
        if reading.line[: reading.found[at].start].endswith(" @"):  # "Twitter @name"
            take_names(reading, start, at, sep)
            _add(reading, at, end, "space")
            return
    for left, right in _conjoined(reading, start, end):
        first = left == start
        if not _covered(reading, left, right, sep if first else "and"):
            _add(reading, left, right, sep if first else "and")


def _conjoined(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at "and", when every part is a person or a known house, or one a body in capitals ("Hubble & NASA")."""
    pieces = _at_and(reading, start, end)
    named = [(left, right) for left, right in pieces if reading.key(left, right) not in word_set("title")]
    if len(pieces) > len(named) == 1:
        return named  # "the artist and NAME"
    texts = [reading.text(left, right) if left < right else "" for left, right in pieces]
    if any(text.isupper() and _body(text) for text in texts) and all(text[:1].isupper() for text in texts):
        return pieces
    for text in texts:
        if not text or (name_of(text) is None and guess(text).kind not in (Kind.PERSON, Kind.AGENCY)):
            return [(start, end)]
    return pieces or [(start, end)]


def _body(text: str) -> bool:
    entry = name_of(text)
    return entry is not None and entry.kind is Kind.ORGANISATION


def _of_one_surname(reading: Reading, start: int, end: int, sep: str) -> bool:
    """Read "Anna und Peter Müller" as two people of one surname; firms ("Marks and Spencer") have no given names.

    What is printed of the first is her given name; her whole name is made of both.
    """
    *firsts, (left, right) = _at_and(reading, start, end) or [(start, end)]
    if not firsts or not 2 <= right - left <= 4 or any(b - a != 1 for a, b in firsts):
        return False
    if any(reading.found[at].key not in given_names() for at in (left, *(a for a, _ in firsts))):
        return False
    last = reading.text(left, right)
    shouted = [reading.text(a, b).isupper() for a, b in firsts]  # "ANA y Luis Gómez" is an agency and a man
    if guess(last).kind is not Kind.PERSON or (any(shouted) and not last.isupper()):
        return False
    surname = reading.text(left + 1, right)
    for a, b in firsts:
        item = reading.take(
            *reading.span(a, b), sep if a == start else "and", None, Guess(Kind.PERSON, Confidence.MEDIUM)
        )
        item.surname = surname
    _add(reading, left, right, "and")
    return True


def _at_and(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a piece between its words for "and"; none when it has no such word."""
    pieces: list[tuple[int, int]] = []
    at = start
    for i in range(start + 1, end):
        if reading.parts[i] == "and":
            pieces.append((at, i))
            at = i
        elif i < end - 1 and reading.found[i].key in word_set("and") and reading.parts[i] == reading.parts[i + 1] == "":
            pieces.append((at, i))
            at = i + 1
    return [*pieces, (at, end)] if pieces else []


def _covered(reading: Reading, start: int, end: int, sep: str) -> bool:
    """Read a piece in which houses of the tables and roles stand beside a name with no separator between."""
    if end - start < 2:
        return False
    pieces = list(_cover(reading, start, end))
    known = [p for p in pieces if p[2] is not None or p[3]]
    if not known:
        return False
    small = _small()
    runs = []
    for left, right, entry, role in pieces:
        if entry or role:
            continue
        while left < right and reading.found[left].key in small:
            left += 1
        while right > left and reading.found[right - 1].key in small:
            right -= 1
        if left < right:
            runs.append((left, right))
    connected = any(reading.found[left - 1].key in small for left, _, entry, _ in pieces if entry and left > start)
    for left, right in runs:
        looks = guess(reading.text(left, right))
        client = left > start and reading.is_for(left - 1)
        joined = (connected and right - left <= 3) or (right - left == 1 and _sure_end(reading, right, end))
        if looks.kind is not Kind.PERSON and not joined and not client:
            return False
    if connected and any(_is_body(reading, left, right) for left, right in runs) and _of_publisher(known):
        return False  # "Presidencia de la República": the second is no paper
    solid = [p for p in known if p[2]]
    plain = runs or len(known) > len(solid)  # beside other words, or roles: "Map data"
    if plain and any(_weak(reading, p[0], p[1]) for p in solid) and not connected:
        return False
    bounds = sorted([(left, right, entry) for left, right, entry, _ in solid] + [(*run, None) for run in runs])
    for n, (left, right, entry) in enumerate(bounds):
        if entry:
            span = reading.span(left, right)
            reading.take(*span, sep if n == 0 else "space", entry)
        else:
            client = left > start and reading.is_for(left - 1)
            _add(reading, left, right, sep if n == 0 else "for" if client else "space")
    reading.roles.update(role for _, _, _, role in pieces if role)
    return True


def _is_body(reading: Reading, left: int, right: int) -> bool:
    return guess(reading.text(left, right)).kind is Kind.ORGANISATION


def _of_publisher(known: list[tuple[int, int, Name | None, str]]) -> bool:
    return len(known) == 1 and known[0][2] is not None and known[0][2].kind is Kind.PUBLISHER


def _sure_end(reading: Reading, at: int, end: int) -> bool:
    """Whether the last word alone is a house and nothing else: "… Reuters"."""
    entry = name_of(reading.text(at, end)) if at == end - 1 else None
    key = reading.found[end - 1].key
    return entry is not None and entry.kind is Kind.AGENCY and len(key) > 5 and key not in word_set("homonym")


def _weak(reading: Reading, start: int, end: int) -> bool:
    """A single word that is also a surname, a given name or a plain word."""
    if end - start > 1:
        return False
    printed = reading.text(start, end)
    if reading.found[start].key in word_set("homonym"):
        return True
    return len(printed) < 3 or (len(printed) < 5 and not printed.isupper() and printed not in small_names())


def _cover(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int, Name | None, str]]:
    """Longest spellings of the tables first, from the left; what lies between comes as runs."""
    table, begin, at, run = names(), openers(), start, start
    while at < end:
        if reading.found[at].key not in begin:
            at += 1
            continue
        for size in range(min(LONGEST, end - at), 0, -1):
            key = reading.key(at, at + size)
            entry = table.get(key)
            printed = reading.line[reading.found[at].start]
            if entry and size == 1 and (len(key) < 2 or (printed.islower() and entry.kind is Kind.PUBLISHER)):
                entry = None
            role = "" if entry or (at == start and size == 1) else role_words().get(key, "")
            if role and key in word_set("whole_only"):
                role = ""
            if entry or role:
                if run < at:
                    yield run, at, None, ""
                yield at, at + size, entry, role
                at += size
                run = at
                break
        else:
            at += 1
    if run < end:
        yield run, end, None, ""


def _add(reading: Reading, start: int, end: int, sep: str) -> None:
    """A name the tables do not know."""
    for cut in range(start + 1, end - 1):
        if reading.is_for(cut):
            maker = reading.text(start, cut)
            if name_of(maker) or guess(maker).kind is Kind.PERSON or _paper(reading, cut + 1, end):
                _add(reading, start, cut, sep)
                take_names(reading, skip_small(reading, cut + 1, end), end, "for")
                return
    left, right = reading.span(start, end)
    text = reading.line[left:right]
    if _title(reading, left, right):
        return
    if text[:1] == "@":
        _handle(reading, start, end, sep)
        return
    if cut := _two_in_one(reading, text.split(), start, end):
        _add(reading, start, cut, sep)
        _add(reading, cut, end, "space")
        return
    known = name_of(text)
    if known and known.name == "X" and text != "X":
        known = None
    reading.take(left, right, sep, known, guess(text))


def _paper(reading: Reading, start: int, end: int) -> bool:
    """Whether these words are a newspaper and nothing else: what stands before "for" made the picture for it."""
    entry = name_of(reading.text(start, end))
    return entry is not None and entry.kind is Kind.PUBLISHER and reading.key(start, end) not in word_set("homonym")


def _title(reading: Reading, left: int, right: int) -> bool:
    """Whether this is the name of a film in quotation marks, whose still is shown: nobody is named."""
    quoted = reading.line[max(0, left - 1) : left] == reading.line[right : right + 1] == '"'
    return quoted and not _FILMED.isdisjoint(reading.clause_roles)


_FILMED = frozenset(("film_still", "video"))


def _two_in_one(reading: Reading, pieces: list[str], start: int, end: int) -> int:
    """Where a second name begins: a Korean house before its reporter, a body's letters behind a person; else 0."""
    if end - start > 2 and _hyphened(reading, end - 1):
        return end - 1 if guess(reading.text(start, end - 1)).kind is Kind.PERSON else 0  # "Eva Berg-AP"
    if len(pieces) == 2 and reading.titled and not pieces[0].isascii() and end - start == 2:
        house = name_of(pieces[0]) is not None or guess(pieces[0]).kind is not Kind.PERSON
        reporter = guess(pieces[1]).kind is Kind.PERSON and house
        return start + 1 if reporter else 0
    if min(end - start, len(pieces)) < 3 or not _initialism(pieces[-1]) or all(p.isupper() for p in pieces):
        return 0
    return end - 1 if guess(" ".join(pieces[:-1])).kind is Kind.PERSON else 0  # "Eva Berg LBV"


def _hyphened(reading: Reading, at: int) -> bool:
    """Whether this word is an agency in capitals, written onto the one before it with a hyphen."""
    word = reading.text(at, at + 1)
    entry = name_of(word) if reading.parts[at] == "tight" and word.isupper() else None
    return entry is not None and entry.kind is Kind.AGENCY and reading.line[reading.found[at].start - 1] == "-"


def _handle(reading: Reading, start: int, end: int, sep: str) -> None:
    """A name on a platform, "@name", and what follows it in the same piece."""
    left, right = reading.span(start, end)
    handle = reading.line[left:right].split(" ", 1)[0]
    reading.take(left, left + len(handle), sep).handle = True
    after = next((i for i in range(start, end) if reading.found[i].start > left + len(handle)), end)
    if after < end:
        take_names(reading, skip_small(reading, after, end), end, "space")


def _initialism(word: str) -> bool:
    """Letters that stand for a body: capitals without a vowel inside, no initials, no suffix, no legal form."""
    inner = fold(word)
    return (
        2 <= len(word) <= 5
        and word.isalpha()
        and word.isupper()
        and not any(c in "aeiouy" for c in inner)
        and inner not in word_set("suffix")
        and inner not in word_set("legal_comma")
    )


@cache
def _small() -> frozenset[str]:
    """Words that join a name to what stands beside it."""
    return word_set("of") | word_set("and") | word_set("for")
