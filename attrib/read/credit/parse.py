"""A credit line → Credit: who is named, as what, and what the line says of the picture.

In: one printed line. Out: a `Credit` with its parties in print order and their places in the line. Words are cut at
separators; each piece is a marker, a role, a party of the tables, or a name that its own words and its neighbours
explain. Order does not tell a person from an agency (measured on collected lines): the tables do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from attrib.lexicon import Marker, Name, credit_words, fold, name_of, names, role_words, word_set
from attrib.model import Confidence, Credit, Kind, Party, Relation, Span
from attrib.read.credit.clean import Peeled, peel
from attrib.read.credit.kinds import Guess, guess, is_domain, restore
from attrib.read.credit.words import LIMIT, Word, breaks, plain, words

__all__ = ["parse_credit"]

_COPYRIGHT = re.compile(r"\u00a9|\u24d2|\(c\)(?=\s*[\w\"'])|\bcopyright\b(?:\s+(?:of|by))?\s*:?|\(c\)$", re.I)
_SOFT = frozenset(("", "tight"))
_LONGEST = 7  # words in the longest spelling of the tables
_JOINABLE = frozenset(("", "tight", "comma", "stop", "and", "dot"))
_PLURAL = frozenset(("photos", "pictures", "images", "fotos", "bilder", "fotografias", "imagenes", "foto s", "bilder"))


@dataclass(slots=True)
class _Item:
    """One party on the way to be known."""

    start: int
    end: int
    sep: str
    clause: int
    known: Name | None = None
    guess: Guess = Guess(None)
    via: bool = False
    courtesy: bool = False
    aside: bool = False  # named for an illustration or a montage beside the photographers
    handle: bool = False
    unsure: bool = False
    kind: Kind = Kind.ORGANISATION
    confidence: Confidence = Confidence.HIGH


@dataclass(slots=True)
class _Reading:
    """A line while it is read."""

    raw: str
    line: str
    found: list[Word]
    parts: list[str]
    roles: set[str]
    items: list[_Item] = field(default_factory=list)
    marker: str | None = None
    marker_keys: set[str] = field(default_factory=set)
    clause: int = 0
    clause_roles: tuple[str, ...] = ()
    courtesy: bool = False
    titled: bool = False  # a job stood behind a name
    marked: bool = False  # a marker has been read in this clause

    def key(self, start: int, end: int) -> str:
        return " ".join(w.key for w in self.found[start:end])

    def text(self, start: int, end: int) -> str:
        return self.line[self.found[start].start : self._end(end)]

    def _end(self, end: int) -> int:
        last = self.found[end - 1]
        dotted = self.line[last.end : last.end + 1] == "." and (
            last.end - last.start == 1 or last.key in word_set("suffix")
        )
        return last.end + dotted

    def span(self, start: int, end: int) -> tuple[int, int]:
        first = self.found[start].start
        if first and self.line[first - 1] == "@":
            first -= 1
        return first, self._end(end)


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
    parties, alternative, confidence = _settle(reading)
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


def _open(text: str, small: Peeled) -> _Reading:
    line, marker = small.line, None
    if "\u00a9" in line or "\u24d2" in line or "c)" in line.lower() or "opyright" in line.lower():
        for sign in list(_COPYRIGHT.finditer(line)):
            marker = marker or "\u00a9"
            line = f"{line[: sign.start()]}|{' ' * (sign.end() - sign.start() - 1)}{line[sign.end() :]}"
    found = words(line)
    return _Reading(text, line, found, breaks(line, found), set(small.roles), marker=marker)


def _segments(reading: _Reading) -> None:
    """Cut the line at its separators and read piece by piece."""
    found, parts = reading.found, reading.parts
    total, at, via = len(found), 0, False
    while at < total:
        if found[at].key == "via" and parts[at] != "tight":
            via, at = True, at + 1
            continue
        sep = "via" if via else parts[at]
        if sep in ("clause", "stop"):
            reading.clause += 1
            reading.clause_roles, reading.courtesy, reading.marked = (), False, False
        end = _known_end(reading, at) or _segment_end(reading, at)
        before = len(reading.items)
        _piece(reading, at, end, sep)
        for item in reading.items[before : before + 1]:
            item.via = via
        via, at = False, end


def _segment_end(reading: _Reading, at: int) -> int:
    found, parts = reading.found, reading.parts
    end = at + 1
    while end < len(found):
        part = parts[end]
        if part not in _SOFT and part != "and":
            joins = part in ("comma", "dot", "stop") and (
                found[end].key in word_set("suffix")
                or (part == "comma" and found[end].key in _LEGAL_WORDS)
                or (part == "dot" and name_of(reading.text(at, end)) is None)
            )
            if not joins:
                break
        if found[end].key == "via" and part == "":
            break
        end += 1
    return end


_LEGAL_WORDS = frozenset(("inc", "ltd", "llc", "plc", "gmbh", "limited", "corp", "lp"))


def _known_end(reading: _Reading, at: int) -> int:
    """The end of a spelling of the tables that starts here and runs over a comma, a stop or an "&"; else 0."""
    found, parts, table = reading.found, reading.parts, names()
    total = len(found)
    for end in range(min(total, at + _LONGEST), at + 1, -1):
        inner = parts[at + 1 : end]
        if all(p in _JOINABLE for p in inner) and any(p not in _SOFT for p in inner):
            closes = end == total or parts[end] not in _SOFT or found[end].key == "via"
            if closes and reading.key(at, end) in table:
                return end
    return 0


def _next_part(reading: _Reading, end: int) -> str:
    if end < len(reading.parts):
        return reading.parts[end]
    last = reading.found[-1].end
    return "colon" if ":" in reading.line[last:] else "end"


def _piece(reading: _Reading, start: int, end: int, sep: str) -> None:
    """Read one piece between separators: label, role, marker and names, names."""
    labelled = _next_part(reading, end) == "colon"
    if labelled and _label(reading, start, end):
        return
    for _ in range(6):  # a piece holds few layers: "Symbolbild: Foto von NAME Archiv"
        if start >= end:
            return
        key = reading.key(start, end)
        if entry := _whole(reading, start, end, key):
            reading.items.append(
                _Item(*reading.span(start, end), sep, reading.clause, known=entry, **_context(reading))
            )
            return
        if _word_only(reading, key, start, end):
            return
        new_start, new_end = _strip(reading, start, end)
        if (new_start, new_end) == (start, end):
            break
        start, end = new_start, new_end
    if start < end:
        _names(reading, start, end, sep)


def _context(reading: _Reading) -> dict[str, bool]:
    aside = bool(reading.items) and bool(set(reading.clause_roles) & _DRAWN)
    return {"courtesy": reading.courtesy, "aside": aside}


_DRAWN = frozenset(("illustration", "photo_illustration", "composite", "infographic", "rendering"))


def _whole(reading: _Reading, start: int, end: int, key: str) -> Name | None:
    entry = names().get(key)
    if entry is None and is_domain(reading.text(start, end)):
        entry = names().get(key.removeprefix("www ").rsplit(" ", 1)[0])
    if entry is None and end == len(reading.found) and 28 <= len(reading.raw.encode()) <= 32:
        entry = _cut(key)
    if entry and len(key) == 1 and reading.text(start, end) != "X":
        return None
    if entry and "@" == reading.line[max(0, reading.found[start].start - 1)]:
        return None
    return entry


def _cut(key: str) -> Name | None:
    """A spelling cut off by IIM's 32 bytes: the one that begins like this, when only one house does."""
    if len(key) < 12:
        return None
    owners = {entry.name: entry for spelling, entry in names().items() if spelling.startswith(key)}
    return next(iter(owners.values())) if len(owners) == 1 else None


def _mark(reading: _Reading, start: int, end: int, key: str, marker: Marker | None) -> None:
    if reading.marker is None and start < end:
        left, right = reading.span(start, end)
        tail = reading.line[right : right + 2].lstrip()
        reading.marker = reading.raw[left : right + (1 if tail[:1] == ":" and reading.line[right] == ":" else 0)]
    reading.marker_keys.add(key)
    reading.marked = True
    if marker:
        reading.roles.update(marker.roles)
        reading.clause_roles = marker.roles
        reading.courtesy = marker.relation == "courtesy"


def _label(reading: _Reading, start: int, end: int) -> bool:
    """A piece before a colon: a marker, a role, a place in a pair of pictures, or some other label."""
    key = reading.key(start, end)
    if marker := credit_words().get(key):
        if start:
            reading.clause += 1
        _mark(reading, start, end, key, marker)
        return True
    if role := role_words().get(key):
        if start:
            reading.clause += 1
        reading.roles.add(role)
        _mark(reading, start, end, key, None)
        reading.clause_roles = (role,)
        return True
    if key in word_set("position"):
        return True
    for cut in range(end - 1, start, -1):  # "Ana Ruiz Foto:", "Das Bild Foto: …": what is before is read as a name
        tail = reading.key(cut, end)
        if tail in credit_words():
            _mark(reading, cut, end, tail, credit_words()[tail])
            _piece_inner(reading, start, cut)
            return True
    return end - start <= 2 and name_of(key) is None and guess(reading.text(start, end)).kind is not Kind.PERSON


def _piece_inner(reading: _Reading, start: int, end: int) -> None:
    if role := role_words().get(reading.key(start, end)):
        reading.roles.add(role)
    elif reading.key(start, end) not in word_set("of"):
        _names(reading, start, end, "")


def _word_only(reading: _Reading, key: str, start: int, end: int) -> bool:
    """The piece is one role, one marker, one title or a place: nobody is named."""
    if role := role_words().get(key):
        reading.roles.add(role)
        return True
    if key in credit_words() or key in credit_words("after"):
        marker = credit_words().get(key) or credit_words("after")[key]
        _mark(reading, start, end, key, marker)
        return True
    return key in word_set("position") or key in word_set("title") or key in word_set("of") or key.isdigit()


def _strip(reading: _Reading, start: int, end: int) -> tuple[int, int]:
    """Take one marker, role or title off the front or the back of a piece."""
    found = reading.found
    for size in range(min(6, end - start - 1), 0, -1):
        key = reading.key(start, start + size)
        if (marker := credit_words().get(key)) and _introduces(reading, start, size, end, marker):
            _mark(reading, start, start + size, key, marker)
            return _skip_of(reading, start + size, end), end
        if (role := role_words().get(key)) and _role_leads(reading, start + size, end, key):
            reading.roles.add(role)
            reading.clause_roles = (role,)
            return _skip_of(reading, start + size, end), end
        if key in word_set("title") and _named(reading, start + size, end):
            return start + size, end
    for size in range(min(5, end - start - 1), 0, -1):
        key = reading.key(end - size, end)
        if marker := credit_words("after").get(key):
            _mark(reading, end - size, end, key, marker)
            return start, end - size
        if (role := role_words().get(key)) and _role_ends(reading, start, end - size, key):
            reading.roles.add(role)
            return start, end - size
        if key in word_set("title") and _named(reading, start, end - size):
            reading.titled = True
            return start, end - size
        if key in credit_words() and _house(reading.text(start, end - size)):
            return start, end - size  # "Reuters photo"
    if found[end - 1].key in word_set("of") and end - start > 1 and found[end - 1].key not in word_set("particle"):
        return start, end - 1
    return _glued(reading, start, end)


def _named(reading: _Reading, start: int, end: int) -> bool:
    rest = reading.text(start, end)
    return name_of(rest) is not None or guess(rest).kind is Kind.PERSON or not rest.isascii()


def _house(text: str) -> bool:
    entry = name_of(text)
    return entry is not None and entry.kind in (Kind.AGENCY, Kind.STOCK_LIBRARY)


def _skip_of(reading: _Reading, at: int, end: int) -> int:
    """Past the small words between a marker and a name: by, von, de la, the."""
    limit = min(at + 3, end - 1)
    while at < limit and reading.found[at].key in word_set("of"):
        printed = reading.line[reading.found[at].start]
        if not printed.islower() and reading.found[at].key not in ("by", "von", "from"):
            break
        at += 1
    return at


def _introduces(reading: _Reading, start: int, size: int, end: int, marker: Marker) -> bool:
    """Whether this marker word, with no colon, introduces what follows it."""
    last = reading.found[start + size - 1].key
    following = reading.found[start + size].key
    if size > 1 and (last in word_set("of") or marker.roles):
        return True
    if following in ("by", "von", "av", "af", "par", "por", "di", "door", "oleh", "from"):
        return True
    if marker.place == "before" and marker.roles and marker.alone:
        return True
    if reading.key(start, start + size) in reading.marker_keys:
        return True
    if not marker.alone or reading.marked or (start and reading.parts[start] not in ("clause", "stop", "open")):
        return False
    rest = reading.text(start + size, end)
    if any(
        reading.key(start + size, at) in role_words() for at in range(start + size + 2, min(end, start + size + 5) + 1)
    ):
        return True
    return rest[0].isupper() or not rest[0].isascii() or name_of(rest) is not None or size > 1


_WHOLE_ONLY = frozenset(
    ("archive", "archives", "press", "presse", "prensa", "archiv", "collection", "arkiv", "still")
) | frozenset(("pressefoto", "pressebild", "fotoarchiv", "bildarchiv", "presse", "foto archiv"))


def _role_leads(reading: _Reading, at: int, end: int, key: str) -> bool:
    rest = reading.text(at, end)
    if key in _WHOLE_ONLY and reading.parts[at] != "tight":
        return name_of(rest) is not None or guess(rest).kind is Kind.PERSON
    return True


def _role_ends(reading: _Reading, start: int, at: int, key: str) -> bool:
    rest = reading.text(start, at)
    if reading.found[at - 1].key in word_set("of") | word_set("and") | {"fur", "for"}:
        return False
    if key in word_set("homonym") and name_of(rest) is None and at - start == 1 and not rest.isupper():
        return False
    if key in _WHOLE_ONLY or key in ("video", "map", "social", "pr", "ki", "ai", "special", "print"):
        return name_of(rest) is not None or (
            key not in ("archive", "archives") and reading.line[reading.found[at].start].isupper()
        )
    return True


def _glued(reading: _Reading, start: int, end: int) -> tuple[int, int]:
    """A marker or a title written onto a name, in scripts without blanks: 田中太郎撮影."""
    first, last = reading.found[start], reading.found[end - 1]
    if not first.key.isascii() and end - start > 1 and _house_and_job(reading, first):
        return start + 1, end
    if last.key.isascii():
        return start, end
    printed = reading.line[last.start : last.end]
    printed = reading.line[last.start : last.end]
    for lead in ("写真は", "写真", "画像", "提供"):
        if printed.startswith(lead) and name_of(printed[len(lead) :]):
            reading.found[end - 1] = words(reading.line[: last.end], last.start + len(lead))[0]
            reading.marker = reading.marker or lead
            return start, end
    if _house_and_job(reading, last):
        return start, end - 1
    for key, marker in _unspaced():
        if len(key) < len(printed) and printed.endswith(key):
            if marker:
                reading.marker = reading.marker or key
                reading.roles.update(marker.roles)
                reading.marked = True
            reading.found[end - 1] = words(reading.line[: last.end - len(key)], last.start)[-1]
            return start, end
    return start, end


def _house_and_job(reading: _Reading, word: Word) -> bool:
    """A house with a job written behind it, 新华社记者: the house is taken, the job dropped."""
    printed = reading.line[word.start : word.end]
    for at in range(len(printed) - 1, 1, -1):
        if fold(printed[at:]) in word_set("title") and (entry := name_of(printed[:at])):
            reading.items.append(_Item(word.start, word.start + at, "", reading.clause, known=entry))
            return True
    return False


_UNSPACED: list[tuple[str, Marker | None]] = []


def _unspaced() -> list[tuple[str, Marker | None]]:
    if not _UNSPACED:
        after = [
            (m.words, m)
            for m in credit_words("after").values()
            if not m.words.isascii() and m.lang in ("ja", "ko", "zh")
        ]
        titles = [(t, None) for t in ("記者", "记者", "기자", "さん", "氏", "特派員", "カメラマン", "摄影师", "통신원")]
        _UNSPACED.extend(sorted([*after, *titles], key=lambda e: -len(e[0])))
    return _UNSPACED


def _names(reading: _Reading, start: int, end: int, sep: str) -> None:
    """Read a piece that is all names: one, several joined by "and", or known ones run together."""
    for left, right in _conjoined(reading, start, end):
        first = left == start
        if not _covered(reading, left, right, sep if first else "and"):
            _add(reading, left, right, sep if first else "and")


def _conjoined(reading: _Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at "and", when every part is a person or a known house; else the piece stays whole."""
    pieces, at = [], start
    for i in range(start + 1, end - 1):
        if reading.found[i].key in word_set("and") and reading.parts[i] == "" and reading.parts[i + 1] == "":
            pieces.append((at, i))
            at = i + 1
        elif reading.parts[i] == "and":
            pieces.append((at, i))
            at = i
    if at != start and reading.parts[end - 1] == "and":
        pieces.append((at, end - 1))
        at = end - 1
    if not pieces:
        return [(start, end)]
    pieces.append((at, end))
    for left, right in pieces:
        text = reading.text(left, right) if left < right else ""
        if not text or (name_of(text) is None and guess(text).kind not in (Kind.PERSON, Kind.AGENCY)):
            return [(start, end)]
    return pieces


def _covered(reading: _Reading, start: int, end: int, sep: str) -> bool:
    """Read a piece in which houses of the tables and roles stand beside a name with no separator between."""
    if end - start < 2:
        return False
    pieces = list(_cover(reading, start, end))
    known = [p for p in pieces if p[2] is not None or p[3]]
    if not known:
        return False
    small = word_set("of") | word_set("and") | {"for"}
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
        client = reading.found[left - 1].key == "for" if left > start else False
        if looks.kind is not Kind.PERSON and not (connected and right - left <= 3) and not client:
            return False
    solid = [p for p in known if p[2]]
    if runs and any(_weak(reading, p[0], p[1]) for p in solid) and not connected:
        return False
    bounds = sorted([(left, right, entry) for left, right, entry, _ in solid] + [(*run, None) for run in runs])
    for n, (left, right, entry) in enumerate(bounds):
        if entry:
            span = reading.span(left, right)
            reading.items.append(
                _Item(*span, sep if n == 0 else "space", reading.clause, known=entry, **_context(reading))
            )
        else:
            client = left > start and reading.found[left - 1].key == "for"
            _add(reading, left, right, sep if n == 0 else "for" if client else "space")
    reading.roles.update(role for _, _, _, role in pieces if role)
    return True


def _weak(reading: _Reading, start: int, end: int) -> bool:
    """A single word that is also a surname, a given name or a plain word."""
    if end - start > 1:
        return False
    printed = reading.text(start, end)
    if reading.found[start].key in word_set("homonym"):
        return True
    return len(printed) < 3 or (len(printed) < 5 and not printed.isupper() and printed != "dpa")


def _cover(reading: _Reading, start: int, end: int) -> Iterator[tuple[int, int, Name | None, str]]:
    """Longest spellings of the tables first, from the left; what lies between comes as runs."""
    table, at, run = names(), start, start
    while at < end:
        for size in range(min(_LONGEST, end - at), 0, -1):
            key = reading.key(at, at + size)
            entry = table.get(key)
            printed = reading.line[reading.found[at].start]
            if entry and size == 1 and (len(key) < 2 or (printed.islower() and entry.kind is Kind.PUBLISHER)):
                entry = None
            role = "" if entry or (at == start and size == 1) else role_words().get(key, "")
            if role and key in _WHOLE_ONLY:
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


def _add(reading: _Reading, start: int, end: int, sep: str) -> None:
    """A name the tables do not know."""
    for cut in range(start + 1, end - 1):
        if reading.found[cut].key == "for":  # "NAME for The Paper"
            left = reading.text(start, cut)
            if name_of(left) or guess(left).kind is Kind.PERSON:
                _add(reading, start, cut, sep)
                _piece(reading, _skip_of(reading, cut + 1, end), end, "for")
                return
    left, right = reading.span(start, end)
    text = reading.line[left:right]
    if text[:1] == "@":
        handle, _, rest = text.partition(" ")
        reading.items.append(_Item(left, left + len(handle), sep, reading.clause, handle=True, **_context(reading)))
        after = next((i for i in range(start, end) if reading.found[i].start > left + len(handle)), end)
        if rest and after < end:
            _names(reading, after, end, "space")
        return
    pieces = text.split()
    if len(pieces) == 2 and reading.titled and not pieces[0].isascii() and end - start == 2:  # house and reporter
        if guess(pieces[1]).kind is Kind.PERSON and guess(pieces[0]).kind is not Kind.PERSON:
            _add(reading, start, start + 1, sep)
            _add(reading, start + 1, end, "space")
            return
    if end - start >= 3 and len(pieces) >= 3 and _initialism(pieces[-1]) and not text.isupper():
        if guess(" ".join(pieces[:-1])).kind is Kind.PERSON:  # "Eva Berg LBV"
            _add(reading, start, end - 1, sep)
            _add(reading, end - 1, end, "space")
            return
    item = _Item(left, right, sep, reading.clause, known=name_of(text), guess=guess(text), **_context(reading))
    if item.known and item.known.name == "X" and text != "X":
        item.known = None
    reading.items.append(item)


def _initialism(word: str) -> bool:
    """Letters that stand for a body: capitals without a vowel inside, no initials, no suffix, no legal form."""
    inner = fold(word)
    return (
        2 <= len(word) <= 5
        and word.isalpha()
        and word.isupper()
        and not any(c in "aeiouy" for c in inner)
        and inner not in word_set("suffix")
        and inner not in _LEGAL_WORDS
    )


# ---------------------------------------------------------------------------------------------------- settling


def _settle(reading: _Reading) -> tuple[tuple[Party, ...], tuple[Party, ...], Confidence]:
    """Give every name its kind and relation, once all its neighbours are known."""
    items = [i for i in reading.items if i.end > i.start]
    _kinds(reading, items)
    _roles(reading, items)
    items = _once(reading, items)
    parties = tuple(_party(reading, item, items) for item in items)
    doubt = [n for n, p in enumerate(parties) if p.confidence is not Confidence.HIGH]
    if not doubt:
        return parties, (), Confidence.HIGH
    worst = max((parties[n].confidence for n in doubt), key=lambda c: c.rank)
    swapped = tuple(_other(p) if n in doubt else p for n, p in enumerate(parties))
    return parties, swapped, worst


def _other(party: Party) -> Party:
    """The second reading of a doubtful name."""
    if party.kind in (Kind.PERSON, Kind.PSEUDONYM):
        return replace(party, kind=Kind.ORGANISATION, relation=Relation.SOURCE, canonical=party.name)
    return replace(party, kind=Kind.PERSON, relation=Relation.CREATOR, canonical=restore(party.name))


def _kinds(reading: _Reading, items: list[_Item]) -> None:
    known = [i.known for i in items if i.known]
    stock = any(k.kind is Kind.STOCK_LIBRARY for k in known)
    houses = any(k.kind in (Kind.AGENCY, Kind.COLLECTION) for k in known)
    dealer = any((k.distributes and k.kind is Kind.AGENCY) or k.kind is Kind.COLLECTION for k in known)
    person = any(i.guess.kind is Kind.PERSON for i in items)
    for item in items:
        text = reading.line[item.start : item.end]
        if item.known:
            item.kind = item.known.kind
        elif item.handle:
            item.kind = Kind.HANDLE
        elif item.aside and item.guess.kind is Kind.PERSON:
            item.kind, item.confidence = Kind.CONTRIBUTOR, Confidence.MEDIUM
        elif is_domain(text):
            item.kind, item.confidence = (Kind.AGENCY if dealer else Kind.PUBLISHER), Confidence.MEDIUM
        elif item.guess.kind is Kind.AGENCY and stock and not houses and not person:
            item.kind, item.confidence = Kind.PSEUDONYM, Confidence.MEDIUM
        elif item.guess.kind in (Kind.ORGANISATION, Kind.PUBLISHER) and dealer and _agencyish(item, text):
            item.kind, item.confidence = Kind.AGENCY, Confidence.MEDIUM
        elif item.guess.kind:
            item.kind, item.confidence = item.guess.kind, item.guess.confidence
        else:
            stocklike = stock or (text[:1].islower() and any(k.name == "Getty Images" for k in known))
            item.kind, item.confidence = _unknown(text, stocklike, houses, dealer), Confidence.MEDIUM


def _agencyish(item: _Item, text: str) -> bool:
    return item.guess.confidence is not Confidence.HIGH and " " not in text


def _unknown(text: str, stock: bool, houses: bool, dealer: bool) -> Kind:
    """A single word, or a mixture, that no table and no ending explains."""
    one = " " not in text
    if one and (stock or (text.isalpha() and text.islower() and len(text) <= 4) or "_" in text):
        return Kind.PSEUDONYM
    if dealer and (one or not any(p.islower() for p in text.split())):
        return Kind.AGENCY
    if one and text[:1].islower() and houses and text.isalnum():
        return Kind.PSEUDONYM
    return Kind.ORGANISATION


def _roles(reading: _Reading, items: list[_Item]) -> None:
    """Roles that follow from who is named."""
    roles = reading.roles
    known = [i.known for i in items if i.known]
    kinds = {i.kind for i in items}
    houses = [k for k in known if k.kind in (Kind.AGENCY, Kind.COLLECTION)]
    if any(k.sort == "social" for k in known) or Kind.HANDLE in kinds:
        roles.add("social_media")
    if any(k.sort == "ai" for k in known):
        roles.add("ai_generated")
    others = [k for k in houses if k.kind is Kind.AGENCY and k.name != "Getty Images"]
    if any(k.stock and not (k.distributes and (others or Kind.PUBLISHER in kinds)) for k in known):
        roles.add("stock")
    bodies = [i for i in items if i.kind is Kind.ORGANISATION and _gives(i)]
    given = bodies and not roles & {"supplied", "screenshot", "private", "courtesy"}
    supplier = any(k.kind is Kind.AGENCY for k in houses)
    if given and (supplier or any(k.sort == "social" for k in known)):
        roles.add("handout")
    if Kind.HANDLE in kinds and supplier and any(k.kind is Kind.PLATFORM for k in known) and "supplied" not in roles:
        roles.add("handout")
    if given and reading.marker_keys & {"사진 출처", "출처"} or (bodies and "사진 출처" in (reading.marker or "")):
        roles.add("supplied")
    studios = [
        i
        for i in items
        if (i.known and i.known.sort == "studio") or not word_set("studio").isdisjoint(_keys(reading, i))
    ]
    if len(studios) > 1 and len(studios) == len(items):
        roles.add("film_still")
    if _two_pictures(reading, items):
        roles.add("composite")


def _gives(item: _Item) -> bool:
    """Whether this body hands the picture out: not a lender, a client, a collecting society, a source of data."""
    if item.courtesy or item.aside or item.sep == "for" or (item.clause and not item.via):
        return False
    return item.known is None or item.known.sort not in ("society", "data")


def _keys(reading: _Reading, item: _Item) -> list[str]:
    return [w.key for w in reading.found if item.start <= w.start < item.end]


def _two_pictures(reading: _Reading, items: list[_Item]) -> bool:
    """ "Photos: Getty/AP": a plural, wires only, and no house that sells for the other."""
    wires = [i.known for i in items if i.known and i.known.kind is Kind.AGENCY]
    if len(wires) != len(items) or len(items) < 2 or reading.marker_keys.isdisjoint(_PLURAL):
        return False
    first, last = wires[0], wires[-1]
    return not (last.distributes or first.name in ("IMAGO", "picture alliance", "APA", "KEYSTONE-SDA"))


def _once(reading: _Reading, items: list[_Item]) -> list[_Item]:
    """Every party once: a name printed again, in other capitals or as a short form at the end, is the same."""
    kept: dict[str, _Item] = {}
    others = [i for i in items if not (i.known and i.known.sort == "ai")]
    before = items[0] if items else None
    for item in items:
        if item.known and item.known.sort == "ai" and others and "ai_generated" in reading.roles:
            continue
        key = item.known.name if item.known else " ".join(_keys(reading, item))
        if item.courtesy and any(set(key.split()) <= set(k.split()) for k in kept):
            continue
        if item.sep == "open" and kept and _stands_for(reading, item, before):
            continue
        if key not in kept:
            kept[key] = item
        before = item
    return list(kept.values())


def _stands_for(reading: _Reading, item: _Item, before: _Item | None) -> bool:
    """Letters in brackets behind the name they shorten: "Highland News Agency (HNA)"."""
    letters = _keys(reading, item)
    return before is not None and len(letters) == 1 and letters[0] == "".join(k[0] for k in _keys(reading, before))


def _party(reading: _Reading, item: _Item, items: list[_Item]) -> Party:
    name = reading.raw[item.start : item.end]
    if item.known:
        canonical = item.known.name
    elif item.kind in (Kind.PERSON, Kind.CONTRIBUTOR):
        canonical = restore(" ".join(reading.line[item.start : item.end].split()))
    else:
        canonical = " ".join(reading.line[item.start : item.end].split())
    return Party(name, canonical, item.kind, _relation(item, items), Span(item.start, item.end), item.confidence)


def _relation(item: _Item, items: list[_Item]) -> Relation:
    if item.via:
        return Relation.VIA
    if item.courtesy:
        return Relation.COURTESY
    if item.kind in (Kind.PERSON, Kind.PSEUDONYM, Kind.HANDLE, Kind.CONTRIBUTOR):
        return Relation.CREATOR
    if item.kind in (Kind.AGENCY, Kind.COLLECTION, Kind.STOCK_LIBRARY):
        houses = [i for i in items if i.kind in (Kind.AGENCY, Kind.COLLECTION, Kind.STOCK_LIBRARY)]
        if len(houses) > 1 and (item is houses[-1] and not any(h.known and h.known.distributes for h in houses[:1])):
            return Relation.SUPPLIER
        if len(houses) > 1 and item is houses[0] and item.known and item.known.distributes:
            return Relation.SUPPLIER
    return Relation.SOURCE
