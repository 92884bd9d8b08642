"""All names of a line are known: now each gets its kind, its relation, and the line its roles.

In: a reading with its items. Out: parties in print order, the second reading of doubtful ones, and the confidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...lexicon import fold, word_set
from ...model import HOUSES, MAKERS, Confidence, Kind, Party, Relation, Span
from .kinds import is_domain, restore
from .reading import Item, Reading

__all__ = ["settle"]


def settle(reading: Reading) -> tuple[tuple[Party, ...], tuple[Party, ...], Confidence]:
    """Give every name its kind and relation, once all its neighbours are known."""
    items = [i for i in reading.items if i.end > i.start]
    _kinds(reading, items)
    _roles(reading, items)
    items = _once(reading, items)
    parties = tuple(_party(reading, item, items) for item in items)
    doubt = [n for n, p in enumerate(parties) if p.confidence is not Confidence.HIGH]
    if not doubt:
        return parties, (), Confidence.HIGH
    worst = max((parties[n].confidence for n in doubt), key=lambda c: c.rank)
    return parties, tuple(_otherwise(reading, items, parties)), worst


def _otherwise(reading: Reading, items: list[Item], parties: tuple[Party, ...]) -> Iterator[Party]:
    """The second reading of a line: doubtful names as the other kind, and people of one surname as one firm."""
    start = -1
    for item, party in zip(items, parties, strict=True):
        if item.surname:
            start = item.start if start < 0 else start
        elif start >= 0:
            name = reading.raw[start : item.end]
            yield Party(name, name, Kind.ORGANISATION, Relation.SOURCE, Span(start, item.end), Confidence.MEDIUM)
            start = -1
        else:
            yield _other(party) if party.confidence is not Confidence.HIGH else party


def _other(party: Party) -> Party:
    """The second reading of a doubtful name."""
    if party.kind in (Kind.PERSON, Kind.PSEUDONYM):
        return replace(party, kind=Kind.ORGANISATION, relation=Relation.SOURCE, canonical=party.name)
    return replace(party, kind=Kind.PERSON, relation=Relation.CREATOR, canonical=restore(party.name))


def _kinds(reading: Reading, items: list[Item]) -> None:
    known = [i.known for i in items if i.known]
    stock = any(k.kind is Kind.STOCK_LIBRARY for k in known)
    houses = any(k.kind in (Kind.AGENCY, Kind.COLLECTION) for k in known)
    dealer = any((k.distributes and k.kind is Kind.AGENCY) or k.kind is Kind.COLLECTION for k in known)
    person = any(i.guess.kind is Kind.PERSON for i in items)
    commons = any(k.sort == "commons" for k in known)
    for item in items:
        text = reading.line[item.start : item.end]
        if item.known:
            item.kind = item.known.kind
        elif item.handle:
            item.kind = Kind.HANDLE
        elif item.aside and item.guess.kind is Kind.PERSON:
            item.kind, item.confidence = Kind.CONTRIBUTOR, Confidence.MEDIUM
        elif is_domain(text):
            item.kind, item.confidence = (Kind.AGENCY if dealer else Kind.PUBLISHER), Confidence.MEDIUM
        elif item.sep == "for" and item.guess.kind is Kind.PERSON:
            item.kind, item.confidence = Kind.ORGANISATION, Confidence.MEDIUM  # who orders pictures is no photographer
        elif item.guess.kind is Kind.PSEUDONYM and person and not stock and "_" not in text:
            item.kind, item.confidence = Kind.ORGANISATION, Confidence.MEDIUM  # "Regio8 / NAME"
        elif stock and not houses and not person and (item.guess.kind is Kind.AGENCY or _small_body(item, text)):
            item.kind, item.confidence = Kind.PSEUDONYM, Confidence.MEDIUM
        elif item.guess.kind in (Kind.ORGANISATION, Kind.PUBLISHER) and dealer and _agencyish(item, text):
            item.kind, item.confidence = Kind.AGENCY, Confidence.MEDIUM
        elif item.guess.kind:
            item.kind, item.confidence = item.guess.kind, item.guess.confidence
        elif commons and reading.licensed:
            item.kind, item.confidence = Kind.PSEUDONYM, Confidence.MEDIUM  # a user's name may be two words there
        elif "illustration" in reading.roles and " " not in text and not houses and text[:1].isupper():
            item.kind, item.confidence = Kind.PSEUDONYM, Confidence.MEDIUM  # cartoonists sign with one name
        else:
            stocklike = stock or (text[:1].islower() and any(k.mixed for k in known))
            item.kind, item.confidence = _unknown(text, stocklike, houses, dealer and not item.aside), Confidence.MEDIUM


def _small_body(item: Item, text: str) -> bool:
    """Written small, a body's word is part of a member's name: "harbour studio/Shutterstock"."""
    return item.guess.kind is Kind.ORGANISATION and text.islower()


def _agencyish(item: Item, text: str) -> bool:
    return item.guess.confidence is not Confidence.HIGH and " " not in text


def _unknown(text: str, stock: bool, houses: bool, dealer: bool) -> Kind:
    """A single word, or a mixture, that no table and no ending explains."""
    one = " " not in text
    if one and (stock or (text.isalpha() and text.islower() and len(text) <= 4) or "_" in text):
        return Kind.PSEUDONYM
    if dealer and (one or not any(p.islower() for p in text.split())):
        return Kind.AGENCY
    if one and text[:1].islower() and houses and text.isalnum():
        return Kind.PSEUDONYM
    return Kind.ORGANISATION


def _roles(reading: Reading, items: list[Item]) -> None:
    """Roles that follow from who is named."""
    roles = reading.roles
    known = [i.known for i in items if i.known]
    kinds = {i.kind for i in items}
    houses = [k for k in known if k.kind in (Kind.AGENCY, Kind.COLLECTION)]
    if any(k.sort == "social" for k in known) or Kind.HANDLE in kinds:
        roles.add("social_media")
    if any(k.sort == "ai" for k in known):
        roles.add("ai_generated")
    others = [k for k in houses if k.kind is Kind.AGENCY and not k.mixed]
    if any(k.stock and not (k.distributes and (others or Kind.PUBLISHER in kinds)) for k in known):
        roles.add("stock")
    studios = [
        i
        for i in items
        if (i.known and i.known.sort == "studio") or not word_set("studio").isdisjoint(_keys(reading, i))
    ]
    archived = studios and "courtesy" not in roles and any(k.sort == "film" for k in houses)
    if archived or (len(studios) > 1 and len(studios) == len(items)):
        roles.add("film_still")
    bodies = [i for i in items if i.kind is Kind.ORGANISATION and _gives(i)]
    given = bodies and roles.isdisjoint(_TOLD)
    supplier = any(k.kind is Kind.AGENCY for k in houses)
    if given and (supplier or any(k.sort == "social" for k in known)):
        roles.add("handout")
    if Kind.HANDLE in kinds and supplier and any(k.kind is Kind.PLATFORM for k in known) and "supplied" not in roles:
        roles.add("handout")
    if bodies and fold(reading.marker or "") in word_set("given_by"):
        roles.add("supplied")
    if _two_pictures(reading, items):
        roles.add("composite")


_TOLD = frozenset(("supplied", "screenshot", "private", "courtesy", "composite", "photo_illustration", "film_still"))


def _gives(item: Item) -> bool:
    """Whether this body hands the picture out: not a lender, a client, a collecting society, a source of data."""
    if item.courtesy or item.aside or item.sep == "for" or (item.clause and not item.via):
        return False
    return item.known is None or item.known.sort not in ("society", "data")


def _keys(reading: Reading, item: Item) -> list[str]:
    return [w.key for w in reading.found if item.start <= w.start < item.end]


def _two_pictures(reading: Reading, items: list[Item]) -> bool:
    """ "Photos: Getty/AP": a plural, wires only, and no house that sells for the other."""
    wires = [i.known for i in items if i.known and i.known.kind is Kind.AGENCY]
    if len(wires) != len(items) or len(items) < 2 or reading.marker_keys.isdisjoint(word_set("plural")):
        return False
    first, last = wires[0], wires[-1]
    return not (last.distributes or first.leads)


def _once(reading: Reading, items: list[Item]) -> list[Item]:
    """Every party once: a name printed again, in other capitals or as a short form at the end, is the same."""
    kept: dict[str, Item] = {}
    others = [i for i in items if not (i.known and i.known.sort == "ai")]
    before = items[0] if items else None
    for item in items:
        if item.known and item.known.sort == "ai" and others and "ai_generated" in reading.roles:
            continue
        key = item.known.name if item.known else " ".join(_keys(reading, item))
        if item.courtesy and any(set(key.split()) <= set(k.split()) for k in kept):
            continue
        if item.sep == "open" and kept and _stands_for(reading, item, before):
            continue
        if key not in kept:
            kept[key] = item
        before = item
    return list(kept.values())


def _stands_for(reading: Reading, item: Item, before: Item | None) -> bool:
    """Letters in brackets behind the name they shorten: "Highland News Agency (HNA)"."""
    letters = _keys(reading, item)
    return before is not None and len(letters) == 1 and letters[0] == "".join(k[0] for k in _keys(reading, before))


def _party(reading: Reading, item: Item, items: list[Item]) -> Party:
    name = reading.raw[item.start : item.end]
    if item.known:
        canonical = item.known.name
    elif item.kind in (Kind.PERSON, Kind.CONTRIBUTOR):
        last, _, first = reading.line[item.start : item.end].partition(", ")  # "Weber, Anna"
        whole = f"{first} {last} {item.surname}"
        canonical = restore(" ".join(whole.split()))
    else:
        canonical = " ".join(reading.line[item.start : item.end].split())
    return Party(name, canonical, item.kind, _relation(item, items), Span(item.start, item.end), item.confidence)


def _relation(item: Item, items: list[Item]) -> Relation:
    if item.via:
        return Relation.VIA
    if item.courtesy:
        return Relation.COURTESY
    if item.kind in (*MAKERS, Kind.CONTRIBUTOR):
        return Relation.CREATOR
    if item.kind in HOUSES:
        made = [i for i in items if i.clause == item.clause and i.kind is Kind.PERSON]
        chain = [i for i in items if i.clause == item.clause] if made else items  # "Ann Lee/AP; Bo Ek/Reuters" are two
        houses = [i for i in chain if i.kind in HOUSES]
        if len(houses) > 1 and (item is houses[-1] and not any(h.known and h.known.distributes for h in houses[:1])):
            return Relation.SUPPLIER
        if len(houses) > 1 and item is houses[0] and item.known and item.known.distributes:
            return Relation.SUPPLIER
    return Relation.SOURCE
