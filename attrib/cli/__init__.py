"""The command line: flags become one call, its answer becomes text and an exit code.

In: arguments. Out: text on standard output or in a file, failures on standard error, and 0, 1 or 2 (130 when
stopped). Every command imports what it needs when it runs, so that `--help` costs no more than click.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from .. import __version__

__all__ = ["main", "run"]

STOPPED = 130  # what a shell expects of a program that ended on Ctrl-C


# Each command with its room and its line in --help: the room is imported when the command runs.
COMMANDS = {
    "check": ("check", "Check the pictures of articles."),
    "fix": ("fix", "Mend what can be mended safely."),
    "extract": ("look", "List pictures with caption, credit and alt text."),
    "credit": ("look", "Read credit lines."),
    "similar": ("look", "Find pictures that look alike."),
    "inspect": ("look", "Show the metadata of picture files."),
    "archive": ("archive", "Keep the pictures seen before, and find them again."),
    "baseline": ("baseline", "Write down what is known, so that only new faults count."),
    "accept": ("accept", "Accept findings, with a reason, so that they no longer count."),
    "rules": ("about", "List the rules."),
    "explain": ("about", "Explain rules, with examples."),
    "config": ("about", "Show the settings in force, what they mean, and from where."),
    "schema": ("about", "Print the JSON Schema of the JSON report."),
}


class _Late(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".{COMMANDS[cmd_name][0]}", __name__)
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "`attrib --help` lists them."
            raise click.UsageError(f"There is no command {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Late,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 checked and no error, 1 errors, or what --fail-on names, 2 something could not be checked.",
)
@click.version_option(__version__, prog_name="attrib", message="%(prog)s %(version)s")
def attrib() -> None:
    """Find the pictures of news articles with caption and credit, and say what is wrong with them.

    \b
    Examples:
      attrib check article.html             # what is wrong in one article
      attrib check site/ --root site        # in a folder, with its pictures
      attrib extract article.html           # the pictures, captions and credits found
      attrib explain caption-repeated       # why a rule exists, bad and good
    """


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit code. Nothing that happens inside ends in a code that means something else."""
    gc.set_threshold(50_000, 20, 20)  # starting makes many objects and no garbage; looking for it is 6 % of a small run
    bytes(
        30 << 20
    )  # freed at once, it tells glibc to keep what a page leaves for the next; untouched, it costs nothing
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # the same bytes on every system; a terminal keeps its own encoding
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
    try:
        code = attrib.main(list(arguments), prog_name="attrib", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("attrib: stopped", err=True)
        return STOPPED
    except BrokenPipeError:
        _let_go()
        return 0
    except Exception as error:  # Python's own code for this is 1, which would read as findings
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            _let_go()
            why = os.strerror(error.errno).lower()
            click.echo(f"attrib: the output cannot be written: {why}. Make room for it.", err=True)
            return 2
        import traceback

        traceback.print_exc()
        click.echo(
            "attrib: this is a fault in attrib, not in your pages; please report it with the lines above", err=True
        )
        return 2


def _let_go() -> None:
    """Write no more to a reader who has gone or a disk that is full, not even at the interpreter's end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
