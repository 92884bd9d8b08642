"""Pictures that are the same, or look the same."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Figure, Finding, Page, Related, Severity, Span
from ..rule import rule
from ..words import shorten


@rule("image-near-duplicate", on=Page, severity=Severity.WARNING, needs=("pixels",))
def image_near_duplicate(page: Page) -> Iterator[Finding]:
    """Two pictures of one article look the same.

    The same photograph under another name, size or crop looks to readers like an oversight, and under two credits it
    is one. Found by comparing the pictures themselves, not their names.

    Bad:
        <figure><img src="a.jpg" alt="A square"><figcaption>The square at noon.</figcaption></figure>
        <p>The market opens at seven.</p>
        <figure><img src="b.jpg" alt="A market"><figcaption>The market in the square.</figcaption></figure>
        file b.jpg: looks like a.jpg
    Good:
        <figure><img src="a.jpg" alt="A square"><figcaption>The square at noon.</figcaption></figure>
        <p>The market opens at seven.</p>
        <figure><img src="b.jpg" alt="A market"><figcaption>The market in the square.</figcaption></figure>
    """
    for i, figure in enumerate(page.figures):
        for like in figure.likenesses or ():
            earlier = like.figure is not None and like.source == page.source and like.figure < i
            if not earlier or not figure.region.in_article or like.figure is None:
                continue
            other = page.figures[like.figure]
            if not other.region.in_article or (figure.asset and figure.asset == other.asset):
                continue
            yield Finding(
                at=_span(figure),
                quote=_address(figure),
                message=f"This picture looks the same as “{shorten(_file(other), 48)}” in the same article"
                + (f" ({like.how})." if like.how else "."),
                remedy="Check that both are meant, or replace one.",
                confidence=like.confidence,
                picture=_address(figure),
                related=(Related(_span(other), "the picture it looks like", quote=_address(other)),),
            )
            break


@rule("image-repeated", on=Page, severity=Severity.NOTICE)
def image_repeated(page: Page) -> Iterator[Finding]:
    """The same picture is shown twice in one article.

    It may be meant, as an opening picture that returns in a gallery. In running text it is usually an oversight.

    Bad:
        <figure><img src="quay-640x480.jpg" alt="A quay"><figcaption>The quay at dawn.</figcaption></figure>
        <p>Fishing boats left the harbour before five in the morning, as they have for a hundred years.</p>
        <p>The catch is sold in the hall behind the church, and most of it goes to the city.</p>
        <figure><img src="quay-1280x960.jpg" alt="A quay"><figcaption>Boats return in the evening.</figcaption></figure>
    Good:
        <figure><img src="quay-640x480.jpg" alt="A quay"><figcaption>The quay at dawn.</figcaption></figure>
        <p>Fishing boats left the harbour before five in the morning, as they have for a hundred years.</p>
        <figure><img src="hall-1280x960.jpg" alt="A hall"><figcaption>The hall in the evening.</figcaption></figure>
    """
    first: dict[str, Figure] = {}
    for figure in page.article:
        if not figure.asset or not figure.images or page.kind != "html":
            continue
        other = first.setdefault(figure.asset, figure)
        if other is figure:
            continue
        yield Finding(
            at=_span(figure),
            quote=_address(figure),
            message=f"The picture “{shorten(_file(figure), 48)}” is shown twice in this article.",
            remedy="Check that this is meant.",
            picture=_address(figure),
            related=(Related(_span(other), "shown here first", quote=_address(other)),),
        )


def _span(figure: Figure) -> Span:
    return figure.tag or figure.block


def _address(figure: Figure) -> str:
    return figure.images[0].url if figure.images else ""


def _file(figure: Figure) -> str:
    return _address(figure).partition("?")[0].rstrip("/").rpartition("/")[2] or "here"
