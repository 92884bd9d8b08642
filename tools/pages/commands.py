"""docs/commands.md, from the command line itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from attrib.cli import COMMANDS, attrib

HEAD = """# Commands

Written from the commands by `python3 dev.py docs`; change them in `attrib/cli/`. `attrib COMMAND --help` says the
same. On Windows `attrib` is also a command of the system; `python -m attrib` does the same everywhere.

| command | what it does |
|---|---|
"""


def page() -> str:
    """The whole page."""
    top = click.Context(attrib, info_name="attrib")
    rows = "".join(f"| [{name}](#attrib-{name}) | {told} |\n" for name, (_, told) in COMMANDS.items())
    return HEAD + rows + "".join(f"\n{section}" for section in _sections(attrib, top))


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    parts = [f"## {context.command_path}", f"`{usage}`", *_prose(command.help or "")]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    if options:
        parts.append("| option | meaning |\n|---|---|\n" + "\n".join(_row(option, context) for option in options))
    if command.epilog:
        parts.append(command.epilog)
    yield "\n\n".join(parts) + "\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if inner := command.get_command(context, name):
                yield from _sections(inner, click.Context(inner, info_name=name, parent=context))


def _prose(told: str) -> Iterator[str]:
    """Paragraphs as they are; examples, which click is told not to wrap, as code."""
    for part in inspect.cleandoc(told).split("\n\n"):
        if part.startswith("\b"):
            label, *lines = part.split("\n")[1:]
            examples = inspect.cleandoc("\n".join(lines))
            yield f"{label}\n\n```sh\n{examples}\n```"
        else:
            yield re.sub(r"(--[a-z][a-z-]+)", r"`\1`", part)


def _row(option: click.Option, context: click.Context) -> str:
    """What `--help` says of an option, without strokes, which end a cell of a table."""
    name, told = option.get_help_record(context) or ("", "")
    if isinstance(option.type, click.Choice):
        name, _, _ = name.partition(" [")
        told, default, more = told.partition(" [")
        told = f"{told} One of {', '.join(option.type.choices)}.{default}{more}"
    return f"| `{name}` | {' '.join(told.split())} |"
