"""Words of a text, for rules: whether they are telling, and how a message says them."""

from __future__ import annotations

from .lexicon import fold

__all__ = ["fold", "listed", "shorten", "tellable", "times"]


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
