"""The block of one figure: its printed lines, and which of them are caption and credit.

In: a source, the places of the block in it, and where its pictures stand. Out: a `Reading`. The block is read through
`soup`. What an element says of itself comes first (figcaption, a class with "caption" or "credit", itemprop), the
grammar of credit lines second. No node leaves this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from typing import Any

from ...labels import opens_related, whole
from ...lexicon import credit_words, fold, word_set
from ...model import Line, LineKind, Span, Text
from ...printed import by_words
from ..place import compose
from . import marks
from .ends import handed_over
from .raw import Context, Raw, Reading
from .shortcode import choose
from .soup import soup
from .tree import BLOCKS

_MOST_LINES = 200
_LINK = 120  # characters of a link, enough to tell where it leads

_COUNT = re.compile(r"\s*\d{1,3}\s?/\s?\d{1,3}\s*")  # which slide of how many
_CREDIT = 160  # characters: the longest credit line collected has 117
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")

_UNREAD = frozenset({"script", "style", "object", "iframe", "textarea", "select", "video", "audio", "canvas", "math"})
_NO_WORDS: frozenset[str] = frozenset()
_HINTS = frozenset({"footer", "small", "cite", "address"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_CONTROLS = frozenset({"button", "summary"})
# Classes of the element that shows a picture once more, large. "fullscreen" also names pictures that only may be.
_LARGE_VIEW = marks.LIGHTBOX - {"fullscreen", "overlay"}
_COUNTING = frozenset({"span", "small", "b", "em", "i", "strong"})
_SHORT = 12  # characters: a count
_COPIES = frozenset({"noscript", "template", "dialog"})
_INLINE_CREDIT = frozenset(
    {"creator", "author", "copyrightholder", "credittext", "copyrightnotice", "provider", "sourceorganization"}
)

_INLINE_CAPTION = frozenset({"caption", "description"})


def read_block(
    source: str,
    places: Sequence[tuple[int, int]],
    pictures: Mapping[int, str],
    classify: Callable[[str], LineKind],
    split: Callable[[str], Any],
    core: tuple[int, int] | None = None,
) -> Reading:
    """Read a block. `pictures` maps the place of each picture's start tag to its asset; `core` is where words without
    any telling element may be the caption."""
    raws: list[Raw] = []
    cut = False
    for start, end in places:
        lines, short = _gather(source, start, end, pictures)
        raws += lines
        cut = cut or short
    if core is not None:
        for raw in raws:
            if raw.pieces:
                raw.core = core[0] <= raw.pieces[0][0] <= core[1]
    for raw in raws:
        if raw.kind is not LineKind.PICTURE:
            raw.text = compose(source, raw.pieces)
    raws = [r for r in raws if r.text is not None][:_MOST_LINES]
    _attach_markers(raws, source)
    for raw in raws:
        if raw.kind is not LineKind.PICTURE and raw.text is not None:
            raw.kind = classify(raw.text.value)
    reading = choose(source, raws, split)
    reading.cut = cut
    reading.lines = tuple(
        Line(
            raw.kind,
            raw.text,
            raw.context.control or (raw.context.link and raw.kind not in _WORDS),
            raw.context.copy,
            asset=raw.asset,
        )
        for raw in raws
        if raw.text is not None
    )
    return reading


_WORDS = frozenset({LineKind.CAPTION, LineKind.CREDIT, LineKind.OTHER, LineKind.PICTURE, LineKind.FILE_NAME})


@cache
def _marker_only() -> re.Pattern[str]:
    """A word that introduces a name ("Foto:", "©", "by") and no name."""
    word = rf"\w[\w\s./-]{{0,28}}[:：©]|©|\(c\)|via|{by_words()}|/|\||[-–—]"
    return re.compile(rf"[\W_]*(?:{word})?[\W_]*", re.I)


def _gather(source: str, start: int, end: int, pictures: Mapping[int, str]) -> tuple[list[Raw], bool]:
    """The lines of a stretch of the source, and whether its end was left out."""
    from bs4.element import NavigableString, Tag

    nodes, cut = soup(source, start, end)
    contexts: dict[int, Context] = {}
    around: set[int] = set()  # elements that hold a picture
    for shown, outer_tag, left, _ in nodes:
        if not isinstance(shown, Tag) or shown.name not in marks.SHOWING:
            continue
        if shown.name == "img" and left not in pictures:
            continue  # an icon
        while outer_tag is not None and id(outer_tag) not in around:
            around.add(id(outer_tag))
            outer_tag = outer_tag.parent
    lines: list[Raw] = []
    current: Raw | None = None
    for node, outer_tag, left, right in nodes:
        outer = contexts.get(id(outer_tag)) or Context()
        if isinstance(node, Tag):
            name = node.name
            contexts[id(node)] = context = _context(node, name, outer, id(node) in around)
            asset = pictures.get(left)
            if asset is not None:
                place = Span(left, right)
                lines.append(
                    Raw(
                        context,
                        kind=LineKind.PICTURE,
                        text=Text(source[left:right], place),
                        asset=asset,
                        pieces=[(left, right)],
                    )
                )
                current = None
            elif name in BLOCKS:
                current = None
        elif (node is None or type(node) is NavigableString) and not outer.skip:
            blank = node is None
            if current is None or (not blank and _differs(current.context, outer)):
                if blank:
                    continue
                current = Raw(outer)
                lines.append(current)
            if not blank and _parted(source, current, left, outer):
                current.pieces.append((left, left))  # printed as a blank
                current.inlines.append(-1)
            current.pieces.append((left, right))
            current.inlines.append(-1 if blank else outer.inline)
    return lines, cut


def _parted(source: str, credit: Raw, left: int, context: Context) -> bool:
    """Whether only a style sheet keeps two names of a credit apart, each in an element of its own."""
    if credit.context.role != "credit" or not credit.pieces or credit.inlines[-1] in (-1, context.inline):
        return False
    return source[credit.pieces[-1][1] - 1].islower() and source[left].isupper()


def _differs(a: Context, b: Context) -> bool:
    return a.block != b.block or a.role != b.role or a.control != b.control or a.copy != b.copy


def _context(  # noqa: C901  (a list of what elements may say)
    node: Any, name: str, outer: Context, pictured: bool
) -> Context:
    """What an element makes of its words, given what is around it."""
    own = Context(
        outer.role,
        outer.control,
        outer.link,
        outer.copy,
        outer.block,
        outer.inline,
        outer.skip,
        outer.container,
        outer.figure,
        outer.heading or name in _HEADINGS,
        outer.hint,
        outer.text,
    )
    if name in BLOCKS:
        own.block, own.inline = id(node), 0
    elif not own.inline:
        own.inline = id(node)
    attrs = node.attrs
    label = attrs.get("class") or ""
    identity = attrs.get("id")
    if isinstance(identity, str) and identity:
        label = f"{label} {identity}"
    words = marks.class_words(label) if label else _NO_WORDS
    if not pictured and not own.text and label and marks.beside(label):
        own.text = True
    if name in _HINTS and not pictured:
        own.hint = True
    if name in _UNREAD:
        own.skip = True
    if (name in _CONTROLS or attrs.get("role") == "button" or name == "title") and not pictured:
        own.control = True
    if name == "a" or ("onclick" in attrs and not pictured):
        own.link = True
    if name == "a" and outer.role == "caption" and not pictured and _leads_away(_said(node)):
        own.control = True
    if (
        name in _COPIES
        or "hidden" in attrs
        or words & _LARGE_VIEW
        or "display:none" in str(attrs.get("style", "")).replace(" ", "")
    ):
        own.copy = True
    if marks.unseen(label) or (words & marks.ADVERTS and not pictured):
        own.control = True
    if (name == "time" or "duration" in label) and _CLOCK.fullmatch(node.get_text(strip=True)[:20]):
        own.control = True  # how long a film is
    if name in _COUNTING and (said := node.string) and len(said) < _SHORT and _COUNT.fullmatch(said) and _apart(node):
        own.control = True
    role = marks.role(label) if label else ""
    props = str(attrs.get("itemprop", "")).lower().split()
    if not _INLINE_CREDIT.isdisjoint(props):
        role = "credit"
    elif not _INLINE_CAPTION.isdisjoint(props):
        role = "caption" if "caption" in props else role or "caption"
    if name == "figcaption":
        role = role or "caption"
        own.container = id(node)
    elif name == "cite" and (outer.role == "caption" or (outer.figure and not pictured and not _quoted(node))):
        role = "credit"
    own.figure = outer.figure or name == "figure"
    if role and pictured:
        role = ""
    if role == "credit" and not (own.figure or outer.role) and words & marks.WRITERS and not _OF_PICTURE.search(label):
        role = ""  # who wrote the text
    if role == "label":
        if len(node.get_text(" ", strip=True)) <= 60 and outer.role != "credit":
            own.control = True
        role = ""
    if role == "caption" and outer.role == "credit" and name not in BLOCKS:
        role = ""
    if role:
        own.role = role
    return own


def _apart(node: Any) -> bool:
    """Whether no words stand right beside an element: neighbours are elements or blank."""
    return not any(isinstance(near, str) and near.strip() for near in (node.previous_sibling, node.next_sibling))


def _quoted(node: Any) -> bool:
    """Whether an element stands in a figure with a quotation: it names who said it."""
    figure = node.find_parent("figure")
    return figure is None or figure.find("blockquote") is not None or node.find_parent("blockquote") is not None


_HOW_MANY = re.compile(r" ?\(\d{1,3}\)$")


def _leads_away(said: str) -> bool:
    """Whether a link inside a caption is no part of it: to a story, a gallery ("Fotogalerie (12)"), a shop."""
    return opens_related(said) or whole(_HOW_MANY.sub("", said)) is not None


def _said(node: Any) -> str:
    """The first words of an element, with the references that the soup was not given."""
    return unescape(str(node.get_text(" ", strip=True))[:_LINK].replace("+", "&"))


def _attach_markers(raws: list[Raw], source: str) -> None:
    """ "Photo:" before a credit element, or a bracket after it, is part of the credit."""
    for n, raw in enumerate(raws):
        near = raws[n + 1] if n + 1 < len(raws) else None
        if raw.context.control and raw.text and near and near.kind is not LineKind.PICTURE and _introduces(raw, near):
            near.context = replace(near.context, role="credit")
            continue
        if raw.context.role == "credit" or raw.text is None or raw.kind is LineKind.PICTURE or raw.context.control:
            continue
        value = raw.text.value
        if near is not None and near.context.role == "credit" and near.text is not None:
            _hand_over(source, raw, near, handed_over(value, near.text.value))
        if len(value) > 40 or not _marker_only().fullmatch(value):
            continue
        if near is not None and near.context.role == "credit" and near.text is not None:
            near.pieces = raw.pieces + near.pieces
            near.text = compose(source, near.pieces)
            raw.text = None
            continue
        near = raws[n - 1] if n else None
        if near is not None and near.context.role == "credit" and not value.strip(" ()[]|/.,–—-"):
            raw.text = None
    raws[:] = [r for r in raws if r.text is not None]


def _introduces(label: Raw, near: Raw) -> bool:
    """Whether a label that only screen readers speak names the line beside it a credit: "Image source, "."""
    word = fold(label.text.value) if label.text else ""
    marker = credit_words().get(word)
    said = near.text.value if near.text else ""
    beside = near.context.figure and not near.context.role and near.context.block == label.context.block
    named = marker is not None and (marker.alone or word in word_set("comma_label"))
    return named and beside and 0 < len(said) <= _CREDIT


def _hand_over(source: str, raw: Raw, near: Raw, at: int) -> None:
    """Give the words of a line from `at` on to the credit behind it."""
    place = raw.text.part(at, len(raw.text.value)).span if raw.text and at > 0 else None
    if place is None:
        return
    kept = [(n, (left, min(right, place.start))) for n, (left, right) in enumerate(raw.pieces) if left < place.start]
    near.pieces = [(max(left, place.start), right) for left, right in raw.pieces if right > place.start] + near.pieces
    raw.pieces, raw.inlines = [piece for _, piece in kept], [raw.inlines[n] for n, _ in kept]
    raw.text, near.text = compose(source, raw.pieces), compose(source, near.pieces)


_OF_PICTURE = re.compile(r"credit|copyright|photo|foto|image|bild|picture|media|figure|\bimg", re.I)
