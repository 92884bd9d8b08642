"""Which rows of a text are a caption and its credit: below a picture, or without one by what they say themselves.

In: the rows, the one to begin at, the picture above it. Out: caption, credit, and the row after them. Without a picture
a line and its credit tell themselves: in one line that surely holds both, with the credit in brackets of its own, as
two lines of one block, or said twice.
"""

from __future__ import annotations

import re

from ..labels import whole
from ..lexicon import credit_words, fold, several
from ..model import Confidence, Credit, LineKind, Text
from ..words import tellable
from .credit import credit_of, parse_credit
from .rows import CAPTION_LIMIT, Row
from .shortcode import holds

# How many lines between two copies of a caption may be labels, advertisements and file names.
GAP = 8
# Words before a credit on a line of its own are a caption up to this length: nine in ten captions are shorter.
LOOSE = 240

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FULL_STOPS = frozenset(".…。।")  # what a headline does not end in


def caption_at(rows: list[Row], at: int, picture: Row | None) -> tuple[Text | None, Credit | None, int]:
    """Caption and credit that begin at a row, and the row after them. `picture` is the one they stand below.

    Beside a picture a credit may be likely; without one it has to be sure, and to belong to the caption surely.
    """
    row = rows[at] if at < len(rows) else None
    if row is None or row.heading or row.kind is not LineKind.OTHER:
        return None, None, at
    pictured = picture is not None
    close = pictured and (row.emphasis or row.told or not row.after_blank)
    if row.parts is not None and (close or _tells_itself(row.parts, pictured)):
        return row.parts[0], credit_of(row.parts[1]), at + 1
    if pictured and (likely := row.likely_parts) and tellable(fold(likely[0].value)) and names_a_maker(likely[1]):
        return likely[0], credit_of(likely[1]), at + 1
    if row.sure_credit is Confidence.HIGH:
        return (None, credit_of(row.bare), at + 1) if pictured else (None, None, at)
    if len(row.text.value) > CAPTION_LIMIT:
        return None, None, at
    following = rows[at + 1] if at + 1 < len(rows) else None
    echoed = _echoed(rows, at)
    if following is not None and following.sure_credit is not None:
        sure = following.sure_credit is Confidence.HIGH
        if (pictured and sure and (tellable(row.folded) or not row.after_blank)) or echoed:
            return _unmarked(row.bare), credit_of(following.bare), at + 2
        if sure and (caption := _introduced(row.bare)):
            return caption, credit_of(following.bare), at + 2
        if sure and _set_apart(rows, at):
            return _unmarked(row.bare), credit_of(following.bare), at + 2
    if row.bare.value.endswith(" (") and (broken := _broken(rows, at + 1)):
        return row.bare.part(0, len(row.bare.value) - 2), *broken
    if tellable(row.folded) and (thanks := _toggled(rows, at)):
        return _unmarked(row.bare), credit_of(rows[thanks].bare), thanks + 1
    told = row.told or holds(row.text.value)
    if picture and (told or (row.emphasis and not row.after_blank) or echoed or _says_alt(row, picture)):
        return row.bare, None, at + 1
    return None, None, at


def _says_alt(row: Row, picture: Row) -> bool:
    """Whether a sentence says what the alt text of the picture above it says, or one goes on as the other begins, for
    no longer than it: running text, too, may begin with who is shown."""
    alt = fold(picture.alt.value) if picture.alt else ""
    less, more = sorted((alt, row.folded), key=len)
    same = more.startswith(less) and len(more) <= 2 * len(less)
    return same and tellable(less) and row.text.value[-1] in _FULL_STOPS


def _set_apart(rows: list[Row], at: int) -> bool:
    """Whether the next line's credit is surely of these words: it is all in brackets behind a word for pictures
    ("(Foto: NAME)"), or both are a block with nothing else in it and it is of one picture. "Photos by NAME" is as often
    the line below a headline."""
    row, thanks, behind = rows[at], rows[at + 1], rows[at + 2] if at + 2 < len(rows) else None
    if len(row.text.value) > LOOSE or "://" in row.text.value or thanks.parts or not _introduces(thanks.bare):
        return False
    if thanks.bare.value[0] == "(" and thanks.bare.value[-1] == ")":
        return ":" in thanks.bare.value
    of_all = several(parse_credit(thanks.bare.value).marker or "")
    return row.after_blank and not (thanks.after_blank or of_all) and (behind is None or behind.after_blank)


def _introduces(credit: Text) -> bool:
    """Whether a credit begins with a word for pictures or a ©."""
    marker = parse_credit(credit.value).marker or ""
    known = credit_words().get(fold(marker))
    return marker == "©" or (known is not None and known.picture)


def _broken(rows: list[Row], at: int) -> tuple[Credit, int] | None:
    """The credit whose bracket was opened on the line before, broken behind its bracket or its word for pictures too,
    and the row after it."""
    if at + 1 < len(rows) and rows[at].text.value.endswith(":") and rows[at].folded in credit_words():
        at += 1
    closed = rows[at].text.value.find(")") if at < len(rows) and not rows[at].heading else -1
    thanks = rows[at].text.part(0, closed) if closed > 0 else None
    return (credit_of(thanks), at + 1) if thanks and "(" not in thanks.value and names_a_maker(thanks) else None


def _toggled(rows: list[Row], at: int) -> int:
    """The sure credit behind a row with nothing but labels between, when the button that hides a caption stands beside
    it; 0 for none."""
    hides = False
    for i in range(at + 1, min(at + 1 + GAP, len(rows))):
        if rows[i].sure_credit is Confidence.HIGH:
            return i if hides or (i + 1 < len(rows) and _hides(rows[i + 1])) else 0
        if rows[i].kind is not LineKind.LABEL:
            return 0
        hides = hides or _hides(rows[i])
    return 0


def _hides(row: Row) -> bool:
    hit = whole(row.text.value) if row.kind is LineKind.LABEL else None
    return hit is not None and hit.label.kind == "toggle"


def _unmarked(caption: Text) -> Text:
    """A caption without the word at its end that introduces the credit on the next line: "… on Monday. Photo:"."""
    word = re.search(r"\s(\w+) ?[:：]$", caption.value)
    return caption.part(0, word.start()) if word and fold(word[1]) in credit_words() else caption


def _tells_itself(parts: tuple[Text, Text], pictured: bool) -> bool:
    """Whether a line of caption and credit is one wherever it stands, or below a picture."""
    return tellable(fold(parts[0].value)) and (pictured or names_a_maker(parts[1]))


def _introduced(line: Text) -> Text | None:
    """The caption behind a word that says of what: "PHOTO: The quay at dawn", the credit on the next line."""
    word = re.match(r"(\w+) ?[:：]\s?", line.value)
    if word is None or fold(word[1]) not in credit_words():
        return None
    caption = line.part(word.end(), len(line.value))
    return caption if tellable(fold(caption.value)) else None


def names_a_maker(credit: Text) -> bool:
    """Whether a credit is of a picture, and not only whose site this is ("© 2024 Example Media"): it names a person or
    an agency, or somebody behind a word for pictures or a © without a year."""
    read = parse_credit(credit.value)
    if read.marker == "©":
        return bool(read.parties) and not (read.year or read.restrictions or _YEAR.search(credit.value))
    marker = credit_words().get(fold(read.marker or ""))
    said = marker is not None and marker.picture and bool(read.parties or read.roles)
    return said or bool(read.creators or read.agencies)


def _echoed(rows: list[Row], at: int) -> bool:
    """Whether the same words come again soon, with nothing but what is no prose between: a block copied as text."""
    words = rows[at].folded
    if not tellable(words):
        return False
    for row in rows[at + 1 : at + 1 + GAP]:
        if row.folded == words:
            return True
        if row.kind is LineKind.OTHER and row.sure_credit is None:
            return False
    return False
