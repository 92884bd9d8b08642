"""What is left in a caption when a page is copied or a template slips: buttons, advertisements, file names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..filename import file_name
from ..labels import Hit, inside, player_inside, related_inside, whole
from ..lexicon import placeholders
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
    Run,
    Severity,
    Span,
    Text,
)
from ..rule import rule
from ..words import fold, listed, shorten

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
    for line in _loose(figure):
        hit = whole(line.text.value, house.labels) if line.kind is LineKind.LABEL else None
        sure = _in_context(hit, figure) if hit else None
        if sure is not None and line.text.span is not None:
            place = Related(line.text.span, "a button's words", quote=line.text.value)
            found[line.text.span] = (place, sure, Edit(line.box, "") if line.box else None)
    for text in _worded(figure):
        for at, quote, sure in _stuck_labels(text, figure, page, house):
            if not any(at.start < other.end and other.start < at.end for other in found):
                found[at] = (Related(at, "a button's words", quote=quote), sure, None)
    if not found:
        return
    hits = [found[at] for at in sorted(found)]
    quotes = list(dict.fromkeys(f"“{place.quote}”" for place, _, _ in hits))
    sure = min((confidence for _, confidence, _ in hits), key=lambda c: c.rank)
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
def caption_advertisement(figure: Figure) -> Iterator[Finding]:
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
def caption_file_name(figure: Figure) -> Iterator[Finding]:
    """A file name is printed where the caption belongs.

    A name such as "IMG_4711" tells a reader nothing. It gets in when a picture's description is left at what the
    camera or the agency called the file, and the text is made from it.

    Bad:
        <figure><img src="a.jpg" alt="A bridge"><figcaption>gettyimages-1000200030-scaled.jpg</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A bridge"><figcaption>The old bridge in Mostar.</figcaption></figure>
    """
    texts = [line.text for line in _loose(figure)]
    if figure.caption is not None and all(text.span != figure.caption.span for text in texts):
        texts = [figure.caption, *texts]
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
    for line in _loose(figure):
        if line.kind in (LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER):
            yield line.text


def _stuck_labels(text: Text, figure: Figure, page: Page, house: House) -> Iterator[tuple[Span, str, Confidence]]:
    """Labels at the ends of a text, and those that fill one element of it: place, words, and how sure they are."""
    for stuck in inside(text.value):
        at = text.place(stuck.start, stuck.end)
        introduces = stuck.label.kind == "marker" and text.value[stuck.end : stuck.end + 1] in (":", "：")
        if at is not None and stuck.label.kind != "advertisement" and not introduces:
            yield at, text.value[stuck.start : stuck.end], stuck.confidence
    parts = _elements(text, page)
    for part in parts if len(parts) > 1 else ():
        hit = whole(part.value, house.labels)
        sure = _in_context(hit, figure) if hit and hit.label.line_kind is LineKind.LABEL else None
        if sure is not None and part.span is not None:
            yield part.span, part.value, sure


def _elements(text: Text, page: Page) -> list[Text]:
    """A text cut where markup stands between its words."""
    parts: list[tuple[int, int]] = []
    last: Run | None = None
    for run in text.runs:
        end = run.at + run.length
        if last is not None and "<" not in page.text[last.source + last.length : run.source]:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((run.at, end))
        last = run
    return [text.part(start, end) for start, end in parts if text.value[start:end].strip()]


def _loose(figure: Figure) -> list[Line]:
    """The words a reader meets as text beside the picture, in order."""
    return [x for x in figure.lines if not x.copy and not x.control and x.kind is not LineKind.PICTURE]


def _in_context(hit: Hit, figure: Figure) -> Confidence | None:
    """How sure a label is beside this picture.

    An exact form is sure. One that is only like a label, or as short as "Expand", counts when a credit stands in the
    block, and is surer between two copies of the same line, where only a control ever stood.
    """
    if hit.label.kind == "marker":
        return None  # before a caption or a credit in elements of their own, it is their introduction
    if hit.confidence is Confidence.HIGH:
        return Confidence.HIGH
    said = [fold(x.text.value) for x in _loose(figure) if x.kind in (LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER)]
    doubled = len(set(said)) < len(said)
    if hit.label.loose or hit.label.kind in ("counter", "player"):
        return Confidence.MEDIUM if doubled else None
    if doubled:
        return Confidence.HIGH
    return Confidence.MEDIUM if figure.credit is not None else Confidence.LOW


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
    lines = _loose(figure)
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
            remedy="Delete it.",
            part="a link to another story",
        )


@rule("caption-player-text", on=Figure, severity=Severity.WARNING)
def caption_player_text(figure: Figure) -> Iterator[Finding]:
    """Words of a video player stand beside the caption as text.

    "Video Player is loading" is said by a player before it starts. Without the player it is noise.

    Bad:
        <figure><img src="a.jpg" alt="A race"><figcaption>Video Player is loading. The start of the race.
        </figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A race"><figcaption>The start of the race, filmed while the video was loading.
        </figcaption></figure>
    """
    for line in _loose(figure):
        if line.kind is LineKind.PLAYER:
            hit = whole(line.text.value)
            if hit is None or hit.confidence is not Confidence.HIGH or line.text.span is None:
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


@rule("caption-shortcode", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_shortcode(figure: Figure) -> Iterator[Finding]:
    """A shortcode of the content system is printed in the caption.

    "[caption id=…]" is an instruction that was not carried out, and readers see it as it is.

    Bad:
        <figure><img src="a.jpg" alt="A barn"><figcaption>[caption id="attachment_12"]The barn in May.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A barn"><figcaption>The barn [right] in May [Photo: Iris Falk].</figcaption></figure>
    """
    for what, text in _said(figure):
        found = [m for m in _SHORTCODE.finditer(text.value) if _is_shortcode(m)]
        if not found:
            continue
        at = text.place(*found[0].span())
        places = [text.place(*m.span()) for m in found]
        edits = tuple(Edit(p, "") for m, p in zip(found, places, strict=True) if p and p.end - p.start == len(m[0]))
        if at is not None:
            yield Finding(
                at=at,
                quote=found[0][0],
                message=f"The {what} prints the shortcode “{shorten(found[0][0], 40)}”.",
                remedy="Delete it, or have the content system carry it out.",
                part="a shortcode",
                fix=Advice(edits, safe=True, what="delete the shortcode") if edits else None,
            )


@rule("caption-template-placeholder", on=Figure, severity=Severity.ERROR)
def caption_template_placeholder(figure: Figure) -> Iterator[Finding]:
    """A template's placeholder is printed instead of what it stands for.

    "{{ caption }}" or "<%= caption %>" means that the page was built without its data.

    Bad:
        <figure><img src="a.jpg" alt="A barn"><figcaption>{{ image.caption }}</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A barn"><figcaption>The set {1, 2} on a blackboard in Jena.</figcaption></figure>
    """
    for what, text in _said(figure):
        match = _TEMPLATE.search(text.value)
        at = text.place(*match.span()) if match else None
        if match is not None and at is not None:
            yield Finding(
                at=at,
                quote=match[0],
                message=f"The {what} prints the template's “{shorten(match[0], 40)}”.",
                remedy="Build the page again with its data, or write the text.",
                part="a template's placeholder",
            )


@rule("caption-placeholder-text", on=Figure, severity=Severity.ERROR)
def caption_placeholder_text(figure: Figure) -> Iterator[Finding]:
    """The caption is a placeholder that nobody replaced.

    "Add caption" is what an empty field says to its editor, "undefined" what a program says for nothing.

    Bad:
        <figure><img src="a.jpg" alt="A barn"><figcaption>Enter caption here</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A barn"><figcaption>The test of the new barn door.</figcaption></figure>
    """
    said = figure.caption or figure.printed
    texts = [said] if said else []
    texts += [line.text for line in _loose(figure) if line.kind is LineKind.OTHER and not line.rest]
    for text in texts:
        words = " ".join(text.value.casefold().strip(" .…:[]()").split())
        if text.span is not None and (words in placeholders("caption") or words.startswith("lorem ipsum")):
            yield Finding(
                at=text.span,
                quote=text.value,
                message=f"The caption “{shorten(text.value, 40)}” is a placeholder.",
                remedy="Write what the picture shows, or delete the caption.",
                part="a placeholder",
            )
            return


@rule("caption-message-key", on=Figure, severity=Severity.ERROR, confidence=Confidence.MEDIUM)
def caption_message_key(figure: Figure, page: Page) -> Iterator[Finding]:
    """The name of a message is printed instead of the message.

    "lead-image.fullscreen-open" is how a program looks up its words in the reader's language. Printed, the look-up has
    failed.

    Bad:
        <figure><img src="a.jpg" alt="A barn"><figcaption>The barn.</figcaption><p>article-image.caption_toggle</p></figure>
    Good:
        <figure><img src="a.jpg" alt="A barn"><figcaption>stock.adobe.com</figcaption></figure>
    """
    texts = [part for line in _loose(figure) for part in _elements(line.text, page)]
    for text in texts:
        words = text.value.strip()
        if text.span is None or not _MESSAGE_KEY.fullmatch(words):
            continue
        if words.rpartition(".")[2].casefold() in placeholders("host") or file_name(words):
            continue
        yield Finding(
            at=text.span,
            quote=words,
            message=f"“{shorten(words, 48)}” is the name of a message, not the message.",
            remedy="Add the missing translation, or delete the words.",
            part="the name of a message",
        )


@rule("caption-literal-markup", on=Figure, severity=Severity.WARNING)
def caption_literal_markup(figure: Figure, page: Page) -> Iterator[Finding]:
    """Tags of HTML are printed in the caption as text.

    Readers see "<em>" with its brackets. The caption was escaped although it held markup.

    Bad:
        <figure><img src="a.jpg" alt="A play"><figcaption>A scene from &lt;em&gt;Faust&lt;/em&gt; in Weimar.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A play"><figcaption>A scene from <em>Faust</em> in Weimar, rated &lt; 12.</figcaption></figure>
    """
    if page.kind != "html":
        return
    for what, text in _said(figure):
        match = _MARKUP.search(text.value)
        at = text.place(*match.span()) if match else None
        if match is not None and at is not None:
            yield Finding(
                at=at,
                quote=match[0],
                message=f"The {what} prints the tag “{shorten(match[0], 40)}” as text.",
                remedy="Delete the tag, or put the text in as markup.",
                part="a tag as text",
            )


_SHORTCODE = re.compile(r"\[/?([A-Za-z][\w-]{1,40})((?:\s[^\[\]]{0,400})?)/?\]")
_TEMPLATE = re.compile(
    r"\{\{[^{}]{1,200}\}\}|\{%[^{}]{1,200}%\}|<%[=\-]?[^<>%]{1,200}%>|\$\{[\w.\[\]]{1,80}\}|%%[\w.]{2,60}%%|#\{[\w.]{1,80}\}"
)
_MESSAGE_KEY = re.compile(
    r"(?=[^\s]*[-_]|[a-z.]*[a-z][A-Z])[A-Za-z][A-Za-z0-9_-]{1,40}(?:\.[A-Za-z][A-Za-z0-9_-]{1,40}){1,5}"
)
_MARKUP = re.compile(
    r"</?(?:b|i|u|em|strong|a|br|p|span|div|img|figure|figcaption|small|sup|sub|font|cite|h[1-6])(?:\s[^<>]{0,300})?/?>",
    re.I,
)


def _is_shortcode(match: re.Match[str]) -> bool:
    """A known name with attributes or a closing slash; a bare "[photo]" is how a house may set a credit."""
    known = match[1].casefold() in placeholders("shortcode")
    return known and (
        "=" in match[2] or match[0].startswith("[/") or "_" in match[1] or match[1] in ("caption", "gallery")
    )


def _said(figure: Figure) -> Iterator[tuple[str, Text]]:
    """The printed caption, the alt text and the loose lines of a figure, each with its name, each once."""
    seen: set[tuple[int, int]] = set()
    texts = [("caption", figure.printed), ("alt text", figure.alt)]
    texts += [("line", line.text) for line in _loose(figure) if line.kind is LineKind.OTHER]
    for what, text in texts:
        if text is not None and text.span is not None and text.span not in seen:
            seen.add(text.span)
            yield what, text
