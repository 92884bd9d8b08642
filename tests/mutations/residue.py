"""What programs leave in a caption: advertisements, file names, shortcodes, placeholders, names of messages, tags."""

from __future__ import annotations

import random

from attrib.model import Figure, Page

from .base import (
    after_block,
    after_caption_words,
    before_caption_words,
    between_sentences,
    caption_and_credit,
    credit_place,
    insert,
    mutation,
    replace_caption,
    some,
)
from .labels import block


def anywhere(page: Page, figure: Figure, what: str, rng: random.Random) -> str | None:
    """At the start, the end or in the middle of the caption."""
    ways = [
        lambda: before_caption_words(page, figure, f"{what} "),
        lambda: between_sentences(page, figure, what),
        lambda: after_caption_words(page, figure, f" {what}"),
    ]
    rng.shuffle(ways)
    return next((source for way in ways if (source := way())), None)


@mutation("caption-advertisement", "between the block's copies")
def ad_between(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, block(some("advertisements", rng), rng) + block(both[1], rng))


@mutation("caption-advertisement", "between caption and credit")
def ad_before_credit(page: Page, figure: Figure, rng: random.Random) -> str | None:
    at = credit_place(page, figure)
    opening = page.text.rfind("<", 0, at.start) if at else -1
    caption = figure.caption.span if figure.caption else None
    own = (
        at is not None
        and caption is not None
        and caption.end <= opening
        and page.text[opening : at.start].endswith(">")
    )
    free = own and page.text[caption.end : opening].strip() == "" if caption else False
    return insert(page.text, opening, f"<div>{some('advertisements', rng)}</div>") if free else None


@mutation("caption-advertisement", "in the caption's own text")
def ad_inside(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = rng.choice(["Advertisement. Scroll to continue reading.", "Article continues below advertisement",
                        "Artikel wird nach der Anzeige fortgesetzt", "La suite après cette publicité"])  # fmt: skip
    return anywhere(page, figure, words, rng)


@mutation("caption-file-name", "instead of the caption")
def file_name_as_caption(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return replace_caption(page, figure, some("files", rng))


@mutation("caption-file-name", "behind the block, before the credit again")
def file_name_beside(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    return both and after_block(page, figure, block(some("files", rng), rng) + block(both[1], rng))


@mutation("caption-file-name", "at an end of the caption, an element")
def file_name_inside(page: Page, figure: Figure, rng: random.Random) -> str | None:
    way = rng.choice([before_caption_words, after_caption_words])
    return way(page, figure, f" <span>{some('files', rng)}</span> ")


@mutation("caption-shortcode", "beside the caption's words")
def shortcode(page: Page, figure: Figure, rng: random.Random) -> str | None:
    codes = ['[caption id="attachment_99" width="800"]', '[gallery ids="1,2,3"]', "[/caption]", '[embed width="5"]',
             "[caption]", '[vc_single_image image="12"]', '[photo id="4711"]', "[/embed]"]  # fmt: skip
    return anywhere(page, figure, rng.choice(codes), rng)


TEMPLATES = ["{{ image.caption }}", "&lt;%= caption %&gt;", "{% caption %}", "${caption}", "%%caption_text%%",
             "{{caption}}", "#{caption}", "&lt;?php echo $caption; ?&gt;", "[[caption]]", "{caption}"]  # fmt: skip


@mutation("caption-template-placeholder", "instead of the caption")
def template(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return replace_caption(page, figure, rng.choice(TEMPLATES))


@mutation("caption-template-placeholder", "beside the caption's words")
def template_beside(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return anywhere(page, figure, rng.choice(TEMPLATES), rng)


@mutation("caption-placeholder-text", "instead of the caption")
def placeholder(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = ["undefined", "Enter caption here", "Lorem ipsum dolor sit amet, consectetur", "null", "[object Object]",
             "Bildunterschrift hinzufügen", "Ajouter une légende", "Escribe un pie de foto", "Aggiungi una didascalia",
             "Adicione uma legenda", "Caption goes here", "TK caption", "Voeg een bijschrift toe", "Bildtext hier einfügen",
             "Add a caption…"]  # fmt: skip
    return replace_caption(page, figure, rng.choice(words))


@mutation("caption-message-key", "beside the caption")
def message_key(page: Page, figure: Figure, rng: random.Random) -> str | None:
    key = rng.choice(["lead-image.fullscreen-enter", "article.image_caption.toggle", "gallery.openFull", "i18n.caption.hideLabel",
                      "common.image.show_caption"])  # fmt: skip
    return rng.choice([before_caption_words, after_caption_words])(page, figure, f" <span>{key}</span> ")


@mutation("caption-literal-markup", "in the caption's words")
def literal_markup(page: Page, figure: Figure, rng: random.Random) -> str | None:
    tags = [
        "&lt;em&gt;Look&lt;/em&gt;",
        "Look&lt;br&gt;",
        "&lt;a href=&quot;/x&quot;&gt;Look&lt;/a&gt;",
        "&lt;strong&gt;Look:",
    ]
    return anywhere(page, figure, rng.choice(tags), rng)


@mutation("caption-injected-link", "at the end of the caption's words")
def injected(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = ["Read also: ", "See also: ", "Lesen Sie auch: ", "Lea también: ", "À lire aussi : ", "Leggi anche: ", "Leia também: ",
             "Lees ook: ", "Czytaj też: ", "Читайте также: "]  # fmt: skip
    return after_caption_words(page, figure, f". {rng.choice(words)}Ten ways to cook a pumpkin")


@mutation("caption-injected-link", "between the block and its credit again")
def injected_between(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(page, figure)
    words = rng.choice(["Read also: ", "See also: ", "Lesen Sie auch: ", "Leggi anche: ", "Leia também: "])
    return both and after_block(page, figure, block(f"{words}Ten ways to cook a pumpkin", rng) + block(both[1], rng))


@mutation("caption-player-text", "at an end of the caption's words")
def player(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = rng.choice(["Video Player is loading.", "Your browser does not support the video tag.",
                        "Ihr Browser unterstützt das Videoformat nicht."])  # fmt: skip
    if rng.random() < 0.5:
        return before_caption_words(page, figure, f"{words} ")
    stop = "" if figure.caption and figure.caption.value.endswith((".", "!", "?")) else "."
    return after_caption_words(page, figure, f"{stop} {words}")
