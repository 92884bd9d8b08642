"""What was found wrong, and all that one run says."""

from __future__ import annotations

from dataclasses import dataclass

from .page import Page
from .picture import Failure
from .terms import Confidence, Severity, State
from .text import Span

MARK = '<meta name="generator" content="attrib">'  # by which a page that is a report is known again


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one origin (page, xmp, iim, exif, json-ld, file name, register, archive, …) says, quoted."""

    origin: str
    says: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a finding: another copy, another part of a mangled block."""

    at: Span
    message: str
    source: str = ""  # the page, when it is another one
    rule: str = ""  # the rule that named it, when findings were joined
    quote: str = ""
    picture: str = ""  # address of the picture, where the finding stands for several


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to the source: replace `at` with `new`."""

    at: Span
    new: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A fix a finding offers. A `safe` one removes only what cannot be meant for readers."""

    edits: tuple[Edit, ...]
    safe: bool
    what: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to print instead, given by an origin in so many words. `whence` names it for a reader."""

    words: str
    whence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in one place. A rule says `at`, `message` and what goes with them; the engine fills in the rest.

    `message` says what is wrong, `remedy` what to do about it. `count` is over one when a notice stands for
    several places. `fingerprint` is made of rule, page, text and occurrence, never of line numbers or of how
    the page was named.
    """

    at: Span
    message: str
    remedy: str = ""
    part: str = ""  # the fault in a few words, for a sentence that lists several of one block
    quote: str = ""
    rule: str = ""
    severity: Severity | None = None  # None: the rule's own, filled in by the engine
    confidence: Confidence | None = None
    source: str = ""
    related: tuple[Related, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fix: Advice | None = None
    suggestion: Suggestion | None = None
    picture: str = ""  # address of the picture it is about
    count: int = 1
    fingerprint: str = ""
    built: str = ""  # the page it was found on, when `source` is the file that this was made from

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """Words and picture of each place it stands for: its own, and where it is said once for several, theirs."""
        also = self.related if self.count > 1 else ()
        return ((self.quote, self.picture), *((other.quote, other.picture) for other in also))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not look: the fact it needs was not there. Reported as loudly as what failed."""

    rule: str
    needs: str
    source: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A finding that does not count, and on whose word: `reason` in the page or of an acceptance, `by` whom.

    `until` is the last day that an acceptance holds, ISO; empty is for ever.
    """

    finding: Finding
    state: State
    reason: str = ""
    by: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run says. `complete` is false when something asked for could not be checked.

    `left_out` holds the findings that do not count. `expired` counts those that are back: accepted, until a day past.
    `unchanged` counts pages that were only compared with; `stopped`: a person ended the run early.
    """

    pages: tuple[Page, ...] = ()
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    complete: bool = True
    expired: int = 0
    unchanged: int = 0
    stopped: bool = False

    @property
    def allowed(self) -> int:
        """How many findings the pages themselves allow."""
        return self._left_out(State.ALLOWED)

    @property
    def known(self) -> int:
        """How many a baseline knows."""
        return self._left_out(State.KNOWN)

    @property
    def accepted(self) -> int:
        """How many somebody accepted."""
        return self._left_out(State.ACCEPTED)

    def _left_out(self, state: State) -> int:
        return sum(one.state is state for one in self.left_out)
