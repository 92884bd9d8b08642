"""Pages of publishers the reader had not met: each kind of markup as it was misread, beside one it is not to be taken for."""

import pytest

from attrib.model import Region
from attrib.read.credit import split_caption
from attrib.read.page import read_html

from .test_families import NAME, ONE, TWO, WALL, name, told
from .test_read_page import PROSE, SAYS, only, page, says

OPENS = '<meta property="og:image" content="https://a.example/wall-monday.jpg?w=1200">'


# Which picture it is, and where it stands


def regions(*parts: str, head: str = "") -> list[tuple[str, Region]]:
    return [(name(figure), figure.region) for figure in page(*parts, head=head).article]


def test_the_opening_picture_may_stand_below_a_line_of_text() -> None:
    assert regions(WALL, ONE, head=OPENS) == [("wall-monday", Region.LEAD), ("slide-one", Region.BODY)]


@pytest.mark.parametrize("head", ["", OPENS.replace("wall-monday", "slide-one")])
def test_a_picture_in_the_text_opens_nothing(head: str) -> None:
    assert regions(WALL, ONE, head=head) == [("wall-monday", Region.BODY), ("slide-one", Region.BODY)]


def test_a_custom_element_may_be_a_gallery() -> None:
    slides = f"<figure>{ONE}</figure><figure>{TWO}</figure>"
    assert {region for _, region in regions(f"<amp-carousel>{slides}</amp-carousel>")} == {Region.GALLERY}
    assert {region for _, region in regions(f"<amp-layout>{slides}</amp-layout>")} == {Region.BODY}


def test_a_drawing_with_a_caption_of_its_own_is_a_chart() -> None:
    chart = '<img src="/costs-of-the-wall.svg" alt="">'
    says(only(f"<figure>{chart}<figcaption>{SAYS}</figcaption></figure>"), credit=None)
    assert not page(f"<figure>{chart}</figure>", f'<div class="caption">{chart}</div>').article


def test_an_address_may_be_known_by_its_attribute() -> None:
    lazy = '<img src="/theme/1x1_spacer.png" data-original="https://a.example/news/article692.ece/FREE_320/10WALL">'
    assert [image.url.rsplit("/", 1)[-1] for image in only(lazy).images] == ["10WALL"]
    assert not page(lazy.replace("data-original", "data-article")).article


def test_what_says_that_there_is_no_picture_is_none() -> None:
    lazy = '<img src="/parts/noimg_default.gif" data-src="/news/wall-{}.jpg">'
    assert [[i.url for i in f.images] for f in page(lazy.format("one"), lazy.format("two")).article] == [
        ["/news/wall-one.jpg"],
        ["/news/wall-two.jpg"],
    ]
    assert name(only('<img src="/news/noimgway.gif">')) == "noimgway"


def opened(inner: str, head: str = "") -> list[str]:
    """The files of the article's pictures on a page that shows something between heading and text."""
    body = f"<main><h1>Harbour wall</h1>{inner}<div>{PROSE}{PROSE}</div></main>"
    return [name(f) for f in read_html(f"<html><head>{head}</head><body>{body}</body></html>", "x").article]


@pytest.mark.parametrize(
    "portrait",
    [
        '<div class="css-1x"><img src="/wall-monday.jpg" alt="Ines Calloway"><a href="/x/7">Ines Calloway</a></div>',
        '<div><img src="/wall-monday.jpg" alt="Foto del autor Ines Calloway"><a href="/x/7">Ines Calloway</a></div>',
        '<ul><li><img src="/wall-monday.jpg" alt="Writer: Ines Calloway"></li><li><b>Ines Calloway</b></li></ul>',
        '<div class="css-1x"><img src="/s/autor/wall-monday.jpg" alt=""></div>',
        '<div data-component="byline-block"><img src="/wall-monday.jpg"><span>Ines Calloway</span></div>',
    ],
)
def test_a_portrait_above_the_text_is_the_writers(portrait: str) -> None:
    assert opened(f"<div>{portrait}</div>{ONE}") == ["slide-one"]


@pytest.mark.parametrize(
    ("portrait", "head"),
    [
        ('<div><img src="/wall-monday.jpg" alt="Ines Calloway"><p>Ines Calloway</p></div>', OPENS),
        ('<div><img src="/wall-monday.jpg" alt="Ines Calloway"><p>Ines Calloway in 1981</p></div>', ""),
        ('<div><img src="/wall-monday.jpg" alt="The statue of Ines Calloway"><p>Ines Calloway</p></div>', ""),
        (f'<figure><img src="/autor/wall-monday.jpg"><figcaption>{SAYS}</figcaption></figure>', ""),
        ('<div data-component="image-block"><img src="/wall-monday.jpg" alt=""></div>', ""),
    ],
)
def test_a_portrait_may_open_the_article(portrait: str, head: str) -> None:
    assert opened(portrait, head) == ["wall-monday"]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="kg-product-card"><img src="/poster-print.jpg"><h4>Tide poster</h4></div>',
        '<div class="kg-cta-card"><img src="/readers.jpg"><p>Join 4,000 readers</p></div>',
        '<section><img src="/newsletter/morning_320.png" alt=""><p>Each morning.</p></section>',
    ],
)
def test_offers_are_not_the_articles(box: str) -> None:
    assert not page(box).article


def test_the_article_may_be_about_an_offer() -> None:
    assert name(only('<img src="/a-newsletters-end.jpg" alt="">')) == "a-newsletters-end"
    assert name(only('<div class="production"><img src="/mill.jpg" alt=""></div>')) == "mill"


def in_parts(*parts: str) -> list[str]:
    body = f"<main><h1>Harbour wall</h1><div>{''.join(parts)}</div></main>"
    return [name(f) for f in read_html(f"<html><body>{body}</body></html>", "x").article]


def test_a_text_may_come_in_parts_of_which_the_first_holds_most() -> None:
    longer, shorter = f'<div class="css-1 text">{PROSE * 3}</div>', f'<div class="css-2 text">{PROSE}</div>'
    figure = f"<figure>{WALL}<figcaption>{SAYS}</figcaption></figure>"
    assert in_parts(longer, figure, shorter) == ["wall-monday"]
    assert in_parts(longer, figure, shorter.replace("text", "more")) == []
    assert in_parts(longer, figure, shorter.replace("<p>", "<h2>Gulls</h2><p>")) == []


def test_a_headline_that_leads_where_the_picture_does_makes_a_card() -> None:
    said = "<figcaption>A gull. <i class=credit>Ana Ruiz</i></figcaption>"
    card = f'<div><figure><a href="/gulls">{WALL}</a>{said}</figure><div><h2><a href="{{}}">Gulls are back</a></h2></div></div>'
    assert not page(card.format("/gulls")).article
    assert name(only(card.format("/rain"))) == "wall-monday"


# Which words are the caption, and which the credit


def test_what_its_data_calls_a_caption_is_one_whatever_its_class() -> None:
    words = (
        f'<div {{}}class="image__caption attribution"><span>{SAYS}</span></div><figcaption class="image__credit">{NAME}'
    )
    box = '<div class="image"><img src="/wall-monday.jpg" alt="">{}</figcaption></div>'
    says(only(box.format(words.format('itemprop="caption" '))), SAYS, NAME)
    says(only(box.format(words.format('itemprop="creator" '))), None, NAME)


@pytest.mark.parametrize(
    ("words", "caption", "credit"),
    [
        ("The old wall. Photo: Ana Ruiz", "The old wall.", "Photo: Ana Ruiz"),
        ("A wall being built (Photo: Ana Ruiz / AFP)", "A wall being built", "Photo: Ana Ruiz / AFP"),
        ("Museum of the Port. Photo: Ana Ruiz", None, "Museum of the Port. Photo: Ana Ruiz"),
        ("harbourlight - stock.adobe.com", None, "harbourlight - stock.adobe.com"),
        ("Courtesy of the artist. Photo: Ana Ruiz", None, "Courtesy of the artist. Photo: Ana Ruiz"),
    ],
)
def test_an_element_called_a_credit_may_hold_the_caption(words: str, caption: str | None, credit: str) -> None:
    says(only(f'<figure>{WALL}<p class="photo_source">{words}</p></figure>'), caption, credit)


@pytest.mark.parametrize("count", ["<span>1 / 2</span>", '<span class="slide-count">1</span>', "<b>1/12</b>"])
def test_which_slide_it_is_is_no_caption(count: str) -> None:
    says(
        only(f"<figure>{WALL}<figcaption>{count}<span>{SAYS}</span> <i>Photo: {NAME}</i></figcaption></figure>"),
        SAYS,
        f"Photo: {NAME}",
    )


def test_numbers_of_a_sentence_are_of_the_caption() -> None:
    for words in ("About <b>3/4</b> of it stood in <span>1931</span>.", "<b>3/4</b> of it stood in <i>1931</i>."):
        said = "".join(words.replace("<", ">").split(">")[::2])
        says(only(f"<figure>{WALL}<figcaption>{words}</figcaption></figure>"), said, None)


def test_what_is_said_in_one_entry_of_a_gallery_is_said_of_its_picture() -> None:
    entry = "<dl class=gallery-item><dt>{}</dt><dd class=wp-caption-text>The wall</dd></dl>"
    other = "<dl class=gallery-item><dt>{}</dt></dl>"
    read = page(f"<div class=gallery>{entry.format(ONE)}{other.format(TWO)}</div>")
    assert told(read) == [("slide-one", "The wall", None), ("slide-two", None, None)]
    read = page(f"<div class=gallery><dl>{ONE}</dl><dl>{TWO}</dl><p class=caption>The wall</p></div>")
    assert told(read) == [("slide-one", "The wall", None), ("slide-two", "The wall", None)]


def test_a_credit_below_a_gallery_is_of_all_its_pictures() -> None:
    views = "".join(f"<figure>{img}<figcaption>View {n}</figcaption></figure>" for n, img in enumerate((ONE, TWO)))
    gallery = f"<figure>{views}<figcaption>{{}}</figcaption></figure>"
    assert told(page(gallery.format("Photos: Ana Ruiz"))) == [
        ("slide-one", "View 0", "Photos: Ana Ruiz"),
        ("slide-two", "View 1", "Photos: Ana Ruiz"),
    ]
    assert told(page(gallery.format("The wall from both sides")))[0] == ("slide-one", "View 0", None)


@pytest.mark.parametrize(
    ("box", "inner", "caption"),
    [
        ("wp-block-cover", "wp-block-cover__inner-container", None),
        ("wp-block-media-text", "wp-block-media-text__content", None),
        ("media-box", "media-box__words", SAYS),
    ],
)
def test_text_on_a_picture_or_beside_it_is_no_caption(box: str, inner: str, caption: str | None) -> None:
    says(only(f'<div class="{box}">{WALL}<div class="{inner}"><p>{SAYS}</p></div></div>'), caption, None)


def test_words_that_may_be_expanded_are_no_button() -> None:
    shown = "<figure>{}<figcaption><div class={}><p>{}</p></div><small>Ana Ruiz/AFP</small></figcaption></figure>"
    says(only(shown.format(WALL, "expandable", "The wall at noon.")), "The wall at noon.")
    says(only(shown.format(WALL, "expand-caption", "The whole text")), None)


def test_names_that_only_a_style_sheet_keeps_apart_are_two() -> None:
    shown = "<figure>{}<figcaption><p>{}</p><span class=author>Ana {}</span><span class=source>{}</span></figure>"
    says(only(shown.format(WALL, SAYS, "Ruiz", "East News")), SAYS, "Ana Ruiz East News")
    says(only(shown.format(WALL, SAYS, "Ruiz", "/AFP")), SAYS, "Ana Ruiz/AFP")
    inner = "<figure>{}<figcaption><p>{}</p><span class=credit>Ana <b>Mc</b>Coy/AFP</span></figure>"
    says(only(inner.format(WALL, SAYS)), SAYS, "Ana McCoy/AFP")


LABELLED = '<span role=text><span class="visually-hidden">Image {}, </span>{}</span>'


def test_a_label_that_is_only_spoken_tells_the_credit() -> None:
    below = f"<div><figcaption>{SAYS}</figcaption></div>"
    shown = "<figure><div class=block><div class=image>{}{}</div></div>{}</figure>"
    says(only(shown.format(WALL, LABELLED.format("source", "Tenbrook family"), below)), SAYS, "Tenbrook family")
    says(only(shown.format(WALL, LABELLED.format("description", "Tenbrook family"), below)), SAYS, None)


def test_a_caption_may_stand_outside_the_inner_boxes_of_its_figure() -> None:
    shown = "<figure><div><div><div>{}<span>EPA</span></div></div></div>{}<figcaption>{}</figcaption></figure>"
    says(only(shown.format(WALL, "", SAYS)), SAYS, "EPA")
    assert told(page(shown.format(WALL, ONE, SAYS)))[0] == ("wall-monday", None, "EPA")


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("A baker at her counter [Ana Ruiz/Gulf Wire]", "Ana Ruiz/Gulf Wire"),
        ("A baker at her counter [flour/water]", None),
        ("A drawing of the wall (Sea Star/Marcelo Regueira)", "Sea Star/Marcelo Regueira"),
        ("A drawing of the wall (Ana Ruiz/SPD)", None),
        ("The two that play (Ana Ruiz/Marta Gil)", None),
        ("Where the train goes (Sankt Pölten/Wien)", None),
        ("Tides in February. (Image by author)", "Image by author"),
        ("説明会で話す市の担当者＝遠見市提供", "遠見市提供"),
        ("停止した堤防工事の現場＝2025年2月10日、遠見市", None),
        ("Men unload stone at the wall on Tuesday.—Sea Star", "Sea Star"),
        ("“Nobody asked us before it came.”—Marla Tenbrook", None),
        ("Men unload stone at the wall.—But nobody saw it", None),
        ("An engineer speaks to reporters. — Photo by author", "Photo by author"),
        ("An engineer speaks to reporters on a photo by author", None),
        ("The wall at noon, February 10. SEAWIRE/Ana Ruiz", "SEAWIRE/Ana Ruiz"),
        ("The wall at noon, February 10. NORTH/South", None),
        (
            "The wall at noon. Municipality of Oldtown/Handout via SEAWIRE",
            "Municipality of Oldtown/Handout via SEAWIRE",
        ),
        ("The wall at noon. Municipality of Oldtown/Port of Oldtown", None),
        ("Piekarnia na rogu (fot. archiwum prywatne)", "fot. archiwum prywatne"),
        ("Piekarnia na rogu (prom. archiwum miasta)", None),
        ("A map of the harbour OpenStreetMap", None),
        ("The wall has stood since January. (Ana Ruiz/GWN)", "Ana Ruiz/GWN"),
        ("The wall has stood since January. (Ebb/Flood)", None),
        ("A senator walks to the harbour. | Aveline Ruiz/SEAWIRE", "Aveline Ruiz/SEAWIRE"),
        ("A senator walks to the harbour. | Old Town/Newtown", None),
        ("The wall at noon. — AVELINE RUIZ/The Star", "AVELINE RUIZ/The Star"),
        ("The wall at noon. — From Oldtown/Newtown", None),
        ("海灣鎮堤牆停工。記者王小明/攝影", "記者王小明/攝影"),
        ("海灣鎮堤牆停工。很多人去攝影", None),
        ("海灣鎮堤牆停工。中央社記者王小明攝 114年2月11日", "中央社記者王小明攝"),
        ("海灣鎮堤牆停工 114年2月11日", None),
        ("街角的面包店(受访者供图)", "受访者供图"),
        ("街角的面包店(提供)", None),
        ("주민들이 모여 있다. 노을찬 선임기자 chan@sea.example", "노을찬 선임기자"),
        ("주민들이 모여 있다. 문의 chan@sea.example", None),
        ("빵집을 운영하는 노을찬씨. 가람군 제공", "가람군 제공"),
        ("빵집을 운영하는 노을찬씨 /가람군 제공", "가람군 제공"),
        ("빵집에서 빵과 /우유를 주민들에게 무료로 제공", None),
        ("빵집이 다시 열었다. 주민들에게 빵을 무료로 제공", None),
    ],
)
def test_where_a_credit_begins(words: str, credit: str | None) -> None:
    cut = split_caption(words)
    assert (words[slice(*cut.credit)] if cut.credit else None) == credit
    assert cut.caption is not None


@pytest.mark.parametrize(
    ("link", "caption"),
    [
        ("Purchase Licensing Rights", "The wall at noon, February 10."),
        ("Fotogalerie (12)", "The wall at noon, February 10."),
        ("the old harbour (12)", "The wall at noon, February 10. Ana Ruiz/AFP the old harbour (12)"),
    ],
)
def test_a_link_to_elsewhere_is_no_part_of_a_caption(link: str, caption: str) -> None:
    words = f'The wall at noon, February 10. {NAME} <a href="/x">{link}</a>'
    figure = only(f"<figure>{WALL}<p class=caption>{words}</p></figure>")
    assert figure.caption and figure.caption.value == caption


@pytest.mark.parametrize(
    ("words", "caption", "credit"),
    [
        (
            "(서울=연합뉴스) 노을찬 기자 = 11일 방파제가 보이고 있다.",
            "11일 방파제가 보이고 있다.",
            "(서울=연합뉴스) 노을찬 기자",
        ),
        ("(서울=연합뉴스) 방파제 = 11일 보이고 있다.", "(서울=연합뉴스) 방파제 = 11일 보이고 있다.", None),
        ("Quelle: Stadt Nordhaven; Grafik: Hörblatt", None, "Quelle: Stadt Nordhaven; Grafik: Hörblatt"),
        ("Illustration: Ana Ruiz/Sea Star", None, "Illustration: Ana Ruiz/Sea Star"),
        ("Illustration: the harbour in spring", "Illustration: the harbour in spring", None),
        ("Portrait: Ana Ruiz", "Portrait: Ana Ruiz", None),
        ("Streit: der Hafen; Foto: Jorit Wendelken", "Streit: der Hafen", "Foto: Jorit Wendelken"),
    ],
)
def test_credits_before_the_words_and_nothing_but_credits(words: str, caption: str | None, credit: str | None) -> None:
    cut = split_caption(words)
    assert tuple(words[slice(*part)] if part else None for part in cut[:2]) == (caption, credit)


def test_a_headline_of_few_signs_is_a_headline() -> None:
    card = '<div><a href="/gulls"><img src="/wall-monday.jpg" alt=""><p>{}</p></a></div>'
    assert not page(card.format("港口堤墙将重建")).article
    assert page(card.format("图1")).article
    assert page(card.format("At sea")).article


def test_a_story_is_seen_one_screen_at_a_time() -> None:
    screen = '<amp-story-page><amp-img src="/{}.jpg" width="720" height="1280"></amp-img><p>Gulls</p></amp-story-page>'
    story = f"<amp-story><h1>Harbour wall</h1>{''.join(map(screen.format, ('one', 'two', 'three')))}</amp-story>"
    whole = f'<html><head><meta property="og:image" content="/one.jpg"></head><body>{story}</body></html>'
    assert [f.region for f in read_html(whole, "x").article] == [Region.LEAD, Region.GALLERY, Region.GALLERY]
    whole = whole.replace("-page", "-box")
    assert Region.GALLERY not in [f.region for f in read_html(whole, "x").article]


def test_a_link_that_says_who_took_the_picture_also_says_what_is_seen() -> None:
    link = f'<a href="/large/7" data-title="The lock in 1960" {{}}>{WALL}</a>'
    says(only(link.format('data-photographer="Ana Ruiz"')), "The lock in 1960", "Ana Ruiz")
    says(only(link.format("")), None, None)


@pytest.mark.parametrize(
    ("words", "caption", "credit"),
    [
        (
            "<span>The baker at her counter, on Monday.</span><span>L. U.</span>",
            "The baker at her counter, on Monday.",
            "L. U.",
        ),
        (
            "<span>The baker at her counter came from the</span> <span>U. S.</span>",
            "The baker at her counter came from the U. S.",
            None,
        ),
        ("<span>The baker</span><span>A. M.</span>", "The baker A. M.", None),
    ],
)
def test_initials_in_an_element_of_their_own_are_a_credit(words: str, caption: str, credit: str | None) -> None:
    figure = only(f"<figure>{WALL}<figcaption>{words}</figcaption></figure>")
    assert figure.caption and " ".join(figure.caption.value.split()).replace("bakerA", "baker A") == caption
    assert (figure.credit.raw if figure.credit else None) == credit


# A credit that its last word closes stands before the caption, as in Lithuania


@pytest.mark.parametrize(
    ("thanks", "seen"),
    [("Lea Orban / BNS nuotr.", "Krantinė auštant"), ("Asmeninio archyvo nuotr.", "Paula Orban")],
)
def test_a_closed_credit_may_stand_before_the_caption(thanks: str, seen: str) -> None:
    parts = f"<span>{thanks}</span><span> / </span><span>{seen}</span>"
    says(only(f'<div>{ONE}<div class="image-author">{parts}</div></div>'), seen, thanks)
    says(only(f"<figure>{ONE}<figcaption>{parts}</figcaption></figure>"), seen, thanks)


def test_a_credit_behind_the_caption_may_be_closed_too() -> None:
    parts = "<span>Krantinė auštant</span><span> / </span><span>Lea Orban / BNS nuotr.</span>"
    says(only(f"<figure>{ONE}<figcaption>{parts}</figcaption></figure>"), "Krantinė auštant", "Lea Orban / BNS nuotr.")


def test_a_link_to_more_of_the_picture_is_a_button() -> None:
    more = '<figure>{}<figcaption><p>{}</p><a href="/pictures/7">{}</a><p class="credit">Ana Ruiz/AFP</p></figcaption></figure>'
    says(only(more.format(ONE, SAYS, "View <i>more</i>")))
    says(only(more.format(ONE, SAYS, "View more of the wall")), f"{SAYS} View more of the wall")


@pytest.mark.parametrize(
    ("said", "credit"),
    [("Harbour Desk", None), ("BNS", None), ("Photo: Ana Ruiz", "Photo: Ana Ruiz"), ("© Ana Ruiz", "© Ana Ruiz")],
)
def test_in_one_row_with_a_date_stands_where_the_text_is_from(said: str, credit: str | None) -> None:
    row = f'<div class="row"><span class="source-name">{said}</span><time>11 February 2025, 08:30</time></div>'
    body = f"<main><h1>Harbour wall</h1><div>{ONE}</div>{row}<div>{PROSE}{PROSE}</div></main>"
    (figure,) = read_html(f"<html><head>{OPENS}</head><body>{body}</body></html>", "x").article
    says(figure, None, credit)


def test_a_date_below_a_credit_is_no_row_with_it() -> None:
    under = '<div class="source-name">Ana Ruiz/AFP</div><div><time>11 February 2025, 08:30</time></div>'
    says(only(f"<div>{ONE}{under}</div>"), None)


def test_an_element_may_say_for_whom_a_picture_was_made() -> None:
    said = f"<figure>{ONE}<figcaption><span>{SAYS}</span><span>{{}}</span></figcaption></figure>"
    says(only(said.format("Corina Orban für Seestern")), credit="Corina Orban für Seestern")
    assert only(said.format("It was built for the harbour")).credit is None


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Quelle: Seestern", "Quelle: Seestern"),
        ("Zdroj: ČT24", "Zdroj: ČT24"),
        ("Quelle: dpa", "Quelle: dpa"),
        ("Source: World Bank", "Source: World Bank"),
        ("Source: a letter that was found in the wall", None),
        ("Picture: The wall before the storm", None),
    ],
)
def test_a_line_of_a_figcaption_may_name_the_source(line: str, credit: str | None) -> None:
    figure = only(f"<figure>{ONE}<figcaption><p>{SAYS}</p><div>{line}</div></figcaption></figure>")
    says(figure, SAYS if credit else f"{SAYS} {line}", credit)
    below = only(f"<figure>{ONE}<figcaption>{SAYS}</figcaption></figure><p>{line}</p>")
    assert below.credit is None
