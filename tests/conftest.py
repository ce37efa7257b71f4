"""Fixtures for all tests."""

from collections.abc import Iterator

import pytest

from tests.loopback.server import Loopback


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A real server of the API on a port of its own."""
    with Loopback() as server:
        yield server
