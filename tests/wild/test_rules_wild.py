"""The rules on real pages: planted faults are found, and clean pages stay quiet."""

from __future__ import annotations

import gzip

import pytest

from attrib.engine import Settings, check_sources
from attrib.fetch import Source
from attrib.model import Severity

from ..helpers import read
from ..mutations.measure import measure

pytestmark = pytest.mark.wild


@pytest.fixture(scope="module")
def pages(shared):
    """Every fourth page with ground truth."""
    files = sorted((shared / "pages/pages").rglob("*.html.gz"))[::4]
    return [read(gzip.decompress(path.read_bytes()), name=path.name) for path in files]


def test_planted_faults_are_found(pages):
    tally = measure(pages)
    assert sum(tally.planted.values()) > 1400
    assert tally.low() == {}, "\n".join(map(str, tally.missed))


def test_errors_are_few_where_nobody_complained(shared):
    """Read one by one when last counted, every error left was a real one: alt texts missing or file names."""
    files = sorted((shared / "wild").glob("*.html.gz"))
    sources = [Source(path.name, gzip.decompress(path.read_bytes()), None, "html", None) for path in files]
    report = check_sources(sources, Settings())
    errors = [f for f in report.findings if f.severity is Severity.ERROR]
    other = {f.rule for f in errors} - {"alt-missing", "alt-file-name"}
    assert len({f.source for f in errors}) <= len(files) // 6
    assert other == set(), [f"{f.source}: {f.message}" for f in errors if f.rule in other]
