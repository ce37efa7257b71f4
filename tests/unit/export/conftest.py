from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from components.export import ImageOf
from db.store import Store
from tests.unit.export.make import filled


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = filled(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def image_of(store: Store) -> ImageOf:
    return partial(store.conversations.image, "me")
