"""Cuts of a caption that only names show: behind a sentence, behind a separator, in a chain, glued to a word.

In: a plain line and its bounds. Out: cuts, (begin, end, confidence), of names with nothing that opens them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...lexicon import fold, given_names, name_of, printed_words, role_words, small_names, word_set
from ...model import Confidence, Kind, Relation
from .kinds import guess
from .look import Look, look
from .signed import desk, full_names
from .words import words

__all__ = [
    "GIVEN",
    "Cut",
    "bare",
    "behind_sentence",
    "chained",
    "dashed",
    "licensed",
    "sentence_end",
    "separated",
    "slashed",
    "stuck",
]

Cut = tuple[int, int, Confidence]

GIVEN = frozenset(("handout", "supplied", "courtesy", "private", "screenshot"))  # roles that stand alone for a credit


def behind_sentence(line: str, low: int, end: int, start: int) -> Iterator[Cut]:
    """What stands behind the last sentence and is nothing but houses and people: ". HANDOUT / AFP", ".Ana Ruiz/dpa"."""
    for found in _stop().finditer(line, low, end):
        left = found.end()
        tail = line[left:end]
        if left <= start or len(tail) > 160 + 400 * ("NO " in tail) or not _ends_sentence(line, start, found.start()):
            continue
        if tail.count(")") > tail.count("(") or tail.count('"') % 2:
            continue  # begins inside a bracket or a quotation
        seen = look(tail)
        parties = seen.credit.parties
        if line[found.start()] == "\u0964" and not seen.leads and " " in tail.strip() and "/" not in tail:
            continue  # without capitals a house may begin a sentence: "पीटीआई ने बताया"
        if seen.prose or not parties:
            if not parties and ((seen.leads and seen.credit.roles) or _given(tail, seen)):
                yield left, end, Confidence.HIGH
                return
            continue
        if seen.leads and seen.strange <= 1 and not _describes(seen):
            yield left, end, Confidence.HIGH
            return
        alone = len(parties) == 1 and not seen.credit.roles
        if seen.house and seen.strange <= 1 and (not alone or bare(tail, parties[0].name)):
            yield left, end, Confidence.HIGH
            return
        if seen.publisher and not seen.strange and (not alone or bare(tail, parties[0].name)):
            yield left, end, Confidence.MEDIUM
            return
        if _photographed(tail, seen) or _wired(tail, seen) or _handed_out(tail, seen):
            yield left, end, Confidence.HIGH
            return
        first = fold(tail.split()[0])
        named = first in given_names() or name_of(first) is not None
        posted = named and seen.people == 1 and len(parties) == 2 and ("/" in tail or " via " in tail)
        shown = seen.platform and not seen.strange and ("screenshot" in seen.credit.roles or posted)
        if licensed(seen) or shown or (alone and _kept(tail)):
            yield left, end, Confidence.MEDIUM
            return
        if _signature(tail, seen) and not line[start:left].isupper():
            yield left, end, Confidence.MEDIUM
            return


def _describes(seen: Look) -> bool:
    """A word for a picture and what it shows or when it was taken, in small letters: "File photo taken in 1950"."""
    marker = seen.credit.marker or ""
    opens = marker.endswith(":") or not marker.isascii() or fold(marker).split()[-1] in word_set("of") | word_set("by")
    known = seen.house or seen.publisher or seen.platform
    return not (opens or known) and len(seen.credit.parties) == 1 and seen.credit.parties[0].name[0].islower()


def _photographed(tail: str, seen: Look) -> bool:
    """A photographer or a house, and the sign that follows one in scripts without capitals: "。记者 NAME 摄". Longer
    words that may follow ("拍摄") also end sentences."""
    marker = seen.credit.marker or ""
    kinds = [party.kind for party in seen.credit.parties]
    papers = kinds == [Kind.PUBLISHER, Kind.PERSON]  # "海港日报记者 NAME 摄"
    alone = seen.people == len(kinds) == 1 or (seen.house and (seen.people == 1 or len(kinds) == 1)) or papers
    if alone and not marker and "\uac00" <= tail[0] <= "\ud7a3":
        return tail.split()[-1] in printed_words("job") and len(tail.split()) <= 3  # "NAME 기자"
    sure = len(marker) == 1 or tail.startswith(printed_words("job_before"))
    return sure and not marker.isascii() and marker != "\u00a9" and alone and tail.strip().endswith(marker)


def _kept(tail: str) -> bool:
    """Whether this is where maps and free pictures come from, by a name of more than a word: "Wikimedia Commons"."""
    entry = name_of(tail) if " " in tail.strip() else None
    return entry is not None and entry.sort in ("commons", "map")


def licensed(seen: Look) -> bool:
    """Whether somebody, or the library that keeps the picture, is named with its licence and nothing else is said."""
    kept = any(p.relation is Relation.VIA for p in seen.credit.parties)
    return seen.credit.licence is not None and (seen.people > 0 or kept) and not seen.strange


_WIRE = re.compile(r"[^\W\da-zà-ÿ_]{4,20}/(?:[^\W\da-zà-ÿ_][\w.'’-]*(?: |$)){2,4}")


def _wired(tail: str, seen: Look) -> bool:
    """A house in capitals and its photographer, as agencies sign: ". NEWSWIRE/Ana Ruiz"."""
    return seen.people > 0 and _WIRE.fullmatch(tail.strip()) is not None


def _handed_out(tail: str, seen: Look) -> bool:
    """A body that hands out pictures, and who passed them on, ". Municipality of Riga/Handout via NEWSWIRE", or a body
    and the Korean word for that."""
    if "\uac00" <= tail[0] <= "\ud7a3":
        return seen.marked and tail.split()[-1] == seen.credit.marker and len(tail.split()) <= 3  # "NAME 제공"
    given = "/" in tail and not GIVEN.isdisjoint(seen.credit.roles)
    return given and seen.strange == len(seen.credit.parties) <= 2


def _signature(tail: str, seen: Look) -> bool:
    """A photographer alone, in capitals behind a sentence, as Spanish papers sign: ". ANA RUIZ"."""
    if seen.people != 1 or len(seen.credit.parties) != 1 or not bare(tail, seen.credit.parties[0].name):
        return False
    first, *rest = fold(tail).split()
    return tail.strip().isupper() and first in given_names() and 1 <= len(rest) <= 3


@cache
def _stop() -> re.Pattern[str]:
    """The end of a sentence before what a credit may begin with: a capital, a handle, a house or (before a slash) a
    member of a library that is written small."""
    small = "|".join(re.escape(name) for name in sorted(small_names(), key=len, reverse=True))
    member = r"[a-z][a-z\d_-]{2,30}\s?/\s?"
    house = rf"{member}[A-Z]|(?:{member})?(?:{small})\b"
    begin = rf"(?=[^\W\d_a-zà-ÿ]|@|via\b|cc\s[A-Z]|[a-z\d-]{{2,30}}\.[a-z]{{2,4}}\s?/|{house})"
    quoted = r"(?<=[^\s(])\"|(?<=[^\s(])'(?=\s)|(?<=[.!?])'"  # no apostrophe: "dell'Ansa"
    return re.compile(rf"(?:(?:[.!?\u3002\u0964]|{quoted})\s*|[)\]]\s+){begin}")


def bare(tail: str, name: str) -> bool:
    """Whether a stretch is this name and nothing else."""
    return fold(tail) == fold(name)


def _ends_sentence(line: str, start: int, at: int) -> bool:
    """Whether the stop at `at` ends a sentence, not an initial or an abbreviation."""
    if line[at] != ".":
        return True
    left = at
    while left > start and line[left - 1].isalnum():
        left -= 1
    word = line[left:at]
    if word > "\u2fff" or (not word and line[left - 1 : left] in ('"', "'", ")", "]")):
        return True  # a syllable or a sign of East Asia is no initial
    return (len(word) > 1 or word.isdigit() or line[left - 1 : left] == ".") and fold(word) not in word_set(
        "abbreviation"
    )


def sentence_end(line: str, start: int, at: int) -> bool:
    """Whether what stands before `at` ends a sentence."""
    while at > start and line[at - 1].isspace():
        at -= 1
    return at > start and line[at - 1] in '.!?"\u3002\u0964' and _ends_sentence(line, start, at - 1)


def separated(line: str, low: int, end: int, start: int) -> Iterator[Cut]:
    """Behind a bar, a spaced slash, a dash or "=": from the left, the first whose rest is a credit."""
    for found in re.finditer(r"\s?\|\s?|\s/\s?|\s[\u2013-]{1,2}\s?|=|\s[\u00b7\u2022>]\s|\n|\u3001", line[low:end]):
        left, right = low + found.start(), low + found.end()
        tail = line[right:end]
        if left <= start or len(tail) > 160 or not tail.strip():
            continue
        sign = found.group().strip() or "\n"
        seen = look(tail)
        parties = seen.credit.parties
        before = line[start:left]
        sentence = len(before.split()) >= 5 or not before.isascii()
        told = sentence and (sign in ("|", "/") or (sign in ("-", "\u2013") and fold(tail) in word_set("bracketed")))
        if not parties and told and _given(tail, seen):
            yield left, end, Confidence.MEDIUM
            return
        if seen.prose or not parties or seen.strange > 1:
            continue
        if sign == "=" and " " not in tail and not tail.isascii() and not GIVEN.isdisjoint(seen.credit.roles):
            yield right, end, Confidence.MEDIUM  # "…の担当者＝遠見市提供"
            return
        whole = len(parties) == 1 and bare(tail, parties[0].name)
        if sign == "/" and seen.strange and whole and sentence_end(line, start, left):
            yield left, end, Confidence.MEDIUM
            return
        if sign in ("/", "-", "\u2013") and seen.house and _name_before(before) and not sentence_end(line, start, left):
            continue  # the sign stands inside the credit: "NAME / AFP"
        if sign == "\u3001":  # "… 10日午後、山田太郎撮影": only with a word that says so behind the name
            if seen.marked and seen.people == len(parties) == 1:
                yield right, end, Confidence.MEDIUM
                return
            continue
        if seen.leads or (seen.house and (not seen.strange or (sign == "|" and len(parties) > 1))):
            yield left, end, Confidence.HIGH
            return
        if sign in ("|", "/") and _handed_out(tail.strip(), seen):
            yield left, end, Confidence.MEDIUM
            return
        desked = sign != "\n" and sentence_end(line, start, left) and desk(tail, seen, closed=True)
        if licensed(seen) or desked or (sign in ("-", "\u2013", "--") and seen.platform and not seen.strange):
            yield left, end, Confidence.MEDIUM
            return
        if (
            sign in ("|", "/", "=", "\n")
            and sentence
            and not seen.strange
            and not (sign == "=" and "\u3001" in tail)  # the last comma counts: "＝10日、東京都、NAME撮影"
            and (seen.people == len(parties) or seen.publisher)
        ):
            yield left, end, Confidence.MEDIUM
            return


_GLUED = re.compile(r"(?<=[\w)][.!?])(\s?)\u2013(?=[^\W\d_a-zà-ÿ])")
_DESK = 3  # words of a house behind a dash


def dashed(line: str, low: int, end: int, start: int) -> Iterator[Cut]:
    """A house behind a dash that is written onto the stop of a sentence, as South Asian papers do: "… quay.—Sea Star",
    or onto a person in capitals: "… quay. —ANA RUIZ". Behind a quotation it names who said so."""
    for found in _GLUED.finditer(line, low, end):
        tail = line[found.end() : end]
        seen = look(tail)
        whole = len(seen.credit.parties) == 1 and bare(tail, seen.credit.parties[0].name)
        if found[1]:
            whole = tail.isupper() and ((whole and seen.people == 1) or _given(tail, seen))
        if not seen.prose and whole and len(tail.split()) <= _DESK and '"' not in line[start : found.start()]:
            yield found.end(), end, Confidence.MEDIUM
            return


_SLASHED = re.compile(
    r"(?<=[\w)\"][.!?])\s+(?=([^\W\d_a-zà-ÿ][^/.!?|()\[\]]{3,40})/([^\W\d_a-zà-ÿ][^/.!?|()\[\]]{2,40})\.?$)"
)


def slashed(line: str, low: int, end: int, start: int) -> Iterator[Cut]:
    """A person, by a first name that is known, and a house no table knows, all that stands behind a sentence, as local
    papers sign: "… on the quay. Ana Ruiz/Riverbend Sun"."""
    for found in _SLASHED.finditer(line[:end], low) if "/" in line[low:end] else ():
        maker, house = (side.split() for side in found.groups())
        if full_names(maker, house) and sentence_end(line, start, found.start()):
            yield found.end(), end, Confidence.MEDIUM
            return


def _given(tail: str, seen: Look) -> bool:
    """Whether this says how the picture came and nothing else: "| CEDIDA", ". Handout"."""
    return fold(tail) in role_words() and not tail.strip()[0].islower() and not GIVEN.isdisjoint(seen.credit.roles)


def _name_before(before: str) -> bool:
    """Whether the words right before a slash are a name behind a sentence, so that the slash is the credit's own."""
    pieces = before.split()
    last = pieces[-1] if pieces else ""
    if len(pieces) > 2 and pieces[-2].islower() and fold(pieces[-2]) in word_set("open"):
        return False  # "Hochwasser in Passau / dpa"
    return last[:1].isupper() or last[:1] == "@" or name_of(last) is not None


_JOINT = re.compile(r"\s?/\s?|\s\|\s|\s[\u2013-]\s|\s?\bvia\b\s?|@")


def chained(line: str, low: int, end: int, start: int) -> Iterator[Cut]:
    """A chain that names a house, with no full stop before it ("… on the quay EFE/ Ana Ruiz"), walked leftwards."""
    joints = list(_JOINT.finditer(line, low, end))
    if not joints:
        return
    first = joints[-1]
    for joint in reversed(joints[:-1]):
        between = line[joint.end() : first.start()]
        if len(between.split()) > 5 or (between.strip() and look(between).prose):
            break
        first = joint
    left = first.start() if first.group() == "@" else _walk_left(line, low, end, first.start())
    if left <= start:
        return
    seen = look(line[left:end])
    parties = seen.credit.parties
    if not seen.house or seen.prose or seen.strange > 1 or (len(parties) < 2 and not seen.credit.roles):
        return
    lead = line[left : joints[0].start() if first is joints[0] else first.start()].strip()
    sure = first.group() == "@" or fold(lead) in role_words() or name_of(lead) or guess(lead).kind is not None
    if sure:
        yield left, end, Confidence.MEDIUM


def _walk_left(line: str, low: int, end: int, at: int) -> int:
    """The beginning of the name that ends at `at`: back over its capitalised words, to a small word or a seam."""
    found = [word for word in words(line[:end], low) if word.end <= at]
    left, taken = at, 0
    run: list[int] = []
    for word in reversed(found):
        printed = line[word.start : word.end]
        gap = line[word.end : left] if run else ""
        if run and not re.fullmatch(r"\s|\s?[.'-]\s?|", gap):
            break
        seam = _seam(printed)
        if seam:
            run.append(word.start + seam)
            taken += 1
            break
        if not printed[:1].isupper() and not (word.key in word_set("particle") and taken):
            break
        run.append(word.start)
        left = word.start
        taken += 1
        if taken >= 4 or name_of(line[word.start : at].strip()):
            break
    if not run:
        return at
    size = 2 if len(run) > 3 and name_of(line[run[-1] : at].strip()) is None else len(run)
    return run[size - 1]


def _seam(printed: str) -> int:
    """Where a word ends and another was glued on ("BédarEmergencias" → 5); 0 when nowhere."""
    if name_of(printed) or printed[:2] in ("Mc", "De", "Di", "La", "Le", "Mac", "O'"):
        return 0
    for at in range(2, len(printed) - 2):
        if printed[at].isupper() and printed[at - 1].islower() and printed[at + 1].islower() and printed[:3] != "Mac":
            return at
    return 0


def stuck(line: str, low: int, end: int, start: int) -> Iterator[Cut]:
    """A house written onto the last word, with no stop: "… in JulyReuters"."""
    found = words(line[:end], low)
    for size in range(1, min(5, len(found)) + 1):
        word = found[-size]
        printed = line[word.start : word.end]
        if name_of(printed):
            return  # "OpenStreetMap" is one name, and no house is written onto another
        for at in range(2, len(printed)):
            if printed[at].isupper() and printed[at - 1].islower():
                left = word.start + at
                entry = name_of(line[left:end].rstrip("."))
                if entry and left > start and entry.kind in (Kind.AGENCY, Kind.STOCK_LIBRARY, Kind.COLLECTION):
                    yield left, end, Confidence.MEDIUM
                    return
