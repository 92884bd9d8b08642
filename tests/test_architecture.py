"""Who may import whom: the table of docs/architecture.md, held by reading every import statement."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "attrib"

# Rooms by their first name below attrib/; what each may import besides itself. "*" is everything.
FACTS = {
    "lexicon",
    "labels",
    "phrases",
    "filename",
    "supplier",
    "words",
    "printed",
    "copies",
    "wordings",
}  # tables, and small pure functions over text
ALLOWED: dict[str, set[str]] = {
    "__init__": {"*"},
    "__main__": {"cli"},
    "model": set(),
    "words": set(),
    "filename": {"model", "words", "lexicon", "wordings"},
    "supplier": {"lexicon"},
    "lexicon": {"model"},
    "labels": {"model", "words", "lexicon", "phrases", "wordings"},
    "phrases": {"lexicon"},
    "wordings": {"lexicon"},
    "printed": {"model", "lexicon"},
    "copies": {"model", "lexicon", "words", "printed"},
    "fetch": {"model"},
    "match": {"model"} | FACTS,
    "register": {"model", "match"} | FACTS,
    "read": {"model"} | FACTS,
    "rule": {"model"},
    "rules": {"model", "match", "register", "rule"} | FACTS,
    "similar": {"model", "read"},
    "alike": {"model", "read", "similar"},
    "keys": {"model", "rule", "origin"},
    "config": {"model", "keys", "register"},
    "settle": {"model", "lexicon", "words"},
    "wal": set(),
    "archive": {"model", "read", "wal"},
    "baseline": {"model", "settle"},
    "suppress": {"model"},
    "places": {"model"},
    "settings": {"model", "rule", "fetch", "register"},
    "judge": {"model", "rule", "settings", "settle", "suppress", "fetch"},
    "light": {"model", "places", "excerpt"},
    "excerpt": {"model"},
    "fix": {"model", "engine", "fetch", "read"},
    "report": {"model", "rule", "places"},
    "packed": set(),
    "pictures": {"model", "fetch", "read", "settings"},
    "engine": {"model", "fetch", "read", "settings", "judge", "light", "pictures", "settle", "alike", "archive"},
    "origin": {"model", "fetch", "places"} | FACTS,
    "cache": {"model", "fetch", "read", "settings", "judge", "packed", "engine", "wal"},
    "api": {"model", "settings", "config", "keys", "fetch", "engine", "baseline"},
    "cli": {"*"},
}  # fmt: skip

# Libraries that only one room may know, so that what they hand out stays there.
KEPT = {
    "bs4": "read",
    "turbohtml": "read",
    "lxml": "read",
    "PIL": "read",
    "imagehash": "read/pixels",
    "numpy": "read/pixels",
    "cv2": "read/pixels",
    "defusedxml": "read",
    "click": "cli",
    "urllib.request": "fetch",
    "http.client": "fetch",
    "socket": "fetch",
    "sqlite3": "archive cache wal",
}

DOORS = ("os", "io", "pathlib", "subprocess", "urllib.request", "socket")


TABLE = PACKAGE.parent / "docs" / "architecture.md"


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[str, int]]:
    """Full names of all imported modules and names, relative ones resolved."""
    package = ["attrib", *path.relative_to(PACKAGE).parts[:-1]]
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            found += [(f"{name}.{alias.name}", node.lineno) for alias in node.names]
    return found


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_look_only_into_the_rooms_they_may(path: Path) -> None:
    own = room(path)
    allowed = ALLOWED.get(own)
    assert allowed is not None, f"{own} is a new room: give it a line here and in docs/architecture.md"
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] != "attrib":
            continue
        other = parts[1] if len(parts) > 1 else "__init__"
        if not (PACKAGE / other).is_dir() and not (PACKAGE / f"{other}.py").exists():
            other = "__init__"  # a name of the package itself, such as __version__
        if other not in (own, "__init__") and "*" not in allowed:
            assert other in allowed, f"{path.name}:{line} {own} may not import {other}"


def test_the_document_has_the_same_rooms_with_the_same_rights() -> None:
    told: dict[str, set[str]] = {}
    for rooms, rights in re.findall(r"^\| (`[^|]*) \|[^|]*\| ([^|]*) \|$", TABLE.read_text("utf-8"), re.M):
        words = {"tables": FACTS, "each other": FACTS, "anything": {"*"}, "–": set()}
        may = set().union(*(words.get(part, {part}) for part in rights.split(", ")))
        told |= dict.fromkeys(re.findall(r"`(\w+)/?`", rooms), may)
    rooms_in_code = {name: allowed for name, allowed in ALLOWED.items() if not name.startswith("__")}
    assert told.keys() == rooms_in_code.keys()
    for name, allowed in rooms_in_code.items():
        assert (told[name] >= allowed) if name in FACTS else (told[name] == allowed), name


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    for name, line in imports(path):
        for library, home in KEPT.items():
            if name == library or name.startswith(f"{library}."):
                homes = tuple(f"{name}{end}" for name in home.split() for end in "/.")
                assert place.startswith(homes), f"{place}:{line} {library} belongs to {home}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "rules").glob("*.py")), ids=lambda path: path.name)
def test_a_rule_opens_nothing(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open", f"{path.name}:{node.lineno} a rule opens a file"
    for name, line in imports(path):
        opened = [door for door in DOORS if name == door or name.startswith(f"{door}.")]
        assert not opened, f"{path.name}:{line} a rule reaches for {name}"


def test_no_room_outgrows_its_walls() -> None:
    lines = {path.relative_to(PACKAGE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files()}
    assert {name: count for name, count in lines.items() if count > 400} == {}


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
