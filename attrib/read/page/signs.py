"""What addresses are named like: a logo, an icon, a counter of readers; a picture, a writer's page, an advertisement.

In: an address of a picture or of a link, or a picture with its addresses. Out: whether it is named so, or not at all.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ...lexicon import placeholders
from ...wordings import inside
from .pictures import Picture

SHARED = re.compile(r"(?:^|&)(?:url|u|title|text)=")  # what a link by which a page is shared asks for
_ADDRESS = re.compile(r"://|/[\w-]{1,80}\.[a-z]{3,4}\b|\.(?:jpe?g|png|webp|avif|gif)\b|lazy", re.I)
_OF_ITSELF = frozenset({"src", "alt", "title", "loading"})  # attributes that hold no second address

# All are of addresses in small letters. Their words stand in `data/wordings.toml`, with languages.


@cache
def _sign() -> re.Pattern[str]:
    """The path of a picture. Every alternative begins at a sign between words: what has none is passed over fast."""
    name = rf"(?:[a-z]{{1,8}}[-_])?{inside('address-qr-code')}(?:[-_]\w{{1,8}})?\.(?:png|jpe?g|gif)$"
    button = rf"{inside('address-button')}(?:[-_](?:btn|button|in|white))?\.(?:png|gif)$"
    banner = r"(?<!\.)(?:728[x-]90|300[x-]250|970[x-]250|160[x-]600|320[x-]50)(?=\D)"  # sizes of advertisements, IAB
    return re.compile(
        rf"[/_.-](?:{inside('address-sign')}s?(?=[/_.-]|\d|$)|{banner}"
        rf"|(?<=/)(?:{inside('address-folder')}/|{name}|{inside('address-loading')}\.(?:png|gif)$|{button}))"
    )


@cache
def image_link() -> re.Pattern[str]:
    """An address of a file that is a picture, or of a page that shows one large."""
    return re.compile(
        rf"\.(?:jpe?g|png|webp|avif|gif|jfif|svg|tiff?)(?:$|[?#&/!;:@])|/{inside('address-picture')}s?[/_-]"
    )


@cache
def writer_link() -> re.Pattern[str]:
    """An address of a page about somebody who writes."""
    return re.compile(rf"/{inside('address-writer')}/")


@cache
def writer_file() -> re.Pattern[str]:
    """An address in a folder of portraits: of fewer words than those of links, for a person who writes may be news."""
    return re.compile(rf"/{inside('address-portrait')}/")


@cache
def share_link() -> re.Pattern[str]:
    """The path of a link by which a page is shared."""
    return re.compile(rf"/{inside('address-share')}(?:\.php)?(?:/|$)")


@cache
def ad_link() -> re.Pattern[str]:
    """An address of an advertisement, or of where the publisher asks for money."""
    words = f"{inside('address-advert')}|{inside('address-appeal')}"
    return re.compile(rf"/(?:{words})(?:[/?.]|$)|[?&]utm_medium=(?:banner|display)|{inside('address-ad-server')}")


@lru_cache(maxsize=8192)
def is_sign(url: str) -> bool:
    """Whether an address is named like a logo, an icon or a counter, or leads to one who counts."""
    path = url.partition("?")[0].lower()
    return _sign().search(f"/{path}") is not None or any(map(path.__contains__, placeholders("counter")))


def is_lost(picture: Picture) -> bool:
    """Whether a picture's address is empty or a program's word for nothing, and no script has another to put in."""
    src = picture.attrs.get("src")
    others = " ".join(value for name, value in picture.attrs.items() if name not in _OF_ITSELF)
    lost = src is not None and " ".join(src.casefold().split()) in placeholders("address") | {""}
    return lost and _ADDRESS.search(others) is None
