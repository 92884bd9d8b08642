"""What a planted fault is: a function that writes one fault of one rule into a page's source, or says that it cannot.

A mutation knows the places of caption, credit and alt text from the reader, and writes only markup that copies of pages
have. Modules beside this one hold the mutations, a family each.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from attrib.model import Figure, LineKind, Page, Span

Plant = Callable[[Page, Figure, random.Random], str | None]

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Mutation:
    rule: str
    name: str
    plant: Plant


MUTATIONS: list[Mutation] = []


def mutation(rule: str, name: str) -> Callable[[Plant], Plant]:
    def keep(plant: Plant) -> Plant:
        MUTATIONS.append(Mutation(rule, name, plant))
        return plant

    return keep


def words(kind: str) -> list[str]:
    """All planted words of a kind, of every language."""
    return [form for forms in _WORDS[kind].values() for form in forms]


def some(kind: str, rng: random.Random) -> str:
    """One of the words of a kind: each language is as likely as any other."""
    return rng.choice(_WORDS[kind][rng.choice(sorted(_WORDS[kind]))])


def planted(page: Page, spoken: set[str], rng: random.Random) -> Iterator[tuple[Mutation, str]]:
    """Every mutation that can be planted in one figure of this page, with the new source.

    Rules in `spoken` found something before: for them the page is not clean, and nothing of theirs is planted.
    """
    for change in MUTATIONS:
        figures = [figure for figure in page.article if not _heard_only(figure)]
        rng.shuffle(figures)
        for figure in () if change.rule in spoken else figures[:6]:
            source = change.plant(page, figure, rng)
            if source is not None and source != page.text:
                yield change, source
                break


def _heard_only(figure: Figure) -> bool:
    """Whether the caption is hidden from sight, for screen readers: what is written there nobody sees."""
    return any(line.kind is LineKind.CAPTION and line.control for line in figure.lines)


# ---- places


def insert(text: str, at: int, what: str) -> str:
    return text[:at] + what + text[at:]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def telling(figure: Figure) -> bool:
    """Whether readers see the caption, and it is long enough that it cannot be met twice by chance."""
    seen = any(x.kind is LineKind.CAPTION and not x.control and not x.copy for x in figure.lines)
    return seen and figure.caption is not None and figure.caption.span is not None and len(figure.caption.value) >= 40


def after_caption_words(page: Page, figure: Figure, what: str) -> str | None:
    """Into the caption's last text node, behind its words."""
    if figure.caption is None or figure.caption.span is None:
        return None
    return insert(page.text, figure.caption.span.end, what)


def before_caption_words(page: Page, figure: Figure, what: str) -> str | None:
    if figure.caption is None or figure.caption.span is None:
        return None
    return insert(page.text, figure.caption.span.start, what)


def between_sentences(page: Page, figure: Figure, what: str) -> str | None:
    """Between two sentences of the caption, in one text node."""
    if figure.caption is None:
        return None
    at = figure.caption.value.find(". ", 20)
    place = figure.caption.place(at + 2, at + 3) if 20 <= at < len(figure.caption.value) - 20 else None
    alone = place is not None and page.text[place.start - 2 : place.start] == ". "
    return insert(page.text, place.start, f"{what} ") if alone and place is not None else None


def replace_caption(page: Page, figure: Figure, what: str) -> str | None:
    if figure.caption is None or figure.caption.span is None or "<" in page.text[slice(*figure.caption.span)]:
        return None
    return page.text[: figure.caption.span.start] + what + page.text[figure.caption.span.end :]


def replace_credit(page: Page, figure: Figure, what: str) -> str | None:
    """The credit's own words, where they are an element's only ones."""
    at = credit_place(page, figure)
    if at is None or page.text[: at.start].rstrip()[-1:] != ">":
        return None
    return page.text[: at.start] + what + page.text[at.end :]


def after_block(page: Page, figure: Figure, what: str) -> str | None:
    """Behind the element that holds picture and caption."""
    return insert(page.text, figure.block.end, what) if page.text[figure.block.end - 1] == ">" else None


def set_alt(page: Page, figure: Figure, words: str) -> str | None:
    """The picture's alt text replaced, where it has one."""
    if figure.alt is None or not figure.alt.value or figure.alt.span is None:
        return None
    return page.text[: figure.alt.span.start] + words.replace('"', "&quot;") + page.text[figure.alt.span.end :]


def credit_place(page: Page, figure: Figure) -> Span | None:
    """Where the credit's words stand, when readers see them and no markup stands among them."""
    at = figure.credit.at.span if figure.credit and figure.credit.at else None
    seen = figure.printed is not None and figure.printed.span is not None and at is not None
    if at is None or not seen or not figure.block.start <= at.start < figure.block.end or "<" in page.text[slice(*at)]:
        return None
    opening = page.text.rfind("<", 0, at.start)
    return None if page.text.find(">", opening, at.start) < 0 else at  # in a tag it is an attribute


def caption_and_credit(page: Page, figure: Figure) -> tuple[str, str] | None:
    """Plain words of both, as markup, where readers see both."""
    if figure.caption is None or figure.credit is None or not telling(figure) or credit_place(page, figure) is None:
        return None
    return escape(figure.caption.value), escape(figure.credit.raw)
