"""A printed caption → what it shows, and the credit at its end (or its beginning).

In: the text of a caption, or a whole line. Out: offsets into it. A credit is cut off where it is bracketed, marked,
parted by a separator, or stands behind the last sentence (glued to it or not) and names a house of the tables; a
false cut loses words a reader should see, so what is doubtful stays in the caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from attrib.lexicon import credit_words, fold, name_of, role_words, table, word_set
from attrib.model import Confidence, Kind
from attrib.read.credit.kinds import guess
from attrib.read.credit.look import Look, introduced, look
from attrib.read.credit.whole import looks_like_credit
from attrib.read.credit.words import Word, plain, words

__all__ = ["Split", "split_caption"]

_WINDOW = 500  # characters at the end of a caption in which its credit begins: the longest collected one has 117
_HEAD = 160  # characters at the beginning, for credits printed first


class Split(NamedTuple):
    """Where caption and credit stand in a text; None where there is none. `confidence` is about the cut."""

    caption: tuple[int, int] | None
    credit: tuple[int, int] | None
    confidence: Confidence = Confidence.HIGH


def split_caption(text: str) -> Split:
    """Cut the credit off a printed caption: "A view of the port. Photo: Ana Ruiz/AFP" → both offsets.

    The credit keeps its marker ("Foto:", "©") and loses brackets and separators around it. `credit` is None when
    there is none, `caption` None when the whole text is a credit. Looks at the last 500 and the first 160
    characters, so any length is safe.
    """
    line = plain(text)
    start, end = _trim(line, 0, len(text))
    if start >= end:
        return Split(None, None)
    for stop in _ends(line, start, end) if line[end - 1] != ":" else ():
        found = list(_candidates(line, start, stop))
        if found:
            left, right, confidence, _ = min(found, key=lambda f: (f[2].rank, f[3], f[0]))
            return _cut(line, start, left, right, confidence)
    return _prefix(line, start, end) or Split((start, end), None)


def _cut(line: str, start: int, left: int, right: int, confidence: Confidence) -> Split:
    stop = _trim_caption(line, start, left)
    return Split((start, stop) if stop > start else None, _trim_credit(line, left, right), confidence)


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


def _trim_caption(line: str, start: int, end: int) -> int:
    while end > start and line[end - 1] in " \t\r\n|/\u2013-,;:=([\u00b7\u2022>":
        end -= 1
    return end


def _trim_credit(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start] in " \t\r\n|/\u2013-,;:=\u00b7\u2022.>":
        start += 1
    while end > start and line[end - 1] in " \t\r\n|/\u2013-,;:=\u00b7\u2022":
        end -= 1
    return start, end


def _ends(line: str, start: int, end: int) -> Iterator[int]:
    """Where the printed text may end: as given, and without a button's word behind the credit ("… /dpa Mehr")."""
    for tail in _tails():
        if line.endswith(tail, start, end):
            stop = end - len(tail)
            if stop > start and (
                not line[stop - 1].isalpha() or line[stop - 1].islower() or line[stop - 2 : stop].isupper()
            ):
                yield _trim(line, start, stop)[1]
    yield end


@cache
def _tails() -> tuple[str, ...]:
    return tuple(sorted(table("credit-words")["words"]["tail"]["*"], key=lambda w: (-len(w), w)))


_Cut = tuple[int, int, Confidence]


def _candidates(line: str, start: int, end: int) -> Iterator[tuple[int, int, Confidence, int]]:
    """Every way to cut, with its rank: what a bracket, a sign or a marker opens (0) before what a name opens (1)."""
    low = max(start, end - _WINDOW)
    opened = (_bracketed(line, low, end, start), _signed(line, low, end), _marked(line, low, end, start))
    others = (_behind_sentence, _separated, _chain, _stuck)
    for rank, cuts in [*((0, cuts) for cuts in opened), *((1, cut(line, low, end, start)) for cut in others)]:
        for left, right, confidence in cuts:
            a, b = _trim_credit(line, left, right)
            if a < b:
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
    return len(inner) <= 3 and inner != "dpa" and (not inner.isupper() or (len(inner) < 3 and not closed))


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


_BY = frozenset(("by", "von", "av", "af", "par", "por", "di", "door", "oleh", "from", "courtesy", "ngu"))


def _marked(line: str, low: int, end: int, start: int) -> Iterator[_Cut]:
    """Behind a marker ("… Foto: NAME", "…SatzBild: NAME"): the first one whose rest is a credit and nothing else."""
    found = words(line[:end], low)
    for i, word in enumerate(found):
        after = line[word.end : word.end + 3].lstrip()
        if after[:1] in (":", "="):
            size, left = _marker_before(line, found, i)
        elif i + 1 < len(found) and (
            (word.key in _BY and i and line[found[i - 1].end : word.start] == " ") or word.key in ("of", "de", "da")
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
        if seen.strange > 2 or (left == start and (_too_long(seen, line[left:end]) or not _whole_credit(seen))):
            continue
        yield left, end, Confidence.HIGH
        return


def _lends(marker: str) -> bool:
    known = credit_words().get(fold(marker))
    return known is not None and bool(known.roles)


def _behind(line: str, low: int, end: int, start: int) -> bool:
    """Whether a credit ends here already, so that what follows belongs to it."""
    stop = _trim_caption(line, start, end)
    return stop > start and any(True for _ in _behind_sentence(line, low, stop, start))


def _whole_credit(seen: Look) -> bool:
    """A text that begins with its marker: a picture word, or a role that names a house ("Collage: AP/dpa")."""
    return seen.house or fold(seen.credit.marker or "") not in role_words()


def _too_long(seen: Look, text: str) -> bool:
    return len(text) > 200 and not seen.credit.restrictions


def _picture_marker(key: str) -> bool:
    marker = credit_words().get(key)
    return (marker is not None and marker.picture) or (key in role_words() and key not in ("video", "map", "ki", "ai"))


def _marker_before(line: str, found: list[Word], i: int) -> tuple[int, int]:
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


def _phrase_before(line: str, found: list[Word], i: int) -> tuple[int, int]:
    """A marker phrase with its "by" ("Photo by", "Cedida por") that begins with a capital or after a full stop."""
    for size in range(min(6, i + 1), 1, -1):
        first = found[i - size + 1]
        key = " ".join(w.key for w in found[i - size + 1 : i + 1])
        lead = line[max(0, first.start - 2) : first.start].strip()
        if _picture_marker(key) and (line[first.start].isupper() or lead[-1:] in (".", "-", "\u2013", "|", "(", "/")):
            return size, first.start
    return 0, 0


_BEGIN = r"(?=[^\W\d_a-zà-ÿ]|@|dpa\b|imago\b|picture alliance|via\b)"
_STOP = re.compile(rf"(?:[.!?\u3002]|(?<=[^\s(])[\"'])\s*{_BEGIN}|[)\]]\s+{_BEGIN}")


def _behind_sentence(line: str, low: int, end: int, start: int) -> Iterator[_Cut]:
    """What stands behind the last sentence and is nothing but houses and people: ". HANDOUT / AFP", ".Ana Ruiz/dpa"."""
    for found in _STOP.finditer(line, low, end):
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
        if seen.house and seen.strange <= 1 and (not alone or _bare(tail, parties[0].name)):
            yield left, end, Confidence.HIGH
            return
        if seen.publisher and not seen.strange and (len(parties) > 1 or _bare(tail, parties[0].name)):
            yield left, end, Confidence.MEDIUM
            return


def _bare(tail: str, name: str) -> bool:
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
    left = first.start() if first.group() == "@" else _walk_left(line, low, first.start())
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


def _walk_left(line: str, low: int, at: int) -> int:
    """The beginning of the name that ends at `at`: back over its capitalised words, to a small word or a seam."""
    found = words(line[:at], low)
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


def _prefix(line: str, start: int, end: int) -> Split | None:
    """A credit printed before the caption, or nothing but a credit."""
    head = min(end, start + _HEAD)
    if end - start <= _HEAD:
        seen = look(line[start:end])
        alone = len(seen.credit.parties) == 1 and seen.house and _bare(line[start:end], seen.credit.parties[0].name)
        if alone or looks_like_credit(line[start:end]) not in (None, Confidence.LOW):
            return Split(None, _trim_credit(line, start, end), Confidence.MEDIUM)
    found = words(line[:head], start)
    for word in found[:6]:  # a house glued to the first word: "… ShimbunThe leaders"
        printed = line[word.start : word.end]
        for at in range(2, len(printed) - 1):
            if printed[at].isupper() and printed[at - 1].islower():
                stop = word.start + at
                if stop - start > 5 and name_of(line[start:stop]) and end - stop > 20:
                    return Split((stop, end), (start, stop), Confidence.MEDIUM)
    for found_sign in re.finditer(r"\s?\|\s?|\n|\s[\u2013-]\s", line[start:head]):
        left, right = start + found_sign.start(), start + found_sign.end()
        seen = look(line[start:left])
        if (
            seen.marked
            and introduced(seen)
            and seen.credit.parties
            and not seen.prose
            and not seen.strange
            and end - right > 20
        ):
            return Split((right, end), _trim_credit(line, start, left), Confidence.MEDIUM)
    return None
