"""The table of wrong passwords, for an hour; see db.schema.conversations for what holds for all.

It has no owner: whoever types one is nobody yet.
"""

from sqlalchemy import Column, Index, Integer, Table

from db.engine.column_types import Name, UtcTime
from db.schema.conversations import metadata

# place: a hash of the address that it came from; count: how many wrong ones in a row this was.
wrong_passwords = Table(
    "wrong_passwords",
    metadata,
    Column("id", Name, primary_key=True),
    Column("place", Name, nullable=False),
    Column("count", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("wrong_passwords_by_place", "place", "at"),
    Index("wrong_passwords_by_time", "at"),
)
