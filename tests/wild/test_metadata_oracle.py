"""What `read_metadata` says of real files, held against exiftool: equal, or the difference is explained here."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from attrib.read.metadata import read_metadata
from attrib.read.metadata.names import IIM, PNG, XMP

from ..conftest import shared_folder

pytestmark = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")

# exiftool's tag → our tag
IIM_TAGS = {
    "ObjectName": "2:5", "Keywords": "2:25", "SpecialInstructions": "2:40", "By-line": "2:80", "By-lineTitle": "2:85",
    "City": "2:90", "Sub-location": "2:92", "Province-State": "2:95", "Country-PrimaryLocationCode": "2:100",
    "Country-PrimaryLocationName": "2:101", "OriginalTransmissionReference": "2:103", "Headline": "2:105",
    "Credit": "2:110", "Source": "2:115", "CopyrightNotice": "2:116", "Contact": "2:118", "Caption-Abstract": "2:120",
    "Writer-Editor": "2:122", "DateCreated": "2:55",
}  # fmt: skip
EXIF_TAGS = {
    "ImageDescription": "ImageDescription", "Artist": "Artist", "Copyright": "Copyright", "XPTitle": "XPTitle",
    "XPComment": "XPComment", "XPAuthor": "XPAuthor", "XPKeywords": "XPKeywords", "XPSubject": "XPSubject",
    "DateTimeOriginal": "DateTimeOriginal", "UserComment": "UserComment",
}  # fmt: skip
PNG_TAGS = {name.replace(" ", ""): name for name in PNG if name[0].isupper()}
# Where exiftool's name is not the tag's own.
XMP_NAMES = {
    "photoshop:AuthorsPosition": "AuthorsPosition", "Iptc4xmpExt:DigitalSourcefileType": "DigitalSourceFileType",
    "Iptc4xmpExt:Event": "Event", "dcterms:provenance": "Provenance", "xmpRights:Marked": "Marked",
    "Iptc4xmpExt:Contributor/Iptc4xmpExt:Name": "ContributorName",
    "Iptc4xmpExt:ArtworkOrObject/Iptc4xmpExt:AOTitle": "ArtworkTitle",
    "Iptc4xmpExt:ArtworkOrObject/Iptc4xmpExt:AOCreator": "ArtworkCreator",
    "Iptc4xmpExt:ArtworkOrObject/Iptc4xmpExt:AOSource": "ArtworkSource",
    "Iptc4xmpExt:ArtworkOrObject/Iptc4xmpExt:AOCopyrightNotice": "ArtworkCopyrightNotice",
    "Iptc4xmpExt:OrganisationInImageName": "OrganisationInImageName",
    "Iptc4xmpExt:DigImageGUID": "DigitalImageGUID",
    "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiEmailWork": "CreatorWorkEmail",
    "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiUrlWork": "CreatorWorkURL",
    "tiff:Artist": "Artist", "exif:DateTimeOriginal": "DateTimeOriginal",
}  # fmt: skip


def squeezed(value: object) -> str:
    """A value without what the two programs are free to write differently: white space at ends, case of booleans."""
    text = str(value).strip()
    return {"True": "true", "False": "false"}.get(text, re.sub(r"\s+", " ", text))


def dated(value: object) -> str:
    """exiftool's "2024:01:02 03:04:05" as ISO."""
    return re.sub(
        r"^(\d{4}):(\d\d):(\d\d)(?: (?=\d))?",
        lambda m: f"{m[1]}-{m[2]}-{m[3]}" + ("T" if m[0][-1] == " " else ""),
        str(value),
    )


@cache
def exiftool(folder: Path) -> dict[Path, dict[str, object]]:
    """What exiftool says of all files of a folder, in one run: starting it costs more than reading a picture."""
    command = ["exiftool", "-json", "-G1:4", "-a", "-n", "-api", "Compact=0", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    return {Path(said["SourceFile"]): said for said in json.loads(done.stdout)}


def oracle(path: Path) -> dict[tuple[str, str], list[str]]:
    """(family, tag) → values, as exiftool reads them."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, value in exiftool(path.parent).get(path, {}).items():
        group, _, tag = key.rpartition(":")
        family = group.partition(":")[0]
        for one in value if isinstance(value, list) else [value]:
            if squeezed(one):
                found[family, tag].append(squeezed(dated(one)))
    return found


def expected(path: Path) -> dict[str, list[str]]:
    """exiftool's values under our tags."""
    out: dict[str, list[str]] = defaultdict(list)
    said = oracle(path)
    for (family, tag), values in said.items():
        if family in ("IPTC", "IPTC2") and tag in IIM_TAGS:
            out[f"iim {IIM_TAGS[tag]}"] += values
        elif family in ("IFD0", "ExifIFD") and tag in EXIF_TAGS:
            out[f"exif {EXIF_TAGS[tag]}"] += values
        elif family == "PNG" and tag in PNG_TAGS:
            out[f"png {PNG_TAGS[tag]}"] += values
    for path_ in dict.fromkeys(map(spelled, XMP)):
        if values := said.get(xmp_name(path_)):
            out[f"xmp {path_}"] += values
    return out


def xmp_name(path: str) -> tuple[str, str]:
    """exiftool's group and name of one of our XMP paths."""
    last = path.rpartition("/")[2].partition(":")[2]
    group = f"XMP-{path.partition(':')[0]}".replace("Iptc4xmp", "iptc")
    return group, XMP_NAMES.get(path, last[:1].upper() + last[1:])


def spelled(raw: str) -> str:
    """PLUS parties are written as a structure or flat; exiftool gives both one name."""
    return raw.rpartition("/")[2] if raw.startswith("plus:") else raw


def ours(path: Path) -> dict[str, list[str]]:
    facts = read_metadata(path.read_bytes(), path.name)
    out: dict[str, list[str]] = defaultdict(list)
    for field in facts.fields:
        raw = re.sub(r" \(block \d+\)$", "", field.raw)
        if field.origin in ("iim", "xmp", "exif", "png") and not raw.endswith("]"):
            out[f"{field.origin} {spelled(raw)}"].append(squeezed(field.value))
    return out


def differences(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Tag → what exiftool says, what we say; only where they are not equal as sets."""
    theirs, own = expected(path), ours(path)
    return {
        key: (theirs.get(key, []), own.get(key, []))
        for key in sorted(theirs.keys() | own.keys())
        if not same(key, theirs.get(key, []), own.get(key, []))
    }


def same(key: str, theirs: list[str], own: list[str]) -> bool:
    if key in ("iim 2:55", "xmp photoshop:DateCreated"):  # exiftool keeps the time of IIM apart
        return {v[:10] for v in theirs} == {v[:10] for v in own}
    if key == "exif Copyright":  # photographer and editor: two values here are one there
        return [v.replace("; ", "") for v in theirs] == [v.replace("; ", "") for v in own]
    return set(theirs) == set(own)


FILES = sorted((shared_folder() or Path("none")).glob("reference/*"))

# Differences that are right, each with its reason.
EXPLAINED = {
    (
        "exiftool_PLUS.xmp",
        "xmp plus:CreditLineRequired",
    ): "the file holds the address of a PLUS term, exiftool its code",
}


def unexplained(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    return {key: pair for key, pair in differences(path).items() if (path.name, key) not in EXPLAINED}


@pytest.mark.wild
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_reference_file_reads_as_exiftool_reads_it(path):
    assert unexplained(path) == {}


def test_the_tables_know_the_same_tags():
    assert set(IIM_TAGS.values()) | {"2:60"} == set(IIM)


# What cannot be any words.
VALUES = {
    "DateCreated": "2024:01:10",
    "DateTimeOriginal": "2024:01:10",
    "Marked": "True",
    "DataMining": "DMI-PROHIBITED",
}
WRITTEN = {
    "plain": ["-IPTC:By-line=Jane Doe", "-IPTC:Credit=AP", "-XMP-dc:Creator=Jane Doe", "-XMP-photoshop:Credit=AP"],
    "two by-lines": ["-IPTC:By-line=Jane Doe", "-IPTC:By-line=Eva Kern", "-XMP-dc:Creator=Jane Doe", "-XMP-dc:Creator=Eva Kern"],
    "declared UTF-8": ["-IPTC:CodedCharacterSet=UTF8", "-IPTC:By-line=Zoë Żółć", "-IPTC:Caption-Abstract=Łódź – 東京"],
    "Latin-1, not declared": ["-IPTC:By-line=Jürgen Groß", "-IPTC:CopyrightNotice=© Größe"],
    "EXIF in UTF-8": ["-EXIF:Artist=Jürgen Groß", "-EXIF:Copyright=© Żółć", "-EXIF:ImageDescription=東京"],
    "Windows' own tags": ["-EXIF:XPAuthor=Jürgen Groß", "-EXIF:XPComment=東京", "-EXIF:UserComment=東京 comment"],
    "PLUS": ["-XMP-plus:LicensorName=Agency", "-XMP-plus:LicensorURL=https://example.org/l", "-XMP-plus:CopyrightOwnerName=Agency",
             "-XMP-plus:ImageSupplierName=Agency", "-XMP-plus:ImageCreatorName=Jane Doe"],
    "languages": ["-XMP-dc:Rights=All rights", "-XMP-dc:Rights-de=Alle Rechte", "-XMP-dc:Description=A ferry"],
    "artificial": ["-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"],
    "rights": ["-XMP-xmpRights:WebStatement=https://example.org", "-XMP-xmpRights:UsageTerms=Editorial use", "-XMP-cc:License=https://creativecommons.org/licenses/by/4.0/"],
    "dates": ["-IPTC:DateCreated=2024:01:10", "-IPTC:TimeCreated=10:20:30+01:00", "-XMP-photoshop:DateCreated=2024:01:10 10:20:30+01:00", "-EXIF:DateTimeOriginal=2024:01:10 10:20:30"],
    "every tag of IIM": ["-IPTC:CodedCharacterSet=UTF8", *(f"-IPTC:{tag}=Zoë" for tag in IIM_TAGS if not tag.startswith("Date"))],
    "every tag of EXIF": [f"-EXIF:{tag}=Zoë Łódź {tag}" for tag in EXIF_TAGS if not tag.startswith("Date")],
    "every tag of XMP": [f"-{group}:{tag}={VALUES.get(tag, f'Zoë Łódź {tag}')}" for group, tag in map(xmp_name, map(spelled, XMP))],
    "every text of PNG": [f"-PNG:{tag}=Zoë Łódź {tag}" for tag in PNG_TAGS if not tag.startswith("Creation")],
    "longer than a JPEG segment": ["-XMP-dc:Description=" + "A ferry leaves the port of Rostock. " * 2500, "-XMP-dc:Creator=Jane Doe"],
}  # fmt: skip
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "tif": "TIFF", "avif": "AVIF", "gif": "GIF"}


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """A folder with a picture for every kind of `WRITTEN` in every format, named by both, as exiftool wrote it."""
    folder = tmp_path_factory.mktemp("written")
    lines = []
    for extension, kind in FORMATS.items():
        for number, options in enumerate(WRITTEN.values()):
            path = folder / f"{number}.{extension}"
            Image.new("RGB", (16, 12), "teal").save(path, kind)
            lines += ["-q", "-m", "-overwrite_original", *options, str(path), "-execute"]
    (folder / "arguments").write_text("\n".join(lines), encoding="utf-8")
    subprocess.run(["exiftool", "-@", folder / "arguments"], capture_output=True, check=False, timeout=120)
    return folder


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("what", WRITTEN)
def test_a_written_file_reads_as_exiftool_reads_it(written, what, extension):
    path = written / f"{list(WRITTEN).index(what)}.{extension}"
    if not expected(path):
        pytest.skip(f"exiftool writes none of this into {extension}")
    assert unexplained(path) == {}
    facts = read_metadata(path.read_bytes(), path.name)
    assert (facts.format, facts.width, facts.height) == (FORMATS[extension], 16, 12)
    assert facts.problems == ()
