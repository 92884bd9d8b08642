"""Alternative texts: what a picture says to those who do not see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..filename import decorates, file_name
from ..lexicon import credit_words, fold, placeholders
from ..model import Confidence, Figure, Finding, House, LineKind, Page, Related, Severity
from ..rule import rule
from ..words import SAID_SINGLY, shorten, tellable


@rule("alt-missing", on=Page, severity=Severity.ERROR)
def alt_missing(page: Page) -> Iterator[Finding]:
    """A picture of the article has no alt attribute.

    A screen reader then reads the file's address aloud, or nothing at all. Spacers, and the still of a film that takes
    its place, need none. Source: HTML Living Standard, 4.8.3, and WCAG 2.2, success criterion 1.1.1.

    Bad:
        <figure><img src="choir.jpg"><figcaption>The choir of St Florian rehearses.</figcaption></figure>
    Good:
        <figure><img src="choir.jpg" alt="Boys sing in a church"><figcaption>The choir of St Florian rehearses.
        </figcaption></figure>
    """
    own = [f for f in page.article if page.kind == "html" and f.tag is not None and _has_tag(f, page)]
    without = [f for f in own if f.alt is None or _only_in_a_copy(f, page)]
    if len(without) > SAID_SINGLY:
        first, *rest = without
        assert first.tag is not None  # noqa: S101  (kept above)
        which = f"None of the {len(own)}" if len(without) == len(own) else f"{len(without)} of {len(own)}"
        yield Finding(
            at=first.tag,
            quote=first.address,
            message=f"{which} pictures of this article {'has' if len(without) == len(own) else 'have no'} "
            f"{'an ' if len(without) == len(own) else ''}alt text.",
            remedy='Add an alt text to each that says what it shows, or alt="" where it only decorates.',
            picture=first.address,
            count=len(without),
            related=tuple(Related(f.tag, "no alt text", quote=f.address, picture=f.address) for f in rest if f.tag),
        )
        return
    for figure in without:
        assert figure.tag is not None  # noqa: S101  (kept above)
        yield Finding(
            at=figure.tag,
            quote=figure.address,
            message=f"The picture {_name(figure)} has no alt text.",
            remedy='Add alt="…" that says what it shows, or alt="" if it only decorates.',
            picture=figure.address,
        )


def _only_in_a_copy(figure: Figure, page: Page) -> bool:
    """Whether the picture that is seen has an address of its own and no alt attribute, and only a copy has one."""
    tag, alt = figure.tag, figure.alt.span if figure.alt else None
    if tag is None or alt is None or tag.start <= alt.start < tag.end or _ALT.search(page.text, tag.start, tag.end):
        return False
    return any(i.origin == "src" and i.span and tag.start <= i.span.start < tag.end for i in figure.images)


_ALT = re.compile(r"\s[:\[]?(?:v-bind:)?alt\b", re.I)  # or one that a script fills in


@rule("alt-file-name", on=Figure, severity=Severity.ERROR)
def alt_file_name(figure: Figure) -> Iterator[Finding]:
    """The alt text is a file name.

    A screen reader spells it out letter by letter. It is what an upload form fills in when nobody writes a text.

    Bad:
        <figure><img src="a.jpg" alt="IMG_20240311_0042.jpg"><figcaption>The market hall.</figcaption></figure>
    Good:
        <figure><img src="a.jpg" alt="Stalls under an iron roof"><figcaption>The market hall.</figcaption></figure>
    """
    if figure.alt is None or figure.alt.span is None:
        return
    name = file_name(figure.alt.value)
    if name is None:
        return
    yield Finding(
        at=figure.alt.span,
        quote=figure.alt.value,
        message=f"The alt text “{shorten(figure.alt.value, 48)}” is a file name.",
        remedy="Write what the picture shows.",
        part="a file name as alt text",
        confidence=name.confidence,
        severity=Severity.ERROR if name.confidence is Confidence.HIGH else Severity.WARNING,
        picture=figure.address,
    )


def _has_tag(figure: Figure, page: Page) -> bool:
    """Whether a reader meets the picture, in an element that takes an alt text: no background, poster or script.

    What is hidden, the still of a player (which takes its place), and spacers, counters and buttons need none.
    """
    start = figure.tag.start if figure.tag else 0
    takes = page.text[start : start + 8].lower().startswith(("<img", "<amp-img"))
    hidden = any(x.kind is LineKind.PICTURE and x.copy and x.text.span == figure.tag for x in figure.lines)
    still = any(x.kind is LineKind.PLAYER for x in figure.lines)
    return takes and not hidden and not still and not _decorates(figure)


def _decorates(figure: Figure) -> bool:
    """Whether a picture is a spacer by its address or, where nobody captions it, a counter, a button or a thumbnail."""
    return decorates(figure.address, captioned=figure.caption is not None or figure.credit is not None)


def _name(figure: Figure) -> str:
    name = figure.address.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"“{shorten(name, 40)}”" if name else "here"


@rule("alt-empty", on=Page, severity=Severity.NOTICE)
def alt_empty(page: Page) -> Iterator[Finding]:
    """Pictures of the article have an empty alt text.

    alt="" tells a screen reader to pass over the picture. That is right for decoration, and seldom for the pictures of
    a news story. Said once for a page.

    Bad:
        <figure><img src="choir.jpg" alt=""><figcaption>The choir of St Florian rehearses.</figcaption></figure>
    Good:
        <figure><img src="choir.jpg" alt="Boys sing in a church"><figcaption>The choir of St Florian rehearses.
        </figcaption></figure>
    """
    told = [f for f in page.article if f.alt is not None and f.tag and page.kind == "html"]
    empty = [f for f in told if f.alt is not None and not f.alt.value.strip() and not _decorates(f)]
    yield from _once(empty, "has an empty alt text", "have an empty alt text",
                     "Say what the picture shows, unless it only decorates.")  # fmt: skip


@rule("alt-generic", on=Page, severity=Severity.WARNING)
def alt_generic(page: Page) -> Iterator[Finding]:
    """The alt text only says that there is a picture.

    A screen reader says "image" by itself; a word like it, or a program's word for nothing, tells nobody more. Source:
    WCAG 2.2, failure F30.

    Bad:
        <figure><img src="choir.jpg" alt="Image"><figcaption>The choir of St Florian rehearses.</figcaption></figure>
    Good:
        <figure><img src="choir.jpg" alt="Boys sing in a church"><figcaption>The choir of St Florian rehearses.
        </figcaption></figure>
    """
    generic = [
        f for f in page.article
        if f.alt is not None and f.alt.span is not None and f.tag
        and " ".join(f.alt.value.casefold().strip(" .:-–_[]()1234567890").split()) in placeholders("alt")
        and file_name(f.alt.value) is None  # which is said by alt-file-name
    ]  # fmt: skip
    for group in [generic] if len(generic) > SAID_SINGLY else [[figure] for figure in generic]:
        words = group[0].alt.value if group and group[0].alt else ""
        said = f"“{shorten(words, 40)}” does not say what the picture shows."
        more = f"{len(group)} alt texts of this article, such as “{shorten(words, 40)}”, do not say what is to be seen."
        yield from _together(group, f"The alt text {said}", more, "Describe the picture in a few words.")


@rule("alt-credit-only", on=Figure, severity=Severity.WARNING)
def alt_credit_only(figure: Figure) -> Iterator[Finding]:
    """The alt text is nothing but the credit.

    Who took a picture does not say what it shows. The credit belongs beside the picture, where everybody sees it.

    Bad:
        <figure><img src="choir.jpg" alt="Photo: Petra Falk/APA"><figcaption>The choir of St Florian rehearses. Photo:
        Petra Falk/APA</figcaption></figure>
    Bad:
        <figure><img src="choir.jpg" alt="Photo: APA"><figcaption>The choir of St Florian rehearses. (APA)</figcaption>
        </figure>
    Good:
        <figure><img src="choir.jpg" alt="Petra Falk conducts"><figcaption>The choir of St Florian rehearses. Photo:
        Petra Falk/APA</figcaption></figure>
    """
    if figure.alt is None or figure.alt.span is None or figure.credit is None:
        return
    credit, alt = fold(figure.credit.raw), fold(figure.alt.value)
    bare = fold(figure.credit.raw.removeprefix(figure.credit.marker or ""))
    word, _, rest = alt.partition(" ")
    said = rest if word in credit_words() else alt
    # A person's name alone may be the person shown; with an agency or a marker it is a credit.
    telling = len(figure.credit.parties) > 1 or alt != bare or figure.credit.agencies
    if said and {alt, said} & {credit, bare} and telling and (len(alt) > 3 or figure.credit.agencies):
        yield Finding(
            at=figure.alt.span,
            quote=figure.alt.value,
            message=f"The alt text “{shorten(figure.alt.value, 40)}” is the credit, not a description.",
            remedy="Describe the picture in a few words.",
            picture=figure.address,
        )


@rule("alt-credit-prefix", on=Figure, severity=Severity.NOTICE)
def alt_credit_prefix(figure: Figure) -> Iterator[Finding]:
    """The alt text begins with the credit, or with "Image of".

    A screen reader says "image" by itself, and reads the credit before what the picture shows.

    Bad:
        <figure><img src="choir.jpg" alt="Photo of boys who sing in a church"><figcaption>The choir rehearses.
        </figcaption></figure>
    Good:
        <figure><img src="choir.jpg" alt="Photographs of boys hang in a church"><figcaption>The choir rehearses.
        </figcaption></figure>
    """
    if figure.alt is None or figure.alt.span is None or not figure.alt.value:
        return
    alt = figure.alt.value
    raw = figure.credit.raw if figure.credit else ""
    match = _opening().match(alt)
    length = match.end() if match else len(raw) if raw and len(raw) > 6 and alt.startswith(raw) else 0
    if 0 < length < len(alt) - 3:
        yield Finding(
            at=figure.alt.place(0, length) or figure.alt.span,
            quote=alt[:length],
            message=f"The alt text begins with “{shorten(alt[:length], 40)}” instead of what the picture shows.",
            remedy="Delete the opening words.",
            picture=figure.address,
        )


@rule("alt-equals-caption", on=Page, severity=Severity.NOTICE)
def alt_equals_caption(page: Page) -> Iterator[Finding]:
    """The alt text repeats the caption word for word.

    A screen reader then says the same twice. Said once for a page. Source: axe rule image-redundant-alt.

    Bad:
        <figure><img src="choir.jpg" alt="The choir of St Florian rehearses for Easter.">
        <figcaption>The choir of St Florian rehearses for Easter.</figcaption></figure>
    Good:
        <figure><img src="choir.jpg" alt="Boys sing in a church"><figcaption>The choir of St Florian rehearses for
        Easter.</figcaption></figure>
    """
    same = [
        f for f in page.article
        if f.alt and f.caption and f.tag and tellable(fold(f.alt.value)) and page.kind == "html"
        and fold(f.alt.value) in (fold(f.caption.value), fold(f.printed.value) if f.printed else "")
    ]  # fmt: skip
    yield from _once(same, "has its caption as alt text", "have their caption as alt text",
                     "Let the alt text say what is to be seen, and the caption what it means.")  # fmt: skip


@rule("alt-too-long", on=Figure, severity=Severity.NOTICE)
def alt_too_long(figure: Figure, house: House) -> Iterator[Finding]:
    """The alt text is very long.

    A screen reader reads it in one breath and cannot stop within it. Long descriptions belong into the caption or the
    text. The limit is a house setting, 250 characters by default.

    Bad:
        <img src="map.png" alt="A map of the island with its harbours, roads, hills, hamlets, churches and lighthouses, on which the north coast is shaded in three tones of blue by depth, the villages are marked with dots by the number of their inhabitants, and the ferry lines are dotted, each with its time of departure and the number of cars it carries."><p>The map shows the island as it was surveyed in the summer of 1911 by two brothers.</p>
    Good:
        <img src="map.png" alt="A map of the island"><p>The map shows the island as it was surveyed in the summer of 1911
        by two brothers.</p>
    """
    if figure.alt is not None and figure.alt.span is not None and len(figure.alt.value) > house.alt_length:
        yield Finding(
            at=figure.alt.span,
            quote=shorten(figure.alt.value, 120),
            message=f"The alt text has {len(figure.alt.value)} characters; {house.alt_length} are the limit.",
            remedy="Say the main thing first and cut the rest.",
            picture=figure.address,
        )


@cache
def _opening() -> re.Pattern[str]:
    """The words of the table that open an alt text and say only that there is a picture."""
    forms = "|".join(
        re.escape(form).replace("\\ ", r"\s{1,9}") for form in sorted(placeholders("opening"), key=len, reverse=True)
    )
    return re.compile(rf"(?:{forms})\s{{1,9}}", re.I)


def _once(figures: list[Figure], singular: str, plural: str, remedy: str) -> Iterator[Finding]:
    """One finding for all of these figures, at the first."""
    if figures:
        plural = f"{len(figures)} pictures of this article {plural}."
        yield from _together(figures, f"The picture {_name(figures[0])} {singular}.", plural, remedy)


def _together(figures: list[Figure], one: str, several: str, remedy: str) -> Iterator[Finding]:
    """One finding for figures with the same fault, at the first; the others are related places."""
    if not figures or figures[0].tag is None:
        return
    first, *rest = figures
    yield Finding(
        at=first.alt.span if first.alt and first.alt.value and first.alt.span else figures[0].tag,
        quote=_told(first),
        message=several if rest else one,
        remedy=remedy,
        picture=first.address,
        count=len(figures),
        related=tuple(Related(f.tag, "this one too", quote=_told(f), picture=f.address) for f in rest if f.tag),
    )


def _told(figure: Figure) -> str:
    """The alt text, or where there is none the address."""
    return figure.alt.value if figure.alt and figure.alt.value else figure.address
