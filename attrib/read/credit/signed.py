"""How a desk signs a picture: one person and one house, and nothing else.

In: what stands in brackets or behind a sign, and how it reads as a credit. Out: whether it is written so. Places are
written in pairs, too, and so are players and clubs, politicians and parties: what is not sure is no signature.
"""

from __future__ import annotations

import re

from ...lexicon import fold, given_names, word_set
from .look import Look

__all__ = ["desk", "full_names", "ordered"]

_PAIR = re.compile(r"([^()/]{3,40}?) ?/ ?([^()/]{3,40})")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?){1,2}")
_PARTY = 4  # capitals: as many may be a politician's party


def desk(inner: str, seen: Look, *, closed: bool, square: bool = False) -> bool:
    """Whether this is written as desks write "First Last/HOUSE": one person by the full name and a house, both in
    capitals. The first name is known (or the brackets are `square`) and the house more than a party's letters; when
    the sentence is `closed` before, an initial, a side all in capitals or a house that is known says enough."""
    pair = _PAIR.fullmatch(inner.strip())
    if pair is None or seen.people != 1 or seen.strange > 1 or seen.prose:
        return False
    sides = [side.split() for side in pair.groups()]
    words = [word for side in sides for word in side]
    if not all(word[0].isupper() or word[0].isdigit() or fold(word) in word_set("particle") for word in words):
        return False
    full = any(len(side) > 1 and (square or fold(side[0]) in given_names()) for side in sides)
    if closed:
        signed = any(len(side) > 1 and _INITIAL.fullmatch(side[0]) for side in sides)
        full |= signed and word_set("club").isdisjoint(fold(inner).split())
        capitals = any(" ".join(side).isupper() for side in sides) and any(len(side) > 1 for side in sides)
        return len(seen.credit.parties) == 2 and (full or capitals or seen.publisher)
    return full and not any(len(side) == 1 and side[0].isupper() and len(side[0]) <= _PARTY for side in sides)


def ordered(inner: str, seen: Look) -> bool:
    """Whether this says who made the picture, by a first name that is known, and for which house: "Ana Ruiz per Il
    Faro"."""
    if seen.people != 1 or len(seen.credit.parties) != 2 or seen.credit.roles or seen.prose:
        return False
    words = inner.split()
    cut = next((n for n, word in enumerate(words) if word.islower() and fold(word) in word_set("for")), 0)
    maker, house = words[:cut], words[cut + 1 :]
    return bool(house) and house[0][0].isupper() and full_names(maker, house)


def full_names(maker: list[str], house: list[str]) -> bool:
    """Whether words are a person by the full name, whose first name is known, and a house: all written as names are."""
    small = word_set("particle") | word_set("of") | word_set("and")
    full = len(maker) > 1 and fold(maker[0]) in given_names()
    return full and all(word[0].isupper() or fold(word) in small for word in (*maker, *house))
