"""The table of labels; see db.schema.conversations for what holds for all."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKeyConstraint, Index, Integer, Table

from db.engine.column_types import Name, UtcTime, Words
from db.schema.conversations import metadata

# What a person says of an answer. Rows are only added: replaced_by is all that changes in one.
# Of an answer in a chat: conversation_id, message_id, attempt_id. Of a row of a comparison:
# comparison_id, question (from 0), letter ("" for all its images); corrected is its right answer.
# who: the owner id of the person. seconds: how long they took. blind: others' labels were hidden.
labels = Table(
    "labels",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("who", Name, nullable=False),
    Column("verdict", Name, nullable=False),
    Column("conversation_id", Name),
    Column("message_id", Name),
    Column("attempt_id", Name),
    Column("comparison_id", Name),
    Column("question", Integer),
    Column("letter", Name),
    Column("seconds", Float),
    Column("blind", Boolean, nullable=False),
    Column("replaced_by", Name),
    Column("tags", JSON, nullable=False),
    Column("note", Words, nullable=False),
    Column("corrected", Words, nullable=False),
    ForeignKeyConstraint(
        ["owner", "conversation_id"],
        ["conversations.owner", "conversations.id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["owner", "attempt_id"], ["attempts.owner", "attempts.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["owner", "comparison_id"], ["comparisons.owner", "comparisons.id"], ondelete="CASCADE"
    ),
    Index("labels_of_conversation", "owner", "conversation_id"),
    Index("labels_of_attempt", "owner", "attempt_id"),
    Index("labels_of_comparison", "owner", "comparison_id"),
)
