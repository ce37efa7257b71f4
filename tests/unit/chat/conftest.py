"""A runner over a real store in a database of each kind."""

from collections.abc import Iterator

import pytest

from components.chat.running.runner import Runner
from db.store import SqlStore, open_store


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def runner(store: SqlStore) -> Iterator[Runner]:
    made = Runner(store)
    yield made
    made.close()
