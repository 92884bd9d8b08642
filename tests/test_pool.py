"""Work in several processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from attrib.cli import common, pool
from attrib.cli.pool import spread
from attrib.fetch import FakeWeb, Place


class Doubling:
    """Work that counts how often it is packed to be sent."""

    sent = 0

    def __call__(self, number: int) -> int:
        return 2 * number

    def __reduce__(self) -> tuple[type, tuple[()]]:
        Doubling.sent += 1
        return Doubling, ()


def test_answers_come_in_order_and_the_work_is_sent_once_a_process() -> None:
    Doubling.sent = 0
    assert list(spread(Doubling(), range(500), 2)) == [2 * number for number in range(500)]
    assert Doubling.sent <= 2, "a register has 10,000 names, which are not to be sent with every few pages"


@pytest.mark.parametrize(("machine", "asked", "used"), [(4, 0, 0), (4, 3, 3), (4, 64, 4), (1, 64, 2), (1, 1, 1)])
def test_there_are_no_more_processes_than_processors_but_two_if_asked_for(
    machine: int, asked: int, used: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "processors", lambda: machine)
    places = [Place(f"{number}.html", Path(f"{number}.html")) for number in range(9)]
    assert common.processes(places, asked) == used
    assert common.processes(places, 64, FakeWeb({})) == 64, "the network is waited for"
    assert common.processes([*places, Place("-", stdin=True)], 64) == 1
