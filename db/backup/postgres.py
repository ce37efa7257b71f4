"""Copies of a store in PostgreSQL, by pg_dump and pg_restore."""

from pathlib import Path

from sqlalchemy import Connection, text

from components.errors import BackupError, StoreError
from db.backup.copies import KNOWN, TABLES, Held
from db.backup.dump import look
from db.backup.postgres_programs import Access, access_of, find, run
from db.engine.database import Database

# The server would end our transaction while pg_dump works in another one.
_UNHURRIED = ("idle_in_transaction_session_timeout", "statement_timeout")
_LOCK_WAIT_MS = 30_000  # for a process that upgrades the schema just now


def write(database: Database, part: Path) -> Held:
    """Copy the store into the empty file `part`; what is counted is the snapshot that is copied."""
    with database.read() as connection:
        _check_store(database, connection)
        access = _access(connection)
        program = find("pg_dump", access.major)
        for setting in _UNHURRIED:
            connection.execute(text(f"SET LOCAL {setting} = 0"))
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        held = _held(connection)
        run(
            program,
            [
                "--format=custom",
                "--compress=1",  # pictures hardly shrink, and at 6 it takes three times as long
                f"--file={part}",
                f"--snapshot={snapshot}",
                f"--lock-wait-timeout={_LOCK_WAIT_MS}",
                # Tables, not the schema: that one is there in every new database.
                f"--table={_schema(connection)}.*",
                "--no-publications",
                "--no-security-labels",
            ],
            access,
        )
    if look(part) != held:
        raise StoreError("store_damaged", path=database.path)
    return held


def fill(database: Database, copy: Path) -> Held:
    """Put what is in `copy` into the database, which must be empty."""
    with database.read() as connection:
        _refuse_what_is_there(database, connection)
        access = _access(connection)
    held = look(copy)
    run(
        find("pg_restore"),
        [
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            str(copy.resolve()),
        ],
        access,
    )
    with database.read() as connection:
        if _held(connection) != held:
            raise BackupError("restore_differs", path=database.path)
    return held


def _check_store(database: Database, connection: Connection) -> None:
    version = database.dialect.version(connection)
    if version == 0:
        raise BackupError("backup_nothing", path=database.path)
    if version > KNOWN:
        raise StoreError("store_newer", found=version, known=KNOWN)


def _refuse_what_is_there(database: Database, connection: Connection) -> None:
    try:
        empty = database.dialect.version(connection) == 0
    except StoreError:  # others' tables
        empty = False
    if not empty:
        raise BackupError("restore_not_empty", path=database.path)


def _access(connection: Connection) -> Access:
    driver = connection.connection.driver_connection
    assert driver is not None, "a connection that is open"
    return access_of(driver)


def _held(connection: Connection) -> Held:
    counted = {
        name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
        for name in TABLES
    }
    return Held(**counted)


def _schema(connection: Connection) -> str:
    """In quotes, so that nothing in it is a pattern."""
    name = connection.execute(text("SELECT current_schema()")).scalar_one()
    return '"' + str(name).replace('"', '""') + '"'
