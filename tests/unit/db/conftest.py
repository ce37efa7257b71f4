"""A store of its own for each test, with a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.store import Store, open_store
from tests.support.databases import sqlite_url
from tests.unit.db.make import Clock
from tests.unit.db.owners.owner_checker import OwnerChecker


@pytest.fixture(autouse=True)
def checker() -> Iterator[OwnerChecker]:
    """Whatever any test here makes a repository ask, names the owner that its decorator says."""
    checker = OwnerChecker(Engine)
    yield checker
    checker.close()
    assert checker.complaints == []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    """On SQLite and on PostgreSQL."""
    opened = open_store(database_url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """For what is SQLite's own."""
    opened = open_store(sqlite_url(tmp_path), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def postgres_store(postgres_store_url: str, clock: Clock) -> Iterator[Store]:
    """For what is PostgreSQL's own."""
    opened = open_store(postgres_store_url, clock=clock)
    yield opened
    opened.close()
