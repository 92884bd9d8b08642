"""Short phrases of an interface, told by what they are made of: "hide title", "Klicken Sie auf das Bild".

In: a short folded text and the kind of phrase wanted. Out: its language, or None. A phrase is a verb at its head (in
some languages at its end), a noun or a second verb, and nothing but the small words of the same language, as listed in
`data/phrases.toml`. No list holds what machine translation makes of a label; this does, so whoever asks has to be less
sure of it than of a label that is listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from . import lexicon

__all__ = ["MOST_WORDS", "begins", "like"]

# "Klicken Sie auf das Bild, um es zu vergrößern" has nine; what is longer is a sentence.
MOST_WORDS = 9

_TOKEN = re.compile(r"[^\s,/'’]+")


class _Grammar(NamedTuple):
    """The words of a language that make a phrase. Verbs of several words are strings with spaces, as are nouns."""

    language: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    leads: frozenset[str]  # what may stand before the verb
    prose: tuple[str, ...]
    longest: int  # words in its longest verb
    ends: bool  # the verb may stand at the end


class _Phrases(NamedTuple):
    """All grammars of a kind, and for each word the grammars that have it, as bits."""

    grammars: tuple[_Grammar, ...]
    having: Mapping[str, int]


def _entries(kind: str, unspaced: bool) -> list[Mapping[str, Any]]:
    entries = lexicon.table("phrases")["phrase"]
    return [e for e in entries if e["kind"] == kind and e.get("unspaced", False) is unspaced]


def _grammar(entry: Mapping[str, Any]) -> _Grammar:
    verbs = frozenset(entry["verbs"])
    longest = max(verb.count(" ") for verb in verbs) + 1
    leads, prose = frozenset(entry.get("leads", ())), tuple(entry.get("prose", ()))
    return _Grammar(
        entry["language"], verbs, frozenset(entry["nouns"]), leads, prose, longest, entry.get("ends", False)
    )


@cache
def _phrases(kind: str) -> _Phrases:
    having: dict[str, int] = {}
    entries = _entries(kind, unspaced=False)
    for n, entry in enumerate(entries):
        for group in ("verbs", "nouns", "fillers"):
            for word in " ".join(entry[group]).split(" "):
                having[word] = having.get(word, 0) | 1 << n
    return _Phrases(tuple(map(_grammar, entries)), having)


@cache
def _cut(kind: str) -> tuple[tuple[_Grammar, re.Pattern[str]], ...]:
    """The grammars of scripts without spaces, each with a pattern of its words, the longest first."""
    found = []
    for entry in _entries(kind, unspaced=True):
        pieces = sorted([*entry["verbs"], *entry["nouns"], *entry["fillers"]], key=len, reverse=True)
        found.append((_grammar(entry), re.compile("|".join(map(re.escape, pieces)))))
    return tuple(found)


def like(folded: str, kind: str) -> str | None:
    """The language in which a folded line is a phrase of this kind, or None."""
    phrases = _phrases(kind)
    words = _TOKEN.findall(folded)
    if not 1 <= len(words) <= MOST_WORDS:
        return None
    bits = -1
    for word in words:
        bits &= phrases.having.get(word, 0)
        if not bits:
            break
    for n, grammar in enumerate(phrases.grammars if bits else ()):
        if bits >> n & 1 and _is_phrase(words, grammar):
            return grammar.language
    if folded.isascii():
        return None
    joined = "".join(words)
    return next((grammar.language for grammar, pattern in _cut(kind) if _is_cut(joined, grammar, pattern)), None)


def begins(word: str, kind: str) -> bool:
    """Whether a phrase of this kind may begin with a word: a cheap look before `like`."""
    phrases = _phrases(kind)
    first = _TOKEN.search(word)
    return first is not None and (first[0] in phrases.having or not first[0].isascii())


def _is_phrase(words: list[str], grammar: _Grammar) -> bool:
    said = f" {' '.join(words)} "
    if any(f" {prose} " in said for prose in grammar.prose):
        return False
    words = words[1:] if words[0] in grammar.leads else words
    for size in range(min(grammar.longest, len(words) - 1), 0, -1):
        for verb, rest in ((words[:size], words[size:]), (words[-size:], words[:-size]))[: 1 + grammar.ends]:
            if " ".join(verb) in grammar.verbs:
                left = f" {' '.join(rest)} "
                return any(f" {word} " in left for word in (*grammar.nouns, *grammar.verbs))
    return False


def _is_cut(text: str, grammar: _Grammar, pattern: re.Pattern[str]) -> bool:
    """Whether a text of a script without spaces is nothing but the grammar's words, a verb and a noun among them."""
    at, found = 0, set()
    while match := pattern.match(text, at):
        found.add(match[0])
        at = match.end()
    verbs = len(found & grammar.verbs)
    return at == len(text) and verbs > 0 and (verbs > 1 or not found.isdisjoint(grammar.nouns))
