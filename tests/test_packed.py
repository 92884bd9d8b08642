"""Values are unpacked as exactly what they were, and nothing else is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attrib.engine import Settings
from attrib.judge import Judged, judge
from attrib.light import light
from attrib.model import Confidence, Credit, Page, Severity
from attrib.packed import pack, unpack

from .facts import give, register
from .helpers import read
from .test_light import GIVEN, Given


class Point(NamedTuple):
    x: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    points: tuple[Point, ...]
    sure: Confidence
    pair: tuple[int, str]
    data: bytes
    flag: bool
    other: Point | Credit | None = None
    level: Severity | None = None
    names: tuple[str, ...] | None = None


POINTS = st.builds(Point, st.integers(), st.text(st.characters()))
BOXES = st.builds(
    Box,
    st.lists(POINTS).map(tuple),
    st.sampled_from(Confidence),
    st.tuples(st.integers(), st.text()),
    st.binary(),
    st.booleans(),
    st.none() | POINTS | st.builds(Credit, st.text()),
    st.none() | st.sampled_from(Severity),
    st.none() | st.lists(st.text()).map(tuple),
)


@given(BOXES)
@settings(max_examples=200, deadline=None)
def test_a_value_comes_back_as_it_was(box: Box) -> None:
    back = unpack(Box, pack(box))
    assert back == box and [type(part) for part in back.points] == [Point] * len(box.points)


@pytest.mark.parametrize("given", GIVEN)
def test_pages_and_findings_come_back_as_they_were(given: Given) -> None:
    kind, markup, facts = given
    page = give(read(markup, kind), facts)
    judged = judge(page, Settings(register=register(facts)))
    kept = light(page, judged.findings)
    assert (unpack(Page, pack(kept)), unpack(Judged, pack(judged))) == (kept, judged)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"null", b"[]", b"{}", b"1", b'["a"]', b"\xff", b"[" * 100_000,
        b'[[],"high",[1,"a"],"","x",null,null,null]',
        b'[[],"highest",[1,"a"],"",true,null,null,null]',
        b'[[],"high",[1,2],"",true,null,null,null]',
        b'[[],"high",[1,"a"],"*",true,null,null,null]',
        b'[[],"high",[1,"a"],"",true,[2,[]],null,null]',
        b'[[],"high",[1,"a"],"",true,[-1,[]],null,null]',
        b'[[],"high",[1,"a"],"",true,null,null,[1]]',
        b'[[[1]],"high",[1,"a"],"",true,null,null,null]',
        b'[[[true,"a"]],"high",[1,"a"],"",true,null,null,null]',
        b'["ab","high",[1,"a"],"",true,null,null,null]',
        b'[[],["high"],[1,"a"],"",true,null,null,null]',
    ],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        unpack(Box, data)
