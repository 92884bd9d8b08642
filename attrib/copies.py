"""Which printed lines of a picture's block say its caption or its credit, and which of them say it once too often.

In: a figure, and its page. Out: lines, the first copy before the others.
"""

from __future__ import annotations

import difflib
import re

from .lexicon import fold
from .model import Figure, Line, LineKind, Page
from .printed import loose
from .words import tellable

__all__ = ["apart", "caption_lines", "credit_lines", "near", "printed_lines"]

# Two captions as alike as this differ by a word or a letter; 0.9 of difflib's ratio keeps captions of one series apart.
NEAR = 0.9


def caption_lines(figure: Figure) -> list[Line]:
    """The lines that say the caption, with or without its credit; the first line of the caption itself leads."""
    if figure.caption is None:
        return []
    caption = fold(figure.caption.value)
    credit = fold(figure.credit.raw) if figure.credit else ""
    if not tellable(caption):
        return []
    whole = {caption, f"{caption} {credit}".strip(), fold(figure.printed.value) if figure.printed else caption}
    lines = printed_lines(figure)
    own = next((line for line in lines if line.kind is LineKind.CAPTION and not line.rest), None)
    copies = [line for line in lines if line is not own and fold(line.text.value) in whole]
    return [own, *copies] if own is not None else copies


def apart(figure: Figure, copies: list[Line], page: Page) -> list[Line]:
    """The first copy, and those that no template printed twice on purpose.

    Inside one picture's own element a second copy is the same words for another screen, or for a large view. A copy is
    counted behind that element, or where a button's loose words, an advertisement or another rendition stand between.
    What stands behind another caption of the picture is said of that one: the picture is shown a second time.
    """
    if not copies:
        return []
    kept = [copies[0]]
    after = figure.lines[figure.lines.index(copies[0]) + 1 :]
    parted = pictured = False
    for line in after:
        seen = not line.copy and not line.control
        parted = parted or (seen and line.kind in _BETWEEN)
        pictured = pictured or (seen and line.kind is LineKind.PICTURE)
        if pictured and _other_caption(line, figure):
            break
        if line in copies[1:] and (line.rest or parted or _bare_behind(line, copies[0], page)):
            kept.append(line)
    return kept


def _other_caption(line: Line, figure: Figure) -> bool:
    """Whether a line behind a rendition says something else than the caption, at a caption's length."""
    words = fold(line.text.value)
    said = {fold(text.value) for text in (figure.caption, figure.printed) if text}
    own = any(near(words, one) or one in words for one in said)
    return bool(said) and line.kind is LineKind.OTHER and tellable(words) and not own


def near(one: str, two: str) -> bool:
    """Whether two folded texts are nearly the same; lengths are compared first, it costs nothing."""
    if not two or abs(len(one) - len(two)) > len(two) // 4 or len(two) > 1500:
        return False
    matcher = difflib.SequenceMatcher(None, one.split(), two.split(), autojunk=False)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def _bare_behind(line: Line, first: Line, page: Page) -> bool:
    """Whether a copy stands in an element without attributes, behind the figure of the first or as bare as the first.

    Templates that print a caption for another screen mark its element; pages that were copied as text do not.
    """
    if line.box is None or first.text.span is None or not _in_bare(line.box.start, page):
        return False
    behind = "</fig" in page.text[first.text.span.end : line.box.start]
    return behind or (first.box is not None and _in_bare(first.box.start, page))


def _in_bare(start: int, page: Page) -> bool:
    """Whether an element without attributes begins at a place, or right before it: a line may end at a break in it."""
    return _BARE.match(page.text, start) is not None or _BARE.search(page.text, max(0, start - 6), start) is not None


_BARE = re.compile(r"<(?:p|div|span)>", re.I)


_BETWEEN = (LineKind.LABEL, LineKind.ADVERTISEMENT, LineKind.FILE_NAME, LineKind.PICTURE)


def credit_lines(figure: Figure) -> list[Line]:
    """The lines that say the credit: it alone, or the caption with it."""
    if figure.credit is None:
        return []
    credit = fold(figure.credit.raw)
    if len(credit) < 3:
        return []
    named = fold(" ".join(party.name for party in figure.credit.parties)) or credit
    bare = fold(figure.credit.raw.removeprefix(figure.credit.marker or ""))
    return [
        line for line in printed_lines(figure)
        if line.kind in (LineKind.CREDIT, LineKind.OTHER, LineKind.CAPTION)
        and (fold(line.text.value) in (credit, named, bare) or _ends_with(line, figure, credit))
    ]  # fmt: skip


def _ends_with(line: Line, figure: Figure, credit: str) -> bool:
    """Whether a line is the caption with its credit at the end."""
    if figure.caption is None:
        return False
    return fold(line.text.value) == f"{fold(figure.caption.value)} {credit}"


def printed_lines(figure: Figure) -> list[Line]:
    """What a reader meets as text, each stretch of source once."""
    return list({line.text.span: line for line in reversed(loose(figure)) if line.text.span is not None}.values())[::-1]
