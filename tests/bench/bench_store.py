"""How fast the conversation store writes and lists: `python -m tests.bench.bench_store`.

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
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import OperationalError

from components.chat.store import (
    HistoryFilter,
    StoredAttempt,
    StoredConversation,
    StoredMessage,
)
from db.conversations.conversations import Conversations
from db.engine.database import Database
from db.schema.conversations import metadata
from db.store import Store, open_store
from tests.unit.db.make import DONE, START, content, progress, shown, turn

THREADS = 50
ANSWER = (
    """The photo shows an invoice on a wooden table, beside a cup of coffee and a pair of
glasses. The total is 1,280.00, the tax is 76.80 and the date is 2026-03-01.
照片里是一张放在木桌上的
单据，旁边有一杯咖啡和一副眼镜。合计一千二百八十元，税额七十六元八角，开具日期是三月一日。"""
    * 2
)


class DefaultStore(Database):
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


def write_rate(store: Store, seconds: float) -> tuple[float, float, int]:
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
            timed(lambda asked=asked: store.conversations.begin_turn("me", asked))  # type: ignore[misc]
            timed(lambda name=name: progress(store, "me", f"t{name}", "A c"))  # type: ignore[misc]
            timed(lambda name=name: store.conversations.finish("me", f"t{name}", DONE))  # type: ignore[misc]
            n += 1

    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    return len(waits) / (time.perf_counter() - start), max(waits) * 1000, len(locked)


def fill(store: Store, owner: str, conversations: int) -> None:
    """Conversations of three turns, many to a commit, only to be quick."""
    for first in range(0, conversations, 1000):
        with store.database.write() as connection:
            for n in range(first, min(first + 1000, conversations)):
                _fill_one(store, connection, owner, n)


def _fill_one(store: Store, connection: Connection, owner: str, n: int) -> None:
    kept = content(str(n))
    about = "发票的金额是多少？" if n % 10 == 0 else "里面有什么？"
    text = f"What is in this photo? number{n}x 请看这张照片，{about}"
    said = []
    for k in (f"{n}-{k}" for k in range(3)):
        said.append(StoredMessage(f"u{k}", "user", text, START, (shown(kept),)))
        attempt = StoredAttempt(
            id=f"t{k}",
            endpoint="Local",
            host="127.0.0.1:8000",
            model="llava",
            parameters={},
            started_at=START,
            estimated_input_tokens=801,
            estimated_cost=None,
            prices={},
            result=replace(DONE, text=ANSWER),
        )
        said.append(StoredMessage(f"a{k}", "assistant", ANSWER, START, (), attempt, f"u{k}"))
    now = datetime.now(UTC)
    whole = StoredConversation(f"c{n}", f"Title {n}", START, now, tuple(said))
    Conversations.restore.__wrapped__(store.conversations, connection, owner, whole, [kept])


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
        ours = open_store(f"sqlite:///{folder}/ours.db")
        default = Store(DefaultStore(str(Path(folder) / "default.db")))
        rates = []
        for name, store in (("this log", ours), ("SQLAlchemy's defaults", default)):
            rate, worst, locked = write_rate(store, given.seconds)
            rates.append(rate)
            print(f"{name:22} {rate:6.0f} writes/s, worst {worst:6.0f} ms, {locked} locked")
            store.close()
        print(f"{'ratio':22} {rates[0] / rates[1]:6.1f}")
        store = open_store(f"sqlite:///{folder}/many.db")
        fill(store, "you", given.conversations // 10)
        fill(store, "me", given.conversations)
        print(f"{store.history.count('me')} conversations of this owner")
        last = given.conversations - 50
        print("first page of 50      ", milliseconds(lambda: store.history.page("me")))
        print("last page of 50       ", milliseconds(lambda: store.history.page("me", offset=last)))
        print("all in pages of 50    ", milliseconds(lambda: all_pages(store), 1))
        print("count                 ", milliseconds(lambda: store.history.count("me")))
        print(
            "one conversation      ",
            milliseconds(lambda: store.conversations.conversation("me", "c1")),
        )
        searches(store)
        store.close()


def searches(store: Store) -> None:
    """A page of 50 and the count, as the history page asks for both."""
    store.history.star("me", [f"c{n}" for n in range(0, 1000, 3)])
    store.history.tag("me", [f"c{n}" for n in range(0, 5000, 7)], "work")
    week = {"since": datetime.now(UTC) - timedelta(days=7), "with_images": True}
    asked = {
        "发票, in every 10th": HistoryFilter(text="发票"),
        "照片, in all": HistoryFilter(text="照片"),
        "照, one character": HistoryFilter(text="照"),
        "photo, in all": HistoryFilter(text="photo"),
        "p, beginnings": HistoryFilter(text="p"),
        "four words": HistoryFilter(text="照片 photo 发票 what"),
        "in one alone": HistoryFilter(text="number4711x"),
        "in none": HistoryFilter(text="斑马"),
        "photo, starred": HistoryFilter(text="photo", starred=True),
        "everything together": HistoryFilter(
            text="照片 发票", models=("llava",), tag="work", min_cost=Decimal("0.001"), **week
        ),
        "cost alone, none": HistoryFilter(min_cost=Decimal(100)),
        "tag alone": HistoryFilter(tag="work"),
    }
    for name, wanted in asked.items():
        found = store.history.count("me", wanted)

        def ask(wanted: HistoryFilter = wanted) -> None:
            store.history.page("me", wanted)
            store.history.count("me", wanted)

        print(f"{name:22} {milliseconds(ask)}, {found} found")


def all_pages(store: Store) -> int:
    offset = 0
    while page := store.history.page("me", offset=offset):
        offset += len(page)
    return offset


if __name__ == "__main__":
    main()
