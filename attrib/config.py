"""What a newsroom has settled for its articles: which rules, how severe, whose words.

In: `[tool.attrib]` of the nearest pyproject.toml, or attrib.toml. Out: `Config`, which knows where each value came
from. An unknown rule, key or value is a `ConfigError` that names the nearest one that exists.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .keys import KEYS, ConfigError, unknown
from .model import House, Severity, plain

if TYPE_CHECKING:
    from .register import Register

__all__ = ["Config", "find_config", "load_config", "load_register", "settings_in_force"]

NAMES = ("attrib.toml", "pyproject.toml")  # in one folder the first wins


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
    source_map: tuple[str, ...] = ()
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
    """The settings of a file; the defaults for None. Raises ValueError, which says where and what to write instead."""
    if file is None:
        return Config()
    table = _table(file)
    if table is None:
        raise ConfigError(f"{file}: there is no table [tool.attrib] in it. Add it, or name another file.")
    values: dict[str, Any] = {"file": file}
    house: dict[str, Any] = {}
    for key, value in table.items():
        if key == "tool" and file.name != "pyproject.toml":
            raise ConfigError(f"{file}: here the keys stand by themselves, without [tool.attrib].")
        if key not in KEYS:
            raise ConfigError(f"{file}: {unknown('setting', key, KEYS)}")
        try:
            read = KEYS[key].read(value)
        except ConfigError as error:
            raise ConfigError(f"{file}: {key}: {error}") from error
        if isinstance(read, Path):  # paths in a file start from that file
            read = Path(os.path.relpath(file.parent / read)) if not read.is_absolute() else read
        (house if KEYS[key].house else values)[_field(key)] = read
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
    except FileNotFoundError as error:
        raise ConfigError(f"the register {file}: is not there. Check the path.") from error
    except IsADirectoryError as error:
        raise ConfigError(f"the register {file}: is a folder. Name a file in it.") from error
    except OSError as error:
        raise ConfigError(
            f"the register {file}: cannot be read: {_why(error)}. Check the path and its permissions."
        ) from error


def settings_in_force(config: Config) -> list[tuple[str, Any, str]]:
    """Each key with its value, JSON-ready, and where it was set; empty for a default."""
    return [(key, _value(key, config), config.origin.get(key, "")) for key in KEYS]


def _value(key: str, config: Config) -> Any:
    value = getattr(config.house if KEYS[key].house else config, _field(key))
    if key == "select":
        return plain(value or ("all",))
    if isinstance(value, Path):
        return value.as_posix()
    return plain(dict(value) if key in ("per-file-ignores", "severity") else value)


def _field(key: str) -> str:
    return key.replace("-", "_")


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _table(file: Path) -> dict[str, Any] | None:
    """The table of settings in a file; None for a pyproject.toml that has none."""
    try:
        text = file.read_text("utf-8")
        if file.name == "pyproject.toml" and "attrib" not in text:
            return None  # most have nothing for us; and reading them all would cost
        import tomli

        data = tomli.loads(text)
    except FileNotFoundError as error:
        raise ConfigError(f"{file}: is not there. Check the path.") from error
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {_why(error)}. Check the path and its permissions.") from error
    except ValueError as error:
        raise ConfigError(f"{file}: cannot be read: {error}. Write it as TOML in UTF-8.") from error
    if file.name != "pyproject.toml":
        return data
    table = data.get("tool", {}).get("attrib")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{file}: tool.attrib must be a table: write its keys below [tool.attrib].")
    return table
