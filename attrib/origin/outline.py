"""What a builder's settings, or the head of a file, say key by key.

In: text in YAML, TOML, JSON, or the JavaScript that Eleventy is set by. Out: the values of each key, which has the keys
above it before it (`permalinks.page.posts`). Of YAML only what such files are made of is read: keys, words, lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["Outline", "outline", "yaml_outline"]

Outline = Mapping[str, tuple[str, ...]]

_LINE = re.compile(r"""([ ]*)(-[ ]+)?(?:"?([\w.-]{1,60})"?[ \t]*:(?=[ \t]|$))?[ \t]*(.*)""")
_WORD = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"',\[][^,]*)""")
_SCRIPT = re.compile(r"""\b(?:(input|output)\s*:|set(Input|Output)Directory\()\s*["'`]([^"'`$]+)["'`]""")


def outline(text: str, name: str) -> Outline:
    """What a file says; its name tells how it is written. Nothing for one that cannot be read."""
    try:
        if name.endswith(".toml"):
            import tomli

            return _gathered(_flat(tomli.loads(text)))
        if name.endswith(".json"):
            return _gathered(_flat(json.loads(text)))
    except (ValueError, RecursionError):
        return {}
    if name.endswith((".yml", ".yaml")):
        return yaml_outline(text)
    return _gathered((f"dir.{(found[1] or found[2]).lower()}", found[3]) for found in _SCRIPT.finditer(text))


def yaml_outline(text: str) -> Outline:
    """The keys and words of simple YAML."""
    return _gathered(_lines(text))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    above: list[tuple[int, str]] = []  # the keys a line stands under, with their indentation
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if not found or line.lstrip().startswith("#") or not line.strip():
            continue
        indent, item, key, rest = len(found[1]), found[2], found[3], found[4]
        while above and (indent < above[-1][0] or (indent == above[-1][0] and not (item and not key))):
            above.pop()
        if key and not item:
            above.append((indent, key))
        elif key:
            continue  # a list of tables: nothing here is asked for there
        whole = ".".join(name for _, name in above)
        yield from ((whole, word) for word in _values(rest))


def _values(rest: str) -> Iterator[str]:
    """What stands behind a key: a quoted word, words in brackets, or what there is up to a comment."""
    if rest.startswith(("[", '"', "'")):
        for word in _WORD.finditer(rest.partition("]")[0] if rest[0] == "[" else rest):
            yield (word[1] or word[2] or word[3] or "").strip()
            if rest[0] != "[":
                return
    elif rest[:1] not in ("", "{", "|", ">", "&", "*", "#"):  # a table, a text of many lines, another's value
        yield re.split(r"\s#", rest)[0].strip()


def _flat(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for inner in value:
            if not isinstance(inner, dict | list):
                yield key, str(inner)
    elif value is not None:
        yield key, str(value).lower() if isinstance(value, bool) else str(value)


def _gathered(pairs: Iterator[tuple[str, str]]) -> Outline:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found
