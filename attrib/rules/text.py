"""Characters and marks in a caption, credit or alt text that went wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..model import Advice, Confidence, Edit, Figure, Finding, Page, Severity, Span, Text
from ..printed import nameless
from ..rule import rule
from ..words import difference, shorten, word_at

# What UTF-8 read as a single-byte encoding begins with; a cheap look before the careful one.
_MOJIBAKE = re.compile("[ÃÂâÄÅÐÑÎÏØÙãåæçäêìíîïðñ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]|â€|ï¿½|Ð.Ð|Ñ.Ð")
_BEFORE_SPACE = re.compile("[ÃÅÂĂÐ] ")
# "Škoda" misread is "Å" and a no-break space, which ftfy leaves alone: in these languages it may be the word "Å".
_MISREAD_S = re.compile(r"(?<!\w)Å\xa0(?=[^\W\d_A-Z])")
_WRITE_A_RING = frozenset({"no", "nb", "nn", "da", "sv", "fi"})
_ESCAPED = re.compile(
    r"&(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[sb]dquo|[lr]aquo|ndash|mdash|hellip|euro|copy|"
    r"[aeiouncAEIOUNC](?:acute|grave|circ|uml|tilde|cedil)|szlig|#\d{2,5}|#x[0-9a-fA-F]{2,5});"
)
# Joiners and direction marks belong to Arabic, Indic and emoji text, soft hyphens to justified German: none is here.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u202d\u202e\ufff9-\ufffb\U000e0001-\U000e007f]"
                        "|(?<![/\u3040-\u9fff\u0e00-\u0fff\u1780-\u17ff\uac00-\ud7af])\u200b(?!/)")  # fmt: skip
_STRAY_START = re.compile(r"[|/;:·•,]\s+\S")
_STRAY_END = re.compile(r"\S\s+[|/·•–—-]$")
_STRAY_MID = re.compile(r"\|\s*\||/\s+/(?=\s|$)|\(\s*\)|\[\s*\]|\s,\s*,")
_DOUBLE_STOP = re.compile(r"(?<![.\s])\s\.\s*$|(?<=[^\s.])\.\s\.(?=\s|$)|(?<=[^\s.])\.\.(?=\s|$)|,,|;;|,\s+,")


@rule("text-mojibake", on=Figure, severity=Severity.ERROR, fixable=True)
def text_mojibake(figure: Figure, page: Page) -> Iterator[Finding]:
    """Letters of a text turned into others because its encoding was misread.

    "ZÃ¼rich" was "Zürich" before somebody read UTF-8 as an older encoding. Names suffer most. The check is ftfy's,
    which knows what such text looks like and leaves rare but right words alone.

    Bad:
        <figure><img src="a.jpg" alt="A tram"><figcaption>A tram in ZÃ¼rich on Monday.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A tram"><figcaption>A tram in Zürich on Monday. SÃO PAULO wins.</figcaption></figure>
    """
    for what, text in _texts(figure):
        text = _unfolded(text, page)
        if not (_MOJIBAKE.search(text.value) or _MISREAD_S.search(text.value)):
            continue
        import ftfy

        better = ftfy.fix_encoding(text.value)
        bad = ftfy.badness.is_bad(text.value)
        if better == text.value and page.language and page.language[:2] not in _WRITE_A_RING:
            better, found = _MISREAD_S.subn("Š", text.value)
            bad = found > 0
        if better == text.value or "\ufffd" in better or not bad:
            continue
        start, end, new = difference(text.value, better)
        at = text.place(start, end)
        if at is None:
            continue
        exact = at.end - at.start == end - start
        yield Finding(
            at=at,
            quote=text.value[start:end],
            message=f"The {what} has garbled letters: “{shorten(text.value[start:end], 40)}”.",
            remedy=f"It should probably read “{shorten(new, 40)}”.",
            fix=Advice((Edit(at, new),), safe=True, what="restore the letters") if exact else None,
        )


@rule("text-replacement-character", on=Figure, severity=Severity.ERROR)
def text_replacement_character(figure: Figure, page: Page) -> Iterator[Finding]:
    """A letter was lost and a replacement character printed in its place.

    "M\ufffdnchen" shows a box or a question mark to readers. The letter is gone from the file and has to be typed again.

    Bad:
        <figure><img src="a.jpg" alt="A hall"><figcaption>The main station in M\ufffdnchen.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A hall"><figcaption>The main station in München.</figcaption></figure>
    """
    if page.guessed:
        return  # the loss may be the reading's, not the page's
    for what, text in _texts(figure):
        at = text.value.find("\ufffd")
        place = text.place(at, at + 1) if at >= 0 else None
        if place is not None:
            word = word_at(text.value, at)
            yield Finding(
                at=place,
                quote=word,
                message=f"The {what} has lost a letter in “{shorten(word, 40)}”.",
                remedy="Type the word again.",
            )


@rule("text-double-escaped", on=Figure, severity=Severity.WARNING, fixable=True)
def text_double_escaped(figure: Figure, page: Page) -> Iterator[Finding]:
    """A character's code is printed instead of the character.

    Readers see "Tom &amp;amp; Anna" as "Tom &amp; Anna" with the code in it. The text was escaped twice on its way to
    the page.

    Bad:
        <figure><img src="a.jpg" alt="Two singers"><figcaption>Tom &amp;amp; Anna on stage.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="Two singers"><figcaption>Tom &amp; Anna on stage.</figcaption></figure>
    """
    if page.kind != "html":
        return
    for what, text in _texts(figure):
        match = _ESCAPED.search(text.value)
        if match is None:
            continue
        edits = []
        for found in _ESCAPED.finditer(text.value):
            place = text.place(*found.span())
            there = page.text[place.start : place.end] if place else ""
            if place and there.strip() == f"&amp;{found[0][1:]}":  # white space beside a code is placed with it
                start = place.start + len(there) - len(there.lstrip())
                edits.append(Edit(Span(start, start + len(there.strip())), found[0]))
        at = text.place(*match.span()) or text.span
        if at is not None:
            yield Finding(
                at=at,
                quote=match[0],
                message=f"The {what} prints the code “{match[0]}” instead of a character.",
                remedy="Replace the code with the character it stands for.",
                fix=Advice(tuple(edits), safe=True, what="escape once") if edits else None,
            )


@rule("text-invisible-characters", on=Figure, severity=Severity.NOTICE, fixable=True)
def text_invisible_characters(figure: Figure) -> Iterator[Finding]:
    """A text holds characters that cannot be seen.

    They break searching and line ends, and a name with one inside no longer matches itself. Soft hyphens, and joiners
    where a script needs them, are left alone.

    Bad:
        <figure><img src="a.jpg" alt="A river"><figcaption>The Ri\u200bver Spree.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A river"><figcaption>The River Spree in Köpe\u00adnick.</figcaption></figure>
    """
    for what, text in _texts(figure):
        found = list(_INVISIBLE.finditer(text.value))
        if not found:
            continue
        places = [(m[0], text.place(*m.span())) for m in found]
        edits = tuple(Edit(p, "") for _, p in places if p and p.end - p.start == 1)
        at = places[0][1]
        if at is not None and at.end > at.start:
            yield Finding(
                at=at,
                quote=word_at(text.value, found[0].start()),
                message=f"The {what} holds {len(found)} invisible character{'s' if len(found) > 1 else ''} "
                f"(U+{ord(found[0][0]):04X}).",
                remedy="Delete what cannot be seen.",
                fix=Advice(edits, safe=True, what="delete invisible characters") if edits else None,
            )


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
            remedy="Delete the second.",
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
    head = re.sub(r"\s*(?:…|\.\.\.|\[(?:…|\.\.\.)\])$", "", text.value)
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


@rule("text-encoding-guessed", on=Page, severity=Severity.NOTICE)
def text_encoding_guessed(page: Page) -> Iterator[Finding]:
    """The page does not say its encoding, or not the right one.

    It is UTF-8 and says otherwise. A browser that believes it shows every accent on the page wrong. A page whose
    encoding could only be guessed is reported as not fully read. Source: HTML Living Standard, 4.2.5.4.

    Bad:
        <meta charset="windows-1252"><article><h1>Zürich</h1><p>Ein Zug fährt nach Köln, sagt die Bahn.</p></article>
    Good:
        <meta charset="utf-8"><article><h1>Zürich</h1><p>Ein Zug fährt nach Köln, sagt die Bahn.</p></article>
    """
    if page.guessed and page.encoding == "utf-8":
        yield Finding(
            at=Span(0, min(len(page.text), 1)),
            quote=page.encoding,
            message="This page is written in UTF-8 and declares another encoding.",
            remedy='Declare it with <meta charset="utf-8">, and in the server\'s header.',
        )


def _texts(figure: Figure) -> Iterator[tuple[str, Text]]:
    """What a figure says, each with its name and a place in the source."""
    if figure.printed is not None and figure.printed.span is not None:
        yield "caption", figure.printed
    credit = figure.credit.at if figure.credit else None
    inside = credit and credit.span and figure.printed and figure.printed.span
    if credit is not None and not (inside and _within(credit.span, figure.printed.span if figure.printed else None)):
        yield "credit", credit
    if figure.alt is not None and figure.alt.span is not None:
        yield "alt text", figure.alt


def _within(inner: Span | None, outer: Span | None) -> bool:
    return inner is not None and outer is not None and outer.start <= inner.start and inner.end <= outer.end


def _unfolded(text: Text, page: Page) -> Text:
    """A text with its no-break spaces, which are folded like all white space: half of a misread "à" or "Š" is one."""
    value = text.value
    for match in _BEFORE_SPACE.finditer(value):
        place = text.place(match.end() - 1, match.end())
        if place is not None and page.text[place.start : place.end] in ("\xa0", "&nbsp;", "&#160;"):
            value = f"{value[: match.end() - 1]}\xa0{value[match.end() :]}"
    return replace(text, value=value)


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
