"""Families of markup in which captions and credits stand apart from their picture, each on an invented page."""

import pytest

from attrib.engine import check_sources
from attrib.fetch import Source
from attrib.model import Figure, Page, Region
from attrib.read.page import read_html
from attrib.read.page.soup import MOST_NODES
from attrib.read.parts import parts

from .test_read_page import PROSE, SAYS, only, page, says

NAME = "Ana Ruiz/AFP"
ONE, TWO = '<img src="/slide-one.jpg">', '<img src="/slide-two.jpg">'
WALL = '<img src="/wall-monday.jpg" alt="Wall">'


def told(read: Page) -> list[tuple[str, str | None, str | None]]:
    """File, caption and credit of each of the article's figures."""
    return [(name(f), f.caption.value if f.caption else None, f.credit.raw if f.credit else None) for f in read.article]


def name(figure: Figure) -> str:
    return figure.images[0].url.rsplit("/", 1)[-1].split(".")[0] if figure.images else ""


# Several pictures, one caption


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure>{ONE}{TWO}<figcaption>{SAYS} Photo: {NAME}</figcaption></figure>",
        f"<figure><div><p>{ONE}</p><p>{TWO}</p></div><figcaption>{SAYS} <i class=credit>Photo: {NAME}</i></figcaption></figure>",
        f'<div class="pics"><div class="row">{ONE}{TWO}</div><div class="caption">{SAYS} Photo: {NAME}</div></div>',
        f'<figure class="gallery"><figure>{ONE}</figure><figure>{TWO}</figure><figcaption>{SAYS} Photo: {NAME}</figcaption></figure>',
    ],
)
def test_pictures_that_share_a_caption_each_have_it(markup: str) -> None:
    read = page(markup)
    assert told(read) == [("slide-one", SAYS, f"Photo: {NAME}"), ("slide-two", SAYS, f"Photo: {NAME}")]
    assert all(f.told for f in read.article)
    for figure in read.article:
        assert figure.caption and figure.caption.span and read.text[slice(*figure.caption.span)] == SAYS


def test_the_caption_of_one_slide_is_no_other_slides() -> None:
    slides = f'<div class="swiper-slide">{ONE}</div><div class="swiper-slide">{TWO}</div>'
    read = page(f'<div class="swiper"><div class="swiper-wrapper">{slides}</div><p class="caption">{SAYS}</p></div>')
    assert told(read)[0] == ("slide-one", None, None)


def test_own_captions_are_kept_beside_a_shared_one() -> None:
    items = "".join(
        f'<li class="blocks-gallery-item"><figure>{img}<figcaption>{words}</figcaption></figure></li>'
        for img, words in ((ONE, "The wall."), (TWO, "The sea."))
    )
    read = page(
        f'<figure class="wp-block-gallery"><ul>{items}</ul><figcaption>Two views. Photo: {NAME}</figcaption></figure>'
    )
    assert [(caption) for _, caption, _ in told(read)] == ["The wall.", "The sea."]


def test_running_text_around_pictures_is_not_shared() -> None:
    read = page(f"<div>{ONE}{TWO}<p>{'They came in the morning. ' * 3}</p></div>")
    assert [caption for _, caption, _ in told(read)] == [None, None]


def test_a_fault_in_a_shared_caption_is_said_once() -> None:
    text = f"<main><h1>Wall</h1>{PROSE}<figure>{ONE}{TWO}<figcaption>Mr SchÃ¼ler swims. Photo: Photo: {NAME}</figcaption></figure>{PROSE}</main>"
    found = [f.rule for f in check_sources([Source("a.html", text.encode())]).findings]
    assert found.count("text-mojibake") == 1 and found.count("credit-label-doubled") == 1


# One caption that lists its pictures


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("Left: the wall. Right: the sea.", "Left: the wall.", "Right: the sea."),
        ("(1) The wall. (2) The sea.", "(1) The wall.", "(2) The sea."),
        ("1. The wall 2. The sea", "1. The wall", "2. The sea"),
        ("Rechts: das Meer. Links: die Mauer.", "Links: die Mauer.", "Rechts: das Meer."),
        ("(Oben) Die Mauer. (Unten) Das Meer.", "(Oben) Die Mauer.", "(Unten) Das Meer."),
        ("À gauche : le mur. À droite : la mer.", "À gauche : le mur.", "À droite : la mer."),
    ],
)
def test_a_caption_that_lists_pictures_is_parted(words: str, first: str, second: str) -> None:
    read = page(f"<figure>{ONE}{TWO}<figcaption>{words} Photo: {NAME}</figcaption></figure>")
    assert told(read) == [("slide-one", first, f"Photo: {NAME}"), ("slide-two", second, f"Photo: {NAME}")]
    for figure in read.article:
        assert figure.printed and figure.printed.value == f"{words} Photo: {NAME}"
        assert figure.caption and figure.caption.span
        assert read.text[slice(*figure.caption.span)] == figure.caption.value


def test_each_part_may_have_its_own_credit() -> None:
    words = f"Left: the wall. Photo: {NAME}. Right: the sea. Photo: Ben Ode/Reuters"
    read = page(f"<figure>{ONE}{TWO}<figcaption>{words}</figcaption></figure>")
    assert told(read) == [
        ("slide-one", "Left: the wall.", f"Photo: {NAME}."),
        ("slide-two", "Right: the sea.", "Photo: Ben Ode/Reuters"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "v.l.n.r. Ana Ruiz, Ben Ode and Cem Tal",  # people, not pictures
        "From left: Ana Ruiz, Ben Ode, Cem Tal.",
        "The wall on Monday (left) and on Tuesday (right).",
        "Left: the wall on Monday.",
        "They won 2:1. Then 3. League.",
        "(2) The sea. (1) The wall.",
        "Left: the wall. Left: the sea.",
        "Before the race: the wall. After it: the sea.",
        "",
    ],
)
def test_what_lists_no_pictures_stays_whole(words: str) -> None:
    assert parts(words, 2) == []


# Tables and lists of definitions


def test_captions_below_pictures_in_a_table() -> None:
    read = page(
        f"<table><tr><td>{ONE}</td><td>{TWO}</td></tr>"
        f"<tr><td>The wall. Photo: {NAME}</td><td>The sea. Photo: Ben Ode/Reuters</td></tr></table>"
    )
    assert told(read) == [
        ("slide-one", "The wall.", f"Photo: {NAME}"),
        ("slide-two", "The sea.", "Photo: Ben Ode/Reuters"),
    ]


def test_figures_of_a_table_are_no_captions() -> None:
    read = page(f"<table><tr><td>{ONE}</td><td>{TWO}</td></tr><tr><td>12 apples</td><td>14 pears</td></tr></table>")
    assert [caption for _, caption, _ in told(read)] == [None, None]


@pytest.mark.parametrize(
    "markup",
    [
        f"<table><tr><td>{WALL}</td></tr><tr><td>{SAYS} Photo: {NAME}</td></tr></table>",
        f"<table><caption>{SAYS} Photo: {NAME}</caption><tr><td>{WALL}</td></tr></table>",
        f"<dl><dt>{WALL}</dt><dd>{SAYS} Photo: {NAME}</dd></dl>",
        f'<dl class="gallery-item"><dt><a href="/harbour/wall-monday/">{WALL}</a></dt><dd class="gallery-caption">{SAYS} Photo: {NAME}</dd></dl>',
    ],
)
def test_one_picture_in_a_table_or_list(markup: str) -> None:
    says(only(markup), credit=f"Photo: {NAME}")


def test_a_linked_card_without_a_caption_is_a_teaser() -> None:
    assert not page(f'<dl class="gallery-item"><dt><a href="/another/story/">{WALL}</a></dt></dl>').article


# Content systems


@pytest.mark.parametrize(
    "markup",
    [
        f'<p>[caption id="attachment_12" align="alignnone" width="640"]{WALL} {SAYS} Photo: {NAME}[/caption]</p>',
        f'<p>[caption id="attachment_12" width="640"]</p><p>{WALL} {SAYS} Photo: {NAME}[/caption]</p>',
        f'<div id="attachment_1" class="wp-caption"><a href="/wall.jpg">{WALL}</a><p class="wp-caption-text">{SAYS} Photo: {NAME}</p></div>',
    ],
)
def test_captions_of_a_content_system(markup: str) -> None:
    says(only(markup), credit=f"Photo: {NAME}")


def test_a_shortcode_in_a_caption_is_printed_and_no_part_of_it() -> None:
    figure = only(f'<figure>{WALL}<figcaption>[caption id="a_12"]{SAYS} Photo: {NAME}[/caption]</figcaption></figure>')
    says(figure, credit=f"Photo: {NAME}")
    assert figure.printed and figure.printed.value == f'[caption id="a_12"]{SAYS} Photo: {NAME}[/caption]'


def test_square_brackets_are_no_shortcode() -> None:
    words = "The wall [right] and its caption [sic]."
    says(only(f"<figure>{WALL}<figcaption>{words}</figcaption></figure>"), words, None)


# Words in attributes


@pytest.mark.parametrize(
    "markup",
    [
        f'<figure aria-label="{SAYS} Photo: {NAME}">{WALL}</figure>',
        f'<figure><story-image src="/wall-monday.jpg" caption="{SAYS}" credit="Photo: {NAME}"></story-image></figure>',
        f'<p><a data-caption="{SAYS} Photo: {NAME}" href="/wall-monday.jpg">{WALL}</a></p>',
    ],
)
def test_a_caption_that_stands_in_an_attribute(markup: str) -> None:
    figure = only(markup)
    says(figure, credit=f"Photo: {NAME}")
    assert figure.caption and figure.caption.span


def test_what_is_printed_goes_before_attributes() -> None:
    says(
        only(f'<figure aria-label="Another text of some length.">{WALL}<figcaption>{SAYS}</figcaption></figure>'),
        credit=None,
    )


@pytest.mark.parametrize("label", ["Open gallery", "Wall", "{{ caption }}", "https://news.example/wall"])
def test_labels_in_attributes_are_no_captions(label: str) -> None:
    says(only(f'<figure aria-label="{label}">{WALL}</figure>'), None, None)


@pytest.mark.parametrize(
    ("markup", "credit"),
    [
        (f'<p><img src="/wall-monday.jpg" alt="Wall" title="Photo: {NAME}"></p>', f"Photo: {NAME}"),
        (f'<p><img src="/wall-monday.jpg" alt="Wall" title="© {NAME}"></p>', f"© {NAME}"),
        (f'<p><img src="/wall-monday.jpg" alt="{SAYS} Photo: {NAME}"></p>', f"Photo: {NAME}"),
        ('<p><img src="/wall-monday.jpg" alt="Wall" title="Monday / Tuesday"></p>', None),
    ],
)
def test_a_credit_in_title_or_alt(markup: str, credit: str | None) -> None:
    says(only(markup), None, credit)


def test_labelled_by_an_element_elsewhere() -> None:
    markup = f'<div role="group" aria-labelledby="c1">{WALL}</div>'
    says(only(markup, PROSE, f'<p id="c1">{SAYS} Photo: {NAME}</p>'), credit=f"Photo: {NAME}")


# What shows the picture


def test_a_background_leads_the_article() -> None:
    read = read_html(
        f'<main><h1>Harbour wall</h1><div class="hero" style="background-image:url(&quot;/wall-monday.jpg&quot;)"></div>'
        f'<p class="caption">{SAYS} Photo: {NAME}</p>{PROSE}{PROSE}</main>',
        "x",
    )
    assert told(read) == [("wall-monday", SAYS, f"Photo: {NAME}")]
    assert read.article[0].region is Region.LEAD


def test_a_film_is_no_rendition_of_its_poster() -> None:
    markup = '<figure><video poster="/wall-monday.jpg"><source src="/film.mp4"></video><figcaption>A film.</figcaption></figure>'
    assert [image.url for image in only(markup).images] == ["/wall-monday.jpg"]


def test_a_still_under_a_play_sign_is_no_picture_of_the_article() -> None:
    assert not page(f'<div class="embed">{WALL}<i class="play-icon"></i></div>').article
    assert page(f'<figure>{WALL}<i class="play-icon"></i><figcaption>{SAYS}</figcaption></figure>').article


def test_how_long_a_film_is_says_nothing_of_the_picture() -> None:
    says(only(f"<figure>{WALL}<figcaption><time>4:11</time> {SAYS}</figcaption></figure>"), credit=None)
    says(only(f"<figure>{WALL}<figcaption><span>1 min</span></figcaption></figure>"), None, None)


def test_a_zoom_sign_is_no_picture_and_parts_none_from_its_caption() -> None:
    sign = '<a href="/large"><img src="/media/img/zoom.png" alt="Zoom"></a>'
    says(
        only(f'<div class="media">{WALL}{sign}<div class="text"><span class="description">{SAYS}</span></div></div>'),
        credit=None,
    )


def test_a_second_credit_is_no_caption() -> None:
    markup = f'<span class="caption">Image credit: Oldtown Gazette</span><span class="credit">(Photo: {NAME})</span>'
    says(only(f"<figure>{WALL}<figcaption>{markup}</figcaption></figure>"), None, f"(Photo: {NAME})")


def test_names_in_brackets_in_an_element_of_their_own() -> None:
    markup = f"<p><span>{SAYS}</span> <span>(Oldtown District Court, Eastern Harbour)</span></p>"
    says(
        only(f'<div>{WALL}<div class="caption">{markup}</div></div>'),
        credit="(Oldtown District Court, Eastern Harbour)",
    )
    aside = f"<p><span>{SAYS[:-1]}</span> <span>(left of the pier)</span></p>"
    says(only(f'<div>{WALL}<div class="caption">{aside}</div></div>'), f"{SAYS[:-1]} (left of the pier)", None)


def test_a_block_that_is_cut_is_said_once() -> None:
    far = f"<figure>{WALL}{'<i></i>' * MOST_NODES}<figcaption>{SAYS}</figcaption></figure>"
    problems = [problem.what for problem in page(far, PROSE, far.replace("wall-monday", "sea-tuesday")).problems]
    assert problems == [f"only the first {MOST_NODES} tags and texts of the blocks around 2 pictures were read"]
    assert not page(f"<figure>{WALL}{'<i></i>' * 20}<figcaption>{SAYS}</figcaption></figure>").problems


def test_scripts_in_a_block_do_not_cut_it() -> None:
    script = f"<script>{'var a = 1; ' * 9000}</script>"
    says(only(f"<figure>{WALL}{script}<figcaption>{SAYS}</figcaption></figure>"), credit=None)


# Addresses and copies


@pytest.mark.parametrize(
    "shown",
    [
        '<noscript><img src="/wall-monday.jpg" alt="Wall"></noscript>',
        '<img srcset="/wall-monday-320x200.jpg 320w, /wall-monday-640x400.jpg 640w" alt="Wall">',
        '<picture><source srcset="/wall-monday-320x200.webp 320w, /wall-monday-640x400.webp 640w"></picture>',
        '<img src="data:image/gif;base64,R0lG" data-lazy-src="/wall-monday.jpg">',
        '<img src="/static/placeholder.png" data-srcset="/wall-monday.jpg 1x, /wall-monday@2x.jpg 2x">',
        '<amp-img src="/wall-monday.jpg" width="800" height="400"><noscript><img src="/wall-monday.jpg"></noscript></amp-img>',
        '<lazy-image data-src="/wall-monday.jpg"></lazy-image>',
        '<svg><image xlink:href="/wall-monday.jpg"></image></svg>',
        '<div class="media"><video poster="/wall-monday.jpg"></video></div>',
    ],
)
def test_wherever_the_address_stands(shown: str) -> None:
    figure = only(f"<figure>{shown}<figcaption>{SAYS} Photo: {NAME}</figcaption></figure>")
    says(figure, credit=f"Photo: {NAME}")
    assert {image.url.split("-320")[0].split("-640")[0].split("@")[0].split(".")[0] for image in figure.images} == {
        "/wall-monday"
    }
    assert all(image.span for image in figure.images)


def test_an_address_keeps_what_only_looks_like_a_reference() -> None:
    srcset = "/cut?u=/wall-monday.jpg&times=2&copy=1&amp;w=320 320w, /cut?u=/wall-monday.jpg&region;&amp;w=640 640w"
    figure = only(f'<figure><img srcset="{srcset}"><figcaption>{SAYS} Photo: {NAME}</figcaption></figure>')
    first, second = (image.url for image in figure.images)
    assert first == "/cut?u=/wall-monday.jpg&times=2&copy=1&w=320"
    assert second == "/cut?u=/wall-monday.jpg&region;&w=640"


@pytest.mark.parametrize(
    "copy",
    [
        '<div class="lightbox"><img src="/wall-monday-1600x900.jpg"><p>{}</p></div>',
        '<dialog><img src="/wall-monday-1600x900.jpg"><p>{}</p></dialog>',
        '<template><figure><img src="/wall-monday.webp"><figcaption>{}</figcaption></figure></template>',
        '<div class="mobile-only"><img src="/wall-monday-320x200.jpg" alt="Wall"></div>',
        '<a href="https://cdn.example/resize/1200x/wall-monday.jpg"><img src="https://cdn.example/resize/120x80/wall-monday.jpg"></a>',
    ],
)  # fmt: skip
def test_copies_are_folded_into_their_figure(copy: str) -> None:
    figure = only(f"<figure>{WALL}<figcaption>{SAYS} Photo: {NAME}</figcaption>{copy.format(SAYS)}</figure>")
    says(figure, credit=f"Photo: {NAME}")
    assert len(figure.images) == 2


def test_a_page_may_be_all_slides() -> None:
    slides = "".join(
        f'<div class="carousel-item"><img src="/slide-number-{n}.jpg"><div class="caption">Slide {n}. <span class="credit">'
        f"{NAME}</span></div></div>"
        for n in range(5)
    )
    assert told(page(f'<div class="carousel">{slides}</div>')) == [
        (f"slide-number-{n}", f"Slide {n}.", NAME) for n in range(5)
    ]


def test_a_picture_shown_twice_is_thanked_for_once() -> None:
    first = '<figure><img src="/wall-monday-1200x800.jpg"><figcaption>A film about the wall.</figcaption></figure>'
    again = f'<figure><img src="/wall-monday-600x400.jpg"><figcaption>{SAYS} Photo: {NAME}</figcaption></figure>'
    read = page(first, PROSE, again, f"<figure>{ONE}<figcaption>Another.</figcaption></figure>")
    assert told(read) == [
        ("wall-monday-1200x800", "A film about the wall.", f"Photo: {NAME}"),
        ("wall-monday-600x400", SAYS, f"Photo: {NAME}"),
        ("slide-one", "Another.", None),
    ]
