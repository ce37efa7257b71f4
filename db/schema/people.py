"""The table of people who have signed in; see db.schema.conversations for what holds for all."""

from sqlalchemy import Boolean, Column, Table

from db.engine.column_types import Name, UtcTime, Words
from db.schema.conversations import metadata

__all__ = ["metadata", "people"]

# role: given by an admin, NULL where the settings decide. signed_in_at: the latest sign-in, by the
# provider's clock; signed_out_before: sign-ins up to then count no more.
people = Table(
    "people",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("role", Name),
    Column("off", Boolean, nullable=False),
    Column("signed_in_at", UtcTime, nullable=False),
    Column("signed_out_before", UtcTime),
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False),
    Column("issuer", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("name", Words, nullable=False),
)
