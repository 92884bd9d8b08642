"""Markup of content systems and their themes: each kind once, as it was misread, on an invented page."""

from __future__ import annotations

import pytest

from attrib.model import Region

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
    assert len(page(slides("gallery-second")).article) == 4


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
