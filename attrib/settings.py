"""What a run looks for and how: which rules, how severe, whose words, and what it may open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from .model import House, Severity
from .rule import Rule, rules

if TYPE_CHECKING:
    from .fetch import Web
    from .register import Register

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run looks for and how.

    `select` and `ignore` hold rule names, groups ("alt") or patterns ("credit-*"); an empty `select` is every rule.
    `root` is the folder that a site's absolute picture paths start from; `web` opens the network. Rules that need a
    `register` or an `archive` are left out without one, and only missed where they were selected by name. With `learn`
    the pictures checked are in the archive afterwards. `quoted` keeps what stands around findings, for reports that
    show it.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    house: House = field(default_factory=House)
    root: Path | None = None
    web: Web | None = None
    register: Register | None = None  # whom this newsroom may credit
    archive: Path | None = None  # of pictures seen before
    learn: bool = False
    quoted: bool = True
    spared: Callable[[str], tuple[str, ...]] | None = None  # what rules, named as in `ignore`, a source is spared

    def chosen(self) -> list[Rule]:
        """The rules this run applies, by name."""
        return [
            rule
            for rule in rules().values()
            if (not self.select or _named(rule, self.select))
            and not _named(rule, self.ignore)
            and (not self.lacks(rule) or rule.name in self.select)
        ]

    def chosen_for(self, source: str) -> list[Rule]:
        """Those of them that this source is not spared."""
        spared = self.spared(source) if self.spared else ()
        return [rule for rule in self.chosen() if not _named(rule, spared)]

    def lacks(self, rule: Rule) -> str:
        """What of the newsroom's own a rule needs and this run was not given."""
        given = {"register": self.register is not None, "archive": self.archive is not None}
        return next((need for need in rule.needs if not given.get(need, True)), "")


def _named(rule: Rule, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(rule.name, p) or p in (rule.group, rule.module) for p in patterns)
