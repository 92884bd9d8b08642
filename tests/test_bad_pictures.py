"""What a user is told of a picture file that lies, is cut short or was made to hurt: by `check`, and by `inspect`."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest

from attrib.cli import run
from attrib.engine import Settings, check_sources
from attrib.fetch import Source
from attrib.model import Report

from .blocks import CREATOR, UTF8, chunk, dataset, iptc, jpeg, packet, photoshop, png, resource, segment, xmp

JANE = iptc(dataset(80, b"Jane Doe"))
AUTHOR = chunk(b"tEXt", b"Author\0Jane Doe")
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>" for i in range(9)
)
CREDIT = "<photoshop:Credit>&e;&j;</photoshop:Credit>"
BITES_ITS_TAIL = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"

# What is wrong → the file, and words of what is said of it. Each can be shown, and names its maker all the same.
DAMAGED = {
    "IPTC with a lying length": (jpeg(photoshop(resource(0x0404, dataset(80, b"Jane Doe") + struct.pack(">BBBH", 0x1C, 2, 110, 900)))), "cut short"),
    "XMP cut short": (jpeg(xmp(packet(CREATOR + "<photoshop:Credit>A")[:-80])), "XMP is damaged"),
    "an entity that reads a file": (jpeg(xmp(packet(CREDIT, XXE)), JANE), "document type or entity"),
    "a billion laughs": (jpeg(xmp(packet(CREDIT, LAUGHS + "]>")), JANE), "document type or entity"),
    "markers of length nought": (jpeg(b"\xff\xe3\0\0" * 50, JANE), "wrong length"),
    "EXIF that bites its tail": (jpeg(segment(0xE1, BITES_ITS_TAIL), JANE), "EXIF data is damaged"),
    "Latin-1 that says it is UTF-8": (jpeg(iptc(UTF8, dataset(80, b"Jane Doe"), dataset(116, "Köln".encode("latin-1")))), "not in the UTF-8"),
    "XMP in Latin-1": (jpeg(xmp(packet(CREATOR + "<photoshop:City>Köln</photoshop:City>").decode().encode("latin-1"))), "read as Latin-1"),
    "a text that unpacks to 200 MB": (png(AUTHOR, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))), "unpacks to over 4 MB"),
    "XMP of 50 MB": (png(AUTHOR, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet(CREATOR + " " * 50_000_000))), "XMP has 50 MB"),
}  # fmt: skip
LOST = {
    "a file cut in its metadata": (jpeg(JANE)[: len(JANE) + 10], "truncated"),
    "a segment longer than the file": (jpeg(b"\xff\xe3\xff\xff", JANE), "truncated"),
    "nothing but markers": (b"\xff\xd8" * 5000, "not a picture"),
    "an empty file": (b"", "empty"),
    "a web page": (b"<!DOCTYPE html><html>Not found</html>", "web page"),
}


def checked(folder: Path, data: bytes) -> Report:
    """A page with this picture and a whole one, looked at as any page is."""
    (folder / "ferry").write_bytes(data)
    (folder / "whole").write_bytes(jpeg(JANE))
    page = folder / "page.html"
    figure = (
        '<figure><img src="{0}" alt="A {0}"><figcaption>The {0} leaves Rostock. Photo: Jane Doe</figcaption></figure>'
    )
    page.write_text(f"<article><h1>Ferries</h1>{''.join(map(figure.format, ('ferry', 'whole')))}</article>")
    return check_sources(
        [Source("page.html", page.read_bytes(), page)], Settings(select=("verify", "image-unreadable"))
    )


@pytest.mark.parametrize("what", DAMAGED)
def test_damage_is_a_warning_and_costs_nothing_else(tmp_path, capsys, what):
    data, words = DAMAGED[what]
    report = checked(tmp_path, data)
    (finding,) = [f for f in report.findings if f.rule == "metadata-disagrees"]
    assert finding.picture == "ferry"
    assert words in finding.message
    assert [f.rule for f in report.findings if f.severity.value == "error"] == []
    assert report.failures == ()

    assert run(["inspect", str(tmp_path / "ferry")]) == 0
    shown = capsys.readouterr().out
    assert words in shown
    assert "Jane Doe" in shown


@pytest.mark.parametrize("what", LOST)
def test_what_cannot_be_shown_is_an_error(tmp_path, what):
    data, words = LOST[what]
    report = checked(tmp_path, data)
    (finding,) = [f for f in report.findings if f.rule == "image-unreadable"]
    assert finding.picture == "ferry"
    assert words in finding.message
    assert len(report.failures) == 1


def test_inspect_names_the_file_what_is_wrong_and_the_remedy(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("empty.jpg").write_bytes(b"")
    Path("page.jpg").write_bytes(LOST["a web page"][0])
    assert run(["inspect", "empty.jpg", "page.jpg"]) == 2
    remedy = "Put a picture file there, or correct the address of the picture."
    assert capsys.readouterr().err.splitlines() == [
        f"attrib: empty.jpg: the file is empty. {remedy}",
        f"attrib: page.jpg: the file is a web page, not a picture. {remedy}",
    ]


def test_inspect_shows_both_sides_of_a_disagreement(tmp_path, capsys):
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(xmp(packet(CREATOR)), iptc(dataset(80, b"John Roe"), dataset(110, b"AP"))))
    assert run(["inspect", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("  disagrees on creator:")
    assert [line.split() for line in lines[at + 1 : at + 3]] == [
        ["iim", "2:80", "John", "Roe"],
        ["xmp", "dc:creator", "Jane", "Doe"],
    ]
    assert not any("creditText" in line for line in lines[at:])


def test_inspect_tells_a_second_block_and_a_translation(tmp_path, capsys):
    rights = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">All</rdf:li><rdf:li xml:lang="de">Alle</rdf:li></rdf:Alt></dc:rights>'
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(xmp(packet(rights)), iptc(dataset(80, b"Jane Doe")), iptc(dataset(80, b"John Roe"))))
    assert run(["inspect", str(path)]) == 0
    shown = [re.split(r"\s{2,}", line.strip()) for line in capsys.readouterr().out.splitlines()[1:5]]
    assert shown == [
        ["iim", "creator", "Jane Doe"],
        ["iim", "creator (block 2)", "John Roe"],
        ["xmp", "copyrightNotice", "All"],
        ["xmp", "copyrightNotice[de]", "Alle"],
    ]


def test_credit_shows_the_other_reading_of_what_is_unsure(capsys):
    assert run(["credit", "Photo: Nordlicht/dpa", "Jane Doe/AFP"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:4] == [
        "  source    Nordlicht (organisation)  unsure",
        "  source    dpa (agency)",
        "  or rather Nordlicht (person) as creator",
    ]
    assert lines[-3:] == ["Jane Doe/AFP", "  creator   Jane Doe (person)", "  source    AFP (agency)"]


def absent(folder: Path, *addresses: str) -> list[str]:
    """What is said of the addresses of a page that lead nowhere."""
    (folder / "img").mkdir(exist_ok=True)
    (folder / "img" / "whole.jpg").write_bytes(jpeg(JANE))
    figures = (
        f'<figure><img src="{at}" alt="A ferry"><figcaption>The ferry leaves Rostock. Photo: Jane Doe</figcaption></figure>'
        for at in addresses
    )
    page = folder / "page.html"
    page.write_text(f"<article><h1>Ferries</h1>{''.join(figures)}</article>")
    report = check_sources([Source("page.html", page.read_bytes(), page)], Settings(select=("verify", "image")))
    assert all("outside the root" in failure.what for failure in report.failures)
    found = [finding for finding in report.findings if finding.rule == "image-broken-source"]
    assert all(page.read_text()[slice(*finding.at)].startswith("<img") for finding in found)
    return [finding.quote for finding in found]


def test_a_picture_missing_from_its_folder_leads_nowhere(tmp_path: Path) -> None:
    assert absent(tmp_path, "img/whole.jpg", "img/lost.jpg") == ["img/lost.jpg"]


@pytest.mark.parametrize(
    "addresses",
    [
        ("img/lost.jpg", "img/other.jpg"),  # pictures are kept elsewhere
        ("img/lost.jpg", "../../quay.jpg"),  # nobody looked whether that one is there
        ("img/whole.jpg", "resized/lost.jpg"),  # so is this folder
        ("img/whole.jpg", "https://cdn.example/img/lost.jpg"),
        ("img/whole.jpg", "data:image/gif;base64,R0lGODlhAQABAAAAACw="),
    ],
)
def test_where_a_picture_may_be_kept_elsewhere_nothing_is_said(tmp_path: Path, addresses: tuple[str, ...]) -> None:
    assert absent(tmp_path, *addresses) == []
