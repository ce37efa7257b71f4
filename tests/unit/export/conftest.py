from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from components.export import ImageOf
from db.store import SqlStore
from tests.unit.export.make import filled


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = filled(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def image_of(store: SqlStore) -> ImageOf:
    return partial(store.image, "me")
