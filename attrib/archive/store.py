"""What an archive is asked to do: remember pictures, find the ones that look like another, keep itself in order."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrib.archive.base import ArchiveError, Base
from attrib.archive.rows import VIEW, Entry, entry_of, from_line, kept, print_of, put, to_line, views_of
from attrib.model import Failure
from attrib.read.pixels import Fingerprint, Match, View, compare, fingerprint_file, version

if TYPE_CHECKING:
    from attrib.read.pixels.search import Index

__all__ = ["Archive", "Found"]

PATIENCE = 16  # candidates in a row, likeliest first, that may not match before the rest are left
_CHANGED = "its fingerprint in the archive has changed", "Remove it and add it."
_NO_LINE = "not a line of an archive's export"
TAIL = 2_000  # pictures added since the index was made, from which it is made anew

Each = Callable[[Callable[[str], Fingerprint | Failure], list[str]], Iterable[Fingerprint | Failure]]


@dataclass(frozen=True, slots=True)
class Found:
    """A remembered picture that looks like the one asked for. `number` grows in the order they were remembered."""

    entry: Entry
    match: Match
    number: int = 0


class Archive(Base):
    """An archive in a file, made by its first picture; a context manager. Raises `ArchiveError` and nothing else."""

    def __init__(self, path: str | Path, read_only: bool = False) -> None:
        super().__init__(path, read_only)
        self._index: Index | None = None
        self._upto = 0
        self._tail: tuple[int, Index] | None = None
        self._spoilt: dict[int, Failure] = {}

    # Writing

    def add(self, entry: Entry, print_: Fingerprint) -> bool:
        """Remember one picture; False when it is remembered just so already."""
        return self.add_all([(entry, print_)]) == 1

    def add_all(self, items: Sequence[tuple[Entry, Fingerprint]], page: str = "", note: str = "") -> int:
        """Remember a page's pictures in one turn, each as it is shown there first; how many were new or changed.

        `note` is kept with the page.
        """
        for _, print_ in items:
            if print_.version != version():
                raise self._error("fingerprints of another version are not taken in", "Take them anew from the files.")
        if not (items or note):
            return 0
        first = {(entry.picture, entry.page): (entry, print_) for entry, print_ in reversed(items)}
        with self._turn() as base:
            if page:
                base.execute("INSERT OR REPLACE INTO pages VALUES (?, ?)", (kept(page), note))
            return sum(put(base, entry, print_) for entry, print_ in reversed(first.values()))

    def note(self, page: str) -> str:
        """What was noted of a page when its pictures were remembered; "" when nothing was, or one was since removed."""
        with self._words():
            row = self._base.execute("SELECT note FROM pages WHERE page = ?", (kept(page),)).fetchone()
        return str(row[0]) if row else ""

    def add_files(
        self,
        paths: Iterable[str | Path],
        progress: Callable[[int, int], None] | None = None,
        each: Each = map,
        **about: Any,
    ) -> tuple[int, int, list[Failure]]:
        """Remember picture files: how many were added, how many were known, and what could not be read.

        A file whose size and time of change are as remembered is not opened. `progress` is told how many are done, and
        of how many; `each` applies the reading to every file, in order, and may do so in processes. `about`: page,
        caption, credit, date.
        """
        added = known = 0
        like = Entry("", **about)
        stale: dict[str, Entry] = {}
        for path in map(Path, paths):
            entry = replace(like, picture=str(path))
            try:
                stat = path.stat()
            except OSError:  # said when it is read
                stale[str(path)] = entry
                continue
            entry = replace(entry, bytes=stat.st_size, changed=stat.st_mtime_ns)
            if self._fresh(entry):
                known += 1
            else:
                stale[str(path)] = entry
        failures: list[Failure] = []
        for done, (name, got) in enumerate(zip(stale, each(fingerprint_file, list(stale)), strict=True), 1):
            if isinstance(got, Failure):
                failures.append(got)
            else:
                new = self.add(stale[name], got)  # not when another has added it meanwhile
                added, known = added + new, known + (not new)
            if progress:
                progress(done, len(stale))
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
        if not (picture or page) or not len(self):
            return 0
        wanted = {"picture": kept(picture), "page": kept(page)}
        given = {name: value for name, value in wanted.items() if value}
        where = " AND ".join(f"{name} = ?" for name in given)
        with self._turn() as base:
            values = tuple(given.values())
            base.execute(f"DELETE FROM pages WHERE page IN (SELECT page FROM pictures WHERE {where})", values)  # noqa: S608
            return base.execute(f"DELETE FROM pictures WHERE {where}", values).rowcount  # noqa: S608

    # Reading

    def entries(self, picture: str | None = None, page: str | None = None) -> Iterator[Entry]:
        """What is remembered, in the order it was added: all of it, or of one picture or page."""
        names = ", ".join(f.name for f in fields(Entry))
        with self._words():
            rows = self._base.execute(
                f"SELECT {names} FROM pictures WHERE picture = coalesce(?, picture) AND page = coalesce(?, page)"  # noqa: S608
                " ORDER BY id",
                [name if name is None else kept(name) for name in (picture, page)],
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
                    found.append(Found(row[0], match, id_))
                missed = 0 if match else missed + 1
                if missed > PATIENCE:
                    break
        found.sort(key=lambda f: (f.match.confidence.rank, f.match.distance, f.entry.picture, f.entry.page))
        return found

    def _row(self, id_: int) -> tuple[Entry, Fingerprint] | None:
        row = self._base.execute("SELECT * FROM pictures WHERE id = ?", (id_,)).fetchone()
        if row is None or row[12] != version():
            return None
        views = self._views_of(id_)
        if views is None:
            self._spoilt[id_] = Failure(str(row[1]), *_CHANGED)
            return None
        return entry_of(row), print_of(row, views)

    def _views_of(self, id_: int) -> tuple[View, ...] | None:
        rows = self._base.execute(f"SELECT {VIEW} FROM views WHERE picture = ? ORDER BY nth", (id_,))  # noqa: S608
        return views_of(rows)

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
        from attrib.read.pixels.points import POINT

        rows = self._base.execute(
            "SELECT v.picture, v.phash, v.dhash, v.points FROM views v JOIN pictures p ON p.id = v.picture"
            " WHERE v.picture > ? AND v.picture <= ? AND p.version = ? ORDER BY v.picture, v.nth",
            (after, upto, version()),
        )
        for id_, phash, dhash, points in rows:
            sizes = [len(x) if isinstance(x, bytes) else -1 for x in (phash, dhash, points)]
            if sizes[:2] == [8, 8] and sizes[2] % POINT.itemsize == 0:  # else it is damaged, as `check` says
                yield id_, int.from_bytes(phash), int.from_bytes(dhash), points

    # Keeping

    def check(self) -> list[Failure]:
        """What is wrong with the archive: damage in the file, values that changed, fingerprints of other versions."""
        found: list[Failure] = []
        with self._words():
            for (word,) in self._base.execute("PRAGMA integrity_check(20)"):
                if word != "ok":
                    found.append(Failure(str(self.path), f"damaged: {word}", "Import its last export into a new one."))
            rows = self._base.execute(
                f"SELECT p.picture, {VIEW} FROM views v JOIN pictures p ON p.id = v.picture ORDER BY p.id, v.nth"  # noqa: S608
            )
            found += [Failure(str(name), *_CHANGED) for name, *view in rows if views_of([view]) is None]
            bare = "SELECT picture FROM pictures WHERE id NOT IN (SELECT picture FROM views) ORDER BY id"
            found += [
                Failure(name, "has no fingerprint in the archive", "Add it.") for (name,) in self._base.execute(bare)
            ]
            return found + self._others()

    def left_out(self) -> list[Failure]:
        """What `find` did not compare with: fingerprints that have changed, and those of another version.

        The latter are counted if the oldest is one.
        """
        with self._words():
            oldest = self._base.execute("SELECT version FROM pictures ORDER BY id LIMIT 1").fetchone()
            others = self._others() if oldest and oldest[0] != version() else []
            return [*others, *self._spoilt.values()]

    def _others(self) -> list[Failure]:
        others = "SELECT version, count(*) FROM pictures WHERE version <> ? GROUP BY version ORDER BY version"
        what = "{} of {} pictures have a fingerprint of another version ({}) and are not compared"
        return [
            Failure(
                str(self.path), what.format(count, len(self), other), "Add them anew from their files, or remove them."
            )
            for other, count in self._base.execute(others, (version(),))
        ]

    def lines(self) -> Iterator[str]:
        """All of it as JSON lines, one a picture."""
        with self._words():
            for row in self._base.execute("SELECT * FROM pictures ORDER BY id"):
                views = self._views_of(row[0])
                if views is None:
                    raise ArchiveError(Failure(str(row[1]), *_CHANGED))
                yield json.dumps(to_line(entry_of(row), print_of(row, views)), ensure_ascii=False) + "\n"

    def export(self, path: str | Path) -> int:
        """Write its `lines` to a file; how many. The file appears when it is whole."""
        path = Path(path)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        count = 0
        with self._words(path):
            try:
                with part.open("w", encoding="utf-8") as file:
                    for line in self.lines():
                        file.write(line)
                        count += 1
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        return count

    def take_in(self, path: str | Path) -> tuple[int, list[Failure]]:
        """Remember what an export holds: how many were new, and lines that could not be taken (broken, old)."""
        added = taken = 0
        failures = []
        with self._words(Path(path)), Path(path).open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    entry, print_ = from_line(json.loads(line))
                except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
                    failures.append(Failure(f"{path}:{number}", _NO_LINE, "Export it anew."))
                    continue
                if print_.version != version():
                    what = f"a fingerprint of another version ({print_.version})"
                    failures.append(Failure(f"{path}:{number}", what, "Add this picture from its file."))
                    continue
                taken += 1
                added += self.add(entry, print_)
        if len(failures) > 1 and not taken and all(f.what == _NO_LINE for f in failures):
            failures = [Failure(str(path), "not an archive's export", "Name a file that `export` wrote.")]
        return added, failures
