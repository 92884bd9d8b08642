"""What is left in a caption when a page is copied: the words of buttons, advertisements, players, file names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..filename import file_name
from ..labels import LONGEST, Hit, inside, player_inside, related_inside, short, whole
from ..lexicon import fold
from ..model import (
    Advice,
    Confidence,
    Edit,
    Figure,
    Finding,
    House,
    Line,
    LineKind,
    Page,
    Related,
    Severity,
    Span,
    Text,
)
from ..printed import cut_out, elements, loose, seams
from ..rule import rule
from ..words import listed, shorten

_WORDS = (LineKind.CAPTION, LineKind.CREDIT, LineKind.LABEL, LineKind.FILE_NAME, LineKind.OTHER)


@rule("caption-interface-text", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_interface_text(figure: Figure, page: Page, house: House) -> Iterator[Finding]:
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
    found: dict[Span, tuple[Related, Confidence, Edit | None]] = {}
    strangers = _between_copies(figure)
    for line in loose(figure):
        hit = whole(line.text.value, house.labels) if line.kind is LineKind.LABEL else None
        sure = _in_context(hit, figure) if hit else Confidence.LOW if line in strangers else None
        if sure is not None and line.text.span is not None:
            place = Related(line.text.span, "a button's words", quote=line.text.value)
            found[line.text.span] = (place, sure, Edit(line.box, "") if line.box else None)
    for at, edit in _own_labels(figure, page, house):
        quote = page.text[at.start : at.end]
        found.setdefault(at, (Related(at, "a button's words", quote=quote), Confidence.HIGH, edit))
    for text in _worded(figure):
        for at, quote, sure in _stuck_labels(text, figure, page, house):
            if not any(at.start < other.end and other.start < at.end for other in found):
                edit = cut_out(at, quote, page) if sure is Confidence.HIGH else None
                found[at] = (Related(at, "a button's words", quote=quote), sure, edit)
    if not found:
        return
    hits = [found[at] for at in sorted(found)]
    quotes = list(dict.fromkeys(f"“{place.quote}”" for place, _, _ in hits))
    sure = min((confidence for _, confidence, _ in hits), key=lambda c: c.rank)  # the surest proves the fault
    edits = tuple(edit for _, confidence, edit in hits if edit and confidence is Confidence.HIGH)
    yield Finding(
        at=hits[0][0].at,
        quote=hits[0][0].quote,
        message=f"{listed(quotes)} {'belongs to a button' if len(quotes) == 1 else 'belong to buttons'}, "
        "not to the text under this picture.",
        remedy="Delete these words.",
        part=f"the words {listed(quotes)} of a button",
        confidence=sure,
        severity=Severity.ERROR if sure is not Confidence.LOW else Severity.WARNING,
        related=tuple(place for place, _, _ in hits[1:]),
        fix=Advice(edits, safe=True, what="delete the button's words") if edits else None,
    )


@rule("caption-advertisement", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_advertisement(figure: Figure, page: Page) -> Iterator[Finding]:
    """An advertisement's label stands inside the picture block.

    Between a picture and its credit, "Advertisement" reads as if the picture were one. It comes from an advertising
    slot that was copied as text.

    Bad:
        <figure><img src="dam.jpg" alt="A dam"><figcaption>The dam above Vrin in spring.</figcaption></figure>
        <p>Advertisement. Scroll to continue reading.</p>
        <p>Photo: Gian Caduff/Keystone</p>
    Good:
        <figure><img src="dam.jpg" alt="A dam"><figcaption>The dam above Vrin in spring. Photo: Gian Caduff/Keystone
        </figcaption></figure>
        <p>Advertisement. Scroll to continue reading.</p>
    """
    # a text has no slots of its own: what stands between its picture and the caption was copied along
    lines = loose(figure) if page.kind == "html" else list(figure.lines)
    words = [i for i, line in enumerate(lines) if line.kind in (*_WORDS, LineKind.PICTURE)]
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
    seen: set[Span] = set()
    for text in _worded(figure):
        for stuck in inside(text.value):
            at = text.place(stuck.start, stuck.end)
            if stuck.label.kind == "advertisement" and at is not None and at not in seen:
                seen.add(at)
                yield Finding(
                    at=at,
                    quote=text.value[stuck.start : stuck.end],
                    message=f"“{stuck.label.form}” is part of an advertisement, not of this caption.",
                    remedy="Delete these words.",
                    part="an advertisement",
                )


@rule("caption-file-name", on=Figure, severity=Severity.ERROR)
def caption_file_name(figure: Figure, page: Page) -> Iterator[Finding]:
    """A file name is printed where the caption belongs.

    A name such as "IMG_4711" tells a reader nothing. It gets in when a picture's description is left at what the
    camera or the agency called the file, and the text is made from it.

    Bad:
        <figure><img src="a.jpg" alt="A bridge"><figcaption>gettyimages-1000200030-scaled.jpg</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A bridge"><figcaption>The old bridge in Mostar.</figcaption></figure>
    """
    texts = [line.text for line in loose(figure)]
    if figure.caption is not None and all(text.span != figure.caption.span for text in texts):
        texts = [figure.caption, *texts]
    for text in texts[:]:
        parts = elements(text, page)
        texts += parts if len(parts) > 1 else []
    names = [(text, name) for text in texts if (name := file_name(text.value)) and text.span]
    names = [(text, name) for text, name in names if name.confidence is Confidence.HIGH]
    if not names:
        return
    first, stem = names[0][0], names[0][1].stem
    one = len(names) > 1 and all(name.stem == stem for _, name in names)
    also = " Both name the same picture in two sizes." if one and len(names) == 2 else ""
    assert first.span is not None  # noqa: S101  (only printed texts are kept above)
    yield Finding(
        at=first.span,
        quote=first.value,
        message=f"The file name “{shorten(first.value, 48)}” is printed as text.{also}",
        remedy="Write what the picture shows, or delete the line.",
        part="a file name" if len(names) == 1 else f"{len(names)} file names" + (" of one picture" if one else ""),
        related=tuple(
            Related(text.span, "a rendition of the same picture" if name.stem == stem else "another file name",
                    quote=text.value)
            for text, name in names[1:] if text.span
        ),
    )  # fmt: skip


def _worded(figure: Figure) -> Iterator[Text]:
    """Caption and credit by themselves, then every line of words: what a label may be stuck to."""
    if figure.caption is not None and figure.caption.span is not None:
        yield figure.caption
    for line in loose(figure):
        if line.kind in (LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER):
            yield line.text


def _stuck_labels(text: Text, figure: Figure, page: Page, house: House) -> Iterator[tuple[Span, str, Confidence]]:
    """Labels at the ends of a text, and those that fill one element of it: place, words, and how sure they are."""
    parts = seams(text, page)
    for stuck in inside(text.value):
        at = text.place(stuck.start, stuck.end)
        kind = stuck.label.kind
        meant = kind == "marker" and _introduces(text.value, stuck.start, stuck.end, parts)
        apart = kind == "enlarge" and _told_apart(text.value, stuck.start)
        meant |= apart and _opens_large(figure, page)
        sure = stuck.confidence if stuck.confidence is Confidence.HIGH else _in_context(stuck, figure)
        if apart and sure is not None:
            sure = Confidence.LOW  # a script may make the picture open large, which its markup does not tell
        if at is not None and sure is not None and kind != "advertisement" and not meant:
            yield at, text.value[stuck.start : stuck.end], sure
    for start, end in _pieces(parts):
        part = text.part(start, end)
        hit = whole(part.value, house.labels)
        sure = _in_context(hit, figure) if hit and hit.label.line_kind is LineKind.LABEL else None
        if sure is not None and part.span is not None:
            yield part.span, part.value, sure


# A picture that is linked to its file, and what may stand between the link and its tag.
_LARGE = re.compile(
    r"<a\b[^<>]{0,400}\shref\s?=\s?[\"'][^\"'<>]{1,400}\.(?:jpe?g|png|webp|gif|avif)\b[^<>]{0,400}>\s*(?:<(?!/?a\b)[^<>]{0,400}>\s*){0,4}$",
    re.I,
)


def _told_apart(text: str, start: int) -> bool:
    """Whether an author has set words off from a caption: "… (click to enlarge)", "… \u2013 Click to enlarge"."""
    return text[:start].rstrip()[-1:] in ("(", "[", "-", "\u2013", "\u2014")


def _opens_large(figure: Figure, page: Page) -> bool:
    """Whether the picture is linked to a file that is a picture, so that a click does enlarge it."""
    start = figure.tag.start if figure.tag else 0
    return _LARGE.search(page.text, max(0, start - 1200), start) is not None


_COMMAS = " ,\u060c\uff0c\u3001"


def _introduces(text: str, start: int, end: int, parts: list[tuple[int, int]]) -> bool:
    """Whether a marker stands before a colon, or fills an element of its own, which a style sheet hides from sight:
    "<span>Image source, </span><span>Getty Images</span>"."""
    own = text[start:end].rstrip(_COMMAS)
    alone = any(a <= start and end <= b and text[a:b].strip(_COMMAS) == own for a, b in parts)
    return alone or text[end : end + 1] in (":", "\uff1a")


def _own_labels(figure: Figure, page: Page, house: House) -> Iterator[tuple[Span, Edit | None]]:
    """Labels of the house's own system: as a line of the block, at an end of its texts, and alone right behind it."""
    for form in house.labels:
        for line in loose(figure):
            at, said = line.text.span, line.text.value
            if at is not None and line.box is not None and said.casefold() == form.casefold():
                yield at, Edit(line.box, "")
            elif line.kind in (LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER):
                stuck = re.search(rf"^{re.escape(form)}(?!\w)|(?<!\w){re.escape(form)}$", said, re.I)
                place = line.text.place(*stuck.span()) if stuck else None
                if stuck and place is not None:
                    yield place, cut_out(place, stuck[0], page)
        behind = re.compile(rf"\s*<(p|div|span)\b[^<>]*>\s*({re.escape(form)})\s*</\1>", re.I)
        if found := behind.match(page.text, figure.block.end):
            yield Span(*found.span(2)), Edit(Span(*found.span()), "")


def _pieces(parts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The elements of a text, then two and three of them in a row: a label may be written over several."""
    for size in (1, 2, 3):
        for n in range(len(parts) - size + 1 if len(parts) > size else 0):
            start, end = parts[n][0], parts[n + size - 1][1]
            if size == 1 or end - start <= LONGEST:
                yield start, end


def _in_context(hit: Hit, figure: Figure) -> Confidence | None:
    """How sure a label is beside this picture.

    An exact form is sure. One that is only like a label, or as short as "Expand", counts when a credit stands in the
    block, and is surer between two copies of the same line, where only a control ever stood.
    """
    if hit.label.kind == "marker":
        return None  # before a caption or a credit in elements of their own, it is their introduction
    if hit.confidence is Confidence.HIGH:
        return Confidence.HIGH
    said = [fold(x.text.value) for x in loose(figure) if x.kind in (LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER)]
    doubled = len(set(said)) < len(said)
    if hit.label.loose or hit.label.kind in ("counter", "player"):
        return Confidence.MEDIUM if doubled else None
    if doubled:
        return Confidence.HIGH
    return Confidence.MEDIUM if figure.credit is not None else Confidence.LOW


def _between_copies(figure: Figure) -> list[Line]:
    """Short lines that nobody knows, between two copies of the caption or the credit: a control's words, most likely."""
    lines = loose(figure)
    said = [fold(line.text.value) for line in lines]
    first = {words: n for n, words in reversed(list(enumerate(said)))}
    last = {words: n for n, words in enumerate(said)}
    spans = [(first[words], last[words]) for words in last if first[words] < last[words]]
    return [
        line for n, line in enumerate(lines)
        if line.rest and line.kind is LineKind.OTHER and short(line.text.value) and said.count(said[n]) == 1
        and any(start < n < end for start, end in spans)
    ]  # fmt: skip


@rule("caption-injected-link", on=Figure, severity=Severity.WARNING)
def caption_injected_link(figure: Figure) -> Iterator[Finding]:
    """A link to another story stands in the caption as text.

    "See also …" between a picture and its credit belongs to a box of links that was copied along.

    Bad:
        <figure><img src="a.jpg" alt="A stage"><figcaption>The stage at dusk. Read also: Ten festivals to visit
        </figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A stage"><figcaption>The stage at dusk, where readers could also sit.
        </figcaption></figure>
        <p>See also: Ten festivals to visit</p>
    """
    lines = loose(figure)
    words = [i for i, line in enumerate(lines) if line.kind in (LineKind.CAPTION, LineKind.CREDIT)]
    for i, line in enumerate(lines):
        if line.kind is LineKind.RELATED and words and words[0] < i < words[-1] and line.text.span is not None:
            at, quote = line.text.span, line.text.value
        elif line.kind is LineKind.CAPTION and (start := related_inside(line.text.value)) is not None:
            place = line.text.place(start, len(line.text.value))
            if place is None:
                continue
            at, quote = place, line.text.value[start:]
        else:
            continue
        yield Finding(
            at=at,
            quote=quote,
            message=f"“{shorten(quote)}” is a link to another story, not part of this caption.",
            remedy="Delete these words.",
            part="a link to another story",
        )


@rule("caption-player-text", on=Figure, severity=Severity.WARNING)
def caption_player_text(figure: Figure, page: Page) -> Iterator[Finding]:
    """Words of a video player stand beside the caption as text.

    "Video Player is loading" is said by a player before it starts. Without the player it is noise.

    Bad:
        <figure><img src="a.jpg" alt="A race"><figcaption>Video Player is loading. The start of the race.
        </figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A race"><figcaption>The start of the race, filmed while the video was loading.
        </figcaption></figure>
    """
    for line in loose(figure):
        if line.kind is LineKind.PLAYER:
            hit = whole(line.text.value)
            if hit is None or hit.confidence is not Confidence.HIGH or line.text.span is None or _of_player(line, page):
                continue
            at, quote = line.text.span, line.text.value
        elif line.kind is LineKind.CAPTION and (found := player_inside(line.text.value)) is not None:
            place = line.text.place(*found)
            if place is None:
                continue
            at, quote = place, line.text.value[found[0] : found[1]]
        else:
            continue
        yield Finding(
            at=at,
            quote=quote,
            message=f"“{shorten(quote)}” belongs to a video player, not to this caption.",
            remedy="Delete these words.",
            part="words of a video player",
        )


def _of_player(line: Line, page: Page) -> bool:
    """Whether a line's own element is called a part of the player, which replaces it when it starts."""
    start = line.box.start if line.box else 0
    return line.box is not None and "player" in page.text[start : page.text.find(">", start)].lower()
