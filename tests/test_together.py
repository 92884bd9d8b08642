"""Words between and behind several pictures: captions in a list, a credit of all, one picture with two captions."""

import pytest

from .test_families import NAME, ONE, TWO, WALL, told
from .test_read_page import PROSE, page

THREE = '<img src="/slide-three.jpg">'
FIGURES = "".join(f"<figure>{img}</figure>" for img in (ONE, TWO, THREE))


def listed(*words: str, tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{said}</li>' for said in words)}</{tag}>"


@pytest.mark.parametrize(
    "pictures", [FIGURES, f'<div class="row">{ONE}{TWO}{THREE}</div>', f"<p>{ONE}</p><p>{TWO}</p>{THREE}"]
)
@pytest.mark.parametrize(
    "words",
    [
        ("1. The wall.", "2. The sea.", "3. The storm."),
        ("Bild 1: The wall.", "Bild 2: The sea.", "Bild 3: The storm."),
        ("(1) The wall.", "(2) The sea.", "(3) The storm."),
    ],
)
def test_a_list_of_numbered_captions_is_parted(pictures: str, words: tuple[str, ...]) -> None:
    wanted = [(f"slide-{n}", said, None) for n, said in zip(("one", "two", "three"), words, strict=True)]
    assert told(page(pictures + listed(*words))) == wanted
    assert told(page(pictures + listed(*reversed(words)))) == wanted


def test_a_list_of_captions_with_their_credits_is_in_order() -> None:
    read = page(
        FIGURES + listed("The wall. Photo: Ana Ruiz/AFP", "The sea. Photo: Ben Ode/AP", "Rain. Photo: Cem Tal/AP")
    )
    assert told(read) == [
        ("slide-one", "The wall.", "Photo: Ana Ruiz/AFP"),
        ("slide-two", "The sea.", "Photo: Ben Ode/AP"),
        ("slide-three", "Rain.", "Photo: Cem Tal/AP"),
    ]
    for figure in read.article:
        assert figure.caption and figure.caption.span
        assert read.text[slice(*figure.caption.span)] == figure.caption.value


ALT = "Fishermen at the harbour wall on Monday"


@pytest.mark.parametrize(
    "words",
    [
        "Fishermen at the old harbour wall, on Monday morning",
        "Above, fishermen at the harbour wall on Monday; right, the sea behind it",
        f"{ALT}. {'They came in the morning and left at night. ' * 7}".strip(),
    ],
)
def test_the_one_item_of_a_list_that_says_what_the_alt_text_says_is_the_caption(words: str) -> None:
    figure = f'<figure><img src="/wall-monday.jpg" alt="{ALT}"></figure>'
    assert told(page(figure + listed(f"<p>{words}</p>"))) == [("wall-monday", words, None)]


def test_the_one_item_of_a_list_may_be_the_caption_of_all() -> None:
    words = "Clockwise from top: the wall; the sea; the storm."
    assert [caption for _, caption, _ in told(page(FIGURES + listed(words)))] == [words] * 3


@pytest.mark.parametrize(
    "words", ["The wall is closed on Monday.", "From Monday on: the wall is closed.", "Harbour wall"]
)
def test_the_one_item_of_another_list_is_no_caption(words: str) -> None:
    figure = f'<figure><img src="/wall-monday.jpg" alt="{ALT}"></figure>'
    assert told(page(figure + listed(words))) == [("wall-monday", None, None)]


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_a_list_inside_a_caption_is_parted(tag: str) -> None:
    said = listed("The wall.", "The sea.", tag=tag)
    read = page(f"<figure>{ONE}{TWO}<figcaption>{said} Photos: {NAME}</figcaption></figure>")
    assert told(read) == [("slide-one", "The wall.", f"Photos: {NAME}"), ("slide-two", "The sea.", f"Photos: {NAME}")]


@pytest.mark.parametrize(
    "below",
    [
        listed("The wall.", "The sea.", "The storm."),  # a list of the text
        listed("1. The wall.", "2. The sea."),
        listed("1. The wall.", "2. The sea.", "2. The storm."),
        listed("The wall. Photo: Ana Ruiz/AFP", "The sea.", "The storm."),
        "<p>They came in the morning.</p>" + listed("1. The wall.", "2. The sea.", "3. The storm."),
        listed(*(f'<a href="/{n}">{n}. What to know</a>' for n in (1, 2, 3))),  # what else is read
    ],
)
def test_other_lists_below_pictures_are_no_captions(below: str) -> None:
    assert [caption for _, caption, _ in told(page(FIGURES + below))] == [None, None, None]


@pytest.mark.parametrize(
    ("pictures", "credit"),
    [
        (f'<div class="gallery"><figure>{ONE}</figure><figure>{TWO}</figure></div>', f"Copyright: {NAME}"),
        (f'<figure class="wp-block-gallery"><figure>{ONE}</figure><figure>{TWO}</figure></figure>', f"Foto: {NAME}"),
        (f"<figure>{ONE}</figure><figure>{TWO}</figure>", f"Photos by {NAME}"),
        (f"<p>{ONE}</p><p>{TWO}</p>", f"Fotos: {NAME}"),
        (f"<p>{ONE}</p><p>{TWO}</p>", f"Alle Bilder: {NAME}"),
        (f"<p>{ONE}</p><p>{TWO}</p>", f"Tutte le foto: {NAME}"),
    ],
)
def test_the_credit_behind_pictures_is_of_all(pictures: str, credit: str) -> None:
    read = page(f"{pictures}<p>{credit}</p>")
    assert told(read) == [("slide-one", None, credit), ("slide-two", None, credit)]


def test_captions_of_a_gallery_share_the_credit_behind_it() -> None:
    slides = f"<figure>{ONE}<figcaption>The wall.</figcaption></figure><figure>{TWO}<figcaption>The sea.</figcaption></figure>"
    read = page(f'<div class="gallery">{slides}</div><p>Foto: {NAME}</p>')
    assert told(read) == [("slide-one", "The wall.", f"Foto: {NAME}"), ("slide-two", "The sea.", f"Foto: {NAME}")]


@pytest.mark.parametrize(
    ("markup", "first"),
    [
        (f"<figure>{ONE}</figure><figure>{TWO}</figure><p>Photo: {NAME}</p>", None),  # of one
        (f"<figure>{ONE}</figure><figure>{TWO}<figcaption>Two views. Photos: {NAME}</figcaption></figure>", None),
        (f"<figure>{ONE}</figure><h2>Sea</h2><figure>{TWO}</figure><p>Photos: {NAME}</p>", None),
        (f"<figure>{ONE}</figure>{PROSE}<figure>{TWO}</figure><p>Photos: {NAME}</p>", None),
        (
            f"<figure>{ONE}<p>Photo: Cem Tal/AP</p></figure><figure>{TWO}</figure><p>Photos: {NAME}</p>",
            "Photo: Cem Tal/AP",
        ),
    ],
)
def test_the_credit_of_one_picture_is_no_other_s(markup: str, first: str | None) -> None:
    assert told(page(markup))[0][2] == first


def test_words_behind_a_gallery_are_no_credit() -> None:
    row = f'<div class="row">{ONE}{TWO}</div>'
    for words in (f"Photos: {NAME} shows how the sea took the wall.", "Getty Images", "By Ana Ruiz"):
        assert [credit for *_, credit in told(page(f"{row}<p>{words}</p>"))] == [None, None]


# One picture, shown twice

SMALL = '<img src="/wall-monday-800x600.jpg">'
THEN, NOW = "The wall in 1953.", "The wall today."


@pytest.mark.parametrize("img", [WALL, SMALL])
@pytest.mark.parametrize(
    "block",
    [
        "<div>{img}</div><p class='caption'>{words}</p>",
        "<p>{img}</p><p><em>{words}</em></p>",
        "<div>{img}<p>{words}</p></div>",
        "<div>{img}<small>{words}</small></div>",
    ],
)
def test_a_picture_with_two_captions_is_shown_twice(img: str, block: str) -> None:
    read = page(block.format(img=WALL, words=THEN) + block.format(img=img, words=NOW))
    assert [caption for _, caption, _ in told(read)] == [THEN, NOW]


def test_each_of_two_captions_keeps_its_credit() -> None:
    read = page(f"<p>{WALL}</p><p>{THEN} Photo: {NAME}</p><p>{WALL}</p><p>{NOW} Photo: Ben Ode/AP</p>")
    assert told(read) == [("wall-monday", THEN, f"Photo: {NAME}"), ("wall-monday", NOW, "Photo: Ben Ode/AP")]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{WALL}</p><p>{THEN}</p><p>{SMALL}</p><p>{NOW}</p>",  # the second line may be text
        f"<p>{WALL}</p><p class=caption>{THEN}</p><p>{SMALL}</p><p>{NOW}</p>",
        f"<p>{WALL}</p><p class=caption>{THEN}</p><p>{SMALL}</p><p class=caption>{THEN}</p>",
        f"<p>{WALL}</p><p class=caption>{THEN}</p><p>{SMALL}</p><p class=caption>{THEN} Photo: {NAME}</p>",
        f"<p>{WALL}</p><p>{THEN} Photo: {NAME}</p><p>{SMALL}</p><p>{THEN}</p>",
    ],
)
def test_a_rendition_below_the_caption_is_no_second_picture(markup: str) -> None:
    assert len(page(markup).article) == 1
