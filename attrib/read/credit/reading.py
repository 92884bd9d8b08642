"""A line while it is read: its words, and what has been found so far.

In: a plain line with the small print taken out. Out: `Item`s, names on the way to become parties.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...lexicon import Marker, Name, word_set
from ...model import Confidence, Kind
from .kinds import UNKNOWN, Guess
from .words import Word

__all__ = ["LONGEST", "SOFT", "Item", "Reading"]

SOFT = frozenset(("", "tight"))  # gaps that part nothing
LONGEST = 7  # words in the longest spelling of the tables
_DRAWN = frozenset(("illustration", "photo_illustration", "composite", "infographic", "rendering"))


@dataclass(slots=True)
class Item:
    """One party on the way to be known."""

    start: int
    end: int
    sep: str
    clause: int
    known: Name | None = None
    guess: Guess = UNKNOWN
    via: bool = False
    courtesy: bool = False
    aside: bool = False  # named for an illustration or a montage beside the photographers
    handle: bool = False
    unsure: bool = False
    surname: str = ""  # printed once, behind the last of several ("Anna und Peter Müller")
    kind: Kind = Kind.ORGANISATION
    confidence: Confidence = Confidence.HIGH


@dataclass(slots=True)
class Reading:
    """A line while it is read."""

    raw: str
    line: str
    found: list[Word]
    parts: list[str]
    roles: set[str]
    items: list[Item] = field(default_factory=list)
    marker: str | None = None
    licensed: bool = False  # the small print names a licence
    marker_keys: set[str] = field(default_factory=set)
    clause: int = 0
    clause_roles: tuple[str, ...] = ()
    courtesy: bool = False
    shown: bool = False  # names are of those in the picture
    titled: bool = False  # a job stood behind a name
    marked: bool = False  # a marker has been read in this clause

    def key(self, start: int, end: int) -> str:
        """The folded spelling of these words."""
        return " ".join(w.key for w in self.found[start:end])

    def text(self, start: int, end: int) -> str:
        """These words as printed, with the stop of an initial at the end."""
        return self.line[self.found[start].start : self._end(end)]

    def is_initial(self, at: int) -> bool:
        """Whether this word is one capital letter with a stop: "L." in "K. L." is no small word."""
        word = self.found[at]
        printed = self.line[word.start : word.end + 1]
        return len(printed) == 2 and printed[1] == "." and printed[0].isupper()

    def is_for(self, at: int) -> bool:
        """Whether this word says for whom a picture was made: "NAME for The Paper", "NOM pour Le Journal"."""
        word = self.found[at]
        return word.key == "for" or (word.key in word_set("for") and self.line[word.start].islower())

    def _end(self, end: int) -> int:
        last = self.found[end - 1]
        dotted = self.line[last.end : last.end + 1] == "." and (
            last.end - last.start == 1 or last.key in word_set("suffix")
        )
        return last.end + dotted

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where these words stand in the line, with the "@" of a handle before them."""
        first = self.found[start].start
        if first and self.line[first - 1] == "@":
            first -= 1
        return first, self._end(end)

    def take(self, start: int, end: int, sep: str, known: Name | None = None, looks: Guess = UNKNOWN) -> Item:
        """Note a name that stands at these characters, with what the clause says of it."""
        aside = bool(self.items) and not _DRAWN.isdisjoint(self.clause_roles)
        item = Item(start, end, sep, self.clause, known, looks, courtesy=self.courtesy, aside=aside)
        self.items.append(item)
        return item

    def mark(self, start: int, end: int, marker: Marker | None) -> None:
        """Note that these words introduce (or follow) the credit."""
        if self.marker is None and start < end:
            left, right = self.span(start, end)
            self.marker = self.raw[left : right + (self.line[right : right + 1] == ":")]
        self.marker_keys.add(self.key(start, end))
        self.marked = True
        if marker:
            self.roles.update(marker.roles)
            self.clause_roles = marker.roles
            self.courtesy = marker.relation == "courtesy"
