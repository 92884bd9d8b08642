"""Captions found in text made of real pages: what is called a caption is one, and how many are found.

Texts are made by a few lines here, as simple tools make them, and by such tools where they are installed
(`pip install html2text inscriptis trafilatura`). A caption is right when the page's markup, or those who read the page
by hand, call it one.
"""

from __future__ import annotations

import gzip
import importlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from attrib.lexicon import fold
from attrib.read.encoding import decode
from attrib.read.page import marks, read_html
from attrib.read.page.tree import BLOCKS, Tree
from attrib.read.plaintext import read_text

from .test_read_wild import SHARED

PAGES = sorted(SHARED.glob("pages/pages/*/*.html.gz"))

pytestmark = pytest.mark.wild


def plain(page: str) -> str:
    """A page as lines: one for each block."""
    return "\n\n".join(rendered(page, pictures=False))


def with_pictures(page: str) -> str:
    """The same with pictures as Markdown writes them."""
    return "\n\n".join(rendered(page, pictures=True))


def rendered(page: str, *, pictures: bool) -> list[str]:
    tree = Tree(page)
    lines = [""]
    for i, tag in enumerate(tree.tags):
        if tag in BLOCKS or tag == "img":
            lines.append("")
        if tag == "img" and pictures and (address := tree.get(i, "src")):
            lines += [f"![{' '.join((tree.get(i, 'alt') or '').split())}]({address.strip()})", ""]
        if not tag:
            lines[-1] = f"{lines[-1]} {' '.join(tree.nodes[i].data.split())}".strip()
    return [line for line in lines if line]


def html2text(page: str) -> str:
    return str(importlib.import_module("html2text").html2text(page, bodywidth=0))


def html2text_wrapped(page: str) -> str:
    """As it is by itself: lines are broken at 78 signs, those of addresses too."""
    return str(importlib.import_module("html2text").html2text(page, bodywidth=78))


def inscriptis(page: str) -> str:
    return str(importlib.import_module("inscriptis").get_text(page))


def trafilatura(page: str) -> str:
    return importlib.import_module("trafilatura").extract(page, include_images=True) or ""


def captions(path: Path, page: str) -> tuple[list[str], list[str]]:
    """The captions of the article as read by hand, and everything on the page that is one."""
    truth = json.loads(
        (SHARED / "pages/truth" / path.parent.name / path.name.replace(".html.gz", ".json")).read_text("utf-8")
    )
    wanted = [image["captions"][0] for image in truth["images"] if image["captions"] and not image["ignore"]]
    tree = Tree(page)
    told = [
        tree.text(i)
        for i, tag in enumerate(tree.tags)
        if tag and (tag == "figcaption" or marks.role(tree.words(i)) == "caption") and 0 < tree.visible(i) < 1500
    ]
    read = [f.caption.value for f in read_html(page, path.name).figures if f.caption]
    return wanted, [*told, *read, *(c for image in truth["images"] for c in image["captions"])]


@pytest.mark.parametrize(
    ("render", "precision", "recall"),
    [
        (plain, 0.97, 0.63),
        (with_pictures, 0.97, 0.75),
        (html2text, 0.97, 0.74),
        (html2text_wrapped, 0.97, 0.63),
        (inscriptis, 0.97, 0.64),
        (trafilatura, 0.97, 0.05),
    ],
)
def test_what_is_called_a_caption_is_one(render: Callable[[str], str], precision: float, recall: float) -> None:
    if render not in (plain, with_pictures):
        pytest.importorskip(render.__name__.partition("_")[0])
    given = right = expected = found = 0
    wrong = []
    for path in PAGES:
        page = decode(gzip.decompress(path.read_bytes())).text
        wanted, known = captions(path, page)
        text = read_text(render(page), path.name, markdown=render in (with_pictures, html2text, html2text_wrapped))
        got = [fold(f.caption.value) for f in text.article if f.caption]
        is_right = [any(c in k or (k and k in c) for k in map(fold, known)) for c in got]
        wrong += [(path.name, c) for c, good in zip(got, is_right, strict=True) if not good]
        given, right = given + len(got), right + sum(is_right)
        expected += len(wanted)
        found += sum(any(fold(w) in c or (c and c in fold(w)) for c in got) for w in wanted)
    print(f"{render.__name__}: precision {right / given:.3f} of {given}, recall {found / expected:.3f} of {expected}")
    assert right / given >= precision, wrong
    assert found / expected >= recall
