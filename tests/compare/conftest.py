"""A runner over a real log, a real hub and a real server."""

from collections.abc import Iterator

import pytest

from components.chat.hub import Hub
from components.compare.runs import Runs
from components.providers.endpoints import Endpoint
from db.log import SqlLog, open_log
from tests.compare.asking import Desk
from tests.loopback import Loopback


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


@pytest.fixture
def desk(log: SqlLog, hub: Hub, loopback: Loopback) -> Iterator[Desk]:
    made = Desk(log, hub, Runs(hub, log), Endpoint("loop", base_url=loopback.base_url))
    yield made
    made.close()
