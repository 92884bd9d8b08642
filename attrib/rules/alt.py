"""Alternative texts: what a picture says to those who do not see it."""

from __future__ import annotations

from collections.abc import Iterator

from ..filename import file_name
from ..model import Confidence, Figure, Finding, Page, Related, Severity
from ..rule import rule
from ..words import shorten

# Beyond this many, pictures of a page that all lack the same thing are said once, with the count.
SAID_SINGLY = 2
_TAGS = ("src", "srcset", "data")


@rule("alt-missing", on=Page, severity=Severity.ERROR)
def alt_missing(page: Page) -> Iterator[Finding]:
    """A picture of the article has no alt attribute.

    A screen reader then reads the file's address aloud, or nothing at all. Source: HTML Living Standard, 4.8.3, and
    WCAG 2.2, success criterion 1.1.1.

    Bad:
        <figure><img src="choir.jpg"><figcaption>The choir of St Florian rehearses.</figcaption></figure>
    Good:
        <figure><img src="choir.jpg" alt="Boys sing in a church"><figcaption>The choir of St Florian rehearses.
        </figcaption></figure>
    """
    own = [f for f in page.article if page.kind == "html" and f.tag is not None and _has_tag(f)]
    without = [f for f in own if f.alt is None]
    if len(without) > SAID_SINGLY and len(without) == len(own):
        first, *rest = without
        assert first.tag is not None  # noqa: S101  (kept above)
        yield Finding(
            at=first.tag,
            quote=_address(first),
            message=f"None of the {len(without)} pictures of this article has an alt text.",
            remedy='Add an alt text to each that says what it shows, or alt="" where it only decorates.',
            picture=_address(first),
            count=len(without),
            related=tuple(Related(f.tag, "no alt text", quote=_address(f)) for f in rest if f.tag),
        )
        return
    for figure in without:
        assert figure.tag is not None  # noqa: S101  (kept above)
        yield Finding(
            at=figure.tag,
            quote=_address(figure),
            message=f"The picture {_name(figure)} has no alt text.",
            remedy='Add alt="…" that says what it shows, or alt="" if it only decorates.',
            picture=_address(figure),
        )


@rule("alt-file-name", on=Figure, severity=Severity.ERROR)
def alt_file_name(figure: Figure) -> Iterator[Finding]:
    """The alt text is a file name.

    A screen reader spells it out letter by letter. It is what an upload form fills in when nobody writes a text.

    Bad:
        <figure><img src="a.jpg" alt="IMG_20240311_0042.jpg"><figcaption>The market hall.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="Stalls under an iron roof"><figcaption>The market hall.</figcaption></figure>
    """
    if figure.alt is None or figure.alt.span is None:
        return
    name = file_name(figure.alt.value)
    if name is None:
        return
    yield Finding(
        at=figure.alt.span,
        quote=figure.alt.value,
        message=f"The alt text “{shorten(figure.alt.value, 48)}” is a file name.",
        remedy="Write what the picture shows.",
        part="a file name as alt text",
        confidence=name.confidence,
        severity=Severity.ERROR if name.confidence is Confidence.HIGH else Severity.WARNING,
        picture=_address(figure),
    )


def _has_tag(figure: Figure) -> bool:
    """Whether the picture has an element that could carry an alt text: not a background, poster or script."""
    return any(image.origin.startswith(_TAGS) for image in figure.images)


def _address(figure: Figure) -> str:
    return figure.images[0].url if figure.images else ""


def _name(figure: Figure) -> str:
    name = _address(figure).partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"“{shorten(name, 40)}”" if name else "here"
