"""Alt texts that are gone or say nothing, and what a picture lacks altogether."""

from __future__ import annotations

import random
import re

from attrib.model import Figure, LineKind, Page

from .base import escape, mutation, replace_caption, set_alt, some, telling


def alt_everywhere(page: Page, figure: Figure, new: str) -> str | None:
    """The alt attribute written anew in the picture and in its copies for other screens and readers without scripts."""
    if figure.alt is None or not figure.alt.value or figure.alt.span is None or figure.tag is None:
        return None
    if any(line.kind is LineKind.PLAYER for line in figure.lines):
        return None  # the still of a film, which takes its place
    tag, words = page.text[slice(*figure.tag)], page.text[slice(*figure.alt.span)]
    if not tag.lower().startswith("<img") or len(re.findall(r"\salt\s*=", tag)) != 1:
        return None
    start, end = figure.block
    block, count = re.subn(rf"\salt\s*=\s*([\"']){re.escape(words)}\1", new, page.text[start:end])
    return page.text[:start] + block + page.text[end:] if count else None


@mutation("alt-missing", "the attribute taken away")
def alt_gone(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return alt_everywhere(page, figure, " ")


@mutation("alt-file-name", "a file name instead")
def alt_file(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, some("files", rng))


@mutation("alt-empty", "nothing instead")
def alt_empty(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return alt_everywhere(page, figure, rng.choice([' alt=""', " alt"]))


@mutation("alt-generic", "a word that says nothing")
def alt_word(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(
        page,
        figure,
        rng.choice(["Image", "photo", "Bild", "imagen", "untitled", "写真", "Foto 1", "picture.", "[image]"]),
    )


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
    film = "video" in page.text[slice(*figure.block)].lower()  # its still needs none
    return replace_caption(page, figure, "") if others and figure.credit is None and figure.tag and not film else None


@mutation("credit-missing", "the credit taken away")
def credit_gone(page: Page, figure: Figure, rng: random.Random) -> str | None:
    at = figure.credit.at.span if figure.credit and figure.credit.at else None
    if at is None or figure.credit is None or not telling(figure) or not figure.told or "<" in page.text[slice(*at)]:
        return None
    names = [party.name for party in figure.credit.parties] or [figure.credit.raw]
    if any(page.text[slice(*figure.block)].count(name) > 1 for name in names):
        return None  # printed twice: it would still be there
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
    # only where the page says that it has a caption: other empty addresses are filled in by scripts
    if figure.tag is None or len(figure.images) != 1 or not figure.images[0].span or not figure.told:
        return None
    tag = page.text[slice(*figure.tag)]
    if figure.images[0].origin != "src" or not tag.startswith("<img") or "data-" in tag:
        return None
    start, end = figure.images[0].span
    return page.text[:start] + rng.choice(["", "undefined", "null", "#", "{{ src }}"]) + page.text[end:]
