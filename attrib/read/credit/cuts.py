"""Where a credit can begin in a caption: the ways to cut, each with how sure it is.

In: a plain line and its bounds. Out: cuts, (begin, end, confidence, rank), of what a bracket, a sign or a marker
opens, and of what names behind a sentence or in a chain show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from ...lexicon import credit_words, fold, name_of, role_words, small_names, word_set
from ...model import Confidence, Kind
from .kinds import guess
from .look import Look, look, may_thank
from .words import Word, words

__all__ = ["bare", "cuts", "trim_caption", "trim_credit"]

_WINDOW = 500  # characters at the end of a caption in which its credit begins: the longest collected one has 117


def trim_caption(line: str, start: int, end: int) -> int:
    """The end of a caption without the separators before its credit."""
    while end > start and line[end - 1] in " \t\r\n|/\u2013-,;:=([\u00b7\u2022>":
        end -= 1
    return end


def trim_credit(line: str, start: int, end: int) -> tuple[int, int]:
    """A credit without the separators around it."""
    while start < end and line[start] in " \t\r\n|/\u2013-,;:=\u00b7\u2022.>":
        start += 1
    while end > start and line[end - 1] in " \t\r\n|/\u2013-,;:=\u00b7\u2022":
        end -= 1
    return start, end


_Cut = tuple[int, int, Confidence]


def cuts(line: str, start: int, end: int) -> Iterator[tuple[int, int, Confidence, int]]:
    """Every way to cut, with its rank: what a bracket, a sign or a marker opens (0) before what a name opens (1).

    Names are only asked where nothing that opens is sure.
    """
    low = max(start, end - _WINDOW)
    opened = (_bracketed(line, low, end, start), _signed(line, low, end), _marked(line, low, end, start))
    ways = (_behind_sentence, _separated, _chain, _stuck) if may_thank(line, low, end) else (_separated, _stuck)
    named = (cut(line, low, end, start) for cut in ways)
    sure = False
    for rank, found in enumerate((opened, named)):
        for left, right, confidence in chain.from_iterable(() if sure else found):
            a, b = trim_credit(line, left, right)
            if a < b:
                sure = sure or confidence is Confidence.HIGH
                yield left, right, confidence, rank


_GIVEN = frozenset(("handout", "supplied", "courtesy", "private", "screenshot"))

_PAIRS = {")": "(", "]": "["}


def _bracketed(line: str, low: int, end: int, start: int) -> Iterator[_Cut]:
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
    seen = look(line[at + 1 : close])
    parties = seen.credit.parties
    closed = _sentence_end(line, start, at) or at == start
    if seen.prose or not (parties or seen.credit.roles):
        return
    if seen.marked or (seen.house and seen.strange <= 2 and not _unit(line[at + 1 : close], closed)):
        yield at + 1, close, Confidence.HIGH
    elif not parties:
        if closed and not _GIVEN.isdisjoint(seen.credit.roles):
            yield at + 1, close, Confidence.MEDIUM
    elif not seen.strange and (
        (closed and (seen.publisher or seen.platform or seen.people))
        or (len(parties) > 1 and seen.people and (seen.publisher or seen.platform))
    ):
        yield at + 1, close, Confidence.MEDIUM


def _unit(inner: str, closed: bool) -> bool:
    """Two or three letters in brackets that are a unit or a state as easily as a house: "98 pascal (Pa)"."""
    inner = inner.strip()
    return len(inner) <= 3 and inner not in small_names() and (not inner.isupper() or (len(inner) < 3 and not closed))


def _sentence_end(line: str, start: int, at: int) -> bool:
    while at > start and line[at - 1].isspace():
        at -= 1
    return at > start and line[at - 1] in '.!?"\u3002'


def _signed(line: str, low: int, end: int) -> Iterator[_Cut]:
    for found in re.finditer(r"\u00a9|\u24d2|\([cC]\)(?=\s?[\w\"'])", line[low:end]):
        left = low + found.start()
        seen = look(line[left:end])
        if not seen.prose and (seen.credit.parties or seen.credit.roles):
            yield left, end, Confidence.HIGH
            return


def _marked(line: str, low: int, end: int, start: int) -> Iterator[_Cut]:
    """Behind a marker ("… Foto: NAME", "…SatzBild: NAME"): the first one whose rest is a credit and nothing else."""
    found = words(line[:end], low)
    for i, word in enumerate(found):
        after = line[word.end : word.end + 3].lstrip()
        if after[:1] in (":", "="):
            size, left = _marker_before(line, found, i)
        elif i + 1 < len(found) and (
            (word.key in word_set("by") and i and line[found[i - 1].end : word.start] == " ")
            or word.key in ("of", "de", "da")
        ):
            size, left = _phrase_before(line, found, i)
        else:
            continue
        if not size:
            continue
        seen = look(line[left:end])
        if not seen.leads or seen.prose or not (seen.credit.parties or seen.credit.roles):
            continue
        if _lends(line[left : word.end]) and left > start and _behind(line, low, left, start):
            continue  # "… Ana Ruiz / UN Photo. Courtesy of the court": it begins before
        if seen.strange > (4 if _sentence_end(line, start, left) else 2) or (
            left == start and (_too_long(seen, line[left:end]) or not _whole_credit(seen))
        ):
            continue
        yield left, end, Confidence.HIGH
        return


def _lends(marker: str) -> bool:
    known = credit_words().get(fold(marker))
    return known is not None and bool(known.roles)


def _behind(line: str, low: int, end: int, start: int) -> bool:
    """Whether a credit ends here already, so that what follows belongs to it."""
    stop = trim_caption(line, start, end)
    return stop > start and any(True for _ in _behind_sentence(line, low, stop, start))


def _whole_credit(seen: Look) -> bool:
    """A text that begins with its marker: a picture word, or a role that names a house ("Collage: AP/dpa")."""
    return seen.house or fold(seen.credit.marker or "") not in role_words()


def _too_long(seen: Look, text: str) -> bool:
    return len(text) > 200 and not seen.credit.restrictions


def _picture_marker(key: str) -> bool:
    marker = credit_words().get(key)
    return (marker is not None and marker.picture) or (key in role_words() and key not in word_set("no_marker"))


def _marker_before(line: str, found: tuple[Word, ...], i: int) -> tuple[int, int]:
    """The longest marker that ends with word i, and where it begins; (0, 0) when there is none."""
    for size in range(min(4, i + 1), 0, -1):
        first = found[i - size + 1]
        key = " ".join(w.key for w in found[i - size + 1 : i + 1])
        if _picture_marker(key) and (size == 1 or "\n" not in line[first.start : found[i].end]):
            return size, first.start
    word = found[i]
    printed = line[word.start : word.end]
    for at in range(len(printed) - 1, 0, -1):
        if printed[at].isupper() and not printed[at - 1].isupper():
            return (1, word.start + at) if _picture_marker(fold(printed[at:])) else (0, 0)
    return 0, 0


def _phrase_before(line: str, found: tuple[Word, ...], i: int) -> tuple[int, int]:
    """A marker phrase with its "by" ("Photo by", "Cedida por") that begins with a capital or after a full stop."""
    for size in range(min(6, i + 1), 1, -1):
        first = found[i - size + 1]
        key = " ".join(w.key for w in found[i - size + 1 : i + 1])
        lead = line[max(0, first.start - 2) : first.start].strip()
        if _picture_marker(key) and (line[first.start].isupper() or lead[-1:] in (".", "-", "\u2013", "|", "(", "/")):
            return size, first.start
    return 0, 0


@cache
def _stop() -> re.Pattern[str]:
    """The end of a sentence before what a credit may begin with: a capital, a handle, a house that is written small."""
    small = "|".join(re.escape(name) for name in sorted(small_names(), key=len, reverse=True))
    begin = rf"(?=[^\W\d_a-zà-ÿ]|@|via\b|(?:{small})\b)"
    return re.compile(rf"(?:[.!?\u3002]|(?<=[^\s(])[\"'])\s*{begin}|[)\]]\s+{begin}")


def _behind_sentence(line: str, low: int, end: int, start: int) -> Iterator[_Cut]:
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
        if seen.prose or not parties:
            if not parties and seen.leads and seen.credit.roles:
                yield left, end, Confidence.HIGH
                return
            continue
        if seen.leads and seen.strange <= 1:
            yield left, end, Confidence.HIGH
            return
        alone = len(parties) == 1 and not seen.credit.roles
        if seen.house and seen.strange <= 1 and (not alone or bare(tail, parties[0].name)):
            yield left, end, Confidence.HIGH
            return
        if seen.publisher and not seen.strange and (len(parties) > 1 or bare(tail, parties[0].name)):
            yield left, end, Confidence.MEDIUM
            return


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
    return (len(word) > 1 or word.isdigit() or line[left - 1 : left] == ".") and fold(word) not in word_set(
        "abbreviation"
    )


def _separated(line: str, low: int, end: int, start: int) -> Iterator[_Cut]:
    """Behind a bar, a spaced slash, a dash or "=": from the left, the first whose rest is a credit."""
    for found in re.finditer(r"\s?\|\s?|\s/\s?|\s[\u2013-]{1,2}\s?|=|\s[\u00b7\u2022>]\s|\n", line[low:end]):
        left, right = low + found.start(), low + found.end()
        tail = line[right:end]
        if left <= start or len(tail) > 160 or not tail.strip():
            continue
        sign = found.group().strip() or "\n"
        seen = look(tail)
        parties = seen.credit.parties
        if seen.prose or not parties or seen.strange > 1:
            continue
        before = line[start:left]
        sentence = len(before.split()) >= 5 or not before.isascii()
        if sign in ("/", "-", "\u2013") and seen.house and _name_before(before):
            continue  # the sign stands inside the credit: "NAME / AFP"
        if seen.leads or (seen.house and not seen.strange):
            yield left, end, Confidence.HIGH
            return
        if sign in ("-", "\u2013", "--") and seen.platform and not seen.strange:
            yield left, end, Confidence.MEDIUM
            return
        if (
            sign in ("|", "/", "=", "\n")
            and sentence
            and not seen.strange
            and (seen.people == len(parties) or seen.publisher)
        ):
            yield left, end, Confidence.MEDIUM
            return


def _name_before(before: str) -> bool:
    """Whether the words right before a slash are a name behind a sentence, so that the slash is the credit's own."""
    pieces = before.split()
    last = pieces[-1] if pieces else ""
    return last[:1].isupper() or last[:1] == "@" or name_of(last) is not None


_JOINT = re.compile(r"\s?/\s?|\s\|\s|\s[\u2013-]\s|\s?\bvia\b\s?|@")


def _chain(line: str, low: int, end: int, start: int) -> Iterator[_Cut]:
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


def _stuck(line: str, low: int, end: int, start: int) -> Iterator[_Cut]:
    """A house written onto the last word, with no stop: "… in JulyReuters"."""
    found = words(line[:end], low)
    for size in range(1, min(5, len(found)) + 1):
        word = found[-size]
        printed = line[word.start : word.end]
        for at in range(2, len(printed)):
            if printed[at].isupper() and printed[at - 1].islower():
                left = word.start + at
                entry = name_of(line[left:end].rstrip("."))
                if entry and left > start and entry.kind in (Kind.AGENCY, Kind.STOCK_LIBRARY, Kind.COLLECTION):
                    yield left, end, Confidence.MEDIUM
                    return
