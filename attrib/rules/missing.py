"""What a picture should have and does not: a caption, a credit, or the picture itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from .. import wordings
from ..filename import decorates
from ..lexicon import credit_words, fold, placeholders, role_words
from ..model import (
    Confidence,
    Failure,
    Figure,
    FileFacts,
    Finding,
    House,
    LineKind,
    Page,
    Related,
    Severity,
    Span,
    Text,
)
from ..printed import by_words, nameless
from ..rule import rule
from ..supplier import suppliers
from ..words import SAID_SINGLY, shorten, tellable
from . import suggest
from .holding import file_evidence
from .thanked import thanked_together


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
    """
    # what only stands beside a picture may be a teaser's or a tile's words: an element has to say it is the caption
    told = [f for f in page.article if f.told and f.images and _still(f, page) and not _linked(f, page)]
    captioned = [f for f in told if f.caption and tellable(fold(f.caption.value))]
    without = [f for f in captioned if f.credit is None and f.caption and not _thanks(f.caption.value)]
    without = [f for f in without if not _credited_elsewhere(f, page) and not _names_own(f, house)]
    if not without or thanked_together(page):
        return
    severity = Severity.ERROR if house.require_credit else Severity.WARNING
    if len(without) > SAID_SINGLY:
        first, *rest = without
        count = f"{len(without)} of {len(captioned)}" if len(without) < len(captioned) else str(len(without))
        yield Finding(
            at=_caption_span(first),
            quote=first.address,  # the caption may be mended, and the credit still be missing
            message=f"{count} captioned pictures of this article have no credit."
            if len(without) < len(captioned) or any(figure.credit for figure in page.article)
            else f"None of the {count} captioned pictures of this article has a credit.",
            remedy="Add who took each, and the agency it came from.",
            severity=severity,
            picture=first.address,
            count=len(without),
            related=tuple(Related(_caption_span(f), "no credit", quote=f.address, picture=f.address) for f in rest),
        )
        return
    for figure in without:
        file = figure.file if isinstance(figure.file, FileFacts) else None  # it knows, where it was looked at
        yield Finding(
            at=_caption_span(figure),
            quote=figure.address,
            message=f"The picture “{shorten(str(figure.caption))}” has no credit.",
            remedy=f"Add who took it, and the agency it came from.{_hint(figure)}",
            severity=severity,
            evidence=file_evidence(file.credits) if file else (),
            suggestion=suggest.from_file(file) if file else None,
            picture=figure.address,
        )


def _hint(figure: Figure) -> str:
    """What the name of the picture's file suggests, as a sentence to follow another; empty when it says nothing."""
    hits = [hit for image in figure.images for hit in suppliers(image.url) if hit.strength == "strong"]
    if not hits:
        return ""
    who = f"{hits[0].creator} on {hits[0].agency}" if hits[0].creator else hits[0].agency
    return f" The file's name, “{shorten(hits[0].found)}”, suggests {who}."


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
        shown = figure.images or figure.tag
        if not shown and words and words.span and not any(x.kind is LineKind.PLAYER for x in figure.lines):
            yield Finding(
                at=words.span,
                quote=words.value,
                message=f"The caption “{shorten(words.value)}” has no picture.",
                remedy="Put its picture back, or delete the caption.",
            )


def _still(figure: Figure, page: Page) -> bool:
    """Whether it is a picture that does not move: a player's still is credited in the film."""
    if any(line.kind is LineKind.PLAYER for line in figure.lines) or _PLAYER.search(page.text, *figure.block):
        return False
    return not str(figure.caption or "").startswith(("Video:", "VIDEO:"))


def _linked(figure: Figure, page: Page) -> bool:
    """Whether the caption is a link or bears a date of its own, as the words of a teaser do."""
    start = _caption_span(figure).start
    before = page.text[figure.block.start : start].lower()
    return before.rfind("<a ") > before.rfind("</a") or "<time" in page.text[slice(*figure.block)]


def _thanks(caption: str) -> bool:
    """Whether a caption may hold a credit unrecognised: after a word that introduces some, or in brackets at its end."""
    bracket = _LAST_BRACKET.search(caption)
    names = re.findall(r"[^\W\d_]\w+", bracket[1]) if bracket else []
    if sum(word[0].isupper() for word in names) > 1 or caption.rstrip(" .").endswith(" via"):
        return True
    if "©" in caption or nameless(caption) is not None or fold(caption) in role_words():
        return True
    return any(fold(m[1]) in credit_words() for m in _BEFORE_COLON.finditer(caption))


def _names_own(figure: Figure, house: House) -> bool:
    """Whether a caption names one of the house's own agencies."""
    said = f" {fold(str(figure.caption))} "
    return any(f" {fold(name)} " in said for name in house.agencies)


def _credited_elsewhere(figure: Figure, page: Page) -> bool:
    """Whether it is a drawing the author numbers as one of his own, or leads to the page that describes its file."""
    numbered = wordings.said("numbered").search(str(figure.caption))
    return bool(numbered or _FILE_PAGE.search(page.text, *figure.block))


# A wiki's page about a file, in any language: "/wiki/File:Map.jpg", "/wiki/Datei:Karte.svg".
_FILE_PAGE = re.compile(r"\shref=[\"'][^\"'\s]{0,200}/wiki/[^\"'\s:/]{2,30}:[^\"'\s]{1,200}\.\w{3,4}[\"']")
# Not the hint for an old browser ("<video style='display: none'>"), nor the name of a picture's shape.
_PLAYER = re.compile(
    r"<video\b(?!\sstyle)|\s(?:class|id)\s?=\s?[\"'][^\"'<>]*(?<!aspect-)\b(?:video|player|autoplay)\b", re.I
)
_LAST_BRACKET = re.compile(r"[(\[]([^()\[\]]{4,120})[)\]]\W*$")
_BEFORE_COLON = re.compile(r"([^\W\d_]{2,20}(?: [^\W\d_]{2,12})?)\s?:")


def _caption_span(figure: Figure) -> Span:
    return (figure.caption.span if figure.caption else None) or figure.block


@rule("caption-missing", on=Page, severity=Severity.NOTICE)
def caption_missing(page: Page) -> Iterator[Finding]:
    """Pictures of the article have no caption.

    Many opening pictures need none. Where the house captions its pictures, one without stands out. Said once for a
    page.

    Bad:
        <figure><img src="a.jpg" alt="A pier"><figcaption>The pier of Cromer in May.</figcaption></figure>
        <p>The sea has taken a third of it since.</p>
        <figure><img src="b.jpg" alt="A cliff"></figure>
    Good:
        <figure><img src="a.jpg" alt="A pier"><figcaption>The pier of Cromer in May.</figcaption></figure>
        <p>The sea has taken a third of it since.</p>
    """
    if page.kind != "html":
        return
    pictured = [f for f in page.article if f.images and f.tag and not decorates(f.address, captioned=bool(f.credit))]
    without = [f for f in pictured if not f.caption and not f.printed and _still(f, page)]
    if not without or not any(f.caption for f in pictured):
        return  # a page that captions nothing does so on purpose
    first, *rest = without
    said = "This picture has no caption" if not rest else f"{len(without)} pictures of this article have no caption"
    yield Finding(
        at=first.at,
        quote=first.address,
        message=f"{said}, and others on the page have one.",
        remedy=f"Say what {'each' if rest else 'it'} shows.",
        picture=first.address,
        count=len(without),
        related=tuple(Related(f.tag, "this one too", quote=f.address, picture=f.address) for f in rest if f.tag),
    )


@rule("credit-without-name", on=Figure, severity=Severity.WARNING, confidence=Confidence.MEDIUM)
def credit_without_name(figure: Figure) -> Iterator[Finding]:
    """The credit names nobody.

    "Photo by - /" or "Supplied" tells a reader that somebody should be thanked and not who. Some houses print a role
    alone by rule; they can turn this off.

    Bad:
        <figure><img src="a.jpg" alt="A quay"><figcaption>The quay. <span class="credit">Photo: -</span></figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A quay"><figcaption>The quay. <span class="credit">AP Photo</span></figcaption></figure>
    """
    credit = figure.credit
    if credit is None and figure.printed is not None and (start := nameless(figure.printed.value)) is not None:
        yield _nobody(figure.printed.part(start, len(figure.printed.value)), Confidence.HIGH, _hint(figure))
    if credit is None or credit.at is None or credit.at.span is None:
        return
    # "–/Ministry/dpa" is how a picture is credited that a body handed out
    empty = _empty_name().search(credit.raw) if len(credit.parties) < 2 else None
    nobody = not credit.parties and not set(credit.roles) & _SAYS_ENOUGH
    if nobody or empty:
        yield _nobody(replace(credit.at, value=credit.raw), Confidence.HIGH if empty else None, _hint(figure))


def _nobody(said: Text, sure: Confidence | None, hint: str) -> Finding:
    return Finding(
        at=said.span or Span(0, 0),
        quote=said.value,
        message=f"The credit “{shorten(said.value)}” does not say who took the picture.",
        remedy=f"Put in the name, or the agency.{hint}",
        confidence=sure,
    )


# Roles that say all there is to say when no name stands beside them.
_SAYS_ENOUGH = {"ai_generated", "screenshot", "illustration", "infographic", "rendering", "uncredited", "private"}


@cache
def _empty_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{by_words()}|:)\s*[-–—./]+\s*(?:$|/)|^\W*$", re.I)


@rule("image-broken-source", on=Page, severity=Severity.WARNING)
def image_broken_source(page: Page) -> Iterator[Finding]:
    """A picture's address leads nowhere.

    Readers see a gap, or the alt text in a frame. The address is empty or a program's word for nothing (of a picture
    with a caption: others are filled in by a script), or it names a file that is not in its folder, while another
    picture of the page is in its own. That is likely, and no more: a program may make the file.

    Bad:
        <figure><img src="undefined" alt="A pier"><figcaption>The pier of Cromer in May.</figcaption></figure>
    Good:
        <figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="pier.jpg" alt="A pier"><figcaption>The
        pier of Cromer in May.</figcaption></figure>
    """
    for figure in page.article:
        if isinstance(figure.file, Failure) and figure.file.kind == "absent":
            yield Finding(
                at=figure.at,
                quote=figure.address,
                message=f"The picture's file “{shorten(figure.address, 64)}” is not there.",
                remedy="Put the file in its folder, or correct the address.",
                confidence=Confidence.MEDIUM,
                picture=figure.address,
            )
        if figure.tag is None or page.kind != "html":
            continue
        if any(len(image.url) > 40 for image in figure.images):
            continue  # no program's word for nothing is as long, and data: addresses are very long
        urls = [image.url.strip() for image in figure.images] or [_source(page.text[slice(*figure.tag)])]
        if urls and all(" ".join(u.casefold().split()) in placeholders("address") | {""} for u in urls):
            yield Finding(
                at=figure.tag,
                quote=urls[0],
                message=f"The picture's address “{urls[0]}” leads nowhere."
                if urls[0] else "The picture has an empty address.",
                remedy="Put in the picture's address, or take the picture out.",
                picture=urls[0],
            )  # fmt: skip


def _source(tag: str) -> str:
    """The address in a picture's start tag, of which the reader made nothing."""
    found = _SOURCE.search(tag)
    return found[1] if found else ""


_SOURCE = re.compile(r"\ssrc\s?=\s?[\"']([^\"']{0,40})[\"']", re.I)
