"""Letters, marks and brackets of a caption, credit or alt text that went wrong."""

from __future__ import annotations

import random

from attrib.model import Figure, Page

from .base import (
    after_caption_words,
    before_caption_words,
    between_sentences,
    credit_place,
    insert,
    mutation,
    replace_caption,
    replace_credit,
    set_alt,
)


def into_any(page: Page, figure: Figure, what: str, rng: random.Random) -> str | None:
    """Into the caption, at its start, middle or end, into the credit or the alt text: what can be done first."""
    ways = [
        lambda: before_caption_words(page, figure, f"{what} "),
        lambda: between_sentences(page, figure, what),
        lambda: after_caption_words(page, figure, f" {what}"),
        lambda: into_credit(page, figure, what),
        lambda: set_alt(page, figure, f"{figure.alt} {what}"),
    ]
    rng.shuffle(ways)
    return next((source for way in ways if (source := way())), None)


def into_credit(page: Page, figure: Figure, what: str) -> str | None:
    at = credit_place(page, figure)
    return insert(page.text, at.end, f" {what}") if at else None


MISREAD = ["Zürich", "São Paulo", "Łódź", "Besançon", "naïve “quotes”", "Málaga’s", "Škoda", "Ærø", "Москва", "Αθήνα"]


@mutation("text-mojibake", "a word misread")
def mojibake(page: Page, figure: Figure, rng: random.Random) -> str | None:
    misread = rng.choice(MISREAD).encode().decode(rng.choice(["windows-1252", "latin-1"]), "replace")
    return into_any(page, figure, misread.replace("\ufffd", "").replace("\x98", "˜"), rng)


@mutation("text-replacement-character", "a letter lost")
def lost_letter(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if page.encoding != "utf-8" or page.guessed:
        return None  # there the loss would be the reading's
    return into_any(page, figure, rng.choice(["M\ufffdnchen", "\ufffdkoda", "Mal\ufffd"]), rng)


@mutation("text-double-escaped", "an entity escaped twice")
def escaped_twice(page: Page, figure: Figure, rng: random.Random) -> str | None:
    code = rng.choice(["amp", "quot", "#39", "nbsp", "#8217", "ouml", "eacute", "ndash"])
    return into_any(page, figure, f"Tom &amp;{code}; Anna", rng)


@mutation("text-invisible-characters", "inside a word")
def invisible(page: Page, figure: Figure, rng: random.Random) -> str | None:
    unseen = rng.choice(["\u200b", "\ufeff", "\x07", "\u202e"])
    return into_any(page, figure, f"Ri{unseen}ver", rng)


@mutation("caption-glued-credit", "a credit in the caption's own text without a space")
def glued(page: Page, figure: Figure, rng: random.Random) -> str | None:
    day = rng.choice(["Thursday.", "Friday", "5 May.", "the lake.", "summer"])
    who = rng.choice(["Anna Holm/AFP", "Jan Ek/Reuters", "Photo: Ida Lund/EPA", "Foto: dpa", "(Photo by Ida Lund/Getty Images)",
                      "© Jan Ek/Keystone"])  # fmt: skip
    return replace_caption(page, figure, f"The port of Turku on {day}{who}") if figure.credit is None else None


@mutation("caption-double-stop", "at the end of the caption's words")
def double_stop(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.caption is None or not figure.caption.value.endswith("."):
        return None
    return after_caption_words(page, figure, rng.choice([" .", "."]))


@mutation("caption-double-stop", "at the end of its first sentence")
def double_stop_inside(page: Page, figure: Figure, rng: random.Random) -> str | None:
    at = figure.caption.value.find(". ", 20) if figure.caption else -1
    place = figure.caption.place(at + 1, at + 2) if figure.caption and at > 0 else None
    alone = (
        place is not None
        and page.text[place.start - 1] == "."
        and page.text[place.start - 3 : place.start - 1].isalpha()
    )
    return insert(page.text, place.start, rng.choice([" .", "."])) if alone and place is not None else None


@mutation("caption-unbalanced", "a bracket opened or closed in the caption's words")
def bracket(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = rng.choice(["From left (in red ", "Anna Holm, left), with friends. ", "The mayor [in blue "])
    return before_caption_words(page, figure, words)


@mutation("caption-stray-separator", "with nothing beside it")
def stray(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if rng.random() < 0.3:
        return before_caption_words(page, figure, rng.choice(["| ", "/ ", ": ", ", "]))
    # before a credit a single mark may be its own
    marks = [" ()", " | |", " [ ]"] if figure.credit else [" ()", " | |", " [ ]", " |", " /", " / /"]
    return after_caption_words(page, figure, rng.choice(marks))


@mutation("caption-truncated", "the end cut, which the alt text has")
def truncated(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.caption is None or figure.alt is None or figure.alt.span is None or len(figure.caption.value) < 50:
        return None
    if figure.alt.value != figure.caption.value or figure.alt.span.start > figure.block.end:
        return None
    cut = figure.caption.value[:40].rpartition(" ")[0]
    return replace_caption(page, figure, f"{cut}{rng.choice(['…', '...', ' [...]', ' …'])}") if len(cut) > 20 else None


@mutation("credit-without-name", "an empty name")
def empty_name(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = ["Photo: -", "Photo by - /", "Foto:", "Foto: /", "Supplied", "Photo by –/AFP", "Bild: Archiv"]
    return replace_credit(page, figure, rng.choice(words))
