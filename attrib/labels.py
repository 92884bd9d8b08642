"""Words of an interface in a text: a whole line that is one, or one stuck to the start or end of a caption.

In: printed text. Out: `Label` hits with kind, language and confidence. The words are data (`data/labels.toml`):
exact forms are sure, phrases made of the same kind of words ("hide title") are only *like* a label.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from . import lexicon, phrases, wordings
from .model import Confidence, LineKind

# A label is short: the longest known form has eleven words, and a line beyond this is never taken for one.
LONGEST = 90
# Of the forms of the table nine in ten are as short as this.
SHORT = 40

_EDGES = " \t\r\n.,:;!|·•–—-[](){}<>«»\"'“”„‘’►▶▼▾×+/\\\u060c\u3000。、：…\u200b\xa0"
_STOPS = str.maketrans(".。、", "   ")
_LINE_KINDS = {
    "advertisement": LineKind.ADVERTISEMENT,
    "related": LineKind.RELATED,
    "player": LineKind.PLAYER,
}


@dataclass(frozen=True, slots=True)
class Label:
    """A form of the table: what it does (`kind`), in which language; `loose` is too short to be one by itself, and
    what is found `anywhere` stands in no sentence; what `opens` a caption stands before it, with one of these signs.
    """

    form: str
    kind: str
    language: str
    loose: bool = False
    anywhere: bool = False
    opens: str = ""

    @property
    def line_kind(self) -> LineKind:
        """What a line made of this label is."""
        return _LINE_KINDS.get(self.kind, LineKind.LABEL)


class Hit(NamedTuple):
    """A label found in a text: half-open offsets, the label, and how sure it is."""

    start: int
    end: int
    label: Label
    confidence: Confidence

    @property
    def sure(self) -> bool:
        """Whether it cannot be a word of the page's own: no loose form ("More"), no number."""
        return not self.label.loose and self.label.kind not in ("counter", "player")


class _Forms(NamedTuple):
    """Labels by their folded form, and the words that forms begin with: most words of a text begin none."""

    labels: Mapping[str, Label]
    openers: frozenset[str]

    @classmethod
    def of(cls, labels: Mapping[str, Label]) -> _Forms:
        return cls(labels, frozenset(form.partition(" ")[0] for form in labels))


def normal(text: str) -> str:
    """Case, width, white space and the punctuation around a text taken away: how labels are compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(_EDGES)


@cache
def _exact() -> dict[str, Label]:
    found: dict[str, Label] = {}
    for entry in lexicon.table("labels")["label"]:
        kind, language = entry["kind"], entry["language"]
        loose, anywhere, opens = entry.get("loose", False), entry.get("anywhere", False), entry.get("opens", "")
        for form in entry["forms"]:
            label = Label(form, kind, language, loose, anywhere, opens)
            found.setdefault(normal(form), label)
    return found


def whole(text: str, own: tuple[str, ...] = ()) -> Hit | None:
    """The label that a whole line is, or None. `own` are labels of the house's own system.

    Exact forms come with high confidence; loose ones, counters and forms that are only similar with less.
    """
    if len(text) > LONGEST or not text.strip():
        return None
    folded = normal(text)
    label = _exact().get(folded)
    if label is not None and label.kind not in _NO_LINES:
        return Hit(0, len(text), label, Confidence.MEDIUM if label.loose else Confidence.HIGH)
    if folded in map(normal, own):
        return Hit(0, len(text), Label(text, "house", ""), Confidence.HIGH)
    if _counter().fullmatch(folded):
        return Hit(0, len(text), Label(text, "counter", ""), Confidence.MEDIUM)
    if _player_time().fullmatch(folded):
        return Hit(0, len(text), Label(text, "player", ""), Confidence.LOW)
    several = _chain(folded)
    if several is not None:
        return Hit(0, len(text), several, Confidence.HIGH)
    language = phrases.like(folded, "toggle")
    if language is not None:
        return Hit(0, len(text), Label(text, "toggle", language), Confidence.MEDIUM)
    language = phrases.like(folded.translate(_STOPS), "onward")
    if language is not None:
        return Hit(0, len(text), Label(text, "advertisement", language), Confidence.MEDIUM)
    return None


def opening(text: str) -> int:
    """Where a caption begins behind the word that says that it is one ("Legende: …", "Image caption, …"); or 0."""
    sign = _OPENS.search(text, 1, SHORT)
    label = _exact().get(normal(text[: sign.start()])) if sign and sign.end() < len(text) else None
    if sign is None or label is None:
        return 0
    return sign.end() if (":" if sign[1] in ":：" else ",") in label.opens else 0


def short(text: str) -> bool:
    """Whether a line is as short as a label and no sentence, so that it may be one that nobody listed."""
    return 0 < len(text) <= SHORT and text.count(" ") < 6 and text[-1:] not in ".!?:,;…。"


def opens_related(text: str) -> bool:
    """Whether a line opens like an injected link to another story ("See also …")."""
    pattern = _related()
    return pattern.match(text.lstrip(_EDGES)) is not None


def related_inside(text: str) -> int | None:
    """Where a link to another story begins in a longer text: after a sentence's end, with a colon behind the form."""
    match = _related_stuck().search(text)
    return match.start(1) if match else None


def player_inside(text: str) -> tuple[int, int] | None:
    """Where the words of a video player stand at the start or the end of a longer text."""
    match = _player_stuck().search(text)
    return match.span(1) if match else None


@lru_cache(maxsize=512)  # two rules ask the same of every caption
def inside(text: str) -> tuple[Hit, ...]:
    """Labels stuck to the start or the end of a longer text, in order; only forms that cannot be prose.

    A text "… on Thursday. hide caption toggle caption" gives two hits. A label in mid-sentence is none, unless its
    form is one no sentence has ("toggle caption"). Between two sentences, a label is one when what follows begins anew;
    one that is only like a label comes with less confidence.
    """
    words = [
        (normal(m[0]), m.end() - len(m[0].lstrip(_EDGES)), m.start() + len(m[0].rstrip(_EDGES)))
        for m in _NOT_SPACE.finditer(text)
    ]
    low, high = 0, len(words)
    edge, certain, unspaced = _stuck()
    hits: list[Hit] = []
    while (found := _first(words, low, high, edge)) and low + found[0] < high:
        hits.append(_hit(words, low, low + found[0], found[1]))
        low += found[0]
    while (ending := _last(text, words, low, high, edge)) is not None:
        hit, high = ending
        hits.append(hit)
    at = low
    while at < high:
        found = _first(words, at, high, certain)
        if found:
            hits.append(_hit(words, at, at + found[0], found[1]))
        at += found[0] if found else 1
    taken = {(hit.start, hit.end) for hit in hits}
    for at in _openings(text, words, low, high):
        between = _between(text, words, at, high, edge)
        if between is not None and not any(between.start < end and start < between.end for start, end in taken):
            hits.append(between)
    if not text.isascii():
        for form, label in unspaced:
            starts = ([0] if text.startswith(form) else []) + ([len(text) - len(form)] if text.endswith(form) else [])
            hits.extend(Hit(at, at + len(form), label, Confidence.HIGH) for at in starts if len(text) > len(form))
    return tuple(sorted(set(hits), key=lambda hit: hit[:2]))


def _first(words: list[tuple[str, int, int]], low: int, high: int, forms: _Forms) -> tuple[int, Label] | None:
    """The longest form that the words from `low` begin with: how many words it has, and its label."""
    if low >= high or words[low][0] not in forms.openers:
        return None
    for size in range(min(MOST_WORDS, high - low), 0, -1):
        label = forms.labels.get(" ".join(word for word, _, _ in words[low : low + size]).strip())
        if label is not None:
            return size, label
    return None


def _last(text: str, words: list[tuple[str, int, int]], low: int, high: int, forms: _Forms) -> tuple[Hit, int] | None:
    """The longest form that the words before `high` end with, and where they end without it.

    Its first word may be glued to the word before it: "ReutersView image in fullscreen", "(AFP)hide caption".
    """
    for size in range(min(MOST_WORDS, high - low), 0, -1):
        first, start, end = words[high - size]
        rest = " ".join(word for word, _, _ in words[high - size + 1 : high])
        label = forms.labels.get(f"{first} {rest}".strip())
        if label is not None and high - size > low:
            return _hit(words, high - size, high, label), high - size
        for seam in _SEAM.finditer(text, start, end):
            label = forms.labels.get(f"{normal(text[seam.end() : end])} {rest}".strip())
            if label is not None:
                return Hit(seam.end(), words[high - 1][2], label, Confidence.HIGH), high - size
    return None


def _openings(text: str, words: list[tuple[str, int, int]], low: int, high: int) -> Iterator[int]:
    """The words with which something begins anew: the first, and those behind a mark that ends a sentence."""
    for at in range(low, high):
        before = text[words[at - 1][2] - 1 : words[at][1]] if at else ""
        if at == low or not _ENDS_SENTENCE.isdisjoint(before):
            yield at


def _between(text: str, words: list[tuple[str, int, int]], at: int, high: int, edge: _Forms) -> Hit | None:
    """The label that stands between two sentences, or before the first or behind the last, from one word on."""

    def apart(end: int) -> bool:
        return end == high or not text[words[end][1] : words[end][1] + 1].islower()

    found = _first(words, at, high, edge)
    if found and apart(at + found[0]):
        return _hit(words, at, at + found[0], found[1])
    if not phrases.begins(words[at][0], "toggle"):
        return None
    last = next((n for n in _openings(text, words, at + 1, high) if n > at + 1), high)
    for end in range(min(last, at + phrases.MOST_WORDS), at, -1):
        language = phrases.like(" ".join(word for word, _, _ in words[at:end]), "toggle") if apart(end) else None
        # "Open Picture House" is a name: a phrase has small letters behind its first
        if language and (
            end == high or end == at + 1 or any(not text[n : n + 1].isupper() for _, n, _ in words[at + 1 : end])
        ):
            label = Label(text[words[at][1] : words[end - 1][2]], "toggle", language)
            return Hit(words[at][1], words[end - 1][2], label, Confidence.MEDIUM)
    return None


def _hit(words: list[tuple[str, int, int]], low: int, high: int, label: Label) -> Hit:
    """Some words as a hit."""
    return Hit(words[low][1], words[high - 1][2], label, Confidence.HIGH)


def _chain(folded: str) -> Label | None:
    """The first label of a line made of several ("hide caption toggle caption")."""
    words, first, at = folded.split(" "), None, 0
    if len(words) < 4:
        return None
    table = _exact()
    while at < len(words):
        for size in range(min(6, len(words) - at), 1, -1):
            label = table.get(" ".join(words[at : at + size]))
            if label is not None and label.kind not in ("advertisement", "related"):
                first, at = first or label, at + size
                break
        else:
            return None
    return first


@cache
def _counter() -> re.Pattern[str]:
    """ "3 of 12", "Photo 3/12", "12 photos", "View all 12 photos"."""
    several = wordings.inside("pictures")
    of = rf"(?:{wordings.inside('picture')}\s*)?\d{{1,3}}\s*(?:/|{wordings.inside('of')})\s*\d{{1,3}}(?:\s*{several})?"
    return re.compile(
        rf"{of}|(?:{wordings.inside('view')}\s+(?:{wordings.inside('all')}\s+)?)?\d{{1,3}}\s+{several}", re.I
    )


@cache
def _player_time() -> re.Pattern[str]:
    clock = r"-?\d{1,2}:\d{2}(?::\d{2})?(?:\s*/\s*\d{1,2}:\d{2}(?::\d{2})?)?"
    return re.compile(rf"{clock}|\d{{1,3}} ?{wordings.inside('minutes')}|\d{{1,3}}m \d{{1,2}}s", re.I)


def _any_of(kind: str, least: int = 1) -> str:
    """The forms of one kind that have so many words, as a part of a pattern, the longest first."""
    entries = [entry for entry in lexicon.table("labels")["label"] if entry["kind"] == kind]
    forms = [form for entry in entries for form in entry["forms"] if len(form.split()) >= least]
    return "|".join(_loosely(form) for form in sorted(forms, key=len, reverse=True))


@cache
def _related() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of('related')})(?:\W|$)", re.I)


@cache
def _related_stuck() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[.!?…)\]\"”])\s+)((?:{_any_of('related')})\s*[:：])", re.I)


@cache
def _player_stuck() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[.!?)\]])\s+)((?:{_any_of('player', 4)})(?!\w)\.?)", re.I)


@cache
def _stuck() -> tuple[_Forms, _Forms, tuple[tuple[str, Label], ...]]:
    """Forms that may be stuck to a text's ends, those that may stand anywhere, those of scripts without spaces.

    The forms of the first two are folded word by word.
    """
    edge: dict[str, Label] = {}
    certain: dict[str, Label] = {}
    unspaced = []
    for label in _exact().values():
        folded = " ".join(map(normal, label.form.split()))
        if label.anywhere:
            certain[folded] = label
        if label.kind == "advertisement":
            if folded.count(" ") >= 2:
                edge[folded] = label
        elif not label.loose and label.kind in _USABLE:
            if " " in folded or not folded.isascii():
                edge[folded] = label
            if " " not in folded and not folded.isascii():
                unspaced.append((label.form, label))
    return _Forms.of(edge), _Forms.of(certain), tuple(unspaced)


_USABLE = frozenset({"toggle", "enlarge", "fullscreen", "gallery", "marker", "icon"})
_NO_LINES = frozenset({"related", "opening"})  # they only open a longer line
_OPENS = re.compile(r"\s?([:：,，\u060c、])\s*")
_NOT_SPACE = re.compile(r"\S+")
# Where a label may begin inside a word: a capitalised word behind a letter, or anything behind a closing mark.
_SEAM = re.compile(r"(?<=[^\W\d_])(?=[A-Z][a-z])|(?<=[.)\]])(?=\w)")
_ENDS_SENTENCE = frozenset('.!?…。！？)]”"|•')
MOST_WORDS = 12


def _loosely(form: str) -> str:
    return r"\s{1,9}".join(re.escape(word) for word in normal(form).split(" "))
