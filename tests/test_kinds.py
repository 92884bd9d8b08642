"""Kinds of markup met on real pages, each once as it was misread, on an invented page."""

import pytest

import attrib
from attrib.model import Region
from attrib.read.page import read_html

from .test_families import NAME, ONE, TWO, WALL, told
from .test_read_page import PROSE, SAYS, only, page, says


def first(markup: str):
    """The first figure of the article of a whole page."""
    return read_html(f"<html lang=en><body>{markup}</body></html>", "x").article[0]


# Opening pictures


HEADING = "<h1>Harbour wall</h1><p>Divers at work.</p>"


def test_a_heading_over_the_picture_is_no_caption() -> None:
    style = 'style="background-image:url(/wall-monday.jpg)"'
    figure = first(f"<main><div class=hero {style}>{HEADING}</div>{PROSE}{PROSE}</main>")
    says(figure, None, None)
    assert figure.region is Region.LEAD


def test_a_heading_that_says_what_the_alt_text_says_is_no_caption() -> None:
    img = '<img src="/wall-monday.jpg" alt="Harbour wall">'
    says(first(f"<main><div>{img}</div><div><div>{HEADING}</div></div>{PROSE}{PROSE}</main>"), None, None)


@pytest.mark.parametrize(
    "words",
    [
        f"<figcaption>{SAYS} Photo: {NAME}</figcaption>",
        f'<div class="image-caption">{SAYS}</div><div class="image-credit">Photo: {NAME}</div>',
    ],
)
def test_the_caption_of_an_opening_picture_stands_below_the_heading(words: str) -> None:
    body = f"<main><div><div>{WALL}</div><div>{HEADING}{words}</div></div>{PROSE}{PROSE}</main>"
    says(first(body), credit=f"Photo: {NAME}")


def test_what_follows_another_picture_is_not_the_opening_pictures() -> None:
    other = f"<figure>{TWO}<figcaption>{SAYS}</figcaption></figure>"
    read = read_html(f"<body><main><div>{WALL}</div><div>{HEADING}</div>{other}{PROSE}{PROSE}</main></body>", "x")
    assert told(read) == [("wall-monday", None, None), ("slide-two", SAYS, None)]


# Where credits begin


@pytest.mark.parametrize(
    ("words", "caption", "credit"),
    [
        (
            f'{SAYS} Photo by <a href="/x">Ana Ruiz</a> on <a href="/y">Unsplash</a>',
            SAYS,
            "Photo by Ana Ruiz on Unsplash",
        ),
        (f"<p>{SAYS}</p><div>Foto: <div><p>Ana Ruiz</p></div></div>", SAYS, "Foto: Ana Ruiz"),
        (f"<p>{SAYS}</p> - &copy; {NAME}", SAYS, f"© {NAME}"),
        (f'<p>{SAYS}</p><span class="credit">/ Photo: {NAME}</span>', SAYS, f"Photo: {NAME}"),
        ("Fotos © Ana Ruiz", None, "Fotos © Ana Ruiz"),
        (f"{SAYS} Credit: HBL-M, DKRO, Nordlab", SAYS, "Credit: HBL-M, DKRO, Nordlab"),
        ('waterfan / <a href="/x">pixabay.com</a>', None, "waterfan / pixabay.com"),
        (
            "The har\u00adbour wall. © Ana Ru\u00adiz / Old\u00adtown",
            "The har\u00adbour wall.",
            "© Ana Ru\u00adiz / Old\u00adtown",
        ),
    ],
)
def test_where_a_credit_begins(words: str, caption: str | None, credit: str) -> None:
    figure = only(f"<figure>{WALL}<figcaption>{words}</figcaption></figure>")
    says(figure, caption, credit)


def test_an_icon_inside_a_credit_is_no_picture() -> None:
    icon = '<img src="/static/camera-sign.gif" width="16" height="16">'
    says(
        only(f'<div>{WALL}<span class="img-author">{icon} Courtesy of the port</span></div>'),
        None,
        "Courtesy of the port",
    )


def test_a_side_holds_no_rights() -> None:
    side = '<div class="rightside"><p>Length 12 m</p></div>'
    says(
        only(f'<div>{WALL}<div class="sheet"><div class="leftside"><p>Draft 3 m</p></div>{side}</div></div>'),
        "Draft 3 m Length 12 m",
        None,
    )


def test_long_words_beside_a_credit_are_no_caption() -> None:
    text = "They came in the morning and looked at the wall. " * 9
    figure = only(
        f'<figure>{WALL}<div class="text"><p>{text}</p></div><p class="photo-credit">Photo: {NAME}</p></figure>'
    )
    says(figure, None, f"Photo: {NAME}")


def boxed(house: str, words: str = "") -> str:
    """A picture with a house printed on it, in boxes that print nothing more, and words in a box of their own."""
    return f"<figure><div><div><div>{WALL}<span>{house}</span></div></div></div>{words}</figure>"


@pytest.mark.parametrize("house", ["EPA", "Reuters", "Getty Images", "共同"])
def test_a_house_printed_on_the_picture_is_the_credit(house: str) -> None:
    says(only(boxed(house)), None, house)
    says(only(boxed(house, f"<div><figcaption>{SAYS}</figcaption></div>")), SAYS, house)


def test_a_short_word_printed_on_the_picture_is_no_credit() -> None:
    says(only(boxed("Live")), None, None)
    says(only(boxed("Live", f"<div><figcaption>{SAYS}</figcaption></div>")), SAYS, None)


def test_the_cover_of_a_recording_is_a_teaser_with_its_credit() -> None:
    words = f'<div class="caption">{SAYS} <span class="credit">{NAME}</span></div>'
    assert not page(f'<div class="media--audio"><div class="video-still">{WALL}</div>{words}</div>').article
    assert page(f'<div class="media"><div class="still">{WALL}</div>{words}</div>').article


LATER = "The same wall, seen from the sea on Tuesday."


def shown_twice(shape: str, words: str, between: str) -> list[str]:
    body = "".join(shape.format(WALL, words) + text for words, text in ((SAYS, between), (words, "")))
    return [figure.caption.value for figure in page(body).article if figure.caption]


@pytest.mark.parametrize(
    "shape",
    [
        f'<figure>{{}}<figcaption>{{}} <i class="credit">{NAME}</i></figcaption></figure>',
        f'<div class="photo">{{}}<div class="caption">{{}}</div><div class="author">{NAME}</div></div>',
    ],
)
def test_a_picture_shown_again_behind_running_text_is_shown_twice(shape: str) -> None:
    assert shown_twice(shape, LATER, PROSE) == [SAYS, LATER]
    assert shown_twice(shape, SAYS, PROSE) == [SAYS, SAYS]


def test_figures_that_say_different_things_are_two_however_near() -> None:
    figure = "<figure>{}<figcaption>{}</figcaption></figure>"
    assert shown_twice(figure, LATER, "<p>It will be built again.</p>") == [SAYS, LATER]
    assert shown_twice(figure, SAYS, "<p>hide caption</p>") == [SAYS], "a copy of the block"


@pytest.mark.parametrize("label", ["Image source, ", "Fuente de la imagen, ", "صدر الصورة، ", "图像来源，"])
def test_a_label_in_an_element_of_its_own_introduces_the_credit(label: str) -> None:
    """Its class is made by a program, and a style sheet hides it from all but screen readers."""
    own = f'<p class="x1"><span class="x2">{label}</span><span>Getty Images</span></p>'
    loose = f'<p class="x1">{label}Getty Images</p>'
    for credit, found in ((own, []), (loose, ["caption-interface-text"])):
        shown = f"<figure><div>{WALL}{credit}</div><figcaption><p>{SAYS}</p></figcaption></figure>"
        report = attrib.check(
            f"<html><body><main><h1>Harbour wall</h1>{PROSE}{PROSE}{shown}{PROSE}</main></body></html>"
        )
        assert [f.rule for f in report.findings if f.rule.startswith("caption-")] == found


def test_the_title_of_a_player_is_no_caption() -> None:
    says(only(f"<div>{WALL}<div><strong>AUDIO:</strong> The harbour after the storm (3 Min)</div></div>"), None, None)


# Whose pictures


@pytest.mark.parametrize(
    "markup",
    [
        '<div><img src="/ana-ruiz.jpg" alt="Ana Ruiz"><div><span>By <b>Ana Ruiz</b></span> <i>Monday, 9 March</i></div></div>',
        '<div><img src="/face.jpg?w=105&h=105" alt=""><div><span>Written by Ana Ruiz</span></div></div>',
    ],
)
def test_a_portrait_beside_a_byline_is_the_writers(markup: str) -> None:
    read = page(markup)
    assert not read.article and any(f.reason == "portrait beside a byline" for f in read.figures)


def test_a_byline_below_the_opening_picture_leaves_it_the_articles() -> None:
    says(only(f"<div>{WALL}<div><span>By Ana Ruiz</span></div></div>"), None, None)


@pytest.mark.parametrize("price", ["24,95 €", "£12.50", "$ 8", "17 CHF*"])
def test_an_offer_is_a_teaser(price: str) -> None:
    assert not page(f"<div>{WALL}<div><span>A book of walls</span> <b>{price}</b></div></div>").article


def test_a_caption_may_hold_a_price() -> None:
    says(only(f"<figure>{WALL}<figcaption>The wall cost £12.50</figcaption></figure>"), "The wall cost £12.50", None)


def test_a_picture_shown_again_and_again_is_a_sign() -> None:
    pins = [f'<div><a href="#c{n}"><img src="/pin.png"></a><b>({n} June 2018)</b></div>' for n in range(5)]
    assert not page(PROSE.join(pins)).article
    assert page('<div><img src="/pin.png" alt="link"><b>(2 June 2018)</b></div>').article


def part(name: str, inner: str) -> str:
    return f'<div class="part part--{name}"><div class="inner">{inner}</div></div>'


def test_an_article_is_built_of_parts() -> None:
    text = part("text", PROSE * 3)
    built = f"<h1>Harbour wall</h1>{text}{part('image', ONE)}{part('text', '<p>Short.</p>')}"
    read = read_html(f"<body><main><div>{built}</div></main></body>", "x")
    assert [(f.region, f.reason) for f in read.article] == [(Region.BODY, "in a part beside the text")]


@pytest.mark.parametrize(
    "other",
    [
        f'<div class="sidebar">{ONE}</div>',  # another kind of part
        part("more", f'<a href="/another/story">{ONE}</a>'),  # leads elsewhere
        f'<section class="part">{ONE}</section>',
    ],
)
def test_what_stands_beside_the_text_is_not_all_of_the_article(other: str) -> None:
    read = read_html(f"<body><main><div><h1>Harbour wall</h1>{part('text', PROSE * 3)}{other}</div></main></body>", "x")
    assert not read.article


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="pin-wrapper"><a href="#"><img src="/pidgets/pin_it_button.png"></a></div>',
        f'<div itemscope itemtype="http://schema.org/Person" itemprop="author">{WALL}<p>Ana Ruiz writes about walls.</p></div>',
        f'<ul><li><article><div><h3>A story of the sea</h3>{WALL}</div><a href="/sea" class="cover"></a></article></li></ul>',
        f'<div><a href="/sea">{WALL}<div class="figcaption"><h3>A story of the sea</h3></div></a></div>',
        '<a href="https://pals.example/share?title=Wall&amp;pics=/wall-monday.jpg"><img src="/images/pals.png"></a>',
        '<p><img src="/images/qrcode-app.png"></p>',
        '<div id="waits"><img src="/images/preload.gif" alt="preload"></div>',
        '<p><img src="/images/ewm.png" width="140" alt=""></p>',
        f'<div class="film-playlist"><div>{WALL}</div><div>Rain over Oldtown</div><div>01:16</div></div>',
    ],
)
def test_what_else_is_not_the_articles(markup: str) -> None:
    assert not page(markup).article


@pytest.mark.parametrize(
    "markup",
    [
        '<p><img src="/photos/a-qr-code-instead-of-a-menu.jpg"></p>',
        '<p><a href="/photos/share?id=7"><img src="/photos/market-share.jpg"></a></p>',
        f'<div class="slider"><div style="display:none">{WALL}</div></div>',
    ],
)
def test_what_is_the_articles_all_the_same(markup: str) -> None:
    assert page(markup).article


def test_a_film_that_opens_the_page_ends_where_the_list_of_films_begins() -> None:
    def film(says: str) -> str:
        return f"<div class=film><div>{WALL}</div><div>{says}</div><div>03:29</div><div>Source: Oldtown TV</div></div>"

    films = film(SAYS) + film("Rain over Oldtown").replace("/wall-monday", "/rain")
    body = f"<h1>Harbour wall</h1><div>{film(SAYS)}<div class=film-playlist>{films}</div></div>{PROSE * 2}"
    read = read_html(f"<body><main>{body}</main></body>", "x")
    assert [figure.images[0].url for figure in read.article] == ["/wall-monday.jpg"]
    assert [line.text.value for line in read.article[0].lines].count(SAYS) == 1


def test_a_picture_hidden_above_the_page_is_for_those_who_share_it() -> None:
    hidden = '<div style="display: none;"><img src="/brand.jpg"><h1>Harbour wall</h1></div>'
    body = f"<div><h1>Harbour wall</h1><figure>{WALL}<figcaption>{SAYS}</figcaption></figure>{PROSE * 2}</div>"
    read = read_html(f"<head><title>Harbour wall</title></head><body>{hidden}{body}</body>", "x")
    assert told(read) == [("wall-monday", SAYS, None)]


def test_a_picture_linked_to_itself_is_the_articles() -> None:
    own = f'<a class="photo" href="/large/wall-monday.jpg"><img src="/wall-monday.jpg"><figcaption>{SAYS}</figcaption></a>'
    says(only(f"<div>{own}</div>"), credit=None)
    same = "https://img.example/pictures/wall-monday"
    head = f'<meta property="og:image" content="{same}">'
    lead = f'<article><figure><a href="{same}"><img src="{same}"></a></figure><div><h1>Harbour wall</h1><div>{PROSE}{PROSE}</div></div></article>'
    assert read_html(f"<head>{head}</head><body>{lead}</body>", "x").article[0].region is Region.LEAD


def test_a_rule_parts_a_picture_from_what_follows() -> None:
    says(only(f"<div>{WALL}</div><hr><p><em>Ana Ruiz writes about walls.</em></p>"), None, None)


def test_the_heading_of_an_entry_is_no_caption() -> None:
    says(only(f"<div><h3>The wall is open again</h3><figure>{WALL}</figure></div>"), None, None)


def test_a_count_of_pictures_is_no_caption() -> None:
    says(only(f'<div class="gallery"><a href="/photos/wall">{WALL}<span>14 Bilder</span></a></div>'), None, None)


def test_the_next_article_on_an_endless_page_is_another() -> None:
    def story(title: str, name: str) -> str:
        picture = f'<figure><img src="/{name}.jpg"><figcaption>{SAYS} Photo: {NAME}</figcaption></figure>'
        return f'<article><h1 class="title">{title}</h1>{picture}{PROSE * 2}</article>'

    stories = (
        story("Harbour wall closed again", "wall-monday")
        + story("A ferry is late", "ferry")
        + story("Rain", "rain") * 2
    )
    read = read_html(f"<head><title>Harbour wall closed again</title></head><body><div>{stories}</div></body>", "x")
    assert [name for name, *_ in told(read)] == ["wall-monday"]


def test_few_words_do_not_tell_where_the_text_is() -> None:
    line = "<h2 class='summary'>The harbour was closed for most of the day while divers looked at the old wall.</h2>"
    picture = f"<figure>{WALL}<figcaption>{SAYS}</figcaption></figure>"
    read = read_html(
        f"<body><div><div><h1>Harbour wall</h1>{line}</div><div>{picture}<p>It rained.</p></div></div></body>", "x"
    )
    assert told(read) == [("wall-monday", SAYS, None)]


def test_a_box_with_buttons_to_share_may_hold_the_opening_picture() -> None:
    head = '<meta property="og:image" content="https://news.example/wall-monday.jpg">'
    box = f'<div class="article__sharing"><img src="{{}}"><div class="caption">{SAYS}</div></div>'
    named = read_html(
        f"<head>{head}</head><main><h1>Harbour wall</h1>{box.format('/wall-monday.jpg')}{PROSE * 2}</main>", "x"
    )
    assert told(named) == [("wall-monday", SAYS, None)]
    other = read_html(
        f"<head>{head}</head><main><h1>Harbour wall</h1>{box.format('/share-this.jpg')}{PROSE * 2}</main>", "x"
    )
    assert told(other) == []


def test_an_opening_picture_linked_to_its_own_page_is_the_articles() -> None:
    head = '<link rel="canonical" href="https://news.example/wall/">'
    lead = (
        f'<div class="thumb"><a href="https://news.example/wall#top">{WALL}<span>© Ana Ruiz of Oldtown</span></a></div>'
    )
    body = f"<head>{head}</head><main><h1>Harbour wall</h1>{{}}{PROSE * 2}{{}}</main>"
    assert len(read_html(body.format(lead, ""), "x").article) == 1
    assert not read_html(body.format("", lead), "x").article
    assert not read_html(body.format(lead.replace("/wall#", "/sea#"), ""), "x").article
