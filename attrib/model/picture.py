"""What is known of one picture: its credit, its renditions, what its file says, what looks like it."""

from __future__ import annotations

from dataclasses import dataclass

from .terms import HOUSES, MAKERS, Confidence, Kind, LineKind, Region, Relation
from .text import Span, Text


@dataclass(frozen=True, slots=True)
class Party:
    """One name in a credit line. `name` as printed, `canonical` as the tables (or case restoring) know it."""

    name: str
    canonical: str
    kind: Kind
    relation: Relation
    span: Span | None = None  # into Credit.raw
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit line, read. `raw` is as printed; all spans inside are offsets into `raw`.

    `roles` are the words of the wire ("handout", "pool", …), sorted. `at` is the place of `raw` in its page.
    `alternative` keeps the second reading when the split is unsure.
    """

    raw: str
    marker: str | None = None
    parties: tuple[Party, ...] = ()
    roles: tuple[str, ...] = ()
    year: str | None = None
    licence: str | None = None
    restrictions: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    alternative: tuple[Party, ...] = ()
    at: Text | None = None

    @property
    def creators(self) -> tuple[Party, ...]:
        """The people who made the picture."""
        return tuple(p for p in self.parties if p.kind in MAKERS)

    @property
    def agencies(self) -> tuple[Party, ...]:
        """Agencies, collections and stock libraries."""
        return tuple(p for p in self.parties if p.kind in HOUSES)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a figure's block, in reading order: a text node group, a picture, a line of plain text.

    `control` is true for words inside a button, link, summary, svg title or a visually hidden element of the
    publisher's own page: a reader meets them as a control, not as text. `copy` is true for words in an element that
    repeats others by design (noscript, template, lightbox, responsive twin, hidden). `rest` is true for a line behind
    the picture's own block that only repeats it.
    """

    kind: LineKind
    text: Text
    control: bool = False
    copy: bool = False
    rest: bool = False
    asset: str | None = None  # of a PICTURE line: which asset
    box: Span | None = None  # the outermost element (or whole line) that holds this line and nothing else


@dataclass(frozen=True, slots=True)
class Image:
    """One rendition of a picture: its address as the page writes it (entities decoded) and where."""

    url: str
    span: Span | None = None
    origin: str = "src"  # the attribute or place it came from: src, srcset, data-src, noscript, json-ld, …
    width: int | None = None  # pixels, when the page says so


@dataclass(frozen=True, slots=True)
class ImageObject:
    """What structured data says of one picture, in schema.org's words. `origin` names the syntax."""

    origin: str  # json-ld, microdata, rdfa, opengraph, twitter
    urls: tuple[str, ...] = ()
    caption: str | None = None
    creditText: str | None = None  # noqa: N815  (schema.org's own spelling, kept on the wire)
    creator: tuple[str, ...] = ()
    copyrightNotice: str | None = None  # noqa: N815
    copyrightHolder: str | None = None  # noqa: N815
    license: str | None = None
    acquireLicensePage: str | None = None  # noqa: N815
    alt: str | None = None
    representative: bool = False
    credits: tuple[tuple[str, Credit], ...] = ()  # property, and its value read as a credit line


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was looked at and could not be read. `source` names it, `remedy` says what to do.

    `kind` tells a picture file's own fault ("broken": it is there, and no reader sees a picture) from a whole file
    that has nothing in it to compare ("unfit": a drawing, a spacer) and one that is not there, while others of its page
    are ("absent"). It is empty for all else.
    """

    source: str
    what: str
    remedy: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FileField:
    """One value a picture file carries. `name` is IPTC's word in camelCase (creator, creditText, source, …)."""

    origin: str  # iim, xmp, exif, png, c2pa
    name: str
    value: str
    raw: str = ""  # the tag as the format writes it: "2:80", "dc:creator", "Artist"
    decoding: str = ""  # what its bytes were read as where the file does not say so: "UTF-8", "Latin-1"


@dataclass(frozen=True, slots=True)
class FileCredit:
    """A value of a picture file that thanks somebody, read as a credit line.

    `required` is true for a line that a description or instruction says must be printed ("Mandatory credit: …").
    """

    field: FileField
    credit: Credit
    required: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a picture file says of itself. Nothing is resolved: origins that disagree are kept side by side.

    `disagreements` holds the fields that ought to say the same and do not, a group each; `problems` what is wrong
    with the file's metadata in words.
    """

    path: str
    format: str = ""
    width: int = 0
    height: int = 0
    fields: tuple[FileField, ...] = ()
    problems: tuple[str, ...] = ()
    credits: tuple[FileCredit, ...] = ()
    disagreements: tuple[tuple[FileField, ...], ...] = ()

    def values(self, *names: str) -> tuple[FileField, ...]:
        """The fields with one of these names, in the order given by the file."""
        return tuple(f for f in self.fields if f.name in names)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another picture that looks the same. `distance` in bits of the fingerprint, or 0 for the same bytes.

    `how` says in words what was done to it ("mirrored", "cropped"); `credit` and `caption` are the other's own.
    """

    source: str  # the page, or the archive entry, the other picture stands in
    picture: str  # its address or path
    distance: int
    confidence: Confidence
    how: str = ""
    figure: int | None = None  # index in the page, when it is on a page of this run
    at: Span | None = None
    caption: str | None = None
    credit: Credit | None = None
    archived: bool = False
    date: str = ""  # of the page it was shown on, ISO, when the archive knows it


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture as a reader meets it.

    `caption` is what it shows, without the credit; `printed` the whole caption as printed, credit and all. `lines`
    is everything printed in its `block`, in reading order. `asset` is equal for renditions of one picture.
    """

    images: tuple[Image, ...]
    region: Region
    block: Span
    asset: str = ""
    alt: Text | None = None  # None: no alt attribute; empty: alt=""
    title: Text | None = None
    printed: Text | None = None
    caption: Text | None = None
    credit: Credit | None = None
    lines: tuple[Line, ...] = ()
    told: bool = False  # an element of the page says which words are its caption or credit
    reason: str = ""  # why this region
    tag: Span | None = None  # of the picture's own element
    objects: tuple[ImageObject, ...] = ()
    file: FileFacts | Failure | None = None
    likenesses: tuple[Likeness, ...] | None = None

    @property
    def address(self) -> str:
        """The address of its first picture, as the page writes it; empty where there is none."""
        return self.images[0].url if self.images else ""

    @property
    def renditions(self) -> tuple[Image, ...]:
        """Its pictures, in the order in which a file of one is looked for: what stands in for a lazy one comes last."""
        lazy = any(image.origin.startswith("data-") for image in self.images)
        return tuple(sorted(self.images, key=lambda image: lazy and image.origin == "src"))

    @property
    def at(self) -> Span:
        """Where a reader meets the picture: its own element, else its block."""
        return self.tag or self.block
