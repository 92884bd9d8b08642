"""Do two credits name the same party? A verdict with its reason, never a score.

In: two names, or two credits. Out: `Verdict`: agrees, disagrees or cannot tell, and how it came to that. Of 617 pairs
of spellings kept by a large picture desk, folding case and accents settles 95 %; transliteration, order and dropped
initials most of the rest. Similarity measures such as Jaro-Winkler are not used: they merge different photographers
(Velázquez, Vázquez).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .lexicon import Name, fold, name_of
from .model import HOUSES, MAKERS, Credit, Kind, Party

__all__ = [
    "Answer",
    "Verdict",
    "distance",
    "match_agencies",
    "match_creators",
    "match_credits",
    "match_people",
    "spellings",
]


class Answer(StrEnum):
    """What a comparison says."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer with its reason in words. `how` is for programs.

    People: same, folded, transliterated, misread, order, initials, shortened, cut, typo, near, partial, other, unnamed.
    Houses: same, brand, distributor, other, unnamed. `typo` agrees: most likely one person, misspelt.
    """

    answer: Answer
    reason: str
    how: str

    @property
    def exact(self) -> bool:
        """Whether it agrees to the letter, or but for case and accents."""
        return self.answer is Answer.AGREES and self.how in ("same", "folded")


# How each letter is typed where it is missing: German and Scandinavian usage, Croatian đ.
_TYPED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj", "ß": "ss", "æ": "ae", "œ": "oe", "ñ": "ny"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe", "Đ": "Dj", "Æ": "Ae", "þ": "th", "ð": "d", "ĳ": "ij"}
)
_CYRILLIC = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфхыэіїєґћј", "abvgdeezijklmnoprstufhieiiegcj", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": "", "ў": "u"}
    | {"ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"}
)
_GREEK = str.maketrans(
    dict(zip("αβγδεζηικλμνξοπρστυφως", "avgdeziiklmnxoprstyfos", strict=True)) | {"θ": "th", "χ": "ch", "ψ": "ps"}
)
_LOOSE = tuple(p.split() for p in ("shch sh", "kh h", "iy i", "ij i", "yy i", "ye e", "yo e", "y i", "j i", "ii i"))


@lru_cache(maxsize=2048)
def _latin(name: str) -> str:
    """A rough Latin spelling of a Cyrillic or Greek name, and of its usual romanisations: both come out alike."""
    key = fold(name).translate(_CYRILLIC).translate(_GREEK)
    for old, new in _LOOSE:
        key = key.replace(old, new)
    return key


def distance(a: str, b: str, limit: int = 2) -> int:
    """Damerau-Levenshtein distance (adjacent letters swapped count as one), at most `limit` + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        oldest, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, oldest[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def spellings(name: str) -> tuple[str, ...]:
    """The ways a name may be typed, folded: as it is, without its special letters, and roughly in Latin ones."""
    return tuple(dict.fromkeys((fold(name), fold(name.translate(_TYPED)), _latin(name))))


def match_people(a: str, b: str) -> Verdict:
    """Whether two printed names are one person's.

    Agrees: the same but for case, accents, punctuation; transliteration (Müller, Mueller); order (MÜLLER Eva);
    initials or names left out (R. F. Bukaty, Robert Bukaty); cut at IIM's 32 bytes; letters of another character set
    read as Latin-1 (Zo‘ MŸller); one typing error in a word of four letters or more. Cannot tell: one name only, or an
    error in a short word. Disagrees otherwise.
    """
    left, right = fold(a), fold(b)
    if not left or not right:
        return Verdict(Answer.CANNOT_TELL, "one side names nobody", "unnamed")
    if a.strip() == b.strip():
        return Verdict(Answer.AGREES, f"both name {a.strip()}", "same")
    if left == right or left.replace(" ", "") == right.replace(" ", ""):
        return Verdict(Answer.AGREES, "the same but for case, accents or punctuation", "folded")
    if sorted(left.split()) == sorted(right.split()):
        return Verdict(Answer.AGREES, "the same names in another order", "order")
    if _typed_alike(a, b):
        return Verdict(Answer.AGREES, f"{a} and {b} are spellings of one name in other letters", "transliterated")
    if _cut_short(a, b, left, right):
        return Verdict(Answer.AGREES, "one is the other, cut off at 32 bytes", "cut")
    if _misread(a, b) or _misread(b, a):
        return Verdict(Answer.AGREES, f"{a} and {b} are one name, the letters of one misread", "misread")
    return _by_words(a, b, _words(a), _words(b))


def _typed_alike(a: str, b: str) -> bool:
    x, y = fold(a.translate(_TYPED)), fold(b.translate(_TYPED))
    if any(sorted(one.split()) == sorted(other.split()) for one, other in ((x, y), (x, fold(b)), (fold(a), y))):
        return True
    if a.isascii() and b.isascii():
        return False
    return _latin(a) == _latin(b) or sorted(_latin(a).split()) == sorted(_latin(b).split())


def _cut_short(a: str, b: str, left: str, right: str) -> bool:
    """IIM cuts a by-line at 32 bytes; some programs at 31."""
    short, long_, key, whole = (a, b, left, right) if len(a) < len(b) else (b, a, right, left)
    return 29 <= len(short.strip().encode()) <= 32 and whole.startswith(key) and len(long_) > len(short)


# What IIM is written in, and does not say: read as Windows-1252, the letters are others.
_CHARSETS = ("utf-8", "mac-roman", "cp1250", "iso8859-2", "cp1251", "iso8859-5", "cp1253", "cp1254", "cp850", "gbk",
             "shift-jis", "euc-kr", "big5")  # fmt: skip


def _misread(name: str, read: str) -> bool:
    """Whether `read` is what becomes of `name` when its bytes are taken for Windows-1252."""
    if name.isascii() or read.isascii():
        return False
    key = fold(read)
    return any(fold(name.encode(charset, "ignore").decode("cp1252", "replace")) == key for charset in _CHARSETS)


def _words(name: str) -> list[str]:
    """The folded words of a name; initials written together ("JJ", "C.P.") one by one."""
    found: list[str] = []
    for piece in name.replace(".", ". ").split():
        key = fold(piece)
        bare = piece.strip(".,")
        initials = 1 < len(bare) <= 3 and bare.isupper() and bare.isalpha() and not name.isupper()
        if initials and not any(c in "AEIOUY" for c in bare[1:]):
            found += list(key)
        else:
            found += key.split()
    return [w for w in found if w not in ("jr", "sr")] or fold(name).split()


def _by_words(a: str, b: str, left: list[str], right: list[str]) -> Verdict:
    short, long_ = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) == 1:
        if short[0] in long_:
            return Verdict(Answer.CANNOT_TELL, f"only one name of two is given ({a}, {b})", "partial")
    elif how := _left_out(short, long_):
        said = (
            "names or initials are left out" if how == "initials" else "a second surname or a middle name is left out"
        )
        return Verdict(Answer.AGREES, said, how)
    elif long_[-len(short) :] == short:
        return Verdict(Answer.CANNOT_TELL, f"the first name of one is missing in the other ({a}, {b})", "partial")
    errors = _errors(" ".join(left), " ".join(right), left, right)
    if errors == "typo":
        return Verdict(Answer.AGREES, f"{a} and {b} differ by one letter: most likely one person, misspelt", "typo")
    if errors == "near":
        return Verdict(Answer.CANNOT_TELL, f"{a} and {b} differ by one letter in a short name", "near")
    return Verdict(Answer.DISAGREES, f"{a} is not {b}", "other")


def _left_out(short: list[str], long_: list[str]) -> str:
    """Whether the shorter name is the longer one with words left out or as initials: first and one later word fit."""
    if not _fits(short[0], long_[0]):
        return ""
    at, initials, whole = 0, False, 0
    for word in short:
        while at < len(long_) and not _fits(word, long_[at]):
            at += 1
        if at == len(long_):
            return ""
        initials |= word != long_[at]
        whole += word == long_[at] and len(word) > 1
        at += 1
    if not whole or len(short[-1]) == 1:
        return ""
    same_end = short[-1] == long_[-1]
    dropped = [w for w in long_ if len(w) == 1]
    if initials or dropped or same_end:
        return "initials" if same_end or initials else "shortened"
    return "shortened" if len(short) >= 2 and long_[: len(short)] == short else ""


def _fits(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _errors(a: str, b: str, left: list[str], right: list[str]) -> str:
    if distance(a, b, 1) > 1:
        return ""
    if len(left) != len(right):
        return "typo" if min(len(a), len(b)) > 5 else "near"
    wrong = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
    return "typo" if all(max(len(x), len(y)) > 3 for x, y in wrong) and len(wrong) == 1 else "near"


# ---------------------------------------------------------------------------------------------------- credits

_ORDER = ("same", "folded", "transliterated", "misread", "order", "initials", "shortened", "cut", "brand", "typo",
          "distributor")  # fmt: skip


def _best(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The strongest: agreement before doubt before contradiction, the plainest agreement first."""
    rank = {Answer.AGREES: 0, Answer.CANNOT_TELL: 1, Answer.DISAGREES: 2}
    return min(
        verdicts,
        key=lambda v: (rank[v.answer], _ORDER.index(v.how) if v.how in _ORDER else len(_ORDER)),
        default=None,
    )


def match_creators(printed: Credit, other: Credit) -> Verdict:
    """Whether one of the people in the first credit is one of those in the second.

    A by-line that names nobody ("STR", "AFP Contributor") contradicts nobody.
    """
    here = [p.canonical for p in printed.parties if p.kind in MAKERS]
    there = [p.canonical for p in other.parties if p.kind in MAKERS]
    if not here or not there:
        side = "the print" if not here else "the other side"
        return Verdict(Answer.CANNOT_TELL, f"{side} names no photographer", "unnamed")
    found = _best(match_people(a, b) for a in here for b in there)
    assert found is not None  # noqa: S101  (both lists hold a name)
    if found.answer is Answer.DISAGREES:
        return Verdict(Answer.DISAGREES, f"{', '.join(here)} against {', '.join(there)}", "other")
    return found


_ALL_HOUSES = (*HOUSES, Kind.PUBLISHER, Kind.ORGANISATION)


def _family(entry: Name) -> list[str]:
    """The house and whose it is, up to the last owner."""
    names = [entry.name]
    parent = name_of(entry.parent) if entry.parent else None
    while parent and parent.name not in names:
        names.append(parent.name)
        parent = name_of(parent.parent) if parent.parent else None
    return names


def _house(a: Party, b: Party) -> Verdict:
    if fold(a.canonical) == fold(b.canonical):
        return Verdict(Answer.AGREES, f"both name {a.canonical}", "same")
    one, two = name_of(a.canonical), name_of(b.canonical)
    if one and two and (one.name in _family(two) or two.name in _family(one)):
        return Verdict(Answer.AGREES, f"{a.canonical} and {b.canonical} are one house", "brand")
    if one and two and (one.distributes or two.distributes):
        dealer, other = (one, two) if one.distributes else (two, one)
        if other.distributes:
            said = f"{dealer.name} and {other.name} both sell pictures of other houses: a third may have made it"
        else:
            said = f"{dealer.name} also sells pictures of other houses: {other.name} may have made it"
        return Verdict(Answer.CANNOT_TELL, said, "distributor")
    if one and two and (one.name in two.partners or two.name in one.partners):
        dealer, other = (one, two) if two.name in one.partners else (two, one)
        return Verdict(Answer.CANNOT_TELL, f"{dealer.name} passes on pictures of {other.name}", "distributor")
    short, long_ = sorted((fold(a.canonical).split(), fold(b.canonical).split()), key=len)
    if set(short) <= set(long_):
        return Verdict(Answer.CANNOT_TELL, f"{a.canonical} may be {b.canonical}", "partial")
    return Verdict(Answer.DISAGREES, f"{a.canonical} is not {b.canonical}", "other")


def _origins(parties: list[Party]) -> list[Party]:
    """The houses of a credit without those that sell for others, where others are named beside them."""
    entries = [(party, name_of(party.canonical)) for party in parties]
    made = [party for party, entry in entries if entry is None or not entry.distributes]
    return made or parties


def match_agencies(printed: Credit, other: Credit) -> Verdict:
    """Whether the houses of two credits (agencies, libraries, publishers, bodies) have one in common.

    Brands count as their owner (Rex, Shutterstock; Invision, AP). When both sides name only different houses and one
    of them sells for others (Getty Images, IMAGO) or passes on what a partner makes (dpa, AP), nothing is proved, and
    the reason says who may have made it: dealers buy each other's archives, so that one sells what a rival made. One
    that is named beside the house it sells for ("AFP via Getty Images") does not count then: the other made it.
    """
    here = [p for p in printed.parties if p.kind in _ALL_HOUSES]
    there = [p for p in other.parties if p.kind in _ALL_HOUSES]
    if not here or not there:
        side = "the print" if not here else "the other side"
        return Verdict(Answer.CANNOT_TELL, f"{side} names no house", "unnamed")
    found = _best(_house(a, b) for a in here for b in there)
    if found is not None and found.how == "distributor":  # it only passes on what the others on its side made
        found = _best(_house(a, b) for a in _origins(here) for b in _origins(there))
    assert found is not None  # noqa: S101  (both lists hold a house)
    if found.answer is Answer.DISAGREES:
        names = [", ".join(p.canonical for p in side) for side in (here, there)]
        return Verdict(Answer.DISAGREES, f"{names[0]} against {names[1]}", "other")
    return found


def match_credits(printed: Credit, other: Credit) -> Verdict:
    """Whether two credits can be of one picture: they disagree when people or houses do, agree when one does."""
    people, houses = match_creators(printed, other), match_agencies(printed, other)
    for verdict in (people, houses):
        if verdict.answer is Answer.DISAGREES:
            return verdict
    agreed = [v for v in (people, houses) if v.answer is Answer.AGREES]
    if agreed:
        worst = max(agreed, key=lambda v: _ORDER.index(v.how))
        return Verdict(Answer.AGREES, worst.reason, worst.how)
    crossed = _crossed(printed, other)
    if crossed:
        return crossed
    return people if people.how != "unnamed" else houses


def _crossed(printed: Credit, other: Credit) -> Verdict | None:
    """A name that one side reads as a person and the other as a house."""
    here = {fold(p.canonical) for p in printed.parties}
    there = {fold(p.canonical) for p in other.parties}
    if here & there:
        return Verdict(Answer.AGREES, "both name the same, read as a person once and as a house once", "same")
    return None
