"""docs/api.md, from the docstrings of the names that `attrib` gives out."""

from __future__ import annotations

import enum
import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrib
from attrib import model

HEAD = """# Python

Written from the docstrings of the names in `attrib.__all__`, and of what they are made of, by `python3 dev.py docs`;
change them there. These names stay; what else is in the package may change.
"""

PARTS = """## What these are made of

You meet these as fields, and need not make any. Their names, for annotations, are in `attrib.model`; fields may be
added.
"""


def page() -> str:
    """The whole page: functions first, then what they take and give, then what that is made of."""
    things = {name: getattr(attrib, name) for name in attrib.__all__ if callable(getattr(attrib, name))}
    order = sorted(things, key=lambda name: inspect.isclass(things[name]))
    parts = [HEAD, _prose(attrib)]
    inner = _inner(thing for thing in things.values() if isinstance(thing, type))
    whole = [_section(name, things[name]) for name in order]
    below = [_section(name, inner[name], "###") for name in sorted(inner)]
    return "\n".join([*parts, *map(_joined, whole), PARTS, *map(_joined, below)])


def _joined(section: Iterator[str]) -> str:
    return "\n\n".join(section) + "\n"


def _inner(things: Iterable[type]) -> dict[str, type]:
    """The types of the model that fields of these are of, and fields of those, but for the ones that `attrib` has."""
    found: dict[str, type] = {}
    todo = list(things)
    while todo:
        for field in inspect.signature(todo.pop()).parameters.values():
            for name in re.findall(r"\w+", _kind(field.annotation)):
                thing = getattr(model, name, None)
                if isinstance(thing, type) and name not in attrib.__all__ and name not in found:
                    found[name] = thing
                    todo += [] if issubclass(thing, enum.Enum) else [thing]
    return found


def _section(name: str, thing: Any, level: str = "##") -> Iterator[str]:
    yield f"{level} {name}"
    if isinstance(thing, type) and issubclass(thing, enum.Enum):
        yield _prose(thing).rstrip()
        yield "One of " + ", ".join(f"`{name}.{member.name}` ({member.value!r})" for member in thing) + "."
        return
    yield f"```python\n{_class(name, thing) if isinstance(thing, type) else _call(name, thing)}\n```"
    yield _prose(thing).rstrip()
    if isinstance(thing, type) and (rows := list(_members(thing))):
        yield "\n".join(rows)


def _class(name: str, thing: type) -> str:
    """A class with its fields, a line for each."""
    if issubclass(thing, Exception):
        return f"class {name}({thing.__bases__[0].__name__})"
    return "\n".join([f"class {name}:", *(f"    {field}" for field in _parameters(thing))])


def _call(name: str, function: Any) -> str:
    """A function's signature, a line for each parameter when it is long."""
    back = _kind(inspect.signature(function).return_annotation)
    parameters = list(_parameters(function))
    line = f"{name}({', '.join(parameters)}) -> {back}"
    if len(line) <= 100:
        return line
    return f"{name}(\n" + "".join(f"    {parameter},\n" for parameter in parameters) + f") -> {back}"


def _parameters(thing: Any) -> Iterator[str]:
    """What a function takes, or a class holds."""
    by_name = isinstance(thing, type)
    for parameter in inspect.signature(thing).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not by_name:
            by_name = True
            yield "*"
        stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
        by_name = by_name or stars == "*"
        told = "" if parameter.annotation is parameter.empty else f": {_kind(parameter.annotation)}"
        default = "" if parameter.default is parameter.empty else f" = {_value(parameter.default)}"
        yield f"{stars}{parameter.name}{told}{default}"


def _kind(annotation: Any) -> str:
    """A type as the code writes it."""
    written = getattr(annotation, "__forward_arg__", annotation)
    return written if isinstance(written, str) else inspect.formatannotation(written)


def _value(default: Any) -> str:
    """A default as it is written; one that is made anew each time, or has no short name, as …"""
    if isinstance(default, enum.Enum):
        return f"{type(default).__name__}.{default.name}"
    if isinstance(default, str):
        return f'"{default}"'
    return "…" if repr(default).startswith("<") else repr(default)


def _members(thing: type) -> Iterator[str]:
    """What a class answers besides its fields."""
    for name in vars(thing):
        member = getattr(thing, name)
        if name.startswith("_") or not inspect.getdoc(member):
            continue
        if isinstance(member, property):
            yield f"- `{name}`: {_one_line(member)}"
        elif inspect.isroutine(member):
            given = [parameter for parameter in _parameters(member) if parameter != "self"]
            yield f"- `{name}({', '.join(given)})`: {_one_line(member)}"


def _one_line(member: Any) -> str:
    return " ".join((inspect.getdoc(member) or "").split())


def _prose(thing: Any) -> str:
    """A docstring as Markdown: what is set in is Python."""
    told = inspect.getdoc(thing) or ""
    return re.sub(r"(?:^ {4}.*\n?|^\n(?= {4}))+", _code, told, flags=re.M) + "\n"


def _code(found: re.Match[str]) -> str:
    return f"\n```python\n{inspect.cleandoc(found[0])}\n```\n"
