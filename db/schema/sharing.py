"""The tables of sharing; see db.schema.conversations for what holds for all."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Table, UniqueConstraint

from db.engine.column_types import Name, UtcTime, Words
from db.schema.conversations import metadata

__all__ = ["metadata", "shares", "team_visible"]

# hash: SHA-256 of the link's token in hex. What target_id names may be gone: then the link leads
# nowhere.
shares = Table(
    "shares",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("hash", Name, nullable=False),
    Column("kind", Name, nullable=False),
    Column("target_id", Name, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Column("with_costs", Boolean, nullable=False),
    Column("with_names", Boolean, nullable=False),
    Column("person", Words, nullable=False),
    UniqueConstraint("hash"),
    Index("shares_by_target", "owner", "kind", "target_id"),
)

# Conversations that everybody who signs in may read. name: of the owner, as the others see it.
team_visible = Table(
    "team_visible",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("conversation_id", Name, primary_key=True),
    Column("since", UtcTime, nullable=False),
    Column("name", Words, nullable=False),
    ForeignKeyConstraint(
        ["owner", "conversation_id"],
        ["conversations.owner", "conversations.id"],
        ondelete="CASCADE",
    ),
)
