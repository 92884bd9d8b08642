"""Commands about attrib itself: rules, explain, schema, config."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import common

if TYPE_CHECKING:
    from ..rule import Rule


@click.command("rules")
@common.format_option("terminal", "json", "jsonl")
@common.output_option
def rules_command(form: str, output: str | None) -> None:
    """List the rules, by group."""
    common.check_output(output)
    from ..report.wire import dump
    from ..rule import rules

    found = list(rules().values())
    if form == "jsonl":
        common.write((dump(_value(rule)) + "\n" for rule in found), output)
    elif form == "json":
        common.write([dump([_value(rule) for rule in found], pretty=True) + "\n"], output)
    else:
        wide = max((len(rule.name) for rule in found), default=0)
        lines = [f"{rule.name:{wide}}  {rule.severity.value:7}  {rule.summary}\n" for rule in found]
        common.write([*lines, f"{len(found)} rules. `attrib explain NAME` tells more of one.\n"], output)


@click.command("explain")
@click.argument("names", nargs=-1, metavar="RULE...")
@common.output_option
def explain_command(names: tuple[str, ...], output: str | None) -> None:
    """Explain rules: why each exists, with bad and good examples.

    \b
    Example:
      attrib explain caption-repeated
    """
    common.check_output(output)
    from ..keys import ConfigError, known_rule
    from ..rule import rules

    try:
        chosen = [rules()[known_rule(name)] for name in common.some(names, "a rule; `attrib rules` lists them")]
    except ConfigError as error:
        raise common.usage(str(error)) from error
    common.write("\n".join(map(_explanation, chosen)), output)


@click.command("schema")
@common.output_option
def schema_command(output: str | None) -> None:
    """Print the JSON Schema of the JSON report."""
    common.check_output(output)
    from ..report.wire import schema

    common.write([schema()], output)


@click.command("config")
@common.config_option
@common.format_option("terminal", "json")
@common.output_option
def config_command(config_file: str | None, form: str, output: str | None) -> None:
    """Show the settings in force, what each means, and where it was set.

    Settings are in [tool.attrib] of pyproject.toml, or in attrib.toml, in the current folder or above it.
    """
    common.check_output(output)
    from ..config import settings_in_force
    from ..keys import KEYS
    from ..report.wire import dump

    config = common.config(config_file)
    rows = settings_in_force(config)
    if form == "json":
        values = {key: {"value": value, "from": origin, "meaning": KEYS[key].meaning} for key, value, origin in rows}
        common.write(
            [dump({"file": str(config.file) if config.file else None, "settings": values}, pretty=True) + "\n"], output
        )
        return
    head = f"Settings of {config.file}" if config.file else "No file with settings; the defaults"
    wide = max(len(key) for key, _, _ in rows)
    below = " " * (wide + 4)
    lines = [
        f"  {key:{wide}}  {dump(value)}{f'  ({origin})' if origin else ''}\n"
        f"{click.wrap_text(KEYS[key].meaning, 100, below, below)}\n"
        for key, value, origin in rows
    ]
    common.write([f"{head}.\n", *lines], output)


def _value(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "group": rule.module,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "needs": list(rule.needs),
        "fixable": rule.fixable,
        "summary": rule.summary,
        "why": rule.why,
    }


def _explanation(rule: Rule) -> str:
    from ..report.explained import rule_text

    facts = [rule.severity.value, f"{rule.confidence.value} confidence"]
    facts += [f"needs {need}" for need in rule.needs] + (["can be fixed"] if rule.fixable else [])
    return f"{rule.name} ({', '.join(facts)})\n\n{rule_text(rule)}"
