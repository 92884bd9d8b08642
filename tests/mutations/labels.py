"""Labels of an interface as loose text: in the caption's words, in elements of their own, beside and behind it."""

from __future__ import annotations

import random
import re

from attrib.model import Figure, Page

from .base import (
    after_block,
    after_caption_words,
    before_caption_words,
    between_sentences,
    caption_and_credit,
    insert,
    mutation,
    some,
)

RULE = "caption-interface-text"


def inline(words: str, rng: random.Random) -> str:
    tag = rng.choice(["b", "span", "i", "em"])
    return f"<{tag}>{words}</{tag}>"


def block(words: str, rng: random.Random) -> str:
    tag = rng.choice(["p", "div"])
    return f"<{tag}>{words}</{tag}>"


def halves(words: str) -> str | None:
    """A label of several words over two elements."""
    first, _, rest = words.partition(" ")
    return f"<span>{first}</span> <span>{rest}</span>" if rest else None


def beside_figcaption(page: Page, figure: Figure, what: str, *, behind: bool) -> str | None:
    """Before or behind the figcaption, in its figure."""
    start, end = figure.block
    found = list(re.finditer(r"</figcaption>" if behind else r"<figcaption\b", page.text[start:end]))
    inside = page.text[start:end].startswith("<figure")
    return (
        insert(page.text, start + (found[0].end() if behind else found[0].start()), what) if found and inside else None
    )


def in_places(kind: str, called: str) -> None:  # noqa: C901  (a list of places)
    """Each place where copies of pages have labels, with words of this kind."""

    @mutation(RULE, f"{called} at the end of the caption, an element")
    def end(page: Page, figure: Figure, rng: random.Random) -> str | None:
        return after_caption_words(page, figure, f" {inline(some(kind, rng), rng)}")

    @mutation(RULE, f"{called} at the start of the caption, an element")
    def start(page: Page, figure: Figure, rng: random.Random) -> str | None:
        return before_caption_words(page, figure, f"{inline(some(kind, rng), rng)} ")

    @mutation(RULE, f"{called} between two sentences, an element")
    def middle(page: Page, figure: Figure, rng: random.Random) -> str | None:
        return between_sentences(page, figure, inline(some(kind, rng), rng))

    @mutation(RULE, f"{called} over two elements")
    def split(page: Page, figure: Figure, rng: random.Random) -> str | None:
        both = halves(some(kind, rng))
        return both and after_caption_words(page, figure, f" {both}")

    @mutation(RULE, f"{called} in the caption's own text, at the end")
    def text_end(page: Page, figure: Figure, rng: random.Random) -> str | None:
        stop = "" if figure.caption and figure.caption.value.endswith((".", "。", "!", "?")) else "."
        return after_caption_words(page, figure, f"{stop} {some(kind, rng)}")

    @mutation(RULE, f"{called} in the caption's own text, at the start")
    def text_start(page: Page, figure: Figure, rng: random.Random) -> str | None:
        return before_caption_words(page, figure, f"{some(kind, rng)} ")

    @mutation(RULE, f"{called} in the caption's own text, between two sentences")
    def text_middle(page: Page, figure: Figure, rng: random.Random) -> str | None:
        return between_sentences(page, figure, some(kind, rng))

    @mutation(RULE, f"{called} before the figcaption, in the figure")
    def before(page: Page, figure: Figure, rng: random.Random) -> str | None:
        return beside_figcaption(page, figure, block(some(kind, rng), rng), behind=False)

    @mutation(RULE, f"{called} behind the figcaption, in the figure")
    def behind(page: Page, figure: Figure, rng: random.Random) -> str | None:
        return beside_figcaption(page, figure, block(some(kind, rng), rng), behind=True)

    @mutation(RULE, f"{called} behind the block, alone")
    def alone(page: Page, figure: Figure, rng: random.Random) -> str | None:
        told = figure.caption is not None or figure.credit is not None
        return after_block(page, figure, block(some(kind, rng), rng)) if told else None

    @mutation(RULE, f"{called} behind the block, with the credit again")
    def with_credit(page: Page, figure: Figure, rng: random.Random) -> str | None:
        both = caption_and_credit(page, figure)
        return both and after_block(page, figure, block(some(kind, rng), rng) + block(both[1], rng))

    @mutation(RULE, f"{called} between the picture and what is printed under it")
    def between(page: Page, figure: Figure, rng: random.Random) -> str | None:
        if figure.printed is None or figure.printed.span is None or figure.credit is None or figure.tag is None:
            return None
        at = figure.printed.span.start
        opening = page.text.rfind("<", 0, at)
        # a paragraph cannot hold another: there the label goes before it
        at = opening if re.fullmatch(r"<p(?:\s[^>]*)?>\s*", page.text[opening:at]) else at
        return insert(page.text, at, block(some(kind, rng), rng))

    @mutation(RULE, f"{called} in capitals or brackets, behind the block with the credit again")
    def dressed(page: Page, figure: Figure, rng: random.Random) -> str | None:
        both = caption_and_credit(page, figure)
        word = some(kind, rng)
        return both and after_block(
            page,
            figure,
            block(rng.choice([word.upper(), f"[{word}]", f"× {word}", f"{word} ▾"]), rng) + block(both[1], rng),
        )


in_places("labels", "a label")
in_places("translated", "a translated label")
