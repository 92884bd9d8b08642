"""SQLite's write-ahead log, switched on by several who open one file in the same moment."""

from __future__ import annotations

import sqlite3
import time

__all__ = ["switch_to_wal"]

_STEP = 0.02  # seconds between two tries


def switch_to_wal(base: sqlite3.Connection, patience: float) -> None:
    """Switch a file to its write-ahead log. SQLite does not wait its turn for this: `patience` seconds are waited here.

    Raises `sqlite3.OperationalError` when others still hold the file then, and at once for any other reason.
    """
    until = time.monotonic() + patience
    while True:
        try:
            base.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as refusal:
            if refusal.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_STEP)
        else:
            return
