"""The command line: flags become one call, its answer becomes text and an exit code.

In: arguments. Out: text on standard output or in a file, failures on standard error, and 0, 1 or 2 (130 when
stopped). Every command imports what it needs when it runs, so that `--help` costs no more than click.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from .. import __version__
from .about import config_command, explain_command, rules_command, schema_command
from .check import check_command
from .look import credit_command, extract_command, inspect_command, similar_command

__all__ = ["main", "run"]

STOPPED = 130  # what a shell expects of a program that ended on Ctrl-C


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 checked and nothing to fix, 1 something to fix, 2 something could not be checked.",
)
@click.version_option(__version__, prog_name="attrib", message="%(prog)s %(version)s")
def attrib() -> None:
    """Find the pictures of news articles with caption and credit, and say what is wrong with them.

    \b
    Examples:
      attrib check article.html               what is wrong in one article
      attrib check site/ --root site          in a folder, with its pictures
      attrib extract article.html             the pictures, captions and credits found
      attrib explain caption-repeated         why a rule exists, bad and good
    """


for _command in (
    check_command, extract_command, credit_command, similar_command, inspect_command, rules_command, explain_command,
    schema_command, config_command,
):  # fmt: skip
    attrib.add_command(_command)


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit code. Nothing that happens inside ends in a code that means something else."""
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
        return _pipe_closed()
    except Exception:  # Python's own code for this is 1, which would read as findings
        import traceback

        traceback.print_exc()
        click.echo(
            "attrib: this is a fault in attrib, not in your pages; please report it with the lines above", err=True
        )
        return 2


def _pipe_closed() -> int:
    """Say nothing to a reader who has gone, not even at the interpreter's end."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
