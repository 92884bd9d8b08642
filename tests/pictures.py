"""Pictures drawn for tests: scenes with as much in them as photographs have, cards, and what newsrooms do to them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps


def grain(seed: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """Clouds of every size, as in foliage, water and crowds."""
    rng = np.random.default_rng(seed)
    made = np.zeros((size[1], size[0], 3))
    for cells, weight in ((3, 60), (7, 50), (16, 45), (40, 35), (100, 20)):
        spots = rng.normal(0, 1, (cells, cells, 3)) * 60 + 128
        layer = Image.fromarray(np.clip(spots, 0, 255).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
        made += (np.asarray(layer, float) - 128) * weight / 60
    return Image.fromarray(np.clip(made + 128, 0, 255).astype(np.uint8))


def scene(seed: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A picture with things in it on a ground with grain."""
    rng = np.random.default_rng(1000 + seed)
    image = grain(seed, size)
    draw = ImageDraw.Draw(image)
    for _ in range(28):
        x, y = rng.integers(0, size[0]), rng.integers(0, size[1])
        w, h = rng.integers(20, 170, 2)
        colour = tuple(int(v) for v in rng.integers(0, 255, 3))
        shape: Any = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((int(x), int(y), int(x + w), int(y + h)), fill=colour)
    return image.filter(ImageFilter.GaussianBlur(0.7))


def card(words: str, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """Words on a plain ground."""
    image = Image.new("RGB", size, (250, 250, 250))
    font = ImageFont.load_default(size=44)
    for line, text in enumerate(words.split("/")):
        ImageDraw.Draw(image).text((60, 60 + 90 * line), text, font=font, fill=(20, 20, 20))
    return image


def crop(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    w, h = image.size
    return image.crop((round(left * w), round(top * h), round(right * w), round(bottom * h)))


def with_logo(image: Image.Image) -> Image.Image:
    image = image.copy()
    w, h = image.size
    ImageDraw.Draw(image).rectangle((0.03 * w, 0.85 * h, 0.28 * w, 0.97 * h), fill=(200, 0, 0))
    return image


def with_lower_third(image: Image.Image) -> Image.Image:
    image = image.copy()
    w, h = image.size
    ImageDraw.Draw(image).rectangle((0, 0.82 * h, w, h), fill=(15, 30, 90))
    return image


def collage(a: Image.Image, b: Image.Image) -> Image.Image:
    out = Image.new("RGB", (960, 480))
    out.paste(ImageOps.fit(a, (480, 480)), (0, 0))
    out.paste(ImageOps.fit(b, (480, 480)), (480, 0))
    return out


def jpeg(image: Image.Image, quality: int = 85, **options: Any) -> bytes:
    return encoded(image, "JPEG", quality=quality, **options)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A small file that declares a large picture; nothing of that size is ever made."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def shifted(seed: int, by: int) -> Image.Image:
    """The same things seen from beside: near ones move more than far ones."""
    rng = np.random.default_rng(2000 + seed)
    image = grain(seed)
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, depth = rng.integers(-100, 900), rng.integers(0, 600), rng.random()
        w, h = rng.integers(15, 120, 2)
        left = int(x + by * (0.3 + depth))
        colour = tuple(int(v) for v in rng.integers(0, 255, 3))
        draw.rectangle((left, int(y), left + int(w), int(y + h)), fill=colour)
    return image


EDITS: dict[str, Callable[[Image.Image], bytes]] = {
    "width 100": lambda im: jpeg(im.resize((100, round(100 * im.height / im.width)), Image.Resampling.LANCZOS)),
    "width 320": lambda im: jpeg(im.resize((320, round(320 * im.height / im.width)), Image.Resampling.LANCZOS)),
    "quality 10": lambda im: jpeg(im, 10),
    "webp": lambda im: encoded(im, "WEBP", quality=50),
    "png": lambda im: encoded(im, "PNG"),
    "gif": lambda im: encoded(im.quantize(128), "GIF"),
    "tiff": lambda im: encoded(im, "TIFF"),
    "cmyk": lambda im: jpeg(im.convert("CMYK")),
    "grey": lambda im: jpeg(im.convert("L")),
    "brighter": lambda im: jpeg(ImageEnhance.Brightness(im).enhance(1.3)),
    "darker": lambda im: jpeg(ImageEnhance.Brightness(im).enhance(0.6)),
    "contrast": lambda im: jpeg(ImageEnhance.Contrast(im).enhance(1.5)),
    "blurred": lambda im: jpeg(im.filter(ImageFilter.GaussianBlur(2))),
    "crop 10": lambda im: jpeg(crop(im, 0.05, 0.05, 0.95, 0.95)),
    "crop 20": lambda im: jpeg(crop(im, 0.15, 0.02, 0.95, 0.82)),
    "crop 30": lambda im: jpeg(crop(im, 0.15, 0.15, 0.85, 0.85)),
    "right two thirds": lambda im: jpeg(crop(im, 1 / 3, 0, 1, 1)),
    "square": lambda im: jpeg(ImageOps.fit(im, (500, 500))),
    "mirrored": lambda im: jpeg(ImageOps.mirror(im)),
    "mirrored crop": lambda im: jpeg(crop(ImageOps.mirror(im), 0.05, 0.05, 0.95, 0.95)),
    "rotated": lambda im: jpeg(crop(im.rotate(2, Image.Resampling.BICUBIC), 0.04, 0.04, 0.96, 0.96)),
    "letterboxed": lambda im: jpeg(ImageOps.pad(im, (960, 540))),
    "padded": lambda im: jpeg(ImageOps.pad(im, (800, 800), color=(255, 255, 255))),
    "border": lambda im: jpeg(ImageOps.expand(im, 30, (255, 255, 255))),
    "logo": lambda im: jpeg(with_logo(im)),
    "lower third": lambda im: jpeg(with_lower_third(im)),
}


def snow(seed: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A few things lying in snow: nearly all of it is close to white, and half of that is white once it is brightened."""
    ground = np.asarray(grain(seed, size).convert("L"), float)
    image = Image.fromarray(np.clip(195 + (ground - 128) * 0.25, 0, 250).astype(np.uint8)).convert("RGB")
    rng = np.random.default_rng(3000 + seed)
    for k in range(2):
        part = scene(seed + 7 * k, (240, 200))
        mask = Image.new("L", part.size)
        corners = [(int(x), int(y)) for x, y in rng.integers(0, (240, 200), (9, 2))]
        ImageDraw.Draw(mask).polygon(corners, fill=255)
        image.paste(part, (int(rng.integers(50, 600)), int(rng.integers(40, 380))), mask)
    return image


def tile(word: str, colour: tuple[int, int, int], side: int = 64) -> Image.Image:
    """A button of a family: shaded alike, and told apart by its word or colour."""
    image = Image.new("RGB", (side, side), "white")
    shade = np.linspace(1.0, 0.6, side)[:, None, None] * np.array(colour)[None, None]
    ground = Image.fromarray(np.broadcast_to(shade, (side, side, 3)).astype(np.uint8))
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).rounded_rectangle((2, 2, side - 3, side - 3), side // 6, fill=255)
    image.paste(ground, mask=mask)
    font = ImageFont.load_default(size=side * 0.45)
    ImageDraw.Draw(image).text((side / 2, side / 2), word, fill="white", font=font, anchor="mm")
    return image


def chessboard(seed: int) -> Image.Image:
    """A chessboard held up before a ground, each time elsewhere and otherwise turned."""
    rng = np.random.default_rng(4000 + seed)
    squares = np.kron((np.indices((8, 11)).sum(axis=0) % 2) * 215 + 20, np.ones((40, 40))).astype(np.uint8)
    board = Image.fromarray(squares).convert("RGBA").rotate(float(rng.uniform(-12, 12)), Image.Resampling.BICUBIC, True)
    image = scene(40 + seed, (640, 480))
    image.paste(board, (int(rng.integers(20, 120)), int(rng.integers(10, 60))), board)
    return image


def knave(suit: str, side: int = 190) -> Image.Image:
    """A playing card with a great figure on it, told from those of its family by a small sign in two corners."""
    image = Image.new("RGB", (side * 3 // 4, side), "white")
    draw = ImageDraw.Draw(image)
    w, h = image.size
    draw.rounded_rectangle((1, 1, w - 2, h - 2), side // 16, outline=(120, 120, 120), width=2)
    draw.polygon(
        [(w * x, h * y) for x, y in ((0.2, 0.7), (0.25, 0.35), (0.5, 0.55), (0.75, 0.35), (0.8, 0.7))], "black"
    )
    draw.rectangle((0.3 * w, 0.25 * h, 0.7 * w, 0.34 * h), fill=(190, 190, 190))
    draw.text((0.1 * w, 0.08 * h), "J", fill="black", font=ImageFont.load_default(size=side * 0.12), anchor="mm")
    for x, y in ((0.1, 0.19), (0.9, 0.81)):
        box = (w * x - 0.04 * side, h * y - 0.04 * side, w * x + 0.04 * side, h * y + 0.04 * side)
        draw.ellipse(box, fill="black")
        if suit == "pointed":
            top = h * y - 0.055 * side
            draw.polygon([(box[0], h * y), (w * x, top), (box[2], h * y)], "black")
    return image
