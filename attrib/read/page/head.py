"""What the page says of itself in its head: title, address, date, language.

In: a `Tree`. Out: a `Head`. Only what is written; nothing is guessed from the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain

from .tree import Tree

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?")
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dc.date",
    "parsely-pub-date",
    "publish-date",
    "pubdate",
    "sailthru.date",
    "last-modified",
)


@dataclass(slots=True)
class Head:
    """Title, canonical address, ISO date, language, and every `<meta>` by its name (first one wins)."""

    title: str = ""
    url: str = ""
    published: str = ""
    language: str = ""
    base: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first meta of these names that says something."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return ""

    def pictures(self) -> list[str]:
        """The addresses the head names as the page's picture."""
        found: list[str] = []
        for name in ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"):
            found += self.meta.get(name, ())
        return [url for url in found if url][:12]


def read_head(tree: Tree) -> Head:
    """Read the head (and metas that strayed into the body)."""
    head = Head()
    titles = canonical = ""
    for i in sorted(chain.from_iterable(tree.of[tag] for tag in ("meta", "link", "title", "html", "base"))):
        tag, attr = tree.tags[i], tree.nodes[i].attr
        if tag == "meta":
            name = attr("property") or attr("name") or attr("itemprop")
            content = attr("content") if name else None
            if name and content is not None and len(head.meta) < 400:
                head.meta.setdefault(name.lower(), []).append(content.strip())
        elif tag == "link":
            if not canonical and "canonical" in (attr("rel") or "").lower().split():
                canonical = attr("href") or ""
        elif tag == "title" and not titles and tree.tags[tree.parent[i]] != "svg":
            titles = " ".join(tree.nodes[i].text.split())
        elif tag == "html" and not head.language:
            head.language = attr("lang") or attr("xml:lang") or ""
        elif tag == "base" and not head.base:
            head.base = attr("href") or ""
    head.title = head.first("og:title", "twitter:title") or titles
    head.url = canonical.strip() or head.first("og:url")
    if not head.url.startswith(("http://", "https://")):
        head.url = head.first("og:url") or head.url
    for name in _PUBLISHED:
        match = _DATE.match(head.first(name))
        if match:
            head.published = match[0]
            break
    if not head.language:
        head.language = head.first("og:locale", "content-language", "language").replace("_", "-")
    return head
