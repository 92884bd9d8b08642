"""Is this name a person, a body, a house? What can be told from the name alone, in any script.

In: a name as printed and its words. Out: a guess with its strength; the line around the name decides the rest.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...lexicon import fold, given_names, printed_words, table, word_set
from ...model import Confidence, Kind

__all__ = ["UNKNOWN", "Guess", "guess", "is_domain", "restore"]


class Guess(NamedTuple):
    """What a name looks like. `kind` None: a single word or a mixture that only its neighbours can explain."""

    kind: Kind | None
    confidence: Confidence = Confidence.HIGH


UNKNOWN = Guess(None)

_DOMAIN = re.compile(
    r"^(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|[a-z]{2}|media|news|online|photo|photos|eu)$", re.I
)
_INITIALS = re.compile(r"^[^\W\d_]\.(?:-?[^\W\d_]\.)*-?$|^[^\W\d_]$|^[A-Z][a-z]{1,3}\.$")
_JOINED_INITIAL = re.compile(r"^(?:[^\W\d_]\.)+[^\W\d_][\w'’-]+$")
_HYPHENED = re.compile(r"-\w+")
_STATION = re.compile(r"[A-Z]{2,5}\d{1,2}$")  # "TV2", "MTV3", no user's name
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CASELESS = re.compile(r"[\u0590-\u06ff\u0750-\u077f\u0900-\u10ff\u1780-\u17ff]")


def is_domain(name: str) -> bool:
    """Whether the name is an internet address without a path."""
    return "." in name and " " not in name and bool(_DOMAIN.match(name))


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    lists = table("credit-words")["words"]["ending"]
    return {lang: tuple(fold(w) for w in group) for lang, group in lists.items() if lang != "source"}


@cache
def _latin_endings() -> tuple[str, ...]:
    return _endings()["de"] + _endings()["nordic"] + _endings()["nl"]


def _names_body(keys: list[str]) -> Kind | None:
    """What the words themselves say: an agency word, a publisher word, a word for a body."""
    if not word_set("agency").isdisjoint(keys):
        return Kind.AGENCY
    if not word_set("organisation").isdisjoint(keys):
        return Kind.ORGANISATION
    if not word_set("publisher").isdisjoint(keys):
        return Kind.PUBLISHER
    if len(keys) > 1 and not word_set("organisation").isdisjoint(f"{a} {b}" for a, b in pairwise(keys)):
        return Kind.ORGANISATION
    ends = _latin_endings()
    if any(len(k) > 6 and k.endswith(ends) and k not in ends for k in keys):
        return Kind.ORGANISATION
    return None


def _piece(piece: str) -> str:
    """The class of one blank-separated piece: initial, title-case, capitals, particle, lower, other."""
    if _INITIALS.match(piece):
        return "initial"
    bare = piece.strip("'\".,")
    if not bare:
        return "other"
    core = (
        bare.replace("\ufffd", "e").replace("-", "").replace("'", "").replace("’", "").replace(".", "").replace("·", "")
    )
    if fold(bare) in word_set("particle") and (bare[0].islower() or len(bare) <= 3):
        return "particle" if bare[0].islower() else ("capitals" if len(bare) > 1 and bare.isupper() else "title")
    if not core.isalpha():
        return "other"
    if len(core) > 1 and core.isupper():
        return "capitals"
    if piece.endswith(".") and fold(bare) in word_set("suffix"):
        return "initial"  # "ml.", the younger
    if core[0].isupper() or _JOINED_INITIAL.match(bare):
        return "title"
    if bare[:3].lower() in ("al-", "el-", "ad-", "as-", "ar-") or bare[:2] in ("d'", "d’", "l'", "l’", "o'"):
        return "title"
    return "lower"


@lru_cache(maxsize=4096)
def guess(name: str) -> Guess:
    """What this name looks like by itself."""
    keys = fold(name).split()
    if not keys:
        return Guess(None)
    if is_domain(name):
        return Guess(Kind.PUBLISHER, Confidence.MEDIUM)
    if _HANGUL.search(name) or _HAN.search(name):
        return _east_asian(name)
    if "_" in name:
        return Guess(Kind.PSEUDONYM if " " not in name else None, Confidence.MEDIUM)
    # a surname of two parts may end in a word for a body: "Uwe Hansen-Brand"
    given = len(keys) > 1 and keys[0] in given_names()
    said = fold(_HYPHENED.sub("", name)).split() if "-" in name and given else keys
    if given and keys[1] not in word_set("of"):  # "Bo Hansen", "Ville Salo"; not "Ville de Lyon"
        said = said[1:]
    if body := _names_body(said):
        return Guess(body)
    if any(c.isdigit() for c in name):
        alone = " " not in name and not _STATION.match(name)
        return Guess(Kind.PSEUDONYM if alone else None, Confidence.MEDIUM)
    if _CASELESS.search(name):
        return Guess(Kind.PERSON if 2 <= len(keys) <= 4 else None, Confidence.MEDIUM)
    return _by_pieces(name.split())


def _by_pieces(pieces: list[str]) -> Guess:
    classes = [_piece(p) for p in pieces]
    if set(classes) == {"initial"} and _signed(pieces):
        return Guess(Kind.PERSON, Confidence.MEDIUM)
    if len(pieces) == 1:
        return Guess(Kind.PERSON, Confidence.MEDIUM) if _JOINED_INITIAL.match(pieces[0]) else Guess(None)
    solid = [c for c in classes if c in ("title", "capitals")]
    if "other" in classes or not solid or len(pieces) > 7 or len(solid) > 5 or classes[-1] in ("particle", "lower"):
        plain_lower = len(pieces) == 2 and set(classes) == {"lower"} and all(p.isalpha() and len(p) > 2 for p in pieces)
        plain_lower &= fold(pieces[0]).isascii()
        return Guess(Kind.PERSON if plain_lower else None, Confidence.LOW)
    if "lower" in classes:
        return Guess(None)
    if pieces[0][0].isupper() and fold(pieces[0]) in word_set("article"):
        return Guess(Kind.ORGANISATION, Confidence.MEDIUM)
    legal = classes[-1] == "capitals" and pieces[-1].strip(".").lower() in word_set("legal")
    mixed = "title" in classes
    acronym = mixed and any(
        c == "capitals" and (len(p) == 3 or (len(p) > 3 and i == 0 and not _vowel(p))) and not _vowel_rich(p)
        for i, (c, p) in enumerate(zip(classes, pieces, strict=True))
    )
    if legal or acronym:
        return Guess(Kind.ORGANISATION, Confidence.MEDIUM)
    return Guess(Kind.PERSON, Confidence.HIGH if len(pieces) <= 4 else Confidence.MEDIUM)


def _signed(pieces: list[str]) -> bool:
    """Two or three initials, each with its stop, are how somebody signs: "A. B.", "M.K."; not "U.S.", "AB"."""
    letters = "".join(c for c in "".join(pieces) if c.isalpha()).lower()
    stopped = "".join(pieces).count(".") == len(letters)
    return stopped and 2 <= len(letters) <= 3 and (len(pieces) > 1 or letters not in word_set("legal"))


def _vowel(word: str) -> bool:
    return any(c in "aeiouy" for c in fold(word))


def _vowel_rich(word: str) -> bool:
    """Pronounceable in a name's way: KIM, LEE, ALI, but not BBC, SRF, LKA."""
    key = fold(word)
    return _vowel(word) and not key.endswith(("bc", "pd", "rf")) and key not in word_set("legal")


def _east_asian(name: str) -> Guess:
    compact = name.replace(" ", "").replace("\u30fb", "").replace("·", "")
    if _HANGUL.search(name):
        keys = [fold(p) for p in name.split()]
        if not word_set("organisation").isdisjoint(keys):
            return Guess(Kind.ORGANISATION)
        if any(key.endswith(_endings()["ko"]) for key in keys) and len(compact) > 2:
            return Guess(Kind.ORGANISATION, Confidence.MEDIUM)
        person = 2 <= len(compact) <= 4 and " " not in name.strip() and compact[0] in printed_words("surname")
        return Guess(Kind.PERSON if person else Kind.ORGANISATION, Confidence.MEDIUM)
    ending = _endings()["zh"] + _endings()["ja"]
    if compact.endswith(ending) and len(compact) > 2:
        return Guess(Kind.ORGANISATION, Confidence.MEDIUM)
    person = 2 <= len(compact) <= 5 or "\u30fb" in name
    return Guess(Kind.PERSON if person else Kind.ORGANISATION, Confidence.MEDIUM)


def restore(name: str) -> str:
    """A personal name in ordinary capitals, when it is printed all in capitals or all in small letters.

    Particles stay small; a letter after an apostrophe, a hyphen or "Mc" is a capital. One word, a word with digits,
    and initials are left alone.
    """
    pieces = name.split()
    if len(pieces) < 2 or any(map(str.isdigit, name)):
        return name
    if name not in (name.upper(), name.lower()):
        capitals = [p for p in pieces if len(p) > 3 and p.isupper() and _vowel(p)]
        if not capitals:
            return name
        return " ".join(_capital(p) if p in capitals else p for p in pieces)
    return " ".join(
        p.lower() if i and fold(p) in word_set("particle") and len(p) > 1 else _capital(p) for i, p in enumerate(pieces)
    )


def _capital(piece: str) -> str:
    if _INITIALS.match(piece):
        return piece.upper() if len(piece.replace(".", "")) <= 2 else piece
    out = "".join(c.upper() if i == 0 or piece[i - 1] in "'’-." else c.lower() for i, c in enumerate(piece))
    return f"Mc{out[2:].capitalize()}" if out.startswith("Mc") and len(out) > 4 else out
