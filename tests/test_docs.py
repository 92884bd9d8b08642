"""What the documents say is so; what they show as commands, test_docs_commands runs."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

import attrib.model
from attrib.cli.formats import FOLDERS, TEXTS
from attrib.config import load_config
from attrib.keys import KEYS
from attrib.register import parse_register
from attrib.suppress import allowances

from .documents import PAGES, ROOT, blocks, links, slugs, text

SHOWN = [block for page in PAGES for block in blocks(page)]


def test_the_pages_that_are_made_from_the_code_are_up_to_date() -> None:
    done = subprocess.run([sys.executable, "-m", "tools.pages", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_type_that_the_python_page_names_is_on_it() -> None:
    page = text("docs/api.md")
    shown = re.findall(r"^#{2,3} (\w+)$", page, re.M)
    types = {name for block in blocks("docs/api.md") for name in re.findall(r"\b[A-Z][a-z]\w*", block.text)}
    known = {"Path", "Mapping", "None", "True", "False"}
    assert types - known - set(shown) == set()
    assert set(attrib.__all__) <= set(shown)
    assert all(hasattr(attrib.model, name) for name in shown if name not in attrib.__all__)


@pytest.mark.parametrize("block", [b for b in SHOWN if b.language == "toml"], ids=lambda block: block.place)
def test_settings_that_are_shown_mean_something(block, tmp_path: Path) -> None:
    (tmp_path / "attrib.toml").write_text(block.text, "utf-8")
    assert load_config(tmp_path / "attrib.toml").origin


def test_the_words_of_allowance_that_are_shown_are_read() -> None:
    (block,) = [b for b in SHOWN if b.language == "html" and "attrib" in b.text and b.page == "docs/settling.md"]
    read = [(allowance.names, allowance.reason) for allowance in allowances(block.text)]
    assert read == [(("credit-missing",), "from the family album")] * 2
    (inline,) = re.findall(r"`(<!-- attrib: .*? -->)`", text("README.md"))
    assert [allowance.names for allowance in allowances(inline)] == [("credit-missing",)]


def test_the_register_that_is_shown_is_read() -> None:
    (block,) = [b for b in SHOWN if b.language == "csv"]
    register = parse_register(block.text, "people.csv")
    assert [entry.name for entry in register.entries if entry.banned] == ["Shutterstock"]
    columns = block.text.splitlines()[0].split(",")
    assert set(columns) <= set(re.findall(r"`(\w+)`", text("docs/settling.md")))


def test_every_format_and_every_key_has_its_place() -> None:
    assert {*TEXTS, *FOLDERS} <= slugs("docs/formats.md")
    assert set(KEYS) <= slugs("docs/configuration.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_between_documents_lead_somewhere(page: str) -> None:
    for link in links(page):
        if "://" in link:
            continue
        file, _, name = link.partition("#")
        target = (ROOT / page).parent / file if file else ROOT / page
        assert target.exists(), f"{page}: {link}"
        if name:
            assert name in slugs(target.resolve().relative_to(ROOT).as_posix()), f"{page}: {link}"


# --- the site


class Links(HTMLParser):
    """What a page refers to, what it loads, and the names in it that can be referred to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.to: set[str] = set()
        self.loaded: set[str] = set()
        self.names: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.names.update(value for name, value in values.items() if name in ("id", "name"))
        if tag == "a" and "href" in values:
            self.to.add(values["href"])
        self.loaded.update(values[name] for name in ("src", "href", "srcset") if name in values and tag != "a")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "--config-file", "mkdocs.yml"]
    done = subprocess.run([*command, "--site-dir", folder], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_site_has_every_page_in_its_list(site: Path) -> None:
    listed = re.findall(r"[\w-]+\.md", str(yaml.safe_load(text("mkdocs.yml"))["nav"]))
    assert sorted(listed) == sorted([*(page.name for page in (ROOT / "docs").glob("*.md")), "changes.md"])
    assert sorted(page.stem for page in site.glob("*.html")) == sorted(name[:-3] for name in listed)


def test_all_links_of_the_site_lead_somewhere(site: Path) -> None:
    pages = {page: Links(page) for page in site.glob("*.html")}
    for page, found in pages.items():
        for link in found.to:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), f"{page.name}: {link}"
            assert not parts.fragment or unquote(parts.fragment) in pages[target].names, f"{page.name}: {link}"


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        loaded = Links(page).loaded
        assert loaded
        assert [name for name in loaded if "//" in name] == [], page.name
    for sheet in site.rglob("*.css"):
        found = re.findall(r"url\(\s*[\"']?((?!data:)[^\"')]+)|@import\s+([^;]+)", sheet.read_text("utf-8"))
        assert [name for pair in found for name in pair if "//" in name] == [], sheet.name
