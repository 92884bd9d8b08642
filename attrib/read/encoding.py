"""Bytes become text, once, and say how sure that was.

In: the bytes of a page, and what the web server declared. Out: `Decoded`: the text, the encoding's name, and whether
it was guessed. Never raises. In this order, the first that reads every byte wins:

1. a byte-order mark; it is no part of the text (offsets count from the first character after it);
2. the charset of the HTTP header, then the one the page declares (bs4's `EncodingDetector` finds it in `<meta>` and
   XML declarations), each as browsers read it (`iso-8859-1` means windows-1252);
3. strict UTF-8, also where the declaration lies: bytes that are valid UTF-8 and not ASCII are hardly anything else;
4. turbohtml's detector, by letter frequencies (guessed);
5. windows-1252, where a byte without a letter becomes U+FFFD (guessed).

Line ends stay as they are.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

# The detector and the declaration look at the head of a page only: a charset is declared within the first KB, and
# letter frequencies are settled long before 256 KB.
_HEAD = 4096
_SAMPLE = 262_144

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a label means to a browser (WHATWG Encoding Standard, section 4.2), where Python means something narrower.
_BROWSER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a page that says utf-16 in ASCII letters is not
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-7": "cp1252",
}
_NAMES = {
    "cp1252": "windows-1252",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "cp874": "windows-874",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "big5hkscs": "big5",
    "iso8859-2": "iso-8859-2",
    "euc_jp": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
}
# cp1252 leaves five bytes without a letter; browsers read them as the control characters of that number.
_C1 = {0x81: "\x81", 0x8D: "\x8d", 0x8F: "\x8f", 0x90: "\x90", 0x9D: "\x9d"}
_PLAINLY = re.compile(rb"<meta\s+charset\s*=\s*[\"']?utf-8[\"'\s/>]", re.I)
_SERVER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


class Decoded(NamedTuple):
    """A page's text, the name of the encoding it was read with, and whether that name was guessed."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Read bytes as text. `declared` is a charset or a whole Content-Type header. See the module for the order."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
    plain = data.isascii()
    if plain and b"\x1b" not in data:
        return Decoded(data.decode("ascii"), "utf-8")
    claims = [codec for codec in (_codec(_label(declared)), _codec(_in_page(data))) if codec]
    if not plain and "utf-8" not in claims and _utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8", guessed=bool(claims))
    for codec in dict.fromkeys(claims):
        text = _strict(data, codec)
        if text is not None:
            return Decoded(text, _NAMES.get(codec, codec))
    if "utf-8" in claims and _mostly_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), "utf-8")
    return _guess(data)


def _label(declared: str | None) -> str | None:
    if not declared:
        return None
    match = _SERVER.search(declared)
    if match:
        return match[1]
    return declared.strip() if "/" not in declared else None


def _in_page(data: bytes) -> str | None:
    plain = _PLAINLY.search(data, 0, _HEAD)
    if plain and b"charset" not in data[: plain.start()].lower() and not data.startswith(b"<?"):
        return "utf-8"  # what most pages say, without loading what reads the rest
    from bs4.dammit import EncodingDetector

    return EncodingDetector.find_declared_encoding(data[:_HEAD], is_html=True, search_entire_document=True)


def _codec(label: str | None) -> str | None:
    """Python's name of what a browser makes of a label, or None for a name nobody knows."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    name = _BROWSER.get(name, name)
    try:  # "base64" and "rot13" are codecs of Python, but no encodings
        b"".decode(name)
    except (LookupError, ValueError):
        return None
    return name


def _utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    """A page that says utf-8 and is, but for a cut or a stray byte: one bad place in a thousand letters at most."""
    sample = data[:_SAMPLE].decode("utf-8", "replace")
    bad = sample.count("\ufffd")
    good = sum(1 for c in sample if c > "\x7f") - bad
    return bad * 20 <= good


def _strict(data: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return _windows(data)
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None


def _windows(data: bytes) -> str:
    text = data.decode("cp1252", "surrogateescape")
    return text.translate({0xDC00 + byte: letter for byte, letter in _C1.items()})


def _guess(data: bytes) -> Decoded:
    from turbohtml.detect import Detection, detect

    found = detect(_undeclared(data[:_SAMPLE]), Detection())
    if found.codec and found.confidence > 0:
        try:
            text = data.decode(found.codec, "replace")
        except (LookupError, ValueError):
            text = ""
        if text:
            return Decoded(text, (found.encoding or found.codec).lower(), guessed=True)
    return Decoded(_windows(data), "windows-1252", guessed=True)


_META = re.compile(rb"charset", re.I)


def _undeclared(data: bytes) -> bytes:
    """The bytes with their own declaration made unreadable: it was tried, and lied."""
    return _META.sub(b"charsat", data)
