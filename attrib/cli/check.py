"""`attrib check`: the main job."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from . import common
from .pool import spread

if TYPE_CHECKING:
    from ..check import Looked, Settings
    from ..fetch import Place
    from ..model import Failure, Report


@click.command(
    "check",
    epilog="Exit codes: 0 nothing at or above --fail-on, 1 something, 2 not all could be checked.",
)
@common.paths_argument()
@click.option("--select", metavar="RULES", multiple=True, help="Only these rules: names, groups or patterns, by comma.")
@click.option("--ignore", metavar="RULES", multiple=True, help="Not these rules.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "notice", "never"]),
    help="The least severity that makes the exit code 1.  [default: error]",
)  # fmt: skip
@common.format_option("terminal", "json", "jsonl")
@common.output_option
@common.root_option
@common.config_option
@common.online_option
@common.stdin_option
@common.jobs_option
def check_command(
    names: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    form: str,
    output: str | None,
    root: str | None,
    config_file: str | None,
    online: bool,
    stdin_filename: str | None,
    jobs: int,
) -> int:
    """Check the pictures of articles: captions, credits, alt texts, and the picture files.

    PATH is a file (HTML, Markdown, plain text), a folder, a pattern, '-' for standard input, or, with --online, an
    address. Folders are read with all below them, but what git ignores.

    \b
    Examples:
      attrib check article.html
      attrib check public/ --root public --fail-on warning
      attrib check public/ --select caption,credit-missing --format jsonl
      curl -s https://example.org/a | attrib check - --stdin-filename a.html
    """
    common.check_output(output)
    from ..check import Settings, conclude
    from ..fetch import find

    config = common.config(config_file)
    settings = Settings(
        select=_rules(select, "--select") or config.selected,
        ignore=(*_rules(ignore, "--ignore"), *(() if select else config.ignore)),
        severity=config.severity,
        house=config.house,
        root=common.checked_root(root, config.root),
        web=common.open_web(names, online),
        spared=config.ignored_in if config.per_file_ignores else None,
    )
    places = find(common.some(names), stdin_filename=stdin_filename)
    work = partial(_look, settings=settings)
    looked = common.progress(spread(work, places, common.processes(places, jobs)), len(places))
    report = conclude(looked, settings)
    common.write(_render(report, form, output), output)
    if form != "terminal" or output:
        common.say(report.failures)
    return exit_code(report, fail_on or config.fail_on)


def _look(place: Place | Failure, settings: Settings) -> Looked:
    """One place read and looked at; done in any process."""
    from ..check import look
    from ..fetch import load
    from ..model import Failure

    return look(place if isinstance(place, Failure) else load(place, web=settings.web), settings)


def exit_code(report: Report, fail_on: str) -> int:
    """2 when not everything could be checked, 1 when there is something to fix, 0 otherwise."""
    from ..model import Severity

    if not report.complete:
        return 2
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    return int(any(finding.severity and finding.severity.rank <= limit for finding in report.findings))


def _render(report: Report, form: str, output: str | None) -> Iterator[str]:
    if form == "json":
        from ..report.wire import check_json

        yield check_json(report)
    elif form == "jsonl":
        from ..report.wire import check_jsonl

        yield from check_jsonl(report)
    else:
        from ..report.terminal import check_lines
        from ..rule import rules

        for line in check_lines(report, rules(), common.paint(output)):
            yield line + "\n"


def _rules(values: tuple[str, ...], flag: str) -> tuple[str, ...]:
    """Rule names, groups and patterns, each of which must mean something."""
    patterns = tuple(part.strip() for value in values for part in value.split(",") if part.strip())
    if patterns:
        from ..config import ConfigError, known_rules

        try:
            known_rules(patterns)
        except ConfigError as error:
            raise click.UsageError(f"{flag}: {error}", click.get_current_context()) from error
    return patterns
