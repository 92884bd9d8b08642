"""The store of pictures already seen: fingerprints with credit, caption, page and date, in one SQLite file.

In come fingerprints (or files to take them of); out come the pictures that look like one asked for. Originals need
not be at hand: a thumbnail in the store is what a pair is verified on. One writer at a time holds the file for one
picture or one page, waits for its turn, and may be killed at any moment; readers never wait. Beside the file lies an
index (`NAME.index`) that is only a copy: it is made anew whenever it is missing or too old.
"""

from attrib.archive.base import ArchiveError
from attrib.archive.rows import Entry
from attrib.archive.seen import learn, seen
from attrib.archive.store import Archive, Found

__all__ = ["Archive", "ArchiveError", "Entry", "Found", "learn", "seen"]
