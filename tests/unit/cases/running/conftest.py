"""A runner over a real store and a real server."""

from collections.abc import Iterator

import pytest

from components.cases.running.run_manager import CaseRuns
from components.providers.endpoints import Endpoint
from components.runner.runner import Runner
from db.store import Store, open_store
from tests.unit.cases.running.making import Answering, Asking


@pytest.fixture
def server() -> Iterator[Answering]:
    with Answering() as made:
        yield made


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def asking(store: Store, server: Answering) -> Iterator[Asking]:
    runner = Runner()
    runs = CaseRuns(runner, store.case_runs, store.conversations.image)
    made = Asking(store, runner, runs, Endpoint("loop", base_url=server.base_url))
    yield made
    made.close()
    runner.close()
