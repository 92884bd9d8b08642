"""docs/api.md, from the docstrings of the names that `attrib` gives out."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import re
from collections.abc import Iterator
from typing import Any

import attrib

HEAD = """# Python

Written from the docstrings of the names in `attrib.__all__` by `python3 dev.py docs`; change them there. These
names stay; what else is in the package may change.
"""


def page() -> str:
    """The whole page."""
    things = {name: getattr(attrib, name) for name in attrib.__all__}
    order = sorted(things, key=lambda name: (inspect.isclass(things[name]), attrib.__all__.index(name)))
    parts = [HEAD, _prose(attrib)]
    return "\n".join([*parts, *("\n\n".join(_section(name, things[name])) + "\n" for name in order)])


def _section(name: str, thing: Any) -> Iterator[str]:
    yield f"## {name}"
    if isinstance(thing, type) and issubclass(thing, enum.Enum):
        yield _prose(thing).rstrip()
        yield "One of " + ", ".join(f"`{name}.{member.name}` ({member.value!r})" for member in thing) + "."
        return
    yield f"```python\n{_head(name, thing)}\n```"
    yield _prose(thing).rstrip()
    if isinstance(thing, type):
        members = [item for item in vars(thing).items() if not item[0].startswith("_")]
        rows = [f"- `{_called(name, member)}`: {_one_line(member)}" for name, member in members if _is_told(member)]
        if rows:
            yield "\n".join(rows)


def _head(name: str, thing: Any) -> str:
    """A function's signature, a line for each parameter when it is long; a class with its fields."""
    if dataclasses.is_dataclass(thing):
        fields = [field for field in dataclasses.fields(thing) if field.init]
        return "\n".join([f"class {name}:", *(f"    {_field(field)}" for field in fields)])
    signature = inspect.signature(thing)
    back = f" -> {signature.return_annotation}"
    parameters = list(_parameters(signature))
    line = f"{name}({', '.join(parameters)}){back}"
    if len(line) <= 100:
        return line
    return f"{name}(\n" + "".join(f"    {parameter},\n" for parameter in parameters) + f"){back}"


def _parameters(signature: inspect.Signature) -> Iterator[str]:
    by_name = False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not by_name:
            by_name = True
            yield "*"
        default = "" if parameter.default is parameter.empty else f" = {_value(parameter.default)}"
        yield f"{parameter.name}: {parameter.annotation}{default}"


def _field(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"{field.name}: {field.type} = {_value(field.default)}"
    if field.default_factory is not dataclasses.MISSING:
        return f"{field.name}: {field.type} = {field.default_factory.__name__}()"
    return f"{field.name}: {field.type}"


def _value(default: Any) -> str:
    return f"{type(default).__name__}.{default.name}" if isinstance(default, enum.Enum) else repr(default)


def _is_told(member: Any) -> bool:
    return (inspect.isfunction(member) or isinstance(member, property)) and bool(inspect.getdoc(member))


def _called(name: str, member: Any) -> str:
    if isinstance(member, property):
        return name
    return f"{name}({', '.join(list(_parameters(inspect.signature(member)))[1:])})"


def _one_line(member: Any) -> str:
    return " ".join((inspect.getdoc(member) or "").split())


def _prose(thing: Any) -> str:
    """A docstring as Markdown: what is set in is Python."""
    told = inspect.getdoc(thing) or ""
    return re.sub(r"(?:^ {4}.*\n?|^\n(?= {4}))+", _code, told, flags=re.M) + "\n"


def _code(found: re.Match[str]) -> str:
    return f"```python\n{inspect.cleandoc(found[0])}\n```\n"
