"""A hub over a real log in a database of each kind."""

from collections.abc import Iterator

import pytest

from components.chat.hub import Hub
from db.log import SqlLog, open_log


@pytest.fixture
def log(database_url: str) -> Iterator[SqlLog]:
    opened = open_log(database_url)
    yield opened
    opened.close()


@pytest.fixture
def hub(log: SqlLog) -> Iterator[Hub]:
    made = Hub(log)
    yield made
    made.close()
