"""Captions and credits that are printed more often than they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..copies import apart, caption_lines, credit_lines, near, printed_lines
from ..lexicon import fold
from ..model import Advice, Confidence, Edit, Figure, Finding, Line, LineKind, Page, Related, Severity, Text
from ..rule import rule
from ..words import shorten, tellable, times
from .duplicate_within import credit_in_itself


@rule("caption-repeated", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_repeated(figure: Figure, page: Page) -> Iterator[Finding]:
    """The same caption is printed again in the same picture block.

    Readers see the caption twice with only file names, buttons or advertisements between the copies. It is what
    remains when a page's toggles or its second rendition of a picture are copied as text.

    Bad:
        <p><img src="port-800x600.jpg" alt="A crane over the harbour"></p>
        <p>A crane lifts a container over the harbour of Zeebrugge on Monday.</p>
        <p>Photo: Lotte Maes/Belga</p>
        <p><img src="port-1200x900.jpg" alt="A crane over the harbour"></p>
        <p>A crane lifts a container over the harbour of Zeebrugge on Monday.</p>
    Good:
        <p><img src="port-800x600.jpg" alt="A crane over the harbour"></p>
        <p>A crane lifts a container over the harbour of Zeebrugge on Monday.</p>
        <p>Photo: Lotte Maes/Belga</p>
    """
    copies = apart(figure, caption_lines(figure), page)
    if len(copies) > 1:
        said = f"The caption “{shorten(copies[0].text.value)}” is printed {times(len(copies))} in this picture block."
        gone = [*copies[1:], *_pictures_after(figure, copies[0])]
        yield from _again(copies, "the caption", said, "Delete the second copy.", gone)


@rule("credit-repeated", on=Figure, severity=Severity.WARNING, fixable=True)
def credit_repeated(figure: Figure, page: Page) -> Iterator[Finding]:
    """The same credit line is printed more than once for one picture.

    One credit under a picture is enough. A second copy is usually a rest of a caption's toggle, or of a template that
    prints the credit and a caption that holds it too.

    Bad:
        <figure><img src="mill.jpg" alt="A windmill"><figcaption>The mill at Kinderdijk.</figcaption></figure>
        <p>Photo: Joost Bakker/ANP</p>
        <p>hide caption</p>
        <p>Photo: Joost Bakker/ANP</p>
    Bad:
        <figure><img src="mill.jpg" alt="A windmill"><figcaption>The mill at Kinderdijk. Photo: Joost Bakker/ANP Photo:
        Joost Bakker/ANP</figcaption></figure>
    Good:
        <figure><img src="mill.jpg" alt="A windmill"><figcaption>The mill at Kinderdijk. Photo: Joost Bakker/ANP
        </figcaption></figure>
    """
    copies = apart(figure, credit_lines(figure), page)
    if len(copies) > 1 and figure.credit is not None:
        said = f"The credit “{shorten(figure.credit.raw)}” is printed {times(len(copies))} for this picture."
        gone = [line for line in copies[1:] if line.kind is LineKind.CREDIT]
        yield from _again(copies, "the credit", said, "Keep one and delete the rest.", gone)
    elif figure.credit is not None and figure.credit.at is not None:
        yield from credit_in_itself(figure.credit.at, page)


def _again(copies: list[Line], what: str, said: str, remedy: str, gone: list[Line]) -> Iterator[Finding]:
    """One finding for all copies, at the second; its fix deletes the lines that are to go."""
    first, second = copies[0].text, copies[1].text
    if first.span is None or second.span is None:
        return
    yield Finding(
        at=second.span,
        quote=second.value,
        message=said,
        remedy=remedy,
        part=f"{what} {times(len(copies))}",
        related=(_place(copies[0], f"{what}, printed first"), *(_place(x, "printed again") for x in copies[1:])),
        fix=_delete(gone),
    )


def _pictures_after(figure: Figure, first: Line) -> list[Line]:
    """The renditions of the picture that stand behind its caption's first copy: they came with the second."""
    assert first.text.span is not None  # noqa: S101  (only printed lines come here)
    start = first.text.span.start
    pictures = [x for x in figure.lines if x.kind in (LineKind.PICTURE, LineKind.FILE_NAME) and not x.copy]
    behind = [x for x in pictures if x.text.span and x.text.span.start > start]
    return behind if len(behind) < len(pictures) else behind[1:]


def _place(line: Line, message: str) -> Related:
    assert line.text.span is not None  # noqa: S101  (only printed lines come here)
    return Related(line.text.span, message, quote=line.text.value)


def _delete(lines: list[Line]) -> Advice | None:
    edits = tuple(Edit(line.box, "") for line in lines if line.box is not None)
    return Advice(edits, safe=True, what="delete the copies") if edits else None


@rule("caption-near-repeat", on=Figure, severity=Severity.NOTICE, confidence=Confidence.MEDIUM)
def caption_near_repeat(figure: Figure) -> Iterator[Finding]:
    """Two versions of one caption stand under the same picture.

    They differ by a word or a letter, so one is an older or a translated version that should have gone.

    Bad:
        <p><img src="a.jpg" alt="A crane"></p>
        <p>A crane lifts a container over the harbour of Zeebrugge, Belgium, on Monday morning. Photo: Lotte Maes/Belga</p>
        <p>hide caption</p>
        <p>A crane lifts a container over the harbor of Zeebrugge, Belgium, on Monday morning. Photo: Lotte Maes/Belga</p>
        <p>The port has grown for eleven years.</p>
    Good:
        <figure><img src="a.jpg" alt="A crane"><figcaption>A crane lifts a container over the harbour. The container
        holds bicycles. Photo: Lotte Maes/Belga</figcaption></figure>
    """
    if figure.caption is None or not tellable(fold(figure.caption.value)):
        return
    caption = fold(figure.caption.value)
    printed = fold(figure.printed.value) if figure.printed else caption
    own = figure.printed.span if figure.printed else None
    for line in printed_lines(figure):
        words = fold(line.text.value)
        if own and line.text.span and own.start <= line.text.span.start and line.text.span.end <= own.end:
            continue  # a part of the caption itself
        same = words in (caption, printed) or line.text.span == (figure.printed.span if figure.printed else None)
        if same or line.text.span is None or line.text.span == figure.caption.span or not tellable(words):
            continue
        if near(words, caption) or near(words, printed):
            yield Finding(
                at=line.text.span,
                quote=line.text.value,
                message=f"Another version of the caption is printed here: “{shorten(line.text.value)}”.",
                remedy="Keep the right one and delete the other.",
                related=(Related(figure.caption.span, "the caption", quote=figure.caption.value),)
                if figure.caption.span else (),
            )  # fmt: skip
            return


@rule("caption-copied", on=Page, severity=Severity.NOTICE, confidence=Confidence.MEDIUM)
def caption_copied(page: Page) -> Iterator[Finding]:
    """Two different pictures have the same caption.

    One of them has probably kept the caption of the other. Pictures of one set may share a caption on purpose.

    Bad:
        <figure><img src="a.jpg" alt="A bull"><figcaption>The champion bull at the fair in Libramont.</figcaption></figure>
        <p>It weighs as much as a car.</p>
        <figure><img src="b.jpg" alt="A tent"><figcaption>The champion bull at the fair in Libramont.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A bull"><figcaption>The champion bull at the fair in Libramont.</figcaption></figure>
        <p>It weighs as much as a car.</p>
        <figure><img src="b.jpg" alt="A tent"><figcaption>Cider is served in a tent.</figcaption></figure>
    """
    said: dict[str, list[Figure]] = {}
    for figure in page.article:
        if figure.caption and figure.images and figure.caption.span and tellable(fold(figure.caption.value)):
            said.setdefault(fold(figure.caption.value), []).append(figure)
    for first, *others in said.values():
        captions = {f.caption.span: f.caption for f in others if f.caption and not _one_picture(f, first)}
        if not captions:
            continue
        caption, *rest = captions.values()
        assert first.caption is not None and caption.span is not None  # noqa: S101  (kept above)
        own = Related(first.caption.span or first.block, "the other picture's caption", quote=first.caption.value)
        yield Finding(
            at=caption.span,
            quote=caption.value,
            message=f"“{shorten(caption.value)}” is the caption of another picture too."
            if not rest else f"“{shorten(caption.value)}” is the caption of {len(captions) + 1} pictures.",
            remedy=f"Check that it belongs to {'all' if rest else 'both'}.",
            picture=others[0].address,
            count=len(captions),
            related=(own, *(Related(c.span, "here too", quote=c.value) for c in rest if c.span)),
        )  # fmt: skip


def _one_picture(one: Figure, two: Figure) -> bool:
    """Whether two figures show one picture, or share one printed caption."""
    shared = one.caption is not None and two.caption is not None and one.caption.span == two.caption.span
    return shared or (one.asset != "" and one.asset == two.asset)


@rule("caption-in-body", on=Page, severity=Severity.WARNING)
def caption_in_body(page: Page) -> Iterator[Finding]:
    """The caption stands in the running text as well.

    A paragraph of the article is word for word the caption of one of its pictures. It was copied along with the text,
    or typed into the wrong field.

    Bad:
        <figure><img src="a.jpg" alt="A bull"><figcaption>The champion bull at the agricultural fair in Libramont, Belgium, on Sunday.</figcaption></figure>
        <p>Farmers from three countries came to the fair this year, more than ever before in its history, and most of them
        stayed for the evening, when the prizes were handed out in the big tent.</p>
        <p>The champion bull at the agricultural fair in Libramont, Belgium, on Sunday.</p>
        <p>It weighs as much as a small car and eats as much as four cows, its owner says, who has shown cattle here since
        he was a boy and has never won before.</p>
    Good:
        <figure><img src="a.jpg" alt="A bull"><figcaption>The champion bull at the agricultural fair in Libramont, Belgium, on Sunday.</figcaption></figure>
        <p>Farmers from three countries came to the fair this year, more than ever before.</p>
    """
    own = {len(text.value) for f in page.article for text in (f.caption, f.printed) if text}
    lengths = range(min(own, default=0) * 3 // 4, max(own, default=0) * 4 // 3 + 1)  # the same words, written otherwise
    # what stands in a block is a caption too, of this picture or another; and so is one that several share
    blocks = [figure.block for figure in page.figures]
    blocks += {f.printed.span for f in page.article if f.printed and f.printed.span}
    near = [x for x in page.paragraphs if x.span and len(x.value) in lengths]
    body = [x for x in near if x.span and not any(b.start <= x.span.start < b.end for b in blocks)]
    said = {fold(text.value): text for text in reversed(body) if not _beside_picture(text, page)}
    for figure in page.article:
        # a caption that only an attribute or a script holds may be printed by this very paragraph
        for text in (figure.caption, figure.printed) if figure.printed or page.kind != "html" else ():
            twin = said.get(fold(text.value)) if text and tellable(fold(text.value)) else None
            if text is None or text.span is None or twin is None or twin.span is None:
                continue
            yield Finding(
                at=twin.span,
                quote=twin.value,
                message=f"This paragraph is the caption of a picture: “{shorten(twin.value)}”.",
                remedy="Delete the paragraph.",
                picture=figure.address,
                related=(Related(text.span, "the caption", quote=text.value),),
            )
            break


def _beside_picture(paragraph: Text, page: Page) -> bool:
    """Whether the element right around a paragraph is called a caption, or is there for the eye alone."""
    start = paragraph.span.start if paragraph.span else 0
    around = _AROUND.search(page.text[max(0, start - 600) : start])
    return around is not None and _FOR_PICTURE.search(around[1]) is not None


_AROUND = re.compile(r"<(\w+\s[^<>]*)>\s*(?:<[a-z]+(?:\s[^<>]*)?>\s*)?$", re.I)
_FOR_PICTURE = re.compile(
    r"\b(?:class|id)\s?=\s?[\"'][^\"']*(?:caption|descr|legend)|aria-hidden\s?=\s?[\"']?true", re.I
)
