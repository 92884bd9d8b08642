"""What a rule is: a function with a name, a docstring that is its documentation, and the facts it needs.

In: functions marked with `@rule`. Out: `Rule` values, found by `rules()` in the modules of `attrib.rules`; adding a
rule is writing one function there, with no list to keep.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from .model import Confidence, Figure, Finding, Page, Severity

Check = Callable[..., Iterable[Finding]]
_registry: dict[str, Rule] = {}
LATE = frozenset({"pixels", "archive"})  # facts that need more than the page and its files
_FACTS = ("file ", "register ")  # how a line of an example begins that is no part of its page


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a page from a docstring, with the facts that go with it (`file a.jpg: xmp creator = Jane Doe`)."""

    page: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A check and everything said about it.

    `on` is what the function is called with: `Figure` (each figure of the article), `Page`, or `tuple` (all pages of
    the run at once). Further parameters are given by name: `page`, `house`, `register`. `needs` names facts that must
    have been looked at: `file`, `pixels`; or `register`, without which a rule is left out. `module` is where it is
    written, and `verify_page` is a second sheet of `verify`.
    """

    name: str
    on: type
    severity: Severity
    confidence: Confidence
    needs: tuple[str, ...]
    fixable: bool
    check: Check
    module: str
    summary: str
    why: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    wants: tuple[str, ...]

    @property
    def late(self) -> bool:
        """Whether it asks what other pages or the archive show, so that it waits until all pages were looked at."""
        return self.on is tuple or not LATE.isdisjoint(self.needs)

    @property
    def group(self) -> str:
        """The first word of the name: caption, credit, alt, image, text, …"""
        return self.name.partition("-")[0]


def rule(
    name: str,
    *,
    on: type,
    severity: Severity,
    confidence: Confidence = Confidence.HIGH,
    needs: tuple[str, ...] = (),
    fixable: bool = False,
) -> Callable[[Check], Check]:
    """Mark a function as a rule. Its name states the fault and never changes without an alias.

    Raises ValueError for a name that is taken or not kebab-case, or a docstring without Bad and Good.
    """

    def keep(check: Check) -> Check:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name) or name in _registry:
            raise ValueError(f"rule name {name!r} is taken or not kebab-case")
        summary, why, bad, good = _read_docstring(name, inspect.getdoc(check) or "")
        module = check.__module__.rpartition(".")[2].partition("_")[0]
        wants = tuple(inspect.signature(check).parameters)[1:]
        _registry[name] = Rule(
            name=name, on=on, severity=severity, confidence=confidence, needs=needs, fixable=fixable, check=check,
            module=module, summary=summary, why=why, bad=bad, good=good, wants=wants,
        )  # fmt: skip
        return check

    if on not in (Figure, Page, tuple):
        raise ValueError(f"rule {name!r}: on must be Figure, Page or tuple")
    return keep


def _read_docstring(name: str, doc: str) -> tuple[str, str, tuple[Example, ...], tuple[Example, ...]]:
    """Summary, why, and the Bad and Good examples of a rule's docstring."""
    head, *rest = re.split(r"^(Bad|Good):[ \t]*\n", doc, flags=re.M)
    summary, _, why = head.strip().partition("\n")
    examples: dict[str, list[Example]] = {"Bad": [], "Good": []}
    for which, body in zip(rest[::2], rest[1::2], strict=True):
        lines = textwrap.dedent(body).strip("\n").split("\n")
        facts = tuple(line for line in lines if line.startswith(_FACTS))
        page = "\n".join(line for line in lines if not line.startswith(_FACTS))
        examples[which].append(Example(page.strip("\n") + "\n", facts))
    if not summary or not why.strip() or not examples["Bad"] or not examples["Good"]:
        raise ValueError(f"rule {name!r}: the docstring wants a summary, why it matters, Bad: and Good:")
    return summary.strip(), why.strip(), tuple(examples["Bad"]), tuple(examples["Good"])


def rules() -> dict[str, Rule]:
    """Every rule by name, sorted. The modules of `attrib.rules` are imported on the first call."""
    _load()
    return dict(sorted(_registry.items()))


@cache
def _load() -> None:
    package: Any = importlib.import_module(".rules", __package__)
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
