"""`attrib check`, the main job."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from . import STOPPED, common, formats, gate, stop

if TYPE_CHECKING:
    from ..config import Config
    from ..engine import Settings
    from ..model import Report


@click.command(
    "check",
    epilog="Exit codes: 0 nothing at or above --fail-on, 1 something, 2 not all could be checked.",
)
@common.paths_argument
@click.option("--select", metavar="RULES", multiple=True, help="Only these rules: names, groups or patterns, by comma.")
@click.option("--ignore", metavar="RULES", multiple=True, help="Not these rules.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "notice", "never"]),
    help="The least severity that makes the exit code 1.  [default: error]",
)  # fmt: skip
@formats.formats_option
@common.output_option
@click.option("--standalone", is_flag=True, help="html: keep the thumbnails in the page itself, also in a folder.")
@common.root_option
@common.config_option
@common.register_option
@common.archive_option
@click.option("--learn", is_flag=True, help="Add the pictures checked to the archive afterwards; makes it if need be.")
@click.option(
    "--baseline", metavar="FILE", help="Findings known before, which do not count; `attrib baseline` writes it."
)
@common.online_option
@common.stdin_option
@common.jobs_option
@common.cache_option
@common.no_cache_option
@gate.since_option
@gate.source_map_option
def check_command(
    names: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    forms: tuple[str, ...],
    output: str | None,
    standalone: bool,
    root: str | None,
    config_file: str | None,
    register: str | None,
    archive: str | None,
    learn: bool,
    baseline: str | None,
    online: bool,
    stdin_filename: str | None,
    jobs: int,
    cache: str | None,
    since: str | None,
    source_map: tuple[str, ...],
) -> int:
    """Check the pictures of articles: captions, credits, alt texts, and the picture files.

    PATH is a file (HTML, Markdown, plain text), a folder, a pattern, '-' for standard input, or, with --online, an
    address. Folders are read with all below them, but what git ignores.

    A format with a file is written there, one without to standard output; the exit code is the same for all.

    \b
    Examples:
      attrib check article.html
      attrib check public/ --root public --fail-on warning
      attrib check public/ --format terminal --format sarif:out.sarif --format junit:out.xml
      attrib check public/ --format html:report/       # a page to look through, with thumbnails beside it
      attrib check public/ --select caption,credit-missing --format jsonl
      attrib check public/ --archive seen.db --learn
      attrib check public/ --changed-since origin/main
      curl -s https://example.org/a | attrib check - --stdin-filename a.html
    """
    renditions = formats.renditions(forms, output)
    config = common.config(config_file)
    choice = Choice(select, ignore, root, online, stdin_filename, jobs, register, archive, learn, cache)
    choice = replace(choice, quoted=formats.quoting(renditions), since=since, source_map=source_map)
    report, settings = gather(names, choice, config)
    report = _known_left_out(report, settings, baseline, config)
    reach = formats.Reach(settings.root, settings.web, config.edit_url, standalone)
    if origins := gate.origins_of(source_map, config, settings.root):
        from ..origin.mapped import mapped

        reach = reach._replace(mapped=mapped(report, origins))
    report = formats.write(report, renditions, fail_on or config.fail_on, reach)
    return exit_code(report, fail_on or config.fail_on)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line says of how to check."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    root: str | None
    online: bool
    stdin_filename: str | None
    jobs: int
    register: str | None = None
    archive: str | None = None
    learn: bool = False
    cache: str | None = None
    since: str | None = None
    source_map: tuple[str, ...] = ()
    quoted: bool = False


def gather(names: tuple[str, ...], choice: Choice, config: Config) -> tuple[Report, Settings]:
    """Check what was named, with what the command line and the settings say; the command line wins."""
    from ..engine import conclude
    from ..fetch import find
    from .visit import cache_folder, visit

    settings = settings_of(names, choice, config)
    changed = gate.changed_files(choice.since)
    origins = gate.origins_of(choice.source_map, config, settings.root)
    places = find(common.some(names), stdin_filename=choice.stdin_filename)
    folder = cache_folder(choice.cache, config, places, settings)
    looked, whole = visit(places, settings, choice.jobs, folder)
    if whole and not any(one.page or one.failures for one in looked):
        raise common.usage("Nothing to check: only reports of attrib are there.")
    shown = None
    if changed is not None:
        counts = [*gate.touched(places, looked, changed, origins)]
        looked = [one if counted else replace(one, failures=()) for one, counted in zip(looked, counts, strict=True)]
        shown = {one.page.source for one, counted in zip(looked, counts, strict=True) if counted and one.page}
    try:
        report = conclude(looked, settings, shown)
    except KeyboardInterrupt:
        report, settings = stop.stopped_comparing(looked, settings, shown)
    return (report if whole else stop.stopped_checking(report, places[len(looked) :])), settings


def settings_of(names: tuple[str, ...], choice: Choice, config: Config) -> Settings:
    """What to look for and how: the command line's word, then that of the settings."""
    from ..api import settings_of as settled

    return replace(
        settled(replace(config, register=None)),  # which the command line may have named another of
        select=_rules(choice.select, "--select") or config.selected,
        ignore=(*_rules(choice.ignore, "--ignore"), *(() if choice.select else config.ignore)),
        root=common.checked_root(choice.root, config.root),
        web=common.open_web(names, choice.online),
        register=common.register(choice.register, config.register),
        archive=common.archive(choice.archive, config.archive, choice.learn),
        learn=choice.learn,
        quoted=choice.quoted,
    )


def _known_left_out(report: Report, settings: Settings, named: str | None, config: Config) -> Report:
    """The report without what a baseline knows. Entries that no longer hold are said, and change nothing."""
    from pathlib import Path

    file = Path(named) if named else config.baseline
    if file is None or named == "none":
        return report
    from ..baseline import apply_baseline

    applied = (rule.name for rule in settings.chosen())
    report, stale = apply_baseline(report, common.baseline(file), applied, common.today())
    if stale:
        from ..report.said import count

        first = f"{stale[0].source}, {stale[0].rule}{', …' if len(stale) > 1 else ''}"
        gone = f"{count(len(stale), 'known finding')} {'is' if len(stale) == 1 else 'are'} gone ({first})"
        click.echo(f"attrib: {file}: {gone}. Write it anew with `attrib baseline -o {file}`.", err=True)
    return report


def exit_code(report: Report, fail_on: str) -> int:
    """130 when a person stopped the run, 2 when not everything could be checked, 1 when there is something to fix."""
    if report.stopped:
        return STOPPED
    if not report.complete:
        return 2
    limit = formats.limit(fail_on)
    return int(any(limit and finding.severity and finding.severity.rank <= limit.rank for finding in report.findings))


def _rules(values: tuple[str, ...], flag: str) -> tuple[str, ...]:
    """Rule names, groups and patterns, each of which must mean something."""
    patterns = tuple(part.strip() for value in values for part in value.split(",") if part.strip())
    if patterns:
        from ..keys import ConfigError, known_rules

        try:
            known_rules(patterns)
        except ConfigError as error:
            raise common.usage(f"{flag}: {error}") from error
    return patterns
