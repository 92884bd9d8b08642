"""Where Markdown's pictures, links and emphasis stand in a text.

In: the whole text. Out: `Marks`: pictures with their parts, stretches that are links, and the stretches that are
marks and no words. One pass with a stack of brackets; every pattern is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from ..model import Span

# A link's opening bracket is looked for no further back than this; renditions put whole teasers into one link.
REACH = 4000

# The address: bare (brackets in pairs), in angle brackets, or data: with the spaces some converters leave in it. What
# breaks lines at a width may do so behind a hyphen of an address, and in a title.
_SIGN = r"(?:[^\s()]|(?<=-)\r?\n(?=[^\s()]))"
_BARE = rf"{_SIGN}{{0,3000}}(?:\({_SIGN}{{0,200}}\){_SIGN}{{0,3000}}){{0,4}}"
_ADDRESS = rf"(?:<[^<>\n]{{0,3000}}>|data:[^()\n]{{0,20000}}|{_BARE})"
_TITLED = r"(?:[^\"\n]|\n(?=\S)){0,500}"
_TOKEN = re.compile(
    rf"\\.|(?P<picture>!\[)|(?P<open>\[)|\]\(\s{{0,99}}(?P<address>{_ADDRESS})(?:\s{{1,99}}\"(?P<title>{_TITLED})\")?\s{{0,99}}\)|(?P<close>\])"
)
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+)|\\(?=[!-/:-@\[-`{-~])")
# What Markdown lets stand that no reader sees: HTML and its comments, tags of site generators ("{% … %}", "{{< … >}}",
# "{{ figure(…) }}"), attributes as kramdown writes them ("{: .wide}") and others behind a picture ("{ width=300 }"),
# and the marks of a block for a caption ("/// caption").
_UNSEEN = re.compile(
    r"<!--[^<]{0,2000}?-->|</?[a-z][a-z0-9-]{0,30}(?:\s[^<>]{0,3000})?/?>"
    r"|\{%[^{}]{0,2000}%\}|\{\{[<%][^{}]{0,2000}[>%]\}\}|\{\{\s?\w{1,40}\([^{}]{0,2000}\)\s?\}\}|\{:[^{}\n]{0,300}\}"
    r"|(?<=\))\{(?!%|\{)[^{}\n]{0,300}\}|^/{3,9}(?:[ \t]{0,9}(?:figure-)?caption\b[^\n]{0,200})?[ \t]{0,9}$",
    re.I | re.M,
)
_IMG = re.compile(r"<(?:img|image|picture)\s", re.I)
_SRC, _ALT = (re.compile(rf"\s{name}\s?=\s?(?:\"([^\"]*)\"|'([^']*)')", re.I) for name in ("src", "alt"))
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)", re.M)


class Picture(NamedTuple):
    """`![alt](address "title")` or `<img>`: the whole, and its parts."""

    whole: Span
    alt: Span
    address: Span
    title: Span | None


class Marks(NamedTuple):
    """Pictures and links in order, and what a reader does not see, sorted and apart."""

    pictures: tuple[Picture, ...]
    links: tuple[Span, ...]
    unseen: tuple[Span, ...]

    def linked(self, start: int, end: int) -> Span | None:
        """The link that a stretch stands in, if any."""
        at = bisect_right(self.links, (start, len(self.links) and 1 << 60))
        return next((link for link in self.links[max(0, at - 8) : at] if link.start <= start and end <= link.end), None)

    def seen(self, start: int, end: int) -> list[Span]:
        """The parts of a stretch that a reader sees, in order."""
        parts, at = [], start
        first = max(0, bisect_right(self.unseen, (start, 0)) - 1)
        for mark in self.unseen[first : bisect_left(self.unseen, (end, 0), first)]:
            if mark.end <= at:
                continue
            if mark.start > at:
                parts.append(Span(at, mark.start))
            at = mark.end
        if at < end:
            parts.append(Span(at, end))
        return parts


def fences(text: str) -> list[int]:
    """Where the fences of code stand: every second one closes."""
    return [match.start() for match in _FENCE.finditer(text)]


def marks(text: str) -> Marks:
    """Find the marks of a Markdown text; what stands between fences is left alone."""
    fenced = fences(text)
    pictures: list[Picture] = []
    links: list[Span] = []
    unseen: list[Span] = []
    stack: list[tuple[int, bool]] = []
    for match in _TOKEN.finditer(text):
        if bisect_right(fenced, match.start()) % 2:
            continue
        if match["picture"] or match["open"]:
            stack.append((match.start(), bool(match["picture"])))
        elif match["close"] or match["address"] is not None:
            opening = stack.pop() if stack else None
            if opening is None or match["address"] is None or match.start() - opening[0] > REACH:
                continue
            start, is_picture = opening
            if is_picture:
                low, high = match.span("address")
                if match["address"].startswith("<"):
                    low, high = low + 1, high - 1
                title = Span(*match.span("title")) if match["title"] is not None else None
                pictures.append(
                    Picture(Span(start, match.end()), Span(start + 2, match.start()), Span(low, high), title)
                )
                unseen.append(Span(start, match.end()))
            else:
                links.append(Span(start + 1, match.start()))
                unseen += [Span(start, start + 1), Span(match.start(), match.end())]
    for match in _UNSEEN.finditer(text):
        if not bisect_right(fenced, match.start()) % 2:
            unseen.append(Span(*match.span()))
            pictures += _element(text, *match.span())
    unseen += [Span(*match.span()) for match in _EMPHASIS.finditer(text)]
    return Marks(tuple(sorted(pictures)), tuple(sorted(links)), tuple(_apart(unseen)))


def _element(text: str, start: int, end: int) -> list[Picture]:
    """The picture of an HTML tag, if it is one that has an address."""
    address = _SRC.search(text, start, end) if _IMG.match(text, start, end) else None
    if address is None:
        return []
    alt = _ALT.search(text, start, end)
    said = Span(*alt.span(alt.lastindex or 0)) if alt else Span(end, end)
    return [Picture(Span(start, end), said, Span(*address.span(address.lastindex or 0)), None)]


def _apart(spans: list[Span]) -> list[Span]:
    """Spans sorted, those inside or over an earlier one joined to it."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
