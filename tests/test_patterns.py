"""No pattern of the package can be made to hang: repeats without end are not nested, and growth is by the text.

Work is counted, not timed: every pattern is read as the engine reads it, the positions it may try are bounded from its
own repeats, and it is fed the worst text that can be made from it.
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

from .steps import MANY, Steps, in_set

REPEATS = (MAX_REPEAT, MIN_REPEAT, POSSESSIVE_REPEAT)
SIZE = 160  # letters: eight times the longest repeat that is not without end


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


def test_the_patterns_of_the_package_are_found():
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


# ---- growth


def uses(name):
    """How a pattern is used, read from the code: "match", "search", or "all" that is found; at worst the last."""
    if name.startswith("agencies"):
        return {"search"}
    module, _, own = name.rpartition(":" if re.search(r":\d+$", name) else ".")
    if name.startswith("wordings: "):
        asked = rf"""said\("{name.removeprefix("wordings: ")}"\)\.(\w+)\("""
        code = "".join(SOURCES.values())
    elif own.isdigit():
        asked, code = r"re\.(\w+)\(", "".join(SOURCES[module].splitlines(keepends=True)[int(own) - 1 : int(own) + 2])
    else:
        own = own.partition("[")[0]
        asked = rf"\b{own}(?:\(\))?(?:\[\d\])?\.(\w+)\("
        code = SOURCES[module] + "".join(
            s for s in SOURCES.values() if re.search(rf"import (?:\([^)]*|[^\n(]*)\b{own}\b|[a-z]\.{own}\b", s)
        )
    found = {"match" if use.endswith("match") else use if use == "search" else "all" for use in re.findall(asked, code)}
    return found or {"all"}


SOURCES = {
    ".".join(path.relative_to(Path(attrib.__path__[0]).parent).with_suffix("").parts).removesuffix(".__init__"):
    path.read_text("utf-8") for path in Path(attrib.__path__[0]).rglob("*.py")
}  # fmt: skip


def letters(tree):
    """Letters that a parsed pattern matches: the shortest way through it, its first branches."""
    out = ""
    for op, args in tree:
        kind = str(op)
        if kind == "LITERAL":
            out += chr(args)
        elif kind in ("NOT_LITERAL", "ANY"):
            out += "x" if args != ord("x") else "y"
        elif kind == "IN":
            out += next((c for c in "aA1 .-/<>\"'=(){}[]&;:,|\t\n_äяあ가" if in_set(c, args)), None) or letter(args)
        elif op in REPEATS:
            out += letters(args[2]) * args[0]
        elif kind == "SUBPATTERN":
            out += letters(args[3])
        elif kind == "BRANCH":
            out += letters(args[1][0])
        elif kind == "ATOMIC_GROUP":
            out += letters(args)
    return out


def letter(items):
    op, arg = items[-1]
    return chr(arg if str(op) == "LITERAL" else arg[0]) if str(op) in ("LITERAL", "RANGE") else "x"


def pumps(tree, before=""):
    """What leads to each repeat without end, and what it repeats."""
    steps = list(tree)
    for n, (op, args) in enumerate(steps):
        start = before + letters(steps[:n])
        if op in REPEATS:
            if endless(args[:2]):
                yield start, letters(args[2]) or "x"
            yield from pumps(args[2], start)
        else:
            for part in flatten(args):
                yield from pumps(part, start)


def worst(pattern):
    """Prefixes a pattern takes in and does not get through, as (once, then again and again)."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    whole = letters(tree)
    found = [("", whole), ("", whole[:-1])]
    for start, pump in pumps(tree):
        found += [(start, pump), ("", start + pump), ("", pump + start), ("", start)]
    return [(once, again) for once, again in dict.fromkeys(found) if again]


def text_of(once, again, size):
    return once + again * (size // len(again)) + "\0"


@pytest.mark.parametrize("name", PATTERNS)
def test_twice_the_text_is_twice_the_work(name):
    """Of the text that is worst for the pattern, made from the pattern itself; steps are counted, not timed."""
    pattern = PATTERNS[name]
    for once, again in worst(pattern):
        for use in uses(name):
            one, two = (Steps(pattern, text_of(once, again, size)).of(use) for size in (SIZE, 2 * SIZE))
            assert two < 2.7 * one + 200, (use, once, again, one, two)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_hundred_thousand_letters_of_it_are_read(name):
    pattern = PATTERNS[name]
    for once, again in worst(pattern):
        text = text_of(once, again, 100_000)
        for use in uses(name):
            found = pattern.match(text) if use == "match" else pattern.search(text) if use == "search" else None
            assert found is None or found.end() <= len(text)
            if use == "all":
                assert sum(1 for _ in pattern.finditer(text)) <= len(text) + 1


def test_a_pattern_whose_work_grows_faster_is_found_out():
    for hangs in (r"\s*x", r"a+b", r"<img[^>]*>", r"(?:a|b)*c$"):
        pattern = re.compile(hangs)
        grown = [
            Steps(pattern, text_of(once, again, 2 * SIZE)).of("all")
            / Steps(pattern, text_of(once, again, SIZE)).of("all")
            for once, again in worst(pattern)
        ]
        assert max(grown) > 3, hangs
