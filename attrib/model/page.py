"""An article, read, and what a newsroom wants of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .picture import Failure, Figure, ImageObject
from .text import Place, Span, Text


@dataclass(frozen=True, slots=True)
class Page:
    """One article, read. `figures` in the order of the page, of every region.

    In a report it is a light one (`attrib.light`): no text but `excerpts`, the article's figures, and the `places` of
    all spans that these and its findings name.
    """

    source: str
    text: str = field(repr=False)
    kind: str = "html"  # html, text, markdown
    figures: tuple[Figure, ...] = ()
    objects: tuple[ImageObject, ...] = ()
    encoding: str = "utf-8"
    guessed: bool = False  # the encoding was not declared
    title: str = ""
    url: str = ""  # canonical address, when the page says so
    published: str = ""  # ISO date, when the page says so
    language: str = ""
    paragraphs: tuple[Text, ...] = ()  # the running text of the article
    problems: tuple[Failure, ...] = ()
    broken: tuple[tuple[Span, str], ...] = ()  # structured data that is no JSON: where, and why
    excerpts: tuple[tuple[Span, str], ...] = field(default=(), repr=False)  # kept of the text where it is not
    places: tuple[tuple[Span, Place], ...] = field(default=(), repr=False)
    built: str = ""  # the page as it was checked, when `source` is the file that it was made from

    @property
    def article(self) -> tuple[Figure, ...]:
        """The figures that are the article's own."""
        return tuple([f for f in self.figures if f.region.in_article])

    def markup(self, span: Span) -> str:
        """What stands at a place, or as much of it as was kept."""
        if self.text:
            return self.text[span.start : span.end]
        for at, kept in self.excerpts:
            if at.start <= span.start < at.end:
                return kept[span.start - at.start : span.end - at.start]
        return ""


@dataclass(frozen=True, slots=True)
class House:
    """House settings a rule may ask for: how strict this newsroom is, and what its own words are."""

    require_credit: bool = False
    alt_length: int = 250
    labels: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
