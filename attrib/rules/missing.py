"""What a picture should have and does not: a caption, a credit, or the picture itself."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Figure, Finding, House, LineKind, Page, Related, Severity, Span
from ..rule import rule
from ..words import fold, shorten, tellable

# Beyond this many, pictures of a page that all lack the same thing are said once, with the count.
SAID_SINGLY = 2


@rule("credit-missing", on=Page, severity=Severity.WARNING)
def credit_missing(page: Page, house: House) -> Iterator[Finding]:
    """A captioned picture has no credit.

    The law of most countries gives whoever took a picture the right to be named, and agencies make it a condition.
    An error where the house requires a credit for every picture.

    Bad:
        <figure><img src="tram.jpg" alt="A tram in snow"><figcaption>A tram on line 22 in Prague on Sunday.</figcaption></figure>
    Good:
        <figure><img src="tram.jpg" alt="A tram in snow"><figcaption>A tram on line 22 in Prague on Sunday.
        Photo: Jana Dvořáková/ČTK</figcaption></figure>
    """  # noqa: E501
    captioned = [f for f in page.article if f.caption and tellable(fold(f.caption.value)) and f.images]
    without = [f for f in captioned if f.credit is None]
    severity = Severity.ERROR if house.require_credit else Severity.WARNING
    if len(without) > SAID_SINGLY and len(without) == len(captioned):
        first, *rest = without
        yield Finding(
            at=_caption_span(first),
            quote=first.caption.value if first.caption else "",
            message=f"None of the {len(without)} captioned pictures of this article has a credit.",
            remedy="Add who took each, and the agency it came from.",
            severity=severity,
            count=len(without),
            related=tuple(Related(_caption_span(f), "no credit", quote=str(f.caption or "")) for f in rest),
        )
        return
    for figure in without:
        yield Finding(
            at=_caption_span(figure),
            quote=figure.caption.value if figure.caption else "",
            message=f"The picture “{shorten(str(figure.caption))}” has no credit.",
            remedy="Add who took it, and the agency it came from.",
            severity=severity,
            picture=figure.images[0].url,
        )


@rule("caption-orphan", on=Page, severity=Severity.WARNING)
def caption_orphan(page: Page) -> Iterator[Finding]:
    """A caption stands on the page without its picture.

    The picture was removed, or failed to be copied, and its caption stayed. Readers look for a picture that is not
    there.

    Bad:
        <p>The council met for three hours.</p>
        <figure><figcaption>Mayor Inga Holm opens the meeting. Photo: Per Lund/Scanpix</figcaption></figure>
    Good:
        <p>The council met for three hours.</p>
        <figure><img src="holm.jpg" alt="Inga Holm at a desk"><figcaption>Mayor Inga Holm opens the meeting. Photo: Per
        Lund/Scanpix</figcaption></figure>
    """
    if page.kind != "html":
        return
    for figure in page.article:
        words = figure.printed or figure.caption
        if not figure.images and words and words.span and not any(x.kind is LineKind.PLAYER for x in figure.lines):
            yield Finding(
                at=words.span,
                quote=words.value,
                message=f"The caption “{shorten(words.value)}” has no picture.",
                remedy="Put its picture back, or delete the caption.",
            )


def _caption_span(figure: Figure) -> Span:
    return (figure.caption.span if figure.caption else None) or figure.block
