"""Picture files put together block by block: what metadata is made of, whole or broken."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:xmpNote="http://ns.adobe.com/xmp/note/"'
)


def picture(kind: str = "JPEG", size: tuple[int, int] = (16, 12), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes) -> bytes:
    """A picture with these segments at its head."""
    plain = picture()
    return plain[:2] + b"".join(segments) + plain[2:]


def dataset(number: int, value: bytes, record: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def resource(number: int, block: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(block)) + block + b"\0" * (len(block) & 1)


def photoshop(*resources: bytes) -> bytes:
    return segment(0xED, b"Photoshop 3.0\0" + b"".join(resources))


def iptc(*datasets: bytes) -> bytes:
    return photoshop(resource(0x0404, b"".join(datasets)))


def packet(inner: str, head: str = "") -> bytes:
    return (
        f'{head}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}><rdf:Description rdf:about="" {SPACES}>{inner}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def xmp(data: bytes) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + data)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes) -> bytes:
    plain = picture("PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


CREATOR = "<dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li></rdf:Seq></dc:creator>"
UTF8 = dataset(90, b"\x1b%G", 1)
