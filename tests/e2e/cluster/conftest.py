"""The cluster."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser.visiting import needs
from tests.e2e.cluster.cluster import Cluster
from tests.e2e.cluster.proxy import MISSING, nginx
from tests.support.loopback.server import Loopback
from tests.support.postgres import shared


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
