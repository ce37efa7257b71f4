"""Version 7 adds what a bill says of the prompt cache and of images, on both kinds of database."""

import dataclasses
from datetime import UTC, datetime, timedelta

from components.chat.store import AttemptResult
from components.spending.store import Bill, Rules
from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import open_store
from tests.support.databases import Raw
from tests.unit.db.comparing import comparison
from tests.unit.db.make import DONE, turn
from tests.unit.spending.making import CENT, charge

ADDED = ("cache_write_tokens", "image_tokens")
USED = ("cached_tokens", "cache_write_tokens")  # of version 9
BILLED = dataclasses.replace(DONE, cache_write_tokens=1889, image_tokens=1105)


def _as_version_6(url: str) -> None:
    """What is in it becomes what version 6 had kept of it."""
    raw = Raw(url)
    raw.run("DROP TABLE draft_images")  # it came later
    raw.run("DROP TABLE cell_pictures")
    for table in ("attempts", "comparison_cells"):
        for column in (*ADDED, "reasoning"):  # the latter came later
            raw.run(f"ALTER TABLE {table} DROP COLUMN {column}")
    _without_usage(raw)
    if raw.is_sqlite:
        raw.run("PRAGMA user_version=6")
    else:
        raw.run("UPDATE tuwen_schema SET version = 6")


def _without_usage(raw: Raw) -> None:
    for column in USED:
        raw.run(f"ALTER TABLE usage_events DROP COLUMN {column}")


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
    _as_version_6(database_url)
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
    raw = Raw(database_url)
    raw.run("DROP TABLE draft_images")  # it came later
    raw.run("DROP TABLE cell_pictures")
    _without_usage(raw)
    if raw.is_sqlite:
        raw.run("PRAGMA user_version=8")
    else:
        raw.run("UPDATE tuwen_schema SET version = 8")
    store = open_store(database_url)
    store.usage.reserve("me", "r2", charge(), Rules())
    store.usage.settle("me", "r2", Bill(CENT, 100, 20, 60, 30))
    (row,) = store.usage.rows("me", datetime.now(UTC) - timedelta(days=1))
    store.close()
    assert (row.input_tokens, row.cached_tokens, row.cache_write_tokens) == (200, 60, 30)
