"""RenderScheduler: how many pages are drawn at the same time.

Python runs one thread at a time. Where a hundred pages are drawn at once all of them are ready at
the end, and every one of them is late; one after the other half of them are ready in half the
time, and what goes on beside them (growing answers, the store) gets its turn as well.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# With two, each statement of a question's transaction waits until the other lets the interpreter
# go: a hundred questions took twice as long, the others' waiting for the store among it.
AT_ONCE = 1
# What a turn is for, with the seconds of waiting that it is ahead of the others, or behind: sending
# a question ahead of the page, whose answer the browser is brought without one; the first words of
# an answer that has been asked for; a growing text, sending a question, a page, the rest of a page
# whose answer grows.
AHEAD, DRAW, GROW, SEND, PAGE, REST = -6.0, -3.0, -1.0, 0.0, 2.0, 4.0
LONGEST = 1.0  # seconds after which a turn no longer keeps others waiting: a slow page, a slow disk


class _Ticket:
    def __init__(self, behind: float) -> None:
        self.called = threading.Event()
        self.due = time.monotonic() + behind
        self.since = 0.0


class RenderScheduler:
    """One per process. First come, first served; what is urgent before what isn't."""

    def __init__(self, at_once: int = AT_ONCE, longest: float = LONGEST) -> None:
        self._at_once, self._longest = at_once, longest
        self._queues: dict[float, deque[_Ticket]] = {}
        self._running: list[_Ticket] = []
        self._lock = threading.Lock()
        self._mine = threading.local()

    @contextmanager
    def turn(self, behind: float) -> Iterator[None]:
        """Wait for a turn, unless there is one already, and give it back at the end."""
        self.take(behind)
        try:
            yield
        finally:
            self._give_back()

    def take(self, behind: float) -> None:
        """Wait for a turn that lasts until the next `turn` of this thread ends."""
        if getattr(self._mine, "ticket", None) is None:
            self._take(behind)

    def let_others(self, meanwhile: Callable[[], float]) -> None:
        """Within a turn: go on when nobody urgent waits. meanwhile: called until then, each time
        after as many seconds as it has said; may raise, and the turn is over then."""
        self._give_back()
        self._take(REST, meanwhile)

    def pause(self, seconds: float) -> None:
        """Within a turn of a page: it goes on later, and others have theirs until then."""
        self._give_back()
        time.sleep(seconds)
        self._take(PAGE)

    def _take(self, behind: float, meanwhile: Callable[[], float] | None = None) -> None:
        ticket = _Ticket(behind)
        with self._lock:
            queue = self._queues.setdefault(behind, deque())
            queue.append(ticket)
            self._call()
        try:
            wait = 0.0 if meanwhile else 0.1
            while not ticket.called.wait(wait):
                with self._lock:
                    self._call()
                if meanwhile and not ticket.called.is_set():
                    wait = meanwhile()
        except BaseException:
            self._leave(ticket, queue)
            raise
        self._mine.ticket = ticket

    def _give_back(self) -> None:
        ticket: _Ticket | None = getattr(self._mine, "ticket", None)
        if ticket is None:
            return
        self._mine.ticket = None
        with self._lock:
            if ticket in self._running:
                self._running.remove(ticket)
            self._call()

    def _leave(self, ticket: _Ticket, queue: "deque[_Ticket]") -> None:
        with self._lock:
            if ticket in queue:
                queue.remove(ticket)
            if ticket in self._running:
                self._running.remove(ticket)
            self._call()

    def _call(self) -> None:
        """Whoever is next. Those who take long keep their turn and nobody waiting."""
        now = time.monotonic()
        self._running = [each for each in self._running if now - each.since < self._longest]
        while len(self._running) < self._at_once:
            waiting = [queue for queue in self._queues.values() if queue]
            if not waiting:
                return
            ticket = min(waiting, key=lambda queue: queue[0].due).popleft()
            ticket.since = now
            self._running.append(ticket)
            ticket.called.set()


RENDERS = RenderScheduler()  # of the process
