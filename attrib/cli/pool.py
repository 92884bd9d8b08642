"""Work on many pages at once: processes that are given pages, and answers that come back in order.

In: a function that can be pickled, the items, how many processes. Out: the answers, in the order of the items,
whatever process made them. One process, or few items, means none but this one. A process that dies, for want of memory
or by another's hand, costs one item its attempt: it is given to another, and lost when that dies as well.
"""

from __future__ import annotations

import gc
import os
import signal
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

In = TypeVar("In")
Out = TypeVar("Out")

FEW = 24  # below this, starting processes costs more than it saves
AHEAD = 2  # items given to a process at once, so that it need not wait for the next
APART = 256  # how far an answer may run before the first that is still missing
ATTEMPTS = 2
IDLE = 5.0  # seconds after which a process without work looks whether the one that started it is still there


def spread(
    work: Callable[[In], Out], items: Sequence[In], jobs: int, lost: Callable[[In], Out] | None = None
) -> Iterator[Out]:
    """`work` done on every item, in order. `jobs` 0 is as many as the machine has, when there is enough to do.

    `lost` is the answer for an item with which two processes died; without it ChildProcessError is raised. What `work`
    raises is raised here.
    """
    jobs = min(jobs or (processors() if len(items) >= FEW else 1), len(items))
    if jobs <= 1:
        for number, item in enumerate(items):
            yield work(item)
            if not number:
                gc.freeze()  # modules and tables, all loaded by now, stay: they need not be looked through for garbage
    else:
        yield from _Crew(work, items, jobs, lost).answers()


def processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Hand:
    """A process, the pipe to it, and the numbers of the items it was given and has not answered."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        from multiprocessing import Pipe, Process, get_start_method

        self.pipe, far = Pipe()
        self.given: deque[int] = deque()
        # Forked processes hold each other's pipes open, and do not see by them that their parent is gone.
        parent = os.getpid() if get_start_method() == "fork" else None
        self.process = Process(target=_serve, args=(work, far, parent), daemon=True)
        self.process.start()
        far.close()

    def dismiss(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


class _Crew:
    """Some processes that do one thing to many items."""

    def __init__(
        self, work: Callable[[Any], Any], items: Sequence[Any], jobs: int, lost: Callable[[Any], Any] | None
    ) -> None:
        self._work, self._items, self._lost = work, items, lost
        self._todo = deque(range(len(items)))
        self._deaths: Counter[int] = Counter()
        self._answers: dict[int, Any] = {}
        self._hands = [_Hand(work) for _ in range(jobs)]

    def answers(self) -> Iterator[Any]:
        """All answers, in the order of the items."""
        try:
            for turn in range(len(self._items)):
                while turn not in self._answers:
                    self._give(turn + APART)
                    self._wait()
                yield self._answers.pop(turn)
        finally:
            for hand in self._hands:
                hand.dismiss()

    def _give(self, limit: int) -> None:
        """Deal out items, but none beyond the limit, until each process has one more than it works at."""
        while self._todo and self._todo[0] < limit:
            hand = min(self._hands, key=lambda hand: len(hand.given))
            if len(hand.given) >= AHEAD:
                return
            number = self._todo.popleft()
            hand.given.append(number)
            try:
                hand.pipe.send(self._items[number])
            except OSError:  # it is dead
                self._replace(hand)

    def _wait(self) -> None:
        """Some process has answered, or died."""
        from multiprocessing.connection import wait

        busy = {hand.pipe: hand for hand in self._hands if hand.given}
        for pipe in wait([*busy]):
            hand = busy[pipe]  # type: ignore[index]
            try:
                done, answer = hand.pipe.recv()
            except (EOFError, OSError):
                self._replace(hand)
                continue
            if not done:
                raise answer
            self._answers[hand.given.popleft()] = answer

    def _replace(self, dead: _Hand) -> None:
        """Another process in place of a dead one, which died of the first item that it had not answered."""
        dead.dismiss()
        self._hands[self._hands.index(dead)] = _Hand(self._work)
        first = dead.given[0]
        self._deaths[first] += 1
        if self._deaths[first] >= ATTEMPTS:
            dead.given.popleft()
            if self._lost is None:
                raise ChildProcessError(f"two processes died of {self._items[first]}")
            self._answers[first] = self._lost(self._items[first])
        self._todo.extendleft(reversed(dead.given))


def _serve(work: Callable[[Any], Any], pipe: Connection, parent: int | None) -> None:
    """Answer item by item, until there is nobody to answer. Ctrl-C reaches all of a terminal; only the parent obeys."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        while not pipe.poll(IDLE):
            if parent is not None and os.getppid() != parent:
                return
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = True, work(item)
        except Exception as error:
            error.add_note(traceback.format_exc())  # where it was raised, which does not travel
            answer = False, error
        pipe.send(answer)
