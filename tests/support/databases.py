"""Both kinds of database, for tests that must hold on each, and a way to look past our own code."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

KINDS = ("sqlite", "postgres")


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """DATABASE_URL of a database without a row, of each kind in turn."""
    if request.param == "postgres":
        yield request.getfixturevalue("postgres_store_url")
    else:
        yield f"sqlite:///{tmp_path}/log.db"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgres`: the pages' tests, which have SQLite otherwise, have it too."""
    parser.addoption("--database", choices=KINDS, default="sqlite")


@pytest.fixture
def app_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """DATABASE_URL of an empty database for an app: SQLite's unless `--database postgres`."""
    if request.config.getoption("--database") == "postgres":
        yield request.getfixturevalue("postgres_store_url")
    else:
        yield f"sqlite:///{tmp_path}/log.db"


class Raw:
    """A database, read and changed without any code of ours."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.drivername.startswith("sqlite")

    def run(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """One statement, kept; its rows. Values stand as ? in it."""
        if self.is_sqlite:
            with closing(sqlite3.connect(str(self.url.database))) as raw, raw:
                return raw.execute(statement, values).fetchall()
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as connection:
            found = connection.execute(statement.replace("?", "%s").encode(), values or None)
            return found.fetchall() if found.description else []

    def tables(self) -> list[str]:
        """Those that hold what people have written."""
        if self.is_sqlite:
            names = self.run("SELECT name FROM sqlite_master WHERE type = 'table'")
            own = ("sqlite_", "search_index_")  # what SQLite keeps for itself
            return [str(name) for (name,) in names if not str(name).startswith(own)]
        names = self.run("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return [str(name) for (name,) in names if name != "tuwen_schema"]
