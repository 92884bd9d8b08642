"""What stands in a credit line beside the names: restrictions, licences, links, years, asset numbers.

In: a plain line. Out: the same line with these parts blanked (each by a bar and spaces, so that every other character
keeps its place), and what they said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from ...lexicon import name_of, printed_words
from ...model import HOUSES
from ...wordings import inside, said, whole

__all__ = ["Peeled", "peel"]

_LINK = re.compile(r"(?:https?://|www\.)[^\s)\]>|,;]{1,300}", re.I)
_CC_LINK = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)(?:/(\d\.\d))?", re.I)
_DIGIT = re.compile(r"\d")
_DATE = re.compile(
    r"(?<![\w.])(?:\d{1,2}[./]\s?\d{1,2}[./]\s?(?:19|20)?\d\d|\d{1,2}\.[^\W\d_]{3}\.(?:20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![\w])"
)
_YEAR = re.compile(r"(?<![\w.-])((?:18|19|20)\d\d)(?:\s?[-\u2013/]\s?((?:(?:19|20)?\d\d)))?(?:年|년)?(?![\w])")
_FILED = re.compile(r"(?<![\w-])([^\W\d_]{3,20})(?:[_-]\d{5,}(?!\w)|_(?=[A-Z]))")  # "AdobeStock_123456789"
_STOP = re.compile(r"[.;:]\s")
_PROMPT = re.compile(r"\(?\"[a-z][^\"]{12,300}\"\)?")


@cache
def _restriction() -> re.Pattern[str]:
    credit = rf"{whole('mandatory')}(?!\s{{0,9}}[:/]|\s{whole('picture')})"  # what follows it there is the credit
    return re.compile(rf"{whole('restriction')}|{credit}", re.I)


@cache
def _licence() -> re.Pattern[str]:
    return re.compile(
        rf"""(?<![\w-])(?:
            CC[- ]?(?:BY|0|PD)(?:[- ](?:SA|NC|ND))*(?:[- ]?\d\.\d)?
              (?:[- ](?:Int(?:ernational|l)?\.?|Deed|Unported|Generic|DE|FR|US|AT|CH|NL|ES|IT|BR|IGO|UK))?
            |Creative\ Commons(?:[- ](?:{inside("licence-more")}|-))*
            |(?-i:cc)(?=\ (?-i:[^\W\d_a-z]|@)|\)\s*$)
            |{whole("public-domain")}|{whole("licence")}
        )(?![\w])""",
        re.I | re.X,
    )


@cache
def _licence_word() -> re.Pattern[str]:
    return re.compile(rf"{whole('licence-word')}\s{{0,9}}:?\s{{0,9}}\|", re.I)


@cache
def _titled() -> re.Pattern[str]:
    """A work's title before its maker: '"Harbour" by NAME', as Creative Commons recommends."""
    return re.compile(rf"\s*\"[^\"]{{1,200}}\"\s+{whole('titled-by')}(?=\s)", re.I)


@cache
def _number() -> re.Pattern[str]:
    before = rf"\(?{inside('number')}\.?\s?[:#]?\s?"
    story = r"(?:[a-z]{2,5}:)?\d{6}-\d{2,3}-\d{5,}(?:/\d+)?"  # a wire's own: "dpa:240101-99-123456/3"
    sheet = r"[a-z]{0,4}\d{1,8}(?:_\d{1,8}){2,5}[a-z]?"  # and "PTI03_14_2024_000123A"
    shelf = rf"(?:\w\s\d{{1,4}}\s)?{inside('shelf-mark')}[- ](?=\w{{0,9}}\d)\w{{1,12}}(?:[-_]\w{{1,8}}){{1,4}}"
    return re.compile(
        rf"(?<![\w-])(?:{story}|{sheet}|{shelf}|(?:{before})?#?\({{0,3}}\d{{4,}}[a-z]{{0,2}}\)?)(?![\w])", re.I
    )


@dataclass(slots=True)
class Peeled:
    """A line without its small print, and what that said."""

    line: str
    year: str | None = None
    licence: str | None = None
    restrictions: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)


def _blank(line: str, start: int, end: int) -> str:
    return f"{line[:start]}|{' ' * (end - start - 1)}{line[end:]}" if end > start else line


def peel(line: str) -> Peeled:
    """Take the small print out of a plain line. Most lines have none and pay for a few searches."""
    out = Peeled(_unfiled(line))
    if _DIGIT.search(line):
        _numbers(out)
    else:
        _links(out)
    if "c" in out.line or "C" in out.line or "G" in out.line or "O" in out.line or "о" in out.line:
        _licences(out)
    for sign in printed_words("edited") if "[" in line else ():
        if (at := out.line.find(sign)) >= 0:
            out.roles.add("composite")
            out.line = _blank(out.line, at, at + len(sign))
    while (found := _restriction().match(out.line)) and (stop := _STOP.search(out.line, found.end())):
        out.restrictions.append(line[: stop.start()].strip(" |"))  # in front, they end where their sentence does
        out.line = _blank(out.line, 0, stop.end())
    if found := _restriction().search(out.line):
        small = line[found.start() :]
        if said("supplied").search(small):
            out.roles.add("supplied")
        out.restrictions += [part.strip() for part in re.split(r"[.;]\s|\n", small) if part.strip(" .;)]")]
        close = ")" if small.rstrip().endswith(")") and line.lstrip().startswith("(") else ""
        out.line = _blank(out.line, found.start(), len(out.line) - len(close))
    if '"' in out.line:
        title = _titled().match(out.line) if out.licence else None
        for found in (title, _PROMPT.search(out.line)):
            out.line = _blank(out.line, *found.span()) if found else out.line
    return out


def _unfiled(line: str) -> str:
    """A house named the way it names its files, without the number: "AdobeStock_123456789"."""
    if "_" in line or "-" in line:
        for found in _FILED.finditer(line):
            if (entry := name_of(found[1])) and entry.kind in HOUSES:
                line = _blank(line, found.end(1), found.end())
    return line


def _links(out: Peeled) -> None:
    if "://" not in out.line and "www." not in out.line.lower():
        return
    for found in list(_LINK.finditer(out.line)):
        link = found.group()
        if licence := _CC_LINK.search(link):
            words = [w for w in ("CC", licence[2].upper(), licence[3]) if w]
            out.licence = out.licence or (" ".join(words) if licence[1] == "licenses" else "CC0")
        elif link.lower().startswith("www."):  # an address as a name: "www.pixelio.de", "www.harbour.example/walls"
            path = link.find("/")
            out.line = out.line if path < 0 else _blank(out.line, found.start() + path, found.end())
            continue
        out.line = _blank(out.line, *found.span())


def _licences(out: Peeled) -> None:
    for found in list(_licence().finditer(out.line)):
        out.licence = out.licence or found.group().strip()
        out.line = _blank(out.line, *found.span())
    if out.licence:
        out.line = _licence_word().sub(lambda m: "|" + " " * (len(m.group()) - 1), out.line)


def _numbers(out: Peeled) -> None:
    _links(out)
    for found in list(_DATE.finditer(out.line)):
        out.line = _blank(out.line, *found.span())
    if "CC" in out.line or "cc" in out.line:
        _licences(out)
    for found in list(_YEAR.finditer(out.line)):
        before = out.line[: found.start()].rstrip().lower()
        if out.year is None and (before.endswith(("\u00a9", "(c)", "copyright", "|", "/", ",")) or not before):
            out.year = found.group().strip()
            out.line = f"{out.line[: found.start()]}{' ' * len(found.group())}{out.line[found.end() :]}"
        else:
            out.year = out.year or found[1]
            out.line = _blank(out.line, *found.span())
    for found in list(_number().finditer(out.line)):
        out.line = _blank(out.line, *found.span())
