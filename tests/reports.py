"""One fixed report with everything in it that a rendition can trip over, and each rendition of it.

`python3 -m tests.reports` writes `tests/golden/` anew; read the difference before it is committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from attrib.cli.formats import TEXTS
from attrib.model import (
    Advice,
    Confidence,
    Edit,
    Evidence,
    Failure,
    Figure,
    Finding,
    LeftOut,
    Page,
    Region,
    Related,
    Report,
    Severity,
    Skipped,
    Span,
    State,
)
from attrib.rule import Example, Rule

GOLDEN = Path(__file__).resolve().parent / "golden"
SUFFIX = {"terminal": "txt", "github": "log", "gitlab": "json", "junit": "xml", "rdjson": "json", "markdown": "md"}

# What strangers write into captions, file names and credits.
HOSTILE = (
    "<script>alert(1)</script> <!-- | %0A%25 ::error file=x::owned\n::set-output name=a::b ##[error]owned [x](javascript:a) "
    "![x](y) @editor @team/desk #12 https://evil.example www.evil.example a@evil.example 😀 \u202etxt.exe\u200f "
    "`a` ```b``` $c$ **d** _e_ ~~f~~ {0} ]]> &amp; \x1b[2J \ufffe"
)
NAME = "news/ferry 100% & co, übung.html"
FERRY = (
    f"<p>😀 A boat, ä. <b>A boat, ä.</b></p>\r\n<p>{HOSTILE}</p>\n<img src='a.jpg'>\n<p>A boat, ä.</p>\n<p>Advert</p>\n"
)
QUAY = "<p>Caf\xe9 on the quay. Photo: Photo: Ann Lee</p>\n<p>Photo: Photo: Bo Li</p>\n"


def report() -> Report:
    """The report. Nobody in it is real."""
    figure = Figure((), Region.BODY, Span(0, 9))
    pages = (
        Page("quay.html", QUAY, figures=(figure,), encoding="windows-1252", title="On the quay"),
        Page(NAME, FERRY, figures=(figure, figure), title=HOSTILE),
        Page("calm.md", "A calm day.", kind="markdown", title="Calm"),
    )
    first = FERRY.index("A boat")
    second, third = FERRY.index("A boat", first + 1), FERRY.rindex("A boat")
    repeated = Finding(
        at=Span(second, second + 10), message="The caption is printed 3 times.", remedy="Keep one of the copies.",
        quote="A boat, ä.", rule="caption-repeated", severity=Severity.ERROR, confidence=Confidence.HIGH, source=NAME,
        related=(
            Related(Span(first, first + 10), "the caption, printed first", quote="A boat, ä."),
            Related(Span(third, third + 10), "the third copy"),
        ),
        fix=Advice(
            (Edit(Span(second - 3, second + 14), ""), Edit(Span(third, third + 10), "—")), safe=True, what="keep one"
        ),
        fingerprint="aaaa0001",
    )  # fmt: skip
    start = FERRY.index(HOSTILE)
    hostile = Finding(
        at=Span(start, start + len(HOSTILE)), message=f"The page credits {HOSTILE}; the file does not.",
        remedy=f"Ask {HOSTILE}.", quote=HOSTILE, rule="credit-contradicts-file", severity=Severity.WARNING,
        confidence=Confidence.LOW, source=NAME, evidence=(Evidence("xmp", HOSTILE, "dc:creator"),),
        related=(Related(Span(3, 8), HOSTILE, source="quay.html"),), picture=HOSTILE, fingerprint="aaaa0002",
    )  # fmt: skip
    image = FERRY.index("<img")
    picture = Finding(
        at=Span(image, image + 17), message="The picture has no alt text.", remedy="Describe it.", rule="alt-missing",
        severity=Severity.ERROR, confidence=Confidence.MEDIUM, source=NAME, picture="a.jpg", fingerprint="aaaa0003",
    )  # fmt: skip
    label = QUAY.index("Photo: Photo")
    doubled = Finding(
        at=Span(label, label + 14), message="The label is printed twice.", rule="credit-label-doubled",
        severity=Severity.NOTICE, confidence=Confidence.HIGH, source="quay.html", quote="Photo: Photo:", count=2,
        related=(Related(Span(QUAY.rindex("Photo: Photo"), QUAY.rindex("Photo: Photo") + 14), "again"),),
        fix=Advice((Edit(Span(label, label + 7), ""),), safe=True), fingerprint="bbbb0001",
    )  # fmt: skip
    twin = replace(doubled, at=Span(QUAY.rindex("Photo: Photo"), QUAY.rindex("Photo: Photo") + 14), count=1, related=())
    return Report(
        pages=pages,
        findings=(twin, picture, hostile, doubled, repeated),
        failures=(
            Failure("::warning file=x::owned.html", HOSTILE, "Save it again."),
            Failure("empty.html", "the page is empty", "Check that it was written out in full."),
        ),
        skipped=(
            Skipped("credit-contradicts-file", "file", "quay.html"),
            Skipped("image-repeated", "pixels", NAME, HOSTILE),
        ),
        complete=False,
        left_out=(
            LeftOut(picture, State.ALLOWED, "drop capital"),
            *[LeftOut(doubled, State.KNOWN)] * 2,
            *[LeftOut(twin, State.ACCEPTED, HOSTILE, "Ann Lee", "2027-06-30")] * 3,
        ),
        expired=1,
    )


def rules() -> dict[str, Rule]:
    """Some of the rules of the report, with words that do not change when those of the real ones do."""
    example = (Example("<p>`bad` | page</p>\n", ("file a.jpg: xmp creator = Ann Lee",)),)
    return {
        name: Rule(
            name=name, on=Figure, severity=severity, confidence=Confidence.HIGH, needs=(), fixable=False,
            check=lambda *_: (), module=name.partition("-")[0], summary=f"What {name} is.",
            why="Why it matters: readers see it.\nSource: a standard.", bad=example, good=example, wants=(),
        )
        for name, severity in (("caption-repeated", Severity.ERROR), ("credit-label-doubled", Severity.NOTICE))
    }  # fmt: skip


def rendered(form: str, what: Report | None = None, **more: object) -> str:
    """The report in a format, as the command line writes it."""
    module, name = TEXTS[form]
    pieces: Iterator[str] = getattr(import_module(f"attrib.report.{module}"), name)(what or report(), rules(), **more)
    return "".join(pieces)


def golden(form: str) -> tuple[Path, str]:
    """The file of a format, and what belongs into it. The version of attrib is no part of it."""
    text = re.sub('"semanticVersion": "[^"]+"', '"semanticVersion": "0.0.0"', rendered(form))
    return GOLDEN / f"{form}.{SUFFIX.get(form, form)}", text


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for form in TEXTS:
        path, text = golden(form)
        path.write_text(text, "utf-8", newline="")
