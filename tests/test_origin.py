"""From built pages to their source files, and findings told there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from attrib.lexicon import table
from attrib.origin import builders, read_origins
from attrib.origin.matter import Addressing, addresses, head_of, loose
from attrib.origin.outline import outline
from attrib.origin.pattern import read_pattern


@pytest.mark.parametrize(
    ("pattern", "page", "source"),
    [
        ("public/{path}/index.html=content/{path}.md", "public/a/b/index.html", "content/a/b.md"),
        ("public/{path}/index.html = content/{path}.md", "public/a/index.html", "content/a.md"),
        ("public/{path}/index.html=content/{path}.md", "public/index.html", None),
        ("public/{path}/index.html=content/{path}.md", "public/a.html", None),
        ("public/{path}/index.html=content/{path}.md", "old/public/a/index.html", None),
        ("out/{name}.html=src/{name}.txt", "out/a/b.html", None),
        ("out/{year}/{title}.html=src/{title}-{year}.md", "out/2024/a.b.html", "src/a.b-2024.md"),
        ("out/{path}.html=src/all.md", "out/a.html", "src/all.md"),
        ("o.t/{path}.html=src/{path}.md", "out/a.html", None),
        ("out/{title}.html=src/*-{title}.md", "out/a[1]*.html", "src/*-a[[]1][*].md"),
    ],
)
def test_a_pattern_means_one_file(pattern: str, page: str, source: str | None) -> None:
    assert [*read_pattern(pattern).of(page)] == ([] if source is None else [source])


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("public/{path}", "equals sign"),
        ("=content/{path}.md", "equals sign"),
        ("public/{path}=", "equals sign"),
        ("{path}/{path}.html=content/{path}.md", "stands twice"),
        ("public/{path}=content/{name}.md", "stands behind the equals sign only"),
        ("public/{path}=/etc/{path}", "within the folder"),
        ("public/{path}=../{path}", "within the folder"),
        ("public/{path}=a/../../{path}", "within the folder"),
        ("public/{path}=C:/{path}", "within the folder"),
    ],
)
def test_a_pattern_that_means_nothing_is_refused(pattern: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_pattern(pattern)


YAML = '---\ntitle: "A: b"\n{}\ntags:\n  url: nested\n---\nText.\n'
HOW = Addressing(("url", "permalink"), ("slug",))


@pytest.mark.parametrize(
    ("head", "path", "files"),
    [
        (YAML.format("url: /a/b/"), "posts/x.md", ["a/b/index.html"]),
        (YAML.format("url: '/a/b'  # why"), "posts/x.md", ["a/b/index.html", "a/b.html"]),
        (YAML.format('permalink: "/a/b.html"'), "posts/x.md", ["a/b.html"]),
        (YAML.format("permalink: /"), "x.md", ["index.html"]),
        (YAML.format("slug: new-name"), "posts/x.md", ["posts/new-name/index.html"]),
        (YAML.format("slug: new-name"), "posts/x/index.md", ["posts/new-name/index.html"]),
        (YAML.format("slug: new-name"), "x.md", ["new-name/index.html"]),
        ('+++\nslug = "new"\n[params]\nurl = "no"\n+++\n', "posts/x.md", ["posts/new/index.html"]),
        (YAML.format("permalink: /:year/:month/:title/"), "_posts/2024-03-11-ferry.md", ["2024/03/ferry/index.html"]),
        (
            YAML.format("permalink: /:year/:title/\ndate: 2023-01-02"),
            "_posts/2024-03-11-ferry.md",
            ["2023/ferry/index.html"],
        ),
        (
            YAML.format("permalink: /:y_day/W:week/:short_day/:i_day/"),
            "_posts/2024-03-05-a.md",
            ["065/W10/Tue/5/index.html"],
        ),
        (YAML.format("permalink: /:categories/:title/"), "_posts/2024-03-11-ferry.md", ["ferry/index.html"]),
        (
            YAML.format("permalink: /:categories/:title/\ncategories: [Sport, Boat race]"),
            "a/_posts/2024-03-11-b.md",
            ["a/Sport/Boat race/b/index.html"],
        ),
        (
            YAML.format("permalink: /:categories/:title/\ncategories:\n  - x\n  - 'y z'  # two"),
            "_posts/2024-03-11-b.md",
            ["x/y z/b/index.html"],
        ),
        (
            YAML.format("permalink: /:categories/:title/\ncategories: x y"),
            "_posts/2024-03-11-b.md",
            ["x/y/b/index.html"],
        ),
        (YAML.format("permalink: /:nothing/:title/"), "_posts/2024-03-11-ferry.md", []),
        (YAML.format("permalink: /:year/:title/"), "ferry.md", []),
        (YAML.format('permalink: "/{{ page.fileSlug }}/x/"'), "posts/2024-03-11-ferry.md", ["ferry/x/index.html"]),
        (YAML.format('permalink: "{{ page.filePathStem }}.html"'), "posts/ferry.md", ["posts/ferry.html"]),
        (YAML.format("permalink: /t/{{ title | slugify }}/"), "ferry.md", ["t/ferry/index.html"]),
        (YAML.format("permalink: /t/{{ page.date | date }}/"), "ferry.md", []),
        ('{"title": "A", "url": "/a/"}\nText', "x.md", ["a/index.html"]),
        ('{\n "url": "/a/",\n "x": {}\n}\nText {', "x.md", ["a/index.html"]),
        (YAML.format("permalink: pretty"), "x.md", []),
        (YAML.format('permalink: "/{{ page.unknown }}/"'), "x.md", []),
        (YAML.format("permalink: https://e.example/a/"), "x.md", []),
        (YAML.format("permalink: false"), "x.md", []),
        ("\ufeff" + YAML.format("url: /a/").replace("\n", "\r\n"), "x.md", ["a/index.html"]),
        ("Text\n---\nurl: /a/\n---\n", "x.md", []),
        ("---\nurl: /a/\n", "x.md", []),
        ("---\n---\nurl: /a/\n", "x.md", []),
        ("", "x.md", []),
    ],
)
def test_a_file_says_its_own_address(head: str, path: str, files: list[str]) -> None:
    assert [*addresses(head_of(head), PurePosixPath(path), HOW)] == files


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ('a = "b"\n[p.page]\nposts = "/x/"\nlist = ["c", "d"]\non = true\n', "hugo.toml",
         {"a": ("b",), "p.page.posts": ("/x/",), "p.page.list": ("c", "d"), "p.page.on": ("true",)}),
        ('{"p": {"q": "r", "n": null}}', "x.json", {"p.q": ("r",)}),
        ("p:\n  # no\n  q:\n    r: /:a/:b  # why\n  s: 'x # y'\nt: [a, \"b c\"]\nu:\n- 1\n- two, three\nv: {w: x}\n", "x.yml",
         {"p.q.r": ("/:a/:b",), "p.s": ("x # y",), "t": ("a", "b c"), "u": ("1", "two, three")}),
        ("d:\n  - scope:\n      path: x\n    values: y\ne: f\n", "x.yml", {"e": ("f",)}),
        ("module.exports = () => ({ dir: { input: 'texts', output: \"built\" } })", "eleventy.config.js",
         {"dir.input": ("texts",), "dir.output": ("built",)}),
        ("  c.setInputDirectory('a'); c.setOutputDirectory(`b`); // output: `${x}`", ".eleventy.js",
         {"dir.input": ("a",), "dir.output": ("b",)}),
        ("a = [", "x.toml", {}),
        ("[" * 9999, "x.json", {}),
        ("", "x.yml", {}),
    ],
)  # fmt: skip
def test_settings_are_read_key_by_key(text: str, name: str, says: dict[str, tuple[str, ...]]) -> None:
    assert {key: value for key, value in outline(text, name).items() if not key.startswith("d.")} == says


def test_ways_to_write_one_address_are_one() -> None:
    assert len({loose(x) for x in ("News/Ferry At Dawn", "news/ferry-at-dawn", "news/./ferry_at_dawn.")}) == 1
    assert loose("t/ueber-den-hafen") == loose("t/über-den-hafen") == loose("t/Uber den Hafen")
    assert loose("a/b") != loose("ab")


# Sites as their builders leave them (Hugo 0.168, Jekyll 4.3, Eleventy 3.1, MkDocs 1): a file with its head, and the page
# it becomes. Files without a page are the builder's own.
LAYOUTS = {
    "hugo": {
        "content/a.md": "public/a/index.html",
        "content/news/ferry.md": "public/news/ferry/index.html",
        "content/news/quay/index.md": "public/news/quay/index.html",
        "content/news/_index.md": "public/news/index.html",
        "content/_index.md": "public/index.html",
        "content/news/ferry.de.md": "public/de/news/ferry/index.html",
        "content/flat.md": "public/flat.html",
        "content/news/old.md\n---\nslug: new\n---\n": "public/news/new/index.html",
        "content/news/far.md\n---\nurl: /else/where/\n---\n": "public/else/where/index.html",
        "content/news/plain.md\n---\nurl: plainly\n---\n": "public/plainly/index.html",
    },
    "hugo with permalinks": {
        'hugo.toml\n[permalinks.page]\nposts = "/:year/:month/:slug/"\nblog = "/b/:year-:month-:day/:title/"\n'
        '[permalinks.section]\nposts = "/archive/"\n': "",
        "content/News/Ferry At Dawn.md": "public/news/ferry-at-dawn/index.html",
        "content/News/Übersee_Hafen (neu).md": "public/news/übersee_hafen-neu/index.html",
        "content/News/C++ & more.md": "public/news/c++--more/index.html",
        "content/News/_index.md": "public/news/index.html",
        "content/News/Bundle/index.md": "public/news/bundle/index.html",
        "content/News/slug.md\n---\nslug: My New Slug\n---\n": "public/news/my-new-slug/index.html",
        "content/posts/_index.md": "public/archive/index.html",
        "content/posts/quay.md\n---\ntitle: The Quay\ndate: 2024-03-11T10:00:00Z\n---\n": "public/2024/03/the-quay/index.html",
        "content/posts/x.md\n---\ntitle: X\ndate: 2024-04-02\nslug: Harbour Fest\n---\n": "public/2024/04/harbour-fest/index.html",
        'content/posts/t.md\n+++\ntitle = "Toml"\ndate = 2024-01-02\n+++\n': "public/2024/01/toml/index.html",
        'content/posts/j.md\n{"title": "J", "slug": "jason", "date": "2024-01-02"}\n': "public/2024/01/jason/index.html",
        "content/blog/Deep/y.md\n---\ntitle: \"Mayor's Ärger: 5 Fragen\"\ndate: 2024-05-06\n---\n":
            "public/b/2024-05-06/mayors-ärger-5-fragen/index.html",
    },
    "hugo in two languages": {
        "hugo.yaml\npublishDir: dist\nuglyURLs: true\npermalinks:\n  page:\n    posts: /:sections/:year/:slugorcontentbasename/\n": "",
        "content/News/Ferry Boat.md": "dist/news/ferry-boat.html",
        "content/News/Ferry Boat.de.md": "dist/de/news/ferry-boat.html",
        "content/News/Bun/index.de.md": "dist/de/news/bun.html",
        "content/News/s.de.md\n---\nslug: Es\n---\n": "dist/de/news/es.html",
        "content/News/u.de.md\n---\nurl: /weg/\n---\n": "dist/weg/index.html",
        "content/posts/a.md\n---\ndate: 2024-01-02\n---\n": "dist/posts/2024/a.html",
        "content/posts/a.de.md\n---\ndate: 2024-01-02\n---\n": "dist/de/posts/2024/a.html",
    },
    "jekyll": {
        "_posts/2024-03-11-ferry.md": "_site/2024/03/11/ferry.html",
        "_posts/2024-03-12-quay.markdown": "_site/news/harbour/2024/03/12/quay.html",
        "sport/_posts/2024-03-13-race.md": "_site/sport/2024/03/13/race.html",
        "about.md": "_site/about.html",
        "team.html": "_site/team/index.html",
        "_boats/lena.md": "_site/boats/lena.html",
        "_posts/2024-03-14-deep.md\n---\npermalink: /:title/\n---\n": "_site/deep/index.html",
        "_posts/2024-03-15-Harbour Fest.md\n---\ncategories: news port\n---\n": "_site/news/port/2024/03/15/Harbour-Fest.html",
        "_posts/2024-03-16-s.md\n---\nslug: other-slug\n---\n": "_site/2024/03/16/other-slug.html",
        "_posts/2024-03-17-dated.md\n---\ndate: 2023-01-02 10:00:00 +0100\n---\n": "_site/2023/01/02/dated.html",
    },
    "jekyll, ordinal": {
        "_config.yml\ntitle: A\ncollections:\n  boats:\n    output: true\n    permalink: /boote/:name/\npermalink: ordinal\n": "",
        "_posts/2024-03-11-ferry.md": "_site/2024/071/ferry.html",
        "_posts/2024-03-13-cats.md\n---\ncategories: [Sport, Boat Race]\n---\n": "_site/sport/boat race/2024/073/cats.html",
        "_boats/lena.md": "_site/boote/lena/index.html",
        "My Pages/Über uns.md": "_site/My Pages/Über uns.html",
    },
    "jekyll, weekdate": {
        "_config.yml\npermalink: weekdate\n": "",
        "_posts/2024-03-11-ferry.md": "_site/2024/W11/Mon/ferry.html",
    },
    "jekyll, its own": {
        "_config.yml\npermalink: /blog/:short_year/:i_month/:title/\ndestination: ./built\n": "",
        "_posts/2024-03-11-ferry.md": "built/blog/24/3/ferry/index.html",
        "sport/_posts/2024-03-13-race.md": "built/blog/24/3/race/index.html",
        "about.md": "built/about/index.html",
    },
    "eleventy": {
        "posts/ferry.md": "_site/posts/ferry/index.html",
        "posts/2024-03-11-quay.md": "_site/posts/quay/index.html",
        "src/news/race.njk": "_site/news/race/index.html",
        "content/a/index.md": "_site/a/index.html",
        "about.md\n---\npermalink: /who/we/are/\n---\n": "_site/who/we/are/index.html",
    },
    "eleventy with folders": {
        'eleventy.config.js\nexport const config = {\n  dir: { input: "texts", output: "built" },\n};\n': "",
        'texts/posts/posts.json\n{"permalink": "/artikel/{{ page.fileSlug }}/"}\n': "",
        "texts/index.md": "built/index.html",
        "texts/posts/2024-03-11-quay.md": "built/artikel/quay/index.html",
        "texts/posts/index.md\n---\npermalink: /posts/\n---\n": "built/posts/index.html",
        "texts/news/deep/index.md": "built/news/deep/index.html",
        "texts/pages/stem.md\n---\npermalink: '{{ page.filePathStem }}.html'\n---\n": "built/pages/stem.html",
        "texts/pages/t.md\n---\ntitle: Über den Hafen\npermalink: /t/{{ title | slugify }}/\n---\n":
            "built/t/ueber-den-hafen/index.html",
    },
    "mkdocs": {
        "docs/a.md": "site/a/index.html",
        "docs/guide/index.md": "site/guide/index.html",
        "docs/more/README.md": "site/more/index.html",
        "docs/index.md": "site/index.html",
        "docs/flat.md": "site/flat.html",
    },
    "mkdocs with folders": {
        "mkdocs.yml\nsite_name: A\ndocs_dir: 'text'\nsite_dir: out  # built\n": "",
        "text/a.md": "out/a/index.html",
    },
}  # fmt: skip


def test_every_builder_has_a_layout_here() -> None:
    assert tuple(sorted({name.split()[0].strip(",") for name in LAYOUTS})) == builders()
    assert all(facts["source"] for facts in table("builders").values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_builders_pages_are_traced(layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for file, page in LAYOUTS[layout].items():
        name, _, text = file.partition("\n")
        for path, words in ((name, text or "Words.\n"), *([(page, "<p>Words.</p>")] if page else [])):
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(words, "utf-8")
    origins = read_origins([layout.split()[0].strip(",")], Path(), None)
    wanted = {page: file.partition("\n")[0] for file, page in LAYOUTS[layout].items() if page}
    assert {page: origins.of(page) for page in wanted} == wanted
    assert origins.of("elsewhere/index.html") is None


def test_of_two_files_that_an_address_may_mean_neither_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("content").mkdir()
    for name in ("Ferry Boat", "ferryboat", "Quay"):
        Path(f"content/{name}.md").write_text("Words.")
    origins = read_origins(["hugo"], Path(), None)
    assert origins.of("public/ferry-boat/index.html") is None
    assert origins.of("public/ferryboat/index.html") == "content/ferryboat.md"  # this very name
    assert origins.of("public/quay/index.html") == "content/Quay.md"


def test_the_folder_of_built_pages_is_the_root_and_names_are_seen_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "site/out/a").mkdir(parents=True)
    (tmp_path / "site/content/a.md").write_text("Words.")
    monkeypatch.chdir(tmp_path)
    origins = read_origins(["hugo"], Path("site"), Path("site/out"))
    assert origins.of("site/out/a/index.html") == "site/content/a.md"
    assert origins.of("site/public/a/index.html") is None
    monkeypatch.chdir(tmp_path / "site/out")
    origins = read_origins(["hugo"], Path(".."), Path())
    assert origins.of("a/index.html") == "../content/a.md"


def test_the_first_pattern_whose_file_is_there_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one/b.md", "two/a.md", "two/b.md", "three/a.1.md", "three/a.2.md"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("")
    origins = read_origins(["o/{path}.html=one/{path}.md", "o/{path}.html=two/{path}.md"], Path(), None)
    assert (origins.of("o/a.html"), origins.of("o/b.html"), origins.of("o/c.html")) == ("two/a.md", "one/b.md", None)
    assert read_origins(["o/{path}.html=three/{path}.*.md"], Path(), None).of("o/a.html") is None, "which of the two?"
    assert origins.of("../o/a.html") is origins.of("https://e.example/o/a.html") is origins.of("-") is None


def test_what_is_neither_a_pattern_nor_a_builder_is_refused() -> None:
    with pytest.raises(ValueError, match="'huggo' is neither a pattern"):
        read_origins(["huggo"], Path(), None)


@pytest.mark.parametrize("folders", ["true", "false"])
def test_what_mkdocs_builds_is_traced(folders: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built by ProperDocs, which goes on where MkDocs 1 ended."""
    monkeypatch.chdir(tmp_path)
    for name in ("index", "a", "guide/index", "guide/b", "more/README"):
        Path(f"docs/{name}.md").parent.mkdir(parents=True, exist_ok=True)
        Path(f"docs/{name}.md").write_text(f"# {name}\n")
    Path("theme").mkdir()
    Path("theme/main.html").write_text("{{ page.content }}")
    Path("properdocs.yml").write_text(
        f"site_name: A\ntheme: {{name: null, custom_dir: theme}}\nplugins: []\nuse_directory_urls: {folders}\n"
    )
    subprocess.run([Path(sys.executable).parent / "properdocs", "build", "-q"], check=True, capture_output=True)
    origins = read_origins(["mkdocs"], Path(), None)
    built = {page.as_posix(): page.read_text() for page in Path("site").rglob("*.html")}
    assert len(built) == 5
    for page, text in built.items():
        source = origins.of(page)
        assert source and f">{Path(source).relative_to('docs').with_suffix('').as_posix()}<" in text, page
