"""What a figure prints, as rules look at it: the words a reader meets as text, and the elements a text is made of."""

from __future__ import annotations

from .model import Figure, Line, LineKind, Page, Run, Text

__all__ = ["elements", "loose", "seams"]


def loose(figure: Figure) -> list[Line]:
    """The lines a reader meets as text beside the picture, in order: no controls, no copies made on purpose."""
    return [x for x in figure.lines if not x.copy and not x.control and x.kind is not LineKind.PICTURE]


def elements(text: Text, page: Page) -> list[Text]:
    """A text cut where markup stands between its words."""
    return [text.part(start, end) for start, end in seams(text, page)]


def seams(text: Text, page: Page) -> list[tuple[int, int]]:
    """Where the elements that a text is made of begin and end in it."""
    parts: list[tuple[int, int]] = []
    last: Run | None = None
    for run in text.runs:
        end = run.at + run.length
        if last is not None and "<" not in page.text[last.source + last.length : run.source]:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((run.at, end))
        last = run
    return [(start, end) for start, end in parts if text.value[start:end].strip()]
