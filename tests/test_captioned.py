"""Captions in plain text and Markdown, told by the credit or the alt text beside them."""

import pytest

from attrib.read.plaintext import read_text

SAYS = "The market in Ghent on Saturday, where cheese is sold by the wheel."
TEXT = (
    "A headline\n\nNobody knew why the ferry left an hour late.\n\n{}\n\nIt came back at noon, with nobody on board.\n"
)


def captions(text, **options):
    return [
        (f.caption.value if f.caption else None, f.credit.raw if f.credit else None)
        for f in read_text(text, "a.txt", **options).figures
    ]


@pytest.mark.parametrize(
    ("lines", "credit"),
    [
        (f"{SAYS} Foto: Privat", "Foto: Privat"),
        (f"{SAYS} (Picture: Port of Ghent)", "Picture: Port of Ghent"),
        (f"{SAYS} © Port of Ghent", "© Port of Ghent"),
        (f"{SAYS} Bildquelle: EU-Kommission", "Bildquelle: EU-Kommission"),
        (f"{SAYS}\n\n(Foto: Lars Ek/dpa)", "(Foto: Lars Ek/dpa)"),
        (f"{SAYS}\n\n(Image credit: Port of Ghent)", "(Image credit: Port of Ghent)"),
        (f"{SAYS}\nFoto: Lars Ek/dpa", "Foto: Lars Ek/dpa"),
        (f"{SAYS}\n© Lars Ek/dpa", "© Lars Ek/dpa"),
        (f"{SAYS} (\n\nImage: Lars Ek/dpa)", "Image: Lars Ek/dpa"),
        (f"{SAYS} (\n\nImage:\n\nLars Ek/dpa)", "Lars Ek/dpa"),
    ],
)
def test_a_caption_is_told_by_its_credit(lines, credit):
    text = TEXT.format(lines)
    assert captions(text) == [(SAYS, credit)]
    (figure,) = read_text(text, "a.txt").figures
    assert text[slice(*figure.caption.span)] == SAYS


@pytest.mark.parametrize(
    "lines",
    [
        f"{SAYS} © 2024 Port of Ghent",  # whose site this is
        f"{SAYS} © Port of Ghent. All rights reserved.",
        f"{SAYS}\n\nFoto: Lars Ek/dpa",  # of a picture without a caption, it may be
        f"{SAYS}\n\nLars Ek/dpa",
        f"{SAYS} {SAYS} {SAYS} {SAYS}\n\n(Foto: Lars Ek/dpa)",
        f"Nobody knew.\n{SAYS}\nFoto: Lars Ek/dpa",
        f"{SAYS} (\n\nThe ferry left an hour late)",
        "https://port.example/market/cheese/by-the-wheel\nFoto: Lars Ek/dpa",
        f"{SAYS}\nQuelle: dpa",
        f"{SAYS}\nPhotos by Lars Ek",  # whose all pictures of the article are
    ],
)
def test_words_before_a_credit_that_may_be_of_another_picture_are_no_caption(lines):
    assert [caption for caption, _ in captions(TEXT.format(lines)) if caption] == []


@pytest.mark.parametrize(
    ("alt", "below", "caption"),
    [
        (SAYS, SAYS, SAYS),
        (SAYS, f"{SAYS} A wheel weighs nine kilos.", f"{SAYS} A wheel weighs nine kilos."),
        (f"{SAYS} Seen from above.", SAYS, SAYS),
        ("Market", SAYS, None),
        ("Mayor Ines de Vries of Ghent", f"Mayor Ines de Vries of Ghent said on Monday that {SAYS}", None),
        (SAYS, "The ferry left an hour late, and nobody on board knew why.", None),
        (SAYS.rstrip("."), SAYS.rstrip("."), None),  # as headlines below the pictures of teasers are
    ],
)
def test_a_line_that_says_what_the_alt_text_says_is_the_caption(alt, below, caption):
    assert captions(f"![{alt}](market.jpg)\n\n{below}\n", markdown=True) == [(caption, None)]


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Cheese from the farms near the port is sold by the wheel (Lars Ek/The Port Herald)", True),
        ("Cheese from the farms near the port is sold by the wheel, Reuters/Portwatch poll finds", False),
    ],
)
def test_below_a_picture_a_credit_may_be_likely(line, caption):
    found = captions(f"![](market.jpg)\n\n{line}\n", markdown=True)
    assert [bool(words) for words, _ in found] == [caption]
