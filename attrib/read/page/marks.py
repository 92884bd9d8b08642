"""What an element's name and class say about what stands in it.

In: a tag, a class. Out: small answers ("is this a menu?"). Class names are cut into words at everything that is no
letter and at capitals, so "Image_imgContainer__a56Mx" says image, img, container; `data/class-names.toml` knows which
words tell something, and no publisher's name is among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ...lexicon import table

_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")


@lru_cache(maxsize=16384)
def class_words(name: str) -> frozenset[str]:
    """The words of a class attribute, small."""
    return frozenset(" ".join(_WORD.findall(name[:600])).lower().split())


def _known(kind: str) -> frozenset[str]:
    entries = table("class-names")["class"]
    return frozenset(word for entry in entries if entry["kind"] == kind for word in entry["words"])


def _stems(kind: str) -> str:
    """The stems of one kind, as a part of a pattern."""
    entries = table("class-names")["stem"]
    return "|".join(stem for entry in entries if entry["kind"] == kind for stem in entry["stems"])


# What each of these says of a picture inside stands in the table.
FURNITURE, WRITERS, ELSEWHERE = _known("furniture"), _known("writer"), _known("elsewhere")
CARDS, GALLERY, LIGHTBOX, HIDDEN = _known("card"), _known("gallery"), _known("lightbox"), _known("hidden")
APART, LAYOUTS = _known("apart"), _known("layout")
SLIDES, TWINS, ADVERTS = _known("slide"), _known("twin"), _known("advert")
PICTURES, STRIPS, OFFERS, SHARING = _known("picture"), _known("strip"), _known("offer"), _known("sharing")
OF_PICTURES, FILM, SIGN, USES = _known("of-picture"), _known("film"), _known("sign"), _known("use")
OPENING, OTHERS = _known("opening"), _known("other")
SHOWING = frozenset({"img", "amp-img", "video"})  # elements that show a picture, or a still
# all that say where a picture stands
PLACES = FURNITURE | WRITERS | ELSEWHERE | CARDS | GALLERY | PICTURES | {"video", "player", "audio"}
LOGOS = frozenset({"logo", "logos"})

# Hidden from sight, meant for screen readers: "sr-only", "srOnly", "visually-hidden", …
_UNSEEN = re.compile(rf"(?:^|[\s_-])(?:{_stems('unseen')})(?:$|[\s_-])", re.I)
_UNSEEN_CAMEL = re.compile(r"(?:^|[\s_-])srOnly(?![a-z])")


@lru_cache(maxsize=16384)
def unseen(name: str) -> bool:
    """Whether a class hides its element from sight but not from screen readers."""
    return bool(name) and (bool(_UNSEEN.search(name)) or bool(_UNSEEN_CAMEL.search(name)))


_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.I)


def hidden(style: str | None) -> bool:
    """Whether a style hides its element until a script shows it."""
    return style is not None and _NOT_SHOWN.search(style) is not None


_BESIDE = re.compile(_stems("beside"))


@lru_cache(maxsize=16384)
def beside(name: str) -> bool:
    """Whether a class says that its element holds the text beside a picture, or on it."""
    return _BESIDE.search(name) is not None


_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)


def centred(attrs: Mapping[str, str]) -> bool:
    """Whether an element's own attributes centre its words."""
    return attrs.get("align", "").lower() == "center" or _CENTRED.search(attrs.get("style", "")) is not None


_ROLE = re.compile("|".join(f"(?P<{kind}>{_stems(kind)})" for kind in ("credit", "caption", "label")))
# "text-caption", "u-typo--caption": a size of type, not what is said in it.
_TYPE_STYLE = re.compile(
    r"(?:u-|t-|c-|md:|lg:|sm:)*(?:text|typo|typography|type|font|body|mui\w*)[-_][\w-]*(?:caption|legend|subtitle|description)",
    re.I,
)
# "hide-caption", "toggle-caption" are the publisher's own controls
_CONTROL = re.compile(rf"(?:{_stems('switch')})[_-]*$")
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
    token = _CAMEL.sub("-", token).lower()  # matching small letters only takes a sixth of the time
    last, at = "", 0
    for match in _ROLE.finditer(token):
        last, at = match.lastgroup or "", match.start()
    if last == "caption" and _CONTROL.search(token[:at]):
        return "label"
    return last
