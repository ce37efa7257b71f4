"""Runs of cases and their answers: written, in progress in whichever process, graded, read."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from components.cases.store.runs import (
    Answer,
    CaseRun,
    Held,
    KeptAnswer,
    RunSummary,
    Snapshot,
    StoredRun,
    Verdict,
)
from components.chat.store import AlreadyRunning, NewImage, Progress
from db.cases import run_readers as readers
from db.cases import run_rows as rows
from db.conversations.images import check_bytes, keep_contents, let_go
from db.conversations.rows import AnyRow
from db.conversations.turns import exists
from db.engine.repository import Repository, for_owner
from db.schema.case_runs import (
    case_answers,
    case_runs,
    case_snapshot_images,
    case_snapshots,
    case_verdicts,
)
from db.sharing.shares import forget_shares

r, a, s, i = case_runs.c, case_answers.c, case_snapshots.c, case_snapshot_images.c
_AT_ONCE = 500  # rows of an insert


class CaseRuns(Repository):
    """components.cases.store.RunStore."""

    @for_owner("write")
    def begin_run(
        self,
        connection: Connection,
        owner: str,
        run: CaseRun,
        snapshot: Snapshot,
        answers: Sequence[Answer],
        contents: Sequence[NewImage],
    ) -> None:
        """Write a run and its requests; a repeat with the same id does nothing."""
        if exists(connection, case_runs, owner, run.id):
            return
        keep_contents(connection, owner, contents)
        check_bytes(connection, owner, snapshot.hashes, "run")
        _keep_snapshot(connection, owner, snapshot)
        begun = {"owner": owner, "heartbeat_at": self.now(), **rows.run_values(run)}
        connection.execute(insert(case_runs).values(begun))
        asked = [
            {"owner": owner, "run_id": run.id, "position": n}
            | rows.new_values(answer, run.whom[answer.column].host)
            for n, answer in enumerate(answers)
        ]
        for start in range(0, len(asked), _AT_ONCE):
            connection.execute(insert(case_answers), asked[start : start + _AT_ONCE])

    @for_owner("write")
    def run_progress(
        self, connection: Connection, owner: str, run_id: str, so_far: Mapping[str, Progress]
    ) -> Held | None:
        """A heartbeat, and what came so far. Why the run is to be held; None when there is no such
        run."""
        head = readers.head(connection, owner, run_id)
        if head is None:
            return None
        mine = update(case_runs).where(r.owner == owner, r.id == run_id)
        connection.execute(mine.values(heartbeat_at=self.now()))
        for answer_id, came in so_far.items():
            open_one = [a.owner == owner, a.id == answer_id, a.state.in_(rows.OPEN)]
            values = {"state": "running", "text": came.text, "reasoning": came.reasoning}
            connection.execute(update(case_answers).where(*open_one).values(values))
        held: Held = head.held
        return held

    @for_owner("write")
    def hold_run(self, connection: Connection, owner: str, run_id: str, held: Held) -> bool:
        """Whoever asks it sees it at the next heartbeat."""
        mine = update(case_runs).where(r.owner == owner, r.id == run_id)
        return connection.execute(mine.values(held=held)).rowcount > 0

    @for_owner("write")
    def stop_all_runs(self, connection: Connection, owner: str) -> None:
        """The same, "stop", for every run of the owner's that somebody is at."""
        for row in connection.execute(select(case_runs).where(r.owner == owner, r.held == "")):
            if rows.is_running(row, _states(connection, owner, row.id), self.now()):
                mine = update(case_runs).where(r.owner == owner, r.id == row.id)
                connection.execute(mine.values(held="stop"))

    @for_owner("write")
    def finish_answer(self, connection: Connection, owner: str, answer: Answer) -> None:
        """How a request ended, and its verdict. The first call counts; without effect once
        deleted."""
        mine = [a.owner == owner, a.id == answer.id, a.state.in_(rows.OPEN)]
        connection.execute(update(case_answers).where(*mine).values(rows.ended_values(answer)))

    @for_owner("write")
    def grade_answers(
        self, connection: Connection, owner: str, graded: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """What graders say of answers, by id."""
        for answer_id, each in graded.items():
            mine = update(case_answers).where(a.owner == owner, a.id == answer_id)
            connection.execute(mine.values(rows.graded_values(each)))

    @for_owner("write")
    def decide(
        self, connection: Connection, owner: str, answer_id: str, verdict: Verdict, by: str
    ) -> bool:
        """A person's verdict, beside those before it."""
        query = select(a.run_id).where(a.owner == owner, a.id == answer_id)
        run_id = connection.scalar(query)
        if run_id is None:
            return False
        row = {"owner": owner, "id": uuid.uuid4().hex, "run_id": run_id, "answer_id": answer_id}
        said = {"at": self.now(), "verdict": verdict, "person": by}
        connection.execute(insert(case_verdicts).values(row | said))
        return True

    @for_owner("write")
    def reopen_run(
        self,
        connection: Connection,
        owner: str,
        run_id: str,
        *,
        errors: bool,
        budget: Decimal | None,
        alone: bool = False,
    ) -> list[str]:
        """Let those without an answer wait again; their ids, and of those that wait anyway."""
        head, now = readers.head(connection, owner, run_id), self.now()
        if head is None:
            return []
        if alone and rows.is_running(head, _states(connection, owner, run_id), now):
            raise AlreadyRunning
        values: dict[str, object] = {"held": "", "heartbeat_at": now}
        values |= {} if budget is None else {"budget": budget}
        mine = update(case_runs).where(r.owner == owner, r.id == run_id)
        connection.execute(mine.values(values))
        over = ["waiting", "running", "stopped", "interrupted", *(["failed"] if errors else [])]
        again = [a.owner == owner, a.run_id == run_id, a.state.in_(over)]
        found = list(connection.scalars(select(a.id).where(*again).order_by(a.position)))
        connection.execute(update(case_answers).where(*again).values(rows.open_values()))
        return found

    @for_owner("read")
    def kept_answer(
        self,
        connection: Connection,
        owner: str,
        run_id: str,
        host: str,
        body: str,
        repeat: int,
    ) -> KeptAnswer | None:
        """The latest fresh answer of another run to the very same request."""
        same = [a.owner == owner, a.body == body, a.repeat == repeat, a.host == host]
        fresh = [a.state == "ok", a.kept_from == "", a.run_id != run_id]
        query = (
            select(case_answers, r.created_at)
            .join(case_runs, (r.owner == a.owner) & (r.id == a.run_id))
            .where(*same, *fresh, r.owner == owner)
            .order_by(r.created_at.desc())
            .limit(1)
        )
        row = connection.execute(query).first()
        return None if row is None else KeptAnswer(row.id, row.created_at, rows.result_of(row))

    @for_owner("read")
    def case_run(self, connection: Connection, owner: str, run_id: str) -> StoredRun | None:
        """The whole of a run, None when the owner has none of that id."""
        return readers.case_run(connection, owner, run_id, self.now())

    @for_owner("read")
    def labelled(
        self, connection: Connection, owner: str
    ) -> list[tuple[Mapping[str, Any], Verdict]]:
        """Of each answer on which a person decided: what graders say, and the latest verdict."""
        v = case_verdicts.c
        query = (
            select(a.id, a.graded, v.verdict)
            .join(case_verdicts, (v.owner == a.owner) & (v.answer_id == a.id))
            .where(a.owner == owner, v.owner == owner)
            .order_by(v.at, v.id)
        )
        found = {row.id: (row.graded or {}, row.verdict) for row in connection.execute(query)}
        return list(found.values())

    @for_owner("read")
    def run_page(
        self,
        connection: Connection,
        owner: str,
        *,
        set_id: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[RunSummary]:
        """Summaries of the owner's, newest first. set_id: of this set alone."""
        query = select(case_runs).where(r.owner == owner)
        if set_id is not None:
            query = query.where(r.set_id == set_id)
        query = query.order_by(r.created_at.desc(), r.id.desc()).limit(limit).offset(offset)
        found = connection.execute(query).all()
        of_them = [a.owner == owner, a.run_id.in_([row.id for row in found])]
        states: defaultdict[str, list[AnyRow]] = defaultdict(list)
        for row in connection.execute(
            select(a.run_id, a.state, a.verdict, a.cost, a.judges).where(*of_them)
        ):
            states[row.run_id].append(row)
        return [rows.summary(row, states[row.id], self.now()) for row in found]

    @for_owner("read")
    def models_asked(self, connection: Connection, owner: str) -> list[str]:
        """Every model of every run, in alphabetical order."""
        found = connection.scalars(select(r.settings).where(r.owner == owner))
        return sorted({each["model"] for settings in found for each in settings})

    @for_owner("write")
    def delete_run(self, connection: Connection, owner: str, run_id: str) -> bool:
        """For good, with its snapshot and images where nothing else needs them."""
        return remove_run(connection, owner, run_id)


def remove_run(connection: Connection, owner: str, run_id: str) -> bool:
    """With its snapshot and images where nothing else needs them. Whether there was one."""
    head = readers.head(connection, owner, run_id)
    if head is None:
        return False
    forget_shares(connection, owner, "run", [run_id])
    connection.execute(delete(case_runs).where(r.owner == owner, r.id == run_id))
    query = select(r.id).where(r.owner == owner, r.digest == head.digest).limit(1)
    if connection.scalar(query) is None:
        shown = [i.owner == owner, i.digest == head.digest]
        hashes = list(connection.scalars(select(i.hash).where(*shown)))
        gone = delete(case_snapshots).where(s.owner == owner, s.digest == head.digest)
        connection.execute(gone)
        let_go(connection, owner, hashes)
    return True


def _keep_snapshot(connection: Connection, owner: str, snapshot: Snapshot) -> None:
    known = select(s.digest).where(s.owner == owner, s.digest == snapshot.digest)
    if connection.scalar(known) is not None:
        return
    key = {"owner": owner, "digest": snapshot.digest}
    connection.execute(insert(case_snapshots).values(key | {"data": dict(snapshot.data)}))
    if snapshot.hashes:
        shown = [key | {"hash": each} for each in snapshot.hashes]
        connection.execute(insert(case_snapshot_images), shown)


def _states(connection: Connection, owner: str, run_id: str) -> Counter[str]:
    mine: list[ColumnElement[bool]] = [a.owner == owner, a.run_id == run_id]
    return Counter(connection.scalars(select(a.state).where(*mine)))
