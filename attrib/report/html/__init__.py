"""The report as a page: for editors to read, filter, print and act on.

In: a `Report`, the rules, and `Aids`: small copies of pictures, where pages are edited. Out: pieces of HTML. The page
asks nobody for anything (its own policy forbids it), says everything without its script, and is the same for the same
report. Words in it come from strangers' pages: all of them are escaped.
"""

from __future__ import annotations

from .finding import Aids, Thumbnail
from .page import check_html

__all__ = ["Aids", "Thumbnail", "check_html"]
