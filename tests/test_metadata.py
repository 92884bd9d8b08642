"""What picture files say of themselves: every origin kept, nothing resolved, and no bytes that end a run."""

from __future__ import annotations

import hashlib
import random
import struct
import tracemalloc
import zlib

import pytest
from PIL import Image

from attrib.model import Failure, FileFacts
from attrib.read.metadata import read_metadata

from .blocks import CREATOR, UTF8, chunk, dataset, iptc, jpeg, packet, photoshop, picture, png, resource, segment, xmp


def said(data: bytes, name: str = "creator") -> list[tuple[str, str]]:
    facts = read_metadata(data, "a.jpg")
    assert isinstance(facts, FileFacts), facts
    return [(f.origin, f.value) for f in facts.values(name)]


def problems(data: bytes) -> str:
    facts = read_metadata(data, "a.jpg")
    assert isinstance(facts, FileFacts), facts
    return " ".join(facts.problems)


def test_every_origin_is_kept():
    data = jpeg(xmp(packet(CREATOR)), iptc(dataset(80, b"John Roe"), dataset(110, b"AP")))
    assert said(data) == [("iim", "John Roe"), ("xmp", "Jane Doe")]
    facts = read_metadata(data, "a.jpg")
    assert [[f.value for f in group] for group in facts.disagreements] == [["John Roe", "Jane Doe"]]
    assert {(c.field.name, c.credit.parties[0].canonical) for c in facts.credits} == {
        ("creator", "John Roe"), ("creator", "Jane Doe"), ("creditText", "AP"),
    }  # fmt: skip


def test_both_iptc_blocks_are_read_and_the_second_says_so():
    data = jpeg(iptc(dataset(80, b"Jane Doe")), iptc(dataset(80, b"John Roe")))
    facts = read_metadata(data)
    assert [(f.value, f.raw) for f in facts.values("creator")] == [("Jane Doe", "2:80"), ("John Roe", "2:80 (block 2)")]
    assert len(facts.disagreements) == 1


def test_each_of_several_by_lines_is_a_field():
    assert said(jpeg(iptc(dataset(80, b"Jane Doe"), dataset(80, b"John Roe")))) == [
        ("iim", "Jane Doe"),
        ("iim", "John Roe"),
    ]


@pytest.mark.parametrize(
    ("blocks", "value", "trouble"),
    [
        ([UTF8, dataset(80, "Zoë Żółć".encode())], "Zoë Żółć", ""),
        ([dataset(80, "Jürgen Groß".encode("latin-1"))], "Jürgen Groß", ""),
        ([dataset(80, "Jürgen Groß".encode())], "Jürgen Groß", ""),
        ([dataset(90, b"\x1b.A", 1), dataset(80, "Jürgen".encode("latin-1"))], "Jürgen", ""),
        ([UTF8, dataset(80, "Jürgen Groß".encode("latin-1"))], "Jürgen Groß", "not in the UTF-8"),
        ([UTF8, dataset(80, "Jürgen Groß Straßenbahn Kö".encode()[:-1])], "Jürgen Groß Straßenbahn K", ""),
        ([UTF8, dataset(80, "Alexandra Catherine Montgomery-Ös".encode()[:32])], "Alexandra Catherine Montgomery-", ""),
        ([dataset(80, "Jean Doré".encode("latin-1"))], "Jean Doré", ""),
        ([UTF8, dataset(80, "Jean Doré".encode("latin-1"))], "Jean Doré", "not in the UTF-8"),
        ([dataset(80, "Zoë Müller".encode()), dataset(120, "Café à Orléans".encode("latin-1"))], "Zoë Müller", ""),
        ([dataset(90, b"\x1b.A", 1), dataset(80, "Jürgen Groß".encode())], "Jürgen Groß", "not in the character set"),
        ([dataset(90, b"\x1b-B", 1), dataset(80, "Łukasz Żak".encode("iso8859-2"))], "Łukasz Żak", ""),
        ([dataset(90, b"\x1b-L", 1), dataset(80, "Иван Петров".encode("iso8859-5"))], "Иван Петров", ""),
        ([dataset(90, b"\x1b-?", 1), dataset(80, "Jürgen".encode("latin-1"))], "Jürgen", "not in the character set"),
        ([dataset(90, b"\x1b-?", 1), dataset(80, b"Jane Doe")], "Jane Doe", ""),
    ],
)
def test_iim_is_read_in_the_characters_it_was_written_in(blocks, value, trouble):
    data = jpeg(iptc(*blocks))
    assert said(data) == [("iim", value)]
    assert (trouble in problems(data)) if trouble else problems(data) == ""


@pytest.mark.parametrize(
    ("blocks", "decoding"),
    [
        ([dataset(80, b"Ana Ruiz")], ""),
        ([UTF8, dataset(80, "Zoë".encode())], ""),
        ([dataset(80, "Zoë".encode())], "UTF-8"),
        ([dataset(80, "Zoë".encode("latin-1"))], "Latin-1"),
        ([UTF8, dataset(80, "Zoë".encode("latin-1"))], "Latin-1"),
        ([dataset(90, b"\x1b-A", 1), dataset(80, "Zoë".encode("latin-1"))], ""),
    ],
)
def test_a_character_set_that_was_guessed_is_kept_with_the_value(blocks, decoding):
    facts = read_metadata(jpeg(iptc(*blocks)), "a.jpg")
    assert [field.decoding for field in facts.fields] == [decoding]


def test_a_stale_digest_matters_where_the_blocks_disagree():
    block = dataset(80, b"John Roe")
    stale = photoshop(resource(0x0404, block), resource(0x0425, b"x" * 16))
    fresh = photoshop(resource(0x0404, block), resource(0x0425, hashlib.md5(block).digest()))
    assert "IPTCDigest" in problems(jpeg(stale, xmp(packet(CREATOR))))
    assert "IPTCDigest" not in problems(jpeg(fresh, xmp(packet(CREATOR))))
    assert problems(jpeg(stale, xmp(packet(CREATOR.replace("Jane Doe", "John Roe"))))) == ""


def test_a_second_packet_is_read_too():
    second = packet("<photoshop:Credit>AP</photoshop:Credit>")
    assert said(jpeg(xmp(packet(CREATOR)), xmp(second)), "creditText") == [("xmp", "AP")]


SPELLINGS = {
    "element": "<photoshop:Credit>AP</photoshop:Credit>",
    "resource": '<photoshop:Credit rdf:resource="AP"/>',
    "qualified": '<photoshop:Credit rdf:parseType="Resource"><rdf:value>AP</rdf:value></photoshop:Credit>',
    "list": "<photoshop:Credit><rdf:Bag><rdf:li>AP</rdf:li></rdf:Bag></photoshop:Credit>",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_property_is_read_in_every_spelling_of_rdf(spelling):
    assert said(jpeg(xmp(packet(SPELLINGS[spelling]))), "creditText") == [("xmp", "AP")]


def test_an_attribute_and_a_structure():
    whole = packet("").replace(b'rdf:about=""', b'rdf:about="" photoshop:Credit="AP"')
    assert said(jpeg(xmp(whole)), "creditText") == [("xmp", "AP")]
    licensor = "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType='Resource'><plus:LicensorURL>https://example.org</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
    assert said(jpeg(xmp(packet(licensor))), "acquireLicensePage") == [("xmp", "https://example.org")]


def test_xmp_in_utf16_is_read_and_translations_say_their_language():
    rights = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">All</rdf:li><rdf:li xml:lang="de">Alle</rdf:li></rdf:Alt></dc:rights>'
    facts = read_metadata(jpeg(xmp(packet(rights).decode().encode("utf-16-be"))))
    assert [(f.value, f.raw) for f in facts.values("copyrightNotice")] == [
        ("All", "dc:rights"),
        ("Alle", "dc:rights[de]"),
    ]


def extension(data: bytes, whole: bytes, at: int, guid: bytes = b"0" * 32) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + guid + struct.pack(">II", len(whole), at) + data)


def test_extended_xmp_is_put_together():
    main = packet("").replace(b'rdf:about=""', b'rdf:about="" xmpNote:HasExtendedXMP="' + b"0" * 32 + b'"')
    rest = packet(CREATOR)
    pieces = [extension(rest[50:], rest, 50), extension(rest[:50], rest, 0)]
    assert said(jpeg(xmp(main), *pieces)) == [("xmp", "Jane Doe")]
    assert "missing" in problems(jpeg(xmp(main), pieces[0]))
    assert "missing" in problems(jpeg(xmp(main)))


def test_texts_of_a_png_are_read_plain_and_packed():
    data = png(
        chunk(b"tEXt", b"Author\0J\xfcrgen"), chunk(b"zTXt", b"Copyright\0\0" + zlib.compress(b"Jane Doe")),
        chunk(b"iTXt", b"Title\0\0\0\0\0" + "東京".encode()),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet(CREATOR)),
    )  # fmt: skip
    assert said(data) == [("xmp", "Jane Doe"), ("png", "Jürgen")]
    assert said(data, "copyrightNotice") == [("png", "Jane Doe")]
    assert said(data, "title") == [("png", "東京")]


@pytest.mark.parametrize("name", ["iptc", "IPTC profile"])  # as ImageMagick writes it, and exiftool
def test_iptc_in_png_text(name):
    block = resource(0x0404, dataset(80, b"Jane Doe")).hex()
    text = f"\n{name}\n    {len(block) // 2}\n{block[:72]}\n{block[72:]}\n".encode()
    data = png(chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(text)))
    assert said(data) == [("iim", "Jane Doe")]
    assert problems(data) == ""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_every_container_gives_its_size_and_its_exif(kind):
    exif = Image.Exif()
    exif[0x013B] = "Jane Doe"
    out = picture(kind, exif=exif, xmp=packet(CREATOR)) if kind != "TIFF" else picture(kind, exif=exif)
    facts = read_metadata(out, "a")
    assert (facts.format, facts.width, facts.height) == (kind, 16, 12)
    assert ("exif", "Jane Doe") in [(f.origin, f.value) for f in facts.values("creator")]
    assert facts.problems == ()


def test_content_credentials_are_seen():
    data = jpeg(segment(0xEB, b"JP\x02\x11\0\0\0\x01\0\0\0\x20jumb" + b"\0" * 40))
    assert said(data, "contentCredentials")[0][0] == "c2pa"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing"),
        (b"hello", "not a picture"),
        (b"\xff\xd8\xff", "ends before"),
        (b"\xff\xd8\xff\xe0", "ends before"),
    ],
)
def test_what_is_no_picture_is_a_failure(data, words):
    failure = read_metadata(data, "a.jpg")
    assert isinstance(failure, Failure)
    assert words in failure.what
    assert failure.source == "a.jpg"
    assert failure.remedy


IPTC = iptc(dataset(80, b"Jane Doe"))
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>" for i in range(9)
)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "document type"),
        ('<!DOCTYPE x SYSTEM "http://example.org/x.dtd">', "document type"),
        (LAUGHS + "]>", "document type"),
    ],
)
def test_entities_are_refused_and_nothing_else_is_lost(head, words):
    data = jpeg(xmp(packet("<photoshop:Credit>&e;&j;</photoshop:Credit>", head)), IPTC)
    assert words in problems(data)
    assert said(data) == [("iim", "Jane Doe")]
    assert said(data, "creditText") == []


BROKEN = {
    "XMP cut short": (xmp(packet(CREATOR + "<photoshop:Credit>A")[:-80]), "damaged"),
    "XMP that is Latin-1": (xmp(packet(CREATOR + "<photoshop:City>Köln</photoshop:City>").decode().encode("latin-1")), "Latin-1"),
    "XMP that is no XML": (xmp(b"hello"), "not XML"),
    "XMP as deep as a well": (xmp(packet("<a>" * 5000)), "damaged"),
    "IPTC with a lying length": (photoshop(resource(0x0404, struct.pack(">BBBH", 0x1C, 2, 80, 900) + b"J")), "cut short"),
    "IPTC with a huge length": (photoshop(resource(0x0404, b"\x1c\x02\x50\x80\x04\xff\xff\xff\xff" + b"J")), "cut short"),
    "IPTC of noise": (photoshop(resource(0x0404, b"\x99" * 40)), "damaged"),
    "a resource that runs over the end": (photoshop(b"8BIM\x04\x04\0\0\0\xff\xff\xff" + dataset(110, b"AP")), "longer"),
    "EXIF that bites its tail": (segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"), "EXIF"),
    "EXIF that points outside": (segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x3b\0\x02\0\0\xff\xff\x7f\0\0\0\0\0\0\0"), "EXIF"),
    "EXIF of noise": (segment(0xE1, b"Exif\0\0hello"), "EXIF"),
    "a marker of length nought": (b"\xff\xe3\0\0" * 50, "wrong length"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_one_broken_block_costs_no_other(what):
    broken, words = BROKEN[what]
    data = jpeg(broken, IPTC)
    assert ("iim", "Jane Doe") in said(data)
    assert words in problems(data)


def test_the_beginning_of_a_broken_packet_is_kept():
    assert said(jpeg(xmp(packet(CREATOR + "<photoshop:Credit>A")[:-80]))) == [("xmp", "Jane Doe")]


def test_a_cut_file_keeps_its_head():
    data = jpeg(IPTC)
    assert said(data[: len(IPTC) + 40]) == [("iim", "Jane Doe")]


def bounded(data: bytes, megabytes: float) -> FileFacts:
    tracemalloc.start()
    facts = read_metadata(data, "a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < megabytes * 1e6
    assert isinstance(facts, FileFacts)
    return facts


def test_fifty_megabytes_of_xmp_are_not_read():
    huge = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet(CREATOR + " " * 50_000_000))
    data = png(chunk(b"tEXt", b"Author\0Jane Doe"), huge)
    facts = bounded(data, 220)  # a few views of the bytes at hand, no tree of them
    assert "far more than any picture needs" in facts.problems[0]
    assert [f.value for f in facts.values("creator")] == ["Jane Doe"]


def test_a_zip_bomb_is_not_unpacked():
    bomb = zlib.compress(b"\0" * 200_000_000, 9)
    data = png(chunk(b"zTXt", b"Comment\0\0" + bomb), chunk(b"tEXt", b"Author\0Jane Doe"))
    facts = bounded(data, 20)
    assert "unpacks to over" in facts.problems[0]
    assert [f.value for f in facts.values("creator")] == ["Jane Doe"]


def test_many_zip_bombs_are_one():
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 3_000_000, 9))
    facts = bounded(png(chunk(b"tEXt", b"Author\0Jane Doe"), *[bomb] * 50), 20)
    assert [f.value[:8] for f in facts.fields] == ["Jane Doe", "aaaaaaaa"]
    assert len(facts.problems) == 1


def test_blocks_that_all_claim_the_rest_of_the_file_are_not_copied_each():
    """A length that lies, many times over: of what it claims, a bounded part is kept."""
    lie = segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + b"a" * 60_000)
    assert "longer than the file part" in " ".join(bounded(jpeg(*[lie] * 100, IPTC), 40).problems)


@pytest.mark.parametrize(("tag", "kind"), [(700, 1), (0x010E, 2)], ids=["XMP", "text"])
def test_tags_of_a_tiff_that_all_claim_the_whole_file_are_not_copied_each(tag, kind):
    size = 6_000_000
    tags = b"".join(struct.pack("<HHII", tag, kind, size - 8 - at, 8 + at) for at in range(400))
    data = b"II*\0" + struct.pack("<I", size) + b"a" * (size - 8) + struct.pack("<H", 400) + tags + bytes(4)
    bounded(data, 100)


@pytest.mark.parametrize("empty", [b"iinf", b"iloc", b"iprp"])
def test_a_heic_may_end_in_an_empty_box(empty: bytes):
    inner = bytes(4) + (8).to_bytes(4) + empty
    data = (16).to_bytes(4) + b"ftypheic\0\0\0\0" + (8 + len(inner)).to_bytes(4) + b"meta" + inner
    facts = read_metadata(data, "a.heic")
    assert isinstance(facts, FileFacts)
    assert facts.format == "HEIC"


def test_items_of_a_heic_that_all_claim_the_whole_file_are_not_read():
    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + kind + body

    size, numbers = 1_000_000, range(1, 40)
    named = b"".join(box(b"infe", struct.pack(">BBHHH4s", 2, 0, 0, n, 0, b"Exif") + b"\0") for n in numbers)
    places = b"".join(struct.pack(">HHH", n, 0, 16) + struct.pack(">II", 0, size) * 16 for n in numbers)
    items = box(b"iinf", struct.pack(">IH", 0, 39) + named) + box(
        b"iloc", struct.pack(">IBBH", 0, 0x44, 0, 39) + places
    )
    data = box(b"ftyp", b"heic\0\0\0\0heicmif1") + box(b"meta", bytes(4) + items) + box(b"mdat", b"a" * size)
    assert "far more than any picture needs" in bounded(data, 10).problems[0]


def test_a_picture_behind_thousands_of_parts_is_not_said_to_be_missing():
    assert "more than 4000 parts" in problems(jpeg(*[segment(0xFE, b"a")] * 5000))


def test_what_pillow_thinks_of_a_file_is_not_printed(recwarn):
    huge = b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 12_000, 12_000, 1, 24, 0, 0, 0, 0, 0, 0)
    assert read_metadata(huge, "a").width == 12_000
    assert not recwarn.list


def test_a_million_keywords_end():
    many = iptc(*[dataset(25, b"k")] * 5000)
    facts = bounded(jpeg(many, IPTC), 20)
    assert "more than" in facts.problems[0]


SEEDS = [
    jpeg(xmp(packet(CREATOR)), iptc(UTF8, dataset(80, b"Jane Doe"), dataset(120, "東京".encode()))),
    png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet(CREATOR)), chunk(b"zTXt", b"Copyright\0\0" + zlib.compress(b"x"))),
    picture("WEBP", xmp=packet(CREATOR)), picture("TIFF"), picture("AVIF", xmp=packet(CREATOR)), picture("GIF"),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_mutated_files_end_no_run(seed):
    chance = random.Random(seed)
    for _ in range(150):
        data = bytearray(SEEDS[seed])
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data) or 1)
            match chance.randrange(3):
                case 0:
                    data[at : at + 1] = bytes([chance.randrange(256)])
                case 1:
                    del data[at : at + chance.randint(1, 40)]
                case _:
                    data[at:at] = data[at : at + chance.randint(1, 40)]
        facts = read_metadata(bytes(data), "a")
        assert isinstance(facts, FileFacts | Failure)
        assert not isinstance(facts, Failure) or "could not be read (" not in facts.what
