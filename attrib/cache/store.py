"""Bytes by key in a folder, in SQLite, so that several runs can use it at once.

In: keys and values. Out: the value of a key, exactly as it was put in, or None. Nothing is raised: what is broken is
thrown away and begun anew, what cannot be used is done without, and `trouble` says so in a sentence.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..wal import switch_to_wal

__all__ = ["Store"]

_NAME = "kept.sqlite"
_DAYS = 30  # what no run asked for so long is forgotten
_BATCH = 200  # values written in one transaction
_PATIENCE = 10.0  # seconds to wait for another run that is writing
_FILES = {
    ".gitignore": "# Made by attrib.\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by attrib; see https://bford.info/cachedir/\n",
}
_TABLES = """
CREATE TABLE IF NOT EXISTS about (version BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL, sum BLOB NOT NULL, day INTEGER NOT NULL)
WITHOUT ROWID;
"""
# What another run, the disk or its permissions are to blame for, and not what is in the file.
_NO_FAULT = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM,
)  # fmt: skip


class Store:
    """The values in a folder. All are of one `version`; those of another are forgotten when it is opened."""

    def __init__(self, folder: Path, version: bytes) -> None:
        self.trouble = ""
        self._folder = folder
        self._version = version
        self._base: sqlite3.Connection | None = None
        self._fresh: dict[bytes, bytes] = {}
        self._used: list[bytes] = []
        self._day = int(time.time()) // 86_400

    def open(self) -> None:
        """Make the folder if need be, and open what is in it."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name != "nt" and self._folder.stat().st_mode & 0o022:
                self.trouble = (
                    f"the cache {self._folder} can be written by others, so it is not believed. "
                    "Remove it, or take away their right to write."
                )
                return
            for name, text in _FILES.items():
                if not (self._folder / name).exists():
                    (self._folder / name).write_text(text, "utf-8")
        except OSError as error:
            self._do_without(error.strerror or str(error))
            return
        with self._guarded():
            self._connect()

    def get(self, key: bytes) -> bytes | None:
        """The value of a key."""
        with self._guarded():
            if self._base is None:
                return None
            row = self._base.execute("SELECT value, sum, day FROM kept WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            if _sum(row[0]) != row[1]:
                raise sqlite3.DatabaseError("a value is not what was written")
            if row[2] != self._day:
                self._used.append(key)
            value: bytes = row[0]
            return value
        return None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value, in place of the one before."""
        self._fresh[key] = value
        if len(self._fresh) >= _BATCH:
            self._write()

    def throw_away(self, why: str) -> None:
        """Forget everything: it is not what was written here."""
        self.trouble = f"the cache {self._folder} was broken ({why}), and is begun anew."
        self._disconnect()
        try:
            for end in ("", "-wal", "-shm"):
                self._folder.joinpath(f"{_NAME}{end}").unlink(missing_ok=True)
            self._connect()
        except (OSError, sqlite3.Error) as error:
            self._do_without(str(error))

    def close(self) -> None:
        """Write what is not yet written, and forget what nobody asked for in a long time."""
        self._write()
        with self._guarded():
            if self._base is not None and self._used:
                with self._turn() as base:
                    base.executemany("UPDATE kept SET day = ? WHERE key = ?", [(self._day, key) for key in self._used])
                    base.execute("DELETE FROM kept WHERE day < ?", (self._day - _DAYS,))
        self._disconnect()

    def _connect(self) -> None:
        """Open the file; values of another version are forgotten."""
        self._base = sqlite3.connect(self._folder / _NAME, timeout=_PATIENCE, isolation_level=None)
        switch_to_wal(self._base, _PATIENCE)
        self._base.execute("PRAGMA synchronous = NORMAL")
        if self._base.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            with self._turn() as base:
                for table in _TABLES.split(";"):
                    base.execute(table)
        if self._base.execute("SELECT version FROM about").fetchall() != [(self._version,)]:
            with self._turn() as base:
                base.execute("DELETE FROM kept")
                base.execute("DELETE FROM about")
                base.execute("INSERT INTO about VALUES (?)", (self._version,))

    def _write(self) -> None:
        fresh, self._fresh = self._fresh, {}
        with self._guarded():
            if self._base is not None and fresh:
                with self._turn() as base:
                    base.executemany(
                        "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)",
                        [(key, value, _sum(value), self._day) for key, value in fresh.items()],
                    )

    @contextmanager
    def _turn(self) -> Iterator[sqlite3.Connection]:
        """One transaction, which waits for those of others."""
        assert self._base is not None  # noqa: S101  (asked before)
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield self._base
        except BaseException:
            with suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """What SQLite finds broken is thrown away; what it cannot do, as where the disk is full, is done without."""
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NO_FAULT:
                self._do_without(str(error))
            else:
                self.throw_away(str(error))

    def _do_without(self, why: str) -> None:
        self.trouble = f"the cache {self._folder} cannot be used: {why}. Name another with --cache-dir, or none."
        self._disconnect()

    def _disconnect(self) -> None:
        base, self._base = self._base, None
        if base is not None:
            with suppress(sqlite3.Error):  # it is broken, as was said
                base.close()


def _sum(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=8).digest()
