"""Printed credits held against files: what must be said, and the traps in which nothing may be."""

from __future__ import annotations

import pytest

from attrib.engine import Settings, check_sources
from attrib.fetch import Source
from attrib.model import Credit, Figure, FileField, House, Image, ImageObject, Page, Region, Severity, Span, Text
from attrib.read.credit import parse_credit
from attrib.read.metadata import gather
from attrib.rule import rules

from .blocks import dataset, jpeg, packet, photoshop, resource, xmp
from .helpers import findings


def figure(printed: str | None, *facts: str, url: str = "a.jpg", caption: str = "", objects=()) -> Figure:
    """One picture with this credit; facts are written "iim creator = Jane Doe"."""
    text = caption + (printed or "")
    credit = None
    if printed:
        at = Text(printed, Span(len(caption), len(text)))
        read = parse_credit(printed)
        credit = Credit(**{name: getattr(read, name) for name in read.__slots__ if name != "at"}, at=at)
    fields = []
    for fact in facts:
        head, _, value = fact.partition(" = ")
        origin, name = head.split()
        fields.append(FileField(origin, name, value))
    return Figure(
        images=(Image(url),),
        region=Region.BODY,
        block=Span(0, max(1, len(text))),
        printed=Text(text, Span(0, len(text))) if text else None,
        caption=Text(caption, Span(0, len(caption))) if caption else None,
        credit=credit,
        objects=objects,
        file=gather("a.jpg", fields, (), "JPEG", 1200, 800),
    )


def said(rule: str, subject: Figure, published: str = "", text: str = "", **house):
    """The findings of one rule on one figure."""
    page = Page("page.html", text or "x" * 999, figures=(subject,), published=published)
    known = rules()[rule]
    given = {"page": page, "house": House(**house)}
    return list(known.check(page if known.on is Page else subject, **{name: given[name] for name in known.wants}))


CONTRADICTIONS = [
    ("Photo: Anna Seidel/Reuters", ["iim creator = Tomasz Wrona", "iim creditText = AP"]),
    ("Photo: Anna Seidel/Reuters", ["xmp creator = Tomasz Wrona", "xmp creditText = REUTERS"]),
    ("AP Photo/Tomasz Wrona", ["iim creditText = REUTERS", "iim source = X90125"]),
    ("Foto: Eva König/dpa", ["exif creator = John Malkin", "xmp copyrightNotice = © John Malkin"]),
    ("EPA", ["iim creator = STR", "iim creditText = AP", "iim copyrightNotice = Copyright 2024 The Associated Press"]),
]


@pytest.mark.parametrize(("printed", "facts"), CONTRADICTIONS)
def test_a_contradiction_is_said_with_both_sides(printed, facts):
    (finding,) = said("credit-contradicts-file", figure(printed, *facts))
    assert finding.evidence[0].says == printed
    assert {e.origin for e in finding.evidence[1:]} <= {"iim", "xmp", "exif"}
    assert len(finding.evidence) > 1


# Every trap met on real files: printed credit, what the file says.
TRAPS = {
    "case and diacritics": ("Tomasz Wróna/AP", ["iim creator = TOMASZ WRONA", "iim creditText = AP"]),
    "transliteration": ("Jürgen Müller/dpa", ["iim creator = Juergen Mueller", "iim creditText = DPA"]),
    "order of the names": ("Tomasz Wrona/AP", ["iim creator = Wrona Tomasz"]),
    "initials dropped": ("Robert Bukaty/AP", ["iim creator = Robert F. Bukaty", "iim creditText = AP"]),
    "a by-line that names nobody": ("Anna Seidel/AFP", ["iim creator = STR", "iim creditText = AFP"]),
    "an AFP contributor": ("Anna Seidel/AFP", ["iim creator = AFP Contributor", "iim creditText = AFP"]),
    "staff": ("Anna Seidel/AFP", ["iim creator = STAFF", "iim creditText = AFP"]),
    "a brand of the house": ("Anna Seidel/Invision/AP", ["iim creator = Anna Seidel", "iim creditText = Invision"]),
    "Rex is Shutterstock": ("Anna Seidel/Shutterstock", ["iim creditText = REX", "iim creator = Anna Seidel"]),
    "another distributor": ("AFP via Getty Images", ["iim creditText = AFP", "iim creator = STR"]),
    "a distributor alone": ("Getty Images", ["iim creditText = AFP"]),
    "copyright of the stringer only": ("AFP via Getty Images", ["iim copyrightNotice = CHRISTOF STACHE"]),
    "one of two origins agrees": ("Tomasz Wrona/AP", ["iim creator = Anna Seidel", "xmp creator = Tomasz Wrona"]),
    "one of two creators": ("Tomasz Wrona/AP", ["xmp creator = Anna Seidel", "xmp creator = Tomasz Wrona"]),
    "cut at 32 bytes": (
        "Photo: Bartholomew Montgomery-Featherstone",
        ["iim creator = Bartholomew Montgomery-Feathers"],
    ),
    "named in the description": (
        "Anna Seidel/Reuters",
        ["iim creator = REUTERS Photographer", "iim description = A ferry. REUTERS/Anna Seidel"],
    ),
    "the editor is the by-line, the maker in the text": (
        "Anna Seidel/Reuters",
        ["iim creator = Paul Desk", "iim description = A ferry, taken by Anna Seidel for Reuters."],
    ),
    "lent by its subject": ("Courtesy of Anna Seidel", ["iim creator = Tomasz Wrona"]),
    "a house and a publisher": ("The Guardian", ["iim creditText = REUTERS"]),
    "a montage": ("Montage: Anna Seidel", ["iim creator = Tomasz Wrona", "iim creditText = AP"]),
    "who is in the picture": ("Tomasz Wrona/AP", ["xmp personInImage = Anna Seidel", "iim creditText = AP"]),
    "nothing in the file": ("Tomasz Wrona/AP", []),
    "nobody printed": (None, ["iim creator = Tomasz Wrona"]),
    "a spelling mistake is another rule's": ("Tomasz Wrana/AP", ["iim creator = Tomasz Wrona", "iim creditText = AP"]),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_no_contradiction(trap):
    printed, facts = TRAPS[trap]
    assert said("credit-contradicts-file", figure(printed, *facts)) == []


def test_a_dropped_creator_is_named():
    (finding,) = said("credit-drops-creator", figure("Photo: Reuters", "iim creator = Tomasz Wrona"))
    assert "Tomasz Wrona" in finding.message
    assert finding.remedy.startswith("Print the name")


@pytest.mark.parametrize(
    ("printed", "facts", "caption"),
    [
        ("Photo: AFP", ["iim creator = STR"], ""),
        ("Photo: AFP", ["iim creator = AFP Contributor"], ""),
        ("Photo: AP", ["iim creator = Tomasz Wrona", "iim instructions = Photographer's name withheld"], ""),
        ("Photo: AP", ["iim creator = Tomasz Wrona"], "A ferry, photographed by Tomasz Wrona. "),
        ("Handout via Reuters", ["iim creator = Tomasz Wrona"], ""),
        ("Tomasz Wrona/AP", ["iim creator = Tomasz Wrona"], ""),
        ("@ferryspotter", ["iim creator = Tomasz Wrona"], ""),
        ("Photo: Reuters", ["iim creator = AP", "iim creditText = AP"], ""),
        ("Photo: Reuters", ["xmp artworkCreator = Tomasz Wrona"], ""),
    ],
)
def test_no_creator_is_dropped_who_is_unnamed_withheld_or_thanked_beside(printed, facts, caption):
    assert said("credit-drops-creator", figure(printed, *facts, caption=caption)) == []


def test_one_letter_is_a_question_and_a_shared_spelling_is_none():
    (finding,) = said("credit-misspelt", figure("Tomasz Wrana/AP", "iim creator = Tomasz Wrona"))
    assert "Wrana" in finding.message
    assert "Wrona" in finding.message
    for printed, file in [
        ("Diego Velázquez/EFE", "Diego Vázquez"),
        ("Jürgen Müller/dpa", "Juergen Mueller"),
        ("Anna Seidel/dpa", "Hanna Weidel"),
    ]:
        assert said("credit-misspelt", figure(printed, f"iim creator = {file}")) == []
    both = figure("Tomasz Wrana/AP", "iim creator = Tomasz Wrona", "xmp creator = Tomasz Wrana")
    assert said("credit-misspelt", both) == []


REQUIRED = "A ferry leaves Dover. Photo credit should read Mark Harlow/PA Wire."


def test_the_required_line_is_an_error():
    (finding,) = said(
        "credit-contradicts-required-line", figure("Anna Seidel/Reuters", f"iim description = {REQUIRED}")
    )
    assert "Mark Harlow/PA Wire" in finding.message
    assert finding.severity is None


@pytest.mark.parametrize(
    ("printed", "fact"),
    [
        ("Mark Harlow/PA", f"iim description = {REQUIRED}"),
        ("PA", f"iim description = {REQUIRED}"),
        ("PA Images", f"iim description = {REQUIRED}"),
        ("Yuri Gripas - Pool via CNP/Shutterstock",
         "iim description = Mandatory Credit: Photo by Yuri Gripas - Pool via CNP/Shutterstock (16452941i)"),
        ("Mark J. Rebilas-USA TODAY Sports via Reuters",
         "iim description = Mandatory Credit: Mark J. Rebilas-USA TODAY Sports"),
        ("Anna Seidel/Reuters", "iim instructions = Mandatory credit (Credit too long, see caption)"),
        ("Anna Seidel/Reuters", "iim instructions = Mandatory credit required"),
        ("CHRISTOF STACHE/AFP/Getty Images",
         "iim description = Ferry. AFP PHOTO / CHRISTOF STACHECHRISTOF STACHE/AFP/Getty Images"),
        ("Anna Seidel/AFP", 'iim instructions = EDITORIAL USE - MANDATORY CREDIT "AFP PHOTO / NASA" - NO MARKETING'),
    ],
)  # fmt: skip
def test_a_required_line_that_is_met_or_is_no_line(printed, fact):
    assert said("credit-contradicts-required-line", figure(printed, fact)) == []
    assert said("credit-contradicts-file", figure(printed, fact)) == []


def test_a_required_line_is_quoted_from_the_field_that_kept_its_letters():
    lines = ("iim instructions = Mandatory credit: Pavao Grgi?/Cropix", "xmp instructions = Mandatory credit: Pavao Grgić/Cropix")  # fmt: skip
    (finding,) = said("credit-contradicts-required-line", figure("Anna Seidel/Reuters", *lines))
    assert finding.suggestion is not None
    assert finding.suggestion.words == "Pavao Grgić/Cropix"


def test_required_and_contradicted_is_one_error():
    subject = figure(
        "Anna Seidel/Reuters", f"iim description = {REQUIRED}", "iim creator = Mark Harlow", "iim creditText = PA"
    )
    assert len(said("credit-contradicts-required-line", subject)) == 1
    assert said("credit-contradicts-file", subject) == []


def test_disagreements_of_a_file():
    (finding,) = said("metadata-disagrees", figure("AP", "iim creator = Tomasz Wrona", "xmp creator = Anna Seidel"))
    assert finding.severity is None
    assert {e.origin for e in finding.evidence} == {"iim", "xmp"}
    (finding,) = said("metadata-disagrees", figure("AP", "iim headline = A ferry sails", "xmp headline = Ferries"))
    assert finding.severity is Severity.NOTICE


@pytest.mark.parametrize(
    "facts",
    [
        ["iim creator = Tomasz Wrona", "xmp creator = Tomasz  Wróna"],
        ["iim creator = Tomasz Wrona", "xmp creator = Tomasz Wrona", "xmp creator = Anna Seidel"],
        ["iim creditText = PA Archive/Press Association Ima", "xmp creditText = PA Archive/Press Association Images"],
        ["exif copyrightNotice = Tomasz Wrona", "xmp copyrightNotice = © 2024 AP"],
        ["exif description = OLYMPUS DIGITAL CAMERA", "xmp description = A ferry"],
        ["iim creator = WRONA TOMASZ", "xmp creator = Tomasz Wrona"],
        ["iim dateCreated = 2024-01-10T12:00:00+01:00", "xmp dateCreated = 2024-01-10"],
    ],
)
def test_origins_that_mean_the_same(facts):
    assert said("metadata-disagrees", figure("AP", *facts)) == []


AI = "xmp digitalSourceType = http://cv.iptc.org/newscodes/digitalsourcetype/"


@pytest.mark.parametrize(
    ("printed", "fact", "severity"),
    [
        ("Photo: Anna Seidel", AI + "trainedAlgorithmicMedia", Severity.ERROR),
        ("Studio Nord", AI.replace("http:", " https:") + "trainedAlgorithmicMedia", None),
        ("Photo: Anna Seidel", AI + "compositeSynthetic", None),
        (None, AI + "trainedAlgorithmicMedia", None),
    ],
)  # fmt: skip
def test_a_machines_picture_wants_a_label(printed, fact, severity):
    (finding,) = said("credit-ai-unlabelled", figure(printed, fact))
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("printed", "fact", "caption"),
    [
        ("Photo: Anna Seidel", AI + "algorithmicallyEnhanced", ""),
        ("Photo: Anna Seidel", AI + "digitalCapture", ""),
        ("Studio Nord", AI + "trainedAlgorithmicMedia", "A robot. AI-generated image. "),
        ("KI-generiert", AI + "trainedAlgorithmicMedia", ""),
        ("Midjourney", AI + "trainedAlgorithmicMedia", ""),
    ],
)
def test_a_label_is_a_label(printed, fact, caption):
    assert said("credit-ai-unlabelled", figure(printed, fact, caption=caption)) == []


def test_content_credentials_are_a_fault_only_where_they_are_broken():
    assert said("c2pa-invalid", figure("AP", "c2pa contentCredentials = invalid: assertion.dataHash.mismatch"))
    for fine in ("valid", "present, not checked", "signer not on a list of trusted signers"):
        assert said("c2pa-invalid", figure("AP", f"c2pa contentCredentials = {fine}")) == []


def test_a_stripped_file_is_noted():
    assert len(said("metadata-stripped", figure("Anna Seidel/AP"))) == 1
    assert said("metadata-stripped", figure("Anna Seidel/AP", "iim creditText = AP")) == []
    assert said("metadata-stripped", figure(None)) == []


def objects(**said: str) -> tuple[ImageObject, ...]:
    return (ImageObject("json-ld", ("a.jpg",), credits=tuple((k, parse_credit(v)) for k, v in said.items()), **said),)


@pytest.mark.parametrize(
    ("printed", "told", "count"),
    [
        ("Anna Seidel/Reuters", {"creditText": "Tomasz Wrona/AP"}, 1),
        ("Anna Seidel/Reuters", {"creditText": "AP"}, 1),
        ("Anna Seidel/Reuters", {"creditText": "Anna Seidel"}, 0),
        ("Anna Seidel/Reuters", {"creditText": "REUTERS"}, 0),
        ("Anna Seidel/Reuters", {"creditText": "The Guardian"}, 0),
        ("AFP via Getty Images", {"creditText": "Getty Images"}, 0),
        ("Montage: Anna Seidel", {"creditText": "Tomasz Wrona/AP"}, 0),
    ],
)
def test_structured_data_contradicts_only_where_it_credits_others(printed, told, count):
    subject = figure(printed, objects=objects(**told))
    assert len(said("credit-contradicts-structured-data", subject)) == count
    assert said("structured-data-incomplete", subject) == []


def test_structured_data_without_a_credit_is_noted():
    assert len(said("structured-data-incomplete", figure("AP", objects=objects()))) == 1
    assert said("structured-data-incomplete", figure("AP")) == []
    assert said("structured-data-incomplete", figure(None, objects=objects())) == []


@pytest.mark.parametrize(
    ("url", "printed", "count"),
    [
        ("AP22010820434600.jpg", "Anna Seidel/AP", 1),
        ("AP22010820434600.jpg", "File photo: Anna Seidel/AP", 0),
        ("AP24110820434600.jpg", "Anna Seidel/AP", 0),
        ("AP22010820434600.jpg", "Anna Seidel", 0),
        ("AP_2018-2019.jpg", "Anna Seidel/AP", 0),
    ],
)
def test_an_old_date_in_a_file_name_is_a_mismatch_unless_the_page_says_so(url, printed, count):
    assert len(said("credit-date-mismatch", figure(printed, url=url), published="2024-06-02T08:00:00Z")) == count
    told = figure(printed, url=url, caption="Rostock in 2022. ")
    assert said("credit-date-mismatch", told, published="2024-06-02T08:00:00Z") == []


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("Photo: /dpa", 1), ("Anna Seidel/", 1), ("Anna Seidel / / dpa", 1), ("Anna Seidel ()", 1),
        ("Photo: Anna Seidel/dpa", 0), ("Anna Seidel | Reuters", 0), ("Foto: Eva – dpa", 0),
        ("CC BY-SA 4.0, https://example.org//x", 0), ("© Anna Seidel", 0), ("Anna Seidel, dpa, Archiv", 0),
    ],
)  # fmt: skip
def test_a_separator_without_a_name_beside_it_is_malformed(printed, count):
    assert len(said("credit-malformed", figure(printed))) == count


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("ANNA SEIDEL/Getty Images", 1), ("anna seidel/Getty Images", 1), ("ANNA SEIDEL/AFP", 0), ("ANNA SEIDEL", 0),
        ("JR/Getty Images", 0), ("Anna Seidel/REUTERS", 0), ("@annaseidel/Getty Images", 0),
    ],
)  # fmt: skip
def test_a_name_in_one_case_is_found_beside_names_in_mixed_case(printed, count):
    assert len(said("credit-capitals", figure(printed))) == count


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("Marta Iglesias/Gety Images", 1), ("Marta Iglesias/Shuterstock", 1),
        ("Marta Iglesias/Europa Press", 0), ("Marta Iglesias/Acme Photo Agency", 0),
        ("Marta Iglesias/Stadtarchiv", 0),
    ],
)  # fmt: skip
def test_an_agency_spelt_one_letter_off_is_found(printed, count):
    assert len(said("credit-unknown-agency", figure(printed))) == count


@pytest.mark.parametrize(
    ("printed", "severity"),
    [
        ("Wikimedia Commons/CC BY-SA 4.0", Severity.WARNING),
        ("Uwe Tammen, Creative Commons", Severity.WARNING),
        ("Uwe Tammen/CC BY-SA", Severity.NOTICE),
        ("Uwe Tammen/CC BY-SA 4.0", None),
        ("Wikimedia Commons/CC0", None),
        ("Public domain", None),
        ("Uwe Tammen/dpa", None),
    ],
)
def test_a_licence_wants_author_kind_and_version(printed, severity):
    found = said("credit-licence-incomplete", figure(printed))
    assert [f.severity or Severity.WARNING for f in found] == ([severity] if severity else [])


def test_an_id_is_found_in_the_address_that_a_resizer_holds():
    nested = "https://news.example/r?w=1200&url=https%3A%2F%2Fcdn.example%2FAP22010820434600.jpg"
    (finding,) = said("credit-contradicts-file-name", figure("Photo: Anna Seidel/Reuters", url=nested))
    assert "AP22010820434600" in finding.message
    assert said("credit-date-mismatch", figure("Photo: Anna Seidel/AP", url=nested), "2024-06-02")


def test_a_file_name_suggests_whom_to_credit():
    for rule, printed in (("credit-missing", ""), ("credit-without-name", "<span class=credit>Photo: -</span>")):
        for name, hint in (("ida-frost-aB3dE5fG7hI-unsplash", "Ida Frost on Unsplash"), ("tram-in-snow", "")):
            tram = f'<img src="{name}.jpg" alt="A tram"><figcaption>A tram on line 22 in Prague. {printed}</figcaption>'
            (finding,) = findings(f"<article><h1>Snow</h1><figure>{tram}</figure></article>", select=(rule,))
            assert (hint in finding.remedy) if hint else "suggests" not in finding.remedy


def test_a_page_and_its_picture_file(tmp_path):
    """The whole way: bytes of a page and of a picture, to findings with both sides quoted."""
    credit = dataset(80, b"Tomasz Wrona") + dataset(110, b"AP") + dataset(116, b"Copyright 2024 The Associated Press")
    (tmp_path / "a.jpg").write_bytes(jpeg(photoshop(resource(0x0404, credit))))
    (tmp_path / "b.jpg").write_bytes(jpeg(xmp(packet("<photoshop:Credit>AP</photoshop:Credit>", "<!DOCTYPE x>"))))
    page = tmp_path / "page.html"
    page.write_text(
        "<article><h1>Ferries</h1>"
        + "".join(
            f'<figure><img src="{name}" alt="A ferry"><figcaption>A ferry leaves the port of Rostock at dawn. '
            f'<span class="credit">Photo: {who}</span></figcaption></figure><p>{"The ferry was late again. " * 9}</p>'
            for name, who in (("a.jpg", "Anna Seidel/Reuters"), ("b.jpg", "AP"))
        )
        + "</article>"
    )
    source = Source(str(page), page.read_bytes(), page)
    report = check_sources([source], Settings(select=("verify",)))
    found = {f.rule: f for f in report.findings}
    assert set(found) == {"credit-contradicts-file", "metadata-disagrees", "metadata-stripped"}
    assert {e.origin for e in found["credit-contradicts-file"].evidence} == {"page", "iim"}
    assert "document type" in found["metadata-disagrees"].message
    assert found["credit-contradicts-file"].quote in source.data.decode()
