"""Which version of the schema a database has, and bringing it up to ours.

The version is set last in the one transaction that makes or changes the tables, so a kill leaves
old or new.
"""

from collections.abc import Sequence

from components.errors import StoreError
from db.engine.database import Database
from db.schema import case_runs, cases, comparisons, labels, passwords, people, sharing, usage
from db.schema.conversations import metadata
from db.schema.migrations import MIGRATIONS, Migration

# Their tables are known to the metadata once they are imported.
_PARTS = (case_runs, cases, comparisons, labels, passwords, people, sharing, usage)


def upgrade(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the database to version 1 + len(migrations), in one transaction or not at all.

    Raises StoreError: store_newer when another process has upgraded it further meanwhile.
    """
    known = 1 + len(migrations)
    dialect = database.dialect
    with database.read() as connection:
        if dialect.version(connection) == known:
            return
    with database.write() as connection:
        version = dialect.version(connection)
        if version > known:
            raise StoreError("store_newer", found=version, known=known)
        if version == 0:
            metadata.create_all(connection, checkfirst=False)
        for migrate in migrations[version - 1 :] if version else ():
            migrate(connection)
        dialect.set_version(connection, known)
