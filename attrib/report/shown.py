"""What was read, for people, on a terminal: credit lines and the metadata of picture files.

In: a `Credit`, or `FileFacts`. Out: lines of text. What is unsure says so, with its other reading; where a file
contradicts itself both sides stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Confidence, Credit, FileFacts, FileField, Party
from .said import shorten, visible

__all__ = ["credit_lines", "file_lines"]


def credit_lines(credit: Credit) -> Iterator[str]:
    """Who is named as what, in print order, then what else the line says."""
    yield visible(credit.raw)
    for party in credit.parties:
        unsure = "" if party.confidence is Confidence.HIGH else "  unsure"
        yield f"  {party.relation.value:10}{_named(party)}{unsure}"
    for party in credit.alternative:
        if party not in credit.parties:
            yield f"  {'or rather':10}{_named(party)} as {party.relation.value}"
    facts = {"roles": ", ".join(credit.roles).replace("_", " "), "year": credit.year, "licence": credit.licence}
    for label, value in (facts | {"limits": ", ".join(credit.restrictions)}).items():
        if value:
            yield f"  {label:10}{visible(value)}"
    if not credit.parties:
        yield "  names nobody"


def _named(party: Party) -> str:
    known = f", known as {visible(party.canonical)}" if party.canonical not in ("", party.name) else ""
    return f"{visible(party.name)} ({party.kind.value.replace('_', ' ')}{known})"


_WHICH = re.compile(r"\[[^\[\]]+\]$| \(block \d+\)$")  # of several: a translation, a second block


def file_lines(facts: FileFacts) -> Iterator[str]:
    """Every field with the format it stands in, then what does not fit together and what is damaged."""
    yield f"{visible(facts.path)}  {facts.format} {facts.width} × {facts.height}"
    for item in facts.fields:
        which = _WHICH.search(item.raw)
        name = item.name + (which[0] if which else "")
        guessed = f" (read as {item.decoding})" if item.decoding == "Latin-1" else ""
        yield f"  {item.origin:5} {name:24} {_value(item)}{guessed}"
    for group in facts.disagreements:
        yield f"  disagrees on {group[0].name}:"
        for item in group:
            yield f"    {f'{item.origin} {item.raw}':28} {shorten(_value(item), 160)}"
    for problem in facts.problems:
        yield f"  problem: {visible(problem)}"
    if not facts.fields:
        yield "  says nothing of itself"


def _value(item: FileField) -> str:
    return visible(" ".join(item.value.split()))
