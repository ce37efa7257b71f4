"""What is PostgreSQL's own: who waits for whom, whose database it is, and what becomes of kills."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, event, make_url, text

from components.chat.store import HistoryFilter
from components.errors import StoreError
from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import Store, open_store
from tests.support.databases import Raw
from tests.support.postgres import shared
from tests.unit.db.make import DONE, turn, url_of
from tests.unit.db.processes import child, killed

KNOWN = 1 + len(MIGRATIONS)


def refused(url: str) -> StoreError:
    with pytest.raises(StoreError) as caught:
        open_store(url)
    return caught.value


def impatient(url: str) -> Database:
    """A store whose writes wait for a lock for a twentieth of a second only."""
    database = Database(url)
    event.listen(
        database.engine,
        "connect",
        lambda raw, _: raw.execute("SET lock_timeout = 50") and raw.commit(),
    )
    return database


def test_writers_of_one_owner_wait_for_each_other_and_others_do_not(
    postgres_store: Store,
) -> None:
    other = impatient(url_of(postgres_store))
    with postgres_store.database.write("me"):
        with other.write("you"):
            pass
        with pytest.raises(StoreError, match="store_busy"), other.write("me"):
            pass
        with pytest.raises(StoreError, match="store_busy"), other.write():
            pass
    with other.write("me"):
        pass
    other.close()


def test_who_writes_for_all_holds_everybody_up(postgres_store: Store) -> None:
    other = impatient(url_of(postgres_store))
    with postgres_store.database.write():
        with pytest.raises(StoreError, match="store_busy"), other.write("me"):
            pass
        with other.read() as connection:  # but nobody who reads
            assert connection.scalar(text("SELECT count(*) FROM conversations")) == 0
    other.close()


def test_a_writer_sees_what_was_written_while_it_waited(postgres_store: Store) -> None:
    """Sums are taken after the wait, or two requests would each fit into the last free cent."""
    seen, waiting = [], threading.Event()

    def second() -> None:
        waiting.set()
        with postgres_store.database.write("me") as connection:
            seen.append(connection.scalar(text("SELECT count(*) FROM votes")))

    with ThreadPoolExecutor(1) as pool:
        with postgres_store.database.write("me") as connection:
            done = pool.submit(second)
            waiting.wait()
            time.sleep(0.2)
            connection.execute(
                text("INSERT INTO votes VALUES ('me', 'cost', 'en', true, clock_timestamp())")
            )
        done.result(10)
    assert seen == [1]


def test_a_killed_process_leaves_no_lock_behind(postgres_store: Store) -> None:
    url = url_of(postgres_store)
    process = child("hold", url, "me")
    assert process.stdout
    assert process.stdout.readline() == "holding\n"
    killed(process)
    postgres_store.conversations.begin_turn("me", turn())
    assert postgres_store.history.count("me") == 1


def test_a_writer_that_is_killed_again_and_again_loses_nothing_it_acknowledged(
    postgres_store_url: str,
) -> None:
    open_store(postgres_store_url).close()
    begun: set[str] = set()
    finished: set[str] = set()
    for round_ in range(4):
        writer = child("write", postgres_store_url, str(round_ * 1_000_000))
        assert writer.stdout
        # In the middle of its work, however slow the machine is.
        said = [writer.stdout.readline().split()]
        while sum(line[0] == "finished" for line in said) < 2:
            said.append(writer.stdout.readline().split())
        for kind, number in [*said, *(line.split() for line in killed(writer))]:
            (begun if kind == "begun" else finished).add(number)
    assert len(finished) > 4, "the children were killed before they had written anything"
    store = open_store(postgres_store_url)
    attempts = {}
    for summary in store.history.page("me"):
        found = store.conversations.conversation("me", summary.id)
        assert found
        assert len(found.messages) == summary.messages
        assert sum(len(m.images) for m in found.messages) == summary.images
        attempts |= {m.attempt.id[1:]: m.attempt.result for m in found.messages if m.attempt}
    assert store.history.count("me", HistoryFilter(text="what is this")) == store.history.count(
        "me"
    )
    store.close()
    assert begun <= attempts.keys()
    assert all(attempts[number] == DONE for number in finished)


def test_another_programs_tables_are_left_alone(postgres_url: str) -> None:
    Raw(postgres_url).run("CREATE TABLE bookmarks (url TEXT)")
    error = refused(postgres_url)
    assert error.code == "store_not_ours"
    assert Raw(postgres_url).tables() == ["bookmarks"]


def test_a_store_of_a_newer_version_is_left_alone(postgres_url: str) -> None:
    open_store(postgres_url).close()
    Raw(postgres_url).run("UPDATE tuwen_schema SET version = 99")
    error = refused(postgres_url)
    assert (error.code, error.data) == ("store_newer", {"found": 99, "known": KNOWN})


def test_a_schema_change_that_is_killed_leaves_the_old_one(postgres_url: str) -> None:
    open_store(postgres_url).close()

    def one_more(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (id INTEGER)")

    process = child("migrate_further", postgres_url)
    assert process.stdout
    assert process.stdout.readline() == "changed\n"
    killed(process)
    assert "later" not in Raw(postgres_url).tables()
    assert Raw(postgres_url).run("SELECT version FROM tuwen_schema") == [(KNOWN,)]
    database = Database(postgres_url)
    upgrade(database, (*MIGRATIONS, one_more))
    database.close()
    assert "later" in Raw(postgres_url).tables()
    assert Raw(postgres_url).run("SELECT version FROM tuwen_schema") == [(KNOWN + 1,)]


def test_processes_that_start_together_make_one_store(postgres_url: str) -> None:
    processes = [child("open", postgres_url, str(n)) for n in range(4)]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0] for process in processes]
    assert said == ["opened\n"] * len(processes)
    store = open_store(postgres_url)
    assert store.history.count("me") == len(processes)
    store.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"username": "nobody_here"}, "store_refused"),
        ({"database": "not_there"}, "store_refused"),
        ({"port": 1}, "store_gone"),
    ],
    ids=["unknown role", "unknown database", "nobody listens"],
)
def test_a_database_that_cannot_be_had_is_told(
    postgres_url: str, change: dict[str, Any], code: str
) -> None:
    url = make_url(postgres_url).set(password="hunter2", **change)
    error = refused(url.render_as_string(hide_password=False))
    assert error.code == code
    assert "hunter2" not in str(error)


def test_the_tests_run_against_a_real_server() -> None:
    (version,) = shared().execute("SHOW server_version")[0]
    assert int(str(version).split(".")[0]) >= 14
