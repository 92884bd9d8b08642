"""Where the article is on the page: its heading, the element that holds its text, its first and last paragraph.

In: a `Tree`. Out: an `Article`, all places as node indexes. The text of an article is where most running words stand:
paragraphs are weighed by their length, and the tree is followed from its root into the child that holds most of the
weight, as long as one child holds more than half.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import marks
from .tree import Tree

# A paragraph of running text: shorter ones are captions, bylines, teasers as often as text.
RUNNING = 80
_WEIGHT_CAP = 700
_ENOUGH = 240  # characters of text: less is a teaser, or a line below the heading
_PLENTY = 1000  # characters in paragraphs: no sidebar has so many, and "has-sidebar" may be said of what is beside one
_FEW = 400  # characters of text in paragraphs: less, and it is looked for elsewhere
# A character of these scripts says as much as two of others: kana and Han, hangul.
_DENSE = (("\u3040", "\u9fff"), ("\uac00", "\ud7af"))
_CARD = 2000  # characters: more inside a link is an article whose link was never closed
_LINES = 80  # characters: a date and a button, beside the text in one box with it
# The share of the weight a child must hold for the text to be looked for inside it.
_BEGINS = frozenset({"h1", "h2", "h3", "article"})  # a text of its own
_SHARE = 0.55

_OUTSIDE = frozenset(
    [
        "nav",
        "footer",
        "aside",
        "form",
        "figure",
        "figcaption",
        "noscript",
        "template",
        "button",
        "dialog",
        "select",
        "textarea",
        "script",
        "style",
        "iframe",
        "object",
        "svg",
        "table",
    ]
)


@dataclass(slots=True)
class Article:
    """The article's place: `holder` holds its text, `root` holder and heading; -1 where there is none."""

    holder: int = -1
    root: int = -1
    heading: int = -1
    first: int = -1
    final: int = -1
    end: int = -1  # the heading of another article below this one, on pages that go on without end
    prose: list[int] = field(default_factory=list)
    spine: frozenset[int] = frozenset()  # elements around heading or text: their names are the page's

    def prose_between(self, low: int, high: int) -> bool:
        """Whether a running paragraph begins at a node in [low, high]."""
        from bisect import bisect_left

        at = bisect_left(self.prose, low)
        return at < len(self.prose) and self.prose[at] <= high


def find_article(tree: Tree, title: str) -> Article:
    """Where the article of this page is. `title` is what the page's head calls it."""
    article = Article()
    weights: dict[int, int] = {}
    outside = _Outside(tree)
    candidates = _paragraphs(tree, outside, RUNNING)
    if sum(w for _, w in candidates) < _ENOUGH:
        wider = _Outside(tree, marks.APART - marks.LAYOUTS)
        found = _paragraphs(tree, wider, RUNNING)
        if sum(w for _, w in found) >= _PLENTY:
            outside, candidates = wider, found
    if sum(w for _, w in candidates) < _FEW and any(low <= c <= high for c in title for low, high in _DENSE):
        candidates = _paragraphs(tree, outside, RUNNING // 2)
    if sum(w for _, w in candidates) < _FEW:
        candidates += _loose(tree, outside)
        candidates.sort()
    article.end, candidates = _of_one(tree, candidates, title)
    directly: dict[int, int] = {}  # paragraphs mostly stand in one element
    for i, weight in candidates:
        directly[tree.parent[i]] = directly.get(tree.parent[i], 0) + weight
    for i, weight in directly.items():
        for up in [i, *tree.ancestors(i)]:
            weights[up] = weights.get(up, 0) + weight
    at = _heaviest(tree, weights)
    article.holder = at
    prose = [i for i, _ in candidates if tree.inside(i, at)] if at >= 0 else []
    article.prose = prose
    if prose:
        article.first, article.final = prose[0], prose[-1]
    article.heading = _heading(tree, article, title)
    if at < 0:
        article.holder = _shell(tree, article.heading)
        article.root = article.holder
    else:
        article.root = _common(tree, article.heading, at) if article.heading >= 0 else at
        if 0 < weights.get(at, 0) < _ENOUGH and tree.tags[article.root] not in ("body", "html"):
            article.holder = article.root  # so few words do not tell where the text is
        if article.root == at:
            article.root = _box(tree, at)
    ends = [i for i in (article.heading, article.first, article.holder) if i >= 0]
    article.spine = frozenset(up for i in ends for up in tree.ancestors(i, 2000)) | {article.holder, article.root}
    return article


def _paragraphs(tree: Tree, outside: _Outside, least: int) -> list[tuple[int, int]]:
    """The paragraphs of at least so many characters, each with its weight."""
    return [
        (i, min(weight, _WEIGHT_CAP))
        for i in sorted(tree.of["p"] + tree.of["blockquote"])
        if (weight := tree.visible(i)) >= least and not outside.holds(i)
    ]


def _box(tree: Tree, at: int) -> int:
    """The outermost element that prints no more than the text and a line or two: pictures may stand before the text."""
    most = tree.visible(at) + _LINES
    while (up := tree.parent[at]) >= 0 and tree.tags[up] not in ("body", "html", "main") and tree.visible(up) <= most:
        at = up
    return at


def _heaviest(tree: Tree, weights: dict[int, int]) -> int:
    """The innermost element that holds most of the weight; -1 where there is none."""
    at = 0 if weights else -1
    while at >= 0:
        best, heaviest = -1, 0
        for child in tree.children(at):
            if weights.get(child, 0) > heaviest:
                best, heaviest = child, weights[child]
        if best < 0 or heaviest < _SHARE * weights.get(at, 0) or _in_parts(tree, at, best, weights):
            break
        at = best
    return at


def _in_parts(tree: Tree, at: int, best: int, weights: dict[int, int]) -> bool:
    """Whether the text goes on in other elements of the same name, none of which has a heading: parts of one text."""
    mine = _made(tree, best)
    parts = [i for i in tree.children(at) if i in weights and _made(tree, i) == mine] if mine[1] else []
    inside = (tree.tags[i + 1 : tree.last[i] + 1] for i in parts)
    return len(parts) > 1 and all(_BEGINS.isdisjoint(tags) for tags in inside)


def _made(tree: Tree, i: int) -> tuple[str, str]:
    """What kind of part an element is: what its maker calls it, or its last class."""
    words = tree.words(i).split()
    return tree.tags[i], tree.get(i, "data-component") or (words[-1] if words else "")


def _of_one(tree: Tree, candidates: list[tuple[int, int]], title: str) -> tuple[int, list[tuple[int, int]]]:
    """On a page of several articles, the heading that follows this one's text, and the text before that; else -1."""
    headings = [i for i in tree.of["h1"] if tree.visible(i) >= RUNNING // 8]
    kind = tree.words(headings[0]) if len(headings) > 1 else ""
    headings = [i for i in headings if kind and tree.words(i) == kind]
    said = set(_fold(title).split())
    scored = [(len(said & set(_fold(tree.text(i)).split())), -n) for n, i in enumerate(headings)]
    score, n = max(scored, default=(0, 0))
    if score < 2 or len(headings) - 1 <= -n:
        return -1, candidates
    low, high = headings[-n], headings[-n + 1]
    own = [(i, weight) for i, weight in candidates if low < i < high]
    return (high, own) if sum(weight for _, weight in own) >= _ENOUGH else (-1, candidates)


def _shell(tree: Tree, heading: int) -> int:
    """Where no running text is found: the element that says it is the article."""
    for up in tree.ancestors(heading, 400) if heading >= 0 else ():
        if tree.tags[up] in ("article", "main"):
            return up
    for wanted in ("article", "main"):
        if tree.of[wanted]:
            return tree.of[wanted][0]
    return -1


class _Outside:
    """Which elements hold other words than the article's: by their tags, or by `names` in class or id."""

    def __init__(self, tree: Tree, names: frozenset[str] = marks.APART) -> None:
        self.tree, self.names = tree, names
        # names on an element that holds a heading are the page's own: nothing in them keeps its text out
        self.known = {up: False for i in tree.of["h1"] for up in tree.ancestors(i, 400)}

    def holds(self, i: int) -> bool:
        """Whether a node stands in such an element."""
        tree, known = self.tree, self.known
        chain = []
        up, verdict = i, False
        while up >= 0:
            if up in known:
                verdict = known[up]
                break
            chain.append(up)
            tag = tree.tags[up]
            if (
                tag in _OUTSIDE
                or (tag == "a" and tree.visible(up) < _CARD)  # the words of a card that is a link as a whole
                or (tag != "body" and marks.class_words(tree.words(up)) & self.names and tree.visible(up) < 6000)
            ):
                verdict = True
                break
            up = tree.parent[up]
        for up in chain:
            known[up] = verdict
        return verdict


def _loose(tree: Tree, outside: _Outside) -> list[tuple[int, int]]:
    """Running text that stands in no paragraph element: long text nodes, by the element they stand in."""
    found: dict[int, int] = {}
    for i, tag in enumerate(tree.tags):
        if not tag and tree.chars[i + 1] - tree.chars[i] >= RUNNING:
            up = tree.parent[i]
            if up >= 0 and tree.tags[up] not in ("p", "blockquote", "a", "script") and not outside.holds(up):
                found[i] = min(tree.chars[i + 1] - tree.chars[i], _WEIGHT_CAP)
    return list(found.items())


def _heading(tree: Tree, article: Article, title: str) -> int:
    """The article's h1: the one that says what the title says, else the last before the text."""
    found = [i for i in tree.of["h1"] if tree.visible(i)]
    if not found:
        wanted = _fold(title)
        if len(wanted) > 12:
            others = sorted(tree.of["h2"] + tree.of["h3"])[:200]
            found = [i for i in others if 12 < tree.visible(i) < 300 and _fold(tree.text(i)) in wanted]
        return found[0] if found else -1
    if len(found) > 1:
        found = [i for i in found if not marks.hidden(tree.get(tree.parent[i], "style"))] or found
        said = set(_fold(title).split())
        scored = [(len(said & set(_fold(tree.text(i)).split())), -n) for n, i in enumerate(found)]
        best = max(scored)
        if best[0] > 1:
            return found[-best[1]]
        before = [i for i in found if article.first < 0 or i < article.first]
        return before[-1] if before else found[0]
    return found[0]


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _common(tree: Tree, a: int, b: int) -> int:
    """The innermost element that holds both."""
    if b < 0:
        return tree.parent[a]
    around = {b, *tree.ancestors(b, 400)}
    for up in [a, *tree.ancestors(a, 400)]:
        if up in around:
            return up
    return 0
