"""A hub over a real log in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from components.chat.hub import Hub
from db.log import SqlLog, open_log


@pytest.fixture
def log(tmp_path: Path) -> SqlLog:
    return open_log(f"sqlite:///{tmp_path / 'log.db'}")


@pytest.fixture
def hub(log: SqlLog) -> Iterator[Hub]:
    made = Hub(log)
    yield made
    made.close()
