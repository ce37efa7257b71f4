"""A runner over a real store in a database of each kind."""

from collections.abc import Iterator

import pytest

from components.chat.running.answers import Answers
from db.store import Store, open_store
from tests.unit.chat.questions import answers_of


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def answers(store: Store) -> Iterator[Answers]:
    made = answers_of(store)
    yield made
    made.runner.close()
