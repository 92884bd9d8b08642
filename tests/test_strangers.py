"""Pictures near an article that are none of it, and some that are: each kind once, as it was misread, on an invented page."""

import pytest

from attrib.model import Region
from attrib.read.page import read_html

from .test_families import NAME, ONE, WALL
from .test_read_page import PROSE, SAYS, only, page, says

# Pictures


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="/news/?type=876&amp;action=count" style="width: 0; height: 0;">',
        '<img src="https://stats.example/matomo.php?idsite=4&amp;rec=1" alt="">',
        '<img src="//stats.example/piwik.php?idsite=4">',
    ],
)
def test_what_counts_readers_is_no_picture(tag: str) -> None:
    read = page(tag, WALL)
    assert [figure.images[0].url for figure in read.article] == ["/wall-monday.jpg"]


@pytest.mark.parametrize(
    "tag",
    [
        '<div style="background-image:url(/wall-monday.jpg);height: 0; padding-bottom: 56%"></div>',
        '<img src="/wall-monday.jpg" style="display:block;width:0;height:0;min-width:100%;max-width:100%">',
    ],
)
def test_what_fills_its_box_is_a_picture(tag: str) -> None:
    assert only(f"<figure>{tag}<figcaption>{SAYS}</figcaption></figure>").region is Region.BODY


@pytest.mark.parametrize(
    "box",
    [
        '<figure><div class="lazy" data-src="/wall-monday.jpg" data-alt="The old wall"></div><figcaption>{}</figcaption></figure>',
        '<figure><span data-original="/wall-monday.jpg" data-alt="The old wall"></span><figcaption>{}</figcaption></figure>',
        (
            '<figure itemtype="https://schema.org/ImageObject" itemid="/wall-monday.jpg" data-alt="The old wall"><div></div>'
            "<figcaption>{}</figcaption></figure>"
        ),
    ],
)
def test_an_empty_place_holds_the_picture_that_a_script_puts_there(box: str) -> None:
    figure = only(box.format(SAYS))
    says(figure, credit=None)
    assert [image.url for image in figure.images] == ["/wall-monday.jpg"]
    assert figure.alt is not None and figure.alt.value == "The old wall"


@pytest.mark.parametrize(
    "box",
    [
        '<div data-src="https://videos.example/embed/7f3a91c2"></div>',
        f'<figure itemid="/another.jpg"><img src="/wall-monday.jpg"><figcaption>{SAYS}</figcaption></figure>',
        f'<figure><a data-src="/another.jpg"><img src="/wall-monday.jpg"></a><figcaption>{SAYS}</figcaption></figure>',
    ],
)
def test_a_place_that_is_taken_holds_no_other_picture(box: str) -> None:
    assert {image.url for figure in page(box).article for image in figure.images} <= {"/wall-monday.jpg"}


def hidden_slides(box: str, size: str) -> list[Region]:
    hidden = 'style="margin: 0 auto; display:none"'
    slides = "".join(
        f'<div><img src="/wall-{n}.jpg" {size} {hidden if n else ""}><cite {hidden if n else ""}>{SAYS}</cite></div>'
        for n in range(3)
    )
    return [figure.region for figure in page(f'<div class="{box}">{slides}</div>').article]


def test_slides_that_are_hidden_until_their_turn_are_the_articles() -> None:
    assert hidden_slides("gallery", 'width="640" height="360"') == [Region.GALLERY] * 3


def test_other_hidden_pictures_count_readers() -> None:
    assert len(hidden_slides("gallery", 'width="1" height="1"')) == 0
    assert len(hidden_slides("box", 'width="640" height="360"')) == 1


def test_a_large_picture_of_a_sign_is_a_picture() -> None:
    tag = '<img src="/pictures/flag-ceremony.jpg" width="800" height="533">'
    says(only(f"<figure>{tag}<figcaption>{SAYS}</figcaption></figure>"), credit=None)
    assert not page(tag).article
    assert not page(f"<figure>{tag.replace('800', '60')}<figcaption>{SAYS}</figcaption></figure>").article


def opened(above: str, below: str = "") -> list[tuple[str, Region]]:
    body = f"<body><main><h1>Harbour wall</h1>{above}<div>{PROSE}{PROSE}{below}</div></main></body>"
    return [(figure.images[0].url, figure.region) for figure in read_html(body, "x").article]


def test_a_picture_behind_a_source_label_names_the_publisher() -> None:
    assert not opened(
        '<div>来源： <a href="/papers/7"><img src="/media/7f3a91c2.jpeg"></a> <a href="/papers/7">新报</a></div>'
    )
    assert not opened('<p>Source: <img src="/media/7f3a91c2.jpeg"></p>')


@pytest.mark.parametrize(
    "above",
    [
        '<p>In our picture:</p><img src="/media/7f3a91c2.jpeg">',
        '<div>Photo:<p></p></div><img src="/media/7f3a91c2.jpeg">',
        f'<div>Source: <figure><img src="/media/7f3a91c2.jpeg"><figcaption>{SAYS}</figcaption></figure></div>',
    ],
)
def test_a_picture_that_a_label_does_not_reach_opens_the_article(above: str) -> None:
    assert opened(above) == [("/media/7f3a91c2.jpeg", Region.LEAD)]


def test_some_systems_call_the_picture_of_an_article_its_logo() -> None:
    shown = '<img src="/local/arton7-8a1.jpg" class="spip_logo spip_logos" width="890" height="590">'
    assert opened(shown) == [("/local/arton7-8a1.jpg", Region.LEAD)]
    assert not opened(shown.replace("spip_logo spip_logos", "logo"))


BANNER = '<div class="pay"><img src="/media/7f3a91c2.png"><button>✕</button><div>Support free reporting.</div></div>'


def test_a_box_with_words_that_can_be_closed_is_an_appeal() -> None:
    assert not opened("", BANNER)
    for one in (
        BANNER.replace("✕", "More"),
        BANNER.replace("Support free reporting.", ""),
        f"<figure>{BANNER}<figcaption>{SAYS}</figcaption></figure>",
    ):
        assert opened("", one) == [("/media/7f3a91c2.png", Region.BODY)]


def test_of_slides_before_the_text_the_first_is_the_lead() -> None:
    slides = "".join(f'<div class="slide"><img src="/slide-{n}.jpg"></div>' for n in range(3))
    body = f'<main><h1>Harbour wall</h1><div class="carousel">{slides}</div>{PROSE}{PROSE}</main>'
    read = read_html(f"<body>{body}</body>", "x")
    assert [figure.region for figure in read.article] == [Region.LEAD, Region.GALLERY, Region.GALLERY]


def card(n: int) -> str:
    picture = f'<figure><img src="/card-{n}.jpg" alt="Story {n}"><figcaption>What the council said, part {n}</figcaption></figure>'
    return f'<li><a href="/news/story-{n}.html">{picture}</a></li>'


def test_a_list_of_linked_figures_leads_elsewhere() -> None:
    cards = "".join(map(card, range(4)))
    here = '<link rel="canonical" href="https://paper.example/news/story-0.html">'
    cards = cards.replace("/news/", "https://paper.example/news/")
    body = f"<main><h1>Harbour wall</h1><div><h4>Articles</h4><ul>{cards}</ul></div><div>{PROSE}{PROSE}</div></main>"
    assert not read_html(f"<head>{here}</head><body>{body}</body>", "x").article


def test_a_list_of_credited_figures_is_a_gallery() -> None:
    items = "".join(
        card(n).replace("</figcaption>", " <i class=credit>Ana Ruiz/AFP</i></figcaption>") for n in range(4)
    )
    assert len(page(f"<ul>{items}</ul>").article) == 4


def test_the_text_of_linked_cards_is_not_the_article() -> None:
    summary = "<p>The council met for the third time this week and said nothing of the wall, nor of the sea.</p>"
    cards = "".join(
        f'<li><a href="/news/{n}.html"><article><img src="/card-{n}.jpg"><div class="figcaption"><h3>The council</h3>'
        f"{summary}</div></article></a></li>"
        for n in range(4)
    )
    text = "The harbour was closed for most of the day while divers looked at the old wall and at the sea.<br>" * 3
    body = f"<main><h1>Harbour wall</h1><ul>{cards}</ul><article>{text}</article></main>"
    read = read_html(f"<body>{body}</body>", "x")
    assert not read.article
    assert read.paragraphs and all("divers" in paragraph.value for paragraph in read.paragraphs)


def shaped(box: str, paragraphs: int = 6, below: str = "") -> list[Region]:
    text = "<p>The harbour was closed for most of the day while divers looked at the old wall, stone by stone, and at the sea "
    text += "that had taken half of it away in one night, with nobody near to see it go.</p>"
    inner = f"{text}<figure>{ONE}<figcaption>{SAYS}</figcaption></figure>{text * (paragraphs - 1)}"
    body = f"<main><div><h1>Harbour wall</h1><h2>The oldest part of it fell into the sea in a night of wind and high water, with nobody near.</h2></div><div {box}>{inner}</div>{below}</main>"
    return [figure.region for figure in read_html(f"<body>{body}</body>", "x").article]


@pytest.mark.parametrize(
    "box", ['class="article-content sticky-sidebar"', 'class="has-left-sidebar"', 'class="node author-ana-ruiz"']
)
def test_the_box_of_the_text_may_be_named_for_what_stands_beside_it(box: str) -> None:
    assert shaped(box) == [Region.BODY]


def test_a_sidebar_is_not_the_text_because_the_text_is_short() -> None:
    assert not shaped('class="sidebar"', paragraphs=3)
    assert not shaped('class="comments"')


# The article's own, by what is around it


def test_a_picture_linked_to_the_page_of_its_drawing_is_the_articles() -> None:
    link = '<a href="/wiki/File:Wall_of_Oldtown.svg"><img src="/wall.svg/290px-wall.png" alt="A map of the wall"></a>'
    assert only(f'<div class="thumb">{link}<div class="thumbcaption">{SAYS}</div></div>').region is Region.BODY


@pytest.mark.parametrize("link", ["", '<a href="https://paper.example/wall">', '<a href="/wall-monday.jpg">'])
def test_the_opening_picture_may_stand_in_an_aside(link: str) -> None:
    aside = f'<aside class="entry-thumbnail">{link}{WALL}<div><span>© {NAME}</span></div>{"</a>" * bool(link)}</aside>'
    head = '<link rel="canonical" href="https://paper.example/wall">'
    body = f"<article><header><h1>Harbour wall</h1>{aside}</header><div>{PROSE}{PROSE}</div></article>"
    figure = read_html(f"<head>{head}</head><body>{body}</body>", "x").article[0]
    assert figure.region is Region.LEAD
    says(figure, None, f"© {NAME}")


@pytest.mark.parametrize(
    "aside",
    [
        f"<h3>On the wall</h3>{WALL}<p>What was built when, and by whom.</p>",
        f"{WALL}{ONE}",
        f'<a href="/dossier.html">{WALL}</a>',
        f"{WALL}<p>{'The wall was built in a year of storms. ' * 6}</p>",
    ],
)
def test_an_aside_of_its_own_is_beside_the_article(aside: str) -> None:
    body = f"<article><header><h1>Harbour wall</h1><aside>{aside}</aside></header><div>{PROSE}{PROSE}</div></article>"
    assert not read_html(f"<body>{body}</body>", "x").article


def test_a_picture_before_the_text_of_its_box_is_the_articles() -> None:
    gallery = f'<div class="ce-gallery"><figure>{WALL}</figure></div><ul><li>25 November 16:11</li><li>Share</li></ul>'
    body = f'<div class="ce"><div class="ce-textpic">{gallery}<div class="ce-bodytext"><h2>The wall</h2>{PROSE * 3}</div></div></div>'
    other = f"<div><p>{'See also our other stories of the sea. ' * 4}</p></div>"
    read = read_html(f"<body><div>{body}{other}</div></body>", "x")
    assert [figure.region for figure in read.article] == [Region.LEAD]


# Backgrounds in a style sheet


HERO = (
    "<style>h1 { color: red } .page-hero, .x { padding: 0; background: #000 url('/wall-monday.jpg') no-repeat }</style>"
)
NAMED = '<meta property="og:image" content="https://paper.example/wall-monday.jpg">'


def styled(sheet: str, meta: str = NAMED, body: str = "") -> list[str]:
    head = f'<link rel="canonical" href="https://paper.example/wall">{meta}{sheet}'
    page = f'<div class="page-hero"><h1>Harbour wall</h1></div><main>{body}{PROSE}{PROSE}</main><footer class="end"></footer>'
    read = read_html(f"<html><head>{head}</head><body>{page}</body></html>", "x")
    for figure in read.article:
        assert figure.images[0].span and read.text[slice(*figure.images[0].span)] == figure.images[0].url
    return [figure.images[0].url for figure in read.article if figure.region is Region.LEAD]


def test_an_opening_picture_may_stand_in_a_style_sheet() -> None:
    assert styled(HERO) == ["/wall-monday.jpg"]


@pytest.mark.parametrize(
    "sheet",
    [
        HERO.replace("page-hero", "end"),  # of the page's end
        HERO.replace("page-hero", "absent"),
        HERO.replace("wall-monday", "paper-texture"),  # not the picture the page's head names
        "<style>.page-hero { background: url(",
        "",
    ],
)
def test_other_backgrounds_of_a_style_sheet_are_decoration(sheet: str) -> None:
    assert not styled(sheet)
    assert not styled(HERO, meta="")


def test_a_style_sheet_adds_nothing_to_what_the_markup_shows() -> None:
    assert styled(HERO, body=f"<figure>{ONE}</figure>") == ["/slide-one.jpg"]


def strip(*names: str) -> list[Region]:
    slides = "".join(f'<div class="slide"><img src="/{name}.jpg"></div>' for name in names)
    above = f"<figure>{WALL}<figcaption>{SAYS}</figcaption></figure>{PROSE}<figure>{ONE}</figure>"
    return [figure.region for figure in page(above, PROSE, f'<div class="gallery">{slides}</div>', end="").figures][2:]


def test_slides_that_were_all_shown_above_are_a_strip_to_open_them_from() -> None:
    assert strip("wall-monday", "slide-one") == [Region.TEASER, Region.TEASER]


def test_slides_of_which_one_is_new_are_a_gallery() -> None:
    assert strip("wall-monday", "slide-one", "slide-two") == [Region.GALLERY] * 3
    assert strip("slide-two", "wall-monday", "slide-one")[0] is Region.GALLERY
    assert strip("wall-monday") == [Region.GALLERY]
