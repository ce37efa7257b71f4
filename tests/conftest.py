"""Fixtures for all tests."""

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.e2e.browser.visiting import browser, endpoint, pictures, visit
from tests.support.databases import app_database_url, database_url, pytest_addoption
from tests.support.fuzzing import examples
from tests.support.loopback.server import Loopback
from tests.support.postgres import postgres_store_url, postgres_url

__all__ = [
    "app_database_url",
    "browser",
    "database_url",
    "endpoint",
    "loopback",
    "pictures",
    "postgres_store_url",
    "postgres_url",
    "pytest_addoption",
    "visit",
]


# How long an example takes says something of the machine alone.
settings.register_profile(
    "any machine",
    deadline=None,
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("any machine")


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A real server of the API on a port of its own."""
    with Loopback() as server:
        yield server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first: two workers end together then."""
    items.sort(key=lambda item: not _visits(item))
    for item in items:
        if _visits(item) or not {"faults", "pages", "door"}.isdisjoint(item.path.parts):
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def no_loop_of_playwright(request: pytest.FixtureRequest) -> Iterator[None]:
    """Playwright keeps an event loop running in the main thread once a browser was started, and
    `asyncio.run` refuses to run beside one: it is put aside for tests that have no browser."""
    running = None if _visits(request.node) else asyncio._get_running_loop()
    if running is None:
        yield
        return
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(running)


_ended: dict[str, list[str]] = {"failed": [], "rerun": []}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.outcome in _ended:
        _ended[report.outcome].append(report.nodeid)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last lines name what failed and what was tried again: they are what a log ends with."""
    if hasattr(config, "workerinput"):
        return
    for said, names in zip(("failed", "tried again"), _ended.values(), strict=True):
        if names:
            print(f"{said}: {', '.join(names)}")


def _visits(item: pytest.Item) -> bool:
    return "e2e" in item.path.parts
