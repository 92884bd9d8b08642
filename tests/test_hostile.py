"""No page takes quadratic time: twice the page is at most twice the work, counted in calls, whatever it is made of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from attrib.read.jsonish import objects
from attrib.read.markdown import marks
from attrib.read.page import read_html
from attrib.read.page.soup import MOST_NODES, soup
from attrib.read.rows import _marked
from attrib.read.structured import parse_json_ld

from .test_read_page import PROSE

OPEN = f'<main><article><h1>Harbour wall</h1>{PROSE}<figure><img src="/a-harbour.jpg">'
SHUT = f"<figcaption>The wall. Photo: Ana Ruiz/AFP</figcaption></figure>{PROSE}</article></main>"
STATE = f"<main><article><h1>Harbour wall</h1>{PROSE}</article></main><script>window.__S__ = "


def pictures(n: int, form: str) -> str:
    return "".join(form.replace("#", str(k)) for k in range(n))


PAGES: dict[str, Callable[[int], str]] = {
    "alt texts that never end": lambda n: '<img alt="' * n,
    "one alt text that never ends": lambda n: '<img alt="' + "x " * n,
    "attributes that never end": lambda n: OPEN + "<div " + 'a="b" ' * n,
    "many attributes": lambda n: OPEN.replace("<img", "<img " + pictures(n, 'data-a#="b.jpg" ')) + SHUT,
    "quotes that never end": lambda n: OPEN + "<div a='" * n + SHUT,
    "comments that never end": lambda n: OPEN + "<!--" * n + SHUT,
    "comments": lambda n: OPEN + "<!-- x -->" * n + SHUT,
    "drawings that never end": lambda n: OPEN + "<svg " * n + SHUT,
    "tags that never end": lambda n: OPEN + "<source " * n + SHUT,
    "brackets": lambda n: OPEN + "<" * n + SHUT,
    "ends of nothing": lambda n: OPEN + "</a" * n + SHUT,
    "boxes in boxes": lambda n: "<div>" * n + OPEN + SHUT,
    "boxes in a figure": lambda n: OPEN + "<div>" * n + SHUT,
    "figures in figures": lambda n: f"<main>{PROSE}" + "<figure><figcaption>x" * n,
    "tables in tables": lambda n: OPEN + "<table><tr><td>" * n + SHUT,
    "captions": lambda n: OPEN + "<figcaption>x</figcaption>" * n + SHUT,
    "pictures": lambda n: f"<main>{PROSE}" + pictures(n, '<img src="/photo-number-#.jpg">'),
    "figures": lambda n: f"<main>{PROSE}" + pictures(n, '<figure><img src="/photo-number-#.jpg"><figcaption>#.</figcaption></figure>'),
    "pictures in one figure": lambda n: OPEN + pictures(n, '<img src="/photo-number-#.jpg">') + SHUT,
    "a row of pictures": lambda n: f"<main>{PROSE}<table><tr>"
    + pictures(n, '<td><img src="/photo-number-#.jpg"></td>') + "</tr><tr>" + "<td>One. Photo: AFP</td>" * n,
    "the same picture": lambda n: f"<main>{PROSE}" + '<p>They came in the morning.</p><img src="/photo-number-1.jpg">' * n,
    "elements that name each other": lambda n: OPEN + pictures(n, '<p id="c#" aria-describedby="c#">x</p>') + SHUT,
    "renditions": lambda n: OPEN.replace("<img", '<img srcset="' + "/a-harbour.jpg 1w, " * n + '"') + SHUT,
    "state": lambda n: STATE + '{"caption":{"url":' * n,
    "strings that never end": lambda n: STATE + '{"caption":"' + '\\"' * n,
    "galleries in an attribute": lambda n: OPEN + "<x-gallery data-images='" + '[{"url":"a.jpg","caption":"' * n + "'>" + SHUT,
    "labels": lambda n: OPEN + "<figcaption>" + "hide caption toggle caption " * n + SHUT,
    "shortcodes": lambda n: OPEN + "<figcaption>" + "[caption " * n + SHUT,
}  # fmt: skip


def calls(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes, those into C among them."""
    count = 0

    def seen(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", PAGES)
def test_twice_the_page_is_twice_the_work(name: str) -> None:
    small, large = PAGES[name](1000), PAGES[name](2000)
    read_html(small, "x")
    assert calls(lambda: read_html(large, "x")) <= 2.2 * calls(lambda: read_html(small, "x")) + 3000


@pytest.mark.parametrize("opens", ["<svg ", "<!-- ", "<script ", "<style ", "<noscript>", "<title>", "<b><!-- -->"])
def test_what_never_ends_gives_few_nodes_or_says_so(opens: str) -> None:
    nodes, cut = soup(opens * 2000, 0, len(opens) * 2000)
    assert len(nodes) <= MOST_NODES
    assert cut == (len(nodes) == MOST_NODES)


def test_deep_json_is_refused_or_bounded() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        parse_json_ld("[" * 100_000 + "]" * 100_000)
    assert objects("[" * 100_000, 0, 100_000) == []


class Handed(tuple[Any, ...]):
    """A tuple that counts what its slices hand out."""

    count = 0

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        Handed.count += len(found) if isinstance(at, slice) else 1
        return found


def test_the_marks_of_a_line_are_looked_for_among_its_own() -> None:
    line = "[![a](b.jpg)](c) ![d](e.jpg) words\n"
    text = line * 400
    found = marks(text)
    found = found._replace(pictures=Handed(found.pictures), links=Handed(found.links), unseen=Handed(found.unseen))
    Handed.count = 0
    for start in range(0, len(text), len(line)):
        list(_marked(text, start, start + len(line), found, blank=False))
    assert 0 < Handed.count < 400 * 200  # and not of 400 times 400
