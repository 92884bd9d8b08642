"""What is left in a caption when a page is copied or a template slips: buttons, advertisements, file names."""

from __future__ import annotations

from collections.abc import Iterator

from ..filename import file_name
from ..labels import Hit, inside, whole
from ..model import Advice, Confidence, Edit, Figure, Finding, House, Line, LineKind, Related, Severity
from ..rule import rule
from ..words import fold, listed, shorten

_WORDS = (LineKind.CAPTION, LineKind.CREDIT, LineKind.LABEL, LineKind.FILE_NAME, LineKind.OTHER)


@rule("caption-interface-text", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_interface_text(figure: Figure, house: House) -> Iterator[Finding]:
    """Words of a button stand in or beside the caption as loose text.

    "hide caption" or "View image in fullscreen" belong to a control of the page they were written for. Copied as text
    they make no sense to a reader, and translated ("hide title") even less.

    Bad:
        <figure><img src="ferry.jpg" alt="A ferry at the quay">
        <figcaption>The ferry to Texel at the quay. hide caption</figcaption></figure>
    Good:
        <figure><img src="ferry.jpg" alt="A ferry at the quay">
        <figcaption>The ferry to Texel at the quay.</figcaption><button>hide caption</button></figure>
    """
    found: list[tuple[Related, Confidence, Edit | None]] = []
    for line in _loose(figure):
        hit = whole(line.text.value, house.labels) if line.kind is LineKind.LABEL else None
        sure = _in_context(hit, figure) if hit else None
        if sure is not None and line.text.span is not None:
            place = Related(line.text.span, "a button's words", quote=line.text.value)
            found.append((place, sure, Edit(line.box, "") if line.box else None))
        if line.kind in (LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER):
            for stuck in inside(line.text.value):
                at = line.text.place(stuck.start, stuck.end)
                if at is not None and stuck.label.kind != "advertisement":
                    quote = line.text.value[stuck.start : stuck.end]
                    found.append((Related(at, "a button's words", quote=quote), stuck.confidence, None))
    if not found:
        return
    quotes = list(dict.fromkeys(f"“{place.quote}”" for place, _, _ in found))
    sure = min((confidence for _, confidence, _ in found), key=lambda c: c.rank)
    edits = tuple(edit for _, confidence, edit in found if edit and confidence is Confidence.HIGH)
    yield Finding(
        at=found[0][0].at,
        quote=found[0][0].quote,
        message=f"{listed(quotes)} {'belongs to a button' if len(quotes) == 1 else 'belong to buttons'}, "
        "not to the text under this picture.",
        remedy="Delete these words.",
        part=f"the words {listed(quotes)} of a button",
        confidence=sure,
        severity=Severity.ERROR if sure is not Confidence.LOW else Severity.WARNING,
        related=tuple(place for place, _, _ in found[1:]),
        fix=Advice(edits, safe=True, what="delete the button's words") if edits else None,
    )


@rule("caption-advertisement", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_advertisement(figure: Figure) -> Iterator[Finding]:
    """An advertisement's label stands inside the picture block.

    Between a picture and its credit, "Advertisement" reads as if the picture were one. It comes from an advertising
    slot that was copied as text.

    Bad:
        <figure><img src="dam.jpg" alt="A dam"></figure>
        <p>The dam above Vrin in spring.</p>
        <p>Advertisement. Scroll to continue reading.</p>
        <p>Photo: Gian Caduff/Keystone</p>
    Good:
        <figure><img src="dam.jpg" alt="A dam"><figcaption>The dam above Vrin in spring. Photo: Gian Caduff/Keystone
        </figcaption></figure>
        <p>Advertisement. Scroll to continue reading.</p>
    """
    lines = _loose(figure)
    words = [i for i, line in enumerate(lines) if line.kind in _WORDS]
    for i, line in enumerate(lines):
        between = words and words[0] < i < words[-1]
        if line.kind is LineKind.ADVERTISEMENT and between and line.text.span is not None:
            yield Finding(
                at=line.text.span,
                quote=line.text.value,
                message=f"“{shorten(line.text.value)}” stands in the middle of this picture's caption and credit.",
                remedy="Delete the line.",
                part="an advertisement",
                fix=Advice((Edit(line.box, ""),), safe=True, what="delete the advertisement") if line.box else None,
            )
        elif line.kind in (LineKind.CAPTION, LineKind.CREDIT):
            for stuck in inside(line.text.value):
                at = line.text.place(stuck.start, stuck.end)
                if stuck.label.kind == "advertisement" and at is not None:
                    yield Finding(
                        at=at,
                        quote=line.text.value[stuck.start : stuck.end],
                        message=f"“{stuck.label.form}” is part of an advertisement, not of this caption.",
                        remedy="Delete these words.",
                        part="an advertisement",
                    )


@rule("caption-file-name", on=Figure, severity=Severity.ERROR)
def caption_file_name(figure: Figure) -> Iterator[Finding]:
    """A file name is printed where the caption belongs.

    A name such as "IMG_4711" tells a reader nothing. It gets in when a picture's description is left at what the
    camera or the agency called the file, and the text is made from it.

    Bad:
        <figure><img src="a.jpg" alt="A bridge"><figcaption>gettyimages-1000200030-scaled.jpg</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A bridge"><figcaption>The old bridge in Mostar.</figcaption></figure>
    """
    names = [(line, name) for line in _loose(figure) if (name := file_name(line.text.value)) and line.text.span]
    names = [(line, name) for line, name in names if name.confidence is Confidence.HIGH]
    if not names:
        return
    first, stem = names[0][0], names[0][1].stem
    one = len(names) > 1 and all(name.stem == stem for _, name in names)
    also = " Both name the same picture in two sizes." if one and len(names) == 2 else ""
    assert first.text.span is not None  # noqa: S101  (only printed lines are kept above)
    yield Finding(
        at=first.text.span,
        quote=first.text.value,
        message=f"The file name “{shorten(first.text.value, 48)}” is printed as text.{also}",
        remedy="Write what the picture shows, or delete the line.",
        part="a file name" if len(names) == 1 else f"{len(names)} file names" + (" of one picture" if one else ""),
        related=tuple(
            Related(line.text.span, "a rendition of the same picture" if name.stem == stem else "another file name",
                    quote=line.text.value)
            for line, name in names[1:] if line.text.span
        ),
    )  # fmt: skip


def _loose(figure: Figure) -> list[Line]:
    """The words a reader meets as text beside the picture, in order."""
    return [x for x in figure.lines if not x.copy and not x.control and x.kind is not LineKind.PICTURE]


def _in_context(hit: Hit, figure: Figure) -> Confidence | None:
    """How sure a label is beside this picture.

    An exact form is sure. One that is only like a label, or as short as "Expand", counts when a credit stands in the
    block, and is surer between two copies of the same line, where only a control ever stood.
    """
    if hit.confidence is Confidence.HIGH:
        return Confidence.HIGH
    said = [fold(x.text.value) for x in _loose(figure) if x.kind in (LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER)]
    doubled = len(set(said)) < len(said)
    if hit.label.loose or hit.label.kind in ("counter", "player"):
        return Confidence.MEDIUM if doubled else None
    if doubled:
        return Confidence.HIGH
    return Confidence.MEDIUM if figure.credit is not None else Confidence.LOW
