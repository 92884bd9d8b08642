"""What addresses are named like: a logo, an icon, a counter of readers; a picture, a writer's page, an advertisement.

In: an address of a picture or of a link, or a picture with its addresses. Out: whether it is named so, or not at all.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ...lexicon import placeholders
from ...wordings import inside
from .pictures import Picture

# Of addresses in small letters. Every alternative begins at a sign between words: what has none is passed over fast.
_FILE_WORDS = re.compile(
    r"[/_.-](?:(?:logo|logos|icon|icons|sprite|avatar|gravatar|favicon|badge|emoji|tracking|tracker|pixel|spacer|blank|"
    r"beacon|counter|arrow|pfeil|fleche|flecha|app-?store|google-?play|flag)s?(?=[/_.-]|\d|$)|"
    r"(?<=/)(?:(?:pixel|count|track|impression)/|plugins/)|"
    r"(?<=/)(?:[a-z]{1,8}[-_])?(?:qr-?code|ewm|erweima)(?:[-_]\w{1,8})?\.(?:png|jpe?g|gif)$|"
    r"(?<=/)(?:pre-?load(?:er)?|(?:ajax-?)?load(?:er|ing)|spinner)\.(?:png|gif)$|"
    r"(?<=/)(?:zoom|loupe|lupe|enlarge|magnif(?:y|ier)|play|camera|expand|pdf|pin_?it)(?:[-_](?:btn|button|in|white))?\.(?:png|gif)$|"
    r"(?<!\.)(?:728[x-]90|300[x-]250|970[x-]250|160[x-]600|320[x-]50)(?=\D))"
)
_COUNTING = ("gravatar.com", "scorecardresearch", "doubleclick", "facebook.com/tr", "analytics", "matomo.", "piwik.")
IMAGE_LINK = re.compile(
    r"\.(?:jpe?g|png|webp|avif|gif|jfif|svg|tiff?)(?:$|[?#&/!;:@])|/(?:photo|image|foto|galerie|gallery|bild|picture|zoom)s?[/_-]"
)
WRITER_LINK = re.compile(
    r"/(?:autor(?:en|es|i|e)?|authors?|auteurs?|autore|redaktion|redaktoer(?:er)?|profiles?|writers?|journalists?|people|persons?|"
    r"staff|team|users?|korrespondenten|columnists?|kolumnen?|opinionistas?|firmas?|skribenter?|forfattere?|contributors?|by)/"
)
# The path of a link by which a page is shared, and what such a link asks for.
SHARE_LINK = re.compile(r"/(?:sharer?|sharing|share-?article|qzshare|intent)(?:\.php)?(?:/|$)")
SHARED = re.compile(r"(?:^|&)(?:url|u|title|text)=")
_ADDRESS = re.compile(r"://|/[\w-]{1,80}\.[a-z]{3,4}\b|\.(?:jpe?g|png|webp|avif|gif)\b|lazy", re.I)
_OF_ITSELF = frozenset({"src", "alt", "title", "loading"})  # attributes that hold no second address


@cache
def ad_link() -> re.Pattern[str]:
    """An address of an advertisement, or of where the publisher asks for money; in small letters."""
    words = f"{inside('address-advert')}|{inside('address-appeal')}"
    return re.compile(rf"/(?:{words})(?:[/?.]|$)|[?&]utm_medium=(?:banner|display)|adclick|doubleclick")


@lru_cache(maxsize=8192)
def is_sign(url: str) -> bool:
    """Whether an address is named like a logo, an icon or a counter, or leads to one who counts."""
    path = url.partition("?")[0].lower()
    return _FILE_WORDS.search(f"/{path}") is not None or any(word in path for word in _COUNTING)


def is_lost(picture: Picture) -> bool:
    """Whether a picture's address is empty or a program's word for nothing, and no script has another to put in."""
    src = picture.attrs.get("src")
    others = " ".join(value for name, value in picture.attrs.items() if name not in _OF_ITSELF)
    lost = src is not None and " ".join(src.casefold().split()) in placeholders("address") | {""}
    return lost and _ADDRESS.search(others) is None
