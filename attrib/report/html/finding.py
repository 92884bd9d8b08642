"""One finding as HTML: what is wrong, where in the words, why it matters, what to do, who says what.

In: a finding and what belongs to it, gathered in `Scene`. Out: pieces of HTML. All text goes through `escaped`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from ...model import Confidence, Evidence, Figure, Finding, Likeness, Page, Place, Related, Severity
from ...rule import Rule
from ..markup import escaped
from ..places import Atlas
from ..said import shorten, why_of
from .beside import Side, sides, words_of
from .compare import alike, compared
from .galley import Piece, Row, galley
from .suggest import suggestion

__all__ = [
    "Aids",
    "Scene",
    "Thumbnail",
    "finding_html",
    "language",
    "opened",
    "short_name",
    "state_of",
    "thumbnail_html",
    "weights_of",
]

# Whose words a piece of evidence is, in a reader's words. The page's own come first.
_VOICES = {
    "page": "The page",
    "iim": "The file, IPTC",
    "xmp": "The file, XMP",
    "exif": "The file, EXIF",
    "png": "The file",
    "file": "The file",
    "c2pa": "The file, Content Credentials",
    "file name": "The file’s name",
    "register": "The register",
    "archive": "The archive",
    "accepted": "Accepted",
}
_LONGEST = 400  # characters of what one origin says
_TAGS = {"mark": "mark", "also": 'mark class="also"', "del": "del", "ins": "ins"}


class Thumbnail(NamedTuple):
    """A small copy of a picture: its address, from the page's folder or inline, and its size in px."""

    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Aids:
    """What a page shows that is not in the report: small copies, or None where there is none; where pages are edited.

    `edit_url` has `{source}`, `{line}` and `{column}` in it, or is empty. `sources` says by fingerprint where findings
    are mended that are in another file than the page's.
    """

    of_figure: Callable[[Page, Figure], Thumbnail | None] = lambda page, figure: None  # noqa: ARG005
    of_likeness: Callable[[Likeness], Thumbnail | None] = lambda like: None  # noqa: ARG005
    edit_url: str = ""
    sources: Mapping[str, tuple[str, Place]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """What all findings of a report are shown with."""

    pages: Mapping[str, Page]
    rules: Mapping[str, Rule]
    atlas: Atlas
    aids: Aids


def finding_html(finding: Finding, figure: Figure | None, scene: Scene) -> Iterator[str]:
    """The finding, in the order a person needs it."""
    page = scene.pages.get(finding.source)
    place = scene.atlas.find(finding.source, finding.at)
    severity, sure = weights_of(finding)
    yield opened(finding, state_of(finding), place)
    many = f" <span>{finding.count} times</span>" if finding.count > 1 else ""
    check = f" <span>to check, {sure} confidence</span>" if sure != "high" else ""
    back = " <span>accepted before</span>" if state_of(finding) == "expired" else ""
    yield f'<p class="kind"><b>{severity.capitalize()}</b>{check}{many}{back}</p>\n'
    yield f'<h4 class="message" dir="auto">{escaped(finding.message)}</h4>\n'
    if finding.remedy:
        yield f'<p class="do" dir="auto">{escaped(finding.remedy)}</p>\n'
    others = sides(finding, figure, scene.pages)
    evidence, related = finding.evidence, finding.related
    rows = galley(page, finding, figure) if page else []
    if others and page and figure:
        yield from _beside(page, figure, others, scene)
        evidence = tuple(item for item in evidence if item.origin not in ("page", "archive"))  # shown just now
        rows, related = [], tuple(x for x in related if not any(side.at == x.at for side in others))
    elif page:
        yield from _galley(page, rows, scene)
        yield from _versions(finding)
    elif finding.quote:
        yield f'<p class="quote" dir="auto"><mark>{escaped(finding.quote)}</mark></p>\n'
    yield from _evidence(evidence)
    shown = {place for row in rows for place in row.places}
    others_said = [x for x in related if x.source not in ("", finding.source) or x.at not in shown]
    yield from _places(finding, others_said, scene)
    if page and (suggested := suggestion(page, finding, figure)):
        yield f'<div class="suggestion"><p>Suggested text, from {escaped(suggested.whence)}</p>\n'
        yield f'<pre dir="auto"{language(page)}>{escaped(suggested.words)}</pre>{_copy("the suggested text")}</div>\n'
    rule = scene.rules.get(finding.rule)
    if rule:
        yield f'<p class="why">{escaped(why_of(rule))}</p>\n'
    yield from _foot(finding, scene, f"line {place.line}, column {place.column}")
    yield "</article>\n"


def opened(finding: Finding, state: str, place: Place) -> str:
    """The element of a finding, with all that it is filtered by, and that a table of findings has."""
    severity, sure = weights_of(finding)
    own = f' id="f-{escaped(finding.fingerprint)}"' if state in ("new", "expired") else ""
    return (
        f'<article class="finding {severity}"{own} data-rule="{escaped(finding.rule)}" data-severity="{severity}"'
        f' data-confidence="{sure}" data-state="{state}" data-line="{place.line}" data-column="{place.column}"'
        f' data-quote="{escaped(finding.quote[:1000])}" data-fingerprint="{escaped(finding.fingerprint)}">\n'
    )


def weights_of(finding: Finding) -> tuple[str, str]:
    """Severity and confidence, in words."""
    return (finding.severity or Severity.WARNING).value, (finding.confidence or Confidence.HIGH).value


def state_of(finding: Finding) -> str:
    """Whether it is new, or back because its acceptance ran out."""
    return "expired" if any(item.origin == "accepted" for item in finding.evidence) else "new"


def language(page: Page | None) -> str:
    """The attribute that says a page's language, where the page says one that can be."""
    known = page and re.fullmatch(r"[A-Za-z]{2}(-[A-Za-z0-9]{2,8})*", page.language)
    return f' lang="{page.language}"' if page and known else ""


def thumbnail_html(thumbnail: Thumbnail | None, name: str) -> str:
    """The small copy, or a frame that says there is none."""
    if thumbnail is None:
        return '<span class="nothing">No picture to show</span>'
    src, width, height = thumbnail
    return f'<img src="{escaped(src)}" width="{width}" height="{height}" alt="{escaped(name)}" loading="lazy">'


def _foot(finding: Finding, scene: Scene, at: str) -> Iterator[str]:
    yield f'<p class="foot"><code>{escaped(finding.rule)}</code> <span>{at}</span>'
    if address := _edit_address(finding, scene):
        yield f' <a href="{escaped(address)}" rel="noopener noreferrer">Edit</a>'
    if finding.fix and finding.fix.safe:
        yield " <span><code>attrib fix</code> mends it</span>"
    if finding.fingerprint:
        command = _accept_command(finding)
        yield f' <span class="accept"><code>{escaped(command)}</code>{_copy("the accept command")}</span>'
    yield "</p>\n"


def _accept_command(finding: Finding) -> str:
    """What is typed to accept it; a page that is no file is looked up in a report."""
    file = finding.source != "-" and "://" not in finding.source
    where = f"--in {shlex.quote(finding.source)}" if file else "--report report.json"
    return f'attrib accept {finding.fingerprint} {where} --reason "…"'


def _edit_address(finding: Finding, scene: Scene) -> str:
    """Where the finding's page is edited. The setting was checked to be http(s); what is put in is quoted."""
    here = (finding.source, scene.atlas.find(finding.source, finding.at))
    source, place = scene.aids.sources.get(finding.fingerprint, here)
    known = {"source": quote(source, safe="/"), "line": str(place.line), "column": str(place.column)}
    return re.sub(r"\{(source|line|column)\}", lambda found: known[found[1]], scene.aids.edit_url)


def _galley(page: Page, rows: Sequence[Row], scene: Scene) -> Iterator[str]:
    if not rows:
        return
    yield f'<div class="galley"{language(page)}>\n'
    for what, pieces, places in rows:
        if not pieces:
            yield '<p class="left-out">…</p>\n'
            continue
        found = [scene.atlas.find(page.source, place) for place in places[:1]]
        at = "".join(f" {place.line}:{place.column}" for place in found)
        tag, end = ("<code>", "</code>") if what == "source" else ('<span dir="auto">', "</span>")
        yield f"<p><small>{what}{at}</small> {tag}{_marked(pieces)}{end}</p>\n"
    yield "</div>\n"


def _marked(pieces: Iterable[Piece]) -> str:
    out = []
    for words, kind in pieces:
        tag = _TAGS.get(kind)
        out.append(f"<{tag}>{escaped(words)}</{tag.split()[0]}>" if tag else escaped(words))
    return "".join(out)


def _beside(page: Page, figure: Figure, others: Sequence[Side], scene: Scene) -> Iterator[str]:
    """The finding's picture and those it is about, with captions and credits compared."""
    caption, credit = words_of(figure)
    yield '<div class="beside">\n'
    first = others[0]
    own = (compared(first.caption, caption)[1], compared(first.credit, credit)[1])
    thumbnail = scene.aids.of_figure(page, figure)
    yield _one_side("This picture", "", thumbnail, figure.address, own, page)
    for side in others:
        there = scene.pages.get(side.source)
        theirs = (compared(side.caption, caption)[0], compared(side.credit, credit)[0])
        if there and side.figure is not None and side.at is not None:
            other = there.figures[side.figure]
            thumbnail, name = scene.aids.of_figure(there, other), other.address
            line, column, *_ = scene.atlas.find(side.source, side.at)
            where = f"{'' if side.source == page.source else f'{side.source}:'}{line}:{column}"
        else:
            thumbnail = scene.aids.of_likeness(side.like) if side.like else None
            name = side.like.picture if side.like else ""
            where = f"{side.source}{f', {side.like.date[:10]}' if side.like and side.like.date else ''}, in the archive"
        yield _one_side("The other", where, thumbnail, name, theirs, there)
    yield "</div>\n"


def _one_side(
    title: str,
    where: str,
    thumbnail: Thumbnail | None,
    name: str,
    words: tuple[Sequence[Piece], Sequence[Piece]],
    page: Page | None,
) -> str:
    says = "".join(
        f'<p><small>{what}</small> <span dir="auto">{_marked(pieces) or "<i>none</i>"}</span></p>'
        for what, pieces in zip(("caption", "credit"), words, strict=True)
    )
    head = f"<b>{title}</b>" + (f" <span>{escaped(where)}</span>" if where else "")
    return (
        f"<div{language(page)}>{thumbnail_html(thumbnail, f'{title}: {short_name(name)}')}<p>{head}</p>{says}</div>\n"
    )


def short_name(url: str) -> str:
    """A picture's file name, from its address."""
    return shorten(url.partition("?")[0].rstrip("/").rpartition("/")[2] or url, 60)


def _evidence(evidence: Sequence[Evidence]) -> Iterator[str]:
    """Who says what, the same words of several origins once."""
    said: dict[tuple[str, str], list[str]] = {}
    for item in evidence:
        voice = _VOICES.get(item.origin, f"{item.origin[:1].upper()}{item.origin[1:]}")
        who, _, block = voice.partition(", ")
        said.setdefault((who, item.says), []).append(f"{block} {item.field}".strip())
    if not said:
        return
    yield '<dl class="evidence">\n'
    last = ""
    for (voice, says), fields in said.items():
        if voice != last:
            yield f"<dt>{escaped(voice)}</dt>\n"
            last = voice
        whole = len(says) <= _LONGEST and not says.endswith("…")  # rules cut what is long
        copy = _copy("these words") if whole and voice != "The page" else ""
        where = ", ".join(dict.fromkeys(field for field in fields if field and field != "credit"))
        words = escaped(shorten(says, _LONGEST))
        yield f'<dd><span dir="auto">{words}</span>{copy} <small>{escaped(where)}</small></dd>\n'
    yield "</dl>\n"


def _versions(finding: Finding) -> Iterator[str]:
    """Two versions of one text in one block, word by word."""
    if len(finding.related) == 1 and alike(finding.related[0].quote, finding.quote):
        one, two = compared(finding.related[0].quote, finding.quote)
        yield f'<div class="beside"><div><p dir="auto">{_marked(one)}</p></div>'
        yield f'<div><p dir="auto">{_marked(two)}</p></div></div>\n'


def _places(finding: Finding, others: Sequence[Related], scene: Scene) -> Iterator[str]:
    """The other places that belong to it, of those whose words were not shown."""
    if finding.count > 1 and len(others) > 1:
        found = [scene.atlas.find(finding.source, related.at) for related in others]
        also = ", ".join(f"{there.line}:{there.column}" for there in found)
        yield f'<p class="places">Also at <span>{also}</span></p>\n'
        return
    if not others:
        return
    yield '<ul class="places">\n'
    for related in others:
        source = related.source or finding.source
        place = scene.atlas.find(source, related.at)
        where = f"{'' if source == finding.source else f'{source}:'}{place.line}:{place.column}"
        quoted = related.quote if " " in related.quote else short_name(related.quote)  # an address has no blanks
        words = "" if related.quote in ("", finding.quote) else f' <q dir="auto">{escaped(shorten(quoted, 160))}</q>'
        yield f"<li><span>{escaped(where)}</span> {escaped(related.message)}{words}</li>\n"
    yield "</ul>\n"


def _copy(what: str) -> str:
    """A button that copies the words of the element before it."""
    return f'<button type="button" class="copy" aria-label="Copy {what}">Copy</button>'
