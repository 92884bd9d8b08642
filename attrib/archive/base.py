"""The archive's file itself: opened, made, and what SQLite and the disk say put into words a person can act on."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from attrib.model import Failure
from attrib.wal import switch_to_wal

__all__ = ["ArchiveError", "Base"]

APPLICATION = 0x61747472  # "attr", in the file's header
FORMAT = 1  # of the tables
WAIT = 30_000  # ms a writer waits for its turn

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    picture TEXT NOT NULL, page TEXT NOT NULL, caption TEXT NOT NULL, credit TEXT NOT NULL, date TEXT NOT NULL,
    format TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, digest BLOB NOT NULL,
    bytes INTEGER NOT NULL, changed INTEGER NOT NULL, version TEXT NOT NULL, libraries TEXT NOT NULL,
    UNIQUE (picture, page)
);
CREATE TABLE views (
    picture INTEGER NOT NULL REFERENCES pictures ON DELETE CASCADE, nth INTEGER NOT NULL,
    phash BLOB NOT NULL, dhash BLOB NOT NULL, flat INTEGER NOT NULL, sum BLOB NOT NULL,
    points BLOB NOT NULL, thumb BLOB NOT NULL, PRIMARY KEY (picture, nth)
);
"""

# What was known of a page's files when its pictures were remembered; whoever asks writes it, and may forget it.
PAGES = "CREATE TABLE IF NOT EXISTS pages (page TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID"


class ArchiveError(Exception):
    """The archive could not do what was asked; `failure` says why and what to do."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.source}: {failure.what}")
        self.failure = failure


class Base:
    """An archive's file, open. One that is not there is made by the first thing remembered, and till then is empty."""

    def __init__(self, path: str | Path, read_only: bool = False) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self._made = read_only
        self._open()

    def _open(self) -> None:
        with self._words():
            self._base = self._connect()
            try:
                self._settle()
            except BaseException:
                self._base.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def __len__(self) -> int:
        with self._words():
            return int(self._base.execute("SELECT count(*) FROM pictures").fetchone()[0])

    # Opening

    def _connect(self) -> sqlite3.Connection:
        if self.path.is_dir():
            raise self._error("a folder, where an archive's file is expected", "Name a file.")
        if self.read_only and not self.path.exists():
            raise self._error("is not there", "Check the path, or make it with `attrib archive add`.")
        if self.read_only:
            where = self.path.resolve().as_uri()
            beside = os.access(self.path.parent, os.W_OK)
            if not beside and not Path(f"{self.path}-wal").exists():
                where += "?immutable=1"
            else:  # SQLite lays two files beside it, and only who may write to it takes them away again
                where += "?mode=rw" if beside and os.access(self.path, os.W_OK) else "?mode=ro"
            return sqlite3.connect(where, uri=True, timeout=WAIT / 1000, isolation_level=None)
        if not (self._made or self.path.exists()):
            if not os.access(self.path.parent, os.W_OK):  # said now, not when much has been read
                raise self._explained("unable to open")
            return sqlite3.connect(":memory:", isolation_level=None)
        self._made = True
        return sqlite3.connect(self.path, timeout=WAIT / 1000, isolation_level=None)

    def _settle(self) -> None:
        base = self._base
        base.execute(f"PRAGMA busy_timeout = {WAIT}")
        # Asked first: another may be making it at this moment, and what it then says of itself is made with its tables.
        empty = not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        application = base.execute("PRAGMA application_id").fetchone()[0]
        format_ = base.execute("PRAGMA user_version").fetchone()[0]
        if empty and not self.read_only and application in (0, APPLICATION):
            self._make()
            format_ = FORMAT
        elif empty and application == 0:
            raise self._error("an empty file, in which no archive was made yet", "Add pictures to it first.")
        elif application != APPLICATION:
            raise self._error("not an archive of attrib", "Name another file; this one is left as it is.")
        if format_ != FORMAT:
            raise self._error(
                f"an archive of another version (format {format_}, this attrib reads {FORMAT})",
                "Export it with the attrib that made it, and import it into a new one.",
            )
        if not self.read_only:
            base.execute(PAGES)  # those of before had none
        base.execute("PRAGMA foreign_keys = ON")
        base.execute(f"PRAGMA query_only = {int(self.read_only)}")
        base.execute("PRAGMA synchronous = NORMAL")

    def _make(self) -> None:
        switch_to_wal(self._base, WAIT / 1000)
        self._base.execute("BEGIN IMMEDIATE")
        try:
            if not self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # nobody was faster
                for statement in SCHEMA.split(";"):
                    self._base.execute(statement)
                self._base.execute("INSERT INTO about VALUES ('id', ?)", (str(uuid.uuid4()),))
                self._base.execute(f"PRAGMA application_id = {APPLICATION}")
                self._base.execute(f"PRAGMA user_version = {FORMAT}")
            self._base.execute("COMMIT")
        except BaseException:
            self._base.execute("ROLLBACK")
            raise

    def _error(self, what: str, remedy: str) -> ArchiveError:
        return ArchiveError(Failure(str(self.path), what, remedy))

    @contextlib.contextmanager
    def _words(self, file: Path | None = None) -> Iterator[None]:
        """Turn what SQLite and the disk say into words a person can act on; `file` is one read or written beside it."""
        try:
            yield
        except sqlite3.Error as problem:
            raise self._explained(str(problem)) from problem
        except OSError as problem:
            what = f"cannot be used: {problem.strerror or problem}"
            raise ArchiveError(Failure(str(file or self.path), what, "Check the path and disk.")) from problem

    def _explained(self, words: str) -> ArchiveError:
        known = {
            "disk is full": ("the disk is full", "Make room; what was added before is safe."),
            "readonly": ("the archive may not be written to", "Check its permissions."),
            "disk I/O": (
                "the disk cannot be written or read",
                "See whether it is full or failing; what was added is safe.",
            ),
            "locked": ("another program has held the archive for long", "Try again when it has ended."),
            "not a database": ("not an archive of attrib", "Name another file; this one is left as it is."),
            "malformed": ("the archive is damaged", "Import its last export into a new one."),
            "unable to open": ("cannot be opened", "Check the path and the permissions of its folder."),
        }
        for sign, (what, remedy) in known.items():
            if sign in words:
                return self._error(what, remedy)
        return self._error(f"the archive failed: {words}", "Run a check of the archive.")

    @contextlib.contextmanager
    def _turn(self) -> Iterator[sqlite3.Connection]:
        """One transaction, with the right to write from its start: all of it happens, or none."""
        if self.read_only:
            raise self._error("opened for reading only", "Open it for writing to change it.")
        if not self._made:
            self._base.close()
            self._made = True
            self._open()
        with self._words():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise
