"""The page around the findings: the verdict, what was not checked, filters, and the articles in order.

In: a `Report` and what goes with it. Out: pieces of HTML, an article at a time. Style and script are in the page, and
its policy names them by their hashes, so that nothing else can run.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import groupby

from ...model import MARK, Confidence, Figure, Finding, LeftOut, Page, Report, Severity, State
from ...rule import Rule
from ..markup import escaped
from ..places import Atlas
from ..said import (
    by_article,
    count,
    failure_line,
    failures_in_order,
    left_out,
    not_done,
    shorten,
    skips,
    unsaid,
    verdict,
)
from .finding import Aids, Scene, finding_html, language, short_name, state_of, thumbnail_html, weights_of
from .galley import figure_of
from .left import left_out_html, listed

__all__ = ["check_html"]

# What findings can be filtered by beside their rule and state: the name in the page, what is asked of a finding, and
# its answers in order.
_FILTERS: Sequence[tuple[str, Callable[[Finding], str], Sequence[str]]] = (
    ("severity", lambda finding: weights_of(finding)[0], tuple(Severity)),
    ("confidence", lambda finding: weights_of(finding)[1], tuple(Confidence)),
)


def check_html(report: Report, rules: Mapping[str, Rule], aids: Aids | None = None) -> Iterator[str]:
    """The whole page, piece by piece."""
    scene = Scene({page.source: page for page in report.pages}, rules, Atlas(report.pages), aids or Aids())
    articles = by_article(report)
    style, script = _own("report.css"), _own("report.js")
    policy = (  # browsers differ in what is 'self' to a page that was opened from a disk
        f"default-src 'none'; img-src 'self' file: data:; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    yield (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{MARK}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escaped(verdict(report))} – attrib</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#findings">Skip to the findings</a>\n'
    )
    yield from _head(report)
    yield from _aside(articles, listed(report), scene)
    yield '<main id="findings" tabindex="-1">\n'
    for number, (source, findings) in enumerate(articles.items(), 1):
        yield from _article(number, source, findings, scene)
    yield '<p id="none" hidden>No finding is left. Change the filters, or show all.</p>\n'
    yield from _not_done(report)
    yield from left_out_html(report, scene)
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>\n"


def _head(report: Report) -> Iterator[str]:
    yield f'<header>\n<p class="name">attrib</p>\n<h1>{escaped(verdict(report))}</h1>\n'
    if said := not_done(report):
        linked = escaped(said).replace("see the end", '<a href="#not-done">see the end</a>')
        yield f'<p class="undone">{linked}</p>\n'
    if said := escaped(left_out(report)):
        linked = said.replace("Left out:", '<a href="#left-out">Left out:</a>') if report.left_out else said
        yield f'<p class="quiet">{linked}</p>\n'
    yield "</header>\n"


def _aside(
    articles: Mapping[str, Sequence[Finding]], left: Mapping[State, Sequence[LeftOut]], scene: Scene
) -> Iterator[str]:
    """Filters, which need the script and are hidden without it, and the list of articles."""
    findings = [finding for group in articles.values() for finding in group]
    quiet = [one.finding for group in left.values() for one in group]
    if len(findings) + len(quiet) < 2:
        return
    yield '<aside aria-label="Filters and articles">\n'
    yield '<details class="filters" open>\n<summary>Filter</summary>\n<form>\n'
    for name, asked, values in _FILTERS:
        met, counted = set(map(asked, [*findings, *quiet])), Counter(map(asked, findings))
        if len(met) > 1:
            yield from _boxes(name, [(value, counted[value], True) for value in values if value in met])
    states = Counter(map(state_of, findings))
    boxes = [(state, states[state], True) for state in ("new", "expired") if states[state]]
    boxes += [(state, len(left[state]), False) for state in left]
    if left or len(boxes) > 1:
        yield from _boxes("state", boxes)
    by_rule = Counter(finding.rule for finding in findings)
    if len(names := sorted({*by_rule, *(finding.rule for finding in quiet)})) > 1:
        yield '<label class="rule">Rule <select name="rule"><option value="">all rules</option>'
        yield from (f'<option value="{escaped(x)}">{escaped(x)} ({by_rule[x]:,})</option>' for x in names)
        yield "</select></label>\n"
    yield (
        f'<p><output id="count" aria-live="polite">{count(len(findings), "finding")}</output></p>\n'
        '<p><button type="reset">Show all</button> <button type="button" id="csv">Save as CSV</button></p>\n'
        '<p id="said" role="status"></p>\n</form>\n</details>\n'
    )
    if len(articles) > 1:
        yield '<nav aria-labelledby="articles"><h2 id="articles">Articles</h2>\n<ol>\n'
        for number, (source, group) in enumerate(articles.items(), 1):
            yield f'<li><a href="#a{number}">{_title(source, scene)}</a>&nbsp;<span>{len(group):,}</span></li>\n'
        yield "</ol></nav>\n"
    yield "</aside>\n"


def _boxes(name: str, values: Iterable[tuple[str, int, bool]]) -> Iterator[str]:
    """One group of boxes: each value, how many findings that count have it, and whether it is shown at first."""
    yield f"<fieldset><legend>{name.capitalize()}</legend>\n"
    for value, number, shown in values:
        yield (
            f'<label><input type="checkbox" name="{name}" value="{value}"{" checked" if shown else ""}> '
            f"{value.capitalize()} <span>{number:,}</span></label>\n"
        )
    yield "</fieldset>\n"


def _title(source: str, scene: Scene) -> str:
    page = scene.pages.get(source)
    return escaped(shorten(page.title, 120) if page and page.title else source)


def _article(number: int, source: str, findings: Iterable[Finding], scene: Scene) -> Iterator[str]:
    """The findings of one article, those of one picture together beside its small copy."""
    page = scene.pages.get(source)
    yield f'<section class="article" id="a{number}" data-source="{escaped(source)}">\n'
    yield f'<h2 dir="auto"{language(page)}>{_title(source, scene)}</h2>\n'
    link = escaped(source)
    if source.lower().startswith(("http://", "https://")):
        link = f'<a href="{link}" rel="noopener noreferrer">{link}</a>'
    if link != _title(source, scene):
        yield f'<p class="source">{link}</p>\n'
    numbers = {id(figure): i for i, figure in enumerate(page.article, 1)} if page else {}
    of_pictures = groupby(findings, lambda f: figure_of(page, f.at, f.picture) if page else None)
    for index, group in of_pictures:
        figure = page.figures[index] if page and index is not None else None
        yield '<section class="picture">\n'
        if page and figure:
            yield _shown(page, figure, numbers.get(id(figure)), scene)
        else:
            yield "<div><h3>The page itself</h3></div>\n"
        yield "<div>\n"
        for finding in group:
            yield from finding_html(finding, figure, scene)
        yield "</div>\n</section>\n"
    yield "</section>\n"


def _shown(page: Page, figure: Figure, number: int | None, scene: Scene) -> str:
    """A picture's small copy, with its number in the article and its name."""
    name = short_name(figure.address)
    head = f"Picture {number} of {len(page.article)}" if number else "A picture outside the article"
    shown = thumbnail_html(scene.aids.of_figure(page, figure), name)
    return f'<div class="shown">\n<h3>{head}</h3>\n{shown}\n<p dir="auto">{escaped(name)}</p>\n</div>\n'


def _not_done(report: Report) -> Iterator[str]:
    """What could not be read and what was not checked, one line each."""
    parts = [
        ("Could not be read", [escaped(failure_line(failure)) for failure in failures_in_order(unsaid(report))]),
        ("Not checked", [_skipped(*told) for told in skips(report.skipped)]),
    ]
    if any(lines for _, lines in parts):
        yield '<section id="not-done">\n'
        for title, lines in parts:
            if lines:
                yield f"<h2>{title}</h2>\n<ul>\n"
                yield from (f"<li>{line}</li>\n" for line in lines)
                yield "</ul>\n"
        yield "</section>\n"


def _skipped(rules: str, where: str, why: str) -> str:
    """Why first, and which rules it concerns after it: an editor can act on the one, and need not know the others."""
    return f"{escaped(f'{why[:1].upper()}{why[1:]}, in {where}')}. <small>{escaped(rules)}</small>"


def _own(name: str) -> str:
    """A file of this room, as it goes into the page."""
    return files(__package__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
