"""GET over urllib with limits; imported only when the network is used, since urllib costs more than a check.

In: an address. Out: `Answer` or `Failure`. Only `web` imports it.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import time
import urllib.error
import urllib.request
import zlib
from urllib.parse import urlsplit

from ..model import Failure
from .disk import reason, too_large
from .web import Answer, ascii_address

_AGENT = "attrib (+checks pictures in articles)"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but not into the local network."""

    def __init__(self, trusted: frozenset[str]) -> None:
        self.trusted = trusted

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if _is_refused(newurl, self.trusted):
            raise urllib.error.URLError("it redirects to an address of the local network")
        return super().redirect_request(req, fp, code, msg, headers, ascii_address(newurl))


def get(url: str, limit: int, timeout: float, trusted: frozenset[str]) -> Answer | Failure:
    """The answer to a GET request, or why there is none."""
    remedy = "Check the address and the connection."
    try:
        address = ascii_address(url)
        if _is_refused(address, trusted):
            return Failure(url, "is an address of the local network", "Save it and name the file.")
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip"})  # noqa: S310
        opener = urllib.request.build_opener(_Stay(trusted))
        with opener.open(request, timeout=timeout) as reply:
            data = _read_all(reply, limit, time.monotonic() + 3 * timeout)
            if data is not None and "gzip" in reply.headers.get("Content-Encoding", "").lower():
                data = _gunzip(data, limit)
            if data is None:
                return too_large(url, limit)
            return Answer(data, reply.headers.get("Content-Type", ""), reply.url)
    except urllib.error.HTTPError as error:
        error.close()
        return Failure(url, f"the server answered {error.code} {error.reason}", "Check the address.")
    except TimeoutError:
        return Failure(url, f"no answer within {timeout:.0f} seconds", "Try again later.")
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            return Failure(url, f"no answer within {timeout:.0f} seconds", "Try again later.")
        what = reason(error.reason) if isinstance(error.reason, Exception) else str(error.reason)
        return Failure(url, f"cannot be fetched: {what}", remedy)
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        return Failure(url, f"cannot be fetched: {reason(error)}", remedy)


def _read_all(reply: http.client.HTTPResponse, limit: int, deadline: float) -> bytes | None:
    """The body; None when it is larger than allowed. A server that drips is cut off at the deadline."""
    parts, size = [], 0
    while part := reply.read1(65536):
        size += len(part)
        if size > limit:
            return None
        if time.monotonic() > deadline:
            raise TimeoutError
        parts.append(part)
    return b"".join(parts)


def _gunzip(data: bytes, limit: int) -> bytes | None:
    """The body unpacked; None when it would be larger than allowed."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    out = inflater.decompress(data, limit + 1)
    return None if len(out) > limit else out


def _is_refused(url: str, trusted: frozenset[str]) -> bool:
    """Whether an address leads into the machine or its local network. Unknown hosts are left to fail on their own."""
    parts = urlsplit(url)
    if parts.hostname in trusted:
        return False
    try:
        found = socket.getaddrinfo(parts.hostname or "", parts.port or 80, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(str(info[4][0]).partition("%")[0]).is_global for info in found)
