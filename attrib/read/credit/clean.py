"""What stands in a credit line beside the names: restrictions, licences, links, years, asset numbers.

In: a plain line. Out: the same line with these parts blanked (each by a bar and spaces, so that every other character
keeps its place), and what they said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["Peeled", "peel"]

_RESTRICTION = re.compile(
    r"""(?<![\w])(?:
        NO\ (?:RE)?SALES|NO\ ARCHIVES?|NO\ COMMERCIAL|NO\ USE|NO\ THIRD\ PARTY|NO\ INTERNET|NO\ MODEL|NOT\ FOR\ SALE
        |EDITORIAL\ USE\ ONLY|FOR\ EDITORIAL\ USE|RESTRICTED\ TO|ONLY\ FOR\ USE|NUR\ ZUR\ REDAKTIONELLEN
        |NUR\ F(?:Ü|UE)R\ REDAKTIONELLE|HONORARFREI|HONORARPFLICHTIG|ALL\ RIGHTS\ RESERVED|ALLE\ RECHTE\ VORBEHALTEN
        |TOUS\ DROITS\ R(?:É|E)SERV(?:É|E)S|TODOS\ LOS\ DERECHOS|TUTTI\ I\ DIRITTI|TODOS\ OS\ DIREITOS
        |ALLE\ RECHTEN|ALLA\ R(?:Ä|A)TTIGHETER|SOME\ RIGHTS\ RESERVED|RIGHTS\ RESERVED
        |MANDATORY\ CREDIT(?!\s*[:/]|\ photo)
        |THIS\ (?:IMAGE|PICTURE|PHOTO|HANDOUT|FILE)|ATTENTION\ EDITORS|VERWENDUNG\ NUR|ACHTUNG|USE\ IN\ CONNECTION
        |(?:UK|US|USA|FRANCE|ITALY|GERMANY|JAPAN|CHINA|AUSTRALIA|SPAIN|NETHERLANDS)(?:\ AND\ [A-Z]+)?\ OUT\b
        |WEITERGABE|FREE\ FOR\ EDITORIAL|BEST\ QUALITY\ AVAILABLE|REPRODUCTION\ (?:IN|PROHIBITED|INTERDITE)
        |無断転載|무단\ ?전재|禁止转载|재판매|版权所有
    )""",
    re.I | re.X,
)
_SUPPLIED = re.compile(r"supplied by a third party|obtained from social media|provided by a third party", re.I)
_LICENCE = re.compile(
    r"""(?<![\w-])(?:
        CC[- ]?(?:BY|0|PD)(?:[- ](?:SA|NC|ND))*(?:[- ]?\d\.\d)?
          (?:[- ](?:Int(?:ernational|l)?\.?|Deed|Unported|Generic|DE|FR|US|AT|CH|NL|ES|IT|BR|IGO|UK))?
        |Creative\ Commons(?:[- ](?:Attribution|Namensnennung|Zero|Lizenz|licen[cs]e|Share\ ?Alike|Non\ ?Commercial
          |No\ ?Derivatives|BY|SA|NC|ND|\d\.\d|International|Generic|Unported|-|by))*
        |Attribution(?:[- ](?:Share\ ?Alike|Non\ ?Commercial|No\ ?Derivatives))*\ \d\.\d
        |public\ domain|domaine\ public|dominio\ p[uú]blico|dom[ií]nio\ p[uú]blico|gemeinfrei|public\ domain\ mark
        |GFDL|GNU\ FDL|OGL(?:\ v?\d(?:\.\d)?)?|Open\ Government\ Licen[cs]e(?:\ v?\d(?:\.\d)?)?
        |Pixabay[- ]Lizenz|Pixabay\ Licen[cs]e|Unsplash\ Licen[cs]e
        |Общественное\ достояние
    )(?![\w])""",
    re.I | re.X,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s)\]>|,;]{1,300}", re.I)
_CC_LINK = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)(?:/(\d\.\d))?", re.I)
_DATE = re.compile(r"(?<![\w.])(?:\d{1,2}[./]\s?\d{1,2}[./]\s?(?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![\w])")
_YEAR = re.compile(r"(?<![\w.-])((?:18|19|20)\d\d)(?:\s?[-\u2013/]\s?((?:(?:19|20)?\d\d)))?(?:年|년)?(?![\w])")
_NUMBER = re.compile(
    r"(?<![\w-])(?:\(?(?:ID|Nr|No|Ref|Bild-?Nr|Bild-?ID|Contributor)\.?\s?[:#]?\s?)?#?\(*\d{4,}[a-z]{0,2}\)?(?![\w])",
    re.I,
)
_PROMPT = re.compile(r"\(?\"[a-z][^\"]{12,300}\"\)?")
_LICENCE_WORD = re.compile(
    r"\b(?:Lizenz|Licen[cs]e|Licensed under|licence|lizenziert unter|under|unter)\s*:?\s*\|", re.I
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
    out = Peeled(line)
    if any(c.isdigit() for c in line):
        _numbers(out)
    else:
        _links(out)
    if "c" in out.line or "C" in out.line or "G" in out.line or "O" in out.line or "о" in out.line:
        _licences(out)
    if found := _RESTRICTION.search(out.line):
        said = line[found.start() :]
        if _SUPPLIED.search(said):
            out.roles.add("supplied")
        out.restrictions = [part.strip() for part in re.split(r"[.;]\s|\n", said) if part.strip(" .;)]")]
        close = ")" if said.rstrip().endswith(")") and line.lstrip().startswith("(") else ""
        out.line = _blank(out.line, found.start(), len(out.line) - len(close))
    if '"' in out.line and (found := _PROMPT.search(out.line)):
        out.line = _blank(out.line, *found.span())
    return out


def _links(out: Peeled) -> None:
    if "://" not in out.line and "www." not in out.line.lower():
        return
    for found in list(_LINK.finditer(out.line)):
        link = found.group()
        if licence := _CC_LINK.search(link):
            words = [w for w in ("CC", licence[2].upper(), licence[3]) if w]
            out.licence = out.licence or (" ".join(words) if licence[1] == "licenses" else "CC0")
        elif link.lower().startswith("www.") and "/" not in link:
            continue  # an address as a name: "www.pixelio.de"
        out.line = _blank(out.line, *found.span())


def _licences(out: Peeled) -> None:
    for found in list(_LICENCE.finditer(out.line)):
        out.licence = out.licence or found.group().strip()
        out.line = _blank(out.line, *found.span())
    if out.licence:
        out.line = _LICENCE_WORD.sub(lambda m: "|" + " " * (len(m.group()) - 1), out.line)


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
    for found in list(_NUMBER.finditer(out.line)):
        out.line = _blank(out.line, *found.span())
