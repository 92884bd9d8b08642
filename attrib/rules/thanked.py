"""Whether a page says once who took several of its pictures.

In: the page. Out: the answer. It is said by a credit ("Fotos: Ana Ruiz"), by such a line that is none, or above the
text with who made the article: "Eva Berg (text) and Ana Ruiz (photography)". A headline or a link that leads to other
pictures says nothing: "Storm hits the pier (PHOTOS)".
"""

from __future__ import annotations

import re
from functools import cache

from .. import wordings
from ..lexicon import fold, given_names, several
from ..model import Page
from ..printed import by_words

__all__ = ["thanked_together"]

RUNNING = 120  # characters of a paragraph: shorter ones are lines above the text as often as text
ABOVE = 20_000  # characters of source above the text, in which it says who made it

# What an element holds: a word or two, a colon, and words that begin as names do. Before it the tags that open it.
_LINE = re.compile(
    r"((?:<[^<>]{0,300}>\s{0,99}){1,5})([^\W\d_][^<>:]{2,30}):"
    r"\s*[^\W\d_a-zß-ÿ][\w.'’-]*(?:[ ,/&]{1,3}[^\W\d_a-zß-ÿ][\w.'’-]*){1,6}\s*<"
)
_ELSEWHERE = re.compile(r"<(?:a|h[1-6]|title)\b", re.I)


def thanked_together(page: Page) -> bool:
    """Whether a page says of several pictures at once who took them."""
    lines = (line[2] for line in _LINE.finditer(page.text) if not _ELSEWHERE.search(line[1]))
    if any(several(f.credit.marker or "") for f in page.article if f.credit) or any(map(several, lines)):
        return True
    text = next((x.span.start for x in page.paragraphs if x.span and len(x.value) >= RUNNING), 0)
    found = _byline().finditer(page.text, max(0, text - ABOVE), text)
    return any(name[1] is None or fold(name[1]) in given_names() for name in found)


@cache
def _byline() -> re.Pattern[str]:
    """Who took the pictures, in a line above the text: behind a "by", or before the job in brackets, which also ends
    headlines: only there the first name is told."""
    took, between = wordings.whole("took-pictures"), r"(?:\s|<[^<>]{0,300}>){1,9}"
    capital = r"(?-i:[^\W\d_a-zß-ÿ])"
    name = rf"\b({capital}[\w'’-]{{1,30}})(?:\s{capital}[\w.'’-]{{0,30}}){{1,3}}"
    return re.compile(rf"{name}{between}\({took}\)|{took}\s{by_words()}{between}{capital}", re.I)
