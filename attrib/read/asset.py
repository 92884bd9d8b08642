"""Do two addresses show the same picture?

In: addresses as pages write them. Out: a key, equal for the renditions of one picture: other sizes, other formats,
other crops, the same file behind a resizer. Publishers' picture servers differ in where they put the size: in the
query, in a folder ("/1280w/", "/rs:fill:640:0/", "/styles/large/"), in the name ("-1024x768", "-s1100-c50",
"-scaled", "@2x"), or around a nested address ("?url=https%3A%2F%2F…"). All of these are taken away; what is left of
the last telling part of the path is the key.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urljoin

from ..lexicon import table

# Longer addresses are cut: a rendition differs early or not at all, and hostile pages write megabytes.
LONGEST = 4096

_EXTENSION = re.compile(
    r"\.(?:jpe?g|jfif|pjpeg|png|webp|avif|gif|svg|tiff?|bmp|heic|heif|jpg_large|ashx|img)(?=$|[.!:;,/])", re.I
)
_SCHEME = re.compile(r"https?:/{1,2}", re.I)
_BASE64 = re.compile(r"aHR0c[A-Za-z0-9+/_=-]{12,}")
_TOKEN = re.compile(r"[^\s_.,:;=@~!()\[\]+-]+")
# Numbers in names that say how a picture was cut, never which picture it is; words that do stand in the table.
_SIZE = re.compile(
    r"(?:\d{1,5}x\d{0,5}|\d{2,5}x\d{2,5}[a-z]|x\d{2,5}|\d{2,5}(?:w|h|px)|[whscqrexbt]\d{1,4}|(?:max|min)?(?:width|height)\d*|[wh]idth|"
    r"(?:16|20|21|4|3|2|1|9)(?:x|to|by)(?:9|7|3|2|1|4|16)|[vr]\d{1,2}|r1\d*|"
    r"e\d{9,}|\d{1,3}p|q(?:uality)?\d{0,3}|dpr\d?|\d{1,2}k|fp[xy]\d{1,3}|\d+r\d+)$"
)


def _known(kind: str) -> frozenset[str]:
    entries = table("renditions")["rendition"]
    return frozenset(word for entry in entries if entry["kind"] == kind for word in entry["words"])


# What each of these says stands in the table: "left" and "right" are words only behind another.
_WORDS, _SIDES, _WIDTHS = _known("word"), _known("side"), _known("width")
_NUMBERED = 8  # digits: fewer may be a size or a place in the picture
_HEX = re.compile(r"[0-9a-f]{16,}$")
# "_v-contentgross", "_v-fullhd", "-resimage_v-variantBig16x9_w-576": names of variants, told by their "v-".
_VARIANT = re.compile(r"(?:[-_]resimage)?[-_]v-[a-z][a-z0-9*]*(?:[-_][whz]c?-[^\W_]+[*]?)*$")
_PROCESSED = re.compile(r"^csm_(.+)_[0-9a-f]{10}$")  # TYPO3's renditions: the file's name, then what was done to it
_RECTANGLE = re.compile(r"\d{1,5}(?:_\d{1,5}){3}$")  # "0_0_4800_3200": where a picture is cut, in pixels
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_GOOGLE = re.compile(r"=[swh]\d{1,5}(?:-[\w-]*)?$")
_PIXELS = re.compile(r"\d+px-.")  # "/thumb/a/ab/Wall.jpg/640px-Wall.jpg": Wikimedia's renditions
_PROGRAM = re.compile(r"\.(?:php|aspx?|ashx|cgi|jsp|dll|do)$", re.I)
# Query words under which a program is told which picture to serve.
_WHICH = tuple("url src source image img file path id uuid guid pid photo name p f i".split())


@lru_cache(maxsize=8192)
def asset_key(url: str, base: str = "") -> str:
    """The key of the picture an address shows; empty for an address that shows none (`data:`, `blob:`, nothing)."""
    url = url.strip()[:LONGEST]
    if not url or url[:5].lower() in ("data:", "blob:", "about", "javas"):
        return ""
    if not _SCHEME.match(url):
        if base:
            with contextlib.suppress(ValueError):
                url = urljoin(base, url)
        if not url.startswith("//") and not _SCHEME.match(url):
            url = f"https://-/{url}"  # a path on a site that is not known: its first part is no host
    return _key(_innermost(url))


def _innermost(url: str) -> str:
    """The address inside a resizer's address, if there is one."""
    for _ in range(3):
        plain = unquote(url) if "%" in url else url
        if plain == url:
            break
        url = plain
    hidden = _BASE64.search(url) if "aHR0c" in url else None
    if hidden:
        code = hidden[0].split("/")[0].rstrip("=").replace("-", "+").replace("_", "/")
        try:
            inner = base64.b64decode(code + "=" * (-len(code) % 4), validate=False).decode("utf-8")
        except (binascii.Error, ValueError):
            inner = ""
        if str(inner).startswith("http"):
            url = inner
    starts = [m.start() for m in _SCHEME.finditer(url)] if url.find(":/", 8) > 0 else ()
    if len(starts) > 1:
        # what follows the inner address belongs to the resizer around it
        return re.split(r"[?&]", url[starts[-1] :])[0] if "?" in url[: starts[-1]] else url[starts[-1] :]
    return url


def _key(url: str) -> str:
    rest = url[8:] if url.startswith("https://") else _SCHEME.sub("", url, count=1)
    path, _, query = rest.lstrip("/").partition("#")[0].partition("?")
    host, _, path = path.partition("/")
    host = host.lower().removeprefix("www.")
    if "thumb/" in path:
        head, _, last = f"/{path}".rpartition("/")
        _, _, original = head.partition("/thumb/")
        path = f"/{original}" if "/" in original and _PIXELS.match(last) else path
    path = path.rstrip("/")
    if "=" in path:
        path = _GOOGLE.sub("", path)
    if not path or _PROGRAM.search(path[-5:]):
        named = dict(parse_qsl(query[:LONGEST]))
        for word in _WHICH:
            value = named.get(word, "")
            if value:
                return _key(f"{host}/{value}") if "/" in value or "." in value else f"{host}/{path}?{value}".lower()
    segments = [s for s in path.split("/") if s]
    kept: list[str] = []
    for segment in reversed(segments):
        stem = _stem(segment)
        if not stem:
            continue
        kept.append(stem)
        if _telling(stem) or len(kept) == 3:
            break
    if not kept:
        return f"{host}/{path}".lower()
    key = "/".join(reversed(kept))
    return key if _telling(kept[-1]) else f"{host}/{key}"


@lru_cache(maxsize=8192)  # renditions of one picture share most of their paths
def _stem(segment: str) -> str:
    """What is left of a part of a path without format, size and crop; empty when it says nothing else."""
    name = _unprocessed((_EXTENSION.sub("", segment) if "." in segment else segment).lower())
    uuid = _UUID.search(name) if name.count("-") > 3 else None
    if uuid:
        return uuid[0]
    if _RECTANGLE.match(name):
        return ""
    if "=" in name or ":" in name or name.count(",") > 1:
        # "w_800,h_600,c_fill", "rs:fill:640:0", "width=800": a resizer's orders, unless a name goes with them
        tokens = [t for t in _TOKEN.findall(name) if not says_cut(t)]
        if not any(len(t) >= 8 and not t.isdigit() for t in tokens):
            return next((t for t in tokens if len(t) >= _NUMBERED), "")  # "msid-118112255,width-400": its number
    tokens = _TOKEN.findall(name)
    for n, token in enumerate(tokens):
        if len(token) > 15 and _HEX.match(token) and any(c.isdigit() for c in token):
            number = tokens[n + 1] if n + 2 == len(tokens) and len(tokens[-1]) < 3 else ""
            return f"{token}-{number}" if number.isdigit() else token  # "…_1": which picture of one article
    while tokens and _ends_in_cut(tokens):
        tokens.pop()
    while len(tokens) > 1 and says_cut(tokens[0]) and any(_telling(t) for t in tokens[1:]):
        tokens.pop(0)
    if all(says_cut(t) or (t.isdigit() and len(t) < 3) for t in tokens):
        return ""
    # "1024 … 16 9": an aspect ratio written as two numbers, and a common width, at the end of a name that tells without
    while len(tokens) > 1 and _telling("-".join(tokens[:-1])):
        if tokens[-1] in _WIDTHS or _ends_in_cut(tokens):
            tokens.pop()
        elif len(tokens) > 2 and (tokens[-2].lstrip("cfv"), tokens[-1]) in _RATIOS and not _counted(tokens):
            del tokens[-2:]
        else:
            break
    return "-".join(tokens)


def _counted(tokens: list[str]) -> bool:
    """Whether a name is an article's number and two small ones, "4940001_2_1": the picture's place, no ratio."""
    return len(tokens) == 3 and "".join(tokens).isdigit() and len(tokens[1]) == 1 and tokens[2] == "1"


def _ends_in_cut(tokens: list[str]) -> bool:
    """Whether the last word of a name says how the picture was cut."""
    return says_cut(tokens[-1]) and not (tokens[-1] in _SIDES and len(tokens) > 1 and not says_cut(tokens[-2]))


def _unprocessed(name: str) -> str:
    """A file's name without what content systems write around it."""
    if "v-" in name:
        name = _VARIANT.sub("", name)
    return _PROCESSED.sub(r"\1", name) if name.startswith("csm_") else name


_RATIOS = {tuple(ratio.split(":")) for ratio in ("16:9", "4:3", "3:2", "1:1", "2:1", "21:9", "20:9", "9:16", "3:4")}


@lru_cache(maxsize=8192)
def says_cut(token: str) -> bool:
    """Whether a word of an address says how a picture was cut or kept, and not which it is."""
    return token in _WORDS or bool(_SIZE.match(token))


def _telling(stem: str) -> bool:
    """Whether a name can hardly be another picture's: eight letters, or five with a number."""
    return len(stem) >= 8 or (len(stem) >= 5 and any(c.isdigit() for c in stem))
