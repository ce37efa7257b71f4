"""The cluster, and the browser with which it is visited."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import endpoint, pictures, visit
from tests.browser.running import FLAGS, chromium
from tests.browser.running import MISSING as NO_BROWSER
from tests.cluster.cluster import Cluster
from tests.cluster.proxy import MISSING, nginx
from tests.loopback.server import Loopback
from tests.postgres import shared

__all__ = ["browser", "cluster", "endpoint", "pictures", "standing", "visit"]


def needs(found: str | None, otherwise: str) -> str:
    """`found`; without it the test is left out, on CI it fails."""
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(otherwise)
        pytest.skip(otherwise)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One of this module alone: a second Playwright can't be started beside that of
    tests/browser, which lives until all tests are done."""
    path = needs(chromium(), NO_BROWSER)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@contextmanager
def _running(folder: Path, base_url: str) -> Iterator[Cluster]:
    needs(nginx(), MISSING)
    server, name = shared(), f"c{uuid.uuid4().hex[:12]}"
    server.execute(f"CREATE DATABASE {name}")
    with Cluster(folder, server.url(name), base_url) as running:
        yield running
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def cluster(tmp_path: Path, loopback: Loopback) -> Iterator[Cluster]:
    """Two nodes with the loopback endpoint, on PostgreSQL, behind nginx; for one test alone."""
    with _running(tmp_path / "cluster", loopback.base_url) as running:
        yield running


@pytest.fixture(scope="module")
def standing(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[Cluster]:
    """The same for all tests of a module, which leave both nodes as they are."""
    with _running(tmp_path_factory.mktemp("cluster"), endpoint.base_url) as running:
        yield running


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After all that uses `asyncio.run`, which refuses to run beside Playwright; tests/conftest.py
    then moves tests/browser behind these."""
    items.sort(key=lambda item: "cluster" in item.path.parts)
