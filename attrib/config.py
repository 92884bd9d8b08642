"""What a newsroom has settled for its articles: which rules, how severe, whose words.

In: `[tool.attrib]` of the nearest pyproject.toml, or attrib.toml. Out: `Config`, which knows where each value came
from. An unknown rule, key or value is a `ConfigError` that names the nearest one that exists.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .model import House, Severity, plain
from .rule import Rule, rules

if TYPE_CHECKING:
    from .register import Register

__all__ = [
    "Config",
    "ConfigError",
    "find_config",
    "known_rule",
    "known_rules",
    "load_config",
    "load_register",
    "settings_in_force",
]

NAMES = ("attrib.toml", "pyproject.toml")  # in one folder the first wins
FAIL_ON = ("error", "warning", "notice", "never")


class ConfigError(Exception):
    """A setting that means nothing. The message says where it stands and what to write instead."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. Paths are ready to open; `origin` tells for each key that was set where it was set."""

    file: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    house: House = field(default_factory=House)
    root: Path | None = None
    fail_on: str = "error"
    baseline: Path | None = None
    register: Path | None = None
    archive: Path | None = None
    edit_url: str = ""
    cache_dir: Path | None = None
    origin: Mapping[str, str] = field(default_factory=dict)

    @property
    def selected(self) -> tuple[str, ...]:
        """The patterns of the rules to apply; empty for all."""
        return (*self.select, *self.extend_select) if self.select else ()

    def ignored_in(self, source: str) -> tuple[str, ...]:
        """The patterns of the rules that this source is spared."""
        if not self.per_file_ignores:
            return ()
        from pathspec import GitIgnoreSpec

        folder = self.file.parent if self.file else Path()
        path = source if "://" in source else Path(os.path.relpath(source, folder)).as_posix()
        return tuple(
            name
            for pattern, names in self.per_file_ignores
            if GitIgnoreSpec.from_lines([pattern]).match_file(path)
            for name in names
        )


def find_config(start: Path | None = None) -> Path | None:
    """The nearest file with settings, in `start` (the current folder) or above it, up to the top of the repository."""
    here = (start or Path()).resolve()
    for folder in (here, *here.parents):
        for name in NAMES:
            file = folder / name
            if file.is_file() and (name != "pyproject.toml" or _table(file) is not None):
                return file
        if (folder / ".git").exists():
            return None
    return None


def load_config(file: Path | None) -> Config:
    """The settings of a file; the defaults for None. Raises ConfigError."""
    if file is None:
        return Config()
    table = _table(file)
    if table is None:
        raise ConfigError(f"{file}: there is no table [tool.attrib] in it.")
    values: dict[str, Any] = {"file": file}
    house: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise ConfigError(f"{file}: {unknown('setting', key, _KEYS)}")
        try:
            read = _KEYS[key](value)
        except ConfigError as error:
            raise ConfigError(f"{file}: {key}: {error}") from error
        if isinstance(read, Path):  # paths in a file start from that file
            read = Path(os.path.relpath(file.parent / read)) if not read.is_absolute() else read
        (house if key in _HOUSE else values)[key.replace("-", "_")] = read
    place = os.path.relpath(file)
    return Config(**values, house=House(**house), origin=dict.fromkeys(table, place))


def load_register(file: Path) -> Register:
    """The register in a file, which is read only by runs that check. Raises ConfigError, naming file and row."""
    from .register import RegisterError, parse_register

    try:
        return parse_register(file.read_text("utf-8"), file.as_posix())
    except RegisterError as error:
        raise ConfigError(f"the register {error}.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"the register {file}: line {line}: is not UTF-8. Save it again as UTF-8.") from error
    except OSError as error:
        raise ConfigError(f"the register {file}: {(error.strerror or str(error)).lower()}.") from error


def settings_in_force(config: Config) -> list[tuple[str, Any, str]]:
    """Each key with its value, JSON-ready, and where it was set; empty for a default."""
    house = {key: getattr(config.house, key.replace("-", "_")) for key in _HOUSE}
    values: dict[str, Any] = {
        "select": config.select or ("all",),
        "ignore": config.ignore,
        "extend-select": config.extend_select,
        "per-file-ignores": dict(config.per_file_ignores),
        "severity": dict(config.severity),
        "root": config.root and config.root.as_posix(),
        "fail-on": config.fail_on,
        "baseline": config.baseline and config.baseline.as_posix(),
        "register": config.register and config.register.as_posix(),
        "archive": config.archive and config.archive.as_posix(),
        "edit-url": config.edit_url,
        "cache-dir": config.cache_dir and config.cache_dir.as_posix(),
        **house,
    }
    return [(key, plain(value), config.origin.get(key, "")) for key, value in values.items()]


def known_rule(name: str) -> str:
    """The name of a rule that exists. Raises ConfigError."""
    if name in rules():
        return name
    raise ConfigError(unknown("rule", name, rules()))


def known_rules(patterns: Iterable[str]) -> None:
    """Nothing, when every pattern names a rule, a group, or several by a pattern. Raises ConfigError."""
    known = rules().values()
    words = {word for rule in known for word in (rule.name, rule.group, rule.module)}
    for pattern in patterns:
        if pattern not in words and not any(names(pattern, rule) for rule in known):
            raise ConfigError(unknown("rule", pattern, words))


def names(pattern: str, rule: Rule) -> bool:
    """Whether a pattern names a rule: by its name, its group, or with wildcards."""
    return pattern in (rule.group, rule.module) or fnmatchcase(rule.name, pattern)


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """There is no such thing; the nearest that there is."""
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"there is no {what} {name!r}." + (f" Did you mean {near[0]!r}?" if near else "")


def _table(file: Path) -> dict[str, Any] | None:
    """The table of settings in a file; None for a pyproject.toml that has none."""
    try:
        text = file.read_text("utf-8")
        if file.name == "pyproject.toml" and "attrib" not in text:
            return None  # most have nothing for us; and reading them all would cost
        import tomli

        data = tomli.loads(text)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    if file.name != "pyproject.toml":
        return data
    table = data.get("tool", {}).get("attrib")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{file}: tool.attrib must be a table.")
    return table


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f'must be a list of strings such as ["a", "b"], not {_show(value)}.')
    return tuple(value)


def _rules(value: object) -> tuple[str, ...]:
    patterns = _strings(value)
    known_rules(patterns)
    return patterns


def _by_file(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ConfigError(f'must be a table such as {{"drafts/*" = ["credit-missing"]}}, not {_show(value)}.')
    return tuple((pattern, _rules(patterns)) for pattern, patterns in value.items())


def _severities(value: object) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise ConfigError(f'must be a table such as {{credit-missing = "error"}}, not {_show(value)}.')
    return {known_rule(name): Severity(_one_of(*Severity)(level)) for name, level in value.items()}


def _one_of(*choices: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            wanted = ", ".join(repr(str(choice)) for choice in choices)
            from difflib import get_close_matches

            near = get_close_matches(str(value), choices, n=1)
            hint = f" Did you mean {str(near[0])!r}?" if near else ""
            raise ConfigError(f"must be one of {wanted}, not {_show(value)}.{hint}")
        return value

    return read


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"must be true or false, not {_show(value)}.")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ConfigError(f"must be a whole number above 0, not {_show(value)}.")
    return value


def _path(value: object) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ConfigError(f"must be a path, not {_show(value)}.")
    return Path(value)


def _edit_url(value: object) -> str:
    """An address with places to be filled in, none of them in what says whose address it is."""
    example = '"https://cms.example/edit?file={source}&line={line}"'
    if not isinstance(value, str) or not re.match(r"https?://[^/?#{}\s]+(?:[/?#]|$)", value, re.I):
        raise ConfigError(f"must be an address that begins with https:// such as {example}, not {_show(value)}.")
    if wrong := re.findall(r"\{(?!(?:source|line|column)\})[^}]*\}?", value):
        raise ConfigError(f"has {wrong[0]} in it; what can be filled in is {{source}}, {{line}} and {{column}}.")
    return value


def _show(value: object) -> str:
    return re.sub(r"\s+", " ", repr(value))[:80]


_HOUSE: dict[str, Callable[[object], Any]] = {
    "require-credit": _truth,
    "alt-length": _number,
    "labels": _strings,
    "agencies": _strings,
}
_KEYS: dict[str, Callable[[object], Any]] = {
    "select": _rules,
    "ignore": _rules,
    "extend-select": _rules,
    "per-file-ignores": _by_file,
    "severity": _severities,
    "root": _path,
    "fail-on": _one_of(*FAIL_ON),
    "baseline": _path,
    "register": _path,
    "archive": _path,
    "edit-url": _edit_url,
    "cache-dir": _path,
    **_HOUSE,
}
