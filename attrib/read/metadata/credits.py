"""The values of a file that thank somebody, read as credit lines.

In: the fields. Out: `FileCredit`s: of the fields made for it, and of the lines a description or an instruction
carries ("Photo credit should read …", "Mandatory Credit: …", "(Photo by …)", "AFP PHOTO / …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from ...model import Credit, FileCredit, FileField
from ...wordings import inside, said, whole
from ..credit import parse_credit

__all__ = ["embedded_lines", "file_credits"]

_FIELDS = (
    "creator",
    "imageCreator",
    "creditText",
    "source",
    "copyrightNotice",
    "copyrightHolder",
    "supplier",
    "licensor",
    "artworkCreator",
    "artworkCopyrightNotice",
    "attributionName",
)
_PROSE = ("description", "instructions", "usageInfo")
_LONGEST = 200
_PROSE_LENGTH = 4000
_MOST = 60  # credits of one file
_AFP = re.compile(r"\bAFP\s+PHOTO\s*/\s*[^\W\d_][^\n().,;\"”]{1,80}")
_REUTERS = re.compile(
    r"\bREUTERS/[^\W\d_][\w'’-]*(?: (?!is\b|at\b|in\b|on\b)[^\W\d_][\w'’-]*){0,3}(?:/(?:Pool|Handout|File Photo))?"
)
_QUOTED = re.compile(r"[\"“„«](?P<line>[^\"”“»\n]{2,150})[\"”“»]")


@cache
def _required() -> re.Pattern[str]:
    return re.compile(rf"{whole('required')}\s{{0,20}}(?:[:=]|[-–—]\s)?\s{{0,20}}", re.I)


@cache
def _bracketed() -> re.Pattern[str]:
    by = rf"{inside('picture')}\s{{0,20}}(?:{inside('photo-by')}|:)|AP\s{{1,20}}Photo\s{{0,20}}/"
    return re.compile(rf"\(((?:{by})\s{{0,20}}[^()\n]{{2,120}})\)", re.I)


@cache
def _end() -> re.Pattern[str]:
    """Where a required line ends: the next paragraph, the next notice, or the next line run into it."""
    return re.compile(
        r"\n|(?<!\b[A-Z])(?<!\bSt)(?<!\bJr)(?<!\bSr)(?<!\bDr)(?<!\bMr)\.(?=\s{1,20}[A-Z][a-z]|\s{0,20}$)"
        r"|\s[-–—]{1,2}\s(?=[A-Z]{2,}\s[A-Z]{2,})|={2,}|\*{2,}|\s\(|\.\s{0,20}\(|;\s"
        rf"|{whole('notice')}"
    )


def embedded_lines(text: str) -> Iterator[tuple[str, bool]]:
    """The credit lines inside a description or instruction, and whether each must be printed."""
    for found in _required().finditer(text) if said("hint").search(text) else ():
        rest = text[found.end() : found.end() + _LONGEST]
        if quoted := _QUOTED.match(rest):
            line = quoted["line"]
        else:
            end = _end().search(rest)
            line = rest[: end.start()] if end else rest
        line = line.strip(" \t:,.\"“”'-")
        if 1 < len(line) <= 120 and not said("no-line").match(line):
            yield line, True
    for pattern in (_bracketed(), _AFP, _REUTERS):
        for found in pattern.finditer(text):
            yield (found[1] if pattern is _bracketed() else found[0]).strip(), False


def file_credits(fields: Iterable[FileField]) -> tuple[FileCredit, ...]:
    """Every credit of the file that names a party or a role; each distinct text is parsed once."""
    found: dict[FileCredit, None] = {}
    for field in fields:
        if field.name in _FIELDS and len(field.value) <= 300:
            found[FileCredit(field, _parse(field.value))] = None
        elif field.name in _PROSE:
            for line, required in _lines(field.value[:_PROSE_LENGTH]):
                found[FileCredit(FileField(field.origin, field.name, line, field.raw), _parse(line), required)] = None
        if len(found) > _MOST:
            break
    return tuple(credit for credit in found if credit.credit.parties or credit.credit.roles)


@lru_cache(maxsize=1024)
def _parse(line: str) -> Credit:
    """Origins repeat each other, and so do the pictures of one set."""
    return parse_credit(line)


@lru_cache(maxsize=64)
def _lines(text: str) -> tuple[tuple[str, bool], ...]:
    return tuple(embedded_lines(text))
