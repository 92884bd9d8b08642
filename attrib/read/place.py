"""Stretches of markup become `Text`: entities decoded, white space folded, every character tied to its place.

In: a source and the places of raw character data in it (no tags inside). Out: a `Text` whose span, sliced from the
source, is exactly the markup the words were read from, and whose runs place single characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from turbohtml import tokenize, unescape

from ..model import Run, Span, Text

# A character reference as HTML writes it (the longest name has 31 letters), white space, or plain words.
_TOKEN = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?|[\s\0]+|[^&\s\0]+(?: [^&\s\0]+)*|&"
)
_PARTS = re.compile(r"&[#\w]{1,32};?|[^&\s]+")
_NARROWED = 4000
_CLEAN = re.compile(r"[^&\s\0]+(?: [^&\s\0]+)*")
# A tag or a comment, quotes respected. Whoever uses it feeds it a slice of bounded length.
MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<(?=[A-Za-z/!?])[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*(?:>|\Z)", re.S)

# A start tag from its bracket on, quotes respected.
START_TAG = re.compile(r"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>?")


def same_length(source: str) -> str:
    """The source with `\\r\\n` as " \\n", so that a parser that counts it as one keeps our offsets.

    A lone carriage return is a line end too, and one character for everyone.
    """
    if "\r" in source:
        return source.replace("\r\n", " \n").replace("\r", "\n")
    return source


def compose(source: str, pieces: Iterable[tuple[int, int]]) -> Text | None:  # noqa: C901  (one pass over the pieces)
    """One text out of raw pieces, in reading order; None when there is nothing but white space.

    White space at the end of one piece and the start of the next counts once. An empty piece
    parts two lines as white space does, but for a bracket that opens. NUL stands for nothing: whoever blanks markup
    inside a slice fills it with NULs.
    """
    words: list[str] = []
    runs: list[Run] = []
    at = 0
    gap = False  # white space seen since the last word
    first = last = -1
    for start, end in pieces:
        if start == end:
            gap = gap or not (words and words[-1].endswith(("(", "[")))
            continue
        whole = _CLEAN.fullmatch(source, start, end)
        tokens: Iterator[re.Match[str]] = iter((whole,)) if whole else _TOKEN.finditer(source, start, end)
        for match in tokens:
            left, right = match.span()
            head = source[left]
            if head.isspace() or head == "\0":
                gap = gap or any(c != "\0" for c in match[0])
                continue
            value = match[0]
            if head == "&" and len(value) > 1:
                value = unescape(value)
                if value.isspace():
                    gap = True
                    continue
                value = value.replace("\0", "")
                literal = value == match[0]
            else:
                literal = True
            if not value:
                continue
            if gap and words:
                if runs and literal and runs[-1].source + runs[-1].length == left - 1 and source[left - 1] == " ":
                    # the one space between is the source's own
                    tail = runs[-1]
                    if tail.at + tail.length == at:
                        runs[-1] = Run(tail.at, tail.source, tail.length + 1)
                words.append(" ")
                at += 1
            gap = False
            if literal:
                tail = runs[-1] if runs else Run(0, -1, 0)
                if tail.source + tail.length == left and tail.at + tail.length == at and runs:
                    runs[-1] = Run(tail.at, tail.source, tail.length + len(value))
                else:
                    runs.append(Run(at, left, len(value)))
            if first < 0:
                first = left
            last = right
            words.append(value)
            at += len(value)
    if first < 0:
        return None
    return Text("".join(words), Span(first, last), tuple(runs))


def data_between(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The raw character data of `source[start:end]`, tags and comments left out. For slices of bounded length."""
    at = start
    for match in MARKUP.finditer(source, start, end):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < end:
        yield at, end


def exact(source: str, text: Text) -> Text:
    """A part of a text with its place narrowed to its own markup, where it begins or ends in a character reference.

    Such a character stands in no run, so its neighbours place it, and the place may take in what stands before it.
    """
    if text.span is None or not text.value:
        return text
    start, end = text.span
    if end - start > _NARROWED:
        return text
    whole = compose(source, data_between(source, start, end))
    if whole is None or whole.value == text.value or not whole.span:
        return text
    tokens = [m.span() for piece in data_between(source, start, end) for m in _PARTS.finditer(source, *piece)]
    for left in [a for a, _ in tokens[:12]] or [start]:
        for right in [b for _, b in tokens[:-13:-1]] or [end]:
            found = compose(source, data_between(source, left, right)) if left < right else None
            if found is not None and found.value == text.value:
                return found
    return text


def attribute(source: str, span: tuple[int, int]) -> Text:
    """The value of an attribute whose whole place (`name="value"`) is known: decoded, with its own place.

    An attribute without a value gives an empty text at its end.
    """
    left, right = value_span(source, *span)
    text = compose(source, ((left, right),)) if left < right else None
    return text if text is not None else Text("", Span(left, right))


def resolved(value: str) -> str:
    """A stretch of an attribute's value as the parser gives it: there "&copy=1" is no sign, as in an address."""
    if "&" not in value:
        return value
    tag = next(tokenize('<a b="' + value.replace('"', "&quot;") + '">'))
    return tag.attrs[0][1] if tag.attrs else value


def value_span(source: str, start: int, end: int) -> Span:
    """Where the value stands in the place of an attribute, without its quotes and the white space at its ends."""
    left = source.find("=", start, end) + 1
    if not left:
        return Span(end, end)
    while left < end and source[left].isspace():
        left += 1
    right = end
    if left < end and source[left] in "\"'":
        if right - 1 > left and source[right - 1] == source[left]:
            right -= 1
        left += 1
    while left < right and source[left].isspace():
        left += 1
    while right > left and source[right - 1].isspace():
        right -= 1
    return Span(left, max(left, right))
