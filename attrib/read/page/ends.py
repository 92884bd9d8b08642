"""Caption and credit in lines that no element tells apart.

In: the lines of a caption, in reading order. Out: which of them are the caption and which the credit, or where in
their words the credit begins: an element of its own without a telling name, else the grammar of credit lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...lexicon import credit_words, fold, name_of, printed_words, word_set
from ...wordings import inside
from ..credit import runs_on
from ..place import compose
from .raw import Raw, joined

_CREDIT = 160  # characters: the longest credit line collected has 117
_NAMES = 30  # characters: a name before "/ HOUSE"
_MARKER = 24  # characters: "Foto:" in a line of its own


def is_credit(value: str, split: Callable[[str], Any]) -> bool:
    """Whether words are a credit and nothing else."""
    if len(value) > _CREDIT or runs_on(value):
        return False
    cut = split(value)
    return cut.credit is not None and cut.caption is None


_MAY_END_IN_CREDIT = re.compile(r"[|©()\[\]:/]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MARKERS = (re.compile(r"(?<!\w)(\w+ \w+) ?[:：]$"), re.compile(r"(?<!\w)(\w+) ?[:：]$"))
_INITIALS = re.compile(r"(?:[A-Z\u00c0-\u00de]\. ?){2,3}")  # "L. U.": how staff are named
_STAMP = 40  # characters: a date
_DIGIT = re.compile(r"\d\d")
_ENDS = (".", "!", "?", ".”", '."', "»")


@cache
def byline() -> re.Pattern[str]:
    """How a line begins that says who wrote a text."""
    return re.compile(rf"{inside('byline')}(?!(?-i:[a-zß-ÿ]))", re.I)


def _name_word() -> str:
    return rf"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|/|&|{inside('name-part')})"


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"{_name_word()}(?:[ /,]+{_name_word()}){{0,6}}(?: {_for()}(?: {_name_word()}){{1,4}})?")


def _for() -> str:
    """Between who made a picture and for whom, in small letters: "Ana Ruiz for The Sea Star"."""
    return f"(?:{'|'.join(map(re.escape, printed_words('for')))})"


@cache
def _in_brackets() -> re.Pattern[str]:
    of = rf"(?:{_name_word()}|{inside('name-of')})"
    return re.compile(rf"\([A-Z\u00c0-\u00de][\w.'’-]*(?:[ /,;|]+{of}){{1,9}}\)")


@cache
def _before_address() -> re.Pattern[str]:
    return re.compile(rf"[.!?”\"»]\s+({_name_word()}(?: {_name_word()}){{1,3}})$")


@cache
def _date() -> re.Pattern[str]:
    """A date in figures, or with its time: "Monday, 15 August 2016, 13:43"."""
    day = r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})"
    time = rf"\d{{1,2}}[:.]\d\d(?::\d\d)?(?: ?{inside('clock')})?"
    words = r"(?:\w+\W{1,3}){1,3}(?:19|20)\d\d"
    return re.compile(rf"(?:[^\W\d]+\W{{1,3}})?(?:{day}(?:\W{{1,3}}{time})?|{words}\W{{1,3}}(?:\w+ )?{time})", re.I)


def is_date(value: str) -> bool:
    """Whether a line is a date, which says nothing of what is seen."""
    return len(value) <= _STAMP and _DIGIT.search(value) is not None and _date().fullmatch(value) is not None


def divide(source: str, lines: list[Raw], split: Callable[[str], Any]) -> tuple[list[Raw], list[Raw], Any]:
    """Caption and credit by their own elements without telling names, else by grammar inside the text."""
    if not lines:
        return lines, [], None
    if len(lines) > 1:
        last = lines[-1].text
        if last is not None and (
            is_credit(last.value, split) or _like_name(lines[-1], lines[:-1]) or _sourced(lines[-1])
        ):
            marker = lines[-2].text.value if lines[-2].text and len(lines) > 2 else ""
            at = -2 if marker.endswith(":") and len(marker) <= _MARKER else -1
            return lines[:at], lines[at:], None
        head = lines[0].text
        if head and (is_credit(head.value, split) or name_of(head.value)):
            return lines[1:], lines[:1], None
    parts = _segments(source, lines[-1])
    if len(parts) > 1:
        tail = parts[-1].text
        if tail is not None and (
            is_credit(tail.value, split) or _like_name(parts[-1], parts[:-1]) or _bracketed(parts[-1], parts[:-1])
        ):
            rest = Raw(lines[-1].context, [p for s in parts[:-1] for p in s.pieces], core=True)
            rest.text = compose(source, rest.pieces)
            whole = joined(source, lines)
            credit = tail
            if whole is not None and whole.value.endswith(credit.value):
                at = len(whole.value) - len(credit.value)
                before = whole.value[:at].rstrip()
                if len(lines) == 1 and at <= _NAMES and before.endswith("/") and _named(before[:-1].rstrip()):
                    return [], lines, None  # "NAME / <a>HOUSE</a>"
                found = split(whole.value)
                if found.credit == (0, len(whole.value)):
                    return [], lines, None  # "Photo by <a>NAME</a> on <a>HOUSE</a>"
                if found.credit and found.caption and found.credit < found.caption and found.confidence == "high":
                    return lines, [], found  # "HOUSE nuotr. / <a>NAME</a>": the credit stands first
                if found.credit and found.caption and found.credit[0] < at and found.credit[1] >= len(whole.value) - 2:
                    return lines, [], found  # the element holds the end of the credit: "Photo by <a>NAME</a>"
                return lines, [], _Cut((0, _trimmed(whole.value, at)), (at, len(whole.value)))
    whole = joined(source, lines)
    if whole is None:
        return lines, [], None
    cut = split(whole.value)
    if cut.credit is not None and cut.caption is None and len(lines) == 1:
        return [], lines, None
    return lines, [], cut if cut.credit is not None else None


@dataclass(slots=True)
class _Cut:
    caption: tuple[int, int] | None
    credit: tuple[int, int] | None


def _trimmed(value: str, at: int) -> int:
    return len(value[:at].rstrip(" |/–—-·•("))


def _segments(source: str, line: Raw) -> list[Raw]:
    """A line cut where inline elements begin and end."""
    parts: list[Raw] = []
    last = -2
    for piece, inline in zip(line.pieces, line.inlines, strict=False):
        if inline == -1 and parts:
            parts[-1].pieces.append(piece)
            continue
        if inline != last:
            parts.append(Raw(line.context))
            last = inline
        parts[-1].pieces.append(piece)
        parts[-1].inlines.append(inline)
    for part in parts:
        part.text = compose(source, part.pieces)
    return [p for p in parts if p.text is not None]


def _like_name(line: Raw, before: list[Raw]) -> bool:
    """A bare name in an element of its own after a longer text: a credit without a marker."""
    if line.text is None or (line.inlines and line.inlines[0] == 0 and line.context.block == before[-1].context.block):
        return False
    value = line.text.value.strip(" ()[]|/–—-")
    if byline().match(value) or _last(value) in word_set("site") or _goes_on(before[-1]):
        return False
    said = sum(len(b.text.value) for b in before if b.text)
    if _INITIALS.fullmatch(value):
        return said > _MARKER
    return 3 <= len(value) <= 70 and said > len(value) and bool(_name().fullmatch(value)) and not value.endswith(".")


_SOURCE = re.compile(r"([^\W\d_][^:：]{1,30}?) ?[:：] ?(\w.{1,80})")


def _sourced(line: Raw) -> bool:
    """Whether a line of a figcaption says whose the picture is, by a word that stands below texts too: "Quelle: X"."""
    found = _SOURCE.fullmatch(line.text.value) if line.text and line.context.container else None
    marker = credit_words().get(fold(found[1])) if found else None
    if found is None or marker is None or marker.picture:
        return False
    return not (runs_on(found[0]) or (found[2][0].islower() and name_of(found[2]) is None))


def _named(value: str) -> bool:
    """Whether words are a name: every one begins as names do, or it is one word."""
    return " " not in value or _name().fullmatch(value) is not None


def _goes_on(line: Raw) -> bool:
    """Whether a line stops in the middle of a sentence."""
    said = line.text.value if line.text else ""
    return said.endswith(",") or (said[-1:].isalpha() and _last(said) in word_set("open"))


def _last(value: str) -> str:
    """The last word of a text, folded."""
    words = re.findall(r"\w+", value[-40:])
    return fold(words[-1]) if words else ""


def handed_over(value: str, credit: str) -> int:
    """Where the end of a line begins that is of the credit behind it: "Foto:", a name before its address; or -1."""
    found = _before_address().search(value) if _ADDRESS.fullmatch(credit) else None
    if found is None and value.endswith((":", "：")):
        markers = (marker.search(value) for marker in _MARKERS)
        found = next((match for match in markers if match and fold(match[1]) in credit_words()), None)
    return found.start(1) if found and found.start(1) else -1


def _bracketed(line: Raw, before: list[Raw]) -> bool:
    """Names in brackets, in an element of their own behind a full sentence."""
    said = next((b.text.value for b in reversed(before) if b.text), "")
    value = line.text.value if line.text else ""
    return len(value) <= 90 and said.endswith(_ENDS) and bool(_in_brackets().fullmatch(value))


def repeated(source: str, captions: list[Raw], thanks: list[Raw], split: Callable[[str], Any]) -> Any:
    """A caption that ends in a credit of its own, though an element holds one too."""
    whole, said = joined(source, captions), joined(source, thanks)
    if whole and said and whole.value.endswith(f"({said.value})"):
        at = len(whole.value) - len(said.value) - 2
        return _Cut((0, _trimmed(whole.value, at)), None) if at else None
    if whole is None or not _MAY_END_IN_CREDIT.search(whole.value, max(0, len(whole.value) - 160)):
        return None
    cut = split(whole.value)
    if cut.credit is None or cut.caption is None or str(getattr(cut, "confidence", "high")) != "high":
        return None
    return cut
