"""Captions and credits that are printed more often than they should be."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Advice, Edit, Figure, Finding, Line, LineKind, Related, Severity, Span
from ..rule import rule
from ..words import fold, shorten, tellable, times


@rule("caption-repeated", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_repeated(figure: Figure) -> Iterator[Finding]:
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
    copies = _caption_lines(figure)
    if len(copies) < 2:
        return
    first, second = copies[0], copies[1]
    if first.text.span is None or second.text.span is None:
        return
    yield Finding(
        at=second.text.span,
        quote=second.text.value,
        message=f"The caption “{shorten(first.text.value)}” is printed {times(len(copies))} in this picture block.",
        remedy="Delete the second copy.",
        part=f"the caption {times(len(copies))}",
        related=tuple(_place(line, "the caption, printed first") for line in copies[:1])
        + tuple(_place(line, "printed again") for line in copies[1:]),
        fix=_delete(copies[1:]),
    )


@rule("credit-repeated", on=Figure, severity=Severity.WARNING, fixable=True)
def credit_repeated(figure: Figure) -> Iterator[Finding]:
    """The same credit line is printed more than once for one picture.

    One credit under a picture is enough. A second copy is usually a rest of a caption's toggle, or of a template that
    prints the credit and a caption that holds it too.

    Bad:
        <figure><img src="mill.jpg" alt="A windmill"><figcaption>The mill at Kinderdijk.</figcaption></figure>
        <p>Photo: Joost Bakker/ANP</p>
        <p>hide caption</p>
        <p>Photo: Joost Bakker/ANP</p>
    Good:
        <figure><img src="mill.jpg" alt="A windmill"><figcaption>The mill at Kinderdijk. Photo: Joost Bakker/ANP
        </figcaption></figure>
    """
    copies = _credit_lines(figure)
    if len(copies) < 2 or figure.credit is None:
        return
    first, second = copies[0], copies[1]
    if first.text.span is None or second.text.span is None:
        return
    yield Finding(
        at=second.text.span,
        quote=second.text.value,
        message=f"The credit “{shorten(figure.credit.raw)}” is printed {times(len(copies))} for this picture.",
        remedy="Keep one and delete the rest.",
        part=f"the credit {times(len(copies))}",
        related=tuple(_place(line, "the credit, printed first") for line in copies[:1])
        + tuple(_place(line, "printed again") for line in copies[1:]),
        fix=_delete([line for line in copies[1:] if line.kind is LineKind.CREDIT]),
    )


def _caption_lines(figure: Figure) -> list[Line]:
    """The lines that say the caption, with or without its credit."""
    if figure.caption is None:
        return []
    caption = fold(figure.caption.value)
    credit = fold(figure.credit.raw) if figure.credit else ""
    if not tellable(caption):
        return []
    whole = {caption, f"{caption} {credit}".strip(), fold(figure.printed.value) if figure.printed else caption}
    return [line for line in _printed(figure) if fold(line.text.value) in whole]


def _credit_lines(figure: Figure) -> list[Line]:
    """The lines that say the credit: it alone, or the caption with it."""
    if figure.credit is None:
        return []
    credit = fold(figure.credit.raw)
    if len(credit) < 3:
        return []
    named = fold(" ".join(party.name for party in figure.credit.parties)) or credit
    bare = fold(figure.credit.raw.removeprefix(figure.credit.marker or ""))
    return [
        line for line in _printed(figure)
        if line.kind in (LineKind.CREDIT, LineKind.OTHER, LineKind.CAPTION)
        and (fold(line.text.value) in (credit, named, bare) or _ends_with(line, figure, credit))
    ]  # fmt: skip


def _ends_with(line: Line, figure: Figure, credit: str) -> bool:
    """Whether a line is the caption with its credit at the end."""
    if figure.caption is None:
        return False
    return fold(line.text.value) == f"{fold(figure.caption.value)} {credit}"


def _printed(figure: Figure) -> list[Line]:
    """What a reader meets as text, each stretch of source once."""
    seen: set[Span] = set()
    lines = []
    for line in figure.lines:
        if line.copy or line.control or line.kind is LineKind.PICTURE or line.text.span is None:
            continue
        if line.text.span not in seen:
            seen.add(line.text.span)
            lines.append(line)
    return lines


def _place(line: Line, message: str) -> Related:
    assert line.text.span is not None  # noqa: S101  (only printed lines come here)
    return Related(line.text.span, message, quote=line.text.value)


def _delete(lines: list[Line]) -> Advice | None:
    edits = tuple(Edit(line.box, "") for line in lines if line.box is not None)
    return Advice(edits, safe=True, what="delete the copies") if edits else None
