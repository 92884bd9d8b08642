"""What is asked of words: whether they are telling, which day they begin with, how a message says them."""

from __future__ import annotations

from datetime import date

__all__ = ["SAID_SINGLY", "day", "difference", "listed", "shorten", "tellable", "times", "word_at"]

# Beyond this many, places of a page with the same fault are said once, with the count.
SAID_SINGLY = 2


def day(text: str) -> date | None:
    """The day that an ISO date or time begins with; None for what is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def tellable(folded: str) -> bool:
    """Whether folded words are long enough that meeting them twice is no accident.

    Five words or 25 letters: of the caption copies counted on 1,705 pages, shorter ones were credits and labels.
    """
    return len(folded) >= 25 or folded.count(" ") >= 4


def shorten(text: str, length: int = 60) -> str:
    """The opening of a text, cut at a word with an ellipsis, for a message."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rpartition(" ")[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.") + "…"


def listed(items: list[str]) -> str:
    """Several things in one phrase: "a", "a and b", "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def times(count: int) -> str:
    """ "twice", "3 times"."""
    return "twice" if count == 2 else f"{count} times"


def difference(old: str, new: str) -> tuple[int, int, str]:
    """Where two texts differ, widened to whole words: start and end in the old one, and the new words."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    while start > 0 and not old[start - 1].isspace():
        start -= 1
    while tail > 0 and not old[len(old) - tail].isspace():
        tail -= 1
    return start, len(old) - tail, new[start : len(new) - tail]


def word_at(text: str, at: int) -> str:
    """The word around an offset."""
    start = text.rfind(" ", 0, at) + 1
    end = text.find(" ", at)
    return text[start : end if end >= 0 else len(text)]
