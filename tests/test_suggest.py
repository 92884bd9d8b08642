"""Credit lines that a picture's file or the register gives: suggested where they are of one mind, and not otherwise."""

from __future__ import annotations

import pytest

from attrib.model import Suggestion

from .helpers import findings

PAGE = """<article><h1>Ferries</h1><p>Words of the article, before its picture, that run on for a while.</p>
<figure><img src="a.jpg" alt="A ferry"><figcaption>The ferry leaves Rostock at dawn.{credit}</figcaption></figure>
<p>More words of the article, behind its picture, that run on for a while as well.</p></article>"""


def suggested(rule: str, credit: str, *facts: str) -> Suggestion | None:
    """What the one finding of a rule suggests, on a picture with this credit and these facts."""
    span = f' <span class="credit">{credit}</span>' if credit else ""
    facts = tuple(fact if fact.startswith("register") else f"file a.jpg: {fact}" for fact in facts)
    (finding,) = findings(PAGE.format(credit=span), facts=facts, select=(rule,))
    return finding.suggestion


WRONA, AP = "iim creator = TOMASZ WRONA", "iim creditText = AP"


@pytest.mark.parametrize(
    ("rule", "credit", "facts", "words", "whence"),
    [
        ("credit-missing", "", [WRONA, AP], "Tomasz Wrona/AP", "the file’s Creator and Credit Line (IPTC creator, IPTC creditText)"),
        ("credit-missing", "", ["iim creator = Ana Ruiz"], "Ana Ruiz", "the file’s Creator (IPTC creator)"),
        ("credit-missing", "", ["xmp creditText = AFP via Getty Images"], "AFP via Getty Images",
         "the file’s Credit Line (XMP creditText)"),
        ("credit-missing", "", [WRONA, "iim creditText = Tomasz Wrona/AP", "xmp creditText = Tomasz Wrona/AP"],
         "Tomasz Wrona/AP", "the file’s Credit Line (IPTC creditText, XMP creditText)"),
        ("credit-contradicts-file", "Photo: Anna Seidel/Reuters", [WRONA, AP], "Photo: Tomasz Wrona/AP",
         "the file’s Creator and Credit Line (IPTC creator, IPTC creditText)"),
        ("credit-drops-creator", "Photo: Reuters", [WRONA, "iim creditText = REUTERS"], "Photo: Tomasz Wrona/Reuters",
         "the credit as printed, with the file’s Creator (IPTC creator)"),
        ("credit-contradicts-required-line", "Photo: Anna Seidel/Reuters",
         ["iim description = A ferry. Photo credit should read Mark Harlow/PA Wire."], "Mark Harlow/PA Wire",
         "the line that the file requires (IPTC description)"),
        ("credit-not-in-house-form", "Photo: Jane Doe", ["register person Jane Doe, form <Name> for The Quay"],
         "Photo: Jane Doe for The Quay", "the register (people.json, row 1)"),
    ],
)  # fmt: skip
def test_a_line_that_an_origin_gives_is_suggested(
    rule: str, credit: str, facts: list[str], words: str, whence: str
) -> None:
    assert suggested(rule, credit, *facts) == Suggestion(words, whence)


@pytest.mark.parametrize(
    ("rule", "credit", "facts"),
    [
        ("credit-missing", "", []),
        ("credit-missing", "", ["iim headline = Ferries"]),
        ("credit-missing", "", [WRONA, "xmp creator = Ana Ruiz"]),  # which of the two?
        ("credit-missing", "", [WRONA, AP, "xmp creditText = Reuters"]),
        ("credit-contradicts-file", "Photo: Anna Seidel/Reuters", [WRONA, "xmp creator = Ana Ruiz", AP]),
        ("credit-drops-creator", "Photo: Reuters", [WRONA, "xmp creator = Ana Ruiz"]),
    ],
)
def test_nothing_is_suggested_where_it_is_not_sure(rule: str, credit: str, facts: list[str]) -> None:
    assert suggested(rule, credit, *facts) is None
