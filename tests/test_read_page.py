"""The markup families of news pages, each on an invented page; and that no text, however broken, breaks the reader."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4.element import Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from attrib.model import Figure, Page, Region
from attrib.places import Places
from attrib.read.page import read_html
from attrib.read.page.soup import soup
from attrib.read.page.tree import Tree

PROSE = "<p>" + "The harbour was closed for most of the day while divers looked at the old wall. " * 3 + "</p>"
SAYS = "Divers look at the harbour wall in Oldtown on Monday."


def page(*parts: str, head: str = "", end: str = PROSE) -> Page:
    body = "".join(parts)
    return read_html(
        f"<html lang=en><head><title>Harbour wall</title>{head}</head><body><main><article><h1>Harbour wall</h1>"
        f"{PROSE}{body}{end}</article></main></body></html>",
        "page.html",
    )


def only(*parts: str, head: str = "") -> Figure:
    figures = page(*parts, head=head).article
    assert len(figures) == 1
    return figures[0]


def says(figure: Figure, caption: str | None = SAYS, credit: str | None = "Ana Ruiz/AFP") -> None:
    assert (figure.caption.value if figure.caption else None) == caption
    assert (figure.credit.raw if figure.credit else None) == credit


def test_figcaption_with_a_credit_class() -> None:
    says(
        only(
            f'<figure><img src="/wall-monday.jpg" alt=""><figcaption>{SAYS} <span class="credit">Ana Ruiz/AFP</span></figcaption></figure>'
        )
    )


def test_figcaption_with_the_credit_in_the_text() -> None:
    says(
        only(f'<figure><img src="/wall-monday.jpg"><figcaption>{SAYS} Photo: Ana Ruiz/AFP</figcaption></figure>'),
        credit="Photo: Ana Ruiz/AFP",
    )


def test_caption_and_credit_in_elements_without_names() -> None:
    says(
        only(
            f'<figure><img src="/wall-monday.jpg"><figcaption><span>{SAYS}</span><span>Ana Ruiz/AFP</span></figcaption></figure>'
        )
    )


def test_credit_beside_the_figure() -> None:
    says(
        only(
            f'<div class="box"><figure><img src="/wall-monday.jpg"><figcaption>{SAYS}</figcaption></figure><p class="image-copyright">Ana Ruiz/AFP</p></div>'
        )
    )


def test_caption_class_without_a_figure() -> None:
    says(
        only(
            f'<div><img src="/wall-monday.jpg"><div class="caption">{SAYS}</div><div class="photo-credit">Ana Ruiz/AFP</div></div>'
        )
    )


def test_a_bare_image_with_a_line_that_ends_in_a_credit() -> None:
    says(only(f'<p><img src="/wall-monday.jpg"></p><p>{SAYS} Photo: Ana Ruiz/AFP</p>'), credit="Photo: Ana Ruiz/AFP")


def test_a_caption_that_says_what_the_alt_text_says() -> None:
    says(only(f'<div><img src="/wall-monday.jpg" alt="{SAYS}"></div><div><span>{SAYS}</span></div>'), credit=None)


def test_a_credit_in_the_title() -> None:
    says(
        only('<div><img src="/wall-monday.jpg" alt="The wall" title="The harbour wall | Ana Ruiz/AFP"></div>'),
        None,
        "Ana Ruiz/AFP",
    )


def test_described_by_another_element() -> None:
    says(
        only(
            '<div><img src="/wall-monday.jpg" aria-describedby="c1"></div>',
            PROSE,
            f'<div id="c1" class="caption">{SAYS}</div>',
        ),
        credit=None,
    )


def test_renditions_are_one_picture() -> None:
    figure = only(
        '<figure><picture><source srcset="/wall-monday-320x200.webp 320w, /wall-monday-640x400.webp 640w">'
        '<img src="data:image/gif;base64,R0lG" data-src="/wall-monday.jpg" alt="Wall"></picture>'
        '<noscript><img src="/wall-monday.jpg" alt="Wall"></noscript></figure>'
    )
    assert {i.url for i in figure.images} == {
        "/wall-monday.jpg",
        "/wall-monday-320x200.webp",
        "/wall-monday-640x400.webp",
    }
    assert figure.alt is not None and figure.alt.value == "Wall"


def test_no_alt_and_an_empty_alt_are_not_the_same() -> None:
    assert only('<figure><img src="/wall-monday.jpg"></figure>').alt is None
    empty = only('<figure><img src="/wall-monday.jpg" alt=""></figure>').alt
    assert empty is not None and empty.value == ""


def test_custom_elements_amp_and_posters() -> None:
    figures = page(
        '<figure><amp-img src="/amp-harbour.jpg"></amp-img></figure>',
        '<figure><story-image src="/own-harbour.jpg"></story-image></figure>',
        '<figure><video poster="/poster-harbour.jpg"></video><figcaption>A film of the wall.</figcaption></figure>',
    ).article
    assert [f.images[0].url for f in figures] == ["/amp-harbour.jpg", "/own-harbour.jpg", "/poster-harbour.jpg"]


def test_every_slide_of_a_gallery_is_a_figure() -> None:
    slides = "".join(
        f'<li><figure><img src="/slide-number-{n}.jpg"><figcaption>Slide {n} shows it.</figcaption></figure></li>'
        for n in range(4)
    )
    figures = page(f'<ul class="gallery">{slides}</ul>').article
    assert [f.caption.value for f in figures if f.caption] == [f"Slide {n} shows it." for n in range(4)]
    assert {f.region for f in figures} == {Region.GALLERY}


def test_a_scraped_block_is_one_figure_with_all_its_lines() -> None:
    figure = only(
        '<p><img src="https://media.example/wall-0123456789abcdef-s1100-c50.jpg"></p>'
        f"<p>{SAYS}</p><p>Ana Ruiz/AFP</p><b>hide caption</b><div>Advertisement</div><b>toggle caption</b><p>Ana Ruiz/AFP</p>"
        f'<p><img src="https://media.example/wall-0123456789abcdef-s1200.jpg"></p><p>{SAYS}</p><p>Ana Ruiz/AFP</p>'
    )
    says(figure)
    kinds = [line.kind.value for line in figure.lines]
    assert kinds == [
        "picture",
        "caption",
        "credit",
        "label",
        "advertisement",
        "label",
        "credit",
        "picture",
        "caption",
        "credit",
    ]
    assert not any(line.control or line.copy for line in figure.lines)


def test_toggles_of_the_publisher_are_controls() -> None:
    figure = only(
        '<div class="bucketwrap image"><div class="imagewrap"><img src="/wall-monday.jpg" alt=""></div><div class="credit-caption">'
        f'<div class="caption"><p>{SAYS} <b class="credit">Ana Ruiz/AFP</b> <b class="hide-caption"><b>hide caption</b></b></p></div>'
        '<b class="toggle-caption"><b>toggle caption</b></b></div><span class="credit">Ana Ruiz/AFP</span></div>'
    )
    says(figure)
    assert [line.control for line in figure.lines if line.kind.value == "label"] == [True, True]


def test_what_is_clicked_is_a_control_and_no_left_over_of_one() -> None:
    box = f'<div>{{}}<p class="caption">{SAYS}</p><div {{}}>Hide caption</div></div>'
    picture = '<img src="/wall-monday.jpg">'
    for clicked, control in (('onclick="toggle(0)"', True), ("", False)):
        figure = only(box.format(picture, clicked))
        says(figure, credit=None)
        assert [line.control for line in figure.lines if line.kind.value == "label"] == [control]


def test_the_same_picture_far_away_is_another_figure() -> None:
    figures = page(
        f'<figure><img src="/wall-monday.jpg"><figcaption>{SAYS}</figcaption></figure>',
        PROSE * 4,
        '<figure><img src="/wall-monday.jpg"><figcaption>The wall again.</figcaption></figure>',
    ).article
    assert len(figures) == 2


def test_what_is_not_the_articles_picture() -> None:
    read = page(
        '<div class="author-box"><img src="/portrait-of-ana.jpg"></div>',
        '<div class="teaser"><a href="/other"><img src="/other-story.jpg"><h3>Another story that is not this one</h3></a></div>',
        '<img src="/pixel.gif" width=1 height=1>',
        '<img src="/site-logo.png">',
        end=PROSE + '<footer><img src="/footer-picture.jpg"></footer>',
    )
    assert not read.article
    assert all(f.reason for f in read.figures)


def test_a_page_has_the_title_address_date_and_paragraphs_it_gives() -> None:
    read = page(
        head='<link rel=canonical href="https://news.example/wall"><meta property="article:published_time" content="2026-03-04T05:06:07Z">'
    )
    assert (read.title, read.url, read.published, read.language) == (
        "Harbour wall",
        "https://news.example/wall",
        "2026-03-04T05:06:07Z",
        "en",
    )
    assert len(read.paragraphs) == 2


def test_an_address_that_is_none_breaks_nothing() -> None:
    for url in ("http://[news", "https://", "http://news.example:x/[", "//[", "http://\x00"):
        head = f'<link rel=canonical href="{url}"><meta property="og:image" content="{url}"><base href="{url}">'
        assert (
            len(
                page(
                    f'<figure><a href="{url}"><img src="/wall-monday.jpg"></a><img src="{url}"></figure>', head=head
                ).article
            )
            >= 1
        )


def test_places_survive_entities_line_ends_and_astral_characters() -> None:
    source = (
        "\U0001f600<article>\r\n"
        + PROSE
        + '<figure>\r\n<img src="/a-harbour.jpg?a=1&amp;b=2" alt="Wall &amp; sea">\r\n'
        "<figcaption>The wall &amp; the\r\n   sea \U0001f600. <i class=credit>&copy; Ana Ruiz</i></figcaption></figure></article>"
    )
    figure = read_html(source, "x").article[0]
    assert figure.caption is not None and figure.caption.span is not None and figure.credit is not None
    assert figure.caption.value == "The wall & the sea \U0001f600."
    assert source[slice(*figure.caption.span)] == "The wall &amp; the\r\n   sea \U0001f600."
    assert figure.credit.at is not None and figure.credit.at.span is not None
    assert source[slice(*figure.credit.at.span)] == "&copy; Ana Ruiz"
    assert figure.images[0].span is not None and source[slice(*figure.images[0].span)] == "/a-harbour.jpg?a=1&amp;b=2"
    at = figure.caption.value.index("\U0001f600")
    place = figure.caption.place(at, at + 1)
    assert place is not None and source[slice(*place)] == "\U0001f600"


PIECES = st.sampled_from(
    ["<figure>", "</figure>", "<figcaption>", "</figcaption>", '<img src="a-harbour.jpg" alt="', '<img src=b-harbour.jpg>', '">', "<p>",
     "</p>", "<div class=caption>", "</div>", "<a href='/x'>", "</a>", "<picture>", "<source srcset='a.jpg 1w, b.jpg 2w'>", "&amp;", "&copy",
     "&#0;", "\r\n", "\r", "\0", "<!--", "-->", "<script>", "</script>", "<svg><title>", "<template>", "<noscript>", "<button>", "text here ",
     "Foto: Ana Ruiz/AFP", "\U0001f600", "<", ">", "'", '"', "<table>", "<h1>", PROSE]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_markup_breaks_the_reader_and_all_places_are_true(source: str) -> None:
    read = read_html(source, "x")
    for figure in read.figures:
        for text in (
            figure.alt,
            figure.title,
            figure.caption,
            figure.printed,
            figure.credit and figure.credit.at,
            *(line.text for line in figure.lines),
        ):
            if text is None or text.span is None:
                continue
            assert 0 <= text.span.start <= text.span.end <= len(source)
            for run in text.runs:
                assert source[run.source : run.source + run.length] == text.value[run.at : run.at + run.length]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", " "])
def test_the_lines_the_parser_counts_are_those_of_the_page(end: str) -> None:
    figure = f'<figure><img src="/wall-monday.jpg" alt="é😀">{end}{end}<figcaption>{SAYS}</figcaption></figure>'
    source = end.join(
        ["<h1>Harbour</h1>", PROSE, f"😀&amp;\t{figure}", PROSE, f"<p>ü{figure}", "<img src=/chrome.svg>"]
    )
    read = read_html(source, "x", figures_only=True)
    places = dict(read.places)
    assert len(places) == len(read.figures) == 3
    assert places == {figure.tag: Places(source).span(figure.tag) for figure in read.figures if figure.tag}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(source: str) -> None:
    read_html(source, "x")


PIECES = (
    *(
        "<p>",
        "</p>",
        "<b class=x>",
        "</b>",
        "<br/>",
        "<img src='a>b'>",
        "<div",
        ">",
        "</div >",
        "</>",
        "</",
        '<a\n href="',
        '"',
    ),
    *(
        "<svg>",
        "<svg/>",
        "<path d=1>",
        "<title>",
        "</title>",
        "</svg>",
        "<noscript>",
        "</noscript>",
        "<script>",
        "</script>",
    ),
    *("<!--", "-->", "<!x>", "<?y>", "<style>", "</style>", "<textarea>", "</textarea>", "<i hidden>", "<plaintext>"),
    *("words", " ", "\r\n", "&amp;", "&", "<", "é", "😀", "\ufeff", "\xa0"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_the_soup_knows_where_its_nodes_stand(source: str) -> None:
    nodes, cut = soup(f"before{source}", 6, 6 + len(source))
    assert not cut
    at = 6
    for node in nodes:
        assert at <= node.start < node.end <= 6 + len(source)
        at = node.end
        markup = source[node.start - 6 : node.end - 6].replace("\r", " ").replace("&", "+").replace("</>", "<!>")
        if isinstance(node.what, Tag):
            assert markup.lower().startswith(f"<{node.what.name}") and markup.endswith(">")
        elif node.what is None:
            assert not markup.strip()
        else:
            assert node.what == markup


def test_pages_are_read_side_by_side() -> None:
    def told(n: int) -> list[tuple[str, str]]:
        figures = "".join(
            f'<figure><img src="/wall-{n}-{k}.jpg"><figcaption>Divers of team {n} at wall {k}. '
            f'<span class="credit">Ana Ruiz/AFP</span></figcaption></figure>{PROSE}'
            for k in range(8)
        )
        return [(str(figure.caption), figure.credit.raw) for figure in page(figures).article if figure.credit]

    alone = [told(n) for n in range(8)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(told, range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone and all(len(figures) == 8 for figures in alone)


def test_work_on_hostile_pages_is_bounded(monkeypatch) -> None:
    from attrib.read.page import block, soup, tree

    parsed: list[int] = []

    def counted(*place: object) -> object:
        nodes, cut = soup.soup(*place)
        parsed.append(len(nodes))
        return nodes, cut

    monkeypatch.setattr(block, "soup", counted)
    many = f"<article>{PROSE}" + "".join(
        f'<figure><img src="/photo-number-{n}.jpg"><figcaption>Number {n}.</figcaption></figure>' for n in range(4000)
    )
    for source in (
        '<img alt="' * 20_000,
        "<div>" * 20_000 + "<img src=a-harbour.jpg>",
        '<figure><img src="a-harbour.jpg"><figcaption>' + '<a "' * 20_000,
        many,
    ):
        parsed.clear()
        read = read_html(source, "x")
        assert len(parsed) <= 400 and max(parsed, default=0) <= soup.MOST_NODES
    assert len(read.problems) == 2  # pictures, and captions, beyond the bounds are said
    assert len(tree.Tree("<b>x</b>" * (tree.MOST_NODES // 2 + 100))) <= tree.MOST_NODES


def test_words_behind_an_icon_are_seen() -> None:
    seen = Tree("<p>a<svg><path/></svg>bc<template><i>no</i></template> d<script>x()</script>e</p>")
    assert seen.text(seen.tags.index("p")) == "abc de"
    says(only(f'<div><img src="/wall-monday.jpg" alt=""><p class="caption"><svg></svg>{SAYS} (Ana Ruiz/AFP)</p></div>'))


def test_widths_alone_are_no_addresses() -> None:
    figure = only(f'<figure><img ngsrcset="300w, 1200w" src="/wall.jpg"><figcaption>{SAYS}</figcaption></figure>')
    assert [image.url for image in figure.images] == ["/wall.jpg"]
