"""Alt texts that are gone or say nothing, and what a picture lacks altogether."""

from __future__ import annotations

import random
import re

from attrib.model import Figure, Page

from .base import escape, mutation, replace_caption, set_alt, some, telling


@mutation("alt-missing", "the attribute taken away")
def alt_gone(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.alt is None or not figure.alt.value or figure.alt.span is None:
        return None
    start, end = figure.alt.span
    match = re.search(r"\salt\s*=\s*[\"']$", page.text[max(0, start - 12) : start])
    if match is None or page.text[end : end + 1] not in "\"'":
        return None
    return page.text[: start - len(match[0])] + page.text[end + 1 :]


@mutation("alt-file-name", "a file name instead")
def alt_file(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, some("files", rng))


@mutation("alt-empty", "nothing instead")
def alt_empty(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, "")


@mutation("alt-generic", "a word that says nothing")
def alt_word(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, rng.choice(["Image", "photo", "Bild", "imagen", "untitled", "写真", "Foto 1", "picture.", "[image]"]))


@mutation("alt-credit-only", "the credit instead")
def alt_credit(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.credit is None or not figure.credit.agencies:
        return None
    return set_alt(page, figure, escape(figure.credit.raw))


@mutation("alt-credit-prefix", "opening words that a screen reader says anyway")
def alt_prefix(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = ["Image of", "A photo of", "Picture showing", "Bild von", "Foto de", "Photo de"]
    return set_alt(page, figure, f"{rng.choice(words)} a harbour in the rain")


@mutation("alt-equals-caption", "the caption instead")
def alt_caption(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, escape(str(figure.caption))) if telling(figure) else None


@mutation("alt-too-long", "three hundred characters")
def alt_long(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, "a house and a tree and " * 14)


# ---- missing


@mutation("caption-missing", "the caption's words taken away, where others have some")
def caption_gone(page: Page, figure: Figure, rng: random.Random) -> str | None:
    others = [f for f in page.article if f is not figure and f.caption and f.images and f.tag]
    return replace_caption(page, figure, "") if others and figure.credit is None and figure.tag else None


@mutation("credit-missing", "the credit taken away")
def credit_gone(page: Page, figure: Figure, rng: random.Random) -> str | None:
    at = figure.credit.at.span if figure.credit and figure.credit.at else None
    if at is None or not telling(figure) or not figure.told or "<" in page.text[slice(*at)]:
        return None
    return page.text[: at.start] + page.text[at.end :]


@mutation("caption-orphan", "the picture taken away")
def orphan(page: Page, figure: Figure, rng: random.Random) -> str | None:
    start, end = figure.block
    block = page.text[start:end]
    if not block.startswith("<figure") or "<figcaption" not in block or figure.caption is None:
        return None
    caption = re.search(r"<figcaption.*?</figcaption>", block, re.S)
    return caption and f"{page.text[:start]}<figure>{caption[0]}</figure>{page.text[end:]}"


@mutation("image-broken-source", "a program's word for nothing")
def no_address(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.tag is None or len(figure.images) != 1 or not figure.images[0].span or figure.images[0].origin != "src":
        return None
    start, end = figure.images[0].span
    return page.text[:start] + rng.choice(["", "undefined", "null", "#", "{{ src }}"]) + page.text[end:]
