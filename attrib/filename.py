"""Is a text that should be words the name of a file?

In: an alt text, a caption, a printed line. Out: `FileName` (how sure, and the picture's own name without its size),
or None. A recipe's slug ("lemon-cake-recipe") is words; a camera's counter, an agency's number, a hash or an
extension are not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .lexicon import placeholders
from .model import Confidence
from .wordings import inside

LONGEST = 300

_EXTENSION = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|tiff?|heic|heif|bmp|svg|jfif|jpg_large)(?:\s*\(\d+\))?$", re.I)
_BETWEEN = re.compile(r"[\s_\-.()]+")
_DIGIT = re.compile(r"\d")
_HEX = re.compile(r"(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}$", re.I)
_SHORT_HEX = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", re.I)
_NUMBER = re.compile(r"\d[\d.:]*$")
_IDENTIFIER = re.compile(r"(?=[A-Za-z]*\d)[A-Za-z]{1,6}\d{3,}[A-Za-z]{0,3}$")
_AGENCY_ID = re.compile(
    r"(?:AP\d{11,}|RTS[A-Z0-9]{4,}|RTX[A-Z0-9]{4,}|RC2[A-Z0-9]{9,}|0?00_[0-9A-Z]{5,}|urn[:_-]\S+)$", re.I
)


@cache
def _given() -> re.Pattern[str]:
    """Names that cameras, phones, agencies and programs give; what follows may only be numbers, hashes and sizes."""
    return re.compile(rf"{inside('file-name')}(?=[ _.-]|\d|$)", re.I)


@cache
def _size() -> re.Pattern[str]:
    sizes = r"[swhcqer]\d{1,5}|\d{2,5}x\d{2,5}|\d{2,4}w|\d{2,4}px|v\d{1,2}|@\dx|wa\d{3,}|e\d{9,}"
    return re.compile(rf"(?:{sizes}|{inside('rendition')})$", re.I)


class FileName(NamedTuple):
    """A text that is a file's name: how sure, and `stem`, equal for renditions of one picture."""

    confidence: Confidence
    stem: str


def file_name(text: str) -> FileName | None:
    """Read `text` as a file name, or say None. Never looks at more than a short line."""
    text = text.strip().strip("\"'“”")
    if not 4 <= len(text) <= LONGEST or "\n" in text or "://" in text:
        return None
    bare = _EXTENSION.sub("", text)
    if bare != text:
        # "photo.jpg", "Lake at dusk 2.jpeg"; a sentence that ends in a file name is not one.
        return FileName(Confidence.HIGH, _stem(bare)) if len(bare.split()) <= 12 and ". " not in bare else None
    if _UUID.match(text) or _AGENCY_ID.match(text):
        return FileName(Confidence.HIGH, _stem(text))
    given = _given().match(text)
    if not given and not _DIGIT.search(text):
        return None  # what else tells has one
    words = [w for w in _BETWEEN.split(text) if w]
    rest = [w for w in _BETWEEN.split(text[given.end() :]) if w] if given else words
    if given and rest and all(map(_opaque, rest)) and (any(map(_telling, rest)) or len(rest) >= 3):
        return FileName(Confidence.HIGH, _stem(text))
    if any(_HEX.match(w) for w in words) and not any(w[:1].isupper() and w[1:].islower() for w in words):
        return FileName(Confidence.HIGH, _stem(text))
    if text.islower() and _size().match(words[-1]) and any(map(_SHORT_HEX.match, words)):
        return FileName(Confidence.HIGH, _stem(text))  # "quay at dawn 4f8a2c91 s1200 c50"
    if " " not in text and "_" in text and any(map(_telling, words)) and len(words) >= 2:
        return FileName(Confidence.MEDIUM, _stem(text))
    if len(words) == 1 and len(text) >= 7 and _IDENTIFIER.match(text) and sum(c.isdigit() for c in text) >= 4:
        return FileName(Confidence.MEDIUM, _stem(text))
    return None


def _opaque(word: str) -> bool:
    return any(p.match(word) for p in (_NUMBER, _size(), _HEX, _IDENTIFIER))


def _telling(word: str) -> bool:
    """A number of three digits or a hash: what counts pictures, and no year or quantity in a sentence."""
    number = _NUMBER.match(word) and len(word) >= 3 and not _YEAR.match(word)
    return bool(number or _HEX.match(word) or _SHORT_HEX.match(word) or _IDENTIFIER.match(word))


def _stem(text: str) -> str:
    words = [w for w in re.split(r"[\s_\-.]+", text.casefold()) if w]
    while len(words) > 1 and _size().match(words[-1]):
        words.pop()
    return "-".join(words)


# Wide pictures of articles begin at 300 pixels; what is named as half of that is a thumbnail of something else.
THUMBNAIL = 150
_NAMED_SIZE = re.compile(r"[-_](\d{2,4})x\d{2,4}(?=\.\w+$)")
_SUFFIXES = frozenset({"gif", "png", "jpg", "jpeg", "webp", "svg"})


def decorates(address: str, *, captioned: bool) -> bool:
    """Whether a picture's address is that of a spacer ("1px.gif") or, where nobody captions it, names it a sign.

    Signs are counters, buttons, arrows and thumbnails.
    """
    path, _, query = address.casefold().partition("?")
    name = path.rstrip("/").rpartition("/")[2]
    words = set(re.split(r"[-_.]+", name)) - {""}
    if words and words - _SUFFIXES <= placeholders("spacer"):
        return True
    size = _NAMED_SIZE.search(name)
    counts = "." not in name and ("count" in query or "track" in query)
    small = size is not None and int(size[1]) <= THUMBNAIL
    return not captioned and (bool(words & placeholders("spacer")) or counts or small)
