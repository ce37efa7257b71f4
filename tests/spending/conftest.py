"""A log of its own for each test, with a clock that stands still."""

from collections.abc import Iterator

import pytest

from db.log import SqlLog, open_log
from tests.db.make import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(database_url: str, clock: Clock) -> Iterator[SqlLog]:
    opened = open_log(database_url, clock=clock)
    yield opened
    opened.close()
