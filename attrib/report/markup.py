"""Text becomes HTML that shows it and obeys nothing in it: the one way words from pages get into a report's page.

In: any text, the bytes of small pictures. Out: text safe between tags and in quoted attributes; `data:` addresses.
"""

from __future__ import annotations

import base64
import html

from .said import visible

__all__ = ["escaped", "inline"]


def escaped(text: str) -> str:
    """The text for HTML, controls and direction marks shown as their code."""
    return html.escape(visible(text))


def inline(copy: bytes) -> str:
    """The address that holds a small picture itself."""
    kind = "webp" if copy[8:12] == b"WEBP" else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(copy).decode()}"
