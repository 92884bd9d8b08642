"""What a stretch of text would be as a credit: who would be in it, and does it read like prose.

In: text. Out: `Look`. The cutter and the judge of whole lines both ask it, so they agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ...lexicon import credit_words, fold, name_of, telling_words, word_set
from ...model import HOUSES, Credit, Kind, Party
from .parse import parse_credit
from .words import COPYRIGHT, LIMIT, plain, words

__all__ = ["Look", "introduced", "look", "may_thank", "runs_on"]

_SIGN = re.compile(rf"[{COPYRIGHT}]|[cC]\)|opyright|OPYRIGHT|\bcc [A-Z]")
_PROSE = 40  # characters: shorter lines are read whole
_SENTENCE = re.compile(r"[.!?](?<=[^\W\d_]{3}.)\s+[^\W\d_]{2,}\s+[a-zà-ÿа-я]")


@dataclass(frozen=True, slots=True)
class Look:
    """What a stretch of text would be as a credit."""

    credit: Credit
    marked: bool
    leads: bool  # the marker stands first
    house: bool  # an agency, a library
    publisher: bool
    platform: bool
    people: int
    strange: int  # names nobody knows
    prose: bool


@lru_cache(maxsize=1024)  # the cutter tries the same ends of a caption again, and pages repeat their credits
def look(text: str) -> Look:
    """Read this stretch as if it were a credit."""
    if runs_on(text):
        return Look(Credit(raw=text), False, False, False, False, False, 0, 0, prose=True)
    credit = parse_credit(text)
    kinds = [p.kind for p in credit.parties]
    strange = [p for p in credit.parties if p.kind in (Kind.ORGANISATION, Kind.PSEUDONYM) and name_of(p.name) is None]
    return Look(
        credit,
        credit.marker is not None,
        credit.marker is not None and _first(text, credit.marker),
        any(k in HOUSES and name_of(p.name) for k, p in zip(kinds, credit.parties, strict=True)),
        any(
            k in (Kind.PUBLISHER, Kind.ORGANISATION) and name_of(p.name)
            for k, p in zip(kinds, credit.parties, strict=True)
        ),
        any(k is Kind.PLATFORM for k in kinds),
        sum(k in (Kind.PERSON, Kind.HANDLE) for k in kinds),
        len(strange),
        any(_prose(text, p) for p in credit.parties)
        or (not credit.restrictions and _sentences(text))
        or _leads_small(text),
    )


def runs_on(text: str) -> bool:
    """Whether three small words stand in a stretch that no sign, marker or house interrupts: prose, known as such
    without reading it whole. What begins with a quotation mark may be a title."""
    telling, joints = telling_words(), _joints()
    line = plain(text[:LIMIT])
    small = end = 0
    for word in words(line) if len(line) > _PROSE else ():
        gap = line[end : word.start]
        if gap != " " or word.key in telling or word.key in joints:
            small = -len(line) if gap[-1:] in ("'", '"') else 0
        if line[word.start : word.end].islower() and word.key not in joints:
            small += 1
            if small == 3:
                return True
        end = word.end
    return False


@cache
def _joints() -> frozenset[str]:
    """Small words inside and between names."""
    return frozenset().union(*map(word_set, ("particle", "and", "of", "for", "by"))) | {"via"}


def may_thank(line: str, start: int, end: int) -> bool:
    """Whether anything in a stretch of a plain line may be a marker, a role or a party that the tables know.

    Most captions without a credit have nothing of the kind. In scripts without blanks, words do not tell.
    """
    telling = telling_words()
    found = [word.key for word in words(line[:end], start)]
    return not telling.isdisjoint(found) or not "".join(found).isascii() or _SIGN.search(line) is not None


def _first(text: str, marker: str) -> bool:
    return marker == "\u00a9" or text.lstrip(" ([|/-\u2013.=").startswith(marker)


def _sentences(text: str) -> bool:
    """Whether a new sentence begins inside, other than one that a marker opens ("… Beek. Courtesy of the court")."""
    for found in _SENTENCE.finditer(text):
        begin = re.split(r"[.!?]\s+", found.group(), maxsplit=1)[1]
        if fold(text[: found.start()].rpartition(" ")[2]) in credit_words():
            continue  # "fot. archiwum": a marker that is cut short
        rest = text[found.end() - len(begin) :].split()
        if not any(fold(" ".join(rest[:n])) in credit_words() for n in (1, 2, 3)):
            return True
    return False


def _leads_small(text: str) -> bool:
    """Whether it begins with a small word, as the rest of a sentence does ("… and on Instagram")."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return first.islower() and (fold(first) in word_set("and") or fold(first) in word_set("of")) and first != "via"


def _prose(text: str, party: Party) -> bool:
    """More than a name: small words that belong to no name, or too many words."""
    if name_of(party.name) or (
        party.span and text[party.span.start - 1 : party.span.start] in ("'", '"', "\u2018", "\u201e")
    ):
        return False
    pieces = party.name.split()
    small = [p for p in pieces if p.islower() and fold(p) not in word_set("particle")]
    return len(small) > 1 or len(pieces) > 8


def introduced(seen: Look) -> bool:
    """Whether the credit says so itself, with a colon, a "by" or a ©."""
    marker = seen.credit.marker or ""
    known = credit_words().get(fold(marker))
    return marker == "\u00a9" or (marker.endswith((":", "by")) and (known is None or known.picture))
