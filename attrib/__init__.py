"""attrib finds the pictures of a news article with caption and credit, and says what is wrong with them.

    from pathlib import Path

    from attrib import check, load_config

    report = check(Path("public"), config=load_config(Path("attrib.toml")))
    for finding in report.findings:
        print(finding.source, finding.rule, finding.message)

Names are imported when they are used: `import attrib` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Config",
    "Credit",
    "Failure",
    "Figure",
    "Finding",
    "Page",
    "Report",
    "Severity",
    "check",
    "extract",
    "load_config",
    "parse_credit",
]

if TYPE_CHECKING:
    from .api import check, extract
    from .config import Config, load_config
    from .model import Credit, Failure, Figure, Finding, Page, Report, Severity
    from .read.credit import parse_credit

_ROOMS = {
    "Config": "config",
    "check": "api",
    "extract": "api",
    "load_config": "config",
    "parse_credit": "read.credit",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_ROOMS.get(name, 'model')}", __name__), name)
