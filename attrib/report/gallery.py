"""Groups of pictures that look alike, as one page to look through: each picture beside the one it looks like.

In: `Group`s of `Shown` pictures with their small copies. Out: lines of HTML. The page holds all it shows, asks nobody
for anything (its own policy forbids it), and runs no script: names come from files that strangers made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .markup import escaped, inline

__all__ = ["Group", "Shown", "gallery"]

MOST = 60  # pictures of one group: past it a person has seen enough, and the rest is counted

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Pictures that look alike</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.45 system-ui, sans-serif; margin: 2rem }
section { border-top: 1px solid #8888; padding: 1rem 0 }
h2 { font-size: 1rem; margin: 0 0 .75rem; overflow-wrap: anywhere }
ul { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; margin: 0; padding: 0 }
li { width: 20rem; max-width: 100% }
li:first-child { outline: 2px solid #888; outline-offset: .4rem }
img { display: block; max-width: 100%; background: #8882 }
p { margin: .25rem 0; overflow-wrap: anywhere }
small { opacity: .75 }
</style>
</head>
<body>
<h1>Pictures that look alike</h1>
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture: its name, what is said of it, and its small copy (None where there is none to show)."""

    name: str
    words: Sequence[str]
    copy: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that look like the first of them."""

    first: Shown
    others: Sequence[Shown]
    left_out: int = 0


def gallery(groups: Iterable[Group], summary: str, failures: Sequence[str] = ()) -> Iterator[str]:
    """The page, piece by piece. `failures`: what could not be read, a line each."""
    yield _HEAD
    yield f"<p>{escaped(summary)}</p>\n"
    for number, group in enumerate(groups, 1):
        yield f"<section>\n<h2>{number}. {escaped(group.first.name)}</h2>\n<ul>\n"
        for shown in (group.first, *group.others):
            yield _item(shown)
        yield "</ul>\n"
        if group.left_out:
            yield f"<p>and {group.left_out:,} more</p>\n"
        yield "</section>\n"
    if failures:
        yield "<section>\n<h2>Could not be read</h2>\n"
        yield from (f"<p>{escaped(line)}</p>\n" for line in failures)
        yield "</section>\n"
    yield "</body>\n</html>\n"


def _item(shown: Shown) -> str:
    words = "".join(f"<br><small>{escaped(line)}</small>" for line in shown.words)
    return f"<li>{_picture(shown)}<p>{escaped(shown.name)}{words}</p></li>\n"


def _picture(shown: Shown) -> str:
    if shown.copy is None:
        return "<p>(no picture to show)</p>"
    return f'<img src="{inline(shown.copy)}" alt="{escaped(shown.name)}">'
