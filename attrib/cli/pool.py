"""Work on many pages at once: processes that take pages in chunks, and give answers back in order.

In: a function that can be pickled, the items, how many processes. Out: the answers, in the order of the items,
whatever process made them. One process, or few items, means none but this one.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

FEW = 24  # below this, starting processes costs more than it saves


def spread(work: Callable[[In], Out], items: Sequence[In], jobs: int) -> Iterator[Out]:
    """`work` done on every item, in order. `jobs` 0 is as many as the machine has, when there is enough to do."""
    jobs = min(jobs or (processors() if len(items) >= FEW else 1), len(items))
    if jobs <= 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor

    size = max(1, min(16, len(items) // (jobs * 4)))
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(work,)) as pool:
        try:
            yield from pool.map(_work, items, chunksize=size)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_doing: list[Callable[[Any], Any]] = []


def _begin(work: Callable[[Any], Any]) -> None:
    """A process learns once what it is to do. Ctrl-C reaches every process of a terminal; only the parent answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _doing[:] = [work]


def _work(item: Any) -> Any:
    return _doing[0](item)
