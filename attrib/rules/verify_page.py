"""The printed credit held against what else the page says: names of files, structured data, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from .. import wordings
from ..lexicon import fold, name_of
from ..match import Answer
from ..model import (
    Confidence,
    Credit,
    Evidence,
    Figure,
    FileFacts,
    Finding,
    ImageObject,
    Kind,
    Page,
    Party,
    Related,
    Relation,
    Severity,
)
from ..rule import rule
from ..supplier import FileHit, suppliers
from ..words import day, shorten
from .holding import REMADE, hold, houses, mentioned, named, people, place, printed_evidence


@rule("credit-contradicts-file-name", on=Figure, severity=Severity.ERROR)
def credit_contradicts_file_name(figure: Figure) -> Iterator[Finding]:
    """The picture's file is named the way one agency names its files, and another agency is credited.

    Agencies number their pictures, each in its own way, and the number outlives the metadata. The number says where
    the picture came from; the credit was most likely left over from another picture. A number of a house that also
    sells pictures of others (Getty Images, IMAGO, Alamy) proves nothing against an agency, whose picture it may have sold.

    Bad:
        <figure><img src="AP24010820434600.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure>
    Good:
        <figure><img src="AP24010820434600.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Anna Seidel/AP</span></figcaption></figure>
    Good:
        <figure><img src="GettyImages-1234567890.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure>
    """
    credit = figure.credit
    if credit is None or not houses(credit) or REMADE & set(credit.roles):
        return
    clues = [(hit, image.url) for image in figure.images for hit in suppliers(image.url) if hit.strength != "weak"]
    found = [_as_credit(hit) for hit, _ in clues]
    if hold(credit, found, houses).answer is not Answer.DISAGREES:
        return
    hit, url = min(clues, key=lambda clue: clue[0].strength != "strong")
    sure = hit.strength == "strong"
    yield Finding(
        at=place(figure),
        quote=credit.raw,
        message=f"The page credits {shorten(named(houses(credit)), 80)}; the picture's file “{shorten(hit.found)}” is "
        f"named the way {hit.agency} names its pictures.",
        remedy="Ask the picture desk which agency it came from, and print that one.",
        severity=None if sure else Severity.WARNING,
        confidence=None if sure else Confidence.MEDIUM,
        evidence=(printed_evidence(credit), Evidence("file name", url.rpartition("/")[2], hit.agency)),
        picture=url,
    )


def _as_credit(hit: FileHit) -> Credit:
    return Credit(raw=hit.found, parties=(Party(hit.agency, hit.agency, Kind.AGENCY, Relation.SOURCE),))


@rule("credit-contradicts-structured-data", on=Figure, severity=Severity.WARNING)
def credit_contradicts_structured_data(figure: Figure) -> Iterator[Finding]:
    """The credit in the page's structured data names somebody else than the credit readers see.

    Search engines show the one beside the picture, readers see the other; one of the two is wrong. Source: Google
    Search Central, image metadata; schema.org ImageObject.

    Bad:
        <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "image":
        {"@type": "ImageObject", "url": "https://news.example/a.jpg", "creditText": "Tomasz Wrona/AP"}}</script>
        <article><figure><img src="https://news.example/a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure></article>
    Good:
        <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "image":
        {"@type": "ImageObject", "url": "https://news.example/a.jpg", "creditText": "Anna Seidel"}}</script>
        <article><figure><img src="https://news.example/a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure></article>
    """
    credit = figure.credit
    if credit is None or REMADE & set(credit.roles):
        return
    voices = [(item, name, read) for item in figure.objects for name, read in item.credits]
    others = [read for _, _, read in voices]
    parts = []
    for side in (people, houses):
        told = [p for read in others for p in side(read)]
        own = side(credit)
        if hold(credit, others, side).answer is not Answer.DISAGREES:
            continue
        if not mentioned(own, [read.raw for read in others]) and not mentioned(told, [credit.raw]):
            parts.append((named(own), named(told)))
    if not parts:
        return
    here, there = ", ".join(a for a, _ in parts), ", ".join(b for _, b in parts)
    said = dict.fromkeys(Evidence(item.origin, read.raw, name) for item, name, read in voices)
    yield Finding(
        at=place(figure),
        quote=credit.raw,
        message=f"The page credits {shorten(here, 80)}; its structured data credits {shorten(there, 80)} instead.",
        remedy="Ask the picture desk which is right, and write the same in both places.",
        evidence=(printed_evidence(credit), *said),
        picture=figure.address,
    )


@rule("structured-data-incomplete", on=Page, severity=Severity.NOTICE)
def structured_data_incomplete(page: Page) -> Iterator[Finding]:
    """The structured data describes a credited picture and does not say whom to credit.

    Search engines show a picture's credit and licence only where the structured data or the file holds them. Source:
    Google Search Central, image metadata: creator, creditText, copyrightNotice or license beside contentUrl.

    Bad:
        <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "image":
        {"@type": "ImageObject", "url": "https://news.example/a.jpg", "width": 1200}}</script>
        <article><figure><img src="https://news.example/a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure></article>
    Good:
        <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "image":
        {"@type": "ImageObject", "url": "https://news.example/a.jpg", "creditText": "Anna Seidel/Reuters"}}</script>
        <article><figure><img src="https://news.example/a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure></article>
    Good:
        <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "image":
        {"@type": "ImageObject", "url": "https://news.example/a.jpg", "caption": "Photo: Anna Seidel/Reuters"}}</script>
        <article><figure><img src="https://news.example/a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure></article>
    """
    lacking = []
    for figure in page.article:
        own = [o for o in figure.objects if o.origin not in ("opengraph", "twitter")]
        credit = figure.credit
        if credit and credit.parties and own and not any(_says_whose(item, credit) for item in own):
            lacking.append(figure)
    if not lacking:
        return
    first, *rest = lacking
    assert first.credit is not None  # noqa: S101  (kept above)
    many = f"{len(lacking)} credited pictures" if rest else "this credited picture"
    yield Finding(
        at=place(first),
        quote=first.credit.raw,
        message=f"The structured data of this page describes {many} without a credit.",
        remedy="In the structured data, give each ImageObject creditText and creator.",
        picture=first.address,
        count=len(lacking),
        related=tuple(
            Related(place(f), "not in the structured data", quote=f.credit.raw, picture=f.address)
            for f in rest
            if f.credit
        ),
    )


def _says_whose(item: ImageObject, credit: Credit) -> bool:
    """Whether a property of the object says whose the picture is, or its caption holds the credit line."""
    if item.creditText or item.creator or item.copyrightNotice or item.copyrightHolder or item.license:
        return True
    line = credit.marker is not None or len(credit.parties) > 1  # one name alone may be of whom it shows
    return line and f" {fold(credit.raw)} " in f" {fold(item.caption or '')} "


_OLD = timedelta(days=365)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b|[’']\d\d\b")


@rule("credit-date-mismatch", on=Figure, severity=Severity.WARNING, confidence=Confidence.MEDIUM)
def credit_date_mismatch(figure: Figure, page: Page) -> Iterator[Finding]:
    """The picture is more than a year older than the article, and nothing says that it is an archive picture.

    Readers take a news picture for one of the event. The agency's number, or the file, gives the day it was taken.

    Bad:
        <meta property="article:published_time" content="2024-06-02T08:00:00Z">
        <article><figure><img src="AP22010820434600.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Anna Seidel/AP</span></figcaption></figure></article>
    Good:
        <meta property="article:published_time" content="2024-06-02T08:00:00Z">
        <article><figure><img src="AP22010820434600.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">File photo: Anna Seidel/AP</span></figcaption></figure></article>
    """
    credit, published = figure.credit, day(page.published)
    if credit is None or not houses(credit) or published is None or _timeless(credit):
        return
    said = " ".join(str(t) for t in (figure.printed, figure.caption, credit.raw) if t)
    said += " ".join(line.text.value for line in figure.lines)
    if wordings.said("archive").search(said) or _YEAR.search(said):
        return
    for taken, origin, says in _dates(figure):
        if published - taken > _OLD:
            yield Finding(
                at=place(figure),
                quote=credit.raw,
                message=f"The picture was taken on {taken.isoformat()}, long before the article of "
                f"{published.isoformat()}; nothing says it is from the archive.",
                remedy="Say in the caption when it was taken, or call it an archive picture.",
                evidence=(Evidence("page", page.published, "published"), Evidence(origin, says, "date")),
                picture=figure.address,
            )
            return


def _timeless(credit: Credit) -> bool:
    """Archive, stock and made pictures show no event of the day; neither do portraits lent by their subjects."""
    if (REMADE | {"file", "stock", "handout", "supplied", "courtesy", "private", "ai_generated"}) & set(credit.roles):
        return True
    known = [name_of(p.name) for p in credit.parties]
    return any(p.kind in (Kind.STOCK_LIBRARY, Kind.COLLECTION, Kind.PLATFORM) for p in credit.parties) or any(
        n is not None and n.stock for n in known
    )


def _dates(figure: Figure) -> Iterator[tuple[date, str, str]]:
    """When the picture was taken, as file names and the file say."""
    for hit in (hit for image in figure.images for hit in suppliers(image.url) if hit.strength == "strong"):
        if taken := day(hit.date):
            yield taken, "file name", hit.found
    if isinstance(figure.file, FileFacts):
        for field in figure.file.values("dateCreated"):
            if field.origin in ("iim", "xmp") and (taken := day(field.value)):
                yield taken, field.origin, field.value
