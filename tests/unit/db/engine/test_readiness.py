"""Whether a store can be read right now: both kinds of database, real faults."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from components.errors import StoreError
from components.services.readiness import HANGS
from components.services.readiness import Readiness as Asked
from db.engine.readiness import Readiness
from db.store import Store, open_store
from tests.support.databases import KINDS, Raw

# Another process that holds all locks of readers, as a program does that opens the file exclusively
# (https://www.sqlite.org/walformat.html, 2.3: bytes 123 to 127 of the -shm file).
LOCKER = """
import fcntl, sys
file = open(sys.argv[1], "r+b")
fcntl.lockf(file, fcntl.LOCK_EX, 5, 123)
print("locked", flush=True)
sys.stdin.read()
"""

# Another process that wants the file for itself; whoever has it open keeps it from that.
TAKER = """
import sqlite3, sys
sqlite3.connect(sys.argv[1], timeout=0).execute("PRAGMA journal_mode=DELETE")
"""


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database of this test's own, as its schema won't be ours any more."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path}/log.db"


@contextmanager
def opened(url: str) -> Iterator[tuple[Store, Readiness]]:
    store = open_store(url)
    try:
        yield store, Readiness(store.database)
    finally:
        store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


def code(readiness: Readiness) -> str:
    with pytest.raises(StoreError) as caught:
        readiness.check()
    return caught.value.code


def test_an_open_store_is_ready(empty_url: str) -> None:
    with opened(empty_url) as (store, readiness):
        readiness.check()
        with store.database.write():  # somebody else's turn to write keeps nobody from reading
            readiness.check()


def test_a_newer_schema_is_not_ready(empty_url: str) -> None:
    with opened(empty_url) as (store, readiness):
        with store.database.write() as connection:
            store.database.dialect.set_version(connection, 99)
        assert code(readiness) == "store_newer"


def test_another_programs_database_is_not_ready(empty_url: str) -> None:
    with opened(empty_url) as (store, readiness):
        raw = Raw(empty_url)
        raw.run("PRAGMA application_id=7" if raw.is_sqlite else "DROP TABLE tuwen_schema")
        assert code(readiness) == "store_not_ours"
        if raw.is_sqlite:
            with store.database.write() as connection:
                store.database.dialect.set_version(connection, readiness._known)
            readiness.check()


def test_a_file_that_is_away_is_not_ready_until_it_is_back(path: Path) -> None:
    with opened(f"sqlite:///{path}") as (_, readiness):
        away = path.rename(path.with_name("away.db"))
        assert code(readiness) == "store_unwritable"
        assert not path.exists(), "looking must not make one"
        away.rename(path)
        readiness.check()


def test_another_file_in_its_place_is_not_ready_as_we_would_write_to_the_old_one(
    path: Path,
) -> None:
    with opened(f"sqlite:///{path}") as (_, readiness):
        copy = path.with_name("copy.db")
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("VACUUM INTO ?", (str(copy),))
        shutil.move(copy, path)
        assert code(readiness) == "store_unwritable"
    with opened(f"sqlite:///{path}") as (_, readiness):
        readiness.check()


def test_a_file_that_was_overwritten_is_not_ready(path: Path) -> None:
    with opened(f"sqlite:///{path}") as (store, readiness):
        with store.database.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with path.open("r+b") as file:
            file.write(b"this is no database " * 10)
        assert code(readiness) == "store_not_ours"


def test_a_file_that_another_process_locks_is_not_ready_until_it_lets_go(path: Path) -> None:
    with opened(f"sqlite:///{path}") as (_, readiness):
        readiness.check()
        locker = subprocess.Popen(
            [sys.executable, "-c", LOCKER, f"{path}-shm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert locker.stdout
        assert locker.stdout.readline() == b"locked\n"
        asked = Asked(readiness.check, limit=0.3)  # SQLite itself tries for ten seconds
        assert asyncio.run(asked.why()) == HANGS
        locker.communicate(timeout=10)
        assert asyncio.run(Asked(readiness.check, limit=20.0).why()) is None


def test_looking_leaves_the_locks_of_this_process_alone(path: Path) -> None:
    """POSIX takes every lock of a process off a file when the process closes it anywhere."""
    with opened(f"sqlite:///{path}") as (store, readiness), store.database.read() as connection:
        store.database.dialect.version(connection)
        readiness.check()
        taker = subprocess.run(
            [sys.executable, "-c", TAKER, str(path)], capture_output=True, text=True, timeout=30
        )
        assert "database is locked" in taker.stderr


def test_a_postgres_that_hangs_is_not_ready_until_it_answers(postgres_url: str) -> None:
    plain = make_url(postgres_url).set(drivername="postgresql")
    with opened(postgres_url) as (_, readiness):
        asked = Asked(readiness.check, limit=0.3, keep=0.0)
        with psycopg.connect(plain.render_as_string(hide_password=False)) as other:
            other.execute("LOCK TABLE tuwen_schema IN ACCESS EXCLUSIVE MODE")
            assert asyncio.run(asked.why()) == HANGS
            assert asyncio.run(asked.why()) == HANGS
            other.rollback()
        patient = Asked(readiness.check, limit=10.0)
        assert asyncio.run(patient.why()) is None
