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

from ...lexicon import credit_words, fold, name_of, table
from ...model import Confidence
from ...printed import nameless
from .cuts import cuts
from .look import Look, introduced, look, may_thank
from .shown import bare
from .signed import desk
from .whole import looks_like_credit
from .words import plain, trim_caption, trim_credit, words

__all__ = ["Split", "split_caption"]

_TWICE = re.compile(r"([^\W\d_][^/|,\n]{1,60}?)\s?[/|,–-]\s?\1", re.I)  # "APA – APA"
# Korean wires sign before the words: "(서울=HOUSE) NAME 기자 = …".
_WIRED = re.compile(r"([(\[][가-힣]{1,10}=[^\s()\[\]]{2,12}[)\]] ?[가-힣]{2,5}(?: [가-힣]{2,5}){0,2} 기자) ?= ?(?=\S)")
# What may stand behind a credit: an address, and the day in Chinese ("記者NAME攝 114年2月11日").
_BEHIND = re.compile(r"[^@\s]{0,39}[^@\s/]@[^@\s]{4,40}|\d{2,4}年\d{1,2}月\d{1,2}日")
_TIGHT = re.compile(r"\w/\w")
_SLASH = re.compile(r"\s/\s")
_HEAD = 160  # characters at the beginning, for credits printed first
_SOURCE = 80  # characters: where the figures of a chart are from
_FEW = 2  # words
_ALONE = frozenset({"handout", "private"})  # roles that no alt text has: "Screenshot" alone says what is seen
_MARKER = 24  # characters: the longest word that introduces credits


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
    if "\u00ad" in text:
        return _unhyphened(text)
    line = plain(text)
    start, end = _trim(line, 0, len(text))
    if start >= end:
        return Split(None, None)
    if (twice := _TWICE.fullmatch(line, start, end)) and split_caption(twice[1]).caption is None:
        return Split(None, (start, end), Confidence.MEDIUM)
    if led := _led(line, start, end):
        return led
    for stop in _ends(line, start, end) if line[end - 1] != ":" else ():
        found = list(cuts(line, start, stop))
        if found:
            left, right, confidence, _ = min(found, key=lambda f: (f[2].rank, f[3], f[0]))
            return _cut(line, start, *_bracket(line, left, right), confidence)
    return _prefix(line, start, end) or Split((start, end), None)


def _given(seen: Look) -> bool:
    """Whether a line says that the picture was handed out or is private, and names nobody: "Privat"."""
    return not (seen.credit.parties or seen.prose) and bool(_ALONE & set(seen.credit.roles))


def _bracket(line: str, left: int, right: int) -> tuple[int, int]:
    """The whole bracket that a credit ends: "(AP | Video by NAME)"."""
    at = line.rfind("(", max(0, left - _MARKER), left)
    if at < 0 or line[right - 1] != ")" or ")" in line[at:left] or "(" in line[left:right]:
        return left, right
    return at + 1, right - 1


def _unhyphened(text: str) -> Split:
    """The cut of a text that says where its words may be broken, as no reader sees it."""
    places = [n for n, letter in enumerate(text) if letter != "\u00ad"]
    found = split_caption(text.replace("\u00ad", ""))
    caption, credit = (
        (places[a], places[b - 1] + 1) if part else None for part in found[:2] for a, b in [part or (0, 1)]
    )
    return Split(caption, credit, found.confidence)


def _cut(line: str, start: int, left: int, right: int, confidence: Confidence) -> Split:
    stop = trim_caption(line, start, left)
    if ";" in line[stop:left] and stop - start <= _SOURCE:
        seen = look(line[start:stop])
        if seen.leads and (seen.credit.marker or "").endswith(":") and seen.credit.parties and not seen.prose:
            left = stop = start  # "Quelle: HOUSE; Grafik: NAME": two credits and no caption
    if stop - start <= _MARKER and fold(line[start:stop]) in credit_words():
        left, stop = start, start  # "Fotos © NAME": two markers and no caption
    return Split((start, stop) if stop > start else None, trim_credit(line, left, right), confidence)


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


def _ends(line: str, start: int, end: int) -> Iterator[int]:
    """Where the printed text may end: as given, and without a button's word ("… /dpa Mehr") or the address of who is
    thanked or the day ("… NAME 기자 name@house.kr") behind the credit."""
    for tail in _tails() if line.endswith(_tails(), start, end) else ():
        if line.endswith(tail, start, end):
            stop = end - len(tail)
            if stop > start and (
                not line[stop - 1].isalpha() or line[stop - 1].islower() or line[stop - 2 : stop].isupper()
            ):
                yield _trim(line, start, stop)[1]
    blank = line.rfind(" ", start, end)
    if blank > start and _BEHIND.fullmatch(line, blank + 1, end):
        yield _trim(line, start, blank)[1]
    yield end


@cache
def _tails() -> tuple[str, ...]:
    return tuple(sorted(table("credit-words")["words"]["tail"]["*"], key=lambda w: (-len(w), w)))


def _led(line: str, start: int, end: int) -> Split | None:
    """A credit that its last word closes, before a slash and the caption, as in Lithuania: "NAME nuotr. / …"."""
    for found in _SLASH.finditer(line, start, min(end, start + _HEAD)):
        left, right = found.span()
        if fold(line[start:left].rpartition(" ")[2]) not in credit_words("after") or right == end:
            continue
        seen = look(line[start:left])
        named = seen.marked and not (seen.leads or seen.prose) and bool(seen.credit.parties)
        if named or _given(seen):
            return Split((right, end), (start, left))
    return None


def _prefix(line: str, start: int, end: int) -> Split | None:
    """A credit printed before the caption, or nothing but a credit."""
    head = min(end, start + _HEAD)
    if line[start] in "([" and (wired := _WIRED.match(line, start, head)):
        return Split((wired.end(), end), wired.span(1)) if wired.end() < end else None
    if end - start <= _HEAD and may_thank(line, start, end):
        seen = look(line[start:end])
        if (empty := nameless(line[start:end])) is not None:  # "Photo: -"
            return _cut(line, start, start + empty, end, Confidence.MEDIUM)
        house = seen.house or (seen.publisher and line[start:end].isupper())  # "BBC"; but "Time" is a word
        alone = house and len(seen.credit.parties) == 1 and bare(line[start:end], seen.credit.parties[0].name)
        alone = alone or (_given(seen) and len(line[start:end].split()) <= _FEW)
        alone = alone or (bool(_TIGHT.search(line, start, end)) and desk(line[start:end], seen, closed=False))
        if alone or looks_like_credit(line[start:end]) not in (None, Confidence.LOW):
            return Split(None, trim_credit(line, start, end), Confidence.MEDIUM)
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
            return Split((right, end), trim_credit(line, start, left), Confidence.MEDIUM)
    return None
