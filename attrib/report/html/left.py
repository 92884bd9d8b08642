"""What does not count, folded below what does: by state and article, a few lines each, with who said so and why.

In: a report's `LeftOut`s. Out: pieces of HTML, to be read without a script. All text goes through `escaped`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...model import LeftOut, Page, Report, State
from ..markup import escaped
from ..said import shorten
from .finding import Scene, language, opened, weights_of

__all__ = ["STATES", "left_out_html", "listed"]

MOST = 1000  # of one state; a baseline of an old archive knows many more, and nobody reads them here

# The states in their order, each with what it means in a line.
STATES = {
    State.ACCEPTED: "Somebody said that these may stay.",
    State.KNOWN: "These were there when the baseline was written, and are not new.",
    State.ALLOWED: "The pages themselves allow these.",
}


def listed(report: Report) -> dict[State, list[LeftOut]]:
    """What is left out of each state that has some, as far as it is listed: by article, in page order."""
    inside = sorted(report.left_out, key=lambda one: (one.finding.source, one.finding.at, one.finding.rule))
    found = {state: [one for one in inside if one.state is state][:MOST] for state in STATES}
    return {state: some for state, some in found.items() if some}


def left_out_html(report: Report, scene: Scene) -> Iterator[str]:
    """The section with one fold for each state; nothing where all counts."""
    if not report.left_out:
        return
    whole = {State.ACCEPTED: report.accepted, State.KNOWN: report.known, State.ALLOWED: report.allowed}
    yield '<section id="left-out">\n<h2>Left out</h2>\n'
    for state, some in listed(report).items():
        yield f'<details class="left" data-state="{state}">\n'
        yield f"<summary>{state.capitalize()} <span>{whole[state]:,}</span></summary>\n<p>{STATES[state]}</p>\n"
        for source, group in groupby(some, lambda one: one.finding.source):
            page = scene.pages.get(source)
            title = shorten(page.title, 120) if page and page.title else source
            yield f'<section class="group" data-source="{escaped(source)}">\n'
            yield f'<h3 dir="auto"{language(page)}>{escaped(title)}</h3>\n'
            yield from (f'<p class="source">{escaped(source)}</p>\n' for _ in [0] if title != source)
            for one in group:
                yield from _one(one, page, scene)
            yield "</section>\n"
        if len(some) < whole[state]:
            yield f"<p>{whole[state] - len(some):,} more are not listed here.</p>\n"
        yield "</details>\n"
    yield "</section>\n"


def _one(one: LeftOut, page: Page | None, scene: Scene) -> Iterator[str]:
    finding = one.finding
    place = scene.atlas.find(finding.source, finding.at)
    severity, _ = weights_of(finding)
    yield opened(finding, one.state, place)
    yield f'<p class="message" dir="auto">{escaped(finding.message)}</p>\n'
    if words := shorten(finding.quote, 160):
        yield f'<p><q dir="auto"{language(page)}>{escaped(words)}</q></p>\n'
    if said := _word(one):
        yield f'<p class="word" dir="auto">{escaped(said)}</p>\n'
    yield f'<p class="foot"><span>{severity.capitalize()}</span> <code>{escaped(finding.rule)}</code>'
    yield f" <span>line {place.line}, column {place.column}</span></p>\n</article>\n"


def _word(one: LeftOut) -> str:
    """On whose word it is left out, why, and until when."""
    by = f" by {one.by}" if one.by else ""
    until = f" until {one.until}" if one.until else ""
    said = {State.ACCEPTED: f"Accepted{by}{until}", State.ALLOWED: "Allowed in the page", State.KNOWN: ""}[one.state]
    return f"{said}: {one.reason}" if said and one.reason else said
