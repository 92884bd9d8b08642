"""Pictures that are the same or look the same, were shown before, or are no good as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Evidence, Failure, Figure, FileFacts, Finding, Likeness, Page, Region, Related, Severity
from ..rule import rule
from ..words import SAID_SINGLY, shorten, times

NARROW = 400  # px, see `image_too_small`
ICON = 100  # px on both sides: below it a picture is an icon or a badge, and meant to be small
ORNAMENT = 4  # what is shown again so often is a sign of the page ("pin.png"), no oversight
PLACES = 3  # earlier places that are quoted


@rule("image-near-duplicate", on=Page, severity=Severity.WARNING, needs=("pixels",))
def image_near_duplicate(page: Page) -> Iterator[Finding]:
    """Two pictures of one article look the same.

    The same photograph under another name, size or crop looks to readers like an oversight, and under two credits it
    is one. Found by comparing the pictures themselves, not their names.

    Bad:
        <figure><img src="a.jpg" alt="A square"><figcaption>The square at noon.</figcaption></figure>
        <p>The market opens at seven.</p>
        <figure><img src="b.jpg" alt="A market"><figcaption>The market in the square.</figcaption></figure>
        file b.jpg: looks like a.jpg
    Good:
        <figure><img src="a.jpg" alt="A square"><figcaption>The square at noon.</figcaption></figure>
        <p>The market opens at seven.</p>
        <figure><img src="b.jpg" alt="A market"><figcaption>The market in the square.</figcaption></figure>
    """
    for i, figure in enumerate(page.figures):
        for like in figure.likenesses or ():
            earlier = like.figure is not None and like.source == page.source and like.figure < i
            if not earlier or not figure.region.in_article or like.figure is None:
                continue
            other = page.figures[like.figure]
            if not other.region.in_article or (figure.asset and figure.asset == other.asset):
                continue
            yield Finding(
                at=figure.at,
                quote=figure.address,
                message=f"This picture looks the same as “{shorten(_file(other), 48)}” in the same article"
                + (f" ({like.how})." if like.how else "."),
                remedy="Check that both are meant, or replace one.",
                confidence=like.confidence,
                picture=figure.address,
                related=(Related(other.at, "the picture it looks like", quote=other.address),),
            )
            break


@rule("image-repeated", on=Page, severity=Severity.NOTICE)
def image_repeated(page: Page) -> Iterator[Finding]:
    """The same picture is shown twice in one article.

    It may be meant, as an opening picture that returns in a gallery. In running text it is usually an oversight. More than
    two such pictures are said once.

    Bad:
        <figure><img src="quay-640x480.jpg" alt="A quay"><figcaption>The quay at dawn.</figcaption></figure>
        <p>Fishing boats left the harbour before five in the morning, as they have for a hundred years.</p>
        <p>The catch is sold in the hall behind the church, and most of it goes to the city.</p>
        <figure><img src="quay-1280x960.jpg" alt="A quay"><figcaption>Boats return in the evening.</figcaption></figure>
    Good:
        <figure><img src="quay-640x480.jpg" alt="A quay"><figcaption>The quay at dawn.</figcaption></figure>
        <p>Fishing boats left the harbour before five in the morning, as they have for a hundred years.</p>
        <figure><img src="hall-1280x960.jpg" alt="A hall"><figcaption>The hall in the evening.</figcaption></figure>
    """
    shown: dict[str, list[Figure]] = {}
    for figure in page.article if page.kind == "html" else ():
        if figure.asset and figure.images:
            shown.setdefault(figure.asset, []).append(figure)
    repeated = [group for group in shown.values() if 1 < len(group) <= ORNAMENT]
    if len(repeated) > SAID_SINGLY:
        returned, *more = [figure for _, *again in repeated for figure in again]
        yield Finding(
            at=returned.at,
            quote=returned.address,
            message=f"{len(repeated)} pictures are shown more than once in this article.",
            remedy="Take one out, unless this is meant.",
            picture=returned.address,
            count=len(repeated),
            related=tuple(Related(f.at, "shown again", quote=f.address, picture=f.address) for f in more),
        )
        return
    for first, *again in repeated:
        yield Finding(
            at=again[0].at,
            quote=again[0].address,
            message=f"The picture “{shorten(_file(first), 48)}” is shown {times(len(again) + 1)} in this article.",
            remedy="Take one out, unless this is meant.",
            picture=first.address,
            count=len(again),
            related=(
                Related(first.at, "shown here first", quote=first.address),
                *(Related(f.at, "shown again", quote=f.address) for f in again[1:]),
            ),
        )


@rule("image-seen-before", on=Page, severity=Severity.NOTICE, needs=("archive", "pixels"))
def image_seen_before(page: Page) -> Iterator[Finding]:
    """The picture was shown before, on another page that the archive knows.

    A picture from another story can mislead, and a licence may have covered one use only. Renditions, crops and
    mirrored copies count as the same picture. What was shown after this page does not count, and the page itself
    neither.

    Bad:
        <figure><img src="a.jpg" alt="A flood"><figcaption>The river on Monday.</figcaption></figure>
        file a.jpg: seen in old.html credited Jane Doe/AFP
    Good:
        <figure><img src="a.jpg" alt="A flood"><figcaption>The river on Monday.</figcaption></figure>
        <figure><img src="b.jpg" alt="A bridge"><figcaption>The bridge on Monday.</figcaption></figure>
        file b.jpg: looks like a.jpg
    """
    said: set[str] = set()
    for figure in page.article:
        # a file that the archive was given by itself was shown on no page
        seen = _one_a_place(x for x in figure.likenesses or () if x.archived and x.source != x.picture)
        if not seen or figure.asset in said:
            continue
        if figure.asset:
            said.add(figure.asset)
        first = min(seen, key=lambda like: like.confidence.rank)
        how = f" ({first.how})" if first.how and first.how != "the same file" else ""
        day = f" on {first.date[:10]}" if first.date else ""
        credit = f", credited to “{shorten(first.credit.raw, 48)}”" if first.credit else ", without a credit"
        rest = len(seen) - 1
        more = f", and in {rest} other place{'s' if rest > 1 else ''}" if rest else ""
        yield Finding(
            at=figure.at,
            quote=figure.address,
            message=f"This picture{how} was shown before in “{shorten(first.source, 64)}”{day}{credit}{more}.",
            remedy="Check that showing it again is meant, and that the licence covers it.",
            confidence=first.confidence,
            picture=figure.address,
            evidence=tuple(
                Evidence("archive", like.credit.raw if like.credit else "no credit", like.source)
                for like in seen[:PLACES]
            ),
        )


@rule("image-unreadable", on=Page, severity=Severity.ERROR, needs=("pixels",))
def image_unreadable(page: Page) -> Iterator[Finding]:
    """The picture's file is there, and no reader will see a picture.

    It is cut off, empty, no picture at all, or far too large to decode. Readers see a broken frame or half a
    photograph, and search engines drop the article's preview.

    Bad:
        <figure><img src="a.jpg" alt="A square"><figcaption>The square at noon.</figcaption></figure>
        file a.jpg: unreadable because truncated: the file ends before the picture does
    Good:
        <figure><img src="a.jpg" alt="A square"><figcaption>The square at noon.</figcaption></figure>
        file a.jpg: size 1200x800
    """
    for figure in page.article:
        fault = figure.file
        if isinstance(fault, Failure) and fault.kind == "broken":
            yield Finding(
                at=figure.at,
                quote=figure.address,
                message=f"The picture file {shorten(fault.source, 64)} cannot be shown: {fault.what}.",
                remedy=fault.remedy or "Save or upload the picture again from its original.",
                picture=figure.address,
            )


@rule("image-too-small", on=Figure, severity=Severity.NOTICE, needs=("file",))
def image_too_small(figure: Figure) -> Iterator[Finding]:
    """The picture's file is narrower than a phone's screen.

    It is blown up and looks soft wherever it fills the column. Phones are 360 to 414 pixels wide as pages count them,
    and draw two or three of their own for each, so that 400 is the least a lead or body picture needs. Thumbnails of
    galleries, icons, and pictures listed in a larger size as well do not count.
    Source: StatCounter Global Stats, mobile screen resolutions worldwide, 2023.

    Bad:
        <figure><img src="a.jpg" alt="A square"><figcaption>The square at noon.</figcaption></figure>
        file a.jpg: size 300x200
    Good:
        <figure><img src="a.jpg" alt="A square"><figcaption>The square at noon.</figcaption></figure>
        file a.jpg: size 1200x800
    Good:
        <figure><img src="a-300.jpg" srcset="a-300.jpg 300w, a-1200.jpg 1200w" alt="A square">
        <figcaption>The square at noon.</figcaption></figure>
        file a-300.jpg: size 300x200
    """
    file = figure.file
    if not isinstance(file, FileFacts) or figure.region not in (Region.LEAD, Region.BODY):
        return
    if not 0 < file.width < NARROW or max(file.width, file.height) < ICON or _may_be_larger(figure, file):
        return
    yield Finding(
        at=figure.at,
        quote=figure.address,
        message=f"The picture file {shorten(file.path, 64)} is {file.width} pixels wide, less than a phone's screen.",
        remedy=f"Upload it at {NARROW} pixels or more, better at 1,200.",
        picture=figure.address,
    )


def _may_be_larger(figure: Figure, file: FileFacts) -> bool:
    """Whether the page lists another size: one said to be wide enough, or of which nothing is said."""
    own = _stem(file.path)
    others = [image for image in figure.images if image.width is not None or _stem(image.url) != own]
    return any(image.width is None or image.width >= NARROW for image in others)


def _stem(address: str) -> str:
    """A file's name without folder and ending: "a.webp" beside "a.jpg" is the same size."""
    name = address.partition("?")[0].rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _one_a_place(likenesses: Iterable[Likeness]) -> list[Likeness]:
    """The surest likeness of each place: an old page may have shown several sizes."""
    best: dict[str, Likeness] = {}
    for like in likenesses:
        known = best.setdefault(like.source, like)
        if like.confidence.rank < known.confidence.rank:
            best[like.source] = like
    return list(best.values())


def _file(figure: Figure) -> str:
    return figure.address.partition("?")[0].rstrip("/").rpartition("/")[2] or "here"
