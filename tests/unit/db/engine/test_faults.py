"""What the store runs into is told as a code, without statements, values or URLs."""

import sqlite3
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import event

from components.errors import StoreError
from db.store import Store
from tests.unit.db.make import DONE, content, progress, shown, turn, url_of
from tests.unit.db.processes import child

SECRET = "what-a-person-wrote"


def set_on_connect(store: Store, setting: str) -> None:
    """Gives every connection from now on another setting."""
    store.close()
    event.listen(store.database.engine, "connect", lambda raw, _: raw.execute(setting))


def test_a_full_disk_is_told_and_leaves_the_store_readable(sqlite_store: Store) -> None:
    store = sqlite_store
    store.conversations.begin_turn("me", turn("1"))
    set_on_connect(store, "PRAGMA max_page_count=1")  # SQLite's own "disk is full"
    big = content("x" * 500_000)
    with pytest.raises(StoreError) as caught:
        store.conversations.begin_turn(
            "me", turn("2", text=SECRET, images=[shown(big)], contents=[big])
        )
    assert (caught.value.code, caught.value.data) == ("store_full", {"path": store.database.path})
    told = "".join(traceback.format_exception(caught.value))
    assert SECRET not in told
    assert [s.id for s in store.history.page("me")] == ["c1"]


def test_a_store_that_has_become_read_only_is_told(sqlite_store: Store) -> None:
    store = sqlite_store
    store.conversations.begin_turn("me", turn("1"))
    set_on_connect(store, "PRAGMA query_only=ON")  # fails as a read-only file does
    with pytest.raises(StoreError, match="store_unwritable"):
        progress(store, "me", "t1", "x")
    assert store.history.count("me") == 1


def test_a_store_that_somebody_else_holds_is_told_as_busy_and_works_afterwards(
    sqlite_store: Store,
) -> None:
    store = sqlite_store
    set_on_connect(store, "PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(store.database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="store_busy"):
            store.conversations.begin_turn("me", turn())
        assert store.history.count("me") == 0
    store.conversations.begin_turn("me", turn())
    assert store.history.count("me") == 1


def test_a_store_damaged_while_in_use_is_told(sqlite_store: Store) -> None:
    store = sqlite_store
    store.conversations.begin_turn("me", turn())
    store.close()
    with open(store.database.path, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 8)
    with pytest.raises(StoreError, match="store_damaged"):
        store.history.page("me")


def test_a_mistake_inside_a_write_undoes_all_of_it_and_frees_the_lock(store: Store) -> None:
    store.conversations.begin_turn("me", turn())

    def mistaken() -> None:
        with store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM conversations")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        mistaken()
    store.conversations.finish("me", "t1", DONE)
    assert store.history.count("me") == 1


def test_fifty_threads_write_while_another_process_reads(store: Store) -> None:
    reader = child("read", url_of(store))
    assert reader.stdout
    assert reader.stdout.readline() == "ready\n"
    start = threading.Barrier(50)

    def ask(owner: str, worker: int, name: str) -> None:
        store.conversations.begin_turn(owner, turn(name, conversation_id=f"c{worker}"))
        progress(store, owner, f"t{name}", "A c")
        store.conversations.finish(owner, f"t{name}", DONE)
        assert store.conversations.conversation(owner, f"c{worker}")

    def work(worker: int) -> None:
        start.wait()
        for n in range(3):
            ask("me", worker, f"{worker}-{n}")

    for n in range(2):  # all statements are compiled here, not fifty times at once
        ask("you", 0, f"you-{n}")

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(work, range(50)))
    said, _ = reader.communicate(timeout=60)
    assert reader.returncode == 0, "the reader saw something torn or locked"
    assert int(said.split()[1]) > 0
    summaries = store.history.page("me", limit=100)
    assert len(summaries) == 50
    assert all((s.messages, s.images, s.running) == (6, 3, False) for s in summaries)
    assert all(s.cost == 3 * (DONE.cost or 0) for s in summaries)
