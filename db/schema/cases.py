"""The tables of sets of cases; see db.schema.conversations for what holds for all.

A set has versions, 1 and on: each change makes the next one. Case versions are never changed
either, and set_cases says in which versions of the set each of them is.
"""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Table

from db.engine.column_types import Name, UtcTime, Words
from db.schema.conversations import metadata

__all__ = ["case_images", "case_sets", "cases", "finished_runs", "metadata", "set_cases"]

# version, cases: the latest version and how many cases it has. origin: what it was made from.
# head: as set.json has it; of every version, never changed. deleted_at: set until it is undone or
# purged.
case_sets = Table(
    "case_sets",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("origin", Name, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("deleted_at", UtcTime),
    Column("name", Words, nullable=False),
    Column("head", Words, nullable=False),
    Index("case_sets_in_order", "owner", "deleted_at", "updated_at", "id"),
)

# body: a line of cases.jsonl. words: what a search looks at, in lower case. image: the hash of
# its first one.
cases = Table(
    "cases",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("set_id", Name, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("image", Name),
    Column("words", Words, nullable=False),
    Column("body", Words, nullable=False),
    ForeignKeyConstraint(
        ["owner", "set_id"], ["case_sets.owner", "case_sets.id"], ondelete="CASCADE"
    ),
)

# since, until: the versions of the set that hold it, `until` no more; NULL: it is there now.
set_cases = Table(
    "set_cases",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("set_id", Name, primary_key=True),
    Column("case_id", Words, primary_key=True),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer),
    Column("case_version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    ForeignKeyConstraint(
        ["owner", "set_id", "case_id", "case_version"],
        ["cases.owner", "cases.set_id", "cases.id", "cases.version"],
        ondelete="CASCADE",
    ),
    Index("set_cases_in_order", "owner", "set_id", "position"),
)

# name: as cases call the image. Of all versions of the set.
case_images = Table(
    "case_images",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("set_id", Name, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("hash", Name, nullable=False),
    ForeignKeyConstraint(
        ["owner", "set_id"], ["case_sets.owner", "case_sets.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(["owner", "hash"], ["images.owner", "images.hash"]),
    Index("case_images_by_hash", "owner", "hash"),
)

# Runs that came with the file of a set, with their answers. body: a line of runs.jsonl.
finished_runs = Table(
    "finished_runs",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("set_id", Name, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("body", Words, nullable=False),
    ForeignKeyConstraint(
        ["owner", "set_id"], ["case_sets.owner", "case_sets.id"], ondelete="CASCADE"
    ),
)
