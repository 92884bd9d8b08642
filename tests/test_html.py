"""The report as a page: what it says, that it obeys nothing, and the files it is made of."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from attrib.engine import Settings, apply, check_sources
from attrib.fetch import sources
from attrib.model import Evidence, Failure, Finding, LeftOut, Likeness, Page, Report, Severity, Span, State, Suggestion
from attrib.report.html import Aids, Thumbnail, check_html
from attrib.report.html.compare import alike, compared
from attrib.report.html.galley import LONGEST, figure_of, galley
from attrib.report.html.suggest import suggestion
from attrib.rule import rules

from .helpers import read
from .pictures import jpeg, scene
from .test_cli import CLEAN, FAULTY, run

STEER = "\u202e"
HOSTILE = f"""<!doctype html><html lang="en&quot; onload=&quot;window.caught=1"><head><meta charset="utf-8">
<title>&lt;/title&gt;&lt;script&gt;window.caught=2&lt;/script&gt; {STEER}drow</title>
<link rel="canonical" href="javascript:window.caught=3"></head><body><article><h1>Hostile</h1>
<p>Words of an article that runs for a while, so that there is something to be read in it, and more of it.</p>
<figure><img src="javascript:window.caught=4" alt="IMG_2041.jpg"><figcaption>&lt;script&gt;window.caught=5&lt;/script&gt;
&lt;/style&gt;&lt;img src=x onerror=window.caught=6&gt; {STEER}reversed \0 {{{{ caption }}}}
<span class="credit">Photo: &lt;b onmouseover=window.caught=7&gt;Jane Doe&lt;/b&gt;/AFP</span></figcaption></figure>
<p>More words of the article that are no caption of anything at all, and that go on for a while to fill a line.</p>
<figure><img src="a&quot; onerror=&quot;window.caught=8.jpg" alt="=cmd|' /C calc'!A0.jpg"><figcaption>hide caption
</figcaption></figure></article></body></html>
"""


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the words of each element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: dict[str, list[str]] = {}
        self.last = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.last = tag
        self.words.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:
        if self.last:
            self.words[self.last][-1] += data

    def all(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def page_of(report: Report, aids: Aids | None = None) -> str:
    return "".join(check_html(report, rules(), aids))


def report_on(*pages: Page, **settings: object) -> Report:
    return apply(list(pages), Settings(**settings))  # type: ignore[arg-type]


def words(markup: str) -> str:
    """What a reader sees of some markup, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def finding_of(page: str, rule: str) -> str:
    """The markup of the first finding of a rule."""
    (found, *_) = re.findall(rf'<article [^>]*data-rule="{rule}".*?</article>', page, re.S)
    return found


# What it says


def test_the_verdict_comes_first_and_what_was_not_done_as_loudly() -> None:
    report = report_on(read(FAULTY, name="a.html"))
    report = replace(report, failures=(Failure("b.html", "is empty", "Save it again."),), complete=False)
    report = replace(report, left_out=(LeftOut(report.findings[0], State.ALLOWED),) * 2)
    page = page_of(report)
    body = words(page[page.index("<header>") :])
    assert body.startswith(
        "attrib 1 to fix: 1 article, 1 picture checked. 1 thing could not be read, 11 rules were not checked everywhere:"
    )
    assert "Left out: 2 allowed in the pages." in body
    assert body.index("b.html: is empty. Save it again.") > body.index("has no alt text")
    assert 'href="#not-done"' in page and 'id="not-done"' in page
    style = re.search(r"h1, \.undone \{[^}]*font", page)
    assert style, "one size for both"


def test_a_clean_report_says_so_and_shows_nothing_to_filter() -> None:
    page = page_of(Report(pages=(read(CLEAN),)))
    assert "<h1>Nothing to fix: 1 article, 1 picture checked.</h1>" in page
    assert "<form>" not in page and "<article" not in page and "not-done" not in page[page.index("<body>") :]


def test_findings_stand_in_page_order_beside_their_pictures(samples: Path) -> None:
    here = samples.parent
    report = check_sources(sources([str(samples)]), Settings())
    page = page_of(report)
    assert page == page_of(report)
    order = [(f.source, f.fingerprint) for f in sorted(report.findings, key=lambda f: (f.source, f.at))]
    assert re.findall(r'id="f-([0-9a-f]{16})"', page) == [fingerprint for _, fingerprint in order]
    assert page.count('<section class="article"') == len({source for source, _ in order})
    assert re.findall(r"<h3>([^<]*)</h3>", page).count("Picture 2 of 2") == 1  # two findings, one picture
    assert str(here) not in page.replace(str(samples), "")


def test_a_finding_says_everything_a_person_needs() -> None:
    shown = finding_of(page_of(report_on(read(FAULTY, name="a.html"))), "alt-missing")
    (finding,) = report_on(read(FAULTY, name="a.html")).findings
    seen = words(shown)
    assert "Error" in seen and finding.message in seen and finding.remedy.replace('"', "&quot;") in seen
    assert "A screen reader then reads" in seen and "Source:" not in seen  # why, without where that is from
    assert "<mark>https://example.org/i/quay.jpg</mark>" in shown
    assert "line 4, column 9" in seen
    assert f"attrib accept {finding.fingerprint} --in a.html --reason &quot;…&quot;</code><button" in shown
    assert "Edit" not in seen


def test_what_does_not_count_is_listed_below_with_who_said_so() -> None:
    first, other = read(FAULTY, name="a.html"), read(FAULTY, name="b.html")
    (here,), (there,) = report_on(first).findings, report_on(other).findings
    left = (
        LeftOut(there, State.KNOWN),
        LeftOut(here, State.ACCEPTED, "<b>the desk</b> knows", "Ann <Lee>", "2027-06-30"),
        LeftOut(here, State.ALLOWED, "a drop capital"),
        LeftOut(here, State.ALLOWED),
    )
    page = page_of(Report((first, other), left_out=left))
    assert "<h1>Nothing to fix: 2 articles, 2 pictures checked.</h1>" in page
    assert '<a href="#left-out">Left out:</a> 2 allowed in the pages, 1 known from the baseline, 1 accepted.' in page
    below = page[page.index('<section id="left-out">') :]
    folds = re.findall(r'<details class="left" data-state="(\w+)">\n<summary>(.*?)</summary>', below)
    assert [(state, words(said)) for state, said in folds] == [
        ("accepted", "Accepted 1"), ("known", "Known 1"), ("allowed", "Allowed 2"),
    ]  # fmt: skip
    said = words(below)
    assert "Accepted by Ann &lt;Lee&gt; until 2027-06-30: &lt;b&gt;the desk&lt;/b&gt; knows" in said
    assert "Allowed in the page: a drop capital" in said and "Allowed in the page Error" in said
    assert said.count("has no alt text") == 4 and said.count("line 4, column 9") == 4
    assert re.findall(r'data-source="([^"]*)"', below) == ["a.html", "b.html", "a.html"]
    boxes = re.findall(r'name="state" value="(\w+)"( checked)?', page)
    assert boxes == [("accepted", ""), ("known", ""), ("allowed", "")]
    assert 'id="f-' not in page


def test_of_very_many_that_are_known_the_first_are_listed_and_the_rest_are_counted() -> None:
    page = read(FAULTY, name="a.html")
    (finding,) = report_on(page).findings
    left = tuple(LeftOut(replace(finding, at=Span(i, i + 1)), State.KNOWN) for i in range(1203))
    shown = page_of(Report((page,), left_out=left))
    assert shown.count('data-state="known" data-line') == 1000
    assert "203 more are not listed here" in shown and "Known <span>1,203</span>" in shown


def test_words_that_an_origin_gives_are_suggested_with_where_they_come_from() -> None:
    page = read(FAULTY, name="a.html")
    (finding,) = report_on(page).findings
    given = replace(finding, suggestion=Suggestion("Photo: <i>Ann Lee</i>/AP", "the file’s Creator (iim 2:80)"))
    shown = finding_of(page_of(Report((page,), (given,))), "alt-missing")
    assert "<p>Suggested text, from the file’s Creator (iim 2:80)</p>" in shown
    assert '<pre dir="auto" lang="en">Photo: &lt;i&gt;Ann Lee&lt;/i&gt;/AP</pre><button' in shown


def test_the_command_to_copy_is_one_for_any_name() -> None:
    names = ["$(touch caught).html", "https://example.org/a.html"]
    page = page_of(report_on(*(read(FAULTY, name=name) for name in names)))
    assert "--in &#x27;$(touch caught).html&#x27; --reason" in page
    assert "--report report.json --reason" in page


def test_what_was_accepted_until_a_day_past_says_so() -> None:
    (finding,) = report_on(read(FAULTY, name="a.html")).findings
    back = replace(finding, evidence=(Evidence("accepted", "no time", "by Ann Lee until 2024-01-31, which is over"),))
    page = page_of(Report((read(FAULTY, name="a.html"),), (finding, back)))
    assert 'name="state" value="new"' in page and 'name="state" value="expired"' in page
    shown = words(page[page.index('data-state="expired"') :])
    assert "accepted before" in shown and "Accepted no time" in shown and "by Ann Lee until 2024-01-31" in shown


def test_the_edit_link_holds_what_the_setting_asks_for() -> None:
    aids = Aids(edit_url="https://cms.example/edit?file={source}&line={line}&c={column}")
    page = page_of(report_on(read(FAULTY, name='a b"&{line}<.html')), aids)
    assert 'href="https://cms.example/edit?file=a%20b%22%26%7Bline%7D%3C.html&amp;line=4&amp;c=9"' in page


def test_evidence_of_both_sides_is_shown_once_and_can_be_copied(samples: Path) -> None:
    report = check_sources(sources([str(samples / "wrong-credit.html")]), Settings())
    shown = finding_of(page_of(report), "credit-contradicts-file")
    sides = re.findall(r"<dt>(.*?)</dt>", shown)
    assert sides == ["The page", "The file"]
    assert shown.count("Paula Quintero</span><button") == 1 and "IPTC 2:80, XMP dc:creator" in shown
    assert "Diego Ferrán/Reuters</span><button" not in shown


def test_two_pictures_stand_side_by_side_with_their_words_compared(samples: Path) -> None:
    report = check_sources(sources([str(samples / "two-credits.html")]), Settings())
    copies = {"pictures/market-day-archive.jpg": "one.webp", "pictures/old-square-morning.jpg": "two.webp"}
    aids = Aids(of_figure=lambda page, figure: Thumbnail(copies[figure.images[0].url], 240, 160))
    shown = finding_of(page_of(report, aids), "credit-differs-elsewhere")
    beside = shown[shown.index('class="beside"') :]
    assert re.findall(r'<img src="(\w+)\.webp" width="240" height="160"', beside) == ["one", "two"]
    assert "Photo: <ins>Ivana Krejčí</ins>/<ins>Reuters</ins>" in beside
    assert "Photo: <del>Tomáš Havel</del>/<del>ČTK</del>" in beside
    assert words(beside).count("The other 9:75") == 1


def test_a_picture_the_archive_knows_stands_beside_its_own() -> None:
    page = read(CLEAN, name="a.html")
    like = Likeness("old.html", "old.jpg", 4, "high", "cropped", caption="Two women", archived=True, date="2024-05-01")  # type: ignore[arg-type]
    (figure,) = page.article
    page = replace(page, figures=(replace(figure, likenesses=(like,)),))
    finding = Finding(
        figure.tag or figure.block, "Seen.", rule="image-seen-before", source="a.html", severity=Severity.NOTICE,
        evidence=(Evidence("archive", "no credit", "old.html"),), picture=figure.images[0].url,
    )  # fmt: skip
    aids = Aids(of_likeness=lambda like: Thumbnail("old.webp", 240, 160) if like.picture == "old.jpg" else None)
    shown = finding_of(page_of(Report((page,), (finding,)), aids), "image-seen-before")
    assert "old.html, 2024-05-01, in the archive" in shown and 'src="old.webp"' in shown
    assert "Two <del>women</del>" in shown


def test_filters_offer_only_what_there_is() -> None:
    page = page_of(report_on(read(FAULTY, name="a.html"), read(FAULTY.replace("Photo: Ann Lee/Reuters", ""), name="b")))
    boxes = [a for tag, a in Tags(page).tags if tag == "input"]
    assert [(box["name"], box["value"]) for box in boxes] == [("severity", "error"), ("severity", "warning")]
    assert [a["value"] for tag, a in Tags(page).tags if tag == "option"] == ["", "alt-missing", "credit-missing"]


# Words in their surroundings


def marked(page: Page, finding: Finding) -> list[tuple[str, str]]:
    """The rows of a galley, marks in brackets: [own], (of a place that belongs to it)."""
    index = figure_of(page, finding.at, finding.picture)
    brackets = {"mark": "[{}]", "also": "({})", "": "{}"}
    rows = galley(page, finding, None if index is None else page.figures[index])
    return [(row.what, "".join(brackets[kind].format(words) for words, kind in row.pieces)) for row in rows]


FIGURE = """<article><h1>A</h1><p>Words of an article that runs for a while, so that there is something to be read.</p>
<figure><img src="a.jpg" alt="A quay by night" {alt}><figcaption>{caption}</figcaption></figure>
<p>More words of the article that are no caption of anything at all, and that go on for a while to fill a line.</p>
</article>"""


@pytest.mark.parametrize(
    ("rule", "caption", "rows"),
    [
        (
            "caption-template-placeholder",
            "Boats &amp; nets at the quay of <b>Vell</b> on {{ day }} in May. Photo: Ann Lee/AFP",
            [("caption", "Boats & nets at the quay of Vell on [{{ day }}] in May. Photo: Ann Lee/AFP")],
        ),
        (
            "text-mojibake",
            'A baker in ZÃ¼rich opens his shop at dawn. <span class="credit">Photo: Ann Lee/AFP</span>',
            [("caption", "A baker in [ZÃ¼rich] opens his shop at dawn."), ("credit", "Photo: Ann Lee/AFP")],
        ),
    ],
)
def test_words_are_marked_where_they_stand(rule: str, caption: str, rows: list[tuple[str, str]]) -> None:
    page = read(FIGURE.format(alt="", caption=caption))
    (finding,) = report_on(page, select=(rule,)).findings
    assert marked(page, finding) == rows


def test_the_alt_text_is_marked_by_itself() -> None:
    page = read(FIGURE.format(alt="", caption="A quay.").replace("A quay by night", "IMG_2041.jpg"))
    (finding,) = report_on(page, select=("alt-file-name",)).findings
    assert marked(page, finding) == [("alt text", "[IMG_2041.jpg]")]


def test_a_mangled_block_is_shown_whole_with_all_its_parts(samples: Path) -> None:
    page = read((samples / "scraped.html").read_bytes())
    (finding,) = report_on(page, select=("duplicate", "residue")).findings
    rows = marked(page, finding)
    assert [what for what, _ in rows] == [
        "caption", "credit", "button", "advertisement", "button", "credit", "caption", "credit",
    ]  # fmt: skip
    assert [row[:1] for _, row in rows] == ["(", "(", "(", "(", "(", "(", "[", "("]
    shown = finding_of(page_of(Report((page,), (finding,))), "caption-repeated")
    assert "22:4" in shown and 'class="places"' not in shown  # each place is told in its line


def test_a_fault_in_no_words_shows_the_source() -> None:
    page = read(FIGURE.format(alt="", caption="A quay.").replace(' alt="A quay by night"', ""))
    (finding,) = report_on(page, select=("alt-missing",)).findings
    ((what, source),) = marked(page, finding)
    assert what == "source" and '<figure><img src="[a.jpg]" ><figcaption>' in source
    assert source.startswith("…") and source.endswith("…") and len(source) < 200


def test_what_is_far_from_a_mark_is_left_out() -> None:
    page = read(
        FIGURE.format(alt="", caption=f"{'Boat after boat. ' * 15}Then {{{{ day }}}} came. {'Net after net. ' * 15}")
    )
    (finding,) = report_on(page, select=("caption-template-placeholder",)).findings
    ((_, row),) = marked(page, finding)
    assert "Then [{{ day }}] came." in row and row.startswith("…") and row.endswith("…") and len(row) < LONGEST


def test_a_page_of_which_little_was_kept_still_shows_its_words() -> None:
    page = read(FIGURE.format(alt="", caption="A quay in ZÃ¼rich. Photo: Ann Lee/AFP"))
    (finding,) = report_on(page, select=("text-mojibake",)).findings
    bare = replace(page, text="", paragraphs=(), figures=tuple(replace(f, lines=()) for f in page.figures))
    assert marked(bare, finding) == [("caption", "A quay in [ZÃ¼rich.]"), ("credit", "Photo: Ann Lee/AFP")]
    whole = "<img src=a.jpg>"
    kept = replace(bare, figures=(), excerpts=((Span(5, 5 + len(whole)), whole),))
    assert kept.markup(Span(9, 12)) == whole[4:7] and kept.markup(Span(1, 4)) == "" == kept.markup(Span(99, 100))


# Words compared, words suggested


@given(st.text("ab ./é", max_size=40), st.text("ab ./é", max_size=40))
def test_a_comparison_loses_no_word(one: str, two: str) -> None:
    left, right = compared(one, two)
    assert "".join(words for words, _ in left) == one.lstrip()
    assert "".join(words for words, _ in right) == two.lstrip()
    plain = [[words.rstrip() for words, kind in side if not kind] for side in (left, right)]
    assert "".join(plain[0]).replace(" ", "") == "".join(plain[1]).replace(" ", "")
    assert {kind for _, kind in left} <= {"", "del"} and {kind for _, kind in right} <= {"", "ins"}


def test_texts_too_long_to_compare_come_back_whole() -> None:
    long = "word " * 2000
    assert compared(long, "word") == ([(long, "")], [("word", "")])
    assert (
        not alike(long, long + "x") and alike("A crane in the harbour", "A crane in the harbor") and not alike("a", "a")
    )


@pytest.mark.parametrize(
    ("rule", "caption", "wanted"),
    [
        ("text-mojibake", "A baker in ZÃ¼rich opens.", "A baker in Zürich opens."),
        ("credit-label-doubled", "The quay of Vell. Photo: Photo: Ann Lee/AFP", "The quay of Vell. Photo: Ann Lee/AFP"),
        ("caption-glued-credit", "The quay on Thursday.Anna Holm/AFP", "The quay on Thursday. Anna Holm/AFP"),
        ("text-invisible-characters", "The qu\u200bay <i>of</i> Vell.", "The quay of Vell."),
    ],
)
def test_a_fix_is_suggested_as_the_words_that_would_stand(rule: str, caption: str, wanted: str) -> None:
    page = read(FIGURE.format(alt="", caption=caption))
    (finding,) = report_on(page, select=(rule,)).findings
    index = figure_of(page, finding.at)
    suggested = suggestion(page, finding, page.figures[index])  # type: ignore[index]
    assert suggested == Suggestion(wanted, "the page’s own words, without the fault")
    shown = finding_of(page_of(Report((page,), (finding,))), rule)
    assert 'aria-label="Copy the suggested text"' in shown and "attrib fix" in shown


def test_of_a_mangled_block_what_stays_is_suggested(samples: Path) -> None:
    page = read((samples / "scraped.txt").read_bytes(), "text")
    (finding,) = report_on(page, select=("duplicate", "residue")).findings
    (figure,) = page.article
    suggested = suggestion(page, finding, figure)
    assert suggested
    caption, credit = suggested.words.split("\n")
    assert figure.caption and figure.credit and (caption, credit) == (figure.caption.value, figure.credit.raw)


# It obeys nothing


def test_hostile_words_stay_words() -> None:
    page = page_of(report_on(read(HOSTILE, name='=1+1"><script>.html')))
    tags = Tags(page)
    assert [tag for tag, _ in tags.tags].count("script") == 1 and [tag for tag, _ in tags.tags].count("style") == 1
    assert not [name for _, attributes in tags.tags for name in attributes if name.startswith("on") or name == "style"]
    assert tags.all("src") == [] and [href for href in tags.all("href") if not href.startswith("#")] == []
    assert "{{ caption }}" in page and "&lt;U+202E&gt;" in page
    assert not [c for c in page if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\t"]
    assert tags.all("lang") == ["en"]


def test_only_its_own_style_and_script_may_be_used() -> None:
    page = page_of(report_on(read(HOSTILE)))
    (policy,) = [a["content"] for tag, a in Tags(page).tags if a.get("http-equiv") == "Content-Security-Policy"]
    for tag, source in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


def test_an_address_is_a_link_only_when_it_is_one() -> None:
    pages = [
        read(FAULTY, name=name) for name in ("https://example.org/a?b=1&c", "javascript:alert(1)", "ftp://x/a.html")
    ]
    hrefs = [href for href in Tags(page_of(report_on(*pages))).all("href") if not href.startswith("#")]
    assert hrefs == ["https://example.org/a?b=1&c"]


# Its files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "a.html").write_text(FAULTY.replace("https://example.org/i/quay.jpg", "quay.jpg"), "utf-8")
    (tmp_path / "quay.jpg").write_bytes(jpeg(scene(0)))
    return tmp_path


def test_a_folder_holds_the_page_and_small_copies_beside_it(site: Path) -> None:
    (site / "report" / "thumbnails").mkdir(parents=True)
    (site / "report" / "thumbnails" / f"{'0' * 16}.webp").write_bytes(b"of an earlier report")
    (site / "report" / "thumbnails" / "mine.webp").write_bytes(b"mine")
    code, out, err = run("check", "a.html", "--format", "html:report/", "--format", "terminal", cwd=site)
    assert (code, err) == (1, "") and "alt-missing" in out
    (src,) = Tags((site / "report" / "index.html").read_text("utf-8")).all("src")
    with Image.open(site / "report" / src) as image:
        assert image.format == "WEBP" and max(image.size) == 240
    assert {f.name for f in (site / "report" / "thumbnails").iterdir()} == {Path(src).name, "mine.webp"}
    again = site / "again"
    assert run("check", "a.html", "--format", f"html:{again}", cwd=site)[0] == 1  # a name without an ending is a folder
    files = {f.relative_to(again): f.read_bytes() for f in again.rglob("*") if f.is_file()}
    (site / "report" / "thumbnails" / "mine.webp").unlink()
    assert files == {
        f.relative_to(site / "report"): f.read_bytes() for f in (site / "report").rglob("*") if f.is_file()
    }


@pytest.mark.parametrize("place", ["report.html", "report/", None])
def test_one_page_can_hold_all(site: Path, place: str | None) -> None:
    form = ["--format", f"html:{place}" if place else "html", *(["--standalone"] if place == "report/" else [])]
    code, out, err = run("check", "a.html", *form, cwd=site)
    assert (code, err) == (1, "")
    page = out
    if place:
        file = site / place / "index.html" if place.endswith("/") else site / place
        assert out == "" and not list(site.rglob("*.webp"))
        page = file.read_text("utf-8")
    (src,) = Tags(page).all("src")
    with Image.open(io.BytesIO(base64.b64decode(src.removeprefix("data:image/webp;base64,")))) as image:
        assert max(image.size) == 240


def test_a_page_of_the_site_is_never_replaced(site: Path) -> None:
    (site / "index.html").write_text("<!doctype html><title>The site</title>", "utf-8")
    for place, named in (("./", "index.html"), (".", "index.html"), ("a.html", "a.html")):
        before = (site / named).read_bytes()
        code, out, err = run("check", "a.html", "--format", f"html:{place}", cwd=site)
        assert (code, out) == (2, "") and f"{named} is there and is no report of attrib" in err
        assert (site / named).read_bytes() == before
    for _ in range(2):
        assert run("check", "a.html", "--format", "html:report.html", cwd=site)[0] == 1


def test_pictures_outside_the_root_are_not_shown(site: Path) -> None:
    (site / "in").mkdir()
    shutil.move(site / "a.html", site / "in" / "a.html")
    page = (site / "in" / "a.html").read_text("utf-8").replace("quay.jpg", "../quay.jpg")
    (site / "in" / "a.html").write_text(page, "utf-8")
    code, out, _ = run("check", "in/a.html", "--root", "in", "--select", "alt-missing", "--format", "html", cwd=site)
    assert code == 1 and Tags(out).all("src") == [] and "No picture to show" in out


def test_a_folder_that_cannot_be_made_is_refused_before_the_work(site: Path) -> None:
    code, out, err = run("check", "a.html", "--format", "html:no/where/", cwd=site)
    assert (code, out) == (2, "") and "there is no folder no." in err


def test_the_setting_for_the_edit_link(site: Path) -> None:
    (site / "attrib.toml").write_text('edit-url = "https://cms.example/edit?file={source}#{line}"', "utf-8")
    code, out, _ = run("check", "a.html", "--format", "html", cwd=site)
    assert code == 1 and 'href="https://cms.example/edit?file=a.html#4"' in out
    assert '"https://cms.example/edit?file={source}#{line}"' in run("config", cwd=site)[1]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert({line})", "ftp://cms.example/{source}", "https://{source}/edit", "cms.example/{source}",
        "https://cms.example/{file}", "https://cms.example/{source", "https://user{line}@cms.example/", " https://a/",
    ],
)  # fmt: skip
def test_an_edit_address_that_is_none_is_refused(site: Path, address: str) -> None:
    (site / "attrib.toml").write_text(f"edit-url = '{address}'", "utf-8")
    code, out, err = run("check", "a.html", cwd=site)
    assert (code, out) == (2, "") and "attrib.toml: edit-url: " in err and "Traceback" not in err


def test_the_picture_that_was_looked_at_is_shown(site: Path) -> None:
    page = (
        (site / "a.html")
        .read_text("utf-8")
        .replace('src="quay.jpg"', 'src="data:image/gif;base64,R0lGOD" data-src="quay.jpg"')
    )
    (site / "a.html").write_text(page, "utf-8")
    code, out, _ = run("check", "a.html", "--format", "html", cwd=site)
    assert code == 1 and len(Tags(out).all("src")) == 1


def test_a_picture_the_archive_remembers_is_shown_while_its_file_is_there(site: Path) -> None:
    old = CLEAN.replace("https://example.org/i/quay.jpg", "old.jpg").replace("Ann Lee/Reuters", "Ida Rossi/ANSA")
    (site / "old.html").write_text(old, "utf-8")
    shutil.copy(site / "quay.jpg", site / "old.jpg")
    assert run("archive", "add", "seen.db", "old.html", cwd=site)[0] == 0
    (site / "old.html").unlink()
    select = ("--select", "credit-differs-elsewhere", "--archive", "seen.db", "--fail-on", "never")
    code, out, _ = run("check", "a.html", *select, "--format", "html", cwd=site)
    assert code == 0 and len(Tags(out).all("src")) == 3  # in the margin, and side by side
    assert "<del>Ida Rossi</del>/<del>ANSA</del>" in out and "old.html, in the archive" in out
