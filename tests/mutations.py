"""Faults planted in clean pages, in many forms and places: what a check must find.

A mutation takes a page's figure and returns the new source, or None where it cannot be planted. It knows the places of
caption, credit and alt text from the reader, and writes only markup that real copies of pages have.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from attrib.model import Figure, Page

# Labels of the table, in ten languages and more.
LABELS = ["hide caption", "toggle caption", "View image in fullscreen", "Enlarge this image", "Bild vergrößern",
          "Ampliar foto", "masquer la légende", "mostra didascalia", "Powiększ zdjęcie", "скрыть подпись",
          "사진 확대", "点击放大", "Ver imagem em tela cheia", "verberg bijschrift", "Visa större bild"]  # fmt: skip
# What translation makes of such labels; none of these stands in the table.
VARIANTS = ["hide title", "toggle title", "show heading", "masquer le titre", "afficher le sous-titre",
            "ocultar subtítulo", "mostrar título", "Titel ausblenden", "Beschriftung umschalten", "nascondi titolo",
            "ukryj tytuł", "скрыть заголовок", "ocultar título", "verberg titel", "dölj titel", "başlığı gizle",
            "タイトルを隠す", "제목 숨기기", "sembunyikan judul", "ẩn tiêu đề"]  # fmt: skip
ADS = ["Advertisement", "Advertisement. Scroll to continue reading.", "Werbung", "Publicité", "Publicidad",
       "Pubblicità", "Reklama", "Реклама", "広告", "광고", "Advertentie", "Annons"]  # fmt: skip
FILES = ["IMG_20240311_0042.jpg", "gettyimages-1000200030-scaled.jpg", "DSC_0815", "AP23116736125538",
         "gettyimages 1000200030 6b1f0c9d2e7a4f5583aa91c07de2b6f4415d0a3e s1100 c50"]  # fmt: skip

Plant = Callable[[Page, Figure, random.Random], str | None]


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


def insert(text: str, at: int, what: str) -> str:
    return text[:at] + what + text[at:]


def after_caption_words(page: Page, figure: Figure, what: str) -> str | None:
    """Into the caption's last text node, behind its words."""
    if figure.caption is None or figure.caption.span is None:
        return None
    return insert(page.text, figure.caption.span.end, what)


def before_caption_words(page: Page, figure: Figure, what: str) -> str | None:
    if figure.caption is None or figure.caption.span is None:
        return None
    return insert(page.text, figure.caption.span.start, what)


def after_block(page: Page, figure: Figure, what: str) -> str | None:
    """Behind the element that holds picture and caption."""
    return insert(page.text, figure.block.end, what) if page.text[figure.block.end - 1] == ">" else None


def caption_and_credit(figure: Figure) -> tuple[str, str] | None:
    """Plain words of both, when the caption is long enough to tell."""
    if figure.caption is None or figure.credit is None or len(figure.caption.value) < 40:
        return None
    return escape(figure.caption.value), escape(figure.credit.raw)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# ---- labels


def label_places(rule: str, words: list[str], kind: str) -> None:
    @mutation(rule, f"{kind} at the end of the caption's words, as an element")
    def at_end_element(page: Page, figure: Figure, rng: random.Random) -> str | None:
        tag = rng.choice(["b", "span", "i", "em"])
        return after_caption_words(page, figure, f" <{tag}>{rng.choice(words)}</{tag}>")

    @mutation(rule, f"{kind} behind the block, as a paragraph, with the credit again")
    def behind(page: Page, figure: Figure, rng: random.Random) -> str | None:
        both = caption_and_credit(figure)
        if both is None:
            return None
        tag = rng.choice(["p", "div"])
        return after_block(page, figure, f"<{tag}>{rng.choice(words)}</{tag}><{tag}>{both[1]}</{tag}>")

    @mutation(rule, f"{kind} between the caption and a loose credit")
    def between(page: Page, figure: Figure, rng: random.Random) -> str | None:
        if figure.printed is None or figure.printed.span is None or figure.credit is None or figure.tag is None:
            return None
        tag, at = rng.choice(["p", "div"]), figure.printed.span.start
        opening = page.text.rfind("<", 0, at)
        # a paragraph cannot hold another: there the label goes before it
        at = opening if re.fullmatch(r"<p(?:\s[^>]*)?>\s*", page.text[opening:at]) else at
        return insert(page.text, at, f"<{tag}>{rng.choice(words)}</{tag}>")


label_places("caption-interface-text", LABELS, "a label")
label_places("caption-interface-text", VARIANTS, "a translated label")


@mutation("caption-interface-text", "a label in the caption's own text, at the end")
def label_in_text_end(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return after_caption_words(page, figure, f" {rng.choice(LABELS)}")


@mutation("caption-interface-text", "a label in the caption's own text, at the start")
def label_in_text_start(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return before_caption_words(page, figure, f"{rng.choice(LABELS)} ")


# ---- copies


@mutation("caption-repeated", "caption and credit again behind the block")
def block_again(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(figure)
    tag = rng.choice(["p", "div"])
    return both and after_block(page, figure, "".join(f"<{tag}>{words}</{tag}>" for words in both))


@mutation("caption-repeated", "label, advertisement, label, then caption and credit again")
def block_again_with_rests(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(figure)
    if both is None:
        return None
    rests = [rng.choice(VARIANTS), rng.choice(ADS), rng.choice(VARIANTS), both[1], both[0], both[1]]
    return after_block(page, figure, "".join(f"<p>{words}</p>" for words in rests))


@mutation("caption-repeated", "a second rendition of the picture with caption and credit")
def rendition_again(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(figure)
    if both is None or not figure.images or figure.images[0].url.startswith("data:"):
        return None
    url = escape(figure.images[0].url).replace('"', "%22")
    tail = f'<p><img src="{url}" alt="The same"></p><p>{both[0]}</p><p>{both[1]}</p>'
    return after_block(page, figure, f"<p>{rng.choice(VARIANTS)}</p>{tail}")


@mutation("caption-doubled", "the caption's words twice in its own text")
def doubled(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.caption is None or len(figure.caption.value) < 40:
        return None
    return after_caption_words(page, figure, f" {escape(figure.caption.value)}")


@mutation("credit-repeated", "the credit again behind the block, after a label")
def credit_again(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(figure)
    return both and after_block(page, figure, f"<p>{rng.choice(LABELS)}</p><p>{both[1]}</p>")


@mutation("caption-in-body", "the caption as a paragraph of the article")
def in_body(page: Page, figure: Figure, rng: random.Random) -> str | None:
    spans = [p.span for p in page.paragraphs if p.span and len(p.value) > 90]
    pairs = [two for one, two in pairwise(spans) if 0 < two.start - one.end < 20]
    if figure.caption is None or len(figure.caption.value) < 60 or not pairs:
        return None
    spot = pairs[len(pairs) // 2]
    start = page.text.rfind("<p", 0, spot.start)
    if start < 0 or figure.block.start <= start < figure.block.end or page.text[start + 2 : start + 3] not in "> ":
        return None
    return insert(page.text, start, f"<p>{escape(figure.caption.value)}</p>")


# ---- residue


@mutation("caption-advertisement", "between the block's copies")
def ad_between(page: Page, figure: Figure, rng: random.Random) -> str | None:
    both = caption_and_credit(figure)
    return both and after_block(page, figure, f"<div>{rng.choice(ADS)}</div><p>{both[1]}</p>")


@mutation("caption-advertisement", "in the caption's own text")
def ad_inside(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return after_caption_words(page, figure, " Advertisement. Scroll to continue reading.")


def replace_caption(page: Page, figure: Figure, words: str) -> str | None:
    if figure.caption is None or figure.caption.span is None or "<" in page.text[slice(*figure.caption.span)]:
        return None
    return page.text[: figure.caption.span.start] + words + page.text[figure.caption.span.end :]


@mutation("caption-file-name", "instead of the caption")
def file_name_as_caption(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return replace_caption(page, figure, rng.choice(FILES))


@mutation("caption-shortcode", "around the caption's words")
def shortcode(page: Page, figure: Figure, rng: random.Random) -> str | None:
    code = rng.choice(
        ['[caption id="attachment_99" width="800"]', '[gallery ids="1,2,3"]', "[/caption]", '[embed width="5"]']
    )
    return rng.choice([before_caption_words, after_caption_words])(page, figure, f" {code} ")


@mutation("caption-template-placeholder", "instead of the caption")
def template(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = ["{{ image.caption }}", "&lt;%= caption %&gt;", "{% caption %}", "${caption}", "%%caption_text%%"]
    return replace_caption(page, figure, rng.choice(words))


@mutation("caption-placeholder-text", "instead of the caption")
def placeholder(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = [
        "undefined",
        "Enter caption here",
        "Lorem ipsum dolor sit amet, consectetur",
        "null",
        "Bildunterschrift hinzufügen",
    ]
    return replace_caption(page, figure, rng.choice(words))


@mutation("caption-message-key", "beside the caption")
def message_key(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = rng.choice(["lead-image.fullscreen-enter", "article.image_caption.toggle", "gallery.openFull"])
    return after_caption_words(page, figure, f" <span>{words}</span>")


@mutation("caption-literal-markup", "in the caption's words")
def literal_markup(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return before_caption_words(page, figure, "&lt;em&gt;Look&lt;/em&gt; ")


@mutation("caption-injected-link", "at the end of the caption's words")
def injected(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = rng.choice(["Read also: ", "See also: ", "Lesen Sie auch: ", "Lea también: ", "À lire aussi : "])
    return after_caption_words(page, figure, f". {words}Ten ways to cook a pumpkin")


@mutation("caption-player-text", "before the caption's words")
def player(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return before_caption_words(page, figure, "Video Player is loading. ")


# ---- text


@mutation("text-mojibake", "a word of the caption misread")
def mojibake(page: Page, figure: Figure, rng: random.Random) -> str | None:
    word = rng.choice(["Zürich", "São Paulo", "Łódź", "Besançon", "naïve “quotes”", "Málaga’s"])
    return before_caption_words(
        page, figure, word.encode().decode("windows-1252", "replace").replace("\ufffd", "") + " "
    )


@mutation("text-replacement-character", "a letter of the caption lost")
def lost_letter(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return before_caption_words(page, figure, "M\ufffdnchen ")


@mutation("text-double-escaped", "an entity escaped twice")
def escaped_twice(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return before_caption_words(
        page, figure, f"Tom {rng.choice(['&amp;amp;', '&amp;quot;', '&amp;#39;', '&amp;nbsp;'])} Anna "
    )


@mutation("text-invisible-characters", "inside a word of the caption")
def invisible(page: Page, figure: Figure, rng: random.Random) -> str | None:
    unseen = rng.choice(["\u200b", "\ufeff", "\x07"])
    return before_caption_words(page, figure, f"Ri{unseen}ver ")


@mutation("caption-glued-credit", "a credit in the caption's own text without a space")
def glued(page: Page, figure: Figure, rng: random.Random) -> str | None:
    words = (
        f"The port of Turku on {rng.choice(['Thursday', 'Friday'])}.{rng.choice(['Anna Holm/AFP', 'Jan Ek/Reuters'])}"
    )
    return replace_caption(page, figure, words) if figure.credit is None else None


@mutation("caption-double-stop", "at the end of the caption's words")
def double_stop(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.caption is None or not figure.caption.value.endswith("."):
        return None
    return after_caption_words(page, figure, rng.choice([" .", "."]))


@mutation("caption-unbalanced", "a bracket opened in the caption's words")
def bracket(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return before_caption_words(page, figure, "From left (in red ")


@mutation("caption-stray-separator", "empty brackets at the end of the caption's words")
def stray(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return after_caption_words(page, figure, rng.choice([" ()", " | |", " [ ]"]))


# ---- alt


def set_alt(page: Page, figure: Figure, words: str | None) -> str | None:
    """The picture's alt text replaced; None takes the attribute away."""
    if figure.alt is None or not figure.alt.value or figure.alt.span is None:
        return None
    start, end = figure.alt.span
    if words is not None:
        return page.text[:start] + words + page.text[end:]
    match = re.search(r"\salt\s*=\s*[\"']$", page.text[max(0, start - 12) : start])
    if match is None or page.text[end : end + 1] not in "\"'":
        return None
    return page.text[: start - len(match[0])] + page.text[end + 1 :]


@mutation("alt-missing", "the attribute taken away")
def alt_gone(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, None)


@mutation("alt-file-name", "a file name instead")
def alt_file(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, rng.choice(FILES))


@mutation("alt-generic", "a word that says nothing")
def alt_word(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, rng.choice(["Image", "photo", "Bild", "imagen", "untitled", "写真"]))


@mutation("alt-credit-only", "the credit instead")
def alt_credit(page: Page, figure: Figure, rng: random.Random) -> str | None:
    if figure.credit is None or not figure.credit.agencies:
        return None
    return set_alt(page, figure, escape(figure.credit.raw).replace('"', "&quot;"))


@mutation("alt-too-long", "three hundred characters")
def alt_long(page: Page, figure: Figure, rng: random.Random) -> str | None:
    return set_alt(page, figure, "a house and a tree and " * 14)


# ---- missing


@mutation("caption-orphan", "the picture taken away")
def orphan(page: Page, figure: Figure, rng: random.Random) -> str | None:
    start, end = figure.block
    block = page.text[start:end]
    if not block.startswith("<figure") or "<figcaption" not in block or figure.caption is None:
        return None
    caption = re.search(r"<figcaption.*</figcaption>", block, re.S)
    return caption and f"{page.text[:start]}<figure>{caption[0]}</figure>{page.text[end:]}"


def planted(page: Page, rng: random.Random, only: str = "") -> Iterator[tuple[Mutation, Figure, str]]:
    """Every mutation that can be planted in one figure of this page, chosen at random for each."""
    for change in MUTATIONS:
        if only and change.rule != only:
            continue
        figures = list(page.article)
        rng.shuffle(figures)
        for figure in figures[:6]:
            source = change.plant(page, figure, rng)
            if source is not None:
                yield change, figure, source
                break
