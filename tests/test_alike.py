"""Many figures that show one file: each is told what matters to it, and the work grows with their number only."""

from __future__ import annotations

import pytest

from attrib import alike
from attrib.alike import TOLD, look_alike
from attrib.model import Figure, FileFacts, Image, Likeness, Page, Region, Span
from attrib.read.credit import parse_credit
from attrib.read.pixels import Fingerprint, fingerprint

from .pictures import EDITS, jpeg, scene


def of(data: bytes) -> Fingerprint:
    made = fingerprint(data)
    assert isinstance(made, Fingerprint)
    return made


@pytest.fixture(scope="module")
def files() -> dict[str, Fingerprint]:
    """A picture, a smaller copy of it, and another."""
    return {"a": of(jpeg(scene(1))), "copy": of(EDITS["width 320"](scene(1))), "b": of(jpeg(scene(2)))}


def figure(name: str, number: int, credit: str) -> Figure:
    return Figure(
        images=(Image(f"{name}.jpg"),), region=Region.BODY, block=Span(number * 10, number * 10 + 9),
        credit=parse_credit(credit) if credit else None, file=FileFacts(f"{name}.jpg"), likenesses=(),
    )  # fmt: skip


def told(files: dict[str, Fingerprint], *pages: list[tuple[str, str]]) -> list[Page]:
    """Pages, each a list of files with their credits, and what their figures are told."""
    made = [
        Page(f"{p}.html", "", figures=tuple(figure(name, i, credit) for i, (name, credit) in enumerate(shown)))
        for p, shown in enumerate(pages)
    ]
    prints = {(p, i): files[name] for p, shown in enumerate(pages) for i, (name, _) in enumerate(shown)}
    return look_alike(made, prints)


def likenesses(page: Page, i: int = 0) -> list[Likeness]:
    return list(page.figures[i].likenesses or ())


def test_a_file_and_its_copy_are_told_of_each_other(files: dict[str, Fingerprint]) -> None:
    one, two, three = told(files, [("a", "Ann Lee")], [("copy", "Bo Falk")], [("b", "")])
    (there,) = likenesses(one)
    assert (there.source, there.picture, there.figure, there.credit) == (
        "1.html", "copy.jpg", 0, two.figures[0].credit,
    )  # fmt: skip
    assert [like.source for like in likenesses(two)] == ["0.html"] and likenesses(three) == []


def test_the_work_grows_with_the_pages_and_not_with_their_square(
    files: dict[str, Fingerprint], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    real = alike.pairs
    monkeypatch.setattr(alike, "pairs", lambda items: compared.append(len(items)) or real(items))
    made = {}
    for n in (100, 200, 400):
        shown = [[("a" if p % 2 else "copy", f"Photo: Person {p}/AP")] for p in range(n)]
        made[n] = sum(len(likenesses(page)) for page in told(files, *shown))
    assert compared == [2, 2, 2]  # files, however many pages show them
    assert made[400] - made[200] == 2 * (made[200] - made[100]) <= 2 * TOLD * 200


def test_of_a_file_shown_everywhere_its_own_page_and_every_credit_are_told(files: dict[str, Fingerprint]) -> None:
    everywhere = [[("a", "Ann Lee/AP")] for _ in range(40)]
    *_, last = told(files, [("a", "")], *everywhere, [("a", "Bo Falk/AFP")], [("copy", "Ann Lee/AP"), ("a", "Ann Lee")])
    assert {(like.source, like.how == "the same file") for like in likenesses(last, 1)} == {
        ("0.html", True), ("1.html", True), ("41.html", True), ("42.html", False),
    }  # fmt: skip
    assert "42.html" in {like.source for like in likenesses(last, 0)}


def test_the_order_of_the_fingerprints_changes_nothing(files: dict[str, Fingerprint]) -> None:
    pages = [Page(f"{p}.html", "", figures=(figure("a", 0, f"Person {p}"),)) for p in range(5)]
    prints = {(p, 0): files["a" if p % 2 else "copy"] for p in range(5)}
    assert look_alike(pages, prints) == look_alike(pages, dict(reversed(prints.items())))
