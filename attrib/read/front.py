"""The mappings of a text's front matter, in YAML or TOML: which fields stand together.

In: the text, and where its front matter ends. Out: for each mapping where it begins and ends, and its fields with the
places of their values: on the line, over several, in quotes, in braces. What cannot be read is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Span

Fields = list[tuple[str, Span]]

_LONGEST = 3000  # characters of a value
_LINE = re.compile(r"([ \t]*)(-[ \t]+)?([\"']?)([\w-]{2,40})\3[ \t]{0,9}[:=](?:[ \t]+|$)(.*)")
_ITEM = re.compile(r"([ \t]*)-[ \t]")
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$")
_TRIPLE = re.compile(r"(\"\"\"|''')(.*?)\1", re.S)
_QUOTED = re.compile(r"(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)')(?=[ \t]*(?:#[^\n]*)?(?:\r?\n|$))", re.S)
_FLOW = re.compile(
    r"(?<=[{,\s])([\w-]{2,40})\s{0,3}[:=]\s{0,3}(?:\"([^\"]*)\"|'([^']*)'|([^,{}\"'\s][^,{}\"']*?))\s{0,3}(?=[,}])"
)


def mappings(text: str, prose: int) -> Iterator[tuple[Span, Fields]]:
    """The mappings of the front matter: where each begins and ends, and its fields."""
    open_: list[tuple[int, Fields]] = [(0, [])]
    groups = [open_[0][1]]
    at = 0
    while at < prose:
        start, at = at, _line_end(text, at, prose)
        line = text[start:at].rstrip("\r\n")
        match, item = _LINE.match(line), _ITEM.match(line)
        if line.startswith("["):  # a table of TOML
            open_ = [(0, [])]
            groups.append(open_[0][1])
        begins = match or item
        if begins is None:
            continue
        depth = len(begins[1]) + (len(match[2] or "") if match else 0)
        while len(open_) > 1 and (depth < open_[-1][0] or (item and depth == open_[-1][0])):
            open_.pop()
        if depth > open_[-1][0]:
            open_.append((depth, []))
            groups.append(open_[-1][1])
        if match is None or not match[5]:
            continue
        if match[5].startswith("{"):
            groups.append(
                [(found[1], Span(*found.span(found.lastindex or 0))) for found in _FLOW.finditer(text, start, at)]
            )
            continue
        place = _value(text, start + match.start(5), start + len(line), prose, depth)
        if place is not None:
            open_[-1][1].append((match[4], place))
            at = max(at, _line_end(text, place.end, prose))
    for fields in groups:
        if fields:
            yield Span(fields[0][1].start, max(place.end for _, place in fields)), fields


def _line_end(text: str, at: int, prose: int) -> int:
    end = text.find("\n", at, prose)
    return prose if end < 0 else end + 1


def _value(text: str, start: int, end: int, prose: int, depth: int) -> Span | None:
    """Where a value stands, without its quotes; None for a block that holds nothing."""
    far = min(prose, start + _LONGEST)
    if _BLOCK.match(text, start, end):
        return _indented(text, _line_end(text, end, prose), prose, depth)
    if triple := _TRIPLE.match(text, start, far):
        return Span(*triple.span(2)) if triple[2].strip() else None
    if quoted := _QUOTED.match(text, start, far):
        return Span(*quoted.span(quoted.lastindex or 0))
    said = text[start:end].partition(" #")[0].rstrip()
    if said[:1] in "\"'[&*!" or text.startswith("+++"):
        return Span(start, start + len(said))
    more = _indented(text, _line_end(text, end, prose), prose, depth, plain=True)
    return Span(start, more.end if more else start + len(said))


def _indented(text: str, at: int, prose: int, depth: int, *, plain: bool = False) -> Span | None:
    """The lines from a place on that stand further in; of a plain value, up to the first that is blank or a field."""
    first = last = -1
    while at < prose and at - max(first, 0) < _LONGEST * 2:
        end = _line_end(text, at, prose)
        line = text[at:end].rstrip()
        inner = len(line) - len(line.lstrip())
        if line and (inner <= depth or (plain and (_LINE.match(line) or _ITEM.match(line)))):
            break
        if line:
            first, last = at + inner if first < 0 else first, at + len(line)
        elif plain:
            break
        at = end
    return Span(first, last) if first >= 0 else None
