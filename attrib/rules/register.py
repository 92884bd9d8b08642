"""Credits held against the register: whom this newsroom may credit, until when, and in which form.

An agency in the credit outranks a name: whoever is credited through a house that is known is its business, and may
only be a namesake of somebody in the register. Where permission comes from elsewhere (a licence, a handout, a lender),
the register is silent too. A ban always holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..lexicon import fold
from ..model import (
    HOUSES,
    MAKERS,
    Confidence,
    Credit,
    Evidence,
    Figure,
    FileFacts,
    Finding,
    House,
    Kind,
    Page,
    Party,
    Related,
    Severity,
)
from ..rule import rule
from ..words import day, listed, shorten
from . import suggest
from .holding import REMADE, people, place, printed_evidence

if TYPE_CHECKING:
    from ..register import Entry, Register

# Credits whose permission is given by somebody else than those they name, or by nobody.
_ELSEWHERE = REMADE | {"ai_generated", "courtesy", "handout", "pool", "private", "social_media", "supplied"}


@rule("credit-banned", on=Figure, severity=Severity.ERROR, needs=("register",))
def credit_banned(figure: Figure, page: Page, house: House, register: Register) -> Iterator[Finding]:
    """The credit names a person or an agency that the register says must not be credited.

    The house decided not to use these pictures, and each one printed may cost money or trust. A warning where a person
    is credited through another known agency, and may be a namesake.

    Bad:
        register stock_library Shutterstock, banned, note no stock pictures
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Rex Features</span></figcaption></figure>
    Good:
        register stock_library Shutterstock, banned, note no stock pictures
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Tomasz Wrona/AP</span></figcaption></figure>
    """
    credit = figure.credit
    if credit is None:
        return
    printed = day(page.published)  # a ban holds for what is printed on its days, whenever it was taken
    for party in credit.parties:
        entry = register.for_party(party, printed)
        if entry is None or not entry.banned or not entry.valid_on(printed):
            continue
        namesake = entry.kind in MAKERS and _outranked(entry, credit, house, register)
        who = shorten(party.name)
        if fold(entry.name) != fold(party.name):
            who += f" ({shorten(entry.name)})"
        yield Finding(
            at=place(figure),
            quote=credit.raw,
            message=f"The credit names {who}, and the register says not to credit that name.",
            remedy="Ask the picture desk whether this is the same person."
            if namesake
            else "Use another picture, or ask the picture desk.",
            severity=Severity.WARNING if namesake else None,
            confidence=Confidence.MEDIUM if namesake else None,
            evidence=(printed_evidence(credit), _row(entry, register)),
            picture=figure.address,
        )


@rule("credit-not-in-register", on=Page, severity=Severity.WARNING, needs=("register",))
def credit_not_in_register(page: Page, house: House, register: Register) -> Iterator[Finding]:
    """The credit names somebody who is not in the register of those the house may credit.

    Either a name is misspelt, or a picture is used that nobody has a contract for. A warning where one letter parts the
    name from one in the register, otherwise a notice. People credited through a known agency need not be in it.

    Bad:
        register person Marta Iglesias
        <figure><img src="a.jpg" alt="A market"><figcaption>Traders open the fish market in Vigo.
        <span class="credit">Photo: Marta Iglesais</span></figcaption></figure>
    Good:
        register person Marta Iglesias
        <figure><img src="a.jpg" alt="A market"><figcaption>Traders open the fish market in Vigo.
        <span class="credit">Photo: MARTA IGLESIAS</span></figcaption></figure>
        <figure><img src="b.jpg" alt="A quay"><figcaption>The quay at low tide on Monday.
        <span class="credit">Photo: Bruno Keller/AFP</span></figcaption></figure>
    """
    unknown: dict[str, list[tuple[Figure, Credit, Party]]] = {}
    for figure in page.article:
        for party in _unknown(figure.credit, house, register) if figure.credit else ():
            assert figure.credit is not None  # noqa: S101  (its parties are looked through)
            unknown.setdefault(fold(party.name), []).append((figure, figure.credit, party))
    for places in unknown.values():
        figure, credit, party = places[0]
        near = register.near(party.name) if party.kind is Kind.PERSON else ()
        slip = any(verdict.how == "typo" for _, verdict in near)
        names = [f"“{shorten(entry.name)}”" for entry, _ in near]
        meant = f"; did you mean {' or '.join(names)}?" if names else "."
        yield Finding(
            at=place(figure),
            quote=credit.raw,
            message=f"“{shorten(party.name)}” is not in the register of those who may be credited{meant}",
            remedy="Correct the name, or add it to the register." if near else "Ask the picture desk, or add the name.",
            severity=Severity.WARNING if slip else Severity.NOTICE,
            evidence=(printed_evidence(credit), *(_row(entry, register) for entry, _ in near)),
            picture=figure.address,
            count=len(places),
            related=tuple(
                Related(place(f), "credited here too", quote=c.raw, picture=f.address) for f, c, _ in places[1:]
            ),
        )


@rule("credit-expired-contract", on=Figure, severity=Severity.WARNING, needs=("register",))
def credit_expired_contract(figure: Figure, page: Page, house: House, register: Register) -> Iterator[Finding]:
    """The picture was taken on a day that the contract with those it is credited to does not cover.

    Outside a contract nothing is settled: neither the fee nor the right to print. The day is the one in the picture's
    file; without it that of the article, and then this is a question.

    Bad:
        register person Jane Doe, from 2020-01-01, to 2022-12-31
        file a.jpg: xmp dateCreated = 2023-04-02T10:00:00
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Jane Doe</span></figcaption></figure>
    Good:
        register person Jane Doe, from 2020-01-01, to 2022-12-31
        file a.jpg: xmp dateCreated = 2022-12-31T10:00:00
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Jane Doe</span></figcaption></figure>
    """
    credit = figure.credit
    days = _days(figure, page)
    if credit is None or not days or _ELSEWHERE & set(credit.roles):
        return
    for party in credit.parties:
        entries = [e for e in register.of_party(party) if not e.banned and not _passed_over(e, credit, house, register)]
        if not entries or any(entry.valid_on(day) for entry in entries for day, _ in days):
            continue
        day, voice = days[0]
        ended = [e for e in entries if e.until and e.until < day]
        entry = max(ended, key=lambda e: e.until or day) if ended else min(entries, key=lambda e: e.since or day)
        when = f"ended on {entry.until}" if ended else f"began on {entry.since}"
        taken = voice.origin != "page"
        of_day = f"the picture was taken on {day}" if taken else f"the article is of {day}"
        yield Finding(
            at=place(figure),
            quote=credit.raw,
            message=f"The contract with {shorten(entry.name)} {when}; {of_day}.",
            remedy="Ask the picture desk whether it may be used, or correct the register."
            if taken
            else "Find out when the picture was taken, and whether it may be used.",
            confidence=None if taken and voice.origin != "exif" else Confidence.MEDIUM,
            evidence=(printed_evidence(credit), _row(entry, register), voice),
            picture=figure.address,
        )


@rule("credit-not-in-house-form", on=Figure, severity=Severity.WARNING, needs=("register",))
def credit_not_in_house_form(figure: Figure, page: Page, house: House, register: Register) -> Iterator[Finding]:
    """The credit is not printed in the form, or under the name, that the register requires.

    How a credit reads is part of many contracts, and agencies search for their own line. Capitals and the spaces around
    separators do not matter; a notice where only the spelling of a name differs.

    Bad:
        register person Jane Doe, form <Name> for The Quay
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Jane Doe</span></figcaption></figure>
    Good:
        register person Jane Doe, form <Name> for The Quay
        <figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.
        <span class="credit">Photo: Jane Doe for The Quay</span></figcaption></figure>
    """
    credit = figure.credit
    if credit is None or REMADE & set(credit.roles):
        return
    days = _days(figure, page)
    for party in credit.parties:
        entry = register.for_party(party, days[0][0] if days else None)
        if entry is None or entry.banned or _passed_over(entry, credit, house, register):
            continue
        wanted, spelling = _wanted(entry, party, credit), False
        if not wanted and entry.kind is Kind.PERSON and _plain(party.name) != _plain(entry.name):
            wanted, spelling = entry.name, True
        if wanted:
            line = credit.raw.replace(party.name, wanted) if spelling else wanted
            wants = "spells the name" if spelling else "wants the credit"
            yield Finding(
                at=place(figure),
                quote=credit.raw,
                message=f"The register {wants} “{shorten(wanted)}”; the page prints “{shorten(credit.raw)}”.",
                remedy=f"Print “{shorten(wanted, 120)}”.",
                severity=Severity.NOTICE if spelling else None,
                evidence=(printed_evidence(credit), _row(entry, register)),
                suggestion=suggest.from_register(line, credit, _row(entry, register).field),
                picture=figure.address,
            )


def _unknown(credit: Credit, house: House, register: Register) -> list[Party]:
    """Whom the register ought to name and does not. What it lists none of, it says nothing of."""
    if credit.licence or _ELSEWHERE & set(credit.roles) or any(p.kind is Kind.PLATFORM for p in credit.parties):
        return []
    bare = credit.raw.removeprefix(credit.marker or "").strip(" :")
    if register.find(bare) or any(_through(p, register) for p in credit.parties):
        return []
    if any(_with_agency(entry, credit) for p in people(credit) for entry in register.of_party(p)):
        return []
    own = {fold(name) for name in house.agencies}
    dealers = [p for p in credit.parties if p.kind in HOUSES or fold(p.name) in own]
    if dealers:
        return dealers if register.lists_houses and not any(fold(p.name) in own for p in dealers) else []
    return [p for p in people(credit) if not register.of_party(p)] if register.lists_people else []


def _through(party: Party, register: Register) -> bool:
    """Whether a party is a house the register names, banned or not: it answers for whoever is credited with it."""
    return any(entry.kind not in MAKERS for entry in register.of_party(party))


def _outranked(entry: Entry, credit: Credit, house: House, register: Register) -> bool:
    """Whether a known house in the credit answers for the picture, that is not the one of the entry itself."""
    own = f" {fold(entry.agency)} {fold(entry.form)} "
    ours = {fold(name) for name in house.agencies}
    return any(
        not any(f" {name} " in own for name in {fold(p.name), fold(p.canonical)})
        for p in credit.parties
        if p.kind in HOUSES or _through(p, register) or fold(p.name) in ours
    )


def _passed_over(entry: Entry, credit: Credit, house: House, register: Register) -> bool:
    """Whether an entry of a person does not count for this credit."""
    return entry.kind in MAKERS and _outranked(entry, credit, house, register)


def _days(figure: Figure, page: Page) -> list[tuple[date, Evidence]]:
    """The days on which the picture may have been taken, and who says so; the article's when nothing else does.

    Clocks of cameras are often wrong, so EXIF is asked last. An archive picture is not of the article's day, and a
    year in the credit is nearer than that day.
    """
    if isinstance(figure.file, FileFacts):
        fields = figure.file.values("dateCreated")
        for chosen in ([f for f in fields if f.origin != "exif"], fields):
            days = [(taken, Evidence(f.origin, f.value, f.raw or f.name)) for f in chosen if (taken := day(f.value))]
            if days:
                return days
    credit = figure.credit
    if credit and not credit.year and "file" not in credit.roles and (taken := day(page.published)):
        return [(taken, Evidence("page", page.published, "published"))]
    return []


_NAME = re.compile(r"<name>", re.I)


def _wanted(entry: Entry, party: Party, credit: Credit) -> str:
    """The required credit where it is not printed; nothing where it is, or where the name to put in is not known."""
    makers = [party] if party.kind in MAKERS else list(credit.creators)
    form = entry.form
    if not form and entry.agency and entry.kind in MAKERS:  # how the two are joined is not laid down then
        if _with_agency(entry, credit):
            return ""
        form = f"<Name>/{entry.agency}"
    if not form or (_NAME.search(form) and not makers):
        return ""
    if _follows(_plain(credit.raw), form, makers):
        return ""
    names = listed([entry.name if entry.kind in MAKERS else p.name for p in makers]) if makers else ""
    return _NAME.sub(lambda _: names, form)


def _with_agency(entry: Entry, credit: Credit) -> bool:
    """Whether the credit names the agency that this person is credited with."""
    return any(fold(entry.agency) in (fold(p.name), fold(p.canonical)) for p in credit.parties if entry.agency)


def _follows(line: str, form: str, makers: list[Party]) -> bool:
    """Whether a line holds the words of a form, and between them, where the form has a name, one of the makers'."""
    before, *rest = (_plain(part) for part in _NAME.split(form))
    starts = [found.end() for found in re.finditer(_whole(before), line)]
    if not rest:
        return bool(starts)
    ends = [found.start() for found in re.finditer(_whole(rest[-1]), line)]
    return bool(starts and ends) and any(_plain(p.name) in line[starts[0] : ends[-1]] for p in makers)


def _whole(part: str) -> str:
    """A pattern for these very words, not for pieces of longer ones."""
    head = r"(?<!\w)" if part[:1].isalnum() else ""
    return head + re.escape(part) + (r"(?!\w)" if part[-1:].isalnum() else "")


def _plain(text: str) -> str:
    """A printed line without case, and without the spaces around its separators."""
    return re.sub(r" ?([/|,;:()–—-]) ?", r"\1", " ".join(text.casefold().split()))


def _row(entry: Entry, register: Register) -> Evidence:
    return Evidence("register", entry.says, f"{register.source}, {entry.row}")
