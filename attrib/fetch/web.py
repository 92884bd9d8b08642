"""The network behind one method, with the real one and a fake beside it.

In: an address and a limit. Out: `Answer` or `Failure`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote, urlsplit, urlunsplit

from ..model import Failure
from .disk import too_large


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the bytes, its `Content-Type`, and the address after redirects."""

    data: bytes = field(repr=False)
    content_type: str = ""
    url: str = ""


class Web(Protocol):
    """A way to get an address. Passing one in is what `--online` means."""

    def get(self, url: str, limit: int) -> Answer | Failure:
        """The answer to a GET request, or why there is none."""


@dataclass(frozen=True, slots=True)
class FakeWeb:
    """A `Web` made of a dict, for tests: address → bytes, or (bytes, content type)."""

    answers: Mapping[str, bytes | tuple[bytes, str]]

    def get(self, url: str, limit: int) -> Answer | Failure:
        """The prepared answer; a 404 for any other address."""
        found = self.answers.get(url)
        if found is None:
            return Failure(url, "the server answered 404 Not Found", "Check the address.")
        data, content_type = found if isinstance(found, tuple) else (found, "")
        return too_large(url, limit) if len(data) > limit else Answer(data, content_type, url)


@dataclass(frozen=True, slots=True)
class OpenWeb:
    """The real network, by urllib: http and https only, with limits of time (seconds for each wait) and size.

    Addresses of the machine itself and its local network are refused, since a stranger's page may not reach them,
    but for the `trusted` hosts: those a person typed.
    """

    timeout: float = 20.0
    trusted: frozenset[str] = frozenset()

    def get(self, url: str, limit: int) -> Answer | Failure:
        """The answer to a GET request, or why there is none. Redirects are followed within http and https."""
        from .http import get

        return get(url, limit, self.timeout, self.trusted)


def is_address(name: str) -> bool:
    """Whether a name is an http address."""
    return bool(re.match(r"(?i)https?://", name))


def ascii_address(url: str) -> str:
    """An address as servers want it: international host names in punycode, other letters percent-encoded."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    safe = "%/:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme.lower(), host + port, quote(parts.path, safe), quote(parts.query, safe), ""))


def kind_of_answer(content_type: str) -> str:
    """What kind of page a server says it sent; empty when it does not say."""
    media = content_type.partition(";")[0].strip().lower()
    known = {"text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown"}
    return known.get(media, "")  # text/plain says little: many servers send everything so


def charset_of(content_type: str) -> str | None:
    """The charset a server declares, if it does."""
    found = re.search(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)", content_type)
    return found[1] if found else None
