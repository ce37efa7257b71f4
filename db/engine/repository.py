"""What every repository of a store is made of: each method runs in a transaction of its own and
says by a decorator whose rows it is about.

A method is written with the connection after `self`, and called without it:

    @for_owner("read")
    def count(self, connection: Connection, owner: str) -> int: ...

    store.history.count(owner)

Whoever listens to the engine finds in a connection's execution options what was said: `owner`, and
`across`, the tables of which a statement may read everybody's rows. The tests do so, for every
statement.
"""

import inspect
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, Table

from db.engine.database import Database

Kind = Literal["read", "write"]
Clock = Callable[[], datetime]
P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound="Repository")
_Written = Callable[Concatenate[R, Connection, P], T]
_Called = Callable[Concatenate[R, P], T]


class Opened(Protocol):
    """A store: its database, and the present time, aware."""

    database: Database
    clock: Clock


class Repository:
    """One subject of a store."""

    def __init__(self, store: Opened) -> None:
        self._store = store

    def now(self) -> datetime:
        return self._store.clock()


def for_owner(kind: Kind) -> Callable[[_Written[R, P, T]], _Called[R, P, T]]:
    """Every statement names the owner, the first argument, for every table in it.

    "write": nobody else writes this owner's rows meanwhile. Raises TypeError, when the class is
    made, for a method without an owner.
    """

    def decorate(method: _Written[R, P, T]) -> _Called[R, P, T]:
        if list(inspect.signature(method).parameters)[1:3] != ["connection", "owner"]:
            raise TypeError(f"{method.__qualname__} takes a connection and an owner first")

        @wraps(method)
        def run(self: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
            owner = str(args[0] if args else kwargs["owner"])
            database = self._store.database
            with database.read() if kind == "read" else database.write(owner) as connection:
                connection.execution_options(owner=owner, across=())
                return method(self, connection, *args, **kwargs)

        return run

    return decorate


def across_owners(
    kind: Kind, *tables: Table, lock: str | None = ""
) -> Callable[[_Written[R, P, T]], _Called[R, P, T]]:
    """About people who are not the one who asks, or about many at once. Statements may leave the
    owner out for these tables; for every other one they name somebody.

    lock: as of Database.write. The tests have a list of all that are written so.
    """

    def decorate(method: _Written[R, P, T]) -> _Called[R, P, T]:
        @wraps(method)
        def run(self: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
            database = self._store.database
            with database.read() if kind == "read" else database.write(lock) as connection:
                connection.execution_options(owner=None, across=tables)
                return method(self, connection, *args, **kwargs)

        run.across = tables  # type: ignore[attr-defined]
        return run

    return decorate
