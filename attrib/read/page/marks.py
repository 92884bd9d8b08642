"""What an element's name and class say about what stands in it: the words publishers use, as word lists.

In: a tag, a class. Out: small answers ("is this a menu?"). Class names are cut into words at everything that is no
letter and at capitals, so "Image_imgContainer__a56Mx" says image, img, container. The lists come from counting class
names around pictures on 1,705 news pages; no publisher's name is in them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")


@lru_cache(maxsize=16384)
def class_words(name: str) -> frozenset[str]:
    """The words of a class attribute, small."""
    return frozenset(w.lower() for w in _WORD.findall(name[:600]))


# The publisher's own furniture: a picture in there is never the article's, wherever it stands.
FURNITURE = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "masthead",
        "breadcrumb",
        "breadcrumbs",
        "cookie",
        "cookies",
        "consent",
        "social",
        "share",
        "sharing",
        "toolbar",
        "logo",
        "logos",
        "avatar",
        "avatars",
        "newsletter",
        "newsletters",
        "subscribe",
        "subscription",
        "comment",
        "comments",
        "commento",
        "kommentare",
        "disqus",
        "advert",
        "adverts",
        "advertisement",
        "advertising",
        "adslot",
        "adunit",
        "ads",
        "ad",
        "dfp",
        "gpt",
        "sponsor",
        "sponsored",
        "sponsors",
        "login",
        "signup",
        "paywall",
        "breadcrumb",
        "emoji",
        "sprite",
        "flag",
        "appstore",
        "badge",
        "badges",
        "qr",
        "qrcode",
        "weather",
        "ticker",
    ]
)
# People who wrote the text.
WRITERS = frozenset(
    [
        "author",
        "authors",
        "autor",
        "autoren",
        "autore",
        "auteur",
        "autorin",
        "writer",
        "byline",
        "bylines",
        "bio",
        "biography",
        "profile",
        "contributor",
        "contributors",
        "journalist",
        "reporter",
        "redakteur",
        "kolumnist",
        "columnist",
        "avatar",
        "authorbox",
        "headshot",
        "gravatar",
        "skribent",
        "forfatter",
    ]
)
# Ways to other articles. Strong ones are never around the article's own picture.
ELSEWHERE = frozenset(
    [
        "related",
        "relateds",
        "recommend",
        "recommended",
        "recommendation",
        "recommendations",
        "recirc",
        "recirculation",
        "outbrain",
        "taboola",
        "trending",
        "popular",
        "mostread",
        "mostviewed",
        "upnext",
        "readmore",
        "morefrom",
        "seealso",
        "bestof",
        "topstories",
        "newsfeed",
        "plista",
        "livekindly",
        "promo",
        "promos",
        "promotion",
        "crosslink",
        "crosslinks",
        "verwandte",
        "relacionados",
        "relacionadas",
        "relacionada",
        "correlati",
        "correlate",
        "similar",
        "suggestions",
        "suggestion",
        "suggestionbox",
        "suggested",
        "empfehlung",
        "empfehlungen",
        "linklist",
        "moreon",
        "affiliate",
        "podcast",
        "podcasts",
        "shop",
        "deals",
    ]
)
# Words of cards: teasers, when they lead elsewhere; but some publishers call the lead picture so.
CARDS = frozenset(
    [
        "teaser",
        "teasers",
        "card",
        "cards",
        "tile",
        "tiles",
        "river",
        "feed",
        "list",
        "sidebar",
        "rail",
        "headline",
        "headlines",
        "aside",
        "widget",
        "item",
        "thumb",
    ]
)
GALLERY = frozenset(
    [
        "gallery",
        "galleries",
        "galerie",
        "galleria",
        "galeria",
        "galería",
        "slider",
        "slides",
        "slide",
        "slideshow",
        "carousel",
        "carrousel",
        "carrusel",
        "swiper",
        "splide",
        "flickity",
        "slick",
        "glide",
        "fotostrecke",
        "bilderstrecke",
        "bildergalerie",
        "diaporama",
        "photogallery",
        "lightgallery",
        "fotogalerie",
        "fotogalleria",
        "fotogaleria",
        "photoswipe",
        "diashow",
    ]
)
LIGHTBOX = frozenset(["lightbox", "modal", "overlay", "popup", "pswp", "fancybox", "dialog", "zoomed", "fullscreen"])
HIDDEN = frozenset(["hidden", "hide", "invisible", "none"])

# Hidden from sight, meant for screen readers (seen on publishers' pages: sr-only, srOnly, visually-hidden, …).
UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|screen-?reader(?:-?text)?|visually-?hidden|visuallyhidden|off-?screen|h-offscreen|vh|a11y-hidden|"
    r"hidden-?visually|assistive-?text|u-hidden-visually|show-for-sr|element-invisible|vis-hidden)(?:$|[\s_-])",
    re.I,
)
_UNSEEN_CAMEL = re.compile(r"(?:^|[\s_-])srOnly(?![a-z])")


def unseen(name: str) -> bool:
    """Whether a class hides its element from sight but not from screen readers."""
    return bool(name) and (bool(UNSEEN.search(name)) or bool(_UNSEEN_CAMEL.search(name)))


_ROLE = re.compile(
    r"(?P<credit>credit|copyright|courtesy|photographer|fotograf(?!ie)|photo-?by|byline|attribution|licen[cs]e|bildnachweis|"
    r"bildquelle|quelle|(?:^|[_-])source(?!set)|(?:^|[_-])sources?$|author|autor|auteur|rights(?!ide|idebar)|agency|agentur|agence|fuente|fonte|kredit|"
    r"cr[eé]dit|kilde|signature|firma$|owner|provider|supplier)"
    r"|(?P<caption>caption|legend|l[eé]gende|cutline|bildtext|bildunterschrift|bildbeschreibung|leyenda|didascalia|"
    r"subtitle|description|(?:^|[_-])desc$|image-?text|photo-?text|img-?text|figcap|image-?footer|img-?info|image-?info|foto-?text|"
    r"pie-?(?:de-?)?foto|pie-?imagen|media-?text|media-?lead|media-?title|image-?title)"
    r"|(?P<label>toggle|expand|enlarge|zoom|fullscreen|(?:^|[_-])btn|button|lightbox|counter|pagination|controls?$|icon)",
    re.I,
)
# "text-caption", "u-typo--caption": a size of type, not what is said in it.
_TYPE_STYLE = re.compile(
    r"(?:u-|t-|c-|md:|lg:|sm:)*(?:text|typo|typography|type|font|body|mui\w*)[-_]+[\w-]*(?:caption|legend|subtitle|description)",
    re.I,
)
# "hide-caption", "toggle-caption" are the publisher's own controls
_CONTROL = re.compile(r"(?:toggle|hide|show|expand|open|close)[_-]*$", re.I)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=16384)
def role(name: str) -> str:
    """What a class says its element holds: "credit", "caption", "label", or "".

    Names go from the whole to the part ("caption__credit"), so the last telling word of a token counts; over all
    tokens, a credit is more telling than a caption, and both more than a label.
    """
    found = set(map(_token_role, name[:400].split()))
    for kind in ("credit", "caption", "label"):
        if kind in found:
            return kind
    return ""


@lru_cache(maxsize=16384)  # the elements of a page share most of their classes
def _token_role(token: str) -> str:
    """What one class says."""
    if _TYPE_STYLE.match(token):
        return ""
    token = _CAMEL.sub("-", token)
    last, at = "", 0
    for match in _ROLE.finditer(token):
        last, at = match.lastgroup or "", match.start()
    if last == "caption" and _CONTROL.search(token[:at]):
        return "label"
    return last
