"""Draws the pictures of the sample articles, with IPTC and XMP metadata where an article needs it.

Run it again after a change: `python samples/draw.py`. The same script always draws the same pictures.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

HERE = Path(__file__).parent / "pictures"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="{credit}" photoshop:Source="{source}">
<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def scene(seed: int, size: tuple[int, int] = (1200, 800)) -> Image.Image:
    """A town under a sky: hills, houses with windows, a water's edge. Every seed is another place."""
    rng = random.Random(seed)  # noqa: S311  (pictures, not secrets)
    width, height = size
    sky, dusk = [tuple(rng.randrange(90, 250) for _ in range(3)) for _ in range(2)]
    im = Image.new("RGB", size)
    draw = ImageDraw.Draw(im)
    for y in range(height):
        t = y / height
        draw.line((0, y, width, y), fill=tuple(round(a * (1 - t) + b * t) for a, b in zip(sky, dusk, strict=True)))
    r = rng.randrange(40, 110)
    x, y = rng.randrange(width), rng.randrange(height // 3)
    draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, rng.randrange(200, 250), rng.randrange(120, 220)))
    for layer in range(3):
        waves = [(rng.uniform(0.002, 0.02), rng.uniform(0, 7), rng.uniform(10, 60)) for _ in range(4)]
        base = height * (0.4 + 0.1 * layer)
        ridge = [(x, base + sum(a * math.sin(f * x + p) for f, p, a in waves)) for x in range(0, width + 8, 8)]
        shade = rng.randrange(40, 120)
        draw.polygon([(0, height), *ridge, (width, height)], fill=(shade, shade + rng.randrange(40), shade // 2 + 20))
    x = rng.randrange(60)
    while x < width:
        w, h = rng.randrange(50, 130), rng.randrange(80, 320)
        top = height * 0.82 - h
        wall = tuple(rng.randrange(60, 220) for _ in range(3))
        draw.rectangle((x, top, x + w, height * 0.82), fill=wall)
        draw.polygon([(x - 6, top), (x + w / 2, top - rng.randrange(20, 70)), (x + w + 6, top)], fill=(120, 50, 40))
        for wy in range(int(top) + 14, int(height * 0.8), 34):
            for wx in range(x + 10, x + w - 12, 26):
                draw.rectangle((wx, wy, wx + 12, wy + 18), fill=rng.choice([(250, 230, 150), (40, 50, 70)]))
        x += w + rng.randrange(4, 50)
    for _ in range(240):
        x, y, w = rng.randrange(width), rng.randrange(int(height * 0.83), height), rng.randrange(20, 120)
        draw.line((x, y, x + w, y), fill=tuple(rng.randrange(60, 200) for _ in range(3)), width=3)
    return _weathered(im.filter(ImageFilter.GaussianBlur(0.7)), rng)


def _weathered(im: Image.Image, rng: random.Random) -> Image.Image:
    """The drawing with plaster, clouds and grain, so that no two places of it are alike, as in a photograph."""
    width, height = im.size
    for step, weight in ((90, 0.22), (24, 0.2), (7, 0.16), (2, 0.08)):
        small = (width // step + 1, height // step + 1)
        grain = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
        grain = grain.resize((width, height), Image.Resampling.BICUBIC)
        im = Image.blend(im, Image.merge("RGB", (grain, grain, grain)), weight)
    return im


def iim(**fields: str) -> bytes:
    """An APP13 segment with these IPTC datasets of record 2, in UTF-8."""
    numbers = {"byline": 80, "credit": 110, "source": 115, "copyright": 116, "caption": 120}
    block = b"\x1c\x01\x5a\x00\x03\x1b%G"
    for name, value in fields.items():
        raw = value.encode()
        block += bytes((0x1C, 2, numbers[name])) + len(raw).to_bytes(2, "big") + raw
    body = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + len(block).to_bytes(4, "big") + block + b"\x00" * (len(block) % 2)
    return b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body


def save(im: Image.Image, name: str, creator: str = "", credit: str = "", source: str = "", rights: str = "") -> None:
    """Write a JPEG, with IPTC and XMP when there is a creator."""
    path = HERE / name
    if not creator:
        im.save(path, quality=80)
        return
    packet = XMP.format(creator=creator, credit=credit, source=source, rights=rights).encode()
    im.save(path, quality=80, xmp=packet)
    data = path.read_bytes()
    path.write_bytes(data[:2] + iim(byline=creator, credit=credit, source=source, copyright=rights) + data[2:])


def main() -> None:
    """Draw every picture of the samples."""
    HERE.mkdir(exist_ok=True)
    ferry = scene(3)
    save(ferry.resize((800, 533)), "gettyimages-1000200030_6b1f0c9d2e7a4f5583aa91c07de2b6f4415d0a3e-s800.jpg")
    save(ferry, "gettyimages-1000200030_6b1f0c9d2e7a4f5583aa91c07de2b6f4415d0a3e-s1200.jpg")
    save(scene(11), "lighthouse-keeper.jpg", "Marit Solheim", "NTB", "NTB", "Marit Solheim / NTB")
    save(scene(12), "lighthouse-stairs.jpg", "Marit Solheim", "NTB", "NTB", "Marit Solheim / NTB")
    square = scene(21)
    save(square, "old-square-morning.jpg")
    save(square.crop((40, 30, 1160, 780)).resize((900, 603)), "market-day-archive.jpg")
    save(scene(31), "orchestra-rehearsal.jpg", "Paula Quintero", "EFE", "EFE", "© EFE 2024")


if __name__ == "__main__":
    main()
