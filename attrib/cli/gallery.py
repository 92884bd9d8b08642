"""The page of `attrib similar --html`: groups of look-alikes with small copies of their pictures.

In: groups and fingerprints. Out: lines of HTML. A picture that can no longer be read is shown by the grey copy in its
fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..fetch import read_file
from ..model import Failure
from ..read.pixels.shown import small_copy
from ..report.gallery import MOST, Group, Shown, gallery
from ..report.said import failure_line
from . import common
from .look import groups_said

if TYPE_CHECKING:
    from ..read.pixels import Fingerprint, Match
    from ..similar import Group as Alike


def page_lines(
    groups: Sequence[Alike], items: Sequence[tuple[str, Fingerprint]], failures: Sequence[Failure]
) -> Iterator[str]:
    """The page, one group at a time."""
    prints = dict(items)
    summary = groups_said(groups, len(items))
    shown = (_group(group, prints) for group in common.progress(groups, len(groups)))
    return gallery(shown, summary, [failure_line(failure) for failure in failures])


def _group(group: Alike, prints: dict[str, Fingerprint]) -> Group:
    others = [
        _shown(name, prints[name], [_confidence(match), match.how, ", ".join(match.reasons)])
        for name, match in group.members[:MOST]
    ]
    first = _shown(group.representative, prints[group.representative], [])
    return Group(first, others, len(group.members) - len(others))


def _confidence(match: Match) -> str:
    return f"{match.confidence.value} confidence, distance {match.distance}"


def _shown(name: str, print_: Fingerprint, words: Sequence[str]) -> Shown:
    data = read_file(Path(name))
    copy = None if isinstance(data, Failure) else small_copy(data)
    size = f"{print_.format} {print_.width} × {print_.height}"
    return Shown(name, [size, *(word for word in words if word)], copy.data if copy else print_.views[0].thumb)
