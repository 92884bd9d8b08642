"""Holding a printed credit against what another origin says: agrees, disagrees, or cannot tell.

In: credits of both sides. Out: `Held`. People are held against people and agencies against agencies; a side that
names none of a kind says nothing about that kind. One agreement outweighs every difference, for one picture has many
rightful names; only when every other voice differs do the two disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..lexicon import fold
from ..match import Answer, Verdict, match_agencies, match_creators
from ..model import HOUSES, Confidence, Credit, Evidence, Figure, FileCredit, Kind, Party, Relation, Span

# What the picture on the page is by its maker's own word: not the photograph the file was.
REMADE = frozenset({"composite", "illustration", "photo_illustration", "infographic", "screenshot", "film_still",
                    "rendering", "symbol", "data_source", "video"})  # fmt: skip

Side = Callable[[Credit], tuple[Party, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """The answer, the verdict it rests on, and which of the other credits gave it."""

    answer: Answer
    verdict: Verdict | None = None
    other: Credit | None = None


def people(credit: Credit) -> tuple[Party, ...]:
    """Those named as makers, by their own name, and surely so."""
    return tuple(
        p
        for p in credit.parties
        if p.kind is Kind.PERSON and p.relation is Relation.CREATOR and p.confidence is not Confidence.LOW
    )


def houses(credit: Credit) -> tuple[Party, ...]:
    """The agencies, collections and stock libraries."""
    return tuple(p for p in credit.parties if p.kind in HOUSES)


def hold(printed: Credit, others: Iterable[Credit], side: Side) -> Held:
    """Hold one side of the printed credit (people or houses) against the same side of all others."""
    own = side(printed)
    others = list(others)
    if side is houses and len(others) > 1:
        # one voice: "AFP" in one field and "Getty Images" in another is the chain "AFP via Getty Images"
        others = [Credit(raw="", parties=tuple(dict.fromkeys(p for other in others for p in houses(other))))]
    if not own:
        return Held(Answer.CANNOT_TELL)
    match = match_creators if side is people else match_agencies
    found = Held(Answer.CANNOT_TELL)
    unsure = False
    for other in others:
        theirs = side(other)
        if not theirs:
            continue
        verdict = match(replace(printed, parties=own), replace(other, parties=theirs))
        if verdict.answer is Answer.AGREES:
            return Held(Answer.AGREES, verdict, other)
        unsure = unsure or verdict.answer is Answer.CANNOT_TELL
        if found.verdict is None or verdict.answer is Answer.DISAGREES:
            found = Held(verdict.answer, verdict, other)
    return Held(Answer.CANNOT_TELL, found.verdict, found.other) if unsure else found


def mentioned(parties: Sequence[Party], texts: Iterable[str]) -> bool:
    """Whether one of these parties is named anywhere in these texts, by full or by last name."""
    said = f" {fold(' '.join(texts))} "
    for party in parties:
        for name in {fold(party.name), fold(party.canonical)}:
            last = name.rpartition(" ")[2] if party.kind is Kind.PERSON else name
            if name and (f" {name} " in said or (len(last) >= 4 and f" {last} " in said)):
                return True
    return False


def place(figure: Figure) -> Span:
    """Where the credit stands on the page; the figure's block when it stands nowhere of its own."""
    return (figure.credit.at.span if figure.credit and figure.credit.at else None) or figure.block


def printed_evidence(credit: Credit) -> Evidence:
    """What the page prints."""
    return Evidence("page", credit.raw, "credit")


def file_evidence(voices: Iterable[FileCredit]) -> tuple[Evidence, ...]:
    """What the file says, each value once."""
    return tuple(dict.fromkeys(Evidence(c.field.origin, c.field.value, c.field.raw or c.field.name) for c in voices))


def named(parties: Sequence[Party]) -> str:
    """Names in one phrase, the first two of many."""
    names = list(dict.fromkeys(p.name for p in parties))
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return " and ".join(names[:2]) + more if not more else ", ".join(names[:2]) + more
