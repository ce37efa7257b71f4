"""A store of whichever version ends with the tables of a new one, on both kinds of database."""

from typing import Any

import pytest
import sqlalchemy as sql

from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.store import open_store
from tests.unit.db.make import fill
from tests.unit.db.schema.old import BROUGHT, as_version

# Version 8 forgot its collation on PostgreSQL. Nothing is ordered or looked for by it.
ANY_COLLATION = {"reasoning"}


def type_of(column: Any) -> str:
    said = str(column["type"])
    return said.partition(" COLLATE ")[0] if column["name"] in ANY_COLLATION else said


def columns(url: str) -> dict[str, set[tuple[Any, ...]]]:
    """Of each table: names, types and whether they may be empty; names of indexes."""
    database = Database(url)
    with database.read() as connection:
        looked = sql.inspect(connection)
        found = {
            table: {(c["name"], type_of(c), c["nullable"]) for c in looked.get_columns(table)}
            | {(index["name"],) for index in looked.get_indexes(table)}
            for table in looked.get_table_names()
        }
    database.close()
    return found


def test_every_version_says_what_it_brought() -> None:
    assert sorted(BROUGHT) == list(range(7, 2 + len(MIGRATIONS)))


@pytest.mark.parametrize("version", range(6, 1 + len(MIGRATIONS)))
def test_an_older_store_gets_the_tables_of_a_new_one(database_url: str, version: int) -> None:
    store = open_store(database_url)
    fill(store)
    store.close()
    new = columns(database_url)
    as_version(database_url, version)
    assert columns(database_url) != new
    store = open_store(database_url)
    assert store.conversations.conversation("me", "c1")
    store.close()
    assert columns(database_url) == new
