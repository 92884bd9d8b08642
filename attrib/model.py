"""The frozen values every other room speaks in: a page, its figures, their credits, and what was found wrong.

Values gain facts on the way through the house by `dataclasses.replace`, never by mutation. Three states are kept
apart everywhere: `None` means *not looked at*, an empty value means *looked, nothing there*, and a `Failure` means
*looked, and could not read it*. Offsets are code points into `Page.text`, the decoded source as it was read (line
ends and all), so `page.text[span.start:span.end]` is always exactly the markup that is quoted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any, NamedTuple

__all__ = [
    "Advice",
    "Confidence",
    "Credit",
    "Edit",
    "Evidence",
    "Failure",
    "Figure",
    "FileCredit",
    "FileFacts",
    "FileField",
    "Finding",
    "House",
    "Image",
    "ImageObject",
    "Kind",
    "Likeness",
    "Line",
    "LineKind",
    "Page",
    "Party",
    "Place",
    "Region",
    "Related",
    "Relation",
    "Report",
    "Severity",
    "Skipped",
    "Span",
    "Text",
    "plain",
]


class Span(NamedTuple):
    """A place in `Page.text`: half-open offsets in code points."""

    start: int
    end: int


class Place(NamedTuple):
    """A span as people count: lines and columns from 1. The end is the first character that no longer belongs to it.

    Columns are code points; those in bytes of UTF-8, as some programs count, are 0 where nobody asked for them.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    byte_column: int = 0
    end_byte_column: int = 0


class Run(NamedTuple):
    """A stretch of a `Text` that reads the same, character by character, in the source: value offset, source offset."""

    at: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words as a reader sees them (entities decoded, white space folded), and where they stand in the source.

    `runs` ties single characters to their place: characters in no run (a decoded entity, a folded line break) are
    placed by their neighbours. A text from outside the page has no span.
    """

    value: str
    span: Span | None = None
    runs: tuple[Run, ...] = ()

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def place(self, start: int = 0, end: int | None = None) -> Span | None:
        """The span in the source of `value[start:end]`; the whole span when the characters cannot be told apart."""
        end = len(self.value) if end is None else end
        if self.span is None or not self.runs or (start <= 0 and end >= len(self.value)):
            return self.span
        left, right = self.span
        for run in self.runs:
            stop = run.at + run.length
            if run.at <= start < stop:
                left = run.source + start - run.at
            elif stop <= start:
                left = run.source + run.length
            if run.at < end <= stop:
                right = run.source + end - run.at
                break
            if run.at >= end:
                right = min(right, run.source)
                break
        return Span(left, max(left, right))

    def part(self, start: int, end: int) -> Text:
        """The words `value[start:end]`, with their own place."""
        runs = []
        for run in self.runs:
            low, high = max(run.at, start), min(run.at + run.length, end)
            if low < high:
                runs.append(Run(low - start, run.source + low - run.at, high - low))
        return Text(self.value[start:end], self.place(start, end), tuple(runs))


class Severity(StrEnum):
    """How bad a fault is. `error` stops a publication by default, `notice` only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure the finding is. Anything below `high` is worded as a question to a person."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the surest."""
        return list(Confidence).index(self)


class Region(StrEnum):
    """Where a figure stands on the page. Only lead, body and gallery belong to the article."""

    LEAD = "lead"
    BODY = "body"
    GALLERY = "gallery"
    TEASER = "teaser"
    CHROME = "chrome"

    @property
    def in_article(self) -> bool:
        """Whether a figure here is one of the article's own."""
        return self is not Region.TEASER and self is not Region.CHROME


class Kind(StrEnum):
    """What sort of party is thanked in a credit line."""

    PERSON = "person"
    PSEUDONYM = "pseudonym"
    HANDLE = "handle"
    CONTRIBUTOR = "contributor"
    AGENCY = "agency"
    COLLECTION = "collection"
    STOCK_LIBRARY = "stock_library"
    PUBLISHER = "publisher"
    ORGANISATION = "organisation"
    PLATFORM = "platform"


class Relation(StrEnum):
    """What a party has to do with the picture: made it, stood behind it, supplied it, passed it on, lent it."""

    CREATOR = "creator"
    SOURCE = "source"
    SUPPLIER = "supplier"
    VIA = "via"
    COURTESY = "courtesy"


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
        return tuple(p for p in self.parties if p.kind in (Kind.PERSON, Kind.PSEUDONYM, Kind.HANDLE))

    @property
    def agencies(self) -> tuple[Party, ...]:
        """Agencies, collections and stock libraries."""
        return tuple(p for p in self.parties if p.kind in (Kind.AGENCY, Kind.COLLECTION, Kind.STOCK_LIBRARY))


class LineKind(StrEnum):
    """What one printed line beside a picture is."""

    PICTURE = "picture"
    CAPTION = "caption"
    CREDIT = "credit"
    LABEL = "label"
    ADVERTISEMENT = "advertisement"
    FILE_NAME = "file-name"
    RELATED = "related"
    PLAYER = "player"
    OTHER = "other"


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
    that has nothing in it to compare ("unfit": a drawing, a spacer). It is empty for all else.
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


@dataclass(frozen=True, slots=True)
class Page:
    """One article, read. `figures` in the order of the page, of every region.

    In a report it is a light one (`attrib.light`): no text but `excerpts`, the article's figures, and the `places` of
    all spans that these and its findings name.
    """

    source: str
    text: str = field(repr=False)
    kind: str = "html"  # html, text, markdown
    figures: tuple[Figure, ...] = ()
    objects: tuple[ImageObject, ...] = ()
    encoding: str = "utf-8"
    guessed: bool = False  # the encoding was not declared
    title: str = ""
    url: str = ""  # canonical address, when the page says so
    published: str = ""  # ISO date, when the page says so
    language: str = ""
    paragraphs: tuple[Text, ...] = ()  # the running text of the article
    problems: tuple[Failure, ...] = ()
    broken: tuple[tuple[Span, str], ...] = ()  # structured data that is no JSON: where, and why
    excerpts: tuple[tuple[Span, str], ...] = field(default=(), repr=False)  # kept of the text where it is not
    places: tuple[tuple[Span, Place], ...] = field(default=(), repr=False)
    built: str = ""  # the page as it was checked, when `source` is the file that it was made from

    @property
    def article(self) -> tuple[Figure, ...]:
        """The figures that are the article's own."""
        return tuple(f for f in self.figures if f.region.in_article)

    def markup(self, span: Span) -> str:
        """What stands at a place, or as much of it as was kept."""
        if self.text:
            return self.text[span.start : span.end]
        for at, kept in self.excerpts:
            if at.start <= span.start < at.end:
                return kept[span.start - at.start : span.end - at.start]
        return ""


@dataclass(frozen=True, slots=True)
class House:
    """House settings a rule may ask for: how strict this newsroom is, and what its own words are."""

    require_credit: bool = False
    alt_length: int = 250
    labels: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one origin (page, xmp, iim, exif, json-ld, file name, register, archive, …) says, quoted."""

    origin: str
    says: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a finding: another copy, another part of a mangled block."""

    at: Span
    message: str
    source: str = ""  # the page, when it is another one
    rule: str = ""  # the rule that named it, when findings were joined
    quote: str = ""
    picture: str = ""  # address of the picture, where the finding stands for several


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to the source: replace `at` with `new`."""

    at: Span
    new: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A fix a finding offers. A `safe` one removes only what cannot be meant for readers."""

    edits: tuple[Edit, ...]
    safe: bool
    what: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in one place. A rule says `at`, `message` and what goes with them; the engine fills in the rest.

    `message` says what is wrong, `remedy` what to do about it. `count` is over one when a notice stands for
    several places. `fingerprint` is made of rule, page, text and occurrence, never of line numbers.
    """

    at: Span
    message: str
    remedy: str = ""
    part: str = ""  # the fault in a few words, for a sentence that lists several of one block
    quote: str = ""
    rule: str = ""
    severity: Severity | None = None  # None: the rule's own, filled in by the engine
    confidence: Confidence | None = None
    source: str = ""
    related: tuple[Related, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fix: Advice | None = None
    picture: str = ""  # address of the picture it is about
    count: int = 1
    fingerprint: str = ""
    built: str = ""  # the page it was found on, when `source` is the file that this was made from

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """Words and picture of each place it stands for: its own, and where it is said once for several, theirs."""
        also = self.related if self.count > 1 else ()
        return ((self.quote, self.picture), *((other.quote, other.picture) for other in also))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not look: the fact it needs was not there. Reported as loudly as what failed."""

    rule: str
    needs: str
    source: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run says. `complete` is false when something asked for could not be checked.

    `allowed` counts the findings that the pages themselves allow, `known` those that a baseline knows, `accepted` those
    that somebody accepted in it; these are left out. `expired` counts those that are back: accepted, until a day past.
    `unchanged` counts pages that were only compared with; `stopped`: a person ended the run early.
    """

    pages: tuple[Page, ...] = ()
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    complete: bool = True
    allowed: int = 0
    known: int = 0
    accepted: int = 0
    expired: int = 0
    unchanged: int = 0
    stopped: bool = False


def plain(value: Any) -> Any:
    """A value of this module as JSON-ready lists, dicts, strings and numbers, field by field."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value
