"""Marks of a caption that went wrong on the way: lost before the credit, left over, doubled, never closed.

In: a figure. Out: findings about the space, separators, stops and brackets in what it prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Advice, Confidence, Edit, Figure, Finding, Page, Severity, Span, Text
from ..printed import nameless
from ..rule import rule
from ..words import shorten

_STRAY_START = re.compile(r"[|/;:·•,]\s+\S")
_STRAY_END = re.compile(r"\S\s+[|/·•–—-]$")
_STRAY_MID = re.compile(r"\|\s*\||/\s+/(?=\s|$)|\(\s*\)|\[\s*\]|\s,\s*,")
_DOUBLE_STOP = re.compile(r"(?<![.\s])\s\.\s*$|(?<=[^\s.])\.\s\.(?=\s|$)|(?<=[^\s.])\.\.(?=\s|$)|,,|;;|,\s+,")


@rule("caption-glued-credit", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_glued_credit(figure: Figure, page: Page) -> Iterator[Finding]:
    """The credit is stuck to the last word of the caption.

    "on Thursday.Anna Holm/AFP" reads as one sentence. A line break or an element was lost between caption and credit.

    Bad:
        <figure><img src="a.jpg" alt="A port"><figcaption>The port of Turku on Thursday.Anna Holm/AFP</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A port"><figcaption>The port of Turku on Thursday.<span>Anna Holm/AFP</span>
        </figcaption></figure>
    """
    if figure.caption is None or figure.credit is None or figure.credit.at is None or figure.credit.at.span is None:
        return
    start = figure.credit.at.span.start
    start -= page.text[start - 1 : start] in ("(", "[")
    before, first = page.text[start - 1 : start], page.text[start : start + 1]
    follows = figure.caption.span is not None and figure.caption.span.end in (start, start - 1)
    after_letter = before.isalpha() and before.lower() != before.upper()  # a script with cases, which writes spaces
    stop = before in ".!?" and (first.isalnum() or first in "©([")
    if follows and (stop or (before.isalpha() and first.isupper()) or (after_letter and first in "©([")):
        word = page.text[max(0, start - 24) : start].rpartition(" ")[2]
        yield Finding(
            at=Span(start - len(word), figure.credit.at.span.end),
            quote=f"{word}{page.text[start : figure.credit.at.span.end]}",
            message=f"The credit “{shorten(figure.credit.raw, 48)}” is stuck to the caption.",
            remedy="Put a space or a line break before it.",
            fix=Advice((Edit(Span(start, start), " "),), safe=True, what="put a space before the credit"),
        )


@rule("caption-stray-separator", on=Figure, severity=Severity.WARNING, confidence=Confidence.MEDIUM, fixable=True)
def caption_stray_separator(figure: Figure, page: Page) -> Iterator[Finding]:
    """A separator stands in the caption with nothing to separate.

    A bar, a slash or a pair of empty brackets is left when a template prints the mark and the field beside it is empty.

    Bad:
        <figure><img src="a.jpg" alt="A bridge"><figcaption>The Glienicke Bridge in fog ()</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A bridge"><figcaption>The Glienicke Bridge in fog | Photo: Nora Beck</figcaption></figure>
    """
    text = figure.printed
    if text is None:
        return
    match = _STRAY_MID.search(text.value) or _STRAY_START.match(text.value) or _STRAY_END.search(text.value)
    if match is None or nameless(text.value) is not None:
        return  # a credit without a name is a fault of its own
    mark = match[0].strip(" ").split(" ")[0 if match.start() == 0 else -1][-3:]
    at = text.place(*match.span())
    if at is not None:
        fix = _stray_fix(text, match, page)
        yield Finding(
            at=at,
            quote=match[0],
            message=f"A stray “{mark}” stands in the caption.",
            remedy="Delete it, or fill in what belongs beside it.",
            fix=fix,
        )


def _stray_fix(text: Text, match: re.Match[str], page: Page) -> Advice | None:
    """The mark deleted with the space beside it, or one of two; None where markup stands among them."""
    found, start = match[0], match.start()
    if match.re is _STRAY_START:
        gone = found[:-1]
    elif match.re is _STRAY_END:
        gone, start = found[1:], start + 1
    elif found[0] in "([":
        gone = found
        if text.value[start - 1 : start] == " ":
            gone, start = f" {found}", start - 1
    else:
        gone = found[1:]
        start += 1
    at = text.place(start, start + len(gone))
    if at is None or page.text[at.start : at.end] != gone:
        return None
    return Advice((Edit(at, ""),), safe=True, what="delete the separator")


@rule("caption-double-stop", on=Figure, severity=Severity.WARNING, fixable=True)
def caption_double_stop(figure: Figure, page: Page) -> Iterator[Finding]:
    """A caption ends a sentence twice, or doubles a comma.

    ". ." and ".." are what is left when a sentence is cut or two fields are joined.

    Bad:
        <figure><img src="a.jpg" alt="A shop"><figcaption>The shop closed in May. .</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A shop"><figcaption>The shop closed in May ... for good, says Dr. B. Ott.</figcaption></figure>
    """
    text = figure.caption or figure.printed
    match = _DOUBLE_STOP.search(text.value) if text else None
    if text is None or match is None:
        return
    at = text.place(*match.span())
    if at is not None:
        mark = match[0].strip()[0]
        exact = page.text[at.start : at.end] == match[0]
        yield Finding(
            at=at,
            quote=text.value[max(0, match.start() - 20) : match.end()],
            message=f"The caption has “{match[0].strip()}” where one mark is enough.",
            remedy="Delete the second mark.",
            fix=Advice((Edit(at, mark),), safe=True, what="leave one mark") if exact else None,
        )


@rule("caption-unbalanced", on=Figure, severity=Severity.WARNING)
def caption_unbalanced(figure: Figure) -> Iterator[Finding]:
    """A bracket in the caption is opened and not closed, or closed and not opened.

    Something was cut away, often half of a credit. Lists ("a) … b) …") and faces are left alone.

    Bad:
        <figure><img src="a.jpg" alt="A team"><figcaption>The team of 1974 (from left: Ek, Lund and Holm.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A team"><figcaption>a) Ek and b) Lund (left), with Holm [centre].</figcaption></figure>
    """
    text = figure.printed
    if text is None:
        return
    at = _unbalanced(text.value)
    place = text.place(at, at + 1) if at is not None else None
    if at is not None and place is not None:
        yield Finding(
            at=place,
            quote=text.value[max(0, at - 10) : at + 20],
            message=f"The bracket “{text.value[at]}” in the caption has no partner.",
            remedy="Close it, delete it, or put back what was cut.",
        )


@rule("caption-truncated", on=Figure, severity=Severity.NOTICE, confidence=Confidence.MEDIUM)
def caption_truncated(figure: Figure) -> Iterator[Finding]:
    """The caption breaks off.

    It ends in an ellipsis, and the alt text or the page's data has the same words with the rest.

    Bad:
        <figure><img src="a.jpg" alt="A crowd waits in front of the theatre in Graz before the doors open.">
        <figcaption>A crowd waits in front of the theatre in…</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A crowd"><figcaption>And then the lights went out…</figcaption></figure>
    """
    text = figure.caption
    if text is None or text.span is None:
        return
    head = re.sub(r" ?(?:…|\.\.\.|\[(?:…|\.\.\.)\])$", "", text.value)
    if head == text.value or len(head) < 12:
        return
    others = [str(figure.alt or ""), str(figure.title or ""), *(o.caption or "" for o in figure.objects)]
    if any(other.startswith(head) and len(other) > len(text.value) + 3 for other in others):
        yield Finding(
            at=text.span,
            quote=text.value,
            message=f"The caption breaks off after “{shorten(head[-32:], 32)}”.",
            remedy="Put in the whole caption; the alt text or the page's data still has it.",
        )


def _unbalanced(text: str) -> int | None:
    """The offset of the first round or square bracket without a partner."""
    partner = {")": "(", "]": "["}
    opened: list[int] = []
    for i, c in enumerate(text):
        if c in "([" and text[i - 1 : i] not in (":", ";"):
            opened.append(i)
        elif c in ")]":
            if opened and text[opened[-1]] == partner[c]:
                opened.pop()
            elif i == 0 or not (
                (text[i - 1].isalnum() and (i == 1 or not text[i - 2].isalnum())) or text[i - 1] in ":;-"
            ):
                return i
    return opened[0] if opened else None
