"""A line's box holds the line and nothing else."""

import pytest

from attrib.model import Span
from attrib.read.box import box


def of(source: str, words: str) -> str:
    start = source.index(words)
    return source[slice(*box(source, Span(start, start + len(words))))]


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("<p>one</p><p>two</p>", "two", "<p>two</p>"),
        ("<div>\n  <p><b> two </b></p>\n</div>x", "two", "<div>\n  <p><b> two </b></p>\n</div>"),
        ("<p>one <b>two</b></p>", "two", "<b>two</b>"),
        ("<p>one two</p>", "two", "two"),
        ("a\r\n  <p class='x'>two</p>  \r\nb", "two", "  <p class='x'>two</p>  \r\n"),
        ("<p>two</div>", "two", "two"),
        ("two", "two", "two"),
    ],
)
def test_a_box_is_the_outermost_element_that_holds_the_line_alone(source, words, expected):
    assert of(source, words) == expected


def test_the_picture_and_its_paragraph():
    source = '<p>words</p>\n<p><img src="a.jpg"></p>\n<p>more</p>'
    assert of(source, '<img src="a.jpg">') == '<p><img src="a.jpg"></p>\n'
