"""How fast the conversation log writes and lists: `python -m tests.bench.bench_log`.

Writes are compared with SQLAlchemy's defaults in the same run, as the disk and the machine differ
from one run to the next. Prints, asserts nothing.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from db.engine import Store
from db.log import SqlLog, open_log, utc_now
from db.tables import metadata
from db.turns import write_turn
from tests.db.make import DONE, turn

THREADS = 50


class DefaultStore(Store):
    """The same tables as SQLAlchemy opens SQLite by itself: no WAL, no lock of ours."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.engine = create_engine(f"sqlite:///{path}", pool_size=THREADS)
        metadata.create_all(self.engine)

    @contextmanager
    def _transaction(self, *, writes: bool):  # type: ignore[no-untyped-def]
        with self.engine.begin() as connection:
            yield connection

    read = write = lambda self: self._transaction(writes=True)  # type: ignore[assignment]


def write_rate(log: SqlLog, seconds: float) -> tuple[float, float, int]:
    """Writes/s of 50 threads (a turn is three), the worst of them in ms, how many were locked."""
    waits: list[float] = []
    locked: list[int] = []
    end = time.perf_counter() + seconds

    def timed(write: Callable[[], None]) -> None:
        start = time.perf_counter()
        try:
            write()
        except OperationalError:
            locked.append(1)
        else:
            waits.append(time.perf_counter() - start)

    def work(worker: int) -> None:
        n = 0
        while time.perf_counter() < end:
            name = f"{worker}-{n}"
            asked = turn(name, conversation_id=f"c{worker}")
            timed(lambda asked=asked: log.begin_turn("me", asked))  # type: ignore[misc]
            timed(lambda name=name: log.progress("me", f"t{name}", "A c"))  # type: ignore[misc]
            timed(lambda name=name: log.finish("me", f"t{name}", DONE))  # type: ignore[misc]
            n += 1

    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    return len(waits) / (time.perf_counter() - start), max(waits) * 1000, len(locked)


def fill(log: SqlLog, owner: str, conversations: int) -> None:
    """Conversations of one turn, many to a commit, only to be quick."""
    for first in range(0, conversations, 1000):
        with log.store.write() as connection:
            for n in range(first, min(first + 1000, conversations)):
                write_turn(connection, owner, turn(str(n)), utc_now())


def milliseconds(call: Callable[[], object], times: int = 20) -> str:
    """Median and worst of some calls."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        took.append((time.perf_counter() - start) * 1000)
    return f"median {statistics.median(took):6.1f} ms, worst {max(took):6.1f} ms"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=4)
    options.add_argument("--conversations", type=int, default=10_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours = open_log(f"sqlite:///{folder}/ours.db")
        default = SqlLog(DefaultStore(str(Path(folder) / "default.db")))
        rates = []
        for name, log in (("this log", ours), ("SQLAlchemy's defaults", default)):
            rate, worst, locked = write_rate(log, given.seconds)
            rates.append(rate)
            print(f"{name:22} {rate:6.0f} writes/s, worst {worst:6.0f} ms, {locked} locked")
            log.close()
        print(f"{'ratio':22} {rates[0] / rates[1]:6.1f}")
        log = open_log(f"sqlite:///{folder}/many.db")
        fill(log, "you", given.conversations // 10)
        fill(log, "me", given.conversations)
        print(f"{log.count('me')} conversations of this owner")
        last = given.conversations - 50
        print("first page of 50      ", milliseconds(lambda: log.conversations("me")))
        print("last page of 50       ", milliseconds(lambda: log.conversations("me", offset=last)))
        print("all in pages of 50    ", milliseconds(lambda: all_pages(log), 1))
        print("count                 ", milliseconds(lambda: log.count("me")))
        print("one conversation      ", milliseconds(lambda: log.conversation("me", "c1")))
        log.close()


def all_pages(log: SqlLog) -> int:
    offset = 0
    while page := log.conversations("me", offset=offset):
        offset += len(page)
    return offset


if __name__ == "__main__":
    main()
