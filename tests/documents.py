"""What the documents show: their blocks of code, with the commands in them, and their links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["README.md", "CONTRIBUTING.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]
COMMANDS = ("sh", "console")  # what a person types; with `console` also what it prints, exactly
STEPS = ("yaml", "make")  # what another program types: an item of a list, a line of a recipe
CODE = ("html", "toml", "csv", "json", "python", "text")
PROGRAMS = ("attrib", "curl", "python3", "python", "pip", ".ci/run", "git", "make", "pre-commit")

_BLOCK = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<language>.*)\n(?P<text>(?:.*\n)*?)(?P=indent)(?P=fence)$", re.M
)
_BEGIN = rf"(?:{'|'.join(map(re.escape, PROGRAMS))}) "


class Block(NamedTuple):
    """A block of code; `line` is that of its fence."""

    page: str
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


class Command(NamedTuple):
    """A line to be typed, and what the document says it prints; None where it says nothing."""

    place: str
    line: str
    prints: str | None = None


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str) -> list[Block]:
    whole = text(page)
    return [
        Block(page, whole.count("\n", 0, found.start()) + 1, found["language"].strip(), dedent(found["text"]))
        for found in _BLOCK.finditer(whole)
    ]


def prose(page: str) -> str:
    """The page without its blocks."""
    return _BLOCK.sub("", text(page))


def commands(page: str) -> list[Command]:
    """All that a reader may type, in the order of the page."""
    return [command for block in blocks(page) for command in _typed(block)]


def _typed(block: Block) -> Iterator[Command]:
    if block.language == "sh":
        for line in block.text.replace("\\\n", "").splitlines():
            if bare := re.sub(r"(^|\s+)# .*", "", line).strip():
                yield Command(block.place, bare)
    elif block.language == "console":
        for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
            line, _, printed = part.partition("\n")
            yield Command(block.place, line, printed)
    elif block.language in STEPS:
        for line in re.findall(rf"^(?:\s*- |\s*run: |\t)({_BEGIN}.*)", block.text, re.M):
            yield Command(block.place, line)


def hidden(block: Block) -> list[str]:
    """Lines that look typed where nothing runs them."""
    if block.language in COMMANDS:
        return []
    typed = {command.line for command in _typed(block)}
    bare = [re.sub(r"^\s*(- |run: )?|^\$ ", "", line) for line in block.text.splitlines()]
    return [line for line in bare if re.match(_BEGIN, line) and line not in typed]


def slugs(page: str) -> set[str]:
    """The names by which the headings of a page are linked to."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links(page: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", prose(page))
