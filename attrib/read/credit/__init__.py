"""A printed credit line → Credit; a printed caption → where its credit stands.

In: text. Out: values of `attrib.model`, with offsets into the text. Nothing here opens a file or looks at markup.
"""

from attrib.read.credit.parse import parse_credit

__all__ = ["parse_credit"]
