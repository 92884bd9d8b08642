"""What a house has settled for its articles: which rules, how severe, whose words.

In: the names on the command line. Out: checked values; an unknown name is an error with the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from fnmatch import fnmatchcase

from .rule import rules

__all__ = ["ConfigError", "known_rule", "known_rules"]


class ConfigError(Exception):
    """A setting that means nothing. The message says what to write instead."""


def known_rule(name: str) -> str:
    """The name of a rule that exists."""
    if name in rules():
        return name
    raise ConfigError(unknown("rule", name, rules()))


def known_rules(patterns: Iterable[str]) -> None:
    """Nothing, when every pattern names a rule, a group or several by a pattern."""
    known = rules().values()
    words = {word for rule in known for word in (rule.name, rule.group, rule.module)}
    for pattern in patterns:
        if pattern not in words and not any(fnmatchcase(rule.name, pattern) for rule in known):
            raise ConfigError(unknown("rule", pattern, words))


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """There is no such thing; the nearest that there is."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"there is no {what} {name!r}." + (f" Did you mean {near[0]!r}?" if near else "")
