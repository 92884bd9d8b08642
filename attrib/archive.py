"""The store of pictures already seen: fingerprints with credit, caption, page and date, in one SQLite file.

In come fingerprints (or files to take them of); out come the pictures that look like one asked for. Originals need
not be at hand: a thumbnail in the store is what a pair is verified on. One writer at a time holds the file for one
picture or one page, waits for its turn, and may be killed at any moment; readers never wait. Beside the file lies an
index (`NAME.index`) that is only a copy: it is made anew whenever it is missing or too old.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrib.model import Failure
from attrib.read.pixels import Fingerprint, Match, View, compare, fingerprint, libraries, version

if TYPE_CHECKING:
    from attrib.read.pixels.search import Index

__all__ = ["Archive", "ArchiveError", "Entry", "Found"]

APPLICATION = 0x61747472  # "attr", in the file's header
FORMAT = 1  # of the tables
WAIT = 30_000  # ms a writer waits for its turn
PATIENCE = 16  # candidates in a row, likeliest first, that may not match before the rest are left
TAIL = 2_000  # pictures added since the index was made, from which it is made anew

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


class ArchiveError(Exception):
    """The archive could not do what was asked; `failure` says why and what to do."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.source}: {failure.what}")
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture to remember. `picture` is its path or address, `page` the one it stood on, `date` ISO.

    `bytes` and `changed` (ns) are the file's own, so that an unchanged file is known without opening it; 0 unknown.
    """

    picture: str
    page: str = ""
    caption: str = ""
    credit: str = ""
    date: str = ""
    bytes: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A remembered picture that looks like the one asked for."""

    entry: Entry
    match: Match


class Archive:
    """An archive in a file, made if it is not there; a context manager. Raises `ArchiveError` and nothing else."""

    def __init__(self, path: str | Path, read_only: bool = False) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self._index: Index | None = None
        self._upto = 0
        self._tail: tuple[int, Index] | None = None
        with self._words():
            self._base = self._connect()
            try:
                self._settle()
            except BaseException:
                self._base.close()
                raise

    def __enter__(self) -> Archive:
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
            raise self._error("no such archive", "Check the path, or add pictures to make it.")
        if self.read_only:
            where = self.path.resolve().as_uri()
            lone = not os.access(self.path.parent, os.W_OK) and not Path(f"{self.path}-wal").exists()
            where += "?immutable=1" if lone else "?mode=ro"
            return sqlite3.connect(where, uri=True, timeout=WAIT / 1000, isolation_level=None)
        return sqlite3.connect(self.path, timeout=WAIT / 1000, isolation_level=None)

    def _settle(self) -> None:
        base = self._base
        base.execute(f"PRAGMA busy_timeout = {WAIT}")
        application = base.execute("PRAGMA application_id").fetchone()[0]
        format_ = base.execute("PRAGMA user_version").fetchone()[0]
        empty = not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if empty and not self.read_only and application in (0, APPLICATION):
            self._make()
            format_ = FORMAT
        elif application != APPLICATION:
            raise self._error("not an archive of attrib", "Name another file; this one is left as it is.")
        if format_ != FORMAT:
            raise self._error(
                f"an archive of another version (format {format_}, this attrib reads {FORMAT})",
                "Export it with the attrib that made it, and import it into a new one.",
            )
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("PRAGMA synchronous = NORMAL")

    def _make(self) -> None:
        self._base.execute("PRAGMA journal_mode = WAL")
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
    def _words(self) -> Iterator[None]:
        """Turn what SQLite and the disk say into words a person can act on."""
        try:
            yield
        except sqlite3.Error as problem:
            raise self._explained(str(problem)) from problem
        except OSError as problem:
            raise self._error(f"cannot be used: {problem.strerror or problem}", "Check the path and disk.") from problem

    def _explained(self, words: str) -> ArchiveError:
        known = {
            "disk is full": ("the disk is full", "Make room; what was added before is safe."),
            "readonly": ("the archive may not be written to", "Check its permissions, or open it for reading only."),
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
        with self._words():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    # Writing

    def add(self, entry: Entry, print_: Fingerprint) -> bool:
        """Remember one picture; False when it is remembered just so already."""
        return self.add_all([(entry, print_)]) == 1

    def add_all(self, items: Sequence[tuple[Entry, Fingerprint]]) -> int:
        """Remember the pictures of a page in one transaction; how many were new or changed."""
        for _, print_ in items:
            if print_.version != version():
                raise self._error("fingerprints of another version are not taken in", "Take them anew from the files.")
        with self._turn() as base:
            return sum(_put(base, entry, print_) for entry, print_ in items)

    def add_files(
        self, paths: Iterable[str | Path], progress: Callable[[int], None] | None = None, **about: str
    ) -> tuple[int, int, list[Failure]]:
        """Remember picture files: how many were added, how many were known, and what could not be read.

        A file whose size and time of change are as remembered is not opened. `about`: page, caption, credit, date.
        """
        added = known = 0
        failures: list[Failure] = []
        for done, path in enumerate(map(Path, paths), 1):
            try:
                stat = path.stat()
                entry = Entry(str(path), bytes=stat.st_size, changed=stat.st_mtime_ns, **about)
                fresh = self._fresh(entry)
                got = None if fresh else fingerprint(path.read_bytes(), str(path))
            except OSError as problem:
                got = Failure(str(path), f"cannot be read: {problem.strerror or problem}", "Check the path.")
            if got is None:
                known += 1
            elif isinstance(got, Failure):
                failures.append(got)
            else:
                added += self.add(entry, got)
            if progress:
                progress(done)
        return added, known, failures

    def _fresh(self, entry: Entry) -> bool:
        with self._words():
            row = self._base.execute(
                "SELECT bytes, changed, version FROM pictures WHERE picture = ? AND page = ?",
                (entry.picture, entry.page),
            ).fetchone()
        return row is not None and tuple(row) == (entry.bytes, entry.changed, version())

    def remove(self, picture: str = "", page: str = "") -> int:
        """Forget a picture, on one page or on all, or all pictures of a page; how many were forgotten."""
        if not picture and not page:
            return 0
        wanted = {"picture": picture, "page": page}
        given = {name: value for name, value in wanted.items() if value}
        where = " AND ".join(f"{name} = ?" for name in given)
        with self._turn() as base:
            return base.execute(f"DELETE FROM pictures WHERE {where}", tuple(given.values())).rowcount  # noqa: S608

    # Reading

    def entries(self, picture: str | None = None, page: str | None = None) -> Iterator[Entry]:
        """What is remembered, in the order it was added: all of it, or of one picture or page."""
        names = ", ".join(f.name for f in fields(Entry))
        with self._words():
            rows = self._base.execute(
                f"SELECT {names} FROM pictures WHERE picture = coalesce(?, picture) AND page = coalesce(?, page)"  # noqa: S608
                " ORDER BY id",
                (picture, page),
            )
            yield from (Entry(*row) for row in rows)

    def find(self, print_: Fingerprint) -> list[Found]:
        """The remembered pictures that look like this one, surest and nearest first."""
        if print_.version != version():
            raise self._error("a fingerprint of another version is not compared", "Take it anew from the file.")
        with self._words():
            ids: dict[int, None] = {}
            for index in self._indexes():
                for view in print_.views:
                    ids.update(dict.fromkeys(index.find(view)))
            found = []
            missed = 0
            for id_ in ids:
                row = self._row(id_)
                match = compare(print_, row[1]) if row else None
                if row and match:
                    found.append(Found(row[0], match))
                missed = 0 if match else missed + 1
                if missed > PATIENCE:
                    break
        found.sort(key=lambda f: (f.match.confidence.rank, f.match.distance, f.entry.picture, f.entry.page))
        return found

    def _row(self, id_: int) -> tuple[Entry, Fingerprint] | None:
        row = self._base.execute("SELECT * FROM pictures WHERE id = ?", (id_,)).fetchone()
        if row is None or row[12] != version():
            return None
        views = self._base.execute(
            "SELECT phash, dhash, flat, points, thumb FROM views WHERE picture = ? ORDER BY nth", (id_,)
        ).fetchall()
        return _entry(row), _print(row, views)

    def _indexes(self) -> Iterator[Index]:
        """The index of nearly all, and one of what was added since it was made."""
        from attrib.read.pixels.search import Index

        last = self._base.execute("SELECT coalesce(max(id), 0) FROM pictures").fetchone()[0]
        if self._index is None:
            loaded = Index.load(Path(f"{self.path}.index"))
            if loaded is not None:
                note = json.loads(loaded[1])
                if note["archive"] == self._id() and note["version"] == version() and note["upto"] <= last:
                    self._index, self._upto = loaded[0], int(note["upto"])
        size = len(self._index.ids) if self._index else 0
        if last - self._upto > max(TAIL, size // 10):
            self._index, self._upto, self._tail = self.reindex(), last, None
        if self._tail is None or self._tail[0] != last:
            self._tail = last, Index.of(self._views(self._upto, last))
        if self._index is not None:
            yield self._index
        yield self._tail[1]

    def reindex(self) -> Index:
        """Make the index anew, and keep it beside the archive where that may be written."""
        from attrib.read.pixels.search import Index

        with self._words():
            last = self._base.execute("SELECT coalesce(max(id), 0) FROM pictures").fetchone()[0]
            index = Index.of(self._views(0, last))
            note = json.dumps({"archive": self._id(), "version": version(), "upto": last})
        with contextlib.suppress(OSError):  # a copy: without it the next one to ask makes its own
            index.save(Path(f"{self.path}.index"), note)
        return index

    def _id(self) -> str:
        return str(self._base.execute("SELECT value FROM about WHERE name = 'id'").fetchone()[0])

    def _views(self, after: int, upto: int) -> Iterator[tuple[int, int, int, bytes]]:
        rows = self._base.execute(
            "SELECT v.picture, v.phash, v.dhash, v.points FROM views v JOIN pictures p ON p.id = v.picture"
            " WHERE v.picture > ? AND v.picture <= ? AND p.version = ? ORDER BY v.picture, v.nth",
            (after, upto, version()),
        )
        return ((id_, int.from_bytes(p), int.from_bytes(d), points) for id_, p, d, points in rows)

    # Keeping

    def check(self) -> list[Failure]:
        """What is wrong with the archive: damage in the file, values that changed, fingerprints of other versions."""
        found: list[Failure] = []
        with self._words():
            for (word,) in self._base.execute("PRAGMA integrity_check(20)"):
                if word != "ok":
                    found.append(Failure(str(self.path), f"damaged: {word}", "Import its last export into a new one."))
            rows = self._base.execute(
                "SELECT p.picture, v.phash, v.dhash, v.flat, v.points, v.thumb, v.sum"
                " FROM views v JOIN pictures p ON p.id = v.picture ORDER BY v.picture, v.nth"
            )
            for name, phash, dhash, flat, points, thumb, kept in rows:
                if _sum(View(int.from_bytes(phash), int.from_bytes(dhash), flat, points, thumb)) != kept:
                    found.append(Failure(name, "its fingerprint in the archive has changed", "Remove it and add it."))
            bare = "SELECT picture FROM pictures WHERE id NOT IN (SELECT picture FROM views) ORDER BY id"
            found += [
                Failure(name, "has no fingerprint in the archive", "Add it.") for (name,) in self._base.execute(bare)
            ]
            others = "SELECT version, count(*) FROM pictures WHERE version <> ? GROUP BY version ORDER BY version"
            for other, count in self._base.execute(others, (version(),)):
                what = f"{count} fingerprints of another version ({other}) are not compared"
                found.append(Failure(str(self.path), what, "Add these pictures anew from their files."))
        return found

    def export(self, path: str | Path) -> int:
        """Write all of it as JSON lines, one a picture; how many. The file appears when it is whole."""
        path = Path(path)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        count = 0
        with self._words():
            try:
                with part.open("w", encoding="utf-8") as file:
                    for row in self._base.execute("SELECT * FROM pictures ORDER BY id").fetchall():
                        views = self._base.execute(
                            "SELECT phash, dhash, flat, points, thumb FROM views WHERE picture = ? ORDER BY nth",
                            (row[0],),
                        ).fetchall()
                        entry = _entry(row)
                        file.write(json.dumps(_wire(entry, _print(row, views)), ensure_ascii=False) + "\n")
                        count += 1
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        return count

    def take_in(self, path: str | Path) -> tuple[int, list[Failure]]:
        """Remember what an export holds: how many were new, and lines that could not be taken (broken, old)."""
        added = 0
        failures = []
        with self._words(), Path(path).open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    entry, print_ = _unwire(json.loads(line))
                except (ValueError, KeyError, TypeError):
                    failures.append(Failure(f"{path}:{number}", "not a line of an archive's export", "Export it anew."))
                    continue
                if print_.version != version():
                    what = f"a fingerprint of another version ({print_.version})"
                    failures.append(Failure(f"{path}:{number}", what, "Add this picture from its file."))
                    continue
                added += self.add(entry, print_)
        return added, failures


def _put(base: sqlite3.Connection, entry: Entry, print_: Fingerprint) -> bool:
    known = base.execute(
        "SELECT * FROM pictures WHERE picture = ? AND page = ?", (entry.picture, entry.page)
    ).fetchone()
    values = (*asdict(entry).values(),)
    row = (*values[:5], print_.format, print_.width, print_.height, print_.digest, *values[5:], print_.version)
    if known is not None:
        if tuple(known[1:13]) == row:
            return False
        base.execute("DELETE FROM pictures WHERE id = ?", (known[0],))
    marks = ", ".join("?" * 14)
    id_ = base.execute(f"INSERT INTO pictures VALUES ({marks})", (None, *row, libraries())).lastrowid  # noqa: S608
    base.executemany(
        "INSERT INTO views VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (id_, nth, v.phash.to_bytes(8), v.dhash.to_bytes(8), v.flat, _sum(v), v.points, v.thumb)
            for nth, v in enumerate(print_.views)
        ],
    )
    return True


def _sum(view: View) -> bytes:
    head = view.phash.to_bytes(8) + view.dhash.to_bytes(8) + view.flat.to_bytes(1)
    return hashlib.blake2b(head + view.points + view.thumb, digest_size=8).digest()


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(row[1], row[2], row[3], row[4], row[5], row[10], row[11])


def _print(row: Sequence[Any], views: Sequence[Sequence[Any]]) -> Fingerprint:
    made = tuple(View(int.from_bytes(p), int.from_bytes(d), flat, points, thumb) for p, d, flat, points, thumb in views)
    return Fingerprint(row[12], row[6], row[7], row[8], row[9], made)


def _wire(entry: Entry, print_: Fingerprint) -> dict[str, Any]:
    """An entry with its fingerprint as a line of an export: hashes in hexadecimal, bytes in base64."""
    views = [
        {
            "phash": f"{v.phash:016x}",
            "dhash": f"{v.dhash:016x}",
            "flat": v.flat,
            "points": base64.b64encode(v.points).decode(),
            "thumb": base64.b64encode(v.thumb).decode(),
        }
        for v in print_.views
    ]
    about = {"version": print_.version, "format": print_.format, "width": print_.width, "height": print_.height}
    return asdict(entry) | {"fingerprint": about | {"digest": print_.digest.hex(), "views": views}}


def _unwire(line: dict[str, Any]) -> tuple[Entry, Fingerprint]:
    about = line["fingerprint"]
    views = tuple(
        View(
            int(v["phash"], 16),
            int(v["dhash"], 16),
            int(v["flat"]),
            base64.b64decode(v["points"], validate=True),
            base64.b64decode(v["thumb"], validate=True),
        )
        for v in about["views"]
    )
    size = int(about["width"]), int(about["height"])
    print_ = Fingerprint(str(about["version"]), str(about["format"]), *size, bytes.fromhex(about["digest"]), views)
    return Entry(**{f.name: line[f.name] for f in fields(Entry)}), print_
