"""Markup of content systems and their themes: each kind once, as it was misread, on an invented page."""

from __future__ import annotations

import pytest

from attrib.model import Region
from attrib.read.asset import asset_key

from .test_read_page import PROSE, SAYS, only, page, says


def slides(names: str, small: str = "") -> str:
    shown = "".join(
        f'<div class="swiper-slide"><img src="/wall-{n}.jpg?w=1200"><p class="slide-caption">{SAYS} {n}</p></div>'
        for n in (1, 2)
    )
    strip = "".join(f'<div class="swiper-slide"><img src="/wall-{n}.jpg?w=90">{small}</div>' for n in (1, 2))
    return f'<div class="swiper gallery-top">{shown}</div><div class="{names}">{strip}</div>'


def test_a_strip_of_small_copies_shows_the_slides_again() -> None:
    read = page(slides("swiper gallery-thumbs"))
    assert [(f.caption and f.caption.value, len(f.images)) for f in read.article] == [
        (f"{SAYS} 1", 2),
        (f"{SAYS} 2", 2),
    ]


def test_slides_with_words_of_their_own_are_no_strip() -> None:
    assert len(page(slides("gallery-thumbs", '<p class="caption">Seen once more</p>')).article) == 4
    assert len(page(slides("gallery-thumbs").replace("?w=90", "/another.jpg")).article) == 4


@pytest.mark.parametrize(
    "box",
    [
        '<div class="spendenbox"><img src="/jar.png"><p>Wir leben von Ihnen.</p></div>',
        '<div class="donate-box"><img src="/jar.png"><p>We live by your gifts.</p></div>',
        '<ul class="sns"><li><img src="/line.png" alt="LINE"></li></ul>',
        '<div class="jp-relatedposts"><a href="/gulls"><img src="/gulls.jpg"></a><b>Gulls are back</b></div>',
        '<a href="/user/5"><img src="/pictures/picture-5.jpg" alt=""></a>',
        '<amp-video-iframe src="https://films.example/1" poster="/still.jpg"></amp-video-iframe>',
    ],
)
def test_parts_of_the_page_are_not_the_articles(box: str) -> None:
    assert not page(box).article


def test_a_box_of_another_name_may_hold_the_articles_picture() -> None:
    says(only(f'<div class="suspended"><img src="/wall.jpg"><p class="caption">{SAYS}</p></div>'), credit=None)
    assert only('<a href="/uses/5"><img src="/wall.jpg" alt=""></a>').region is Region.BODY


def test_a_credit_may_be_made_of_links() -> None:
    made = '<figcaption>Photo by <a href="/i">Imke Doorn</a> on <a href="/u">Unsplash</a></figcaption>'
    says(only(f'<figure><img src="/wall.jpg">{made}</figure>'), None, "Photo by Imke Doorn on Unsplash")
    made = f'<figcaption>{SAYS} Photo by <a href="/i">Imke Doorn</a> on <a href="/u">Unsplash</a></figcaption>'
    says(only(f'<figure><img src="/wall.jpg">{made}</figure>'), SAYS, "Photo by Imke Doorn on Unsplash")


@pytest.mark.parametrize(
    ("words", "caption", "credit"),
    [
        ("A lamp on Cobb Street / ", "A lamp on Cobb Street", "Odo Marsh"),
        ("Ana Ruiz / ", None, "Ana Ruiz / Odo Marsh"),
        ("anaruizphotos / ", None, "anaruizphotos / Odo Marsh"),
    ],
)
def test_what_stands_before_a_bar_and_a_linked_name(words: str, caption: str | None, credit: str) -> None:
    says(
        only(f'<figure><img src="/wall.jpg"><figcaption>{words}<a href="/o">Odo Marsh</a></figcaption></figure>'),
        caption,
        credit,
    )


def test_a_cite_in_a_figure_thanks_but_for_a_quotation() -> None:
    cited = "<span><cite>Museum of Insects, Hallam</cite></span>"
    says(only(f'<figure><span><img src="/moth.jpg"></span>{cited}</figure>'), None, "Museum of Insects, Hallam")
    quoted = f'<figure><img src="/moth.jpg"><blockquote>They come at night.</blockquote>{cited}</figure>'
    assert only(quoted).credit is None


def test_text_set_beside_a_picture_is_no_caption() -> None:
    beside = f'<div class="wp-block-media-text__content">{PROSE}</div>'
    figure = only(f'<div class="wp-block-media-text"><figure><img src="/wall.jpg"></figure>{beside}</div>')
    assert figure.caption is None
    says(only(f'<div><img src="/wall.jpg"><p class="media-text">{SAYS}</p></div>'), credit=None)


# Small copies that open the picture, in galleries and beside the text


def opening(target: str, box: str = "fotorama", size: int = 100) -> str:
    image = f'<img src="/small/wall.jpg" width="{size}" height="{size}">'
    return f'<div class="{box}"><a href="{target}" data-caption="{SAYS}">{image}</a></div>'


def test_a_small_copy_in_a_gallery_opens_a_picture() -> None:
    figure = only(opening("/large/wall.jpg"))
    assert figure.region is Region.GALLERY
    says(figure, credit=None)
    wiki = '<a href="/wiki/File:Wall.jpg"><img src="/thumb/Wall.jpg/90px-Wall.jpg" width="90" height="120"></a>'
    box = f'<ul><li class="gallerybox"><div class="thumb">{wiki}</div><div class="gallerytext">{SAYS}</div></li></ul>'
    says(only(box), credit=None)


@pytest.mark.parametrize(
    "box",
    [
        opening("/large/wall.jpg", "box"),  # no gallery
        opening("/large/wall.jpg", size=48),  # an icon
        opening("/wall.html"),
        opening("/img/logos/brewery.jpg"),
    ],
)
def test_other_small_pictures_are_signs(box: str) -> None:
    assert not page(box).article


def beside(link: str) -> list[Region]:
    read = page(
        f'<div class="all"><div class="text">{PROSE * 6}</div><div class="more"><a href="{link}">'
        '<img src="/small/wall.jpg" alt=""></a></div></div>',
        end="",
    )
    return [figure.region for figure in read.figures]


def test_a_picture_beside_the_text_that_opens_large_is_the_articles() -> None:
    assert beside("/large/wall.jpg") == [Region.BODY]
    assert beside("/wall.html") == [Region.TEASER]


def parts(*kinds: str) -> list[Region]:
    made = {
        "text": f'<div class="text grid">\n<div class="cmp-text">{PROSE * 3}</div></div>\n',
        "long": f'<div class="text grid"><div class="cmp-text">{PROSE * 9}</div></div>\n',
        "slides": '<div class="panel"><div class="carousel"><img src="/wall.jpg" alt="The wall"></div></div>\n',
    }
    from attrib.read.page import read_html

    body = "".join(made[kind] for kind in kinds)
    return [f.region for f in read_html(f"<body><main><div><h1>Wall</h1>{body}</div></main></body>", "x").figures]


def test_a_part_between_parts_of_text_is_the_articles() -> None:
    assert parts("long", "slides", "text") == [Region.GALLERY]
    assert parts("long", "slides") == [Region.TEASER]


# Pictures of which a script makes more


def test_a_picture_hidden_until_it_is_loaded_is_a_picture() -> None:
    tag = '<img data-src="/wall.jpg" class="_LAZY" style="display: none;">'
    says(only(f'<span>{tag}<em class="img_desc">{SAYS}</em></span>'), credit=None)
    assert not page(tag.replace("data-src", "src")).article


def test_a_blank_may_have_the_picture_as_its_background() -> None:
    style = "width:200px;height:160px;background-image:url('/cache/wall.jpg');"
    figure = only(f'<a href="/wall_large.jpg"><img src="/transparent.gif" style="{style}" alt=""></a>')
    assert [image.url for image in figure.images] == ["/cache/wall.jpg"]


EMPTY = '<figure><img src="/wall.jpg" alt=""><figcaption><div class="c"'


@pytest.mark.parametrize(
    "box",
    [
        f'<div data-caption="{SAYS}" data-copyright="Ana Ruiz/AFP"><img src="/wall.jpg" alt=""></div>',
        f"{EMPTY} data-c-caption='{SAYS}' data-c-credit='Ana Ruiz/AFP'></div></figcaption></figure>",
    ],
)
def test_words_a_script_will_print_stand_in_attributes(box: str) -> None:
    says(only(box))


def test_words_a_script_will_print_do_not_replace_what_is_printed() -> None:
    box = (
        f'<figure data-caption="Something else was seen."><img src="/wall.jpg"><figcaption>{SAYS}</figcaption></figure>'
    )
    says(only(box), credit=None)


def test_an_element_that_plays_a_picture_has_its_label_as_alt_text() -> None:
    played = '<div style="background-image:url(/wall.jpg)"{} aria-label="The wall"></div>'
    assert str(only(played.format(' role="img"')).alt.value) == "The wall"  # type: ignore[union-attr]
    assert only(played.format("")).alt is None


# Words below


def test_two_pictures_share_the_caption_right_below_their_box() -> None:
    row = '<div class="twenty"><img src="/wall-2003.jpg"><img src="/wall-2023.jpg"></div>'
    read = page(f'{row}<p class="slider-caption">{SAYS} Photo: Ana Ruiz/AFP</p>')
    assert len(read.article) == 2
    for figure in read.article:
        says(figure, credit="Photo: Ana Ruiz/AFP")
    for words in (f"<p>{SAYS}</p>", f'<h2>Later</h2><p class="caption">{SAYS}</p>'):
        assert all(figure.caption is None for figure in page(row + words).article)


CENTRED = '<p style="text-align: center">'


def test_a_centred_line_below_a_centred_picture_is_its_caption() -> None:
    shown = f'{CENTRED}<img src="/wall.jpg"></p>'
    says(only(f"{shown}{CENTRED}<span>{SAYS}</span></p>{PROSE}"), credit=None)
    for words in (
        f"{CENTRED}{SAYS}</p>{CENTRED}The next line is centred as well.</p>",  # all the text is
        f"{CENTRED}{SAYS * 5}</p>{PROSE}",
        f"<p>{SAYS}</p>{PROSE}",
    ):
        assert only(shown + words).caption is None
    assert only(f'<p><img src="/wall.jpg"></p>{CENTRED}{SAYS}</p>{PROSE}').caption is None


def test_a_linked_picture_below_a_label_of_advertisements_is_one() -> None:
    label, image = "<span>- Advertisement -</span>", '<img src="/banner.gif" alt="">'
    assert not page(f'<div>{label}<a href="https://ads.example">{image}</a></div>').article
    assert page(f"<div>{label}{image}</div>").article
    assert page(f'<div><a href="https://ads.example">{image}</a>{label}</div>').article


def test_left_and_right_are_two_pictures() -> None:
    left, right = asset_key("https://i.example/2023/farm-left.jpg"), asset_key("https://i.example/2023/farm-right.jpg")
    assert left != right
    assert asset_key("https://i.example/2023/farm-right-800x600.jpg") == right
    assert asset_key("https://i.example/2023/farm-crop-left.jpg") == asset_key("https://i.example/2023/farm.jpg")


def test_a_heading_behind_a_picture_thanks_no_one() -> None:
    figure = f'<div class="thumb"><img src="/wall.jpg" alt=""><div class="thumbcaption">{SAYS}</div></div>'
    says(only(f'<div>{figure}<h2 id="Sources">Sources</h2></div>'), credit=None)
    says(only(f'<div>{figure}<p id="source">Ana Ruiz/AFP</p></div>'))


def test_text_in_scripts_that_say_much_in_few_characters() -> None:
    from attrib.read.page import read_html

    line = "市议会周二晚间经过四个多小时的辩论后进行了表决，居民曾要求举行第二次听证会，但动议以微弱差距被否决。"
    above, body = '<img src="/above.jpg" alt="">', f'<p>{line}</p><p><img src="/wall.jpg" alt=""></p><p>{line}</p>'
    read = read_html(f"<title>市议会</title><div><h1>市议会</h1><p>{above}</p><div>{body}</div></div>", "x")
    assert [figure.region for figure in read.figures] == [Region.LEAD, Region.BODY]
    latin = "The council voted on Tuesday evening after more words."
    read = read_html(read.text.replace("市议会", "Council").replace(line, latin), "x")
    assert [figure.region for figure in read.figures] != [Region.LEAD, Region.BODY]


def test_a_link_to_a_lightbox_may_hold_a_caption() -> None:
    lightbox = '<a {} href="/large/wall.jpg"><img src="/wall.jpg" alt=""></a>'
    says(only(lightbox.format(f'data-lightbox="g" data-title="{SAYS}"')), credit=None)
    says(only(lightbox.format('data-caption="Salut im Hafen"')), "Salut im Hafen", None)
    for other in (f'data-title="{SAYS}"', 'data-caption="Caption"', f'aria-label="{SAYS}"'):
        assert only(lightbox.format(other)).caption is None


BOOTS = '<img src="/boots.jpg" alt=""><p>Walking boots, tested in a ditch</p>'


def test_an_offer_with_a_paid_link_is_a_teaser() -> None:
    buy = '<a href="https://shop.example" rel="nofollow {}">Buy at Halder</a>'
    assert [f.region for f in page(f"<div>{BOOTS}{buy.format('sponsored')}</div>").figures] == [Region.TEASER]
    assert only(f"<div>{BOOTS}{buy.format('noopener')}</div>").region is Region.BODY
    credit = '<a href="https://shop.example" rel="sponsored">Halder</a>'
    says(
        only(f'<figure><img src="/boots.jpg"><figcaption>{SAYS} Photo: {credit}</figcaption></figure>'),
        SAYS,
        "Photo: Halder",
    )


@pytest.mark.parametrize("path", ["/subscribe", "/abonnement/", "/donate?from=story", "/spenden"])
def test_a_picture_linked_to_where_money_is_asked_for_is_none_of_the_articles(path: str) -> None:
    assert not page(f'<a href="{path}"><img src="/offer.png" alt=""></a>').article
    assert page(
        f'<a href="/news{path.partition("?")[0].rstrip("/")}-at-the-harbour"><img src="/wall.jpg" alt=""></a>'
    ).article
