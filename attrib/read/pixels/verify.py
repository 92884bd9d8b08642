"""Two fingerprints: the same picture or not, how sure, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass

from attrib.model import Confidence
from attrib.read.pixels.fingerprint import Fingerprint

__all__ = ["Match", "compare"]

NEAR = 8  # bits of 64


@dataclass(frozen=True, slots=True)
class Match:
    """Two pictures that show the same. `distance` in bits of the 64-bit hash of the part they share; 0 is the same.

    `how` says in words what was done to the one to get the other; `reasons` what the verdict rests on.
    """

    distance: int
    confidence: Confidence
    how: str = ""
    reasons: tuple[str, ...] = ()


def compare(a: Fingerprint, b: Fingerprint) -> Match | None:
    """Whether two fingerprints are of one picture; None when they are not, or cannot be compared (other version)."""
    if a.version != b.version:
        return None
    if a.digest == b.digest:
        return Match(0, Confidence.HIGH, "the same file", ("the files are equal byte by byte",))
    distance = (a.phash ^ b.phash).bit_count()
    if distance > NEAR or (a.dhash ^ b.dhash).bit_count() > 2 * NEAR:
        return None
    return Match(distance, Confidence.HIGH if distance <= NEAR // 2 else Confidence.MEDIUM, "saved again")
