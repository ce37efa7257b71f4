"""Both kinds of database, for tests that must hold on each, and a way to look past our own code.

What each test would otherwise do anew is done once in a run: tables are made, statements compiled.
"""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event, make_url

from db.engine import sqlite
from db.store import open_store

KINDS = ("sqlite", "postgres")


class Compiled(dict[tuple[Any, ...], Any]):
    """Statements that SQLAlchemy has compiled, for all engines of a kind: a statement of ours is
    the same in each store. Otherwise each store compiles its own, most of the time of its tests."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


@pytest.fixture(scope="session", autouse=True)
def statements_are_compiled_once() -> Iterator[None]:
    compiled = Compiled()

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)

    event.listen(Engine, "engine_connect", share)
    yield
    event.remove(Engine, "engine_connect", share)


@pytest.fixture(scope="session", autouse=True)
def no_disk_is_waited_for() -> Iterator[None]:
    """The tests kill processes of ours, never the machine: what SQLite has written is there."""
    with pytest.MonkeyPatch.context() as patch:
        settings = tuple(s.replace("synchronous=FULL", "synchronous=OFF") for s in sqlite.SETTINGS)
        patch.setattr(sqlite, "SETTINGS", settings)
        yield


@pytest.fixture
def disk_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside of tests."""
    monkeypatch.setattr(sqlite, "SETTINGS", AS_SHIPPED)


AS_SHIPPED = sqlite.SETTINGS


@cache
def empty_log() -> Path:
    """A SQLite store that nobody has written to."""
    folder = Path(tempfile.mkdtemp(prefix="tuwen-log-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_store(f"sqlite:///{folder}/log.db").close()
    return folder / "log.db"


def sqlite_url(folder: Path) -> str:
    """DATABASE_URL of a new store in a folder. Its tables are there: making them takes longer than
    most tests do."""
    shutil.copy(empty_log(), folder / "log.db")
    return f"sqlite:///{folder}/log.db"


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """DATABASE_URL of a database without a row, of each kind in turn."""
    if request.param == "postgres":
        yield request.getfixturevalue("postgres_store_url")
    else:
        yield sqlite_url(tmp_path)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgres`: the pages' tests, which have SQLite otherwise, have it too."""
    parser.addoption("--database", choices=KINDS, default="sqlite")


@pytest.fixture
def app_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """DATABASE_URL of an empty database for an app: SQLite's unless `--database postgres`."""
    if request.config.getoption("--database") == "postgres":
        yield request.getfixturevalue("postgres_store_url")
    else:
        yield sqlite_url(tmp_path)


class Raw:
    """A database, read and changed without any code of ours."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.drivername.startswith("sqlite")

    def run(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """One statement, kept; its rows. Values stand as ? in it."""
        return self.run_all([(statement, values)])[0]

    def run_all(
        self, statements: Sequence[tuple[str, tuple[object, ...]]]
    ) -> list[list[tuple[object, ...]]]:
        """Several by one connection, with their values; the rows of each."""
        if self.is_sqlite:
            with closing(sqlite3.connect(str(self.url.database))) as raw, raw:
                return [raw.execute(*each).fetchall() for each in statements]
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        found = []
        with psycopg.connect(plain) as connection:
            for statement, values in statements:
                ran = connection.execute(statement.replace("?", "%s").encode(), values or None)
                found.append(ran.fetchall() if ran.description else [])
        return found

    def tables(self) -> list[str]:
        """Those that hold what people have written."""
        if self.is_sqlite:
            names = self.run("SELECT name FROM sqlite_master WHERE type = 'table'")
            own = ("sqlite_", "search_index_")  # what SQLite keeps for itself
            return [str(name) for (name,) in names if not str(name).startswith(own)]
        names = self.run("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return [str(name) for (name,) in names if name != "tuwen_schema"]
