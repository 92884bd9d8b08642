"""A picture file's bytes become one small picture, upright, or a `Failure` that names the fault.

Everything is decided on declared sizes before a pixel is decoded, so that no file can make the process swell: the
bound is 500 MB whatever arrives. JPEG is decoded at a half, a quarter or an eighth of its size where that is enough
(the decode path is part of the fingerprint's version).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrib.model import Failure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

__all__ = ["FORMATS", "MIN_SIDE", "SIDE", "Decoded", "decode", "orientation", "refuse", "turn"]

SIDE = 256  # px, the longer side of the small grey picture: what verification still needs (measured: 256 to 416 alike)
SOFTEN = 1.25  # times the small size, from which neighbours alone would leave pixels out
MIN_SIDE = 12  # px: below it a picture is a spacer or a tracking pixel
MAX_SIDE = 32_767  # px: cameras end at 20,000; beyond it files are made to hurt
MAX_ASPECT = 24  # longer to shorter side: beyond it nothing is left of the short side in a thumbnail
MEMORY = 420_000_000  # bytes a file and its decoding may take, under the bound of 500 MB with the interpreter itself

FORMATS = ("JPEG", "MPO", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "HEIF", "JPEG2000", "ICO", "PPM")
COST = {"JPEG": 7, "MPO": 7, "WEBP": 17, "AVIF": 14, "HEIF": 17, "JPEG2000": 24}  # bytes a pixel while decoding
COST_ROWS = 1  # a JPEG that is not progressive is decoded row by row, and shrunk on the way
COST_WHOLE = 5  # RGB or CMYK as Pillow holds it, and what becomes of it
COST_PLAIN = 6  # a palette, what becomes of it, and what a GIF keeps besides
COST_OTHERS = 9  # RGBA as Pillow holds it, a premultiplied copy, and a grey one
SCANS = 100  # rounds of a progressive JPEG: programs make ten
TEXTS = 16_000_000  # bytes of texts in a PNG, from which they are taken out before Pillow copies them

_UNREAD = {b"\xff\x0a": "a JPEG XL picture", b"\0\0\0\x0cJXL \r\n\x87\n": "a JPEG XL picture",
           b"II*\0": "a TIFF of a rare kind", b"MM\0*": "a TIFF of a rare kind"}  # fmt: skip
_PNG, _TEXT = b"\x89PNG\r\n\x1a\n", (b"tEXt", b"zTXt", b"iTXt")
Fault = tuple[str, str, str]  # what, remedy and kind of a `Failure`


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as shown: `width` and `height` in px after orientation, and its small version(s).

    `grounds` has one picture, or two where there is transparency: over white and over black. Rows of grey, or of RGB.
    """

    format: str
    width: int
    height: int
    grounds: tuple[NDArray[np.uint8], ...]


def decode(data: bytes, name: str = "", colour: bool = False) -> Decoded | Failure:
    """Read a picture file into small grey pictures, or such in colour (RGB).

    Comes back as a `Failure` for anything that is not a readable picture; never raises.
    """
    fault = _sniff(data)
    if fault:
        return Failure(name, *fault)
    if data.startswith(_PNG) and sum(end - at for kind, at, end in _chunks(data) if kind in _TEXT) > TEXTS:
        data = _bare(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decode(data, name, "RGB" if colour else "L")
    except Exception as problem:  # whatever a decoder throws at a broken file is a fault of the file
        if "MAX_TEXT" in str(problem) and len(bare := _bare(data)) < len(data):
            return decode(bare, name, colour)
        return Failure(name, *_explain(problem, data))


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each part of a PNG."""
    at = 8
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        yield data[at + 4 : at + 8], at, end
        at = end


def _bare(data: bytes) -> bytes:
    """A PNG without texts and profile: Pillow refuses a picture for long ones, and browsers show it all the same."""
    return data[:8] + b"".join(data[at:end] for kind, at, end in _chunks(data) if kind not in (*_TEXT, b"iCCP"))


def _sniff(data: bytes) -> Fault | None:
    """What can be told from the first bytes alone."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return "the file is empty (0 bytes)", "Upload the picture again.", "broken"
    if head.startswith((b"<?xml", b"<svg", b"<!--", b"<!doctype svg")) and b"<svg" in head:
        return "an SVG drawing, which has no pixels to compare", "Export it as PNG to have it compared.", "unfit"
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a web page under a picture's name", "Save the picture itself, not the page around it.", "broken"
    return None


def _explain(problem: Exception, data: bytes) -> Fault:
    from PIL import Image, UnidentifiedImageError

    again = "Save or upload the picture again from its original."
    if isinstance(problem, UnidentifiedImageError):
        brand = data[4:12]
        if brand[:4] == b"ftyp" and brand[4:8] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"):
            return (
                "a HEIC picture, and no decoder for it is installed",
                "Export it as JPEG, or install pillow-heif.",
                "",
            )
        if brand == b"ftypavif":
            return (
                "an AVIF picture, and this Pillow cannot decode it",
                "Export it as JPEG, or install a newer Pillow.",
                "",
            )
        for sign, what in _UNREAD.items():
            if data.startswith(sign):
                return f"{what}, and no decoder for it is installed", "Export it as JPEG or PNG.", ""
        return "not a picture in a known format, or broken from its first bytes", again, "broken"
    if isinstance(problem, Image.DecompressionBombError):
        return (
            "too large to decode: it declares more pixels than is safe, as a decompression bomb does",
            "Save the picture at the size it is shown in.",
            "broken",
        )
    if isinstance(problem, MemoryError):
        return "needs more memory to decode than there is", "Save the picture at the size it is shown in.", ""
    words = str(problem).lower()
    if "truncated" in words or "unexpected end" in words or isinstance(problem, EOFError):
        return "truncated: the file ends before the picture does", again, "broken"
    detail = str(problem).splitlines()[0][:120] if str(problem) else type(problem).__name__
    return f"damaged, so that it cannot be decoded ({detail})", again, "broken"


def refuse(image: Image.Image, weight: int) -> Fault | None:
    """Whether the declared size is one to decode at all; `weight` is that of the file, in bytes."""
    width, height = image.size
    shown = f"{width} by {height} px"
    shrink = "Save the picture at the size it is shown in."
    if min(width, height) < MIN_SIDE:
        return f"too small to compare: {shown}, as a spacer or tracking pixel", "Use the picture itself.", "unfit"
    if max(width, height) > MAX_SIDE:
        return f"too large to decode: {shown}, over {MAX_SIDE:,} px on one side", shrink, "broken"
    if max(width, height) > MAX_ASPECT * min(width, height):
        return f"too narrow to compare: {shown}", "Crop it to what matters.", "unfit"
    whole = COST_WHOLE if image.mode in ("RGB", "CMYK") else COST_PLAIN
    cost = COST.get(image.format or "", whole if _plain(image) else COST_OTHERS)
    if image.format in ("JPEG", "MPO") and "progressive" not in image.info:
        cost = COST_ROWS
    if width * height * cost + weight > MEMORY:
        limit = (MEMORY - weight) // cost // 1_000_000
        file = f" for a file of {weight // 1_000_000} MB" if weight > MEMORY // 10 else ""
        return (
            f"too large to decode: {shown}, over {limit} million pixels{file}, as a decompression bomb is",
            shrink,
            "broken",
        )
    return None


def _scanned(image: Image.Image, data: bytes) -> Fault | None:
    """Whether a progressive JPEG goes over the whole picture so often that decoding it would take minutes."""
    scans = data.count(b"\xff\xda") if "progressive" in image.info else 0
    if (
        scans <= SCANS + len(data) // 16_384
    ):  # by chance these bytes stand once in 65,536, as in a film behind a photograph
        return None
    what = f"made to be slow: it is drawn in {scans:,} rounds, where others are in ten"
    return what, "Save or upload the picture again from its original.", "broken"


def _plain(image: Image.Image) -> bool:
    """Whether there is nothing to lay over a ground, no deep grey, no turning at full size: each costs a copy more."""
    if image.format == "TIFF" and image.getexif().get(0x0112, 1) != 1:
        return False
    return image.mode in ("RGB", "CMYK", "L", "P", "1") and "transparency" not in image.info


def _decode(data: bytes, name: str, mode: str) -> Decoded | Failure:
    from PIL import Image

    Image.init()
    if data[4:8] == b"ftyp" and "HEIF" not in Image.OPEN:
        with suppress(ImportError):  # who has it meant it to be used
            import pillow_heif

            pillow_heif.register_heif_opener()
    with Image.open(io.BytesIO(data), formats=[f for f in FORMATS if f in Image.OPEN]) as image:
        fault = refuse(image, len(data)) or _scanned(image, data)
        if fault:
            return Failure(name, *fault)
        kind = "JPEG" if image.format == "MPO" else image.format or ""
        turned = orientation(image)
        width, height = image.size[::-1] if turned in (5, 6, 7, 8) else image.size
        profile = image.info.get("icc_profile") or b""
        odd = bool(profile) and not _usual(profile)
        if image.format in ("JPEG", "MPO"):
            image.draft("RGB" if odd else mode, _small(image.size))
        grounds = _managed(image, profile, mode) if odd else _plainly(image, mode)
        small = _small((width, height))
        return Decoded(kind, width, height, tuple(_fitted(turn(ground, turned), small) for ground in grounds))


def _small(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the small picture: longer side `SIDE`, never enlarged."""
    scale = min(1.0, SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def orientation(image: Image.Image) -> int:
    """The EXIF orientation that is still to be applied: a TIFF is turned, its size too, where it is decoded."""
    told = 1 if image.format == "TIFF" else image.getexif().get(0x0112, 1)
    return told if isinstance(told, int) else 1


def turn(image: Image.Image, orientation: int) -> Image.Image:
    """The picture upright, by its EXIF orientation."""
    if orientation == 1:
        return image
    from PIL import Image

    T = Image.Transpose  # noqa: N806
    how = {2: T.FLIP_LEFT_RIGHT, 3: T.ROTATE_180, 4: T.FLIP_TOP_BOTTOM, 5: T.TRANSPOSE, 6: T.ROTATE_270}
    how |= {7: T.TRANSVERSE, 8: T.ROTATE_90}
    return image.transpose(how[orientation]) if orientation in how else image


USUAL = (b"sRGB", b"Display P3", b"Adobe RGB", b"Dot Gain", b"Gamma 2.2", b"c2")


def _usual(profile: bytes) -> bool:
    """Whether a colour profile is one whose greys are those of sRGB, near enough, so that nothing is converted."""
    return any(name in profile.replace(b"\0", b"") for name in USUAL)


def _managed(image: Image.Image, profile: bytes, mode: str) -> tuple[Image.Image, ...]:
    """The small picture by its colour profile; by the numbers alone when the profile cannot be used."""
    from PIL import ImageCms

    if image.mode not in ("RGB", "CMYK", "L"):
        return _plainly(image, mode)
    image.load()
    small = _shrink(image)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        shown = ImageCms.profileToProfile(small, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        shown = None
    return ((shown or small.convert("RGB")).convert(mode),)


def _plainly(image: Image.Image, mode: str) -> tuple[Image.Image, ...]:
    """The small picture by its numbers, over white, and over black where that is another."""
    image.load()
    if image.mode in ("I;16", "I;16B", "I;16L", "I;16N", "I", "F"):
        return (_shrink(_deep(image)).convert(mode),)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _flatten(_shrink(image if image.mode == "RGBA" else image.convert("RGBA")), mode)
    if image.mode == "L":
        return (_shrink(image).convert(mode),)
    if image.mode in ("1", "P"):
        return (_shrink(image.convert(mode)),)
    return (_shrink(image).convert("RGB").convert(mode),)


def _shrink(image: Image.Image) -> Image.Image:
    """Near to the small size: by whole steps, every pixel counted."""
    size = _small(image.size)
    step = min(image.width // size[0], image.height // size[1])
    return image.reduce(step) if step > 1 else image


def _fitted(image: Image.Image, size: tuple[int, int]) -> NDArray[np.uint8]:
    """The rest of the way to the small size, between neighbours; the same to the bit on every machine."""
    import numpy as np

    from attrib.read.pixels.opencv import cv2

    values = np.asarray(image)
    if image.size == size:
        return values
    if max(image.size) > SOFTEN * max(size):
        values = np.asarray(cv2.GaussianBlur(values, (3, 3), 0), np.uint8)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_LINEAR_EXACT), np.uint8)


def _deep(image: Image.Image) -> Image.Image:
    """16-bit, 32-bit and floating grey to 8 bits, by the range the values are in, shrunk by whole steps on the way."""
    import numpy as np
    from PIL import Image

    values = np.asarray(image)
    top = float(values.max())
    white = 1.0 if top <= 1.0 else 255.0 if top <= 255.0 else 65535.0 if top <= 65535.0 else top
    step = max(1, min(image.width // _small(image.size)[0], image.height // _small(image.size)[1]))
    rows, columns = image.height // step, image.width // step
    small = np.empty((rows, columns), np.float64)
    for y in range(rows):
        strip = values[y * step : (y + 1) * step, : columns * step].reshape(step, columns, step)
        small[y] = strip.mean(axis=(0, 2), dtype=np.float64)
    return Image.fromarray(np.clip(np.nan_to_num(small) / white * 255, 0, 255).astype(np.uint8))


def _flatten(image: Image.Image, mode: str) -> tuple[Image.Image, ...]:
    """A transparent picture over white and over black."""
    from PIL import Image

    if image.getchannel("A").getextrema() == (255, 255):
        return (image.convert(mode),)
    over = [Image.new("RGBA", image.size, (c, c, c, 255)) for c in (255, 0)]
    return tuple(Image.alpha_composite(ground, image).convert(mode) for ground in over)
