"""Mending: only the fault's own bytes change, in every encoding; nothing is made worse; a second run changes nothing."""

from __future__ import annotations

import codecs
import re

import pytest

from attrib.engine import Settings
from attrib.fetch import Source
from attrib.fix import Fixed, diff, fix_source
from attrib.rule import rules

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
    shown = diff(fixed).decode().splitlines()
    assert [line[:1] for line in shown[3:5]] == ["-", "+"]
    assert sum(line.startswith(("-", "+")) and not line.startswith(("---", "+++")) for line in shown) == 2


def applied(data: bytes, shown: bytes) -> bytes:
    """What a program makes of a file by a unified diff."""
    lines, out, at = data.split(b"\n"), [], 0
    for line in shown.split(b"\n")[2:-1]:
        if hunk := re.match(rb"@@ -(\d+)", line):
            begin = int(hunk[1]) - 1
            out, at = out + lines[at:begin], begin
        elif line[:1] in b" -":
            assert lines[at] == line[1:]
            out, at = out + lines[at : at + (line[:1] == b" ")], at + 1
        elif line[:1] == b"+":
            out.append(line[1:])
    return b"\n".join(out + lines[at:])


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_diff_can_be_applied_whatever_the_encoding(codec: str, end: str) -> None:
    head = f'<meta charset="{codec}">Zürich €\n'
    page = '<figure><img src="a.jpg" alt="Tom &amp;amp; Anna"><figcaption>The River.</figcaption></figure>\nZürich\n'
    fixed = fix_source(source((head + page * 3).replace("\n", end).encode(codec)))
    assert fixed.changed
    assert applied(fixed.source.data, diff(fixed)) == fixed.data


# A page around an example: letters of the encoding on both sides, and line ends of each kind.
HEAD = '<html><head><meta charset="{charset}"><title>{letters}</title></head>\r\n<body><article><h1>{letters}</h1>\n'
TAIL = "\r\n<p>{letters}, and then\tsome  more. </p>\r</article></body></html>\n"
WRITTEN = {  # how a page may be written: its charset, Python's codec, its byte-order mark, letters
    "utf-8": ("utf-8", "utf-8", b"", "Zürich"),
    "utf-8 with a mark": ("utf-8", "utf-8", codecs.BOM_UTF8, "Zürich"),
    "utf-16": ("utf-16", "utf-16-le", codecs.BOM_UTF16_LE, "Zürich"),
    "windows-1252": ("windows-1252", "cp1252", b"", "Zürich €"),
    "shift_jis": ("shift_jis", "cp932", b"", "東京の港"),
    "euc-kr": ("euc-kr", "cp949", b"", "서울의 항구"),
}
EXAMPLES = [
    (name, example.page.replace("\n", end), written)
    for name, rule in rules().items()
    for example in rule.bad if rule.fixable and not example.facts
    for written in WRITTEN
    for end in ("\n", "\r\n")
]  # fmt: skip


def bytes_of(name: str, page: str) -> tuple[bytes, bytes, bytes] | None:
    """Head, example and tail as they are written; None where the encoding has no bytes for a letter."""
    charset, codec, mark, letters = WRITTEN[name]
    told = {"charset": charset, "letters": letters}
    try:
        return mark + HEAD.format(**told).encode(codec), page.encode(codec), TAIL.format(**told).encode(codec)
    except UnicodeEncodeError:
        return None


CASES = [case for case in EXAMPLES if bytes_of(case[2], case[1])]


@pytest.mark.parametrize(
    ("name", "page", "written"), CASES, ids=[f"{c[0]}, {c[2]}, {c[1].count(chr(13))}" for c in CASES]
)
def test_every_safe_edit_keeps_all_other_bytes_and_is_made_once(name: str, page: str, written: str) -> None:
    settings = Settings(select=(name,))
    fixed = mended(written, page, settings)
    assert fixed.changed
    assert [f for f in fixed.left if f.rule == name and f.fix] == []
    assert body(written, page, fixed.data) == body("utf-8", page, mended("utf-8", page, settings).data)
    again = fix_source(source(fixed.data), settings)
    assert again.data == fixed.data
    assert not again.done


def mended(written: str, page: str, settings: Settings) -> Fixed:
    return fix_source(source(b"".join(bytes_of(written, page) or ())), settings)


def body(written: str, page: str, data: bytes) -> str:
    """What stands between head and tail, which are as they were."""
    head, _, tail = bytes_of(written, page) or (b"", b"", b"")
    assert data.startswith(head)
    assert data.endswith(tail)
    return data[len(head) : -len(tail)].decode(WRITTEN[written][1])


def test_every_rule_that_can_be_fixed_is_tried_in_every_encoding() -> None:
    tried = {(name, written) for name, _, written in CASES}
    fixable = {name for name, rule in rules().items() if rule.fixable}
    assert {name for name, _ in tried} == fixable
    for written in ("utf-8", "utf-8 with a mark", "utf-16"):
        assert {name for name, how in tried if how == written} == fixable
    assert {how for _, how in tried} == set(WRITTEN)
