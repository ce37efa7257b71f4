"""Version 7 adds what a bill says of the prompt cache and of images, on both kinds of database."""

import dataclasses
from datetime import UTC, datetime, timedelta

from components.chat.store import AttemptResult
from components.spending.store import Bill, Rules
from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import open_store
from tests.unit.db.comparing import comparison
from tests.unit.db.make import DONE, turn
from tests.unit.db.schema.old import as_version
from tests.unit.spending.making import CENT, charge

BILLED = dataclasses.replace(DONE, cache_write_tokens=1889, image_tokens=1105)


def test_figures_of_the_cache_are_kept(database_url: str) -> None:
    store = open_store(database_url)
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", BILLED)
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.finish_cell("me", "cell1-0", BILLED)
    kept = store.conversations.conversation("me", "c1")
    compared = store.comparisons.comparison("me", "cmp1")
    store.close()
    assert kept
    assert kept.messages[1].attempt
    assert kept.messages[1].attempt.result == BILLED
    assert compared
    assert compared.cells[0].result == BILLED


def test_an_older_store_with_answers_in_it_gets_the_columns(database_url: str) -> None:
    store = open_store(database_url)
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", DONE)
    store.close()
    as_version(database_url, 6)
    database = Database(database_url)
    upgrade(database, MIGRATIONS[:6])
    database.close()
    store = open_store(database_url)
    store.conversations.begin_turn("me", turn("2"))
    store.conversations.finish("me", "t2", BILLED)
    found = [
        message.attempt.result
        for summary in store.history.page("me")
        if (whole := store.conversations.conversation("me", summary.id))
        for message in whole.messages
        if message.attempt
    ]
    store.close()
    assert sorted(found, key=_order) == [DONE, BILLED]


def _order(result: AttemptResult) -> int:
    return result.cache_write_tokens or 0


def test_a_store_of_version_8_gets_the_columns_of_what_was_used(database_url: str) -> None:
    store = open_store(database_url)
    store.usage.reserve("me", "r1", charge(), Rules())
    store.usage.settle("me", "r1", Bill(CENT, 100, 20))
    store.close()
    as_version(database_url, 8)
    store = open_store(database_url)
    store.usage.reserve("me", "r2", charge(), Rules())
    store.usage.settle("me", "r2", Bill(CENT, 100, 20, 60, 30))
    (row,) = store.usage.rows("me", datetime.now(UTC) - timedelta(days=1))
    store.close()
    assert (row.input_tokens, row.cached_tokens, row.cache_write_tokens) == (200, 60, 30)
