"""Safe edits become a new source: applied, checked again, and refused where they would make anything worse.

In: a source and the settings of a check. Out: `Fixed`: the new bytes, what was done and what was left. Not one byte
outside the edits changes: encoding, byte-order mark and line ends stay, and a source whose bytes cannot be written
back exactly as they were is left alone.
"""

from __future__ import annotations

import codecs
import difflib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .engine import Settings, check_sources
from .fetch import Source
from .model import Edit, Failure, Finding, Report
from .read.encoding import decode

__all__ = ["Fixed", "diff", "fix_source"]

# Each round applies the edits of one check. A round that changes nothing ends it; no page measured needed more than 3.
ROUNDS = 8
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The reader's names for encodings in which browsers read more letters than Python does under the same name.
_WIDER = {"shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs"}


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of a source. `done` are the findings whose fixes were applied, `left` those still there."""

    source: Source
    data: bytes
    done: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()
    refused: tuple[Failure, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether any byte is different."""
        return self.data != self.source.data


def fix_source(source: Source, settings: Settings | None = None, *, unsafe: bool = False) -> Fixed:
    """Apply the fixes of a source until there is nothing more to apply. `unsafe` includes those that need a look."""
    settings = settings or Settings()
    done: list[Finding] = []
    now, report = source, check_sources([source], settings)
    for _ in range(ROUNDS):
        if report.failures or not report.pages:
            return Fixed(source, source.data, (), report.findings, report.failures)
        fixes = [f for f in report.findings if f.fix is not None and (f.fix.safe or unsafe)]
        if not fixes:
            break
        writer = _Writer.of(now, report.pages[0].encoding)
        if writer is None:
            why = Failure(
                source.name, f"cannot be written back exactly as {report.pages[0].encoding}", "Fix it by hand."
            )
            return Fixed(source, source.data, (), report.findings, (why,))
        step = _step(now, report, _compatible(fixes), writer, settings)
        if step is None:
            break
        now, applied, report = step
        done.extend(applied)
    return Fixed(source, now.data, tuple(done), report.findings)


def diff(fixed: Fixed) -> bytes:
    """The change as a unified diff, in the bytes of the source: it can be read, and applied, whatever its encoding."""
    old, new = (data.split(b"\n") for data in (fixed.source.data, fixed.data))
    old, new = ([*(line + b"\n" for line in lines[:-1]), *filter(None, lines[-1:])] for lines in (old, new))
    name = fixed.source.name.lstrip("/").encode("utf-8", "surrogateescape")  # as programs that apply it want it
    lines = difflib.diff_bytes(difflib.unified_diff, old, new, b"a/" + name, b"b/" + name)
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Writer:
    """How a page's text is written back to bytes: its byte-order mark, and the codec that gives the same bytes."""

    data: bytes
    text: str
    mark: int
    codec: str

    @classmethod
    def of(cls, source: Source, encoding: str) -> _Writer | None:
        """The writer of a source, or None when no codec gives its bytes back."""
        data, text = source.data, decode(source.data, source.charset).text
        mark = next((len(m) for m in _MARKS if data.startswith(m)), 0)
        for codec in dict.fromkeys((encoding, _WIDER.get(encoding, encoding))):
            try:
                if data[mark:] == text.encode(codec):
                    return cls(data, text, mark, codec)
            except (UnicodeError, LookupError):
                continue
        return None

    def with_edits(self, edits: Iterable[Edit]) -> bytes | None:
        """The bytes with the edits made, all others untouched; None when a new word has no bytes in the encoding."""
        out, at, last = [self.data[: self.mark]], self.mark, 0
        for edit in sorted(set(edits), key=lambda e: e.at):
            start = at + self._length(last, edit.at.start)
            out.append(self.data[at:start])
            try:
                out.append(edit.new.encode(self.codec))
            except UnicodeError:
                return None
            at, last = start + self._length(edit.at.start, edit.at.end), edit.at.end
        return b"".join([*out, self.data[at:]])

    def _length(self, start: int, end: int) -> int:
        return len(self.text[start:end].encode(self.codec))


def _step(
    now: Source, report: Report, fixes: Sequence[Finding], writer: _Writer, settings: Settings
) -> tuple[Source, Sequence[Finding], Report] | None:
    """One round: all fixes together or, where that adds a finding, the first that adds none by itself."""
    before = _kinds(report.findings)
    attempts = [fixes, *([fix] for fix in fixes)] if len(fixes) > 1 else [fixes]
    for attempt in attempts:
        data = writer.with_edits(edit for finding in attempt if finding.fix for edit in finding.fix.edits)
        if data is None or data == now.data:
            continue
        after = replace(now, data=data)
        again = check_sources([after], settings)
        if not again.failures and not _kinds(again.findings) - before:
            return after, attempt, again
    return None


def _kinds(findings: Iterable[Finding]) -> Counter[str]:
    """How often each rule speaks, those joined into another's finding included."""
    return Counter(rule for f in findings for rule in {f.rule, *(place.rule for place in f.related if place.rule)})


def _compatible(findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose edits do not overlap those of an earlier one."""
    taken: list[Edit] = []
    chosen = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        if all(edit.at.end <= other.at.start or other.at.end <= edit.at.start for edit in edits for other in taken):
            taken.extend(edits)
            chosen.append(finding)
    return chosen
