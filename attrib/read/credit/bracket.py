"""A credit in brackets at the end of a caption.

In: a plain line and its bounds. Out: the cut, as `cuts` has them. Where a sentence ends before the bracket, less has to
be said in it: in a sentence it may hold a party, a state, a unit or a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ...lexicon import fold, small_names, word_set
from ...model import Confidence, Kind
from .kinds import guess
from .look import Look, look
from .shown import GIVEN, Cut, bare, behind_sentence, licensed, sentence_end, separated
from .signed import desk, ordered
from .words import trim_credit

__all__ = ["bracketed"]

_PAIRS = {")": "(", "]": "["}


def bracketed(line: str, low: int, end: int, start: int) -> Iterator[Cut]:
    """The bracket that closes at the end, with its confidence; with a name that stands before it, where one does."""
    close = end - 1
    if line[close] == "." and close > low:
        close -= 1
    if line[close] not in _PAIRS:
        return
    depth, at = 0, close
    while at >= low:
        if line[at] == line[close]:
            depth += 1
        elif line[at] == _PAIRS[line[close]]:
            depth -= 1
            if depth == 0:
                break
        at -= 1
    else:
        return
    inner = line[at + 1 : close]
    seen = look(inner)
    parties = seen.credit.parties
    closed = sentence_end(line, start, at) or at == start
    if seen.prose or not (parties or seen.credit.roles):
        return
    if seen.marked or (seen.house and seen.strange <= 2 and not _unit(inner, closed or _small(line, start, at))):
        left = -1 if closed else _named_before(line, low, at, end, start, Kind.AGENCY if seen.people else Kind.PERSON)
        yield (at + 1, close, Confidence.HIGH) if left < 0 else (left, end, Confidence.HIGH)
    elif not parties:
        if not GIVEN.isdisjoint(seen.credit.roles) and (closed or _tells(inner)):
            yield at + 1, close, Confidence.MEDIUM
    elif _names_maker(inner, seen, closed=closed, square=line[at] == "["):
        yield at + 1, close, Confidence.MEDIUM


def _names_maker(inner: str, seen: Look, *, closed: bool, square: bool) -> bool:
    """Whether brackets that hold no marker and no agency name who made a picture; more so where they are `square`, or a
    sentence is `closed` before them."""
    if not seen.strange:
        known = seen.publisher or seen.platform
        if known and not GIVEN.isdisjoint(seen.credit.roles):
            return True
        if (closed and (known or seen.people)) or (known and seen.people and len(seen.credit.parties) > 1):
            return True
    return desk(inner, seen, closed=closed, square=square) or (closed and _alone(inner, seen)) or licensed(seen)


def _named_before(line: str, low: int, at: int, end: int, start: int, kind: Kind) -> int:
    """Where a person begins, alone between a sentence or a bar and a house in brackets, ". Ana Ruiz (EFE)"; or, with
    `kind` AGENCY, the house before its photographer, "。新华社发（NAME摄）"; -1 when there is none."""
    for left, _, _ in chain(behind_sentence(line, low, end, start), separated(line, low, end, start)):
        left, right = trim_credit(line, left, at)
        if left >= at:
            continue
        if kind is Kind.PERSON and guess(line[left:right]).kind is kind:
            return left
        if kind is Kind.AGENCY and [p.kind for p in look(line[left:right]).credit.parties] == [kind]:
            return left
    return -1


def _tells(inner: str) -> bool:
    """Whether words in brackets say how a picture came though no sentence ends before them: in Chinese signs, where
    they are no single word for a thing ("受访者供图"), or with a capital ("Provided")."""
    signs = len(inner) > 2 and all("\u3400" <= sign <= "\u9fff" for sign in inner)
    return signs or (inner[:1].isupper() and fold(inner) in word_set("bracketed"))


def _body(inner: str, seen: Look) -> bool:
    """Whether this is the name of an authority or a company by its own words: "County Sheriff's Office"; a club's
    says whom somebody plays for."""
    keys = fold(inner).split()
    if not word_set("club").isdisjoint((*keys[:1], *keys[-1:])):
        return False
    looks = guess(inner.strip())
    sure = looks.kind is Kind.ORGANISATION and looks.confidence is Confidence.HIGH
    return sure and len(seen.credit.parties) == 1 and " " in inner and bare(inner, seen.credit.parties[0].name)


# North American call signs: ITU Radio Regulations, appendix 42; 47 CFR 73.3550
_STATION = re.compile(r"[KW][A-Z]{2,3}(?:[- ](?:TV|DT|FM|News|\d{1,2}))?")


def _alone(inner: str, seen: Look) -> bool:
    """Whether this says enough where a sentence was closed before: a body by its own words, a maker and for which
    house, a station by its call sign."""
    return _body(inner, seen) or ordered(inner, seen) or _STATION.fullmatch(inner) is not None


def _small(line: str, start: int, at: int) -> bool:
    """Whether the word before a bracket is written small: no place whose state may stand in it, "Harrisburg (PA)"."""
    before = line[start:at].split()
    return bool(before) and before[-1].islower()


def _unit(inner: str, closed: bool) -> bool:
    """Two or three letters in brackets that are a unit or a state as easily as a house: "98 pascal (Pa)"."""
    inner = inner.strip()
    if inner.upper() == inner.lower():
        return False  # no letters with capitals, and no units: "（共同）"
    return len(inner) <= 3 and inner not in small_names() and (not inner.isupper() or (len(inner) < 3 and not closed))
