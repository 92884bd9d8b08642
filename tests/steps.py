"""How much work a pattern is: a matcher that backtracks as Python's does, and counts its steps.

In: a pattern and a text. Out: the steps of a match, or of a search through the whole text. A step is one letter looked at
or one way tried. It knows what the patterns of this project use, and no more.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Next = Callable[[int], bool]
MANY = 300  # a repeat beyond this counts as one without end
SOME = 20  # a shorter one is counted as no more than this: it only makes each step dearer, however long the text


class Steps:
    """The steps of one pattern on one text."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.tree, self.flags = parser.parse(pattern.pattern, pattern.flags), pattern.flags
        self.text = text.lower() if pattern.flags & re.I else text
        self.groups: dict[int, tuple[int, int]] = {}
        self.count = self.end = 0

    def of(self, mode: str) -> int:
        """Steps of `match`, `search`, or of all that is found ("all")."""
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(200_000)
        try:
            at = 0
            while at <= len(self.text):
                found = self.match(at)
                if mode == "match" or (found and mode == "search"):
                    break
                at = max(at + 1, self.end if found else 0)
        finally:
            sys.setrecursionlimit(limit)
        return self.count

    def match(self, at: int) -> bool:
        self.groups.clear()
        return self.run(list(self.tree), at, self.done)

    def done(self, at: int) -> bool:
        self.end = at
        return True

    def run(self, tree: list[Any], at: int, then: Next) -> bool:
        if not tree:
            return then(at)
        (op, args), rest = tree[0], tree[1:]
        return bool(getattr(self, str(op).lower())(args, at, lambda end: self.run(rest, end, then)))

    def letter(self, op: str, args: Any, at: int) -> bool:
        """Whether one letter is matched, which is a step."""
        self.count += 1
        if at >= len(self.text):
            return False
        c = self.text[at]
        if op == "IN":
            return in_set(c, args) or bool(self.flags & re.I and in_set(c.upper(), args))
        if op == "ANY":
            return c != "\n" or bool(self.flags & re.S)
        return (c == (chr(args).lower() if self.flags & re.I else chr(args))) is (op == "LITERAL")

    def literal(self, args: Any, at: int, then: Next, op: str = "LITERAL") -> bool:
        return self.letter(op, args, at) and then(at + 1)

    def not_literal(self, args: Any, at: int, then: Next) -> bool:
        return self.literal(args, at, then, "NOT_LITERAL")

    def any(self, args: Any, at: int, then: Next) -> bool:
        return self.literal(args, at, then, "ANY")

    def in_(self, args: Any, at: int, then: Next) -> bool:
        return self.literal(args, at, then, "IN")

    def branch(self, args: Any, at: int, then: Next) -> bool:
        return any(self.run(list(way), at, then) for way in args[1])

    def subpattern(self, args: Any, at: int, then: Next) -> bool:
        group, _, _, body = args

        def closed(end: int) -> bool:
            before = self.groups.get(group)
            self.groups[group] = (at, end)
            return then(end) or bool(self.groups.update({group: before} if before else {}))

        return self.run(list(body), at, closed if group else then)

    def atomic_group(self, args: Any, at: int, then: Next) -> bool:
        ends: list[int] = []
        return self.run(list(args), at, lambda end: not ends.append(end)) and then(ends[0])  # type: ignore[func-returns-value]

    def groupref(self, args: Any, at: int, then: Next) -> bool:
        start, end = self.groups.get(args, (0, 0))
        self.count += end - start
        return self.text.startswith(self.text[start:end], at) and then(at + end - start)

    def max_repeat(self, args: Any, at: int, then: Next) -> bool:
        low, high, body = limited(args)
        if len(body) == 1 and str(body[0][0]) in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            op, what = str(body[0][0]), body[0][1]
            end = at
            while end - at < high and self.letter(op, what, end):
                end += 1
            for stop in range(end, at + low - 1, -1):
                self.count += 1
                if then(stop):
                    return True
            return False

        def again(end: int, round_: int, before: int) -> bool:
            self.count += 1
            more = round_ < high and (end > before or round_ < low)
            if more and self.run(list(body), end, lambda stop: again(stop, round_ + 1, end)):
                return True
            return round_ >= low and then(end)

        return again(at, 0, -1)

    def min_repeat(self, args: Any, at: int, then: Next) -> bool:
        low, high, body = limited(args)

        def again(end: int, round_: int) -> bool:
            self.count += 1
            if round_ >= low and then(end):
                return True
            return round_ < high and self.run(list(body), end, lambda stop: stop > end and again(stop, round_ + 1))

        return again(at, 0)

    def possessive_repeat(self, args: Any, at: int, then: Next) -> bool:
        low, high, body = limited(args)
        ends = [at]
        while len(ends) <= high and self.run(list(body), ends[-1], lambda end: end > ends[-1] and not ends.append(end)):  # type: ignore[func-returns-value]
            self.count += 1
        return len(ends) > low and then(ends[-1])

    def assert_(self, args: Any, at: int, then: Next) -> bool:
        return self.around(args, at) and then(at)

    def assert_not(self, args: Any, at: int, then: Next) -> bool:
        return not self.around(args, at) and then(at)

    def around(self, args: Any, at: int) -> bool:
        direction, body = args
        start = at if direction > 0 else at - body.getwidth()[0]
        return start >= 0 and self.run(list(body), start, lambda end: direction > 0 or end == at)

    def at(self, args: Any, at: int, then: Next) -> bool:
        self.count += 1
        place, text = str(args).removeprefix("AT_"), self.text
        many = bool(self.flags & re.M)
        if place in ("BEGINNING", "BEGINNING_STRING"):
            here = at == 0 or (many and place == "BEGINNING" and text[at - 1] == "\n")
        elif place in ("END", "END_STRING"):
            here = at == len(text) or (place == "END" and text[at:] == "\n") or (many and text[at : at + 1] == "\n")
        else:
            left, right = (i in range(len(text)) and category("WORD", text[i]) for i in (at - 1, at))
            here = (left != right) is (place == "BOUNDARY")
        return here and then(at)


# The parser's names for steps that are words of Python.
setattr(Steps, "in", Steps.in_)
setattr(Steps, "assert", Steps.assert_)


def limited(args: Any) -> tuple[int, int, Any]:
    """A repeat, one that is not without end no longer than what is needed to see how work grows."""
    low, high, body = args
    return low, high if high > MANY else max(low, min(high, SOME)), body


def in_set(c: str, items: Any) -> bool:
    """Whether a set of the parser holds a letter."""
    negate = bool(items) and str(items[0][0]) == "NEGATE"
    hit = False
    for op, arg in items[1:] if negate else items:
        kind = str(op)
        if kind == "LITERAL":
            hit = hit or chr(arg) == c
        elif kind == "RANGE":
            hit = hit or arg[0] <= ord(c) <= arg[1]
        elif kind == "CATEGORY":
            hit = hit or category(str(arg), c)
    return hit != negate


def category(name: str, c: str) -> bool:
    """Whether a letter is of a category: a digit, white space, a letter of a word."""
    plain = {"DIGIT": c.isdigit(), "SPACE": c.isspace(), "WORD": c.isalnum() or c == "_"}
    key = name.replace("CATEGORY_", "").replace("UNI_", "")
    return not plain[key.removeprefix("NOT_")] if key.startswith("NOT_") else plain[key]
