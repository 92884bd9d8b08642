"""Letters of a caption, credit or alt text that went wrong on the way: misread, lost, escaped twice, unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..model import Advice, Edit, Evidence, Figure, Finding, Page, Related, Severity, Span, Text
from ..rule import rule
from ..words import SAID_SINGLY, difference, shorten, word_at

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
            there, code = page.text[place.start : place.end] if place else "", f"&amp;{found[0][1:]}"
            if place and there.count(code) == 1:  # white space and tags beside a code are placed with it
                start = place.start + there.index(code)
                edits.append(Edit(Span(start, start + len(code)), found[0]))
        at = text.place(*match.span()) or text.span
        if at is not None:
            yield Finding(
                at=at,
                quote=match[0],
                message=f"The {what} prints the code “{match[0]}” instead of a character.",
                remedy="Replace the code with the character it stands for.",
                fix=Advice(tuple(edits), safe=True, what="escape once") if edits else None,
            )


@rule("text-invisible-characters", on=Page, severity=Severity.NOTICE, fixable=True)
def text_invisible_characters(page: Page) -> Iterator[Finding]:
    """A text holds characters that cannot be seen.

    They break searching and line ends, and a name with one inside no longer matches itself. Soft hyphens, and joiners
    where a script needs them, are left alone. More than two texts of a page are said once.

    Bad:
        <figure><img src="a.jpg" alt="A river"><figcaption>The Ri\u200bver Spree.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A river"><figcaption>The River Spree in Köpe\u00adnick.</figcaption></figure>
    """
    found = list({x.at: x for figure in page.article for x in _unseen(figure)}.values())  # captions may be shared
    if len(found) <= SAID_SINGLY:
        yield from found
        return
    first, *rest = found
    edits = tuple({edit: None for finding in found if finding.fix for edit in finding.fix.edits})
    yield replace(
        first,
        message=f"{len(found)} texts of this article hold invisible characters.",
        count=len(found),
        related=tuple(Related(x.at, "here too", quote=x.quote) for x in rest),
        fix=Advice(edits, safe=True, what="delete invisible characters") if edits else None,
    )


def _unseen(figure: Figure) -> Iterator[Finding]:
    """A finding for each text of a figure that holds invisible characters, at the first of them."""
    for what, text in _texts(figure):
        found = list(_INVISIBLE.finditer(text.value))
        places = [text.place(*m.span()) for m in found]
        edits = tuple(Edit(p, "") for p in places if p and p.end - p.start == 1)
        at = places[0] if places else None
        if at is not None and at.end > at.start:
            one = len(found) == 1
            yield Finding(
                at=at,
                quote=word_at(text.value, found[0].start()),
                message=f"The {what} holds {'an' if one else len(found)} invisible character{'' if one else 's'}.",
                remedy="Delete what cannot be seen.",
                evidence=(
                    Evidence("page", ", ".join(dict.fromkeys(f"U+{ord(m[0]):04X}" for m in found)), "characters"),
                ),
                fix=Advice(edits, safe=True, what="delete invisible characters") if edits else None,
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
