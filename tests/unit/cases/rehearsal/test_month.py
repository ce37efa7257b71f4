"""What a month of the log came to, and would with a successor."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from components.cases.rehearsal.month import month_lines, month_of
from db.store import Store, open_store
from tests.support.databases import sqlite_url
from tests.unit.chat.used import answer, photo, used


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(sqlite_url(tmp_path))
    yield opened
    opened.close()


def test_a_month_is_told_with_each_successor(store: Store) -> None:
    answer(store, 1, (photo(),))
    answer(store, 2, (photo(),), model="gpt-5")
    month = month_of(used(store), "gpt-4o", ["gpt-6-luna", "gpt-4o", "nobody-knows-it"])
    luna, unknown = month_lines("en", month)
    assert luna.startswith("The last 30 days with gpt-4o: $0.00")
    assert luna.endswith("(answers: 1).")
    assert "; with gpt-6-luna: $0.00" in luna
    assert unknown == (
        "The last 30 days with gpt-4o (answers: 1): the price of nobody-knows-it isn't known."
    )


def test_without_answers_of_the_model_nothing_is_said(store: Store) -> None:
    answer(store, 1, model="gpt-5")
    assert list(month_lines("en", month_of(used(store), "gpt-4o", ["gpt-6-luna"]))) == []
