"""The whole page as flat arrays, after one pass of a fast parser.

In: the decoded source. Out: a `Tree`: elements and texts in document order, each with parent and last descendant, so
that "inside", "before" and "how much text" are comparisons of integers. The parser's nodes stay in here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import Any

import turbohtml

from ...model import Place, Span
from ..place import same_length

# A page beyond this is no article: the longest of 1,911 news pages measured has 9 million characters and 60,000 nodes.
LONGEST = 12_000_000
MOST_NODES = 300_000

_SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "title",
        "textarea",
        "option",
        "head",
        "iframe",
        "svg",
        "button",
        "video",
        "audio",
        "select",
        "canvas",
    }
)
_INDEXED = (
    "img",
    "amp-img",
    "image",
    "video",
    "amp-video",
    "source",
    "meta",
    "link",
    "title",
    "html",
    "base",
    "h1",
    "h2",
    "h3",
    "p",
    "blockquote",
    "article",
    "main",
    "script",
    "figcaption",
)

# Two of three elements, which are neither of these: known at once.
_PLAIN = frozenset({"a", "div", "g", "i", "li", "path", "span", "stop", "strong", "ul", "use"})


class Tree:
    """One page. `tags[i]` is "" for a text; `parent[0]` is -1; `last[i]` is the last node inside i (i itself if none).

    `of` lists the elements of the tags asked for most, `custom` those of the publisher's own making. Texts of nothing
    but white space, and texts no reader sees (scripts, styles), are left out.

    `chars[i]` counts the visible characters before node i, so that `chars[last[i] + 1] - chars[i]` are those inside.
    """

    __slots__ = (
        "_attrs",
        "_classes",
        "_document",
        "_gaps",
        "_index",
        "_places",
        "_spans",
        "chars",
        "custom",
        "cut",
        "last",
        "nodes",
        "of",
        "parent",
        "source",
        "tags",
    )

    def __init__(self, source: str) -> None:  # noqa: C901  (one tight loop over every node: calls would double its time)
        self.source = source
        self.cut = ""
        text = same_length(source)
        if len(text) > LONGEST:
            text = text[:LONGEST]
            self.cut = f"only the first {LONGEST:,} of {len(source):,} characters were read"
        document = turbohtml.parse(text, source_locations=True, allow_declarative_shadow_roots=False)
        nodes: list[Any] = []
        tags: list[str] = []
        parent: list[int] = []
        last: list[int] = []
        chars: list[int] = []
        of: dict[str, list[int]] = {tag: [] for tag in _INDEXED}
        custom: list[int] = []
        gaps: list[int] = []
        around: Any = document  # the innermost open element, by the parser's node and by index,
        up = -1
        opened: list[Any] = []  # and the nodes of those around it
        silent = -1  # the outermost open element that is silent
        total, data = 0, ""
        element, words, fragment = turbohtml.Element, turbohtml.Text, turbohtml.DocumentFragment
        i = 0
        for node in islice(document.descendants, MOST_NODES):
            kind = type(node)
            if kind is words:
                if silent < 0:
                    data = node.data  # type: ignore[attr-defined]
                    if data.isspace():
                        gaps.append(i)
                        continue
                tag = ""
            elif kind is element:
                tag = node.tag  # type: ignore[attr-defined]
            elif kind is fragment:  # the content of a template hangs on one that hangs on nothing
                opened.append(around)
                around = node
                continue
            else:
                continue
            outer = node.parent
            while around is not outer:
                last[up] = i - 1
                if up == silent:
                    silent = -1
                    data = node.data if kind is words else ""  # type: ignore[attr-defined]
                if type(around) is not fragment:
                    up = parent[up]
                around = opened.pop()
            if not tag and (silent >= 0 or data.isspace()):
                if silent < 0:
                    gaps.append(i)
                continue
            chars.append(total)
            nodes.append(node)
            tags.append(tag)
            parent.append(up)
            last.append(i)
            if tag:
                opened.append(around)
                around, up = node, i
                if tag not in _PLAIN:
                    if tag in of:
                        of[tag].append(i)
                    elif "-" in tag:
                        custom.append(i)
                    if silent < 0 and tag in _SILENT:
                        silent = i
            else:
                total += len(data.strip())
            i += 1
        while up >= 0:
            last[up] = i - 1
            up = parent[up]
        chars.append(total)
        if i >= MOST_NODES - 1:
            self.cut = f"only the first {MOST_NODES:,} elements and texts were read"
        self.of, self.custom, self._gaps = of, custom, gaps
        self._document, self._index = document, dict[Any, int]()
        self.nodes, self.tags, self.parent, self.last, self.chars = nodes, tags, parent, last, chars
        self._attrs: dict[int, dict[str, str]] = {}
        self._classes: dict[int, str] = {}
        self._places: dict[int, Any] = {}
        self._spans: dict[int, Span] = {}

    def __len__(self) -> int:
        return len(self.tags)

    def select(self, selector: str) -> list[int]:
        """The elements a CSS selector finds, by the parser's own fast search."""
        found = self._document.select(selector)
        if found and not self._index:
            self._index = {node: i for i, node in enumerate(self.nodes)}
        return [i for i in map(self._index.get, found) if i is not None]

    def microdata(self) -> list[Any]:
        """The items of the page's microdata."""
        return list(self._document.microdata())

    def rdfa(self) -> list[Any]:
        """The items of the page's RDFa."""
        return list(self._document.rdfa())

    def attrs(self, i: int) -> dict[str, str]:
        """The attributes of an element, values decoded; classes as one string."""
        found = self._attrs.get(i)
        if found is None:
            found = self._attrs[i] = {
                name: value if type(value) is str else " ".join(value) if value else ""
                for name, value in self.nodes[i].attrs.items()
            }
        return found

    def get(self, i: int, name: str) -> str | None:
        """One attribute of an element, as written but for its entities."""
        value: str | None = self.nodes[i].attr(name)
        return value

    def words(self, i: int) -> str:
        """Class and id of an element as written, for looking for telling words; kept once read."""
        found = self._classes.get(i)
        if found is None:
            attr = self.nodes[i].attr
            found, own = attr("class") or "", attr("id")
            if own:
                found = f"{found} {own}"
            self._classes[i] = found
        return found

    def place(self, i: int) -> Any:
        """The parser's location of an element (start tag, end tag, attributes), or None for one it made up."""
        if i not in self._places:
            self._places[i] = self.nodes[i].source_location
        return self._places[i]

    def tag(self, i: int) -> Span:
        """The place of the start tag of an element; empty for one the parser made up."""
        found = self._spans.get(i)
        if found is None:
            place = self.place(i)
            found = Span(place.start_tag.start_offset, place.start_tag.end_offset) if place else Span(0, 0)
            self._spans[i] = found
        return found

    def spot(self, i: int) -> tuple[Span, Place] | None:
        """The place of the start tag of an element, in characters and as people count; None for one made up."""
        place = self.place(i)
        if not place:
            return None
        tag = place.start_tag
        return self.tag(i), Place(tag.start_line, tag.start_col + 1, tag.end_line, tag.end_col + 1)

    def offset(self, i: int) -> int:
        """Where an element begins; -1 for one the parser made up."""
        place = self.place(i)
        return int(place.start_tag.start_offset) if place else -1

    def start(self, i: int) -> int:
        """Where the start tag of an element begins; that of the next real element for one the parser made up."""
        end = self.last[i]
        while i <= end:
            if self.tags[i]:
                place = self.place(i)
                if place is not None:
                    return int(place.start_tag.start_offset)
            i += 1
        return -1

    def inner(self, i: int) -> tuple[int, int]:
        """The source between the tags of an element; (0, 0) when that cannot be told."""
        place = self.place(i)
        if place is None:
            return (0, 0)
        left = int(place.start_tag.end_offset)
        if place.end_tag is not None:
            return (left, max(left, int(place.end_tag.start_offset)))
        return (left, max(left, self.end(i)))

    def end(self, i: int) -> int:
        """Where an element ends: after its end tag, or where the next element that is not inside it begins."""
        place = self.place(i)
        if place is not None and place.end_tag is not None:
            return int(place.end_tag.end_offset)
        after = self.last[i] + 1
        if place is not None and after == i + 1:
            return int(place.start_tag.end_offset)
        up = self.parent[i]
        # the next element in document order begins here at the latest, and an open parent ends here at the latest
        while after < len(self.tags) and not self.tags[after] and self.parent[after] != up:
            after += 1
        nearest = len(self.source)
        for candidate in range(after, min(after + 64, len(self.tags))):
            if self.tags[candidate]:
                found = self.place(candidate)
                if found is not None:
                    nearest = int(found.start_tag.start_offset)
                    break
        for _ in range(64):
            if up < 0:
                break
            found = self.place(up)
            if found is not None and found.end_tag is not None:
                nearest = min(nearest, int(found.end_tag.start_offset))
                break
            up = self.parent[up]
        floor = int(place.start_tag.end_offset) if place is not None else 0
        return max(nearest, floor)

    def ancestors(self, i: int, limit: int = 48) -> list[int]:
        """The elements around a node, innermost first, at most `limit` of them."""
        found: list[int] = []
        parent = self.parent
        up = parent[i]
        for _ in range(limit):
            if up < 0:
                break
            found.append(up)
            up = parent[up]
        return found

    def visible(self, i: int) -> int:
        """How many characters of visible text are inside an element."""
        return self.chars[self.last[i] + 1] - self.chars[i]

    def inside(self, i: int, outer: int) -> bool:
        """Whether node i is in (or is) element `outer`."""
        return outer <= i <= self.last[outer]

    def text(self, i: int) -> str:
        """The visible text inside an element, white space folded."""
        parts = []
        j, end = i, self.last[i]
        gaps = set(self._gaps[bisect_left(self._gaps, i) : bisect_right(self._gaps, end)])
        while j <= end:
            tag = self.tags[j]
            if j in gaps:
                parts.append(" ")
            if not tag:
                parts.append(self.nodes[j].data)
            elif tag in _SILENT:
                j = self.last[j]
            elif tag in BLOCKS:
                parts.append(" ")
            j += 1
        return " ".join("".join(parts).split())

    def children(self, i: int) -> list[int]:
        """The nodes directly inside an element."""
        found = []
        j, end = i + 1, self.last[i]
        while j <= end:
            found.append(j)
            j = self.last[j] + 1
        return found


# Elements that begin a line of their own.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
