"""A store of its own for each test, with a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import SqlStore, open_store
from tests.unit.db.make import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[SqlStore]:
    """On SQLite and on PostgreSQL."""
    opened = open_store(database_url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, clock: Clock) -> Iterator[SqlStore]:
    """For what is SQLite's own."""
    opened = open_store(f"sqlite:///{tmp_path}/log.db", clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def postgres_store(postgres_store_url: str, clock: Clock) -> Iterator[SqlStore]:
    """For what is PostgreSQL's own."""
    opened = open_store(postgres_store_url, clock=clock)
    yield opened
    opened.close()
