"""What a run that a person stops (Ctrl-C) still says.

In: the report so far, and where the run was. Out: a report that says it is not complete; text that is under way to
standard output is written to its end first.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from ..engine import Looked, Settings
    from ..fetch import Place
    from ..model import Failure, Report

__all__ = ["stopped_checking", "stopped_comparing", "stopped_writing", "to_the_end"]


def stopped_checking(report: Report, left: Sequence[Place | Failure]) -> Report:
    """The report of a run that was stopped while pages were read, which says what was left."""
    from ..model import Failure

    first = left[0].source if isinstance(left[0], Failure) else left[0].name
    more = f", and {len(left) - 1:,} after it were not" if len(left) > 1 else ""
    return _stopped(report, first, f"was not checked{more}")


def stopped_comparing(looked: Sequence[Looked], settings: Settings, shown: set[str] | None) -> tuple[Report, Settings]:
    """What is found on each page by itself, when comparing them was stopped; and the settings this was found with."""
    from ..engine import conclude
    from ..rule import rules

    late = (rule.name for rule in rules().values() if rule.late)
    settings = replace(settings, ignore=(*settings.ignore, *late), archive=None, learn=False)
    report = conclude((replace(one, prints=()) for one in looked), settings, shown)
    return _stopped(report, "articles and pictures", "were not compared with each other"), settings


def stopped_writing(report: Report) -> Report:
    """The same report, when a person would not wait until it was written. It may lack small copies of pictures."""
    return _stopped(report, "the report", "was still being written")


def _stopped(report: Report, source: str, what: str) -> Report:
    from ..model import Failure

    failure = Failure(source, f"{what}: the run was stopped", "Run it again.")
    return replace(report, failures=(*report.failures, failure), complete=False, stopped=True)


@contextmanager
def to_the_end() -> Iterator[None]:
    """Ctrl-C is heard when what is under way is done; a second one at once."""
    before = signal.getsignal(signal.SIGINT)
    if before in (signal.SIG_IGN, None):  # in the background of a shell it is not meant for this program
        yield
        return
    pressed = False

    def hear(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
