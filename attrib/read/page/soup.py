"""The markup of one block as BeautifulSoup nodes, each with its place in the source.

In: a source and a stretch of it. Out: elements and texts in document order, each with where its start tag or its words
begin and end. BeautifulSoup takes whatever nesting it meets; its tags come from the parser that read the page, so both
agree on where one begins. Scripts, styles, comments and drawings (but for their titles) have no words and are left out.
"""

from __future__ import annotations

from functools import cache
from io import StringIO
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from turbohtml import TokenType, tokenize

# Of 3,126 captioned blocks measured the longest had 41 KB beside its pictures' addresses, the fullest 190 tags.
LONGEST = 240_000
MOST_NODES = 600

_ASKED = frozenset({"class", "hidden", "id", "itemprop", "role", "style"})
_WORDLESS = frozenset({"script", "style", "svg"})
_EMPTY = _WORDLESS | {"input", "link", "meta", "param", "picture", "source", "track"}
_NO_DRAWING = frozenset({"div", "figcaption", "img", "p", "table"})  # ends a drawing nobody closed


def soup(source: str, start: int, end: int) -> tuple[list[tuple[Any, int, int]], bool]:
    """The nodes between two places of a source, and whether some were left out.

    References are not resolved, "&" is "+": words are read from the source itself.
    """
    piece = source[start : min(end, start + LONGEST)]
    piece = piece.replace("\r", " ").replace("&", "+")  # then words are as long as their source
    builder = _builder()
    nodes = BeautifulSoup(StringIO(piece), builder=builder).descendants  # of a string it would ask what it may mean
    placed = [(node, start + left, start + right) for node, (left, right) in zip(nodes, builder.places, strict=True)]
    return placed, builder.cut or start + len(piece) < end


class _Builder(HTMLTreeBuilder):
    """What BeautifulSoup is told of tags and words."""

    soup: Any
    places: list[tuple[int, int]]  # of the nodes, in the order of their making
    cut: bool

    def feed(self, markup: Any) -> None:
        self.places, self.cut = [], False
        at = 0
        while at >= 0:  # what is in a noscript would come as one text: behind its tag we begin anew
            at = self._take(markup, at)

    def _take(self, markup: str, at: int) -> int:
        """Hand on what comes before the end or the content of a noscript; where that begins, or -1."""
        made, places = self.soup, self.places
        wordless = ""  # the script, style or drawing around
        token: Any
        for token in tokenize(markup[at:], capture_source=True):
            kind, name, left = token.type, token.tag, at
            if kind is TokenType.TEXT:
                at += len(token.data)
                if wordless and made.currentTag.name != "title":
                    continue
                made.handle_data(token.data)
                made.endData()
            else:
                at += len(token.source)
                if kind is TokenType.END_TAG:
                    if name == wordless:
                        wordless = ""
                    elif not wordless or name == "title":
                        made.handle_endtag(name)
                if kind is not TokenType.START_TAG:
                    continue
                if name in _NO_DRAWING:
                    wordless = ""
                elif name in _WORDLESS and not token.self_closing:
                    wordless = wordless or name
                if name in _EMPTY or (wordless and name != "title"):
                    continue
                tag = made.handle_starttag(name, None, None, {k: v for k, v in token.attrs if k in _ASKED})
                if token.self_closing or tag.can_be_empty_element:
                    made.handle_endtag(name)
            places.append((left, at))
            if len(places) == MOST_NODES:
                self.cut = True
                return -1
            if name == "noscript":
                return at
        return -1


@cache
def _builder() -> _Builder:
    """How soup is made; one for all blocks, since making it takes as long as reading a small one."""
    none: Any = None  # bs4 takes it, and has not told its types so
    return _Builder(multi_valued_attributes=none)
