"""Pictures that stand only in scripts and attributes: the article's, with their words and places, and no others."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrib.model import Page, Region, Span
from attrib.read.jsonish import MOST_OBJECTS, objects, text
from attrib.read.page import read_html

from .test_families import NAME, told
from .test_read_page import PROSE, SAYS, page

URL = "https://img.example/wall-monday.jpg"
PICTURE = {"url": URL, "caption": SAYS, "credit": NAME, "alt": "Wall"}
OTHER = {"url": "https://img.example/other-story.jpg", "caption": "Another story.", "credit": "Ben Ode"}
FOUND = [("wall-monday", SAYS, NAME)]


def with_state(
    state: Any, form: str = '<script id="__DATA__" type="application/json">{}</script>', body: str = ""
) -> Page:
    return page(body, end=PROSE + form.replace("{}", state if isinstance(state, str) else json.dumps(state)))


def article(**pictures: Any) -> dict[str, Any]:
    return {"props": {"article": {"headline": "Harbour wall", "slug": "harbour-wall", **pictures}}}


@pytest.mark.parametrize(
    "form",
    [
        '<script id="__DATA__" type="application/json">{}</script>',
        "<script>window.__STATE__ = {};</script>",
        "<script>var a = 1; window.__STATE__={}</script>",
    ],
)
def test_the_state_of_a_page(form: str) -> None:
    read = with_state(article(leadImage=PICTURE), form)
    assert told(read) == FOUND
    figure = read.article[0]
    assert (figure.region, figure.reason) == (Region.LEAD, "only in a script")
    assert figure.alt and figure.alt.value == "Wall"
    assert figure.caption and figure.caption.span and read.text[slice(*figure.caption.span)] == SAYS
    assert figure.images[0].span and read.text[slice(*figure.images[0].span)] == URL


def test_names_without_quotes_and_variables() -> None:
    state = (
        f'{{article:{{title:"Harbour wall",url:"/wall",image:{{src:"{URL}",caption:"{SAYS}",credit:a,width:void 0}}}}}}'
    )
    assert told(with_state(state, "<script>window.__S__={}</script>")) == [("wall-monday", SAYS, None)]


@pytest.mark.parametrize(
    "picture",
    [
        {
            "caption": SAYS,
            "credit": NAME,
            "sizes": {"large": {"url": URL}, "small": {"url": URL.replace(".jpg", "-300x200.jpg")}},
        },
        {"caption": {"text": SAYS}, "image": {"src": URL}, "credit": NAME},
        {"@type": "ImageObject", "contentUrl": URL, "caption": SAYS, "creditText": NAME},
    ],
)
def test_a_picture_in_a_script_is_read_in_any_shape(picture: dict[str, Any]) -> None:
    assert told(with_state(article(photo=picture))) == FOUND


def test_a_credit_at_the_end_of_the_caption() -> None:
    read = with_state(article(photo={"url": URL, "caption": f"<p>{SAYS}</p> (Photo: {NAME})"}))
    assert told(read) == [("wall-monday", SAYS, f"Photo: {NAME}")]


def test_a_row_of_pictures_is_a_gallery() -> None:
    slides = [
        {**PICTURE, "url": f"https://img.example/slide-number-{n}.jpg", "caption": f"Slide {n}."} for n in range(3)
    ]
    read = with_state(article(gallery={"title": "The wall", "items": slides}))
    assert [(name, caption) for name, caption, _ in told(read)] == [
        (f"slide-number-{n}", f"Slide {n}.") for n in range(3)
    ]
    assert {f.region for f in read.article} == {Region.GALLERY}


@pytest.mark.parametrize(
    "state",
    [
        {"stories": [{"title": "A story of the sea", "slug": "sea", "image": OTHER}]},
        article(related=[{"image": OTHER}]),
        article(teasers={"image": OTHER}),
        article(author={"photo": OTHER}),
        article(photo={"url": URL}),  # no words
        article(photo={"url": "https://video.example/film.mp4", "caption": SAYS}),
        {"image": OTHER},  # of whom, it does not say
        article(logo={**OTHER}),
        "{not json at all: [[[",
        '{"caption": "' + "\\",
    ],
)
def test_what_is_not_of_this_article(state: Any) -> None:
    assert not with_state(state).article


def test_the_picture_the_head_names() -> None:
    head = f'<meta property="og:image" content="{URL}">'
    end = PROSE + f'<script type="application/ld+json">{json.dumps({"image": PICTURE})}</script>'
    assert told(page(head=head, end=end)) == FOUND


def test_scripts_are_silent_where_the_markup_shows_a_picture() -> None:
    body = f'<figure><img src="/sea.jpg"><figcaption>{SAYS}</figcaption></figure>'
    assert told(with_state(article(leadImage=PICTURE), body=body)) == [("sea", SAYS, None)]


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("tag", ["story-gallery", "div"])
def test_a_gallery_in_an_attribute(tag: str, quote: str) -> None:
    value = json.dumps([PICTURE, OTHER])
    value = value if quote == "'" else value.replace('"', "&quot;")
    lead = '<figure><img src="/sea.jpg" alt="The sea"></figure>' if tag == "story-gallery" else ""
    read = page(lead, f"<{tag} data-images={quote}{value}{quote}></{tag}>")
    assert told(read)[-2:] == [*FOUND, ("other-story", "Another story.", "Ben Ode")]
    assert read.article[-2].caption and read.article[-2].caption.span
    assert read.text[slice(*read.article[-2].caption.span)] == SAYS


def test_a_gallery_beside_the_article_is_not_its_own() -> None:
    gallery = f"<x-gallery data-images='{json.dumps([OTHER])}'></x-gallery>"
    read = read_html(f"<body><main><h1>Harbour wall</h1>{PROSE}{PROSE}</main><aside>{gallery}</aside></body>", "x")
    assert not read.article


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    WORDS | st.none() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3), st.booleans())
def test_strings_are_read_as_json_reads_them(value: dict[str, Any], ascii_only: bool) -> None:
    source = f"x = {json.dumps(value, ensure_ascii=ascii_only)};"
    found = objects(source, 0, len(source))
    for name, place in found[0].strings.items():
        said = text(source, place)
        assert json.loads(f'"{source[slice(*place)]}"') == value[name]
        for run in said.runs:
            assert source[run.source : run.source + run.length] == said.value[run.at : run.at + run.length]


@given(st.text(st.sampled_from('{}[]:,"\\&;quotua1 '), max_size=60))
def test_nothing_breaks_the_reading_of_objects(source: str) -> None:
    for found in objects(source, 0, len(source)):
        assert 0 <= found.place.start < found.place.end <= len(source)
        for place in found.strings.values():
            assert found.place.start < place.start <= place.end <= len(source)
            text(source, place)


def test_strings_of_scripts_are_decoded() -> None:
    assert text(r'{"a": "\u12 \q"}', Span(7, 14)).value == "u12 q"
    source = r'{"a": "1 \"x\" \u00e4\ud83d\ude00 \ud83d <\/b>2<b>3\n4 &amp; 5"}'
    assert text(source, objects(source, 0, len(source))[0].strings["a"]).value == '1 "x" ä\U0001f600 � 2 3 4 & 5'


def test_deep_and_endless_states_are_bounded() -> None:
    assert len(objects('{"a":[' * 200_000, 0, 1_200_000)) == MOST_OBJECTS
