"""Every place on every real page: sliced from the source, it is exactly the markup that is quoted."""

import gzip
import html
from pathlib import Path

import pytest

from attrib.model import Page, Text
from attrib.read.encoding import decode
from attrib.read.jsonish import text as in_json
from attrib.read.page import read_html
from attrib.read.place import compose, data_between

from ..conftest import shared_folder

SHARED = shared_folder() or Path("none")
PAGES = sorted([*SHARED.glob("pages/pages/*/*.html.gz"), *SHARED.glob("wild/*.html.gz")])

pytestmark = pytest.mark.wild


def texts(page: Page) -> list[tuple[str, Text]]:
    found = [("paragraph", t) for t in page.paragraphs]
    for figure in page.figures:
        found += [
            ("alt", figure.alt),
            ("title", figure.title),
            ("printed", figure.printed),
            ("caption", figure.caption),
        ]
        found += [("credit", figure.credit.at)] if figure.credit else []
        found += [("line", line.text) for line in figure.lines if line.kind != "picture"]
    return [(name, text) for name, text in found if text is not None]


def faults(page: Page) -> list[str]:
    found = []
    for name, text in texts(page):
        assert text.span is not None
        quoted = page.text[slice(*text.span)]
        found.extend(
            f"{name} run {text.value[run.at : run.at + run.length]!r}"
            for run in text.runs
            if page.text[run.source : run.source + run.length] != text.value[run.at : run.at + run.length]
        )
        read = compose(page.text, data_between(page.text, *text.span))
        exact = (read.value if read else "") == text.value or letters(quoted) == letters(text.value)
        if name != "printed" and not exact and in_json(page.text, text.span).value != text.value:
            found.append(f"{name} {text.value[:80]!r} is quoted as {quoted[:200]!r}")
    for figure in page.figures:
        for image in figure.images:
            if image.span is not None:
                raw = page.text[slice(*image.span)]
                if html.unescape(raw).replace("\\/", "/") != image.url:
                    found.append(f"address {image.url!r} is quoted as {raw!r}")
        if figure.tag and page.text[figure.tag.start] != "<":
            found.append(f"tag {page.text[slice(*figure.tag)]!r}")
    return found


def letters(markup: str) -> str:
    words = compose(markup, data_between(markup, 0, len(markup)))
    return "".join(words.value.split()) if words else ""


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name.removesuffix(".html.gz")[:60])
def test_places_are_exact(path: Path) -> None:
    decoded = decode(gzip.decompress(path.read_bytes()))
    assert not faults(read_html(decoded.text, path.name))


@pytest.mark.parametrize("path", PAGES[::7], ids=lambda p: p.name.removesuffix(".html.gz")[:60])
def test_line_ends_and_astral_characters_do_not_shift_places(path: Path) -> None:
    decoded = decode(gzip.decompress(path.read_bytes()))
    text = decoded.text.replace("\r\n", "\n")
    plain = read_html(text, path.name)
    mangled = read_html("\U0001f600" + text.replace("\n", "\r\n"), path.name)
    assert not faults(mangled)
    assert [f.caption and f.caption.value for f in mangled.article] == [
        f.caption and f.caption.value for f in plain.article
    ]
