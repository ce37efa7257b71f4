"""A runner over a real store, a real runner and a real server."""

from collections.abc import Iterator

import pytest

from components.compare.running.run_manager import Runs
from components.providers.endpoints import Endpoint
from components.runner.runner import Runner
from db.store import Store, open_store
from tests.support.loopback import Loopback
from tests.unit.compare.comparing import ImageAnalyzer


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def runner(store: Store) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def analyzer(store: Store, runner: Runner, loopback: Loopback) -> Iterator[ImageAnalyzer]:
    made = ImageAnalyzer(
        store,
        runner,
        Runs(runner, store.comparisons, store.conversations.image),
        Endpoint("loop", base_url=loopback.base_url),
    )
    yield made
    made.close()
