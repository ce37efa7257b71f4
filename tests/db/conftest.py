"""A log of its own for each test, with a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.log import SqlLog, open_log
from tests.db.make import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(database_url: str, clock: Clock) -> Iterator[SqlLog]:
    """On SQLite and on PostgreSQL."""
    opened = open_log(database_url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_log(tmp_path: Path, clock: Clock) -> Iterator[SqlLog]:
    """For what is SQLite's own."""
    opened = open_log(f"sqlite:///{tmp_path}/log.db", clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def postgres_log(postgres_log_url: str, clock: Clock) -> Iterator[SqlLog]:
    """For what is PostgreSQL's own."""
    opened = open_log(postgres_log_url, clock=clock)
    yield opened
    opened.close()
