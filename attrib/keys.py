"""The keys of attrib.toml: what each means, and how its value is read.

In: a value as TOML gives it. Out: what it stands for, or a `ConfigError` that says what to write instead. `attrib
config` and the documents take their words from `KEYS`; there is no other list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from .model import Severity
from .rule import Rule, rules

__all__ = ["KEYS", "ConfigError", "Key", "known_rule", "known_rules", "unknown"]

_T = TypeVar("_T")
FAIL_ON = ("error", "warning", "notice", "never")


class ConfigError(ValueError):
    """A setting that means nothing. The message says where it stands and what to write instead."""


class Key(NamedTuple):
    """One key: `read` takes its value, or raises ConfigError; `kind`, `meaning` and `example` (TOML) are for people."""

    read: Callable[[object], Any]
    kind: str
    meaning: str
    example: str
    house: bool = False  # whether rules may ask for it: a field of `House`, not of `Config`


def known_rule(name: str) -> str:
    """The name of a rule that exists. Raises ConfigError."""
    if name in rules():
        return name
    if any(names(name, rule) for rule in rules().values()):
        raise ConfigError(f"{name!r} stands for several rules. Name one of them; `attrib rules` lists them.")
    raise ConfigError(unknown("rule", name, rules()))


def known_rules(patterns: Iterable[str]) -> None:
    """Nothing, when every pattern names a rule, a group, or several by a pattern. Raises ConfigError."""
    known = rules().values()
    words = {word for rule in known for word in (rule.name, rule.group, rule.module)}
    for pattern in patterns:
        if pattern not in words and not any(names(pattern, rule) for rule in known):
            raise ConfigError(unknown("rule", pattern, words))


def names(pattern: str, rule: Rule) -> bool:
    """Whether a pattern names a rule: by its name, its group, or with wildcards."""
    return pattern in (rule.group, rule.module) or fnmatchcase(rule.name, pattern)


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """There is no such thing; the nearest that there is."""
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"there is no {what} {name!r}." + (f" Did you mean {near[0]!r}?" if near else "")


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f'must be a list of strings such as ["a", "b"], not {_show(value)}.')
    return tuple(value)


def _rules(value: object) -> tuple[str, ...]:
    patterns = _strings(value)
    known_rules(patterns)
    return patterns


def _by_file(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ConfigError(f'must be a table such as {{"drafts/*" = ["credit-missing"]}}, not {_show(value)}.')
    return tuple((pattern, _within(pattern, _rules, patterns)) for pattern, patterns in value.items())


def _within(name: str, read: Callable[[object], _T], value: object) -> _T:
    """A value of a table, read; what is wrong with it is said of its name."""
    try:
        return read(value)
    except ConfigError as error:
        raise ConfigError(f"{name}: {error}") from error


def _severities(value: object) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise ConfigError(f'must be a table such as {{credit-missing = "error"}}, not {_show(value)}.')
    return {known_rule(name): Severity(_within(name, _one_of(*Severity), level)) for name, level in value.items()}


def _one_of(*choices: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            wanted = ", ".join(repr(str(choice)) for choice in choices)
            from difflib import get_close_matches

            near = get_close_matches(str(value), choices, n=1)
            hint = f" Did you mean {str(near[0])!r}?" if near else ""
            raise ConfigError(f"must be one of {wanted}, not {_show(value)}.{hint}")
        return value

    return read


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"must be true or false, not {_show(value)}.")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ConfigError(f"must be a whole number above 0, not {_show(value)}.")
    return value


def _path(value: object) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ConfigError(f"must be a path, not {_show(value)}.")
    return Path(value)


def _source_map(value: object) -> tuple[str, ...]:
    """One pattern or builder, or several, each of which must mean something."""
    values = (value,) if isinstance(value, str) else _strings(value)
    from .origin import read_origins

    try:
        read_origins(values, Path(), None)
    except ValueError as error:
        raise ConfigError(f"{error}.") from error
    return values


def _edit_url(value: object) -> str:
    """An address with places to be filled in, none of them in what says whose address it is."""
    example = '"https://cms.example/edit?file={source}&line={line}"'
    if not isinstance(value, str) or not re.match(r"https?://[^/?#{}\s]+(?:[/?#]|$)", value, re.I):
        raise ConfigError(f"must be an address that begins with https:// such as {example}, not {_show(value)}.")
    if wrong := re.findall(r"\{(?!(?:source|line|column)\})[^}]*\}?", value):
        raise ConfigError(f"has {wrong[0]} in it; what can be filled in is {{source}}, {{line}} and {{column}}.")
    return value


def _show(value: object) -> str:
    return re.sub(r"\s+", " ", repr(value))[:80]


# In the order of the documents. Paths start from the file that names them.
KEYS = {
    "select": Key(
        _rules, "list of rules",
        "The only rules to apply: names, groups (\"caption\") or patterns (\"alt-*\").",
        'select = ["caption", "credit-missing"]',
    ),
    "ignore": Key(
        _rules, "list of rules",
        "Rules not to apply. `--select` on the command line overrules it.",
        'ignore = ["alt-empty"]',
    ),
    "extend-select": Key(
        _rules, "list of rules",
        "Rules to apply besides those of `select`; without it all rules apply.",
        'extend-select = ["alt-missing"]',
    ),
    "per-file-ignores": Key(
        _by_file, "table of lists of rules",
        "Rules not to apply to some articles, by patterns as git reads them, from the folder of this file.",
        'per-file-ignores = { "drafts/" = ["credit-missing"], "*.md" = ["alt"] }',
    ),
    "severity": Key(
        _severities, "table of severities",
        "How severe a rule's findings are: error, warning or notice.",
        'severity = { credit-missing = "error" }',
    ),
    "fail-on": Key(
        _one_of(*FAIL_ON), "one of error, warning, notice, never",
        "The least severity that makes the exit code 1.",
        'fail-on = "warning"',
    ),
    "root": Key(
        _path, "path of a folder",
        "The folder that paths to pictures start from when they begin with /, and that none may leave.",
        'root = "public"',
    ),
    "baseline": Key(
        _path, "path of a file",
        "Findings known before, or accepted, which do not count. `attrib baseline` and `attrib accept` write it.",
        'baseline = "attrib-baseline.json"',
    ),
    "register": Key(
        _path, "path of a file",
        "Whom you may credit: a TOML, CSV or JSON file.",
        'register = "people.csv"',
    ),
    "archive": Key(
        _path, "path of a file",
        "Pictures seen before, to look them up in. `attrib archive add` makes it.",
        'archive = "seen.db"',
    ),
    "cache-dir": Key(
        _path, "path of a folder",
        "Where what unchanged articles gave is kept. Without it: .attrib_cache beside the settings, for many articles.",
        'cache-dir = ".attrib_cache"',
    ),
    "source-map": Key(
        _source_map, "pattern or builder, or a list of them",
        "The files that built pages are made from, to name them instead: hugo, jekyll, eleventy, mkdocs, or patterns.",
        'source-map = ["public/{path}/index.html=content/{path}.md"]',
    ),
    "edit-url": Key(
        _edit_url, "address",
        "Where the html report's findings are edited; {source}, {line} and {column} are filled in.",
        'edit-url = "https://cms.example/edit?file={source}&line={line}"',
    ),
    "require-credit": Key(
        _truth, "true or false",
        "Whether every captioned picture of an article must have a credit: credit-missing is then an error.",
        "require-credit = true",
        house=True,
    ),
    "alt-length": Key(
        _number, "whole number",
        "How many characters an alt text may have.",
        "alt-length = 160",
        house=True,
    ),
    "labels": Key(
        _strings, "list of words",
        "Words of your own system that must not stand in captions.",
        'labels = ["Bild vergrössern"]',
        house=True,
    ),
    "agencies": Key(
        _strings, "list of names",
        "Names of your own agencies, which are then known as such.",
        'agencies = ["Küstenbild"]',
        house=True,
    ),
}  # fmt: skip
