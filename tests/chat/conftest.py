"""A hub over a real log in a database of each kind."""

from collections.abc import Iterator

import pytest

from components.chat.hub import Hub
from db.store import SqlStore, open_store


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def hub(store: SqlStore) -> Iterator[Hub]:
    made = Hub(store)
    yield made
    made.close()
