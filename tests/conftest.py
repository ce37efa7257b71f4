"""Fixtures for all tests."""

from collections.abc import Iterator

import pytest

from tests.databases import app_database_url, database_url, pytest_addoption
from tests.loopback.server import Loopback
from tests.postgres import postgres_log_url, postgres_url

__all__ = [
    "app_database_url",
    "database_url",
    "loopback",
    "postgres_log_url",
    "postgres_url",
    "pytest_addoption",
]


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A real server of the API on a port of its own."""
    with Loopback() as server:
        yield server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop running in the main thread, and
    `asyncio.run`, which other tests use, refuses to run beside one."""
    items.sort(key=lambda item: "browser" in item.path.parts)
