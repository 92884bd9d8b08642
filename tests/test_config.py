from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from attrib.config import Config, find_config, load_config, settings_in_force
from attrib.keys import KEYS, ConfigError, known_rules
from attrib.model import House, Severity

from .test_cli import run


def settings(tmp_path: Path, text: str, name: str = "attrib.toml") -> Config:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return load_config(file)


FULL = """
select = ["caption", "alt-*"]
ignore = ["alt-missing"]
extend-select = ["credit-missing"]
root = "public"
fail-on = "warning"
baseline = "known.json"
register = "pictures.csv"
archive = "seen.db"
edit-url = "https://cms.example/edit?file={source}&line={line}"
cache-dir = "kept"
source-map = "hugo"
require-credit = true
alt-length = 120
labels = ["Bild vergrößern"]
agencies = ["Küstenbild"]

[severity]
credit-missing = "error"

[per-file-ignores]
"drafts/" = ["credit-missing"]
"*.md" = ["alt"]
"""


def test_every_setting_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = settings(tmp_path, FULL)
    assert config.selected == ("caption", "alt-*", "credit-missing")
    assert config.ignore == ("alt-missing",)
    assert config.severity == {"credit-missing": Severity.ERROR}
    assert config.house == House(True, 120, ("Bild vergrößern",), ("Küstenbild",))
    assert (config.root, config.baseline, config.register) == (Path("public"), Path("known.json"), Path("pictures.csv"))
    assert config.edit_url == "https://cms.example/edit?file={source}&line={line}"
    assert (config.archive, config.cache_dir) == (Path("seen.db"), Path("kept"))
    assert config.source_map == ("hugo",)
    assert config.fail_on == "warning"
    assert {origin for key, _, origin in settings_in_force(config)} == {"attrib.toml"}


def test_extend_select_without_select_is_still_every_rule(tmp_path: Path) -> None:
    assert settings(tmp_path, 'extend-select = ["credit-missing"]').selected == ()


def test_paths_start_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    monkeypatch.chdir(tmp_path / "news")
    assert settings(tmp_path, 'root = "public"').root == Path("../public")


def test_files_are_spared_rules_by_patterns_as_git_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "drafts").mkdir()
    monkeypatch.chdir(tmp_path / "drafts")
    config = settings(tmp_path, FULL)
    assert config.ignored_in("a.html") == ("credit-missing",)
    assert config.ignored_in("../a.html") == ()
    assert config.ignored_in("../news/a.md") == ("alt",)
    assert config.ignored_in(str(tmp_path / "drafts/b.md")) == ("credit-missing", "alt")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('selct = ["alt"]', "Did you mean 'select'?"),
        ('select = ["alt-mising"]', "Did you mean 'alt-missing'?"),
        ('ignore = "alt"', "must be a list of strings"),
        ('[severity]\ncredit-mising = "error"', "Did you mean 'credit-missing'?"),
        ('[severity]\ncredit-missing = "errror"', "Did you mean 'error'?"),
        ("[severity]\ncredit-missing = 3", "severity: credit-missing: must be one of"),
        ('[per-file-ignores]\n"*.md" = "alt"', "per-file-ignores: *.md: must be a list"),
        ("[tool.attrib]\nignore = []", "without [tool.attrib]"),
        ('[per-file-ignores]\n"*.md" = ["alt-mising"]', "Did you mean 'alt-missing'?"),
        ("per-file-ignores = 1", "must be a table"),
        ("severity = []", "must be a table"),
        ('fail-on = "eror"', "Did you mean 'error'?"),
        ("require-credit = 1", "must be true or false"),
        ("alt-length = 0", "whole number above 0"),
        ("alt-length = true", "whole number above 0"),
        ('root = ""', "must be a path"),
        ("select = [", "cannot be read"),
        ("\xff", "cannot be read"),
    ],
)
def test_what_means_nothing_is_an_error_that_helps(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "attrib.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert says in str(caught.value) and "attrib.toml" in str(caught.value)


def test_pyproject_counts_when_it_has_the_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.attrib]\nfail-on = 'never'\n")
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    (below / "pyproject.toml").write_text("[project]\nname = 'attrib-user'\n")
    assert find_config(below) == (tmp_path / "pyproject.toml").resolve()
    assert load_config(find_config(below)).fail_on == "never"
    (tmp_path / "attrib.toml").write_text("")
    assert find_config(below) == (tmp_path / "attrib.toml").resolve()


def test_the_top_of_the_repository_ends_the_search(tmp_path: Path) -> None:
    (tmp_path / "attrib.toml").write_text("")
    below = tmp_path / "a"
    (below / ".git").mkdir(parents=True)
    assert find_config(below) is None
    assert load_config(None) == Config()


def test_a_named_file_without_settings_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no table"):
        settings(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")
    with pytest.raises(ConfigError, match="must be a table"):
        settings(tmp_path, "tool.attrib = 1\n", "pyproject.toml")


def test_rules_are_named_by_name_group_or_pattern() -> None:
    known_rules(["caption-repeated", "alt", "credit-*", "residue"])
    with pytest.raises(ConfigError, match="no rule 'zzz'"):
        known_rules(["zzz"])


@pytest.mark.parametrize("key", KEYS)
def test_the_example_of_every_key_is_read_as_that_key(tmp_path: Path, key: str) -> None:
    config = settings(tmp_path, KEYS[key].example)
    assert list(config.origin) == [key]
    default = {name: value for name, value, _ in settings_in_force(Config())}
    assert {name for name, value, _ in settings_in_force(config) if value != default[name]} == {key}


def test_every_field_of_the_settings_has_a_key() -> None:
    kept = {field.name for field in fields(Config)} - {"file", "house", "origin"} | {f.name for f in fields(House)}
    assert {key.replace("-", "_") for key in KEYS} == kept


def test_settings_are_shown_with_what_they_mean(tmp_path: Path) -> None:
    (tmp_path / "attrib.toml").write_text('fail-on = "warning"\n')
    _, text, _ = run("config", cwd=tmp_path)
    assert f'  fail-on           "warning"  (attrib.toml)\n{" " * 20}{KEYS["fail-on"].meaning}\n' in text
    _, text, _ = run("config", "--format", "json", cwd=tmp_path)
    shown = json.loads(text)["settings"]
    assert shown["fail-on"] == {"value": "warning", "from": "attrib.toml", "meaning": KEYS["fail-on"].meaning}
    assert list(shown) == list(KEYS)
