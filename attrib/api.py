"""attrib for programs: an article or a folder of them in, what is wrong with its pictures out.

In: a page (its text or bytes), a path, an address. Out: a `Report` of what is wrong, or a `Page` of what was found.
Settings are those handed over: no file is looked for, and nothing is fetched unless `online` says so.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .config import Config, load_register
from .engine import check_sources, read_source
from .fetch import OpenWeb, Source, is_address, kind_of_name, sources
from .model import Failure, Page, Report
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check", "extract", "settings_of"]


def check(article: str | bytes | Path, *, config: Config | None = None, name: str = "", online: bool = False) -> Report:
    """What is wrong with the pictures of an article, or of all articles in a folder: `attrib check` for programs.

    `article` is a page itself (bytes as they came, or text with markup or several lines), a path, or an address, which
    is only fetched when `online`. `name` is what a page without a path is called; its ending tells text and Markdown
    from HTML. `config` is what `load_config` read; without one every default holds, whatever files are about.

    Never raises for what an article holds or lacks: what could not be read is in `Report.failures`, and
    `Report.complete` is false then. Raises ValueError, saying why, for a register or baseline of the settings that
    cannot be read.
    """
    config = config or Config()
    settings = replace(settings_of(config), web=_web(article, online))
    report = check_sources(_sources(article, name, settings), settings)
    if config.baseline is None:
        return report
    from datetime import date

    from .baseline import apply_baseline, load_baseline
    from .keys import ConfigError

    known = load_baseline(config.baseline)
    if isinstance(known, Failure):
        raise ConfigError(f"{known.source} {known.what}. {known.remedy}")
    return apply_baseline(report, known, (rule.name for rule in settings.chosen()), date.today().isoformat())[0]


def extract(article: str | bytes | Path, *, name: str = "", online: bool = False) -> Page:
    """The pictures of one article with captions, credits and alt texts: `attrib extract` for programs.

    `article`, `name` and `online` are those of `check`. Raises ValueError, saying why, for what cannot be read.
    """
    source, *more = islice(_sources(article, name, Settings(web=_web(article, online))), 2)
    if more:
        raise ValueError(f"{article!s}: holds several articles. Name one of them.")
    read = source if isinstance(source, Failure) else read_source(source, figures_only=True)
    if isinstance(read, Failure):
        raise ValueError(f"{read.source}: {read.what}. {read.remedy}".rstrip())
    return read


def settings_of(config: Config) -> Settings:
    """What a run looks for and how, by these settings alone. Raises ConfigError for a register that cannot be read."""
    return Settings(
        select=config.selected,
        ignore=config.ignore,
        severity=config.severity,
        house=config.house,
        root=config.root,
        register=load_register(config.register) if config.register else None,
        archive=config.archive,
        spared=config.ignored_in if config.per_file_ignores else None,
    )


def _sources(article: str | bytes | Path, name: str, settings: Settings) -> Iterable[Source | Failure]:
    """A page that was handed over is one source; a name stands for what is found under it."""
    if isinstance(article, bytes) or (isinstance(article, str) and _is_page(article)):
        data, charset = (article, None) if isinstance(article, bytes) else (article.encode("utf-8", "replace"), "utf-8")
        return [Source(name or "page", data, kind=kind_of_name(name) or "html", charset=charset)]
    return sources([article if isinstance(article, str) else article.as_posix()], web=settings.web)


def _is_page(text: str) -> bool:
    """Whether a text is a page and not the name of one: no path has markup or lines, and an empty page is one."""
    return "<" in text or "\n" in text or not text.strip()


def _web(article: str | bytes | Path, online: bool) -> OpenWeb | None:
    host = urlsplit(article).hostname if isinstance(article, str) and is_address(article) else None
    return OpenWeb(trusted=frozenset([host] if host else ())) if online else None
