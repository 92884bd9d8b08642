"""Two fingerprints: the same picture or not, how sure, and what was done to it.

A likeness of hashes or points only proposes; the thumbnails decide. They are laid over each other and correlated
window by window. Thresholds stand where two measured distributions leave a gap: 4,800 newsroom edits of 106
photographs on one side, one million pairs of different pictures (frames of one scene, logos, charts, cards, letters)
on the other. Pictures with little in them (few greys: drawings, cards) match only whole, all over and in colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from attrib.model import Confidence
from attrib.read.pixels.prints import Fingerprint, View

if TYPE_CHECKING:
    from attrib.read.pixels.agree import Agreement
    from attrib.read.pixels.align import Laid

__all__ = ["Match", "compare", "turned"]

NEAR = 20  # bits of 64 in which whole-picture hashes may differ for the whole pictures to be laid on each other
MIDDLE, LOW = 0.90, 0.80  # median and lower quartile of correlation inside the part that holds
MOST = 0.7  # share of the overlap that holds, below which the rest is looked at
FRAMED = 0.975  # share from which the frames coincide, as they do when something is laid over a picture
UNSURE, UNSURE_PART = 0.34, 0.24  # windows that half agree: 0.41 and 0.26 up in stereo pairs, 0.05 in most copies
RICH = 3.9  # entropy below which most of the picture must agree
ALL = 0.97  # share of the overlap that holds, from which all of it does
ICON = 0.14  # grain of pictures under 96 px: icons, of which the greys must be the same as well
WORTH, WORTH_ALL = 64, 12  # windows that must hold when small pictures are counted by the px they have: a part, or all
PART = 0.3  # share of either picture that two must have in common: a collage's half is 0.45 up, a mark on both less
MARKED, MARKED_NEAR = 0.5, 0.4  # windows that agree; of two pictures with one mark or banner on them fewer do
# Windows that agree, and what two greys hold of these, below and above which it may be the page around.
AROUND = (0.8, 0.4)
_OTHER = {"a": "b", "b": "a", "": ""}
BLANK = 8  # grey levels between the darkest and the lightest px, below which there is nothing in a picture
TONE = 3.0  # grey levels a plain picture may be off one rising curve


@dataclass(frozen=True, slots=True)
class Match:
    """Two pictures that show the same. `distance` in bits of the 64-bit hash of the part they share; 0 is the same.

    `how` says in words what was done to the one to get the other; `reasons` what the verdict rests on. `box_a` and
    `box_b`: the shared part, as shares of width and height (left, top, right, bottom). `edits`: "mirrored", "cropped",
    "framed", "parted" or "covered", each with the side that was edited, "a" or "b", or "" where the pair does not tell.
    """

    distance: int
    confidence: Confidence
    how: str = ""
    reasons: tuple[str, ...] = ()
    box_a: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    box_b: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    edits: tuple[tuple[str, str], ...] = ()


def compare(a: Fingerprint, b: Fingerprint) -> Match | None:
    """Whether two fingerprints are of one picture; None when they are not, or cannot be compared (other version)."""
    if a.version != b.version:
        return None
    if a.digest == b.digest:
        return Match(0, Confidence.HIGH, "the same file", ("the files are equal byte by byte",))
    if (a.width * a.height, a.digest) < (b.width * b.height, b.digest):  # one order, whatever the names
        match = compare(b, a)
        if match is None:
            return None
        edits = tuple((what, _OTHER[side]) for what, side in match.edits)
        return replace(match, box_a=match.box_b, box_b=match.box_a, edits=edits)
    sizes = (a.height, a.width), (b.height, b.width)
    if len(a.views) == len(b.views) == 2:  # half of a drawing may vanish on one ground: copies are the same on both
        matches = [_views(*views, *sizes) for views in zip(a.views, b.views, strict=True) if not _blank(*views)]
        return None if None in matches else next(iter(matches), None)
    tried = (_views(left, right, *sizes) for left in a.views for right in b.views)
    return next((match for match in tried if match is not None), None)


def _blank(*views: View) -> bool:
    """Whether there is nothing to see in any of these: black on black."""
    from attrib.read.pixels.align import pixels

    return all(int(grey.max()) - int(grey.min()) < BLANK for grey in (pixels(view.thumb) for view in views))


def _views(a: View, b: View, size_a: tuple[int, int], size_b: tuple[int, int]) -> Match | None:
    """Two views of pictures of these heights and widths. Thumbnails are opened only when there is a map to try."""
    from attrib.read.pixels.agree import agree
    from attrib.read.pixels.align import pixels, refine
    from attrib.read.pixels.points import frame

    for laid in _maps(a, b, frame(*size_a), frame(*size_b), (a.phash ^ b.phash).bit_count()):
        one, two = pixels(a.thumb), pixels(b.thumb)
        found = agree(one, two, laid)
        if found is None:
            continue
        if _same(a, b, found, laid):
            return _match(a, b, found, laid)
        if _hopeful(found):
            better = refine(one, two, laid)
            found = None if better is None else agree(one, two, better)
            if found is not None and _same(a, b, found, laid):
                return _match(a, b, found, laid)
    return None


def _maps(a: View, b: View, one: tuple[int, ...], two: tuple[int, ...], apart: int) -> Iterator[Laid]:
    """The ways the two may lie on each other, likeliest first; made one by one, for most pairs end at the first."""
    from attrib.read.pixels.align import identity, lay

    shaped = abs(one[0] * two[1] / (one[1] * two[0]) - 1) < 0.1
    if apart <= NEAR // 2 and shaped:
        yield identity(one, two)
    laid = [lay(a.points, b.points, two[1])]
    if laid[0] is None or laid[0].points < 12:
        laid.append(lay(a.points, b.points, two[1], mirror=True))
    yield from sorted((way for way in laid if way is not None), key=lambda way: -way.points)
    if NEAR // 2 < apart <= NEAR or (apart <= NEAR and not shaped):
        yield identity(one, two)
    if (a.dhash ^ turned(b.dhash)).bit_count() <= NEAR:
        yield identity(one, two, mirror=True)


def turned(dhash: int) -> int:
    """The difference hash of the mirrored picture: each row read backwards, and every comparison the other way."""
    rows = dhash.to_bytes(8)
    return int.from_bytes(bytes(~int(f"{row:08b}"[::-1], 2) & 0xFF for row in rows))


def _hopeful(found: Agreement) -> bool:
    """Whether a better fit could still make a match of it: measured on the copies that one did make a match of."""
    return found.cells >= 60 and found.good >= 0.35 and (found.whole_a or found.whole_b)


def _same(a: View, b: View, found: Agreement, laid: Laid) -> bool:
    """The verdict, by how much of the pictures lies in the overlap."""
    from attrib.read.pixels.align import grain, repeats
    from attrib.read.pixels.exact import FULL, same_colours, same_greys
    from attrib.read.pixels.plain import plain
    from attrib.read.pixels.ramp import ramp, same_detail

    held, points, apart = found.held, laid.points, (a.phash ^ b.phash).bit_count()
    whole = found.whole_a and found.whole_b
    size = grain(a.thumb, b.thumb, laid)
    if plain(min(a.flat, b.flat), found.richness, found.peak, small=size < 1):
        known = whole and not laid.mirror and found.cells >= 12 and (points >= 6 or apart <= 6)
        exact = found.worst >= 0.5 and found.low >= 0.9 and found.tone <= TONE
        return known and exact and same_colours(a.thumb, b.thumb) and same_greys(a.thumb, b.thumb, laid)
    if held is None or held.middle < MIDDLE or held.low < LOW:
        return False
    if held.share < MOST and found.unsure > (UNSURE if min(found.seen_a, found.seen_b) >= FRAMED else UNSURE_PART):
        return False  # what was laid over a picture covers or spares a place; another view of the scene blurs all over
    if held.area < MOST and min(held.share, found.good) < AROUND[0] and found.ground > AROUND[1]:
        return False  # words on a plain ground: a page or a channel's frame around two pictures
    boxes = (FULL, FULL) if whole else (found.box_a, found.box_b)
    if size < 1 and not same_colours(a.thumb, b.thumb, *boxes, laid.mirror):
        return False
    if size < ICON and not same_greys(a.thumb, b.thumb, laid):
        return False
    worth = held.cells * size  # windows, as in pictures that fill the frame
    all_over = held.share >= ALL and found.good >= ALL and not laid.mirror
    enough = worth >= (WORTH_ALL if all_over else WORTH)
    # little in the picture, or a part of a pattern that lies on any other part of it: what agrees must be most of it
    pattern = repeats(a.points) or repeats(b.points)
    least = MOST if pattern else 0.0 if found.richness >= RICH else 0.67
    if whole:  # recoded, toned, or with something laid over it, which leaves most of it
        known = points >= 5 or (apart <= 12 and held.share >= 0.5)
        known &= found.good >= (MARKED_NEAR if apart <= NEAR // 2 else MARKED)
        alike = held.share >= max(0.18, least) and held.cells >= 28 and enough and known
    elif found.whole_a or found.whole_b:  # one inside the other: cropped, or on a larger ground
        least = ALL if pattern else max(0.55, least)
        alike = held.share >= least and held.cells >= 36 and enough
    else:  # a part of both: different crops, or set beside another picture
        sharp = held.middle >= 0.93 and held.low >= 0.88
        sharp &= held.area * min(found.seen_a, found.seen_b) >= PART
        alike = held.share >= max(0.34, least) and held.cells >= 44 and sharp and enough and not pattern
    ramps = alike and ramp(a.thumb) and ramp(b.thumb)
    return alike and (not ramps or (whole and not laid.mirror and same_detail(a.thumb, b.thumb)))


def _match(a: View, b: View, found: Agreement, laid: Laid) -> Match:
    from attrib.read.pixels.told import told

    held = found.held
    share = held.share if held else found.good
    whole = found.whole_a and found.whole_b
    apart = (a.phash ^ b.phash).bit_count()
    sure = share >= 0.8 and found.middle >= MIDDLE and (laid.points >= 6 or apart <= NEAR // 2)
    half = not (found.whole_a or found.whole_b)
    confidence = Confidence.HIGH if sure and not half else Confidence.LOW if half and share < 0.5 else Confidence.MEDIUM
    distance = apart if whole and not laid.mirror else _distance(a, b, found, laid)
    reasons = [f"{found.good:.0%} of {found.cells} places agree where the two overlap"]
    if laid.points:
        reasons.insert(0, f"{laid.points} points lie alike")
    how, edits = told(a, b, found, laid)
    return Match(distance, confidence, how, tuple(reasons), found.box_a, found.box_b, edits)


def _distance(a: View, b: View, found: Agreement, laid: Laid) -> int:
    """Bits in which the hashes of the shared parts differ."""
    import imagehash
    from PIL import Image

    from attrib.read.pixels.align import pixels
    from attrib.read.pixels.told import px

    hashes = []
    for view, box, mirror in ((a, found.box_a, False), (b, found.box_b, laid.mirror)):
        grey = Image.fromarray(pixels(view.thumb))
        part = grey.resize((32, 32), Image.Resampling.BOX, px(box, grey.size))
        hashes.append(imagehash.phash(part.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirror else part))
    return int(hashes[0] - hashes[1])
