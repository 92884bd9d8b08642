"""docs/rules.md, from the rules' docstrings."""

from __future__ import annotations

from itertools import groupby

from attrib.report.explained import rule_markdown
from attrib.rule import Rule, rules

HEAD = """# What it finds

Written from the rules' docstrings by `python3 dev.py docs`; change them there. `attrib explain NAME` prints the same.
A rule is turned off for a run with `--ignore NAME`, for good [in the settings](configuration.md#ignore), and for one
picture [in the page](settling.md#one-picture). Names never change without an alias.

Severity is how bad it is: an `error` fails a run unless told otherwise. Confidence is how sure: below high, a finding
is a question to a person. Some rules need the picture's `file`, its `pixels`, a `register` of those who may be credited
or an `archive` of pictures seen before. A report says what was not checked since a file was not there; without a
register or an archive their rules are left out.
"""


def page() -> str:
    """The whole page."""
    found = sorted(rules().values(), key=lambda rule: (rule.module, rule.name))
    parts = [
        HEAD,
        "| rule | severity | confidence | needs | what it finds |\n|---|---|---|---|---|\n" + "".join(map(_row, found)),
    ]
    for module, group in groupby(found, key=lambda rule: rule.module):
        parts.append(f"## {module.replace('_', ' ').capitalize()}\n")
        parts += [_section(rule) for rule in group]
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    needs = ", ".join(rule.needs)
    link = f"[{rule.name}](#{rule.name})"
    return f"| {link} | {rule.severity.value} | {rule.confidence.value} | {needs} | {rule.summary} |\n"


def _section(rule: Rule) -> str:
    return f"### {rule.name}\n\n{rule_markdown(rule)}"
