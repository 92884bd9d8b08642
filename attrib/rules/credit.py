"""The form of a credit line: separators left over, names in capitals, licences half said, pictures made by machines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import wordings
from ..lexicon import fold, name_of, names, platforms, roles
from ..match import distance
from ..model import (
    HOUSES,
    Confidence,
    Credit,
    Evidence,
    Figure,
    FileFacts,
    FileField,
    Finding,
    House,
    Kind,
    Page,
    Party,
    Related,
    Severity,
    Span,
)
from ..rule import rule
from ..words import shorten

_EDGE = re.compile(r"[/|;+&\\]\s*$")  # at its head a stroke parts the credit from the caption
_MARKER_EDGE = re.compile(r"^[^/|:]{2,30}:\s*[/|;,]")
_DOUBLED = re.compile(r"/\s+/|\|\s*\||,\s*,|;\s*;|/\s*[|;,]|[|;,]\s*/|:\s*:")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|“\s*”|\"\s*\"")
_ADDRESS = re.compile(r"https?://\S*|www\.\S+")


@rule("credit-malformed", on=Figure, severity=Severity.NOTICE)
def credit_malformed(figure: Figure) -> Iterator[Finding]:
    """A credit line has a separator with nothing beside it, or an empty bracket.

    A name was lost between the picture desk and the page, often the photographer's. The credit template printed the
    stroke all the same.

    Bad:
        <figure><img src="ferry.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: /dpa</span></figcaption></figure>
    Good:
        <figure><img src="ferry.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Lena Moritz/dpa</span></figcaption></figure>
    """
    credit, at = figure.credit, _place(figure)
    if credit is None or at is None:
        return
    line = _ADDRESS.sub("x", credit.raw)
    for pattern, what in (
        (_EDGE, "ends with a separator"),
        (_MARKER_EDGE, "has a separator where the first name should be"),
        (_DOUBLED, "has two separators with no name between them"),
        (_EMPTY, "has an empty bracket"),
    ):
        if pattern.search(line):
            yield Finding(
                at=at,
                quote=credit.raw,
                message=f"The credit “{shorten(credit.raw)}” {what}.",
                remedy="Put the missing name in, or delete the separator.",
                picture=figure.address,
            )
            return


@rule("credit-capitals", on=Page, severity=Severity.NOTICE, confidence=Confidence.MEDIUM)
def credit_capitals(page: Page) -> Iterator[Finding]:
    """A photographer's name is printed all in capitals, or all in small letters, where other names are not.

    Agencies send names in capitals; a house that prints them as sent shows two styles side by side. A house that sets
    every credit in capitals does so on purpose, and is left alone.

    Bad:
        <figure><img src="a.jpg" alt="A market"><figcaption>Traders open the fish market in Vigo.
        <span class="credit">Photo: MARTA IGLESIAS/Europa Press</span></figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A market"><figcaption>Traders open the fish market in Vigo.
        <span class="credit">Photo: Marta Iglesias/Europa Press</span></figcaption></figure>
        <figure><img src="b.jpg" alt="A quay"><figcaption>The quay at low tide on Monday.
        <span class="credit">MARTA IGLESIAS / EUROPA PRESS</span></figcaption></figure>
    """
    found: dict[str, list[tuple[Figure, Credit, Span]]] = {}
    for figure in page.article:
        credit, at = figure.credit, _place(figure)
        if credit is None or at is None or not _other_case(credit):
            continue
        for party in credit.parties:
            if party.kind is Kind.PERSON and _one_case(party):
                found.setdefault(party.name, []).append((figure, credit, at))
    for name, places in found.items():
        figure, credit, at = places[0]
        case = "capitals" if name.isupper() else "small letters"
        better = next((p.canonical for p in credit.parties if p.name == name and p.canonical != name), "")
        yield Finding(
            at=at,
            quote=credit.raw,
            message=f"The name “{shorten(name)}” is printed all in {case}.",
            remedy=f"Write it “{better}”, if that is how the name is written." if better else "Write it as a name.",
            picture=figure.address,
            count=len(places),
            related=tuple(
                Related(place, f"in {case}", quote=other.raw, picture=also.address) for also, other, place in places[1:]
            ),
        )


def _one_case(party: Party) -> bool:
    """A name of two or more whole words, all of one case."""
    words = [w for w in re.findall(r"[^\W\d_]+", party.name) if len(w) >= 2]
    return len(words) >= 2 and sum(map(len, words)) >= 7 and (party.name.isupper() or party.name.islower())


def _other_case(credit: Credit) -> bool:
    """Whether another party of the line is written in mixed case, so that capitals are no style of the house."""
    others = [p.name for p in credit.parties if p.kind is not Kind.HANDLE and not _one_case(p)]
    return any(re.search(r"[^\W\d_]", n) and not n.isupper() and not n.islower() and len(n) > 3 for n in others)


@rule("credit-unknown-agency", on=Page, severity=Severity.NOTICE, confidence=Confidence.LOW)
def credit_unknown_agency(page: Page, house: House) -> Iterator[Finding]:
    """A credit names an agency that is in no table, and reads almost like one that is.

    A slip in an agency's name is printed until somebody sees it, and no search for the agency's pictures finds it.
    Agencies of your own are named in the settings.

    Bad:
        <figure><img src="a.jpg" alt="A market"><figcaption>Traders open the fish market in Vigo.
        <span class="credit">Photo: Marta Iglesias/Gety Images</span></figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A market"><figcaption>Traders open the fish market in Vigo.
        <span class="credit">Photo: Marta Iglesias/Europa Press</span></figcaption></figure>
    """
    own = {fold(name) for name in house.agencies}
    said: set[str] = set()
    for figure in page.article:
        credit, at = figure.credit, _place(figure)
        for party in credit.parties if credit and at else ():
            words = fold(party.name)
            if party.kind not in (Kind.AGENCY, Kind.ORGANISATION, Kind.COLLECTION) or words in said | own:
                continue
            said.add(words)
            if name_of(party.name) is None and (near := _near(words)):
                assert credit is not None and at is not None  # noqa: S101  (the loop is over its parties)
                yield Finding(
                    at=at,
                    quote=credit.raw,
                    message=f"No agency is known as “{shorten(party.name)}”; did you mean “{near}”?",
                    remedy=f"Write “{near}”, or add the agency to the settings.",
                    picture=figure.address,
                )


def _near(words: str) -> str:
    """The agency whose spelling is one slip away; only for names long enough that this is no accident."""
    if len(words) < 7:
        return ""
    for spelling, entry in names().items():
        if spelling[0] != words[0] or abs(len(spelling) - len(words)) > 1:
            continue
        agency = entry.kind in HOUSES
        if agency and distance(spelling, words, 1) == 1:
            return entry.name if fold(entry.name) == spelling else spelling.title()
    return ""


_CC = re.compile(r"\b(?:CC|creative\s+commons)\b(?!\s*(?:0|zero))", re.I)
_CC_VERSION = re.compile(r"\b[1-4]\.\d\b|\b[1-4]\b")
_ZERO = re.compile(r"\bCC[\s-]?(?:0|zero)\b", re.I)
_LINK = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/", re.I)


@rule("credit-licence-incomplete", on=Figure, severity=Severity.WARNING)
def credit_licence_incomplete(figure: Figure, page: Page) -> Iterator[Finding]:
    """A Creative Commons credit lacks the author, or does not say which licence.

    The licence is given on condition that author and licence are named; without them the picture is used without
    permission. Source: Creative Commons, recommended practices for attribution (title, author, source, licence).

    Bad:
        <figure><img src="moor.jpg" alt="A moor"><figcaption>The moor near Papenburg.
        <span class="credit">Photo: Wikimedia Commons/CC BY-SA 4.0</span></figcaption></figure>
    Bad:
        <figure><img src="moor.jpg" alt="A moor"><figcaption>The moor near Papenburg.
        <span class="credit">Photo: Uwe Tammen, Creative Commons</span></figcaption></figure>
    Good:
        <figure><img src="moor.jpg" alt="A moor"><figcaption>The moor near Papenburg.
        <span class="credit">Photo: Uwe Tammen/Wikimedia Commons/CC BY-SA 4.0</span></figcaption></figure>
    """
    credit, at = figure.credit, _place(figure)
    if credit is None or at is None or not _CC.search(credit.licence or credit.raw):
        return
    if _ZERO.search(credit.raw) or wordings.said("public-domain").search(credit.raw):
        return
    markup = page.text[figure.block.start : figure.block.end]
    linked = _LINK.search(markup) is not None
    author = any(p.kind is not Kind.PLATFORM for p in credit.parties)
    kind = linked or wordings.said("licence-kind").search(credit.licence or credit.raw) is not None
    version = linked or _CC_VERSION.search(credit.licence or credit.raw) is not None
    if author and kind and version:
        return
    lacks = [w for w, there in (("the author", author), ("which licence it is", kind)) if not there]
    what = " and ".join(lacks) or "the version of the licence"
    yield Finding(
        at=at,
        quote=credit.raw,
        message=f"The Creative Commons credit “{shorten(credit.raw)}” does not say {what}.",
        remedy=f"Add {what}, and link the licence.",
        severity=None if lacks else Severity.NOTICE,
        picture=figure.address,
    )


_MADE = ("trainedalgorithmicmedia",)
_PARTLY = ("compositesynthetic", "compositewithtrainedalgorithmicmedia")


@rule("credit-ai-unlabelled", on=Figure, severity=Severity.WARNING, needs=("file",))
def credit_ai_unlabelled(figure: Figure) -> Iterator[Finding]:
    """The picture file says a machine made the picture, and the page does not.

    Readers take a picture in an article for a photograph. Law in the EU and the codes of press councils want generated
    pictures labelled. Source: IPTC Digital Source Type vocabulary; an error where a photographer is credited instead.

    Bad:
        <figure><img src="robot.jpg" alt="A robot reads"><figcaption>A robot reads the news.
        <span class="credit">Illustration: Studio Nord</span></figcaption></figure>
        file robot.jpg: xmp digitalSourceType = http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia
    Good:
        <figure><img src="robot.jpg" alt="A robot reads"><figcaption>A robot reads the news.
        <span class="credit">Illustration: Studio Nord, AI-generated</span></figcaption></figure>
        file robot.jpg: xmp digitalSourceType = http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia
    """
    if not isinstance(figure.file, FileFacts) or _labelled(figure):
        return
    field, wholly = _made_by_machine(figure.file)
    if field is None:
        return
    people = [p for p in figure.credit.creators if p.kind is Kind.PERSON] if figure.credit else []
    illustrated = figure.credit is not None and {"illustration", "photo_illustration", "composite", "rendering"} & set(
        figure.credit.roles
    )
    credit = figure.credit.raw if figure.credit else ""
    how = "made by a machine" if wholly else "made in part by a machine"
    yield Finding(
        at=_place(figure) or figure.block,
        quote=credit or str(figure.printed or ""),
        message=f"The file says the picture was {how}; neither caption nor credit says so."
        if not (people and wholly)
        else f"The file says the picture was {how}, and the page credits {people[0].name} as if it were a photograph.",
        remedy="Label it as generated, and say with what it was made.",
        severity=Severity.ERROR if people and wholly and not illustrated else None,
        evidence=(
            Evidence("page", credit or "no credit", "credit"),
            Evidence(field.origin, shorten(field.value, 120), field.raw or field.name),
        ),
        picture=figure.address,
    )


def _made_by_machine(file: FileFacts) -> tuple[FileField | None, bool]:
    """The field that says so, and whether the whole picture was made that way."""
    for field in file.values("digitalSourceType"):
        kind = field.value.strip().rstrip("/").rpartition("/")[2].casefold()
        if kind in _MADE + _PARTLY:
            return field, kind in _MADE
    for field in file.values("aiPromptInformation"):
        if field.origin == "png" and ("Steps:" in field.value or '"class_type"' in field.value):
            return field, True  # what the programs that make such pictures write into their files
    return None, False


def _labelled(figure: Figure) -> bool:
    credit = figure.credit
    said = " ".join(str(t) for t in (figure.printed, figure.caption, figure.alt, figure.title) if t)
    said += " " + " ".join(line.text.value for line in figure.lines) + " " + (credit.raw if credit else "")
    if (credit and "ai_generated" in credit.roles) or wordings.said("machine").search(said):
        return True
    folded = f" {fold(said)} "
    words = [w for r in roles() if r.role == "ai_generated" for group in r.words.values() for w in group]
    words += [w for p in platforms() if p.sort == "ai" for w in (p.name, *p.aliases)]
    return any(f" {fold(w)} " in folded for w in words)


def _place(figure: Figure) -> Span | None:
    """Where the credit stands on the page."""
    return figure.credit.at.span if figure.credit and figure.credit.at else None
