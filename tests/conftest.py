"""Fixtures for all tests."""

from collections.abc import Iterator

import pytest

from tests.browser.visiting import browser, endpoint, pictures, visit
from tests.databases import app_database_url, database_url, pytest_addoption
from tests.loopback.server import Loopback
from tests.postgres import postgres_log_url, postgres_url

__all__ = [
    "app_database_url",
    "browser",
    "database_url",
    "endpoint",
    "loopback",
    "pictures",
    "postgres_log_url",
    "postgres_url",
    "pytest_addoption",
    "visit",
]


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A real server of the API on a port of its own."""
    with Loopback() as server:
        yield server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who visits with a browser comes last: Playwright keeps an event loop running in the main
    thread, and `asyncio.run`, which other tests use, refuses to run beside one."""
    items.sort(key=lambda item: not {"browser", "cluster"}.isdisjoint(item.path.parts))
