"""One run of cases, read whole."""

from collections import Counter
from datetime import datetime

from sqlalchemy import Connection, select

from components.cases.store.runs import Decided, Snapshot, StoredRun
from db.cases import run_rows as rows
from db.conversations.rows import AnyRow, is_stale
from db.schema.case_runs import (
    case_answers,
    case_runs,
    case_snapshot_images,
    case_snapshots,
    case_verdicts,
)

r, a, s, i, v = (
    case_runs.c,
    case_answers.c,
    case_snapshots.c,
    case_snapshot_images.c,
    case_verdicts.c,
)


def case_run(connection: Connection, owner: str, run_id: str, now: datetime) -> StoredRun | None:
    """None when the owner has none of that id."""
    found = head(connection, owner, run_id)
    if found is None:
        return None
    mine = [a.owner == owner, a.run_id == run_id]
    asked = connection.execute(select(case_answers).where(*mine).order_by(a.position)).all()
    decided = _decided(connection, owner, run_id)
    stale = is_stale(found.heartbeat_at, now)
    states = Counter(str(row.state) for row in asked)
    requests = [rows.answer(row, stale, decided.get(row.id)) for row in asked]
    return StoredRun(
        rows.run(found),
        _snapshot(connection, owner, found.digest),
        tuple(each for each in requests if not each.judges),
        rows.is_running(found, states, now),
        tuple(each for each in requests if each.judges),
    )


def head(connection: Connection, owner: str, run_id: str) -> AnyRow | None:
    """Its row of case_runs."""
    return connection.execute(select(case_runs).where(r.owner == owner, r.id == run_id)).first()


def _snapshot(connection: Connection, owner: str, digest: str) -> Snapshot:
    data = select(s.data).where(s.owner == owner, s.digest == digest)
    hashes = select(i.hash).where(i.owner == owner, i.digest == digest).order_by(i.hash)
    return Snapshot(
        digest, connection.execute(data).scalar_one(), tuple(connection.scalars(hashes))
    )


def _decided(connection: Connection, owner: str, run_id: str) -> dict[str, Decided]:
    """By answer, the latest of each."""
    mine = select(case_verdicts).where(v.owner == owner, v.run_id == run_id)
    found = connection.execute(mine.order_by(v.at, v.id))
    return {row.answer_id: Decided(row.verdict, row.person, row.at) for row in found}
