"""The printed credit held against the picture's own file: IPTC, XMP, EXIF and Content Credentials."""

from __future__ import annotations

from collections.abc import Iterator

from .. import wordings
from ..lexicon import fold
from ..match import Answer, match_people
from ..model import (
    Confidence,
    Credit,
    Evidence,
    Figure,
    FileCredit,
    FileFacts,
    Finding,
    Kind,
    Page,
    Related,
    Severity,
)
from ..rule import rule
from ..words import listed, shorten
from . import suggest
from .holding import REMADE, file_evidence, hold, houses, mentioned, named, people, place, printed_evidence

_CREATOR = ("creator", "imageCreator")
_NAMELESS = frozenset({"handout", "supplied", "screenshot", "social_media", "uncredited", "ai_generated", "pool"})


def _both(figure: Figure) -> tuple[Credit, FileFacts] | None:
    """The printed credit and the file, when both say something and the picture is still what the file was."""
    credit, file = figure.credit, figure.file
    if credit is None or not credit.parties or not isinstance(file, FileFacts) or not file.credits:
        return None
    return None if REMADE & set(credit.roles) else (credit, file)


def _texts(file: FileFacts) -> list[str]:
    """Everything the file says in words, but who is in the picture and what it is called."""
    silent = ("personInImage", "organisationInImage", "title", "headline", "keywords", "event")
    return [f.value for f in file.fields if f.name not in silent]


@rule("credit-contradicts-file", on=Figure, severity=Severity.ERROR, needs=("file",))
def credit_contradicts_file(figure: Figure) -> Iterator[Finding]:
    """The page credits a photographer or an agency that the picture's file does not name, and the file names others.

    Somebody is thanked for another's work, and the bill may follow. Source: IPTC Photo Metadata Standard, properties
    Creator, Credit Line, Source and Copyright Notice.

    Bad:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure>
        file a.jpg: iim creator = Tomasz Wrona
        file a.jpg: iim creditText = AP
        file a.jpg: xmp copyrightNotice = Copyright 2024 The Associated Press
    Bad:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure>
        file a.jpg: xmp creator = Tomasz Wrona
        file a.jpg: xmp creditText = REUTERS
    Good:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Tomasz Wrona/AP</span></figcaption></figure>
        file a.jpg: iim creator = TOMASZ WRONA
        file a.jpg: iim creditText = ASSOCIATED PRESS
    Good:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: AFP via Getty Images</span></figcaption></figure>
        file a.jpg: iim creator = STR
        file a.jpg: iim creditText = AFP
    """
    both = _both(figure)
    if both is None:
        return
    credit, file = both
    others = [c.credit for c in file.credits]
    named_people = hold(credit, others, people)
    named_houses = hold(credit, others, houses)
    makers = [c for c in file.credits if people(c.credit)]  # "(Photo by …)" in a description, where no field names one
    creators = [c for c in makers if c.field.name in _CREATOR] or makers
    parts: list[tuple[str, str]] = []
    evidence: list[FileCredit] = []
    if named_people.answer is Answer.DISAGREES and creators and not mentioned(people(credit), _texts(file)):
        parts.append((named(people(credit)), named([p for c in creators for p in people(c.credit)])))
        evidence += creators
    if named_houses.answer is Answer.DISAGREES and not mentioned(houses(credit), _texts(file)):
        theirs = [c for c in file.credits if houses(c.credit)]
        parts.append((named(houses(credit)), named([p for c in theirs for p in houses(c.credit)])))
        evidence += theirs
    if not parts or _required_contradiction(credit, file) is not None:
        return
    unsure = named_people.answer is Answer.AGREES
    here, there = listed([a for a, _ in parts]), listed([b for _, b in parts])
    yield Finding(
        at=place(figure),
        quote=credit.raw,
        message=f"The page credits {shorten(here, 80)}; the picture's file names {shorten(there, 80)} instead.",
        remedy="Ask the picture desk which is right, and print the names of this picture.",
        evidence=(printed_evidence(credit), *file_evidence(evidence)),
        confidence=Confidence.MEDIUM if unsure else None,
        suggestion=None if unsure else suggest.from_file(file, credit),
        picture=figure.address,
    )


@rule("credit-drops-creator", on=Figure, severity=Severity.WARNING, needs=("file",))
def credit_drops_creator(figure: Figure) -> Iterator[Finding]:
    """The file names the photographer, and the page thanks only an agency or a publisher.

    Whoever took the picture has the right to be named, and the name was there to be printed. Source: IPTC Photo
    Metadata Standard, Creator; § 13 of the German copyright act.

    Bad:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Reuters</span></figcaption></figure>
        file a.jpg: iim creator = Tomasz Wrona
        file a.jpg: iim creditText = REUTERS
    Good:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: AFP</span></figcaption></figure>
        file a.jpg: iim creator = STR
        file a.jpg: iim creditText = AFP
    """
    both = _both(figure)
    if both is None:
        return
    credit, file = both
    if credit.creators or _NAMELESS & set(credit.roles) or any(p.kind is Kind.CONTRIBUTOR for p in credit.parties):
        return
    creators = [c for c in file.credits if c.field.name in _CREATOR and people(c.credit)]
    makers = [p for c in creators for p in people(c.credit)]
    page_says = [line.text.value for line in figure.lines] + [credit.raw, str(figure.printed or "")]
    if not makers or mentioned(makers, page_says) or any(wordings.said("withheld").search(t) for t in _texts(file)):
        return
    if hold(credit, [c.credit for c in file.credits], houses).answer is Answer.DISAGREES:
        return  # another picture altogether, which is the graver fault
    makers = list({fold(p.canonical): p for p in makers}.values())
    yield Finding(
        at=place(figure),
        quote=credit.raw,
        message=f"The credit “{shorten(credit.raw)}” leaves out {named(makers)}, whom the file names as the creator.",
        remedy=f"Print the name: {named(makers)}.",
        evidence=(printed_evidence(credit), *file_evidence(creators)),
        suggestion=suggest.with_creator(credit, makers, creators),
        picture=figure.address,
    )


@rule("credit-misspelt", on=Figure, severity=Severity.WARNING, needs=("file",))
def credit_misspelt(figure: Figure) -> Iterator[Finding]:
    """A printed name differs by one letter from the name in the picture's file.

    A name is the one thing a credit is for, and nobody is found under a wrong one. The file may be wrong too, so this
    is a question.

    Bad:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Tomasz Wrana/Reuters</span></figcaption></figure>
        file a.jpg: iim creator = Tomasz Wrona
    Good:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Jürgen Müller/Reuters</span></figcaption></figure>
        file a.jpg: iim creator = Juergen Mueller
    """
    both = _both(figure)
    if both is None:
        return
    credit, file = both
    voices = [c for c in file.credits if people(c.credit)]
    for party in people(credit):
        verdicts = [(v, o, match_people(party.canonical, o.canonical)) for v in voices for o in people(v.credit)]
        if any(verdict.exact for _, _, verdict in verdicts):
            continue
        slips = [(voice, other) for voice, other, verdict in verdicts if verdict.how == "typo"]
        if slips:
            yield Finding(
                at=place(figure),
                quote=credit.raw,
                message=f"The page credits {party.name}; the picture's file spells the name {slips[0][1].name}.",
                remedy="Find out which spelling is right.",
                evidence=(printed_evidence(credit), *file_evidence(v for v, _ in slips)),
                picture=figure.address,
            )


def _required_contradiction(credit: Credit, file: FileFacts) -> FileCredit | None:
    """The required line the printed credit goes against; None when it fits one of them, or nothing can be told."""
    verdicts = [
        (line, {hold(credit, [line.credit], side).answer for side in (people, houses)})
        for line in file.credits
        if line.required
    ]
    if any(Answer.AGREES in answers and Answer.DISAGREES not in answers for _, answers in verdicts):
        return None
    against = (
        line
        for line, answers in verdicts
        if Answer.DISAGREES in answers and not mentioned(credit.parties, [line.field.value])
    )
    # IIM is often written in Latin-1, which leaves a question mark for a letter that XMP kept
    return min(against, key=lambda line: "?" in line.field.value, default=None)


@rule("credit-contradicts-required-line", on=Figure, severity=Severity.ERROR, needs=("file",))
def credit_contradicts_required_line(figure: Figure) -> Iterator[Finding]:
    """The supplier wrote into the file which credit must be printed, and the page prints another.

    The line is a condition of use, stated where the picture desk reads it. A credit that names somebody else breaks
    the licence.

    Bad:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Dover at dawn.
        <span class="credit">Photo: Anna Seidel/Reuters</span></figcaption></figure>
        file a.jpg: iim description = A ferry leaves Dover. Photo credit should read Mark Harlow/PA Wire.
    Good:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Dover at dawn.
        <span class="credit">Photo: Mark Harlow/PA</span></figcaption></figure>
        file a.jpg: iim description = A ferry leaves Dover. Photo credit should read Mark Harlow/PA Wire.
    """
    both = _both(figure)
    found = _required_contradiction(*both) if both else None
    if both is None or found is None:
        return
    credit, line = both[0], found
    yield Finding(
        at=place(figure),
        quote=credit.raw,
        message=f"The file asks for the credit “{shorten(line.field.value, 80)}”; the page prints “{shorten(credit.raw)}”.",
        remedy=f"Print “{shorten(line.field.value, 120)}”.",
        evidence=(printed_evidence(credit), *file_evidence([line])),
        suggestion=suggest.required(line),
        picture=figure.address,
    )


_WORDS = {
    "creator": "who took it",
    "creditText": "the credit line",
    "source": "the source",
    "copyrightNotice": "the copyright",
    "creatorJobTitle": "the creator's job title",
    "instructions": "the instructions",
    "headline": "the headline",
    "description": "the description",
    "dateCreated": "the date",
}
_OF_CREDIT = ("creator", "creditText", "source", "copyrightNotice")


@rule("metadata-disagrees", on=Figure, severity=Severity.WARNING, needs=("file",))
def metadata_disagrees(figure: Figure) -> Iterator[Finding]:
    """The file says two things at once: its IPTC, XMP and EXIF name different people or houses, or one is damaged.

    Programs read one block and never see the other, so what is credited depends on the program. A notice where only
    a description or a date differs. Source: IPTC Photo Metadata Standard, mapping guidelines.

    Bad:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Tomasz Wrona/AP</span></figcaption></figure>
        file a.jpg: iim creator = Tomasz Wrona
        file a.jpg: xmp creator = Anna Seidel
    Good:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Tomasz Wrona/AP</span></figcaption></figure>
        file a.jpg: iim creator = Tomasz Wrona
        file a.jpg: xmp creator = Tomasz Wrona
    """
    if not isinstance(figure.file, FileFacts):
        return
    file = figure.file
    groups = [group for group in file.disagreements if not _one_party(group[0].name, file)]
    if not groups and not file.problems:
        return
    graver = any(group[0].name in _OF_CREDIT for group in groups) or bool(file.problems)
    damage = f" {file.problems[0]}." if file.problems else ""
    if groups:
        said = listed([_WORDS[group[0].name] for group in groups][:3])
        message = f"The picture's file says different things about {said}.{damage}"
        remedy = "Ask the supplier which is right, and save the picture's metadata again."
    else:
        message = f"The metadata of {shorten(file.path, 64)} is damaged.{damage}"
        remedy = "Save the picture again from its original, or ask the supplier for a file that is whole."
    fields = [field for group in groups for field in group]
    yield Finding(
        at=place(figure),
        quote=figure.credit.raw if figure.credit else "",
        message=message,
        remedy=remedy,
        severity=None if graver else Severity.NOTICE,
        evidence=tuple(Evidence(f.origin, shorten(f.value, 120), f.raw or f.name) for f in fields)
        + tuple(Evidence("file", problem) for problem in file.problems),
        picture=figure.address,
    )


def _one_party(name: str, file: FileFacts) -> bool:
    """Whether texts that differ thank the same people, or do not thank comparably at all."""
    if name not in _OF_CREDIT:
        return False
    read = [c.credit for c in file.credits if c.field.name == name]
    pairs = [(a, b) for i, a in enumerate(read) for b in read[:i]]
    answers = {hold(a, [b], side).answer for a, b in pairs for side in (people, houses)}
    if Answer.DISAGREES in answers:
        return False
    return Answer.AGREES in answers or name in ("source", "copyrightNotice") or answers == {Answer.CANNOT_TELL}


@rule("c2pa-invalid", on=Figure, severity=Severity.ERROR, needs=("file",))
def c2pa_invalid(figure: Figure) -> Iterator[Finding]:
    """The picture's Content Credentials do not hold: it was changed after it was signed, or the signature is broken.

    A reader who checks is told that the picture cannot be trusted. Saving a signed picture with a program that does
    not sign again does this. Source: C2PA Technical Specification, validation. Needs the extra c2pa.

    Bad:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.</figcaption></figure>
        file a.jpg: c2pa contentCredentials = invalid: assertion.dataHash.mismatch
    Good:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.</figcaption></figure>
        file a.jpg: c2pa contentCredentials = valid
        file a.jpg: c2pa contentCredentials = signer not on a list of trusted signers
    """
    states = figure.file.values("contentCredentials") if isinstance(figure.file, FileFacts) else ()
    for state in states:
        if state.origin != "c2pa" or not state.value.startswith("invalid"):
            continue
        changed = "hash" in state.value.lower()
        what = "the picture was changed after it was signed" if changed else "they cannot be verified"
        yield Finding(
            at=figure.at,
            quote=figure.address,
            message=f"The picture's Content Credentials are broken: {what}.",
            remedy="Take the picture again from the agency, or remove the credentials that no longer fit.",
            evidence=(Evidence("c2pa", state.value, state.raw or state.name),),
            picture=figure.address,
        )
        return


def _says_whose(file: FileFacts) -> bool:
    """Whether the file thanks anybody, or carries credentials that may."""
    return bool(file.credits or file.values("contentCredentials", "provenance"))


@rule("metadata-stripped", on=Page, severity=Severity.NOTICE, needs=("file",))
def metadata_stripped(page: Page) -> Iterator[Finding]:
    """A picture is credited on the page, and its file no longer says whose it is.

    Whoever copies the picture copies it without a name. Removing such information may be unlawful where it helps
    others infringe; most often an image service did it. Source: 17 U.S.C. § 1202(b).

    Bad:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Tomasz Wrona/AP</span></figcaption></figure>
        file a.jpg: bare
    Good:
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Tomasz Wrona/AP</span></figcaption></figure>
        file a.jpg: xmp creator = Tomasz Wrona
    """
    bare = [
        f
        for f in page.article
        if f.credit and f.credit.parties and isinstance(f.file, FileFacts) and not _says_whose(f.file)
    ]
    if bare:
        first, *rest = bare
        assert first.credit is not None  # noqa: S101  (kept above)
        many = len(bare) > 1
        yield Finding(
            at=place(first),
            quote=first.credit.raw,
            message=f"The files of {len(bare)} credited pictures no longer say whose they are."
            if many
            else "The picture's file no longer says whose picture it is.",
            remedy="Have the image service keep creator, credit and copyright in the files it writes.",
            picture=first.address,
            count=len(bare),
            related=tuple(
                Related(place(f), "no credit in the file", quote=f.credit.raw, picture=f.address)
                for f in rest
                if f.credit
            ),
        )
