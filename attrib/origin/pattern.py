"""A pattern from built pages to their source files: `public/{path}/index.html=content/{path}.md`.

In: its text; then the path of a page. Out: a `Pattern`; then the source file that it means, as a pattern of the shell.
Paths have forward slashes and start from one folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from glob import escape

__all__ = ["Pattern", "read_pattern"]

_WORD = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """`built` is found in whole in a page's path; `source` is filled with what its words stand for."""

    built: re.Pattern[str]
    source: str

    def of(self, page: str) -> Iterator[str]:
        """The source file that a page means, if it is one of these; it need not exist."""
        if found := self.built.fullmatch(page):
            yield _WORD.sub(lambda word: escape(found[word[1]]), self.source)


def read_pattern(text: str) -> Pattern:
    """The pattern of `built=source`, where {path} stands for folders and a name, any other word for one name.

    Raises ValueError, saying what is wrong with it.
    """
    built, equals, source = (part.strip() for part in text.partition("="))
    if not equals or not built or not source:
        raise ValueError(
            "must be a built page, an equals sign and its source: public/{path}/index.html=content/{path}.md"
        )
    words = _WORD.findall(built)
    if twice := next((word for word in words if words.count(word) > 1), None):
        raise ValueError(f"{{{twice}}} stands twice before the equals sign")
    if unknown := next((word for word in _WORD.findall(source) if word not in words), None):
        raise ValueError(f"{{{unknown}}} stands behind the equals sign only")
    if source.startswith(("/", "../")) or "/../" in source or re.match(r"\w:", source):
        raise ValueError(f"the source {source} must be a path within the folder of the settings")
    parts = _WORD.split(built)  # text, word, text, …
    regex = "".join(
        re.escape(part) if i % 2 == 0 else f"(?P<{part}>{'.+' if part == 'path' else '[^/]+'})"
        for i, part in enumerate(parts)
    )
    return Pattern(re.compile(regex, re.DOTALL), source)
