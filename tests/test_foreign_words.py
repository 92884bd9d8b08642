"""Words beside a picture that are no caption and no credit, each kind once, as it was misread, on an invented page."""

import pytest

from attrib.read.credit import looks_like_credit
from attrib.read.page import read_html

from .test_families import NAME, WALL, told
from .test_read_page import PROSE, SAYS, only, page, says

# Captions


@pytest.mark.parametrize("words", ["15 August 2016, 13:43", "15.08.2016", "Monday, 2016-08-15 13:43"])
def test_a_date_is_no_caption(words: str) -> None:
    box = f'<div class="photo-text"><span class="author">Photo: {NAME}</span><span class="photo-date">{words}</span></div>'
    says(only(f"<div>{WALL}{box}</div>"), None, f"Photo: {NAME}")
    says(only(f"<div>{WALL}<p>{words}</p></div>"), None, None)


@pytest.mark.parametrize("price", ["4,80 €", "4,80€ 10,80€", "$12"])
def test_a_price_is_no_caption(price: str) -> None:
    body = f"<main><h1>Harbour wall</h1><div>{WALL}<p>{price}</p></div>{PROSE}{PROSE}</main>"
    says(read_html(f"<body>{body}</body>", "x").article[0], None, None)


@pytest.mark.parametrize("date", ["", "<p>Thursday, November 9, 2023 7:35AM</p>"])
def test_a_byline_with_a_name_like_a_house_is_no_credit(date: str) -> None:
    byline = f'<div><div>By<a href="/x">A.B. Stone</a></div>{date}</div>'
    portrait = '<div><img src="/wall-monday.jpg" alt="A.B. Stone"></div>'
    body = f"<main><h1>Harbour wall</h1><div><div>{portrait}{byline}</div></div>{PROSE}{PROSE}</main>"
    assert not read_html(f"<body>{body}</body>", "x").article


def test_a_year_is_a_caption() -> None:
    says(only(f"<figure>{WALL}<figcaption>1953</figcaption></figure>"), "1953", None)


def test_a_heading_on_a_background_is_no_caption() -> None:
    style = 'style="background-image: url(/wall-monday.jpg)"'
    body = f"<main><h1>Harbour wall</h1><header {style}><div><h2>Walls of the coast</h2></div></header>{PROSE}{PROSE}</main>"
    says(read_html(f"<body>{body}</body>", "x").article[0], None, None)


def test_a_credit_printed_and_hidden_is_no_caption() -> None:
    img = '<img src="/wall-monday.jpg" alt="Wall" title="Harbour wall (Screenshots: Coastcam/ harbourwall)">'
    says(
        only(f"<figure>{img}<figcaption>Screenshots: Coastcam/ harbourwall</figcaption></figure>"),
        None,
        "Screenshots: Coastcam/ harbourwall",
    )


def test_words_on_advertisements_are_no_caption() -> None:
    said = f'<div class="ad-feedback-link"><div>Video Ad Feedback</div></div><div>{SAYS}</div>'
    says(only(f'<div class="media"><div>{WALL}</div><div class="caption">{said}</div></div>'), SAYS, None)


def test_a_link_to_more_stories_is_no_caption() -> None:
    link = '<a href="/guide"><strong>&gt;&gt; Mehr zum Thema Hafen</strong></a>'
    figure = only(f"<figure>{WALL}<figcaption><p>{SAYS} {link}</p><span> Foto: {NAME}</span></figcaption></figure>")
    says(figure, SAYS, f"Foto: {NAME}")


def test_the_name_of_a_slide_is_no_caption() -> None:
    head = "<div><div><span>2</span><span>/</span><span>5</span></div><h2>Old stones</h2></div>"
    said = f'<p itemprop="caption description">{SAYS}<br><em>Image credit: www.wall.example.com/in/</em></p><div class="imgCourtesy">{NAME}</div>'
    item = f"<section class=slides><div><img src=/slide-two.jpg alt='Old stones'></div>{head}{said}</section>"
    assert told(page(item)) == [("slide-two", SAYS, NAME)]


@pytest.mark.parametrize(
    "word",
    ["Legende: ", "Bildunterschrift: ", "Caption: ", "Légende : ", "Pie de foto: ", "Didascalia: ", "Bildtext: ",
     "<b>Bijschrift:</b> ", "<span>Image caption, </span>", "Подпись к фото, ", "توضیح تصویر، ", "图像加注文字，"],
)  # fmt: skip
def test_the_word_that_says_what_follows_is_the_caption_is_not_in_it(word: str) -> None:
    for markup in (
        f"<figure>{WALL}<figcaption>{word}{SAYS}</figcaption></figure>",
        f"<div>{WALL}<p>{word}{SAYS}</p></div>",
    ):
        read = page(markup)
        figure = read.article[0]
        says(figure, SAYS, None)
        assert figure.printed and figure.printed.value != SAYS  # as printed, with its word
        assert figure.caption and figure.caption.span and read.text[slice(*figure.caption.span)] == SAYS
    behind = only(f"<figure>{WALL}<figcaption>{word}{SAYS} Foto: {NAME}</figcaption></figure>")
    says(behind, SAYS, f"Foto: {NAME}")


@pytest.mark.parametrize(
    "words",
    ["Caption", "Legende:", "Caption this: the wall on Monday.", "Legend: the wall on Monday.", "The caption: a wall.",
     "Legende, the village behind the wall.", "Wall: the caption", "A legende: the wall."],
)  # fmt: skip
def test_other_words_before_a_colon_are_of_the_caption(words: str) -> None:
    says(only(f"<figure>{WALL}<figcaption>{words}</figcaption></figure>"), words, None)


# Credits


@pytest.mark.parametrize(
    "word",
    ["Image source,", "Kaynak,", "Crédito,", "Fuente de la imagen,", "Nguồn hình ảnh,", "Chanzo cha picha,",
     "Sumber gambar,", "Автор фото,", "Аутор фотографије,", "صدر الصورة،", "منبع تصویر،", "د عکس سرچینه،",
     "تصویر کا ذریعہ،", "इमेज स्रोत,", "फोटो स्रोत,", "ছবির উৎস,", "ઇમેજ સ્રોત,", "ਤਸਵੀਰ ਸਰੋਤ,", "பட மூலாதாரம்,",
     "ఫొటో సోర్స్,", "ඡායාරූප මූලාශ්‍රය,", "ที่มาของภาพ,", "ဓာတ်ပုံ ရင်းမြစ်,", "የፎቶው ባለመብት,", "ምንጪ ስእሊ,",
     "Oríṣun àwòrán,", "Ebe foto si,", "Asalin hoton,", "Wia dis foto come from,", "Şəklin mənbəyi,", "Сурат манбаси,",
     "Сүрөттүн булагы,", "图像来源，", "圖像來源，", "画像提供,", "사진 출처,"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Getty Images", "Ana Ruiz"])
@pytest.mark.parametrize("hidden", ["visually-hidden", "m04vo2"])
def test_the_house_behind_a_word_for_source_is_the_credit(word: str, name: str, hidden: str) -> None:
    credit = f'<p class="x1"><span class="{hidden}">{word} </span>{name}</p>'
    figure = only(f"<figure><div>{WALL}{credit}</div><figcaption><p>{SAYS}</p></figcaption></figure>")
    assert figure.caption and figure.caption.value == SAYS
    assert figure.credit and [p.name for p in figure.credit.parties] == [name]


@pytest.mark.parametrize(
    "words", ["Kaynak: Getty Images", "Source, Getty Images", "Kaynak, the spring behind the wall"]
)
def test_what_may_say_where_a_text_is_from_is_no_credit(words: str) -> None:
    assert looks_like_credit(words) is None
    says(only(f"<div>{WALL}<p>{words}</p></div>"), words, None)


@pytest.mark.parametrize(
    "words",
    [
        'Rural scene near <a href="/wiki/Oldtown">Oldtown</a>',
        'The harbour of <a href="/wiki/Oldtown">Oldtown</a>, the isles and <a href="/wiki/Westwall">Westwall</a>',
        'A long wall of stone, a harbour, <a href="/wiki/Westwall">Westwall</a>',
        'The ferry Storm, 40 m | built in 1953 | <a href="https://ferry.example/">Hersteller-Website</a>',
    ],
)
def test_a_link_in_a_caption_is_no_credit(words: str) -> None:
    figure = only(f"<figure>{WALL}<figcaption>{words}</figcaption></figure>")
    assert figure.credit is None
    assert figure.caption and figure.caption.value.endswith(("Oldtown", "Westwall", "Hersteller-Website"))


@pytest.mark.parametrize(
    "words",
    [
        f'<span>{SAYS}</span> <strong>Foto:</strong> <span class="credit" itemprop="copyrightHolder">Ana Ruiz</span>',
        f"<span>{SAYS}</span> <b>Foto: </b><i class=credit>Ana Ruiz</i>",
    ],
)
def test_the_word_before_a_credit_is_of_the_credit(words: str) -> None:
    says(only(f"<figure>{WALL}<figcaption>{words}</figcaption></figure>"), SAYS, "Foto: Ana Ruiz")


def test_a_name_before_its_address_is_the_credit() -> None:
    words = f"{SAYS} Ana B Ruiz <span class=credit>aruiz@paper.example</span>"
    says(only(f"<figure>{WALL}<figcaption>{words}</figcaption></figure>"), SAYS, "Ana B Ruiz aruiz@paper.example")


def test_a_credit_in_brackets_said_again_is_no_caption() -> None:
    words = "<p class=caption>The wall at dawn (Ana Ruiz)</p><p class=credit>Ana Ruiz</p>"
    says(only(f"<div>{WALL}{words}</div>"), "The wall at dawn", "Ana Ruiz")
