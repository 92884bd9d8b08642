"""Captions and credits printed again: behind the block, inside it, in the running text, under another picture."""

from __future__ import annotations

import random
from itertools import pairwise

from attrib.model import Figure, Page

from .base import (
    after_block,
    after_caption_words,
    caption_and_credit,
    escape,
    insert,
    mutation,
    replace_caption,
    replace_credit,
    some,
    telling,
)


def paragraphs(rng: random.Random, *lines: str) -> str:
    """Lines as blocks of one kind."""
    tag = rng.choice(["p", "div"])
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def dressed(words: str, rng: random.Random) -> str:
    """The same words as another program writes them."""
    return rng.choice(
        [
            words,
            words.replace(" ", "&nbsp;", 1),
            words.replace(" ", "\n  ", 2),
            f"<em>{words}</em>",
            words.replace("“", "&quot;").replace("”", "&quot;").replace("’", "'"),
            words.replace(" ", " <b>", 1) + "</b>",
            words.removesuffix("."),
        ]
    )


@mutation("caption-repeated", "caption and credit again behind the block")
def block_again(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, *both))


@mutation("caption-repeated", "the caption alone again behind the block, dressed otherwise")
def caption_again(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, dressed(both[0], rng)))


@mutation("caption-repeated", "caption and credit again in one line")
def one_line(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, " ".join(both)))


@mutation("caption-repeated", "caption and credit again in one paragraph, a break between")
def broken_line(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, f"{both[0]}<br>{both[1]}"))


@mutation("caption-repeated", "a label, then the caption again")
def after_label(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, some("labels", rng), both[0]))


@mutation("caption-repeated", "credit, label, credit, then the caption again")
def after_credits(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, both[1], some("translated", rng), both[1], both[0]))


@mutation("caption-repeated", "label, advertisement, label, then caption and credit again")
def with_rests(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    if both is None:
        return None
    rests = [some("translated", rng), some("advertisements", rng), some("translated", rng)]
    return after_block(page, figure, paragraphs(rng, *rests, both[1], both[0], both[1]))


@mutation("caption-repeated", "a file name, then caption and credit again")
def after_file_name(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, some("files", rng), *both))


@mutation("caption-repeated", "a second rendition of the picture with caption and credit")
def rendition(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    if both is None or not figure.images or figure.images[0].url.startswith("data:"):
        return None
    url = escape(figure.images[0].url).replace('"', "%22")
    return after_block(
        page,
        figure,
        f'<p>{some("translated", rng)}</p><p><img src="{url}" alt="The same"></p>' + paragraphs(rng, *both),
    )


@mutation("caption-repeated", "a label inside the figcaption, then the caption again")
def inside(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    if both is None or figure.printed is None or figure.printed.span is None or figure.caption is None:
        return None
    within = figure.caption.span and figure.printed.span.end == figure.caption.span.end
    again = f"<div>{some('labels', rng)}</div><div>{both[0]}</div>"
    return insert(page.text, figure.printed.span.end, again) if within else None


@mutation("caption-near-repeat", "another version of the caption behind the block")
def near(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if not telling(figure) or figure.caption is None or len(figure.caption.value.split()) < 10:
        return None
    words = escape(figure.caption.value).split()
    del words[rng.randrange(4, len(words) - 1)]
    return after_block(page, figure, paragraphs(rng, some("labels", rng), " ".join(words)))


@mutation("caption-doubled", "the caption's words twice in its own text")
def doubled(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return after_caption_words(page, figure, f" {escape(str(figure.caption))}") if telling(figure) else None


@mutation("caption-doubled", "the caption's words twice, a break between")
def doubled_apart(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return after_caption_words(page, figure, f"<br> {escape(str(figure.caption))}") if telling(figure) else None


@mutation("caption-copied", "another picture's caption")
def copied(page: Page, figure: Figure, rng: random.Random) -> str | None:
    others = [f for f in page.article if telling(f) and f.asset != figure.asset and f.caption != figure.caption]
    if not others or not telling(figure) or not figure.asset:
        return None
    return replace_caption(page, figure, escape(str(rng.choice(others).caption)))


@mutation("caption-in-body", "the caption as a paragraph of the article")
def in_body(page: Page, figure: Figure, rng: random.Random) -> str | None:
    spans = [p.span for p in page.paragraphs if p.span and len(p.value) > 90]
    # beside a picture's block it would be a copy in the block, which is another rule's
    blocks = [f.block for f in page.figures]
    apart = [s for s in spans if all(s.start - b.end > 400 or s.end < b.start for b in blocks)]
    pairs = [two for one, two in pairwise(apart) if 0 < two.start - one.end < 20]
    if not telling(figure) or len(str(figure.caption)) < 60 or not pairs:
        return None
    spot = pairs[len(pairs) // 2]
    start = page.text.rfind("<p", 0, spot.start)
    if start < 0 or figure.block.start <= start < figure.block.end or page.text[start + 2 : start + 3] not in "> ":
        return None
    return insert(page.text, start, f"<p>{escape(str(figure.caption))}</p>")


@mutation("credit-repeated", "the credit again behind the block, after a label")
def credit_again(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, some("labels", rng), both[1]))


@mutation("credit-repeated", "the credit again behind the block, at once")
def credit_at_once(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, paragraphs(rng, both[1]))


@mutation("credit-label-doubled", "the credit's label twice")
def label_twice(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.credit is None or not figure.credit.parties:
        return None
    name = escape(figure.credit.parties[0].name)
    words = [f"Photo: Photo: {name}", f"CreditCredit{name}", f"Foto: Foto: {name}", f"PhotographPhotograph by {name}"]
    return replace_credit(page, figure, rng.choice(words))


@mutation("agency-doubled", "the agency twice")
def agency_twice(page: Page, figure: Figure, rng: random.Random) -> str | None:
    name = rng.choice(["dpa/dpa", "AFP / AFP", "Reuters, Reuters", "APA – APA", "EFE | EFE"])
    return replace_credit(page, figure, f"{rng.choice(['Foto: ', 'Photo: ', ''])}{rng.choice(['', 'Jana Ek/'])}{name}")
