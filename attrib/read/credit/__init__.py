"""A printed credit line → Credit; a printed caption → where its credit stands.

In: text. Out: values of `attrib.model`, with offsets into the text. Nothing here opens a file or looks at markup.
"""

from .look import runs_on
from .parse import credit_of, parse_credit
from .split import Split, split_caption
from .whole import looks_like_credit

__all__ = ["Split", "credit_of", "looks_like_credit", "parse_credit", "runs_on", "split_caption"]
