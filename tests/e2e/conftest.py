"""The app with and without an endpoint."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser.running import RunningApp
from tests.support.loopback.server import Loopback


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[RunningApp]:
    """The app with the loopback endpoint."""
    with RunningApp(tmp_path_factory.mktemp("app"), endpoint.base_url) as running:
        yield running


@pytest.fixture(scope="module")
def keyless(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[RunningApp]:
    """The app as it is without any key."""
    with RunningApp(tmp_path_factory.mktemp("keyless")) as running:
        yield running
