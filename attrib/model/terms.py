"""The words of the field that are counted among a few: how bad, how sure, where on the page, what sort of party."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How bad a fault is. `error` stops a publication by default, `notice` only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure the finding is. Anything below `high` is worded as a question to a person."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the surest."""
        return list(Confidence).index(self)


class Region(StrEnum):
    """Where a figure stands on the page. Only lead, body and gallery belong to the article."""

    LEAD = "lead"
    BODY = "body"
    GALLERY = "gallery"
    TEASER = "teaser"
    CHROME = "chrome"

    in_article: bool  # whether a figure here is one of the article's own

    def __init__(self, name: str) -> None:
        self.in_article = name not in ("teaser", "chrome")


class Kind(StrEnum):
    """What sort of party is thanked in a credit line."""

    PERSON = "person"
    PSEUDONYM = "pseudonym"
    HANDLE = "handle"
    CONTRIBUTOR = "contributor"
    AGENCY = "agency"
    COLLECTION = "collection"
    STOCK_LIBRARY = "stock_library"
    PUBLISHER = "publisher"
    ORGANISATION = "organisation"
    PLATFORM = "platform"


MAKERS = (Kind.PERSON, Kind.PSEUDONYM, Kind.HANDLE)  # whoever made a picture, by a name of their own
HOUSES = (Kind.AGENCY, Kind.COLLECTION, Kind.STOCK_LIBRARY)  # whoever deals in pictures


class Relation(StrEnum):
    """What a party has to do with the picture: made it, stood behind it, supplied it, passed it on, lent it."""

    CREATOR = "creator"
    SOURCE = "source"
    SUPPLIER = "supplier"
    VIA = "via"
    COURTESY = "courtesy"


class State(StrEnum):
    """Why a finding does not count: the page itself allows it, a baseline knows it, or somebody accepted it."""

    ALLOWED = "allowed"
    KNOWN = "known"
    ACCEPTED = "accepted"


class LineKind(StrEnum):
    """What one printed line beside a picture is."""

    PICTURE = "picture"
    CAPTION = "caption"
    CREDIT = "credit"
    LABEL = "label"
    ADVERTISEMENT = "advertisement"
    FILE_NAME = "file-name"
    RELATED = "related"
    PLAYER = "player"
    OTHER = "other"
