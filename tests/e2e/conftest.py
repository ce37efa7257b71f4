"""The app with and without an endpoint."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser.running import RunningApp
from tests.support.loopback.server import Loopback


@pytest.fixture(scope="session")
def app(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[RunningApp]:
    """The app with the loopback endpoint: one for the run, as each person has an own profile."""
    with RunningApp(tmp_path_factory.mktemp("app"), endpoint.base_url) as running:
        yield running


@pytest.fixture(scope="session")
def keyless(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[RunningApp]:
    """The app as it is without any key."""
    with RunningApp(tmp_path_factory.mktemp("keyless")) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_left_to_say(request: pytest.FixtureRequest) -> Iterator[None]:
    """A reply that a test left is no answer to the next one's question."""
    yield
    if "endpoint" in request.fixturenames:
        request.getfixturevalue("endpoint").clear()
