"""The tables of comparisons; see db.schema.conversations for what holds for all."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    false,
)

from db.engine.column_types import Name, UtcTime, Words
from db.schema.answer_columns import ended, reasoning, used
from db.schema.conversations import metadata

__all__ = [
    "cell_pictures",
    "cells",
    "comparison_images",
    "comparisons",
    "metadata",
]

# heartbeat_at: last sign of life of whoever asks; cells that wait or run without it are
# interrupted. pair_id: the comparison that this is a run of in the opposite order; it may be gone.
comparisons = Table(
    "comparisons",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("heartbeat_at", UtcTime, nullable=False),
    Column("mode", Name, nullable=False),
    Column("order", Name, nullable=False),
    Column("pair_id", Name),
    Column("repeats", Integer, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("lang", Name, nullable=False),
    Column("title", Words, nullable=False),
    Column("models", JSON, nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("questions", JSON, nullable=False),
    Index("comparisons_in_history", "owner", "created_at", "id"),
    Index("comparisons_by_pair", "owner", "pair_id", "created_at", "id"),
)

# box: of a part that is cut out, as JSON.
comparison_images = Table(
    "comparison_images",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("comparison_id", Name, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("letter", Name, nullable=False),
    Column("hash", Name, nullable=False),
    Column("detail", Name, nullable=False),
    Column("as_is", Boolean, nullable=False),
    Column("first_frame", Boolean, nullable=False),
    Column("original_width", BigInteger),
    Column("original_height", BigInteger),
    Column("scale", Integer, nullable=False),
    Column("box", JSON),
    Column("variant", Name, nullable=False),
    Column("name", Words, nullable=False),
    ForeignKeyConstraint(
        ["owner", "comparison_id"], ["comparisons.owner", "comparisons.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(["owner", "hash"], ["images.owner", "images.hash"]),
    Index("comparison_images_by_hash", "owner", "hash"),
)

# position: in the plan. state: as of components.compare.store; outcome: of the answer, once it
# came. stop_asked: by a person, of whichever process runs it.
cells = Table(
    "comparison_cells",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("comparison_id", Name, nullable=False),
    Column("position", Integer, nullable=False),
    Column("question", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("state", Name, nullable=False),
    Column("outcome", Name),
    *used(),
    *ended(),
    Column("letters", JSON, nullable=False),
    Column("prices", JSON, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("error_data", JSON, nullable=False),
    Column("text", Words, nullable=False),
    Column("stop_asked", Boolean, nullable=False, server_default=false()),
    reasoning(),
    ForeignKeyConstraint(
        ["owner", "comparison_id"], ["comparisons.owner", "comparisons.id"], ondelete="CASCADE"
    ),
    Index("comparison_cells_in_order", "owner", "comparison_id", "position"),
)

# Pictures in a cell's answer, in order.
cell_pictures = Table(
    "cell_pictures",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("cell_id", Name, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("comparison_id", Name, nullable=False),
    Column("hash", Name, nullable=False),
    Column("name", Words, nullable=False),
    Column("width", BigInteger, nullable=False),
    Column("height", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["owner", "cell_id"], ["comparison_cells.owner", "comparison_cells.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(["owner", "hash"], ["images.owner", "images.hash"]),
    Index("cell_pictures_of_comparison", "owner", "comparison_id"),
    Index("cell_pictures_by_hash", "owner", "hash"),
)
