"""Write docs/rules.md from the rules' docstrings; with --check, only say whether it is up to date."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from attrib.report.explained import rule_markdown
from attrib.rule import Rule, rules

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
HEAD = """# Rules

Written from the rules' docstrings by `python3 dev.py docs`; change them there. `attrib explain NAME` prints the same.
A rule is turned off for a run with `--ignore NAME`. Names never change without an alias.
"""


def page() -> str:
    """The whole page."""
    found = sorted(rules().values(), key=lambda rule: (rule.module, rule.name))
    parts = [HEAD, "| rule | severity | confidence | needs | |\n|---|---|---|---|---|\n" + "".join(map(_row, found))]
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


def main() -> int:
    """Write or compare; the exit code."""
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text("utf-8") != text:
            print("docs/rules.md is not up to date: run `python3 dev.py docs`.", file=sys.stderr)
            return 1
        return 0
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
