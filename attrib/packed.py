"""Values packed as JSON, to be sent between processes or kept, and unpacked as exactly what they were.

In: a value made of this project's own (frozen dataclasses, named tuples, enumerations), tuples and plain values. Out:
bytes; and from bytes an equal value, or ValueError where they are not one. Nothing in the bytes is run or looked up by
name: those of a stranger can lie, and no more. Fields are told by their order, so bytes are good only for the version
that wrote them.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

__all__ = ["pack", "unpack"]

T = TypeVar("T")
Step = Callable[[Any], Any]
_PLAIN = (str, int, bool)


def pack(value: Any) -> bytes:
    """The value as bytes."""
    plain = _packer(cast("Any", type(value)))(value)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack(type_: type[T], data: bytes) -> T:
    """The value of this type that was packed. Raises ValueError for bytes that are none."""
    try:
        value: T = _unpacker(cast("Any", type_))(json.loads(data.decode("utf-8", "surrogatepass")))
    except (TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError(f"is no {type_.__name__}: {error}") from error
    return value


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _packer(type_: Any) -> Step:
    """How a value of this type becomes what JSON knows."""
    if type_ in _PLAIN or _is_enum(type_):
        return _as_it_is
    if type_ is bytes:
        return lambda value: b64encode(value).decode("ascii")
    if parts := _parts(type_):
        names, steps = [*parts], [_packer(part) for part in parts.values()]
        return lambda value: [step(getattr(value, name)) for name, step in zip(names, steps, strict=True)]
    kinds = get_args(type_)
    if get_origin(type_) is tuple:
        if kinds[-1] is ...:
            each = _packer(kinds[0])
            return lambda value: [each(item) for item in value]
        steps = [_packer(kind) for kind in kinds]
        return lambda value: [step(item) for step, item in zip(steps, value, strict=True)]
    some = [kind for kind in kinds if kind is not NoneType]
    if len(some) == 1:
        one = _packer(some[0])
        return lambda value: None if value is None else one(value)
    steps = [_packer(kind) for kind in some]
    places = {kind: number for number, kind in enumerate(some)}

    def which(value: Any) -> Any:
        if value is None:
            return None
        number = places[type(value)]
        return [number, steps[number](value)]

    return which


@cache
def _unpacker(type_: Any) -> Step:
    """How a value of this type is made again; each step raises ValueError, TypeError or KeyError for another value."""
    if type_ in _PLAIN:
        return lambda value: _checked(value, type_)
    if type_ is bytes:
        return lambda value: b64decode(_checked(value, str), validate=True)
    if _is_enum(type_):
        return {member.value: member for member in type_}.__getitem__
    if parts := _parts(type_):
        return _made(type_, parts.values())
    kinds = get_args(type_)
    if get_origin(type_) is tuple:
        if kinds[-1] is ...:
            each = _unpacker(kinds[0])
            return lambda value: tuple([each(item) for item in _checked(value, list)])
        return _made(lambda *items: items, kinds)
    some = [_unpacker(kind) for kind in kinds if kind is not NoneType]
    if len(some) == 1:
        (one,) = some
        return lambda value: None if value is None else one(value)

    def which(value: Any) -> Any:
        if value is None:
            return None
        number, packed = _checked(value, list)
        return some[number](packed)

    return which


def _made(make: Callable[..., Any], types: Iterable[Any]) -> Step:
    """A value made of its parts. The list of them came from JSON a moment ago, and is nobody else's."""
    types = [*types]
    plain = [(i, type_) for i, type_ in enumerate(types) if type_ in _PLAIN]
    steps = [(i, _unpacker(type_)) for i, type_ in enumerate(types) if type_ not in _PLAIN]

    def made(value: Any) -> Any:
        if len(_checked(value, list)) != len(types):
            raise ValueError(f"{len(value)} parts instead of {len(types)}")
        for i, type_ in plain:
            if type(value[i]) is not type_:
                _checked(value[i], type_)
        for i, step in steps:
            value[i] = step(value[i])
        return make(*value)

    return made


def _checked(value: Any, type_: type) -> Any:
    if type(value) is not type_:
        raise ValueError(f"{value!r:.40} is no {type_.__name__}")
    return value


def _is_enum(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, StrEnum)


def _parts(type_: Any) -> Mapping[str, Any]:
    """The fields of a dataclass or a named tuple with their types; nothing for others."""
    if not isinstance(type_, type) or get_origin(type_) in (tuple, Union, UnionType):
        return {}
    if is_dataclass(type_):
        hints = get_type_hints(type_)
        return {field.name: hints[field.name] for field in fields(type_)}
    return get_type_hints(type_) if hasattr(type_, "_fields") else {}
