from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from components.export import ImageOf
from db.log import SqlLog
from tests.export.make import filled


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqlLog]:
    opened = filled(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def image_of(log: SqlLog) -> ImageOf:
    return partial(log.image, "me")
