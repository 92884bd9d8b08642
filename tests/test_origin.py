"""From built pages to their source files, and findings told there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from attrib.lexicon import table
from attrib.origin import builders, read_origins
from attrib.origin.matter import addresses
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
WHOLE, LAST = ("url", "permalink"), ("slug",)


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
        (YAML.format("permalink: /:categories/:title/"), "_posts/2024-03-11-ferry.md", []),
        (YAML.format("permalink: pretty"), "x.md", []),
        (YAML.format('permalink: "/{{ page.fileSlug }}/"'), "x.md", []),
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
    assert [*addresses(head, PurePosixPath(path), WHOLE, LAST)] == files


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
    },
    "jekyll": {
        "_posts/2024-03-11-ferry.md": "_site/2024/03/11/ferry.html",
        "_posts/2024-03-12-quay.markdown": "_site/news/harbour/2024/03/12/quay.html",
        "sport/_posts/2024-03-13-race.md": "_site/sport/2024/03/13/race.html",
        "about.md": "_site/about.html",
        "team.html": "_site/team/index.html",
        "_boats/lena.md": "_site/boats/lena.html",
        "_posts/2024-03-14-deep.md\n---\npermalink: /:title/\n---\n": "_site/deep/index.html",
    },
    "eleventy": {
        "posts/ferry.md": "_site/posts/ferry/index.html",
        "posts/2024-03-11-quay.md": "_site/posts/quay/index.html",
        "src/news/race.njk": "_site/news/race/index.html",
        "content/a/index.md": "_site/a/index.html",
        "about.md\n---\npermalink: /who/we/are/\n---\n": "_site/who/we/are/index.html",
    },
    "mkdocs": {
        "docs/a.md": "site/a/index.html",
        "docs/guide/index.md": "site/guide/index.html",
        "docs/more/README.md": "site/more/index.html",
        "docs/index.md": "site/index.html",
        "docs/flat.md": "site/flat.html",
    },
}


def test_every_builder_has_a_layout_here() -> None:
    assert tuple(sorted(LAYOUTS)) == builders()
    assert all(facts["source"] for facts in table("builders").values())


@pytest.mark.parametrize(
    ("builder", "source"), [(builder, source) for builder, layout in LAYOUTS.items() for source in layout]
)
def test_a_builders_pages_are_traced(
    builder: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for other, page in LAYOUTS[builder].items():
        name, _, text = other.partition("\n")
        for path in (Path(name), Path(page)):
            path.parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text or "Words.\n")
        Path(page).write_text("<p>Words.</p>")
    origins = read_origins([builder], Path(), None)
    name = source.partition("\n")[0]
    assert origins.of(LAYOUTS[builder][source]) == name
    assert origins.of("elsewhere/index.html") is None


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
