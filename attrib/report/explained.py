"""A rule explained: what it finds, why that matters, bad and good examples.

In: a `Rule`. Out: its documentation as plain text or as Markdown, from the one docstring.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..rule import Rule

__all__ = ["rule_markdown", "rule_text"]


def rule_text(rule: Rule) -> str:
    """Plain text: summary, why, examples set in by four blanks."""
    parts = [rule.summary, rule.why]
    for label, example in _examples(rule):
        parts.append(f"{label}:\n" + "\n".join(f"    {line}" if line else "" for line in example.split("\n")))
    return "\n\n".join(parts) + "\n"


def rule_markdown(rule: Rule) -> str:
    """Markdown without a heading: summary, why, examples as code."""
    parts = [rule.summary, rule.why]
    for label, example in _examples(rule):
        fence = "````" if "```" in example else "```"
        parts.append(f"{label}:\n\n{fence}html\n{example}\n{fence}")
    return "\n\n".join(parts) + "\n"


def _examples(rule: Rule) -> Iterator[tuple[str, str]]:
    for label, examples in (("Bad", rule.bad), ("Good", rule.good)):
        for example in examples:
            yield label, "\n".join((*example.facts, example.page.rstrip("\n")))
