"""A store of its own for each test, with a clock that stands still."""

from collections.abc import Iterator

import pytest

from db.store import Store, open_store
from tests.unit.db.make import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    opened = open_store(database_url, clock=clock)
    yield opened
    opened.close()
