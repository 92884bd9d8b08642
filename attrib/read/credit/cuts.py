"""Where a credit can begin in a caption: the ways to cut, each with how sure it is.

In: a plain line and its bounds. Out: cuts, (begin, end, confidence, rank), of what a bracket, a sign or a marker
opens, and of what only names show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ...lexicon import credit_words, fold, role_words, word_set
from ...model import Confidence
from .bracket import bracketed
from .look import Look, look, may_thank
from .shown import GIVEN, Cut, behind_sentence, chained, dashed, sentence_end, separated, slashed, stuck
from .words import COPYRIGHT, Word, trim_caption, trim_credit, words

__all__ = ["cuts"]

_SHORT = 8  # words behind a © that are one name, small words or not: "© Directorate of the Port at Riga"
_WINDOW = 500  # characters at the end of a caption in which its credit begins: the longest collected one has 117
_SIGNS = re.compile(rf"[{COPYRIGHT}]|\([cC]\)(?=\s?[\w\"'])")


def cuts(line: str, start: int, end: int) -> Iterator[tuple[int, int, Confidence, int]]:
    """Every way to cut, with its rank: what a bracket, a sign or a marker opens (0) before what a name opens (1).

    Names are only asked where nothing that opens is sure.
    """
    low = max(start, end - _WINDOW)
    opened = (bracketed(line, low, end, start), _signed(line, low, end), _marked(line, low, end, start))
    telling = may_thank(line, low, end) or line[end - 2 : end].isupper()
    blind = (separated, dashed, slashed, stuck)
    ways = (behind_sentence, separated, dashed, slashed, chained, stuck) if telling else blind
    named = (cut(line, low, end, start) for cut in ways)
    sure = False
    for rank, found in enumerate((opened, named)):
        for left, right, confidence in chain.from_iterable(() if sure else found):
            a, b = trim_credit(line, left, right)
            if a < b:
                sure = sure or confidence is Confidence.HIGH
                yield left, right, confidence, rank


def _signed(line: str, low: int, end: int) -> Iterator[Cut]:
    for found in _SIGNS.finditer(line[low:end]):
        left = low + found.start()
        seen = look(line[left:end])
        one = len(seen.credit.parties) == 1 and not seen.credit.year  # with a year, most likely of a page
        short = one and len(line[left:end].split()) <= _SHORT
        if (not seen.prose or short) and (seen.credit.parties or seen.credit.roles):
            yield _word_before(line, low, left), end, Confidence.HIGH
            return


def _word_before(line: str, low: int, left: int) -> int:
    """The place of a picture word before the sign at `left` that belongs to no sentence: "… am Kai. Foto © NAME"."""
    found = words(line[:left], low)
    if not found or line[found[-1].end : left] not in (" ", ""):
        return left
    size, at = _marker_before(line, found, len(found) - 1)
    if not size or line[at].islower() or fold(line[at:left]) not in credit_words():
        return left
    before = found[-size - 1] if size < len(found) else None
    if before and line[before.end : at] == " " and line[before.start : before.end].islower():
        return left  # "Er malte ein Bild © …"
    return at


def _marked(line: str, low: int, end: int, start: int) -> Iterator[Cut]:
    """Behind a marker ("… Foto: NAME", "…SatzBild: NAME"): the first one whose rest is a credit and nothing else."""
    found = words(line[:end], low)
    loud = bool(found) and line[found[-1].start : found[-1].end].isupper()
    for i, word in enumerate(found):
        after = line[word.end : word.end + 3].lstrip()
        if after[:1] in (":", "="):
            size, left = _marker_before(line, found, i)
        elif i + 1 < len(found) and (
            (word.key in word_set("by") and i and line[found[i - 1].end : word.start] == " ")
            or word.key in ("of", "de", "da")
        ):
            size, left = _phrase_before(line, found, i)
        elif line[word.end : word.end + 2] == ". " and i and word.key in word_set("short_marker"):
            size, left = 1, word.start
            seen = look(line[left:end])
            given = not (seen.credit.parties or GIVEN.isdisjoint(seen.credit.roles))
            if line[:left].rstrip()[-1:] not in ".,-\u2013" and not (seen.house or given):
                continue
        elif loud and _shouted(line, word, start, end):
            size, left = 1, word.start
            if not ((seen := look(line[left:end])).house or seen.publisher):
                continue
        else:
            continue
        if not size:
            continue
        seen = look(line[left:end])
        if not seen.leads or seen.prose or not (seen.credit.parties or seen.credit.roles):
            continue
        if _lends(line[left : word.end]) and left > start and _behind(line, low, left, start):
            continue  # "… Ana Ruiz / UN Photo. Courtesy of the court": it begins before
        if seen.strange > (4 if sentence_end(line, start, left) else 2) or (
            left == start and (_too_long(seen, line[left:end]) or not _whole_credit(seen))
        ):
            continue
        yield _with_role(line, found, i - size, left), end, Confidence.HIGH
        return


def _shouted(line: str, word: Word, start: int, end: int) -> bool:
    """Whether a picture word and all behind it stand in capitals, not the caption: "… PHOTO NAME, LA PRESSE"."""
    if not line[word.start : word.end].isupper() or not line[word.end : end].isupper():
        return False
    marker = credit_words().get(word.key)
    return marker is not None and marker.picture and not line[start : word.start].isupper()


def _lends(marker: str) -> bool:
    known = credit_words().get(fold(marker))
    return known is not None and bool(known.roles)


def _behind(line: str, low: int, end: int, start: int) -> bool:
    """Whether a credit ends here already, so that what follows belongs to it."""
    stop = trim_caption(line, start, end)
    return stop > start and any(True for _ in behind_sentence(line, low, stop, start))


def _whole_credit(seen: Look) -> bool:
    """A text that begins with its marker: a picture word, a role that names a house ("Collage: AP/dpa"), or what is
    drawn and who drew it ("Illustration: Ana Ruiz/Sea Star"), where nobody is asked to be seen in it."""
    drawn = (seen.people or seen.publisher) and not _DRAWN.isdisjoint(seen.credit.roles)
    return seen.house or drawn or fold(seen.credit.marker or "") not in role_words()


_DRAWN = frozenset(("illustration", "infographic", "photo_illustration"))


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
            if key not in credit_words() and _inside(line, found, i - size):
                continue  # "Der Zug steht still: …"
            return size, first.start
    word = found[i]
    printed = line[word.start : word.end]
    for at in range(len(printed) - 1, 0, -1):
        if printed[at].isupper() and not printed[at - 1].isupper():
            return (1, word.start + at) if _picture_marker(fold(printed[at:])) else (0, 0)
    return 0, 0


def _inside(line: str, found: tuple[Word, ...], before: int) -> bool:
    """Whether the word after `before` is one of a sentence: small letters, and nothing but a blank in front."""
    word = found[before + 1]
    return before >= 0 and line[word.start].islower() and line[found[before].end : word.start] == " "


def _phrase_before(line: str, found: tuple[Word, ...], i: int) -> tuple[int, int]:
    """A marker phrase with its "by" ("Photo by", "Cedida por") that begins with a capital or after a full stop."""
    for size in range(min(6, i + 1), 1, -1):
        first = found[i - size + 1]
        key = " ".join(w.key for w in found[i - size + 1 : i + 1])
        lead = line[max(0, first.start - 2) : first.start].strip()
        begins = line[first.start].isupper() or lead[-1:] in (".", "-", "\u2013", "|", "(", "/")
        if _picture_marker(key) and (begins or _with_role(line, found, i - size, first.start) < first.start):
            return size, first.start
    return 0, 0


def _with_role(line: str, found: tuple[Word, ...], at: int, left: int) -> int:
    """The place of a role before a marker that begins at `left`, "Pool photo by", "Handout picture from", or of a
    house's letters, all in capitals: ". ST PHOTO: NAME"."""
    role = found[at] if at >= 0 else None
    if not role or line[role.end : left] != " ":
        return left
    letters = len(line[role.start : role.end]) <= 4 and line[role.start : found[at + 1].end].isupper()
    if letters and sentence_end(line, 0, role.start):
        return role.start
    if role.key in role_words() and line[role.start].isupper():
        return role.start if at == 0 or line[found[at - 1].end : role.start] != " " else left
    return left
