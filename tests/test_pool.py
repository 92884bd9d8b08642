"""Work in several processes."""

from __future__ import annotations

from attrib.cli.pool import spread


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
