"""Captions and credits that say themselves twice, within one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..copies import printed_lines
from ..lexicon import credit_words, fold
from ..model import Advice, Edit, Figure, Finding, Kind, LineKind, Page, Severity, Span, Text
from ..rule import rule
from ..words import shorten, tellable


@rule("caption-doubled", on=Figure, severity=Severity.WARNING, fixable=True)
def caption_doubled(figure: Figure, page: Page) -> Iterator[Finding]:
    """The caption says itself twice.

    The same words follow each other in one caption, as when a field is printed both by a template and by the text it
    holds.

    Bad:
        <figure><img src="a.jpg" alt="A dairy"><figcaption>Two hundred cows graze near Gouda. Two hundred cows graze near
        Gouda.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A dairy"><figcaption>Cows, cows, cows: two hundred of them graze near Gouda.
        </figcaption></figure>
    """
    for text in (figure.caption, figure.printed):
        if text is None or text.span is None:
            continue
        half = _half(text.value, 4)
        if half is None:
            continue
        second = text.place(half, len(text.value))
        if second is None or page.text[max(0, second.start - 200) : second.start].rstrip().endswith(">"):
            continue  # in an element of its own it may be the same caption for another screen
        yield _doubled("caption", text.value[:half].rstrip(), text.value[half:], second, page)
        return
    lines = [line for line in printed_lines(figure) if line.kind is LineKind.CAPTION and not line.rest]
    for one, two in pairwise(lines):
        first, again = one.text.span, two.text.span
        words = one.text.value.strip()
        same = tellable(fold(words)) and two.text.value.startswith(words)  # a credit may follow the second
        if same and first and again and _BREAKS.fullmatch(page.text, first.end, again.start):
            end = two.text.place(0, len(words)) or again
            yield _doubled("caption", words, words, Span(first.end, end.end), page)
            return


def credit_in_itself(credit: Text, page: Page) -> Iterator[Finding]:
    """The finding for a credit that goes on with itself; two words may be a name, unless one of them is "Photo"."""
    opened = fold(credit.value).partition(" ")[0] in credit_words()
    half = _half(credit.value, 2 if opened else 3)
    again = credit.place(half, len(credit.value)) if half else None
    if half is None or again is None or credit.span is None or "<" in page.text[credit.span.start : again.start]:
        return
    first, second = credit.value[:half].rstrip(), credit.value[half:]
    finding = _doubled("credit", second, second, again, page)
    yield finding if first[-1:].isalnum() else replace(finding, fix=None)  # a mark between them would be left over


def _doubled(what: str, first: str, second: str, at: Span, page: Page) -> Finding:
    """The finding for a caption or a credit that goes on with itself at a place."""
    start = at.start - len(page.text[: at.start]) + len(page.text[: at.start].rstrip())
    plain = "<" not in _BREAK.sub("", page.text[start : at.end])
    return Finding(
        at=at,
        quote=second,
        message=f"The {what} says “{shorten(first)}” twice.",
        remedy="Delete the second half.",
        part=f"the {what} twice in itself",
        fix=Advice((Edit(Span(start, at.end), ""),), safe=True, what="delete the second half") if plain else None,
    )


def _half(text: str, least: int) -> int | None:
    """Where the second half of a text begins that says the same as the first; None when it does not.

    A half has `least` words: fewer may be meant twice.
    """
    words = list(_WORD.finditer(text))
    half, odd = divmod(len(words), 2)
    if odd or half < least:
        return None
    if [fold(m[0]) for m in words[:half]] != [fold(m[0]) for m in words[half:]]:
        return None
    return words[half].start()


_WORD = re.compile(r"[^\W_]+")


# Breaks inside one element: another screen's copy would have an element of its own.
_BREAK = re.compile(r"<br\s?/?>", re.I)
_BREAKS = re.compile(r"\s*(?:<br\s?/?>\s*)+", re.I)


@rule("credit-label-doubled", on=Figure, severity=Severity.WARNING, fixable=True)
def credit_label_doubled(figure: Figure, page: Page) -> Iterator[Finding]:
    """The word that introduces the credit is printed twice.

    "Photo: Photo: Anna Holm" comes from a template that prints the word before a field which holds it already.

    Bad:
        <figure><img src="a.jpg" alt="A dairy"><figcaption>Cows near Gouda. <span class="credit">Photo: Photo: Joost
        Bakker/ANP</span></figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A dairy"><figcaption>Cows near Gouda. <span class="credit">Photo: Photo Bakker/ANP
        </span></figcaption></figure>
    """
    # where the doubled word hides the credit from the reader of pages, it stands in what is printed
    said = figure.credit.at if figure.credit else figure.printed
    if said is None or said.span is None:
        return
    match = _LABELS.match(said.value) or _LABELS_INSIDE.search(said.value)
    if match is None or fold(match[1]) not in credit_words():
        return
    first, both = said.place(match.start(1), match.start(2)), said.place(*match.span())
    # in elements of their own one of the words may be meant for the ear alone
    if first is not None and both is not None and "<" not in page.text[both.start : both.end]:
        yield Finding(
            at=first,
            quote=match[0],
            message=f"The credit's “{match[1].strip()}” is printed twice.",
            remedy="Delete one of the two.",
            part="the credit's label twice",
            fix=Advice((Edit(first, ""),), safe=True, what="delete the first label"),
        )


@rule("agency-doubled", on=Figure, severity=Severity.NOTICE)
def agency_doubled(figure: Figure) -> Iterator[Finding]:
    """The same agency is named twice in one credit.

    "APA/APA" comes from two fields that hold the same name, one for the maker and one for the supplier.

    Bad:
        <figure><img src="a.jpg" alt="A hut"><figcaption>The hut in snow. <span class="credit">Foto: APA/APA</span>
        </figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A hut"><figcaption>The hut in snow. <span class="credit">Foto: APA/AFP</span>
        </figcaption></figure>
    """
    credit = figure.credit
    if credit is None or credit.at is None:
        return
    said = credit.raw.casefold()
    for party in credit.parties:
        if said.count(party.name.casefold()) < 2:
            continue
        name = re.escape(party.name)
        match = re.search(rf"(?<!\w){name}\s?[/|,–-]\s?({name})(?![\w-])", credit.raw, re.I) if party.name else None
        if party.kind is not Kind.AGENCY or match is None:
            continue
        at = credit.at.place(*match.span(1)) if len(credit.at.value) == len(credit.raw) else credit.at.span
        if at is not None:
            yield Finding(
                at=at,
                quote=credit.raw,
                message=f"The credit “{shorten(credit.raw)}” names {party.name} twice.",
                remedy="Name it once.",
            )
            return


# A word, and the same word again: glued ("CreditCredit"), or behind a colon and with one ("Photo: Photo:").
_LABELS_INSIDE = re.compile(r"(?<!\w)([A-Z][a-zé]{3,17})(?:\s?:\s?(?=\1\s?(?::|by\b)))?(\1)(?=\s?:|\s?[A-Z]|\s?by\b)")
_LABELS = re.compile(r"\W{0,3}([^\W\d_]{3,18})(?:\s?:\s?(?=[^\W\d_]{3,18}\s?(?::|by\b))|(?=[A-Z]))(\1)", re.I)
