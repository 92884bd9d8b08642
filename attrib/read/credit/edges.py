"""Markers, roles and jobs at the edges of a name: "Photo by", "(archive)", "staff photographer", 撮影.

In: a piece of a line between two separators. Out: the piece without them; what they say is noted in the reading.
"""

from __future__ import annotations

from functools import cache

from ...lexicon import Marker, credit_words, fold, name_of, printed_words, role_words, roles, word_set
from ...model import Confidence, Kind
from .kinds import Guess, guess
from .reading import Reading
from .words import Word, words

__all__ = ["skip_small", "strip_edges"]

_PAPER = Guess(Kind.PUBLISHER, Confidence.MEDIUM)


def strip_edges(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take one marker, role or title off the front or the back of a piece."""
    found = reading.found
    leading, trailing = _edge_words()
    after = skip_small(reading, start + 1, end)
    if (marker := credit_words().get(found[start].key)) and reading.key(after, end) in role_words():
        reading.mark(start, start + 1, marker)  # "Foto archivo personal": a role of its own, not "foto archivo"
        return after, end
    for size in range(min(6, end - start - 1), 0, -1) if found[start].key in leading else ():
        key = reading.key(start, start + size)
        if (marker := credit_words().get(key)) and _introduces(reading, start, size, end, marker):
            reading.mark(start, start + size, marker)
            return skip_small(reading, start + size, end), end
        if (role := role_words().get(key)) and _role_leads(reading, start + size, end, key):
            reading.roles.add(role)
            reading.clause_roles = (role,)
            return skip_small(reading, start + size, end), end
        if key in word_set("title") and _named(reading, start + size, end):
            return start + size, end
    for size in range(min(5, end - start - 1), 0, -1) if found[end - 1].key in trailing else ():
        key = reading.key(end - size, end)
        if marker := credit_words("after").get(key):
            reading.mark(end - size, end, marker)
            return start, end - size
        if (role := role_words().get(key)) and _role_ends(reading, start, end - size, key):
            reading.roles.add(role)
            return start, end if key in word_set("role_in_name") else end - size
        if key in word_set("title") and _named(reading, start, end - size):
            reading.titled = True
            return start, end - size
        if key in credit_words() and _house(reading.text(start, end - size)):
            return start, end - size  # "Reuters photo"
    last = found[end - 1].key
    if (
        last in word_set("of")
        and end - start > 1
        and reading.parts[end - 1] != "tight"
        and last not in word_set("particle")
        and not reading.is_initial(end - 1)
    ):
        return start, end - 1
    return _glued(reading, start, end)


@cache
def _edge_words() -> tuple[frozenset[str], frozenset[str]]:
    """The first and the last words of all markers, roles and titles: most pieces begin and end with none."""
    front = (*credit_words(), *role_words(), *word_set("title"))
    back = (*front, *credit_words("after"))
    return frozenset(w.partition(" ")[0] for w in front), frozenset(w.rpartition(" ")[2] for w in back)


def _named(reading: Reading, start: int, end: int) -> bool:
    rest = reading.text(start, end)
    foreign = not rest.isascii() and not rest[0].islower()
    return name_of(rest) is not None or guess(rest).kind is Kind.PERSON or foreign


def _house(text: str) -> bool:
    entry = name_of(text)
    return entry is not None and entry.kind in (Kind.AGENCY, Kind.STOCK_LIBRARY)


def skip_small(reading: Reading, at: int, end: int) -> int:
    """Past the small words between a marker and a name: by, von, de la, the."""
    limit = min(at + 3, end - 1)
    while at < limit and reading.found[at].key in word_set("of"):
        printed = reading.line[reading.found[at].start]
        if not printed.islower() and reading.found[at].key not in word_set("by_capital"):
            break
        at += 1
    return at


def _introduces(reading: Reading, start: int, size: int, end: int, marker: Marker) -> bool:
    """Whether this marker word, with no colon, introduces what follows it."""
    last = reading.found[start + size - 1].key
    following = reading.found[start + size].key
    if size > 1 and (last in word_set("of") or marker.roles):
        return True
    if following in word_set("by"):
        return True
    if marker.place == "before" and marker.roles and marker.alone:
        return True
    if reading.key(start, start + size) in reading.marker_keys:
        return True
    begins = not start or reading.parts[start] in ("clause", "stop", "open") or (not reading.items and reading.roles)
    if not marker.alone or reading.marked or not begins:
        return False
    rest = reading.text(start + size, end)
    if any(
        reading.key(start + size, at) in role_words() for at in range(start + size + 2, min(end, start + size + 5) + 1)
    ):
        return True
    return rest[0].isupper() or not rest[0].isascii() or name_of(rest) is not None or size > 1


def _role_leads(reading: Reading, at: int, end: int, key: str) -> bool:
    rest = reading.text(at, end)
    if key in word_set("whole_only") and reading.parts[at] != "tight":
        return name_of(rest) is not None or guess(rest).kind is Kind.PERSON
    return True


def _role_ends(reading: Reading, start: int, at: int, key: str) -> bool:
    rest = reading.text(start, at)
    if reading.found[at - 1].key in word_set("of") | word_set("and") | word_set("for"):
        return False
    if key in word_set("homonym") and name_of(rest) is None and at - start == 1 and not rest.isupper():
        return False
    if key in word_set("whole_only") or key in word_set("often_name"):
        house = name_of(rest)
        kind = house.kind if house else guess(rest).kind
        if kind is Kind.PUBLISHER and key in word_set("agency"):
            return False  # "The Star Press" is a paper
        return house is not None or (key not in word_set("archive") and reading.line[reading.found[at].start].isupper())
    return True


def _glued(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """A marker or a title written onto a name, in scripts without blanks: 田中太郎撮影."""
    first, last = reading.found[start], reading.found[end - 1]
    if not first.key.isascii() and end - start > 1 and _house_and_job(reading, first):
        return start + 1, end
    if last.key.isascii():
        return start, end
    printed = reading.line[last.start : last.end]
    for lead in printed_words("glued"):
        if printed.startswith(lead) and name_of(printed[len(lead) :]):
            reading.found[end - 1] = words(reading.line[: last.end], last.start + len(lead))[0]
            reading.marker = reading.marker or lead
            return start, end
    for job in printed_words("job_before"):
        at = printed.find(job)
        house = name_of(printed[:at]) if at > 1 else None
        paper = at > 1 and printed[:at].endswith(printed_words("paper"))
        if (at == 0 or house or paper) and guess(printed[at + len(job) :]).kind is Kind.PERSON:  # 中央社記者王美玲
            if at:
                reading.take(last.start, last.start + at, "", house, _PAPER)
            last = reading.found[end - 1] = words(reading.line[: last.end], last.start + at + len(job))[0]
            printed = printed[at + len(job) :]
            break
    if _house_and_job(reading, last) or _two_houses(reading, last):
        return start, end - 1
    for key, marker, role in _unspaced():
        if len(key) < len(printed) and printed.endswith(key):
            if marker:
                reading.marker = reading.marker or key
                reading.roles.update(marker.roles)
                reading.marked = True
            elif role:
                reading.roles.add(role)
            reading.found[end - 1] = words(reading.line[: last.end - len(key)], last.start)[-1]
            return start, end
    return start, end


def _house_and_job(reading: Reading, word: Word) -> bool:
    """A house with a job written behind it, 新华社记者: the house is taken, the job dropped. A paper is known by its
    last sign, 海港日报记者; of "本报记者", our own, nobody is named."""
    printed = reading.line[word.start : word.end]
    for at in range(len(printed) - 1, 1, -1):
        if fold(printed[at:]) not in word_set("title"):
            continue
        house = printed[:at]
        if house in printed_words("own"):
            return True
        if (entry := name_of(house)) or house.endswith(printed_words("paper")):
            reading.take(word.start, word.start + at, "", entry, _PAPER)
            return True
    return False


def _two_houses(reading: Reading, word: Word) -> bool:
    """Two agencies written as one word, 로이터연합뉴스: both are taken."""
    printed = reading.line[word.start : word.end]
    for at in range(2, len(printed) - 1):
        first, second = name_of(printed[:at]), name_of(printed[at:])
        if first and second and first.kind is second.kind is Kind.AGENCY:
            reading.take(word.start, word.start + at, "", first)
            reading.take(word.start + at, word.end, "slash", second)
            return True
    return False


@cache
def _unspaced() -> tuple[tuple[str, Marker | None, str], ...]:
    """What is written onto East Asian names: markers, jobs, and roles of three signs and more, the longest first."""
    markers = credit_words("after").values()
    after = [(m.words, m, "") for m in markers if not m.words.isascii() and m.lang in ("ja", "ko", "zh")]
    jobs = [(job, None, "") for job in printed_words("job")]
    said = [(w, None, r.role) for r in roles() for lang in ("ja", "zh") for w in r.words.get(lang, ()) if len(w) > 2]
    return tuple(sorted([*after, *jobs, *said], key=lambda e: -len(e[0])))
