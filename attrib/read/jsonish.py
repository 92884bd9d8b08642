"""The objects of JSON as it stands in a page: in a script, in an assignment of a program, in an attribute.

In: a source and where in it to look. Out: the objects with their strings, each with its place, and how they are
nested. What is no JSON (names without quotes, `undefined`, variables) is passed over; nothing is run, nothing raises.
One pass, and the time is that of one pattern over the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model import Run, Span, Text

# The state of a large page has some 10,000 objects.
MOST_OBJECTS = 40_000
MOST_STRINGS = 400_000

_QUOTE = r"&(?:quot|#34|#x22);"
_TOKEN = re.compile(
    rf"[{{}}\[\]:,]|\"((?:[^\"\\]|\\.)*)(?:\"|\\?\Z)|"
    rf"{_QUOTE}((?:[^&\\]|\\.|&(?!(?:quot|#34|#x22);))*)(?:{_QUOTE}|\\?\Z)|[A-Za-z_$][\w$]*",
    re.S,
)
_PIECE = re.compile(
    r"\\u[0-9A-Fa-f]{4}(?:\\u[Dd][C-Fc-f][0-9A-Fa-f]{2})?|\\.|<(?:\\?/)?[A-Za-z][^<>]{0,400}>|&(?:#\w{1,8}|\w{2,31});|\s+",
    re.S,
)
_ESCAPES = {"n": " ", "r": " ", "t": " ", "b": "", "f": " "}


@dataclass(slots=True)
class Object:
    """One object: the name it stands under, the object around it (-1: none), its strings by their name."""

    name: str
    parent: int
    place: Span
    strings: dict[str, Span] = field(default_factory=dict)


def objects(source: str, start: int, end: int) -> list[Object]:
    """The objects of a stretch of source, in the order they begin."""
    found: list[Object] = []
    stack: list[int] = []  # objects and arrays that are open; an array stands for the object around it
    names: list[str] = []  # the name each of them stands under
    name, value = "", ""
    key: Span | None = None
    for n, match in enumerate(_TOKEN.finditer(source, start, end)):
        sign = match[0]
        if n > MOST_STRINGS or len(found) >= MOST_OBJECTS:
            break
        if sign == ":":
            name, key = value, None
        elif sign in "{[":
            inside = stack[-1] if stack else -1
            under = name or (names[-1] if names else "")
            if sign == "{":
                found.append(Object(under, inside, Span(match.start(), end)))
                inside = len(found) - 1
            stack.append(inside)
            names.append(under)
            name, key = "", None
        elif sign in "}],":
            if key is not None and name and stack and stack[-1] >= 0:
                found[stack[-1]].strings.setdefault(name, key)
            name, key = "", None
            if sign != "," and stack:
                done = stack.pop()
                names.pop()
                if sign == "}" and done >= 0:
                    found[done].place = Span(found[done].place.start, match.end())
        else:
            group = 1 if match[1] is not None else 2 if match[2] is not None else 0
            key = Span(*match.span(group)) if group else None
            value = match[group][:80] if group else sign
    return found


def text(source: str, place: Span) -> Text:
    """A string of JSON as words: escapes and character references decoded, tags left out, white space folded."""
    words: list[str] = []
    runs: list[Run] = []
    at, gap = 0, False
    for left, right, value in _pieces(source, *place):
        if value.isspace() or not value:
            gap = gap or value != ""
            continue
        if gap and words:
            words.append(" ")
            at += 1
        gap = False
        if source.startswith(value, left) and right - left == len(value):
            runs.append(Run(at, left, right - left))
        words.append(value)
        at += len(value)
    return Text("".join(words), place, tuple(runs))


def _pieces(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    at = start
    for match in _PIECE.finditer(source, start, end):
        if match.start() > at:
            yield at, match.start(), source[at : match.start()]
        at = match.end()
        yield match.start(), at, _decoded(match[0])
    if at < end:
        yield at, end, source[at:end]


def _decoded(piece: str) -> str:
    if piece.startswith("\\u") and len(piece) >= 6:
        code = int(piece[2:6], 16)
        if len(piece) > 6 and 0xD800 <= code < 0xDC00:
            return chr(0x10000 + ((code - 0xD800) << 10) + int(piece[8:12], 16) - 0xDC00)
        return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
    if piece.startswith("\\"):
        return _ESCAPES.get(piece[1], piece[1])
    if piece.startswith("<"):
        return " "
    return html.unescape(piece) if piece.startswith("&") else " "
