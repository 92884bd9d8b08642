"""The frozen values every other room speaks in: a page, its figures, their credits, and what was found wrong.

Values gain facts on the way through the house by `dataclasses.replace`, never by mutation. Three states are kept
apart everywhere: `None` means *not looked at*, an empty value means *looked, nothing there*, and a `Failure` means
*looked, and could not read it*. Offsets are code points into `Page.text`, the decoded source as it was read (line
ends and all), so `page.text[span.start:span.end]` is always exactly the markup that is quoted.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from .finding import MARK, Advice, Edit, Evidence, Finding, LeftOut, Related, Report, Skipped, Suggestion
from .page import House, Page
from .picture import (
    Credit,
    Failure,
    Figure,
    FileCredit,
    FileFacts,
    FileField,
    Image,
    ImageObject,
    Likeness,
    Line,
    Party,
)
from .terms import HOUSES, MAKERS, Confidence, Kind, LineKind, Region, Relation, Severity, State
from .text import Place, Run, Span, Text

__all__ = [
    "HOUSES",
    "MAKERS",
    "MARK",
    "Advice",
    "Confidence",
    "Credit",
    "Edit",
    "Evidence",
    "Failure",
    "Figure",
    "FileCredit",
    "FileFacts",
    "FileField",
    "Finding",
    "House",
    "Image",
    "ImageObject",
    "Kind",
    "LeftOut",
    "Likeness",
    "Line",
    "LineKind",
    "Page",
    "Party",
    "Place",
    "Region",
    "Related",
    "Relation",
    "Report",
    "Run",
    "Severity",
    "Skipped",
    "Span",
    "State",
    "Suggestion",
    "Text",
    "plain",
]


def plain(value: Any) -> Any:
    """A value of this module as JSON-ready lists, dicts, strings and numbers, field by field."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value
