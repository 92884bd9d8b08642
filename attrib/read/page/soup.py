"""The markup of one block as BeautifulSoup nodes, each with its place in the source.

In: a source and a stretch of it. Out: elements and texts in document order, each with where its start tag or its words
begin and end. BeautifulSoup takes whatever nesting it meets; its tags come from the parser that read the page, so both
agree on where one begins. Scripts, styles, comments and drawings (but for their titles) have no words and are left out.
"""

from __future__ import annotations

from io import StringIO
from threading import local
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from turbohtml import TokenType, tokenize

# Of 3,126 captioned blocks measured the longest had 41 KB beside its pictures' addresses, the fullest 190 tags.
LONGEST = 240_000
MOST_NODES = 600

_TEXT, _START, _END = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG
_SPACE = " \t\n\r\f\0"
_ASKED = frozenset({"class", "hidden", "id", "itemprop", "onclick", "role", "style"})
_WORDLESS = frozenset({"script", "style", "svg"})
_EMPTY = _WORDLESS | {"input", "link", "meta", "param", "picture", "source", "track"}
_NO_DRAWING = frozenset({"div", "figcaption", "img", "p", "table"})  # ends a drawing nobody closed


class Node(NamedTuple):
    """An element or a text of the soup, the element around it, and where its start tag or its words stand."""

    what: Any  # None for white space
    outer: Any
    start: int
    end: int


def soup(source: str, start: int, end: int) -> tuple[list[Node], bool]:
    """The nodes between two places of a source, and whether some were left out.

    References are not resolved, "&" is "+": words are read from the source itself.
    """
    piece = source[start : min(end, start + LONGEST)]
    # words are to be as long as their source, and "</>" gives no tag and no words
    piece = piece.replace("\r", " ").replace("&", "+").replace("</>", "<!>")
    builder = _OF_THREAD.builder
    builder.start = start
    BeautifulSoup(StringIO(piece), builder=builder)  # of a string it would ask what it may mean
    return builder.nodes, builder.cut or start + len(piece) < end


class _Builder(HTMLTreeBuilder):
    """What BeautifulSoup is told of tags and words."""

    soup: Any
    start: int
    nodes: list[Node]  # in the order of their making
    cut: bool

    def feed(self, markup: Any) -> None:
        self.nodes, self.cut = [], False
        at = 0
        while at >= 0:  # what is in a noscript would come as one text: behind its tag we begin anew
            at = self._take(markup, at)

    def _take(self, markup: str, at: int) -> int:
        """Hand on what comes before the end or the content of a noscript; where that begins, or -1."""
        made, nodes, start = self.soup, self.nodes, self.start
        wordless = ""  # the script, style or drawing around
        token: Any
        for token in tokenize(markup[at:], capture_source=True):
            kind, name, left, outer = token.type, token.tag, at, made.currentTag
            if kind is _TEXT:
                at += len(token.data)
                if wordless and outer.name != "title":
                    continue
                what = self._text(token.data)
            else:
                at += len(token.source)
                if kind is _END:
                    if name == wordless:
                        wordless = ""
                    elif not wordless or name == "title":
                        made.handle_endtag(name)
                if kind is not _START:
                    continue
                if name in _NO_DRAWING:
                    wordless = ""
                elif name in _WORDLESS and not token.self_closing:
                    wordless = wordless or name
                if name in _EMPTY or (wordless and name != "title"):
                    continue
                what = made.handle_starttag(name, None, None, {k: v for k, v in token.attrs if k in _ASKED})
                if token.self_closing or what.can_be_empty_element:
                    made.handle_endtag(name)
            nodes.append(Node(what, outer, start + left, start + at))
            if len(nodes) == MOST_NODES:
                self.cut = True
                return -1
            if name == "noscript":
                return at
        return -1

    def _text(self, data: str) -> Any:
        """The node of a text; None for white space, which nobody asks of."""
        if not data.strip(_SPACE):
            return None
        self.soup.handle_data(data)
        self.soup.endData()
        return self.soup.currentTag.contents[-1]


class _OfThread(local):
    """How soup is made: once for all blocks that a thread reads, since it takes as long as reading a small one."""

    def __init__(self) -> None:
        none: Any = None  # bs4 takes it, and has not told its types so
        self.builder = _Builder(multi_valued_attributes=none)


_OF_THREAD = _OfThread()
