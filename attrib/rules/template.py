"""What a content system prints when it slips: shortcodes, placeholders, names of messages, tags as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..filename import file_name
from ..lexicon import placeholders
from ..model import Advice, Confidence, Figure, Finding, LineKind, Page, Severity, Text
from ..phrases import like
from ..printed import cut_out, elements, loose
from ..rule import rule
from ..words import shorten


@rule("caption-shortcode", on=Figure, severity=Severity.ERROR, fixable=True)
def caption_shortcode(figure: Figure, page: Page) -> Iterator[Finding]:
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
        cuts = (cut_out(place, m[0], page) for m, place in zip(found, places, strict=True) if place)
        edits = () if _half_of_one(found, text, page) else tuple(filter(None, cuts))
        if at is not None:
            yield Finding(
                at=at,
                quote=found[0][0],
                message=f"The {what} prints “{shorten(found[0][0], 40)}”, which is an order to the content system.",
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
        match = _TEMPLATE.search(text.value) or next(filter(_is_field, _FIELD.finditer(text.value)), None)
        at = text.place(*match.span()) if match else None
        if match is not None and at is not None:
            yield Finding(
                at=at,
                quote=match[0],
                message=f"The {what} prints “{shorten(match[0], 40)}”, which the page's template should have filled in.",
                remedy="Build the page again with its data, or write the text.",
                part="a template's placeholder",
            )


@rule("caption-placeholder-text", on=Figure, severity=Severity.ERROR)
def caption_placeholder_text(figure: Figure, page: Page) -> Iterator[Finding]:
    """The caption is a placeholder that nobody replaced.

    "Add caption" is what an empty field says to its editor, "undefined" what a program says for nothing.

    Bad:
        <figure><img src="a.jpg" alt="A barn"><figcaption>Enter caption here</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="A barn"><figcaption>The test of the new barn door.</figcaption></figure>
    """
    said = figure.caption or figure.printed
    texts = [said] if said else []
    texts += [line.text for line in loose(figure) if line.kind is LineKind.OTHER and not line.rest]
    parts = elements(said, page) if said else []
    if len(parts) > 1:  # "undefined" in an element of its own, before a credit
        texts += [part for part in parts if part.value.strip().casefold() in placeholders("address")]
    head = said.value.partition(" / ")[0] if said else ""
    if said and head.strip().casefold() in placeholders("address"):  # "undefined / Ana Ruiz"
        texts.append(said.part(0, len(head)))
    for text in texts:
        line = " ".join(text.value.casefold().split())
        words = line.strip(" .…:[]()")
        known = not placeholders("caption").isdisjoint((line, words)) or words.startswith("lorem ipsum")
        if text.span is not None and (known or like(words, "hint")):
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
    texts = [part for line in loose(figure) for part in elements(line.text, page)]
    for text in texts:
        words = text.value.strip()
        if text.span is None or not _MESSAGE_KEY.fullmatch(words):
            continue
        if words.rpartition(".")[2].casefold() in placeholders("host") or file_name(words):
            continue
        yield Finding(
            at=text.span,
            quote=words,
            message=f"“{shorten(words, 48)}” is the content system's name for a text, printed instead of the text.",
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
                message=f"The {what} prints the HTML tag “{shorten(match[0], 40)}” as text.",
                remedy="Delete the tag, or have the content system carry it out.",
                part="a tag as text",
            )


_SHORTCODE = re.compile(r"(?<!\[)\[/?([A-Za-z][\w-]{1,40})((?:\s[^\[\]]{0,400})?)/?\]")
_TEMPLATE = re.compile(
    r"\{\{[^{}]{1,200}\}\}|\{%[^{}]{1,200}%\}|<%[=\-]?[^<>%]{1,200}%>|\$\{[\w.\[\]]{1,80}\}|%%[\w.]{2,60}%%|#\{[\w.]{1,80}\}|"
    r"<\?(?:php|=)[^<>?]{1,200}\?>"
)
_FIELD = re.compile(r"\{([A-Za-z_]{2,30})\}|\[\[([A-Za-z_]{2,30})\]\]")
_MESSAGE_KEY = re.compile(
    r"(?=[^\s]*[-_]|[a-z0-9.]*[a-z][A-Z])[A-Za-z][A-Za-z0-9_-]{1,40}(?:\.[A-Za-z][A-Za-z0-9_-]{1,40}){1,5}"
)
_MARKUP = re.compile(
    r"</?(?:b|i|u|em|strong|a|br|p|span|div|img|figure|figcaption|small|sup|sub|font|cite|h[1-6])(?:\s[^<>]{0,300})?/?>",
    re.I,
)


def _is_field(match: re.Match[str]) -> bool:
    """A field of a picture in single braces or double brackets: "{caption}" is one, "{a}" in a formula is not."""
    words = (match[1] or match[2]).casefold().split("_")
    return any(word in placeholders("field") for word in words)


def _is_shortcode(match: re.Match[str]) -> bool:
    """A known name with attributes or a closing slash; a bare "[photo]" is how a house may set a credit."""
    known = match[1].casefold() in placeholders("shortcode")
    return known and (
        "=" in match[2] or match[0].startswith("[/") or "_" in match[1] or match[1] in ("caption", "gallery")
    )


def _half_of_one(found: list[re.Match[str]], text: Text, page: Page) -> bool:
    """Whether one of these closes what opens before this text: to delete it alone would leave the other half."""
    opened = {m[1] for m in found if not m[0].startswith("[/")}
    start = text.span.start if text.span else 0
    closing = (m[1] for m in found if m[1] not in opened)
    return any(page.text.rfind(f"[{name}", 0, start) > page.text.rfind(f"[/{name}", 0, start) for name in closing)


def _said(figure: Figure) -> Iterator[tuple[str, Text]]:
    """The printed caption, the alt text and the loose lines of a figure, each with its name, each once."""
    seen: set[tuple[int, int]] = set()
    texts = [("caption", figure.printed), ("alt text", figure.alt)]
    texts += [("line", line.text) for line in loose(figure) if line.kind is LineKind.OTHER]
    for what, text in texts:
        if text is not None and text.span is not None and text.span not in seen:
            seen.add(text.span)
            yield what, text
