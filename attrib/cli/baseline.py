"""`attrib baseline`: what is wrong today is written down, so that only new faults count."""

from __future__ import annotations

import click

from . import STOPPED, common
from .check import Choice, gather


@click.command("baseline")
@common.paths_argument
@click.option("--select", metavar="RULES", multiple=True, help="Only these rules.")
@click.option("--ignore", metavar="RULES", multiple=True, help="Not these rules.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="The file to write.  [default: that of the settings, or attrib-baseline.json]",
)
@common.root_option
@common.config_option
@common.register_option
@common.online_option
@common.jobs_option
@common.cache_option
@common.no_cache_option
def baseline_command(
    names: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output: str | None,
    root: str | None,
    config_file: str | None,
    register: str | None,
    online: bool,
    jobs: int,
    cache: str | None,
) -> int:
    """Write down what is wrong today, so that `check` only speaks of what is new.

    Entries are the words themselves, not line numbers: they hold while the pages around them change, and `check`
    says which no longer do. When the file is written anew, what was accepted with `attrib accept` stays so, and what
    is not checked this time stays as it was.

    \b
    Example:
      attrib baseline public/
      attrib check public/ --baseline attrib-baseline.json
    """
    config = common.config(config_file)
    output = output or (config.baseline.as_posix() if config.baseline else "attrib-baseline.json")
    common.check_output(output)
    from pathlib import Path

    from ..baseline import baseline_text, entries_of, written_anew

    before = common.baseline(Path(output), missing=True)
    choice = Choice(select, ignore, root, online, None, jobs, register, cache=cache)
    report, settings = gather(names, choice, config)
    if report.stopped:  # what was not checked is not gone
        click.echo(f"{output}: not written, as the run was stopped.", err=True)
        return STOPPED
    if not report.pages:  # a wrong path must not forget all that was known
        common.say(report.failures)
        click.echo(f"{output}: not written, as nothing was checked.", err=True)
        return 2
    after = written_anew(report, before, (rule.name for rule in settings.chosen()))
    common.write([baseline_text(after)], output)
    common.say(report.failures)
    from ..report.said import count

    known = len(report.findings)
    met = {entry for finding in report.findings for entry in entries_of(finding, before.folder)}
    more = "; what was not checked stays as it was" if after.entries.keys() - met else ""
    click.echo(
        f"{output}: {count(known, 'finding')} {'is' if known == 1 else 'are'} known from now on{more}.", err=True
    )
    return 0 if report.complete else 2
