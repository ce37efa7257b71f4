"""The tables of runs of cases; see db.schema.conversations for what holds for all."""

from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Index, Integer, Table

from db.engine.column_types import ExactDecimal, Name, UtcTime, Words
from db.schema.answer_columns import ended, reasoning, used
from db.schema.conversations import metadata

__all__ = [
    "case_answers",
    "case_runs",
    "case_snapshot_images",
    "case_snapshots",
    "case_verdicts",
    "metadata",
]

# The set as it was asked, once for all runs that asked the same. digest: sha256 of data.
case_snapshots = Table(
    "case_snapshots",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("digest", Name, primary_key=True),
    Column("data", JSON, nullable=False),
)

case_snapshot_images = Table(
    "case_snapshot_images",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("digest", Name, primary_key=True),
    Column("hash", Name, primary_key=True),
    ForeignKeyConstraint(
        ["owner", "digest"], ["case_snapshots.owner", "case_snapshots.digest"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(["owner", "hash"], ["images.owner", "images.hash"]),
    Index("case_snapshot_images_by_hash", "owner", "hash"),
)

# heartbeat_at: last sign of life of whoever asks. held: why nothing more is sent, "" while it may
# be; see components.cases.store.
case_runs = Table(
    "case_runs",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("heartbeat_at", UtcTime, nullable=False),
    Column("digest", Name, nullable=False),
    Column("set_id", Name, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("lang", Name, nullable=False),
    Column("budget", ExactDecimal),
    Column("fresh", Boolean, nullable=False),
    Column("held", Name, nullable=False),
    Column("name", Words, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("judges", JSON, nullable=False, server_default="[]"),
    ForeignKeyConstraint(["owner", "digest"], ["case_snapshots.owner", "case_snapshots.digest"]),
    Index("case_runs_in_order", "owner", "created_at", "id"),
    Index("case_runs_of_set", "owner", "set_id", "created_at", "id"),
    Index("case_runs_by_snapshot", "owner", "digest"),
)

# position: in the plan. state: as of components.cases.store. body: sha256 of the body as sent.
# judges: of a request to a judge, the answer that it is about, "" else; grader, vote: of which.
# kept_*: where the answer is one of an earlier run. verdict: of the graders, out of graded.
case_answers = Table(
    "case_answers",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("run_id", Name, nullable=False),
    Column("position", Integer, nullable=False),
    Column("case", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("rotation", Integer, nullable=False),
    Column("judges", Name, nullable=False, server_default=""),
    Column("grader", Integer, nullable=False, server_default="0"),
    Column("vote", Integer, nullable=False, server_default="0"),
    Column("state", Name, nullable=False),
    Column("outcome", Name),
    Column("verdict", Name),
    Column("host", Name, nullable=False),
    Column("body", Name, nullable=False),
    Column("reserved", ExactDecimal),
    Column("kept_from", Name, nullable=False),
    Column("kept_cost", ExactDecimal),
    Column("kept_at", UtcTime),
    *used(),
    *ended(),
    Column("prices", JSON, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("error_data", JSON, nullable=False),
    Column("graded", JSON),
    Column("text", Words, nullable=False),
    reasoning(),
    ForeignKeyConstraint(
        ["owner", "run_id"], ["case_runs.owner", "case_runs.id"], ondelete="CASCADE"
    ),
    Index("case_answers_in_order", "owner", "run_id", "position"),
    Index("case_answers_by_body", "owner", "body", "repeat"),
)

# What people decided, in the place of what graders say; never changed, the latest counts.
case_verdicts = Table(
    "case_verdicts",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("run_id", Name, nullable=False),
    Column("answer_id", Name, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("verdict", Name, nullable=False),
    Column("person", Words, nullable=False),
    ForeignKeyConstraint(
        ["owner", "answer_id"], ["case_answers.owner", "case_answers.id"], ondelete="CASCADE"
    ),
    Index("case_verdicts_of_run", "owner", "run_id", "at", "id"),
    Index("case_verdicts_of_answer", "owner", "answer_id"),
)
