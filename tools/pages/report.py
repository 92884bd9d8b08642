"""docs/report.md, from the JSON Schema of the report."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrib.report.wire import schema

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = "check samples/wrong-credit.html --format json"
NUMBERS = {"count": "number", "ordinal": "number"}
HEAD = """# The JSON report

Written from `attrib/data/report.schema.json` by `python3 dev.py docs`; change it there. `attrib schema` prints it.

{description}

Keys that are not always there are marked with a ?.
"""


def page() -> str:
    """The whole page."""
    known = json.loads(schema())
    told = re.sub(r"\$defs/(\w+)", r"[\1](#\1)", known["description"])
    parts = [HEAD.format(description=told), _section("The report", known)]
    parts += [_section(name, node) for name, node in known["$defs"].items() if name not in NUMBERS]
    return "\n".join([*parts, f"## An example\n\n```console\n$ attrib {EXAMPLE}\n{_example()}```\n"])


def _example() -> str:
    """What the command prints about a sample of the project."""
    command = [sys.executable, "-m", "attrib", *EXAMPLE.split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603
    return done.stdout.decode("utf-8")


def _section(name: str, node: dict[str, Any]) -> str:
    parts = [f"## {name}\n"]
    if "$defs" not in node:
        parts.append(f"{node['description']}\n")
    parts.append("\nor\n\n".join(map(_shape, node.get("oneOf", [node]))))
    return "\n".join(parts)


def _shape(node: dict[str, Any]) -> str:
    return _table(node) if "properties" in node else f"{_kind(node)}\n"


def _table(node: dict[str, Any]) -> str:
    return "| key | value | meaning |\n|---|---|---|\n" + "".join(_rows(node, ""))


def _rows(node: dict[str, Any], before: str) -> Iterator[str]:
    for key, value in node["properties"].items():
        perhaps = "" if key in node.get("required", ()) else " ?"
        yield f"| `{before}{key}`{perhaps} | {_kind(value)} | {value['description']} |\n"
        inner = value.get("items", value)
        if "properties" in inner:
            yield from _rows(inner, f"{before}{key}[].")


def _kind(node: dict[str, Any]) -> str:
    """What a value is, in words."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return NUMBERS.get(name) or f"[{name}](#{name})"
    if "oneOf" in node:
        return " or ".join(_kind(part) for part in node["oneOf"])
    if "enum" in node:
        return ", ".join(f"`{value}`" for value in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    if node["type"] == "array":
        return f"list of {_kind(node['items'])}"
    kinds = node["type"] if isinstance(node["type"], list) else [node["type"]]
    words = {"integer": "number", "boolean": "true or false", "null": "`null`", "string": "text", "object": "objects"}
    return " or ".join(words.get(kind, kind) for kind in kinds)
