"""attrib finds the pictures of a news article with caption and credit, and says what is wrong with them.

    from attrib import Settings, check_sources, sources

    report = check_sources(sources(["public/"]), Settings(select=("caption",)))
    for finding in report.findings:
        print(finding.source, finding.rule, finding.message)

Names are imported when they are used: `import attrib` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Credit",
    "Failure",
    "Figure",
    "Finding",
    "Page",
    "Report",
    "Settings",
    "Severity",
    "Source",
    "check_sources",
    "extract",
    "parse_credit",
    "read_source",
    "sources",
]

if TYPE_CHECKING:
    from .check import Settings, check_sources, extract, read_source
    from .fetch import Source, sources
    from .model import Credit, Failure, Figure, Finding, Page, Report, Severity
    from .read.credit import parse_credit

_ROOMS = {
    "Settings": "check",
    "Source": "fetch",
    "check_sources": "check",
    "extract": "check",
    "parse_credit": "read.credit",
    "read_source": "check",
    "sources": "fetch",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_ROOMS.get(name, 'model')}", __name__), name)
