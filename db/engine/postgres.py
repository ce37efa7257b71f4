"""A store in PostgreSQL, for several processes on several machines.

Writers of the same owner wait for each other, as on SQLite all writers do: what a statement has
looked at is still so when the next one writes. Writers of different owners don't wait; who must
see everybody's rows (limits for all, a new schema) waits for all and holds all up. Advisory locks
of the transaction do that, so nothing stays locked by a process that was killed.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from psycopg import Connection as Driver
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from components.errors import ConfigError, StoreError

DRIVER = "postgresql+psycopg"
DRIVERS = (DRIVER, "postgresql", "postgres")
CONNECTIONS = 16  # of one process at most; max_connections of a new server is 100
_SETTINGS = {
    "TIME ZONE": "'UTC'",  # so that a date is a UTC date
    "lock_timeout": "'30s'",
    "statement_timeout": "'60s'",
    "idle_in_transaction_session_timeout": "'60s'",
    "jit": "off",  # compiling takes longer than our statements do
}
# A server that is gone without a word is noticed within a minute, not after the system's two hours.
_NETWORK = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # ms
    "application_name": "tuwen",
}
_ALL = 0x5475776E  # the lock of all together
_VERSION = text("SELECT version FROM tuwen_schema")
_HAS_VERSION = text("SELECT to_regclass('tuwen_schema') IS NOT NULL")
_TABLES = text(
    "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p')"
    " AND relnamespace = to_regnamespace(current_schema())"
)
_LOCK_OWNER = text("SELECT pg_advisory_xact_lock_shared(:all), pg_advisory_xact_lock(:owner)")
_LOCK_ALL = text("SELECT pg_advisory_xact_lock(:all)")


class PostgresDatabase:
    """What is PostgreSQL's own of a Database: components of db.engine.database.Database."""

    def __init__(self, url: URL) -> None:
        if not url.database:
            raise ConfigError("config_database", setting="DATABASE_URL")
        self.url = url.set(drivername=DRIVER)
        # What is said in errors: neither who comes in, nor how.
        host = url.host or url.query.get("host") or "localhost"
        self.place = f"{host}/{url.database}"
        self.engine = _engine(self.url)

    def prepare(self, known: int) -> None:
        """What is there is looked at in the transaction that changes it."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Nothing to wait for before a connection is had."""
        yield

    def begin_reading(self, connection: Connection) -> None:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def begin_writing(self, connection: Connection) -> None:
        """As it is set up: each statement sees what was written before it began."""

    def lock(self, connection: Connection, owner: str) -> None:
        """Until the transaction ends. owner "": everybody's."""
        if owner:
            connection.execute(_LOCK_OWNER, {"all": _ALL, "owner": _number(owner)})
        else:
            connection.execute(_LOCK_ALL, {"all": _ALL})

    def now(self) -> datetime | None:
        """The server's clock, which is the same for all processes."""
        with self.engine.connect() as connection:
            found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
            return found

    def version(self, connection: Connection) -> int:
        """0 for an empty schema. Raises StoreError("store_not_ours") where others' tables are."""
        if connection.scalar(_HAS_VERSION):
            return int(connection.execute(_VERSION).scalar_one())
        if connection.scalar(_TABLES):
            raise StoreError("store_not_ours", path=self.place)
        return 0

    def set_version(self, connection: Connection, version: int) -> None:
        if not connection.scalar(_HAS_VERSION):
            connection.execute(text("CREATE TABLE tuwen_schema (version INTEGER NOT NULL)"))
            connection.execute(text("INSERT INTO tuwen_schema VALUES (0)"))
        connection.execute(text("UPDATE tuwen_schema SET version = :it"), {"it": version})


def _number(owner: str) -> int:
    """An owner as a signed number of 64 bits, none of which is _ALL but by a wonder."""
    digest = hashlib.sha256(owner.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _engine(url: URL) -> Engine:
    # What the URL itself says of the network is meant so.
    network = {name: value for name, value in _NETWORK.items() if name not in url.query}
    engine = create_engine(
        url,
        pool_size=CONNECTIONS // 2,
        max_overflow=CONNECTIONS // 2,
        pool_timeout=30.0,
        pool_pre_ping=True,  # a server that was started anew is met with new connections
        hide_parameters=True,
        connect_args=network,
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: "Driver[tuple[object, ...]]", _record: object) -> None:
    with connection.cursor() as cursor:
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET {name} {'' if ' ' in name else '= '}{value}")
    connection.commit()
