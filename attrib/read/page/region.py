"""Where a picture stands: lead, body, gallery, teaser, or the page's furniture; and why.

In: a group of pictures, the article's place, the words of the elements around it. Out: a `Verdict`. Rules in order:
what is no picture, what the publisher's own words call furniture, what leads elsewhere, and then the place relative to
heading and text. Names on elements that also hold the heading or the text say nothing about one picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...model import Region
from . import around, cards, marks
from .article import Article
from .group import Group
from .pictures import IMAGE_PATH, Picture
from .signs import SHARED, ad_link, image_link, is_lost, is_sign, share_link, writer_file, writer_link
from .tree import Tree

# A picture both of whose sides are below this is an icon, a portrait or a button (of 655 article pictures none is).
SMALL = 130
_ICON = 64  # neither side of an icon is longer
_LARGE = 300  # pixels: both sides of a picture that no sign of the page has
# A picture shown as often is a sign: a pin before each comment, a star of a rating.
_OFTEN = 5
_CAPTION = 160  # characters, beside an opening picture in an aside: more is a story of its own
# How many elements may lie between the text and the part it stands in.
_PARTS = 3

# Of no size; "width:0;height:0;min-width:100%" is a picture that fills its box.
_PIXEL_STYLE = re.compile(
    r"(?:^|[;\s])(?:width|height)\s*:\s*(?:[01]px|0\s*;\s*(?:width|height)\s*:\s*0\s*(?:;(?!.*min-)|$))|display\s*:\s*none",
    re.I,
)
_SCREENS = {"amp-story-page": "slide"}  # a story is seen one screen at a time


class Verdict(NamedTuple):
    """A region, why, and whether what is printed with the picture may still overrule it (`open`)."""

    region: Region
    reason: str
    open: bool = False


class Hints(NamedTuple):
    """What the page's head says: the assets it names as the article's picture, its own host and its own address."""

    named: frozenset[str] = frozenset()
    host: str = ""
    url: str = ""


@dataclass(init=False)  # of most elements nothing is told: there is nothing to fill in
class _Mark:
    """What one element around a picture says of it: settled (a verdict), or weak words."""

    verdict: Verdict | None = None
    card: str = ""
    gallery: bool = False
    aside: bool = False
    player: bool = False
    audio: bool = False
    video: bool = False
    figure: bool = False
    hidden: bool = False
    sharing: bool = False  # the verdict is about buttons, and a box with the picture and them may be called so too
    link: int = 0  # 1: to another page, -1: to the picture itself


class Judge:
    """Tells the region of each group of a page; remembers what elements say."""

    def __init__(self, tree: Tree, article: Article, hints: Hints) -> None:
        self.tree, self.article, self.hints = tree, article, hints
        self._marks: dict[int, _Mark | None] = {}  # None of those that say nothing
        self._led = -1  # the slide that opens the article

    def judge(self, group: Group, told: int, *, final: bool) -> Verdict:
        """The region of a group. `told` is 2 when an element in its block says it is the credit, 1 for a caption.

        Before the block is known (not `final`), what a caption may overrule stays open.
        """
        return self._by_itself(group, told, final) or self._by_place(group, told, final)

    def opened(self, found: Sequence[tuple[Group, Verdict, object]]) -> list[Verdict]:
        """The verdicts, where none is the lead with the first of the article's pictures for it, if the head names it:
        some publishers begin with a line of text."""
        verdicts = [verdict for _, verdict, _ in found]
        mine = next((n for n, verdict in enumerate(verdicts) if verdict.region.in_article), -1)
        if mine >= 0 and verdicts[mine].region is not Region.LEAD and found[mine][0].keys & self.hints.named:
            verdicts[mine] = Verdict(Region.LEAD, "named by the page as its picture")
        return verdicts

    def _by_itself(self, group: Group, told: int, final: bool) -> Verdict | None:
        picture = group.pictures[0]
        urls = group.urls
        if not urls:
            lost = not picture.copy and is_lost(picture)  # with a caption of its own it was meant to be seen
            return None if lost and told else Verdict(Region.CHROME, "no address", open=lost and not final)
        size = [s for s in (picture.width, picture.height) if s is not None]
        if len(size) == 2 and max(size) <= 21 and size[0] != size[1]:
            size = []  # an aspect ratio
        if (size and 0 < max(size) <= 2) or (
            "src" in picture.attrs  # without it is hidden until a script shows it, as slides are
            and _PIXEL_STYLE.search(picture.attrs.get("style", ""))
            and not (len(size) == 2 and min(size) >= _LARGE and self._in_gallery(picture))
        ):
            return Verdict(Region.CHROME, "tracking pixel")
        small = (len(size) == 2 and 0 < max(size) < SMALL) or (len(size) == 1 and 0 < size[0] <= _ICON)
        if small and not (max(size) > _ICON and self._in_gallery(picture) and self.opens_large(picture)):
            return Verdict(Region.CHROME, "small")
        if all(map(is_sign, urls)):
            large = (
                len(size) == 2 and min(size) >= _LARGE
            )  # with a caption it is a picture of a sign: "flag-burning.jpg"
            return (
                None if large and told else Verdict(Region.CHROME, "named as a sign of the page", large and not final)
            )
        if urls[0].split("?")[0].lower().endswith(".svg"):  # in a figure with words of its own it is a chart
            chart = group.figure >= 0
            return None if chart and told else Verdict(Region.CHROME, "drawing of the page", chart and not final)
        return None

    def _by_place(self, group: Group, told: int, final: bool) -> Verdict:
        tree, article = self.tree, self.article
        node = group.first
        own = [a for a in [node, *group.pictures[0].around] if a not in article.spine]
        seen = _Mark()
        link = page = -1
        named = bool(group.keys & self.hints.named)
        for up, mark in self._said(own, node):
            if mark.verdict is not None and not (named and mark.sharing):
                return mark.verdict
            if mark.link and not seen.link:
                page = up if mark.link > 0 else -1
                seen.link, link = -1 if self._to_itself(tree.get(up, "href") or "", group) else mark.link, up
            seen.card = seen.card or mark.card
            seen.gallery |= mark.gallery
            seen.aside |= mark.aside
            seen.player |= mark.player
            seen.audio |= mark.audio
            seen.video |= mark.video
            seen.figure |= mark.figure
            seen.hidden |= mark.hidden
        link = link if seen.link > 0 else -1
        seen.video = seen.video or (not seen.figure and self._plays(own))
        if group.shown >= _OFTEN and not told and not named:
            return Verdict(Region.CHROME, f"shown {group.shown} times on the page", open=not final)
        elsewhere = self._leads_away(own, link, page, told, seen, final)
        if elsewhere is not None:
            return elsewhere
        if (seen.player and not seen.video and not told) or (
            (seen.video or group.pictures[0].video)
            and not seen.figure
            and not named
            and (told < 2 or (seen.player and (seen.card or seen.audio)))
        ):
            what = "still of a video" if seen.video or group.pictures[0].video else "cover of a player"
            return Verdict(Region.TEASER, what, open=not final)
        place = self._zone(group.pictures[0], named, link < 0)
        if place is None:
            if 0 <= article.end < node:
                return Verdict(Region.TEASER, "in another article, below this one")
            return Verdict(Region.TEASER, "outside the article", open=not seen.card and link < 0)
        region, reason = place
        aside = seen.aside and not (region is Region.LEAD and link < 0 and self._alone(own, group))
        if aside or (seen.card and link >= 0 and not (seen.gallery and (told or not final))):
            return Verdict(Region.TEASER, "inside an aside" if aside else seen.card, open=link < 0)
        if not named and not told and writer_file().search(group.urls[0].lower()):
            return Verdict(Region.CHROME, "in a folder of writers' portraits", open=not final)
        if strange := self._strange(node, own, region, seen.hidden and not named, told):
            return Verdict(Region.CHROME, strange)
        if seen.gallery and (region is not Region.LEAD or self._led not in (-1, node)):
            return Verdict(Region.GALLERY, "a slide")
        if seen.gallery and final:
            self._led = node  # the slides behind it are its gallery
        return Verdict(region, reason)

    def _strange(self, node: int, own: list[int], region: Region, hidden: bool, told: int) -> str:
        """Why a picture in the article's place is none of it; "" where nothing says so."""
        if hidden and region is Region.LEAD:
            return "hidden above the text"
        if not told and region is Region.LEAD and around.publisher(self.tree, node):
            return "names who published the text"
        if not told and node > self.article.final and around.closable(self.tree, own):
            return "in a box that can be closed"
        return ""

    def _alone(self, own: list[int], group: Group) -> bool:
        """Whether an aside holds one picture and a line with it: how some themes frame the opening picture."""
        tree = self.tree
        up = next(i for i in own if tree.tags[i] == "aside")
        inside = tree.tags[up + 1 : tree.last[up] + 1]
        return (
            tree.visible(up) <= _CAPTION
            and cards.HEADINGS.isdisjoint(inside)
            and sum(tag in ("img", "amp-img") for tag in inside) <= len(group.pictures)
        )

    def _to_itself(self, target: str, group: Group) -> bool:
        """Whether a link leads to the picture, or above the text to the page it stands on."""
        page = target.partition("#")[0].partition("?")[0].rstrip("/")
        above = group.first < self.article.first
        return target in group.urls or (above and bool(page) and page == self.hints.url)

    def _plays(self, own: list[int]) -> bool:
        """Whether a sign to play a film lies over the picture: in its own box, which prints nothing."""
        tree = self.tree
        for up in own[:3]:
            if tree.visible(up) or tree.last[up] - up > 40:
                return False
            for i in range(up + 1, tree.last[up] + 1):
                if tree.tags[i] and (words := marks.class_words(tree.words(i))) & marks.FILM and words & marks.SIGN:
                    return True
        return False

    def _said(self, own: list[int], node: int) -> Iterator[tuple[int, _Mark]]:
        """The elements that say something of a picture that stands in them, or is one of them (`node`)."""
        for up in own:
            if up not in self._marks:
                mark = self._read(up, up == node)
                self._marks[up] = mark if vars(mark) else None
            found = self._marks[up]
            if found is not None:
                yield up, found

    def _names(self, up: int, itself: bool) -> frozenset[str]:
        """The words of an element's names that say where a picture stands."""
        tree = self.tree
        tag, attr = tree.tags[up], tree.nodes[up].attr
        words = marks.class_words(tree.words(up)) & marks.PLACES
        if not words and (made := attr("data-testid") or attr("data-component")):
            words = marks.class_words(made) & marks.PLACES  # what its maker calls it, where programs make the classes
        if "-" in tag:
            words |= marks.GALLERY.intersection(_SCREENS.get(tag, tag).split("-"))  # <amp-carousel>
        if itself:
            words -= marks.USES
        return words - marks.LOGOS if words & marks.PICTURES else words

    def _read(self, up: int, itself: bool) -> _Mark:
        tree = self.tree
        tag, attr = tree.tags[up], tree.nodes[up].attr
        mark = _Mark()
        if words := self._names(up, itself):
            if hit := words & marks.FURNITURE:
                mark.verdict = Verdict(Region.CHROME, f"inside {min(hit)}")
                mark.sharing = hit <= marks.SHARING
            elif hit := words & marks.WRITERS:
                mark.verdict = Verdict(Region.CHROME, f"portrait of a writer ({min(hit)})")
            elif hit := words & marks.ELSEWHERE:
                mark.verdict = Verdict(Region.TEASER, f"inside {min(hit)}")
            if hit := words & marks.CARDS:
                mark.card = f"inside {min(hit)}"
            mark.gallery = bool(words & marks.GALLERY)
            mark.video = "video" in words
            mark.audio = "audio" in words
            mark.player = mark.audio or "player" in words
        if not itself and marks.hidden(attr("style")):
            mark.hidden = True
        if "Person" in (attr("itemtype") or "") or attr("itemprop") == "author":
            mark.verdict = mark.verdict or Verdict(Region.CHROME, "portrait of a writer (by its data)")
        if tag == "a":
            self._read_link(up, mark)
        elif tag == "figure":
            mark.figure = True
        elif tag == "aside":
            mark.aside = True
        elif tag in ("nav", "footer", "form"):
            mark.verdict = mark.verdict or Verdict(Region.CHROME, f"inside {tag}")
        elif tag == "header" and tree.tags[tree.parent[up]] in ("body", "html"):
            mark.verdict = mark.verdict or Verdict(Region.CHROME, "inside the page's header")
        return mark

    def _read_link(self, up: int, mark: _Mark) -> None:
        target = (self.tree.get(up, "href") or "").lower()
        path, _, asked = target.partition("?")
        if writer_link().search(target):
            mark.verdict = Verdict(Region.CHROME, "linked to a writer's page")
        elif ad_link().search(target):
            mark.verdict = Verdict(Region.CHROME, "linked advertisement")
        elif share_link().search(path) and SHARED.search(asked):
            mark.verdict = Verdict(Region.CHROME, "a button to share the page")
        elif not target or target.startswith(("#", "javascript:", "data:")) or image_link().search(target):
            mark.link = -1
        else:
            mark.link = 1

    def _leads_away(self, own: list[int], link: int, page: int, told: int, seen: _Mark, final: bool) -> Verdict | None:
        """A teaser: the picture, or the box it stands in, is a link with a headline; or one of a list of links.

        `page` is the link around it to any page, also to this one.
        """
        tree = self.tree
        if link >= 0 and cards.headline(tree, link):
            return Verdict(Region.TEASER, "linked with a headline")
        if link >= 0 and not told and self._foreign(tree.get(link, "href") or ""):
            return Verdict(Region.TEASER, "linked to another site", open=not final)
        if link >= 0 and told and final and cards.entitled(tree, own, link):
            return Verdict(Region.TEASER, "linked where the headline beside it leads")
        of_figure = told and seen.figure and not (final and told < 2 and page >= 0 and cards.listed(tree, page))
        card = "" if of_figure else cards.card(tree, own, self._foreign)
        return Verdict(Region.TEASER, card) if card else None

    def _foreign(self, target: str) -> bool:
        """Whether a link leads to another site: the last two parts of its host differ."""
        match = re.match(r"(?:https?:)?//([^/?#:]+)", target)
        if not match or not self.hints.host:
            return False
        return match[1].lower().split(".")[-2:] != self.hints.host.lower().split(".")[-2:]

    def _zone(self, picture: Picture, named: bool, free: bool) -> tuple[Region, str] | None:
        tree, article, node = self.tree, self.article, picture.node
        if article.holder < 0:
            return Region.BODY, "no text found on the page"
        if 0 <= article.end < node:
            return None  # of another article, below this one
        inside = tree.inside(node, article.holder)
        if inside and 0 <= article.first < node:
            return Region.BODY, "in the text" if node < article.final else "at the end of the text"
        if node < article.first and tree.inside(node, article.root):
            return Region.LEAD, "between heading and text" if node > article.heading else "above the heading"
        if inside:
            return Region.LEAD, "before the text"
        if named and free and (article.first < 0 or node < article.first):
            return Region.LEAD, "named by the page as its picture"
        if free and self._beside_text(node):
            return Region.BODY, "in a part beside the text"
        if free and 0 <= article.first < node and self.opens_large(picture) and self._near(node):
            return Region.BODY, "beside the text, and opens large"
        return None

    def _in_gallery(self, picture: Picture) -> bool:
        """Whether a few elements around a picture are called a gallery."""
        return any(marks.class_words(self.tree.words(up)) & marks.GALLERY for up in picture.around[:6])

    def _near(self, node: int) -> bool:
        """Whether a node stands in a box of the page that also holds the text, a few elements around it."""
        tree = self.tree
        boxes = (up for up in tree.ancestors(self.article.holder, _PARTS) if tree.tags[up] not in ("body", "html"))
        return any(tree.inside(node, up) for up in boxes)

    def opens_large(self, picture: Picture) -> bool:
        """Whether a picture is linked to a file that is a picture: a small copy of it."""
        tree = self.tree
        link = next((up for up in picture.around[:4] if tree.tags[up] == "a"), -1)
        target = (tree.get(link, "href") or "").lower() if link >= 0 else ""
        return IMAGE_PATH.search(target) is not None and not is_sign(target)

    def _beside_text(self, node: int) -> bool:
        """Whether a picture stands in a part of its own, of the same kind as the part that holds the text.

        Content systems build articles of parts, and the part with most words is not the whole.
        """
        tree, article = self.tree, self.article
        mine = node
        while mine >= 0 and tree.parent[mine] not in article.spine:
            mine = tree.parent[mine]
        common = tree.parent[mine] if mine >= 0 else -1
        if node < article.heading or common < 0 or tree.tags[common] in ("body", "html", "main"):
            return False
        around = [article.holder, *tree.ancestors(article.holder, _PARTS)]
        text = next((up for up in around if tree.parent[up] == common), -1)
        if text < 0 or tree.tags[mine] != tree.tags[text]:
            return False
        kind = tree.words(text).split()[:1]
        for _ in range(_PARTS):  # it is such a part, or stands before one
            if mine >= len(tree) or tree.parent[mine] != common:
                return False
            if tree.tags[mine] == tree.tags[text] and tree.words(mine).split()[:1] == kind:
                return True
            mine = tree.last[mine] + 1
        return False
