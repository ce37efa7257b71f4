"""A runner over a real log, a real hub and a real server."""

from collections.abc import Iterator

import pytest

from components.chat.hub import Hub
from components.compare.runs import Runs
from components.providers.endpoints import Endpoint
from db.store import SqlStore, open_store
from tests.compare.asking import Desk
from tests.loopback import Loopback


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


@pytest.fixture
def desk(store: SqlStore, hub: Hub, loopback: Loopback) -> Iterator[Desk]:
    made = Desk(store, hub, Runs(hub, store), Endpoint("loop", base_url=loopback.base_url))
    yield made
    made.close()
