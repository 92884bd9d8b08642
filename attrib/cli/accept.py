"""`attrib accept`: a finding may stay, with a reason, by whom, and until when.

In: fingerprints, and where their findings are: a JSON report, or pages to check again. Out: a line for each in the
baseline file, by its content, so that it holds while the page around it changes.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import common

if TYPE_CHECKING:
    from ..config import Config
    from ..model import Finding

FEWEST = 6  # digits that name a fingerprint


@click.command("accept")
@click.argument("fingerprints", nargs=-1, metavar="FINGERPRINT...")
@click.option("--reason", metavar="TEXT", help="Why it may stay.  [required]")
@click.option("--by", metavar="NAME", help="Who says so.  [default: git's user.name]")
@click.option("--until", metavar="YYYY-MM-DD", help="The last day it holds.  [default: for ever]")
@click.option("--report", metavar="FILE", help="The JSON report that the findings are in.")
@click.option("--in", "pages", metavar="PATH", multiple=True, help="Pages to check again to find them; repeat it.")
@click.option(
    "--baseline", metavar="FILE",
    help="The file to keep it in.  [default: that of the settings, or attrib-baseline.json]",
)  # fmt: skip
@common.root_option
@common.config_option
def accept_command(
    fingerprints: tuple[str, ...],
    reason: str | None,
    by: str | None,
    until: str | None,
    report: str | None,
    pages: tuple[str, ...],
    baseline: str | None,
    root: str | None,
    config_file: str | None,
) -> int:
    """Accept findings: with this baseline they no longer count, until the day that is said, if one is.

    A FINGERPRINT stands behind each finding on the terminal, and in the JSON report; its first digits are enough. One
    that was accepted before is accepted anew. Edits around a finding do not matter; when its own words change, it is
    another finding.

    \b
    Examples:
      attrib check public/ --format terminal --format json:report.json
      attrib accept 2eafaa8b --report report.json --reason "the desk has the contract" --until 2027-06-30
      attrib accept 2eafaa8b --in public/story.html --reason "the desk has the contract" --by "Ann Lee"
      attrib check public/ --baseline attrib-baseline.json
    """
    named = common.some(fingerprints, "a fingerprint; `attrib check` prints it behind each finding")
    if not (reason or "").strip():
        raise common.usage("Say why it may stay with --reason.")
    if bool(report) == bool(pages):
        raise common.usage("Say where the findings are: --report FILE, the JSON report, or --in PATH to check again.")
    day = _day(until)
    config = common.config(config_file)
    file = Path(baseline or (config.baseline.as_posix() if config.baseline else "attrib-baseline.json"))
    common.check_output(str(file), "--baseline ")
    who = by or _user()
    from ..baseline import Acceptance, baseline_text, entries_of, with_acceptances

    before = common.baseline(file, missing=True)
    findings = _reported(report) if report else _found(pages, root, config)
    chosen = list(dict.fromkeys(_named(name, findings, report or ", ".join(pages)) for name in named))
    why = " ".join((reason or "").split())
    new = [
        Acceptance(entry, why, who, day, finding.fingerprint)
        for finding in chosen
        for entry in entries_of(finding, file.parent)
    ]
    after = with_acceptances(before, new, None if report else findings)  # a report may lack what was known
    common.write([baseline_text(after)], str(file))
    for finding in chosen:
        click.echo(_said(finding, who, day))
    return 0


def _reported(file: str) -> list[Finding]:
    """The findings of a JSON report, as far as they are asked for here."""
    from ..model import Finding, Related, Span

    try:
        return [
            Finding(
                Span(0, 0), "", rule=str(item["rule"]), source=str(item["source"]), quote=str(item["quote"]),
                picture=str(item["picture"]), fingerprint=str(item["fingerprint"]), count=int(item["count"]),
                related=tuple(
                    Related(Span(0, 0), "", quote=str(other["quote"]), picture=str(other["picture"]))
                    for other in item["related"]
                ),
            )
            for item in json.loads(Path(file).read_text("utf-8"))["findings"]
        ]  # fmt: skip
    except OSError as error:
        raise common.usage(
            f"--report {file}: cannot be read: {(error.strerror or str(error)).lower()}. Check the path."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise common.usage(
            f"--report {file}: is no report. Write one with `attrib check --format json:FILE`."
        ) from error


def _found(pages: tuple[str, ...], root: str | None, config: Config) -> Sequence[Finding]:
    """The findings of pages that are checked again."""
    from .check import Choice, gather

    report, _ = gather(pages, Choice((), (), root, False, None, 0), config)
    common.say(report.failures)
    return report.findings


def _named(name: str, findings: Iterable[Finding], where: str) -> Finding:
    """The one finding whose fingerprint begins so."""
    digits = name.lower()
    matching = [finding for finding in findings if finding.fingerprint.startswith(digits)]
    if len(digits) < FEWEST:
        raise common.usage(f"{name}: give at least {FEWEST} digits of the fingerprint.")
    if not matching:
        raise common.usage(f"{name}: there is no such finding in {where}. `attrib check` prints the fingerprints.")
    if len(matching) > 1:
        raise common.usage(
            f"{name}: {len(matching)} findings begin so. Give more digits: the JSON report has all of them."
        )
    return matching[0]


def _day(until: str | None) -> str:
    """The day that was typed, ISO; empty for none. It must be one, and not past."""
    if not until:
        return ""
    from datetime import date

    try:
        day = date.fromisoformat(until).isoformat()
    except ValueError as error:
        raise common.usage(f"--until {until}: is no day. Write it as 2027-06-30.") from error
    if day < common.today():
        raise common.usage(f"--until {until}: is past. Name a day to come, or leave it out.")
    return day


def _user() -> str:
    """Who works here, as git knows it."""
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, encoding="utf-8")  # noqa: S607
    except OSError:  # no git
        done = None
    if done is None or not done.stdout.strip():
        raise common.usage("Say who accepts it with --by NAME; git knows no user.name here.")
    return done.stdout.strip()


def _said(finding: Finding, who: str, day: str) -> str:
    from ..report.said import shorten, visible

    words = f" “{shorten(finding.quote, 60)}”" if finding.quote else ""
    until = f" until {day}" if day else ""
    return f"{visible(finding.source)}: {finding.rule}{words} accepted by {visible(who)}{until}."
