"""Plain text and Markdown: pictures and captions told by lines that meet."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attrib.model import LineKind, Region
from attrib.read.plaintext import read_text
from attrib.read.quote import quote

from .helpers import findings

BLOCK = """A headline

IMG_4711-800x600.jpg

The port of Turku on Thursday morning, before the ferry came in.

Photo: Anna Holm/AFP

The ferry to Stockholm left an hour late, and nobody on board knew why until noon.
"""


def test_a_picture_its_caption_and_its_credit():
    page = read_text(BLOCK, "a.txt")
    (figure,) = page.figures
    assert figure.caption is not None
    assert figure.caption.value == "The port of Turku on Thursday morning, before the ferry came in."
    assert figure.credit is not None
    assert [p.name for p in figure.credit.parties] == ["Anna Holm", "AFP"]
    assert figure.region is Region.LEAD
    assert BLOCK[slice(*figure.caption.span)] == figure.caption.value
    assert figure.credit.at is not None
    assert BLOCK[slice(*figure.credit.at.span)] == figure.credit.raw


def test_running_text_has_no_captions():
    text = "The agency AFP reported it first.\n\nQuelle: AFP\n\nBy Jane Doe\n\n© 2024 Example Media GmbH\n\nSee also: more\n"
    assert [f for f in read_text(text, "a.txt").figures if f.caption] == []


CAPTION = "The port of Turku on Thursday morning, before the ferry came in."


@pytest.mark.parametrize(
    "lines",
    [
        (CAPTION, "hide caption", "toggle caption", "Anna Holm/AFP"),
        (CAPTION, "Anna Holm/AFP", "hide caption", "toggle caption", "Anna Holm/AFP"),
        (CAPTION, "hide title", "Anna Holm/AFP", "toggle title"),
    ],
)
def test_a_button_that_hides_a_caption_tells_one(lines):
    page = read_text("\n\n".join(["A headline", *lines, "The ferry left an hour late."]), "a.txt")
    (figure,) = page.figures
    assert figure.caption is not None and figure.caption.value == CAPTION
    assert figure.credit is not None and figure.credit.raw == "Anna Holm/AFP"
    assert len(figure.lines) == len(lines)


@pytest.mark.parametrize(
    "lines",
    [
        (CAPTION, "Anna Holm/AFP"),
        (CAPTION, "Share", "Anna Holm/AFP"),
        (CAPTION, "Read more", "Anna Holm/AFP", "Share"),
        ("Port", "hide caption", "Anna Holm/AFP"),
        (CAPTION, "hide caption", "Nobody on board knew why until noon.", "Anna Holm/AFP"),
    ],
)
def test_other_labels_tell_no_caption(lines):
    assert not read_text("\n\n".join(["A headline", *lines, "The ferry left an hour late."]), "a.txt").figures


def test_a_caption_that_ends_in_its_credit():
    text = "The market in Ghent on Saturday, where cheese is sold by the wheel. (Photo by Lars Ek/Getty Images)\n"
    (figure,) = read_text(text, "a.txt").figures
    assert figure.caption is not None
    assert figure.caption.value.startswith("The market in Ghent")
    assert figure.credit is not None
    assert figure.credit.agencies[0].canonical == "Getty Images"


def test_a_markdown_picture_with_the_caption_below():
    text = '# Title\n\n![A quay](img/quay.jpg "Quay")\n*The quay at dawn, seen from the ferry.*\n\nFoto: Lars Ek/dpa\n'
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert [i.url for i in figure.images] == ["img/quay.jpg"]
    assert text[slice(*figure.images[0].span)] == "img/quay.jpg"
    assert figure.alt is not None
    assert figure.alt.value == "A quay"
    assert figure.title is not None
    assert figure.title.value == "Quay"
    assert figure.caption is not None
    assert figure.caption.value == "The quay at dawn, seen from the ferry."
    assert figure.credit is not None
    assert figure.credit.raw == "Foto: Lars Ek/dpa"


def test_a_paragraph_before_a_picture_on_its_line_is_no_caption():
    text = "The ferry left late, and nobody knew why.  [![](img/quay.jpg)](img/quay.jpg)\n\nThe quay at dawn, seen from the ferry. (Photo by Lars Ek/dpa)\n"
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert figure.caption is not None
    assert figure.caption.value == "The quay at dawn, seen from the ferry."
    assert figure.credit is not None
    assert [p.name for p in figure.credit.parties] == ["Lars Ek", "dpa"]
    assert text[slice(*figure.caption.span)] == figure.caption.value


def test_the_word_before_a_credit_on_the_next_line_is_not_of_the_caption():
    (figure,) = read_text(
        "![A quay](quay.jpg)\n\nThe quay at dawn, seen from the ferry. Foto:\n\nLars Ek / AP\n", "a.md", markdown=True
    ).figures
    assert figure.caption is not None
    assert figure.caption.value == "The quay at dawn, seen from the ferry."


@pytest.mark.parametrize("word", ["Legende: ", "Pie de foto: ", "Image caption, ", "**Bildunterschrift:** "])
def test_the_word_that_says_that_a_caption_follows_is_not_in_it(word):
    text = f"![A quay](quay.jpg)\n{word}The quay at dawn, seen from the ferry. Foto: Lars Ek/AP\n"
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert figure.caption is not None and figure.caption.value == "The quay at dawn, seen from the ferry."
    assert text[slice(*figure.caption.span)] == figure.caption.value


def test_an_alt_text_like_the_caption_is_no_copy_of_it():
    text = (
        "![The quay at dawn, seen from the ferry](quay.jpg)\n*The quay at dawn, seen from the ferry.* Foto: Lars Ek\n"
    )
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert figure.caption is not None
    assert [line.kind for line in figure.lines] == [LineKind.PICTURE, LineKind.CAPTION]
    assert findings(text, kind="markdown") == []
    again = text + "\n![](quay-800x600.jpg)\n*The quay at dawn, seen from the ferry.* Foto: Lars Ek\n"
    assert "caption-repeated" in [f.rule for f in findings(again, kind="markdown")]


def test_html_in_markdown_is_read_and_its_tags_are_no_words():
    text = """The ferry leaves every forty minutes.

<figure class="wide">
  <img class="a" src='img/deck.jpg' alt="Passengers on deck">
  <figcaption>Passengers on the upper deck.</figcaption>
</figure>

<!-- attrib: allow credit-missing — from the family album -->
<img src="img/quay.jpg">

Foto: <b>Lars Ek</b>/dpa
"""
    page = read_text(text, "a.md", markdown=True)
    deck, quay = page.figures
    assert [text[slice(*f.images[0].span)] for f in page.figures] == ["img/deck.jpg", "img/quay.jpg"]
    assert (str(deck.alt), str(deck.caption), deck.credit) == (
        "Passengers on deck",
        "Passengers on the upper deck.",
        None,
    )
    assert quay.caption is None and quay.credit is not None
    assert quay.credit.raw == "Foto: Lars Ek/dpa"
    assert [str(paragraph) for paragraph in page.paragraphs] == ["The ferry leaves every forty minutes."]


def test_what_is_said_to_a_generator_without_a_picture_is_no_caption():
    text = """{% include quote.html caption="The quay at dawn." credit="Lars Ek/dpa" %}

![A quay](quay.jpg){: .wide title="Quay"}
The quay at dusk, seen from the ferry. (Lars Ek/dpa)
{: .caption}

{{< figure src="b.jpg" title="Noon" caption="" >}}
`{{< figure src="b.jpg" caption="The quay at noon. Foto: Lars Ek/dpa" >}}`

```
{{< figure src="b.jpg" caption="The quay at noon. Foto: Lars Ek/dpa" >}}
```
"""
    page = read_text(text, "a.md", markdown=True)
    assert [str(figure.caption) for figure in page.figures] == ["The quay at dusk, seen from the ferry."]
    assert page.paragraphs == ()
    assert findings(text, kind="markdown") == []


@pytest.mark.parametrize(("mark", "key"), [("---", ":"), ("+++", " =")])
def test_what_a_generator_keeps_at_the_head_is_no_prose(mark, key):
    head = f'{mark}\ntitle{key} "The quay"\nimage{key} quay.jpg\ncaption{key} "The quay at dawn. Foto: Lars Ek/dpa"\n{mark}\n'
    text = head + "\n![A quay](img/quay.jpg)\n\nThe quay at dusk, seen from the ferry. Foto: Lars Ek/dpa\n"
    page = read_text(text, "a.md", markdown=True)
    assert page.title == "The quay"
    told, quay = page.figures
    assert (told.address, str(told.caption), told.credit and told.credit.raw) == (
        "quay.jpg",
        "The quay at dawn.",
        "Foto: Lars Ek/dpa",
    )
    assert text[slice(*told.caption.span)] == "The quay at dawn." and told.region is Region.LEAD
    assert str(quay.caption) == "The quay at dusk, seen from the ferry."
    assert page.paragraphs == ()


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("hero:\n  image: a.jpg\n  alt: A quay\n  legende: 'The quay.' # dawn\n  credits: Lars Ek\n", [("The quay.", "Lars Ek")]),
        ("featuredImage: /a.jpg\nfeaturedImageCaption: The quay.\n", [("The quay.", None)]),
        ("gallery:\n  - src: a.jpg\n    caption: The quay.\n  - src: b.jpg\n    caption: The deck.\n", [("The quay.", None), ("The deck.", None)]),
        ("caption: The quay.\ncredit: Lars Ek\n", []),
        ("image: a.jpg\nalt: A quay\ntags:\n  - photo\n", []),
        ("image: a.jpg\nthumbnail: b.jpg\ncaption: The quay.\n", []),
        ("image: a.jpg\ncaption: >-\nlayout: post\n", []),
        ("image: a.jpg\ncredit: https://example.org/lars\n", []),
    ],
)  # fmt: skip
def test_a_mapping_of_the_head_tells_of_one_picture(head, told):
    page = read_text(
        f"---\ntitle: The quay\n{head}---\n\nIt rained all day, and nobody minded.\n", "a.md", markdown=True
    )
    got = [(str(f.caption) if f.caption else None, f.credit.raw if f.credit else None) for f in page.figures]
    assert got == told
    assert findings(page.text, kind="markdown") == [] or told


@pytest.mark.parametrize(
    "tag",
    [
        '{{< figure src="a.jpg" alt="A quay" caption="The *quay* at dawn." attr="Photo: Lars Ek" >}}',
        "{% include figure.html url='a.jpg' caption='The quay at dawn. Photo: Lars Ek' %}",
        '<Figure\n  src="a.jpg"\n  caption="The quay at dawn."\n  credit="Photo: Lars Ek"\n/>',
    ],
)
def test_a_tag_for_figures_tells_of_a_picture(tag):
    text = f"It rained all day, and nobody minded.\n\n{tag}\n\nThe ferry left.\n"
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert (figure.address, str(figure.caption)) == ("a.jpg", "The quay at dawn.")
    assert figure.credit is not None and figure.credit.raw == "Photo: Lars Ek"
    assert text[slice(*figure.credit.at.span)] == "Photo: Lars Ek"
    assert findings(text, kind="markdown") == []


def test_marks_without_words_are_no_caption():
    (figure,) = read_text("![A quay](quay.jpg)\n[] Photo: Lars Ek/dpa\n", "a.md", markdown=True).figures
    assert figure.caption is None


def test_a_title_that_holds_caption_and_credit_is_both():
    text = '![A quay](a.jpg "The quay at dawn. Photo: Lars Ek/dpa")\n\n![A deck](b.jpg "The deck")\n'
    quay, deck = read_text(text, "a.md", markdown=True).figures
    assert (str(quay.caption), quay.credit and quay.credit.raw) == ("The quay at dawn.", "Photo: Lars Ek/dpa")
    assert deck.caption is None and deck.credit is None


def test_a_fault_in_a_told_caption_is_found():
    text = '{{< figure src="a.jpg" alt="A quay" caption="The quay at dawn. Photo: Photo: Lars Ek/dpa" >}}\n'
    assert [f.rule for f in findings(text, kind="markdown")] == ["credit-label-doubled"]


def test_a_rule_across_the_page_begins_no_head():
    text = "---\nIt rained: all day, and nobody minded.\n\n---\n\n![A quay](img/quay.jpg)\n"
    (paragraph,) = read_text(text, "a.md", markdown=True).paragraphs
    assert paragraph.value == "It rained: all day, and nobody minded."


def test_a_linked_picture_with_words_is_a_teaser():
    text = "[ ![A tram](tram.jpg) Trams return to the old town ](/tram)\n\n[![A quay](quay.jpg)](quay-large.jpg)\n"
    tram, quay = read_text(text, "a.md", markdown=True).figures
    assert tram.region is Region.TEASER
    assert quay.region.in_article


def test_lists_of_links_are_no_captions():
    text = "![Logo](logo.png)\n\n[Home](/)[Sport](/sport)\n\n[By Jane Doe](/jane)\n\nMore words follow here.\n"
    assert all(f.caption is None and f.credit is None for f in read_text(text, "a.md", markdown=True).figures)


def test_code_is_no_picture_and_no_prose():
    text = "```\n![a](b.jpg)\n*The port of Turku on Thursday morning. Photo: Anna Holm/AFP*\n```\n\nIt rained all day, and nobody on board minded.\n"
    page = read_text(text, "a.md", markdown=True)
    assert page.figures == ()
    assert [str(words) for words in page.paragraphs] == ["It rained all day, and nobody on board minded."]


def test_a_block_copied_as_text_is_one_figure():
    again = BLOCK.split("\n\n")
    text = "\n\n".join(
        [*again[:4], "hide title", "Advertisement", "toggle title", again[3], "IMG_4711-1200x900.jpg", *again[2:]]
    )
    (figure,) = read_text(text, "a.txt").figures
    assert len(figure.images) == 2
    assert [x.kind.value for x in figure.lines] == [
        "file-name", "caption", "credit", "label", "advertisement", "label", "credit", "file-name", "caption", "credit",
    ]  # fmt: skip


def test_a_line_nobody_knows_may_stand_between_two_copies_of_a_caption():
    lines = [
        CAPTION,
        "Anna Holm/AFP",
        "hide caption",
        "kuvaan liittyvä nappi",
        "Anna Holm/AFP",
        CAPTION,
        "Anna Holm/AFP",
    ]
    (figure,) = read_text("\n\n".join(["A headline", *lines, "The ferry left an hour late."]), "a.txt").figures
    assert [line.kind.value for line in figure.lines] == [
        "caption", "credit", "label", "other", "credit", "caption", "credit"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "between",
    [
        ("The quay at dusk, with the last ferry. Foto: Anna Holm/AFP",),
        ("A cook on deck", "Anna Holm/AFP"),
        ("The ferry left an hour late, and nobody on board knew why until noon.",),
    ],
)
def test_another_caption_or_a_sentence_ends_a_block(between):
    text = "\n\n".join(["IMG_4711.jpg", CAPTION, "Anna Holm/AFP", *between, "The port was quiet."])
    figure = read_text(text, "a.txt").figures[0]
    assert [line.kind.value for line in figure.lines] == ["file-name", "caption", "credit"]


def test_a_credit_that_comes_again_is_no_caption():
    lines = [CAPTION, "Anna Holm/AFP", "Anna Holm/AFP", "switch title", CAPTION, "Anna Holm/AFP"]
    (figure,) = read_text("\n\n".join(lines), "a.txt").figures
    assert (str(figure.caption), figure.credit and figure.credit.raw) == (CAPTION, "Anna Holm/AFP")
    assert len(figure.lines) == 6


def test_the_name_of_what_follows_is_not_of_the_caption():
    caption = f"Image caption, {CAPTION}"
    lines = ["Image source, Getty Images", caption, "Image source, Getty Images", caption]
    text = "\n\n".join(["A headline", *lines, "The ferry left an hour late."])
    (figure,) = read_text(text, "a.txt").figures
    assert str(figure.caption) == CAPTION and str(figure.printed) == caption
    (finding,) = [f for f in findings(text, kind="text") if f.severity.name == "ERROR"]
    assert finding.rule == "caption-repeated"


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        (
            "PHOTO: The quay of Turku at dawn, before the ferry came in.",
            "The quay of Turku at dawn, before the ferry came in.",
        ),
        ("NOTE: The quay of Turku at dawn, before the ferry came in.", None),
        ("PHOTO: The quay", None),
    ],
)
def test_a_word_before_a_line_may_say_that_it_is_a_caption(line, caption):
    page = read_text(f"A headline\n\n{line}\n\nAnna Holm/Reuters via Getty Images\n\nThe ferry left.\n", "a.txt")
    assert [str(f.caption) for f in page.figures if f.caption] == ([caption] if caption else [])


def test_a_short_caption_right_below_its_picture_needs_a_credit():
    text = "![A quay](quay.jpg)\nThe morning after.\nPhoto: Lars Ek/dpa\n\n![A deck](deck.jpg)\n\nThe morning after.\n\nIt rained.\n"
    quay, deck = read_text(text, "a.md", markdown=True).figures
    assert (str(quay.caption), deck.caption) == ("The morning after.", None)


@pytest.mark.parametrize(
    ("line", "rule"), [("hide caption", "caption-interface-text"), ("Advertisement", "caption-advertisement")]
)
def test_what_stands_between_a_picture_and_its_caption_is_of_the_block(line, rule):
    text = f"![A quay](quay.jpg)\n\n{line}\n\nThe quay of Turku at dawn. Photo: Lars Ek/dpa\n\nThe ferry left.\n"
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert str(figure.caption) == "The quay of Turku at dawn."
    assert [f.rule for f in findings(text, kind="markdown")] == [rule]


@pytest.mark.parametrize("line", ["3 of 12", "Read More", "Share"])
def test_what_leads_to_the_next_picture_parts_a_picture_from_the_words_below(line):
    text = f"![A quay](quay.jpg)\n\n{line}\n\nThe quay of Turku at dawn. Photo: Lars Ek/dpa\n"
    page = read_text(text, "a.md", markdown=True)
    assert [f.caption for f in page.figures if f.images] == [None]


PICTURE = "![A ferry](https://example.org/wp-content/uploads/2024/05/turku-by-night/the-ferry-in-the-fog-of-may.jpg)"
WRAPPED = [
    f"{PICTURE}The port of Turku on Thursday morning, before the ferry came in, three hours late. (Photo: Anna Holm/AFP)",
    "The ferry to Stockholm left an hour late, and nobody knew why until the captain said that there had been fog.",
    "  * One passenger had left her cat ashore, and another was on board only to look for his hat, which he never found.",
    "  * Coffee was free, and the bread was of yesterday, and nobody minded, since the sea was as calm as it ever gets.",
]


def test_lines_that_a_program_broke_are_read_on():
    text = "\n\n".join(textwrap.fill(paragraph, 78) for paragraph in WRAPPED)
    page = read_text(text, "a.md", markdown=True)
    (figure,) = page.figures
    assert (
        figure.address
        == "https://example.org/wp-content/uploads/2024/05/turku-by-night/the-ferry-in-the-fog-of-may.jpg"
    )
    assert str(figure.caption) == ("The port of Turku on Thursday morning, before the ferry came in, three hours late.")
    assert figure.credit is not None and figure.credit.raw == "Photo: Anna Holm/AFP"
    assert text[slice(*figure.credit.at.span)] == "Photo: Anna Holm/AFP"
    assert text[slice(*figure.block)].endswith("Holm/AFP)\n\n")
    assert [str(paragraph)[-13:] for paragraph in page.paragraphs] == [
        "had been fog.",
        " never found.",
        "it ever gets.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        # as people break them: a picture, its caption, its credit; and prose a sentence a line
        "img_4711.jpg\nThe port of Turku on Thursday morning, before the ferry came in.\nPhoto: Anna Holm/AFP\n"
        + "\nThe ferry left an hour late, and nobody on board knew why until it was noon at last.\nIt rained.\n" * 5,
        # as nobody breaks them: paragraphs as long as they are
        "img_4711.jpg\nThe port of Turku on Thursday morning, before the ferry came in.\nPhoto: Anna Holm/AFP\n"
         "\nThe ferry left an hour late.\n" + "It rained, and nobody minded. " * 9,
    ],
)  # fmt: skip
def test_lines_that_merely_stand_close_together_are_not(text):
    (figure,) = read_text(text, "a.txt").figures
    assert [line.kind.value for line in figure.lines] == ["file-name", "caption", "credit"]


def test_the_bars_of_a_table_are_not_of_the_caption():
    text = "| ![A quay](quay.jpg) |\n|:--:|\n| *The quay at dawn. Photo: Lars Ek/dpa* |\n"
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert (str(figure.caption), figure.credit and figure.credit.raw) == ("The quay at dawn.", "Photo: Lars Ek/dpa")
    assert findings(text, kind="markdown") == []


def test_the_brackets_of_a_shortcode_are_not_of_the_caption_and_said():
    text = '[caption id="attachment_7" width="640"]<img src="a.jpg" alt="A quay"> The quay at dawn. Photo: Lars Ek[/caption]\n'
    (figure,) = read_text(text, "a.md", markdown=True).figures
    assert (str(figure.caption), figure.credit and figure.credit.raw) == ("The quay at dawn.", "Photo: Lars Ek")
    assert [f.rule for f in findings(text, kind="markdown")] == ["caption-shortcode"]


def test_a_short_caption_with_its_credit_has_to_stand_right_below_its_picture():
    text = "![A quay](quay.jpg)\nThe quay. Photo: Lars Ek/dpa\n\n![A deck](deck.jpg)\n\nThe deck. Photo: Lars Ek/dpa\n\nIt rained.\n"
    quay, deck = read_text(text, "a.md", markdown=True).figures
    assert (str(quay.caption), deck.caption) == ("The quay.", None)


@given(st.text(alphabet=" \n\r\tab.!*_[](){}\"'/©Photo:AFPé😀\u00a0", max_size=400), st.booleans())
@settings(max_examples=300, deadline=None)
def test_reading_never_fails_and_spans_lie_in_the_text(text, markdown):
    page = read_text(text, "a.md", markdown=markdown)
    for figure in page.figures:
        for span in [figure.block, *(line.text.span for line in figure.lines if line.text.span)]:
            assert 0 <= span.start <= span.end <= len(text)


@given(st.text(alphabet=" \n\tabc😀é", max_size=80))
def test_every_character_of_a_quotation_has_its_place(text):
    words = quote(text, 0, len(text))
    assert words.value == " ".join(text.split())
    for i, c in enumerate(words.value):
        if not c.isspace():
            assert text[slice(*words.place(i, i + 1))] == c
