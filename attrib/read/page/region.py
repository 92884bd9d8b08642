"""Where a picture stands: lead, body, gallery, teaser, or the page's furniture; and why.

In: a group of pictures, the article's place, the words of the elements around it. Out: a `Verdict`. Rules in order:
what is no picture, what the publisher's own words call furniture, what leads elsewhere, and then the place relative to
heading and text. Names on elements that also hold the heading or the text say nothing about one picture.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...model import Region
from . import marks
from .article import Article
from .group import Group
from .tree import Tree

# A picture both of whose sides are below this is an icon, a portrait or a button (of 655 article pictures none is).
SMALL = 130
_FILE_WORDS = re.compile(
    r"(?:^|[/_.-])(?:logo|logos|icon|icons|sprite|avatar|gravatar|favicon|badge|emoji|tracking|tracker|pixel|spacer|blank|"
    r"beacon|counter|arrow|app-?store|google-?play|flag)s?(?=[/_.-]|\d|$)|/(?:pixel|count|track|impression)[/?]|"
    r"gravatar\.com|scorecardresearch|doubleclick|facebook\.com/tr|analytics",
    re.I,
)
_IMAGE_LINK = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|jfif)(?:$|[?#&/!;:@])|/(?:photo|image|foto|galerie|gallery|bild|picture|zoom)s?[/_-]", re.I)
_WRITER_LINK = re.compile(
    r"/(?:autor(?:en|es|i|e)?|authors?|auteurs?|autore|redaktion|redaktoer(?:er)?|profiles?|writers?|journalists?|people|persons?|"
    r"staff|team|korrespondenten|columnists?|kolumnen?|opinionistas?|firmas?|skribenter?|forfattere?|contributors?|by)/",
    re.I,
)
_AD_LINK = re.compile(r"/(?:werbung|anzeigen?|advert(?:s|ising|isement)?|publicidad|publicite|reklame?|banner)(?:[/?.]|$)|[?&]utm_medium=(?:banner|display)|adclick|doubleclick", re.I)
# On the picture's own element these say what may be done with it, not where it stands.
_NOT_ON_ITSELF = frozenset({"ad", "ads", "dfp", "share", "sharing", "social", "sponsor", "shop", "item", "card", "promo"})
_PIXEL_STYLE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*[01]px|display\s*:\s*none", re.I)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})


class Verdict(NamedTuple):
    """A region, why, and how far the figure's own caption may overrule it (`open`)."""

    region: Region
    reason: str
    open: bool = False


class Hints(NamedTuple):
    """What the page's head says: the assets it names as the article's picture, and its own host."""

    named: frozenset[str] = frozenset()
    host: str = ""


def judge(tree: Tree, group: Group, article: Article, unit: int, hints: Hints, told: int = 0) -> Verdict:
    """The region of one group. `unit` is the element around picture and caption, -1 while it is not known; `told` is
    2 when an element in it says it is the credit, 1 for a caption."""
    picture = group.pictures[0]
    if not picture.images:
        return Verdict(Region.CHROME, "no address")
    size = [s for s in (picture.width, picture.height) if s is not None]
    if len(size) == 2 and max(size) <= 21 and size[0] != size[1]:
        size = []  # an aspect ratio
    if _PIXEL_STYLE.search(tree.get(picture.node, "style") or ""):
        return Verdict(Region.CHROME, "tracking pixel")
    if size and 0 < max(size) <= 2:
        return Verdict(Region.CHROME, "tracking pixel")
    url = picture.images[0].url
    if len(size) == 2 and 0 < max(size) < SMALL or len(size) == 1 and 0 < size[0] <= 64:
        return Verdict(Region.CHROME, "small")
    if _FILE_WORDS.search(url.split("?")[0]) and all(_FILE_WORDS.search(i.url.split("?")[0]) for i in picture.images):
        return Verdict(Region.CHROME, "named as a sign of the page")
    if url.split("?")[0].lower().endswith(".svg"):
        return Verdict(Region.CHROME, "drawing of the page")
    return _by_place(tree, group, article, unit, hints, told)


def _by_place(tree: Tree, group: Group, article: Article, unit: int, hints: Hints, told: int) -> Verdict:
    node = group.first
    own = [a for a in [node, *tree.ancestors(node)] if not _holds(tree, a, article)]
    gallery = aside = player = video = figure = False
    teaser = ""
    for up in own:
        tag = tree.tags[up]
        words = marks.class_words(tree.words(up))
        if up == node:
            words -= _NOT_ON_ITSELF
        if hit := words & marks.FURNITURE:
            return Verdict(Region.CHROME, f"inside {min(hit)}")
        if hit := words & marks.WRITERS:
            return Verdict(Region.CHROME, f"portrait of a writer ({min(hit)})")
        if tag == "a" and _WRITER_LINK.search(tree.get(up, "href") or ""):
            return Verdict(Region.CHROME, "linked to a writer's page")
        if tag == "a" and _AD_LINK.search(tree.get(up, "href") or ""):
            return Verdict(Region.CHROME, "linked advertisement")
        if hit := words & marks.ELSEWHERE:
            return Verdict(Region.TEASER, f"inside {min(hit)}")
        if tag in ("nav", "footer") or (tag == "form" and not told):
            return Verdict(Region.CHROME, f"inside {tag}")
        if tag == "aside":
            aside = True
        if tag == "header" and not tree.inside(article.heading, up) and tree.tags[tree.parent[up]] in ("body", "html"):
            return Verdict(Region.CHROME, "inside the page's header")
        if words & marks.CARDS:
            teaser = teaser or f"inside {min(words & marks.CARDS)}"
        if words & marks.GALLERY:
            gallery = True
        figure = figure or tag == "figure"
        video = video or "video" in words
        player = player or "player" in words or "audio" in words
    video = video or group.pictures[0].video
    named = bool(group.keys & hints.named)
    link = _link(tree, node, own)
    if link >= 0 and _headline(tree, link):
        return Verdict(Region.TEASER, "linked with a headline")
    if link >= 0 and not told and _elsewhere(tree.get(link, "href") or "", hints.host):
        return Verdict(Region.TEASER, "linked to another site", open=unit < 0)
    card = _card(tree, own) if not (told and figure) else ""
    if card:
        return Verdict(Region.TEASER, card)
    if player and not video and not told:
        return Verdict(Region.TEASER, "cover of a player", open=unit < 0)
    if video and not figure and told < 2 and not named:
        return Verdict(Region.TEASER, "still of a video", open=unit < 0)
    place = _zone(tree, node, article)
    if place is None and named and link < 0 and (article.first < 0 or node < article.first):
        place = Region.LEAD, "named by the page as its picture"
    if place is None:
        return Verdict(Region.TEASER, "outside the article", open=not teaser and link < 0)
    if aside or (teaser and link >= 0):
        return Verdict(Region.TEASER, "inside an aside" if aside else teaser, open=link < 0)
    region, reason = place
    if gallery and region is not Region.LEAD:
        return Verdict(Region.GALLERY, "a slide")
    return Verdict(region, reason)


def _holds(tree: Tree, a: int, article: Article) -> bool:
    """Whether an element also holds the heading or the text: then its names are the page's, not the picture's."""
    return (article.heading >= 0 and tree.inside(article.heading, a)) or (article.first >= 0 and tree.inside(article.first, a)) or (
        article.holder >= 0 and tree.inside(article.holder, a)
    )


def _link(tree: Tree, node: int, own: list[int]) -> int:
    """The link around a picture that leads to another page; -1 for none or one to the picture itself."""
    for up in own:
        if tree.tags[up] == "a":
            target = tree.get(up, "href") or ""
            if not target or target.startswith(("#", "javascript:", "data:")) or _IMAGE_LINK.search(target):
                return -1
            return up
    return -1


def _headline(tree: Tree, link: int) -> bool:
    """Whether a link around a picture also prints words that are no caption."""
    if tree.visible(link) < 12:
        return False
    for j in range(link + 1, tree.last[link] + 1):
        tag = tree.tags[j]
        if tag == "figcaption" or (tag and marks.role(tree.words(j)) in ("caption", "credit")):
            return False
    return True


def _elsewhere(target: str, host: str) -> bool:
    """Whether a link leads to another site: the last two parts of its host differ."""
    match = re.match(r"(?:https?:)?//([^/?#:]+)", target)
    if not match or not host:
        return False
    return match[1].lower().split(".")[-2:] != host.lower().split(".")[-2:]


def _card(tree: Tree, own: list[int]) -> str:
    """A card: the first element around the picture that prints something prints a linked headline."""
    for up in own[1:8]:
        if tree.tags[up] in ("figure", "picture"):
            continue
        total = tree.visible(up)
        if total < 15:
            continue
        if total > 700:
            return ""
        linked = 0
        heading = False
        j, end = up, tree.last[up]
        while j <= end:
            tag = tree.tags[j]
            if tag == "a" and tree.get(j, "href"):
                linked += tree.visible(j)
                if _inner_heading(tree, j):
                    heading = True
                j = tree.last[j] + 1
                continue
            if tag in _HEADINGS and any(tree.tags[k] == "a" for k in range(j + 1, tree.last[j] + 1)):
                heading = True
            j += 1
        if heading and linked >= 12:
            return "beside a linked headline"
        if "hmedia" in marks.class_words(tree.words(up)):
            return ""  # the microformat of a picture with its title
        return "beside links" if linked > 0.7 * total and linked > 24 else ""
    return ""


def _inner_heading(tree: Tree, a: int) -> bool:
    return any(tree.tags[k] in _HEADINGS for k in range(a + 1, tree.last[a] + 1))


def _zone(tree: Tree, node: int, article: Article) -> tuple[Region, str] | None:
    if article.holder < 0:
        return Region.BODY, "no text found on the page"
    inside = tree.inside(node, article.holder)
    if inside and article.first >= 0 and node > article.first:
        return Region.BODY, "in the text" if node < article.final else "at the end of the text"
    if article.first >= 0 and node < article.first and tree.inside(node, article.root):
        return Region.LEAD, "between heading and text" if node > article.heading else "above the heading"
    if inside:
        return Region.LEAD, "before the text"
    return None
