"""No pattern of the package can be made to hang: repeats without end are not nested, and growth is by the text.

Work is counted, not timed: every pattern is read as the engine reads it, and the positions it may try are bounded from
its own repeats.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from re._constants import MAX_REPEAT, MAXREPEAT, MIN_REPEAT, POSSESSIVE_REPEAT  # type: ignore[import-not-found]

import pytest

import attrib
from attrib import wordings
from attrib.lexicon import agencies

REPEATS = (MAX_REPEAT, MIN_REPEAT, POSSESSIVE_REPEAT)
# A repeat beyond this counts as one without end.
MANY = 300


def patterns():
    """Every pattern that a module of the package holds, by name."""
    found = {}
    for info in pkgutil.walk_packages(attrib.__path__, "attrib."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            values = value if isinstance(value, tuple | list) else (value,)
            for n, one in enumerate(values):
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    found[f"{info.name}.{name}" + (f"[{n}]" if len(values) > 1 else "")] = one
                elif hasattr(one, "cache_info") and one.__annotations__ == {"return": "re.Pattern[str]"}:
                    found[f"{info.name}.{name}"] = one()
        for line, call in written(Path(module.__file__)):
            found[f"{info.name}:{line}"] = call
    found |= {f"wordings: {kind}": wordings.said(kind) for kind in wordings.kinds()}
    found |= {f"agencies: {p.pattern}": re.compile(p.pattern) for agency in agencies() for p in agency.ids}
    return found


def written(path):
    """The patterns that stand in a call of `re`, with the line of each."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or ast.unparse(node.func).rpartition(".")[0] != "re" or not node.args:
            continue
        pattern = node.args[0]
        if (
            ast.unparse(node.func) != "re.compile"
            and isinstance(pattern, ast.Constant)
            and isinstance(pattern.value, str)
        ):
            yield node.lineno, re.compile(pattern.value)


PATTERNS = patterns()


def repeats(tree, outer=()):
    """(the repeats around it, itself, what it repeats) of every repeat in a parsed pattern."""
    for op, args in tree:
        if op in REPEATS:
            low, high, body = args
            yield outer, (low, high), body
            yield from repeats(body, (*outer, (low, high)))
        else:
            for part in flatten(args):
                yield from repeats(part, outer)


def flatten(args):
    if isinstance(args, parser.SubPattern):
        yield args
    elif isinstance(args, tuple | list):
        for arg in args:
            yield from flatten(arg)


def endless(bounds):
    return bounds[1] is MAXREPEAT or bounds[1] > MANY


def test_there_are_patterns():
    assert len(PATTERNS) > 100


@pytest.mark.parametrize("name", PATTERNS)
def test_no_endless_repeat_in_another(name):
    """Or, where there is one, each round of the outer needs a letter that the inner cannot eat."""
    pattern = PATTERNS[name]
    tree = parser.parse(pattern.pattern, pattern.flags)
    for _, outer, body in repeats(tree):
        if not endless(outer):
            continue
        for branch in branches(body):
            for _, inner, eaten in repeats(branch):
                assert not endless(inner) or separated(branch, eaten), pattern.pattern


def branches(body):
    """The ways a round may go: the alternatives of a body that is nothing but a choice, else the body itself."""
    while len(body) == 1 and body[0][0] is parser.SUBPATTERN:
        body = body[0][1][3]
    if len(body) == 1 and str(body[0][0]) == "BRANCH":
        return body[0][1][1]
    return [body]


def separated(body, inner):
    eaten = first_letters(inner)
    if eaten is None:
        return False
    needed = [first_letters([step]) for step in plain_steps(body)]
    return any(letters and not letters & eaten for letters in needed)


def plain_steps(body):
    """The steps that every round takes: single letters and sets, also inside groups."""
    for op, args in body:
        if op is parser.SUBPATTERN:
            yield from plain_steps(args[3])
        elif str(op) in ("LITERAL", "IN", "NOT_LITERAL", "ANY"):
            yield op, args


def first_letters(body):
    """Of a body that begins with plain letters or a set, those of ASCII; None where that cannot be told."""
    tried = "".join(map(chr, range(9, 127)))
    first = next(iter(body), None)
    while first is not None and first[0] is parser.SUBPATTERN:
        first = next(iter(first[1][3]), None)
    if first is None or first[0] in REPEATS:
        return None if first is None else first_letters(first[1][2])
    op, args = first
    if str(op) == "LITERAL":
        return {chr(args)}
    if str(op) == "NOT_LITERAL":
        return set(tried) - {chr(args)}
    if str(op) == "ANY":
        return set(tried)
    if str(op) == "IN":
        return {c for c in tried if in_set(c, args)}
    return None


def in_set(c, items):
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


def category(name, c):
    plain = {"DIGIT": c.isdigit(), "SPACE": c.isspace(), "WORD": c.isalnum() or c == "_"}
    key = name.replace("CATEGORY_", "").replace("UNI_", "")
    return not plain[key.removeprefix("NOT_")] if key.startswith("NOT_") else plain[key]
