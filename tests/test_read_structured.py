"""JSON-LD, microdata, RDFa, OpenGraph and Twitter cards say what they say, in schema.org's words."""

import pytest

from attrib.read.page import read_html
from attrib.read.structured import from_json_ld, parse_json_ld

ARTICLE = "<article><h1>Wall</h1><p>" + "The harbour was closed for most of the day. " * 6 + "</p>{}</article>"


def test_a_graph_with_references() -> None:
    found = from_json_ld(
        [{"@graph": [
            {"@type": "ImageObject", "contentUrl": "https://a.example/wall-monday.jpg", "creditText": "Ana Ruiz/AFP",
             "creator": {"@id": "#ana"}, "copyrightNotice": "© AFP", "license": {"@id": "https://a.example/l"}},
            {"@id": "#ana", "@type": "Person", "name": "Ana Ruiz"},
            {"@type": "NewsArticle", "publisher": {"logo": {"@type": "ImageObject", "url": "logo.png"}}},
        ]}]
    )  # fmt: skip
    assert len(found) == 1
    assert (found[0].creditText, found[0].creator, found[0].copyrightNotice, found[0].license) == (
        "Ana Ruiz/AFP", ("Ana Ruiz",), "© AFP", "https://a.example/l")  # fmt: skip


@pytest.mark.parametrize(
    "text", ['<!-- {"a": 1} -->', '{"a": 1,}', '{"a": 1};', '//<![CDATA[\n{"a": 1}\n//]]>', '{"a": 1}']
)
def test_broken_json_is_repaired_where_nothing_said_changes(text: str) -> None:
    assert parse_json_ld(text) == {"a": 1}


def test_a_comma_inside_a_string_stays() -> None:
    assert parse_json_ld('{"a": "x,}",}') == {"a": "x,}"}


@pytest.mark.parametrize("text", ['{"a": 1', "[" * 100_000, "", "nonsense"])
def test_what_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(ValueError):
        parse_json_ld(text)
    page = read_html(f'<script type="application/ld+json">{text}</script>', "x")
    assert len(page.broken) == 1


def test_objects_are_tied_to_their_figure() -> None:
    page = read_html(
        '<head><meta property="og:image" content="https://a.example/wall-monday-1200x630.jpg"><script type="application/ld+json">'
        '{"@type": "ImageObject", "url": "https://a.example/wall-monday.jpg", "creditText": "Ana Ruiz"}</script></head>'
        + ARTICLE.format('<figure itemscope itemtype="https://schema.org/ImageObject"><img itemprop="contentUrl" src="https://a.example/wall-monday-640x400.jpg">'
                         '<figcaption itemprop="caption">The wall.</figcaption></figure>'),
        "x",
    )  # fmt: skip
    assert {o.origin for o in page.article[0].objects} == {"json-ld", "opengraph", "microdata"}
    assert {o.creditText for o in page.article[0].objects if o.creditText} == {"Ana Ruiz"}


WALL = "https://a.example/wall-monday.jpg"
FIGURE = f'<figure {{}}><img {{}} src="{WALL}"><figcaption><span {{}}>The wall.</span> <b {{}}>Ana Ruiz</b></figcaption></figure>'


def told(markup: str, head: str = "") -> list[tuple[str, tuple[str, ...], str | None, str | None]]:
    """What structured data says of the one picture of a page."""
    (figure,) = read_html(f"<head>{head}</head>{ARTICLE.format(markup)}", "x").article
    return [(o.origin, o.urls, o.caption, o.creditText) for o in figure.objects]


@pytest.mark.parametrize(
    ("parts", "origin"),
    [
        (
            ('itemscope itemtype="https://schema.org/ImageObject"', 'itemprop="contentUrl"', 'itemprop="caption"', 'itemprop="creditText"'),
            "microdata",
        ),
        (
            ('vocab="https://schema.org/" typeof="ImageObject"', 'property="contentUrl"', 'property="caption"', 'property="creditText"'),
            "rdfa",
        ),
        (
            ('prefix="schema: https://schema.org/" typeof="schema:ImageObject"', 'property="schema:contentUrl"', 'property="schema:caption"', 'property="schema:creditText"'),
            "rdfa",
        ),
    ],
)  # fmt: skip
def test_microdata_and_rdfa_describe_a_picture(parts: tuple[str, ...], origin: str) -> None:
    assert told(FIGURE.format(*parts)) == [(origin, (WALL,), "The wall.", "Ana Ruiz")]


def test_opengraph_and_twitter_cards_describe_a_picture() -> None:
    head = (
        f'<meta property="og:image" content="{WALL}?w=1200"><meta property="og:image:alt" content="A wall">'
        f'<meta name="twitter:image" content="{WALL}?w=600"><meta name="twitter:image:alt" content="The wall">'
    )
    page = read_html(f"<head>{head}</head>{ARTICLE.format(FIGURE.format('', '', '', ''))}", "x")
    assert [(o.origin, o.urls, o.alt) for o in page.article[0].objects] == [
        ("opengraph", (f"{WALL}?w=1200",), "A wall"),
        ("twitter", (f"{WALL}?w=600",), "The wall"),
    ]


@pytest.mark.parametrize(
    "image",
    [
        f'"{WALL}"',
        f'["{WALL}", "https://a.example/other-wall.jpg"]',
        f'{{"@type": "ImageObject", "url": "{WALL}"}}',
        f'[{{"@type": ["Photograph", "ImageObject"], "contentUrl": "{WALL}"}}]',
        f'{{"url": "{WALL}"}}',
    ],
)
@pytest.mark.parametrize(
    "form",
    ['{{"@type": "NewsArticle", "image": {}}}', '[{{"@graph": [{{"@type": "WebPage", "primaryImageOfPage": {}}}]}}]'],
)
def test_forms_of_a_picture(image: str, form: str) -> None:
    script = f'<script type="application/ld+json">{form.format(image)}</script>'
    assert told(FIGURE.format("", "", "", ""), script) == [("json-ld", (WALL,), None, None)]
