"""Mending: only the fault's own bytes change, in every encoding; nothing is made worse; a second run changes nothing."""

from __future__ import annotations

import codecs

import pytest

from attrib.engine import Settings
from attrib.fetch import Source
from attrib.fix import diff, fix_source

PAGE = (
    '<html><head><meta charset="{charset}"><title>Zürich</title></head><body><article><h1>Zürich</h1>\r\n'
    "<p>Die Fähre nach Zürich fährt seit hundert Jahren jeden  Morgen.</p>\n"
    '<figure><img src="a.jpg" alt="Eine Fähre"><figcaption>Die Fähre  nach   Zürich am Kai.{rest}</figcaption></figure>\r'
    "<p>Noch ein Absatz,\tder zeigt, dass Zürich am See liegt.</p></article></body></html>"
)
LABEL = " hide caption"


def source(data: bytes) -> Source:
    return Source("page.html", data, None, "html", None)


@pytest.mark.parametrize(
    ("charset", "codec", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "utf-8", codecs.BOM_UTF8),
        ("iso-8859-1", "latin-1", b""),
        ("windows-1252", "cp1252", b""),
        ("utf-16", "utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16", "utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_only_the_bytes_of_the_fault_change(charset, codec, mark):
    old = mark + PAGE.format(charset=charset, rest=LABEL).encode(codec)
    new = mark + PAGE.format(charset=charset, rest="").encode(codec)
    fixed = fix_source(source(old), Settings(select=("caption-interface-text",)))
    assert fixed.data == new
    assert [f.rule for f in fixed.done] == ["caption-interface-text"]
    again = fix_source(source(fixed.data), Settings(select=("caption-interface-text",)))
    assert not again.changed
    assert again.data is again.source.data


def test_a_page_that_cannot_be_written_back_is_left_alone():
    data = PAGE.format(charset="utf-8", rest=LABEL).encode().replace(b"Noch", b"No\xffch")
    fixed = fix_source(source(data))
    assert not fixed.changed
    assert fixed.refused


def test_an_edit_that_would_add_a_fault_is_not_made():
    page = (
        '<figure><img src="a.jpg" alt="A barn"><figcaption>The barn in May ([embed width="5"]{})</figcaption></figure>'
    )
    settings = Settings(select=("caption-shortcode", "caption-stray-separator"))
    empty = fix_source(source(page.format("").encode()), settings)
    assert not empty.changed, "without the shortcode the brackets would hold nothing"
    assert [f.rule for f in empty.left] == ["caption-shortcode"]
    told = fix_source(source(page.format("left").encode()), settings)
    assert told.data.decode() == page.format("left").replace('[embed width="5"]', "")


def test_faults_of_one_page_are_mended_together_and_the_diff_shows_them():
    page = '<figure><img src="a.jpg" alt="Tom &amp;amp; Anna"><figcaption>The Ri\u200bver Spree.. [/caption]</figcaption></figure>\n'
    fixed = fix_source(source(page.encode()))
    assert fixed.data.decode() == (
        '<figure><img src="a.jpg" alt="Tom &amp; Anna"><figcaption>The River Spree.</figcaption></figure>\n'
    )
    shown = diff(fixed).splitlines()
    assert [line[:1] for line in shown[3:5]] == ["-", "+"]
    assert sum(line.startswith(("-", "+")) and not line.startswith(("---", "+++")) for line in shown) == 2
