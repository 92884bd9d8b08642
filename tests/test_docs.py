"""What the documents say is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from attrib.cli import attrib
from attrib.config import load_config

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_rules_page_is_up_to_date() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/rules_page.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def command_lines() -> list[str]:
    blocks = re.findall(r"^```\n(.*?)^```", README, re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [found[0].split("   ")[0] for line in lines if (found := re.search(r"(?<!/)\battrib [a-z]+ .*", line))]


@pytest.mark.parametrize("line", command_lines())
def test_every_command_of_the_readme_exists_with_its_options(line: str) -> None:
    name, *rest = line.split()[1:]
    command = attrib.get_command(click.Context(attrib), name)
    assert command
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= known


def test_the_settings_of_the_readme_mean_something(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```", README, re.M | re.S)
    (tmp_path / "attrib.toml").write_text(block, "utf-8")
    assert load_config(tmp_path / "attrib.toml").severity


def test_the_words_of_allowance_in_the_readme_are_read() -> None:
    from attrib.suppress import allowances

    (block,) = re.findall(r"^```html\n(.*?)^```", README, re.M | re.S)
    assert [(a.names, a.reason) for a in allowances(block)] == [(("credit-missing",), "from the family album")] * 2


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
            assert "://" in link or (page.parent / link).exists(), f"{page.name}: {link}"
