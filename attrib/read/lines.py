"""What one printed line beside a picture is: a label, an advertisement, a file name, a link to elsewhere, or words.

In: the text of the line. Out: a `LineKind`; captions and credits are told by their neighbours, not here.
"""

from __future__ import annotations

import re
from functools import cache

from ..filename import file_name
from ..labels import opens_related, whole
from ..model import Confidence, LineKind
from ..wordings import inside


@cache
def _title() -> re.Pattern[str]:
    """What a player is about to play: "AUDIO: The harbour after the storm (3 Min)"."""
    return re.compile(rf"{inside('media')}\s?:.{{3,240}}\(\d{{1,3}}(?::\d\d)? ?\w{{0,9}}\.?\)", re.I)


def classify(text: str) -> LineKind:
    """The kind of a line on its own: LABEL, ADVERTISEMENT, PLAYER, RELATED, FILE_NAME or OTHER."""
    hit = whole(text)
    if hit is not None:
        return hit.label.line_kind
    name = file_name(text)
    if name is not None and name.confidence is Confidence.HIGH:
        return LineKind.FILE_NAME
    if opens_related(text):
        return LineKind.RELATED
    if text.endswith(")") and _title().fullmatch(text):
        return LineKind.PLAYER
    return LineKind.OTHER
