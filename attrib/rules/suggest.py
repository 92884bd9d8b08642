"""The credit line that another origin gives in so many words, to be copied.

In: what a picture's file or the register says, and the credit as printed. Out: a `Suggestion`, or None where the origin
is not of one mind, or leaves open how the line would read.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicon import fold
from ..model import Credit, FileCredit, FileFacts, Party, Suggestion
from .holding import mentioned, people

__all__ = ["from_file", "from_register", "required", "with_creator"]


def from_file(file: FileFacts, printed: Credit | None = None) -> Suggestion | None:
    """The line that the file's Creator and Credit Line make (IPTC Photo Metadata Standard), as pages join the two."""
    creators = [c for c in file.credits if c.field.name == "creator"]
    lines = [c for c in file.credits if c.field.name == "creditText"]
    makers = {fold(p.canonical): p for c in creators for p in people(c.credit)}
    if len(makers) > 1 or len({fold(c.field.value) for c in lines}) > 1:
        return None  # two people, or two blocks that disagree: how they are printed is for a person to say
    line = lines[0].field.value.strip() if lines else ""
    if not makers:
        return _suggested(line, "Credit Line", lines, printed) if line else None
    (maker,) = makers.values()
    if line and mentioned([maker], [line]):
        return _suggested(line, "Credit Line", lines, printed)
    words = "/".join(part for part in (_name(maker), line) if part)
    return _suggested(words, "Creator and Credit Line" if line else "Creator", creators + lines, printed)


def with_creator(printed: Credit, makers: Sequence[Party], creators: Sequence[FileCredit]) -> Suggestion | None:
    """The printed credit with the one creator whom the file names before it."""
    marker = printed.marker or ""
    if len(makers) != 1 or printed.roles or not printed.raw.startswith(marker):
        return None
    house = printed.raw.removeprefix(marker).strip()
    words = f"{_name(makers[0])}/{house}"
    return Suggestion(_marked(words, printed), f"the credit as printed, with the file’s Creator ({_fields(creators)})")


def required(line: FileCredit) -> Suggestion:
    """The line that the file says must be printed."""
    return Suggestion(line.field.value, f"the line that the file requires ({_fields([line])})")


def from_register(wanted: str, printed: Credit, whence: str) -> Suggestion:
    """The line that the register requires; `whence` is its file and row."""
    return Suggestion(_marked(wanted, printed), f"the register ({whence})")


def _suggested(words: str, names: str, voices: Sequence[FileCredit], printed: Credit | None) -> Suggestion:
    return Suggestion(_marked(words, printed), f"the file’s {names} ({_fields(voices)})")


def _marked(words: str, printed: Credit | None) -> str:
    """The words behind the word that introduces credits on this page ("Photo:"), unless they have one."""
    marker = printed.marker if printed and printed.raw.startswith(printed.marker or "\0") else ""
    return f"{marker} {words}" if marker and ":" not in words and "©" not in words else words


def _name(maker: Party) -> str:
    """A name in the letters it is printed with; wires write theirs in capitals."""
    return maker.canonical if maker.name.isupper() else maker.name


def _fields(voices: Sequence[FileCredit]) -> str:
    """The fields, each behind the name of its standard as picture desks say it."""
    blocks = {"iim": "IPTC"}
    named = (f"{blocks.get(c.field.origin, c.field.origin.upper())} {c.field.raw or c.field.name}" for c in voices)
    return ", ".join(dict.fromkeys(named))
