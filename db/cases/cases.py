"""Sets of cases, their versions and what they show."""

import dataclasses
from collections.abc import Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    func,
    insert,
    select,
    update,
)

from components.cases.store import (
    MAX_SET_NAME,
    Case,
    CaseSet,
    FinishedRun,
    Origin,
    SetSummary,
    StoredCase,
    StoredSet,
    head_line,
    read_head,
    read_run,
    run_line,
)
from components.chat.store import NewImage
from components.text import one_line
from db.cases import rows, set_images, versions
from db.conversations.images import let_go
from db.conversations.turns import exists
from db.engine.repository import Repository, for_owner
from db.schema.cases import case_images, case_sets, cases, finished_runs, set_cases

s, k, m, i, r = case_sets.c, cases.c, set_cases.c, case_images.c, finished_runs.c


class Cases(Repository):
    """components.cases.store.CaseStore."""

    @for_owner("write")
    def create(
        self,
        connection: Connection,
        owner: str,
        set_id: str,
        cases: CaseSet,
        contents: Mapping[str, NewImage],
        origin: Origin,
    ) -> bool:
        """Keep a set as version 1. contents: its images by name. A repeat with the same id does
        nothing; False for it. Raises CaseError cases_invalid for an id or a name that is too
        long."""
        if exists(connection, case_sets, owner, set_id):
            return False
        now = self.now()
        made = {
            "owner": owner,
            "id": set_id,
            "version": 1,
            "cases": len(cases.cases),
            "origin": origin,
            "created_at": now,
            "updated_at": now,
            "name": _name(cases.name),
            "head": head_line(cases),
        }
        connection.execute(insert(case_sets), [made])
        set_images.keep_images(connection, owner, set_id, contents)
        hashes = {name: content.hash for name, content in contents.items()}
        versions.write(
            connection,
            owner,
            set_id,
            [(case, 1, n) for n, case in enumerate(cases.cases)],
            hashes,
            1,
            now,
        )
        bodies = [
            {"owner": owner, "set_id": set_id, "position": n, "body": run_line(run)}
            for n, run in enumerate(cases.runs)
        ]
        if bodies:
            connection.execute(insert(finished_runs), bodies)
        return True

    @for_owner("read")
    def sets(self, connection: Connection, owner: str) -> list[SetSummary]:
        """Those that aren't deleted, latest change first."""
        query = select(case_sets).where(s.owner == owner, s.deleted_at.is_(None))
        query = query.order_by(s.updated_at.desc(), s.id.desc())
        return [rows.summary(row) for row in connection.execute(query)]

    @for_owner("read")
    def summary(self, connection: Connection, owner: str, set_id: str) -> SetSummary | None:
        """One of them, None when there is none."""
        row = connection.execute(select(case_sets).where(*versions.there(owner, set_id))).first()
        return rows.summary(row) if row else None

    @for_owner("read")
    def page(
        self,
        connection: Connection,
        owner: str,
        set_id: str,
        *,
        words: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> list[StoredCase]:
        """Cases of the latest version in order. words: only those with all of these."""
        query = select(cases).join(set_cases, versions.of_one_case())
        query = query.where(*versions.now_in(owner, set_id), *_with(words)).order_by(m.position)
        return [
            rows.stored_case(row) for row in connection.execute(query.limit(limit).offset(offset))
        ]

    @for_owner("read")
    def count(self, connection: Connection, owner: str, set_id: str, words: str = "") -> int:
        """How many cases of the latest version have these words."""
        query = select(func.count()).select_from(cases).join(set_cases, versions.of_one_case())
        return connection.scalar(query.where(*versions.now_in(owner, set_id), *_with(words))) or 0

    @for_owner("read")
    def case(
        self, connection: Connection, owner: str, set_id: str, case_id: str
    ) -> StoredCase | None:
        """One case of the latest version."""
        query = select(cases).join(set_cases, versions.of_one_case())
        row = connection.execute(
            query.where(*versions.now_in(owner, set_id), m.case_id == case_id)
        ).first()
        return rows.stored_case(row) if row else None

    @for_owner("read")
    def whole(
        self, connection: Connection, owner: str, set_id: str, version: int | None = None
    ) -> StoredSet | None:
        """A version with all its cases; the latest for None."""
        found = connection.execute(
            select(case_sets).where(s.owner == owner, s.id == set_id)
        ).first()
        if found is None:
            return None
        at = found.version if version is None else version
        query = select(cases).join(set_cases, versions.of_one_case()).order_by(m.position)
        held = connection.execute(query.where(*versions.in_version(owner, set_id, at)))
        head = read_head(found.head, found.name)
        return StoredSet(
            id=set_id,
            version=at,
            name=found.name,
            cases=tuple(rows.stored_case(row) for row in held),
            head=dataclasses.replace(head, runs=_runs(connection, owner, set_id)),
            hashes=set_images.hashes_of(connection, owner, set_id),
        )

    @for_owner("read")
    def images(self, connection: Connection, owner: str, set_id: str) -> dict[str, str]:
        """The hashes of its images by the names that cases use."""
        return set_images.hashes_of(connection, owner, set_id)

    @for_owner("write")
    def put(
        self,
        connection: Connection,
        owner: str,
        set_id: str,
        cases: Sequence[Case],
        contents: Mapping[str, NewImage],
    ) -> int | None:
        """Cases with an id that the set has become new versions in their places, others come
        last. The set's version then; None without a set. Raises CaseError as `create`."""
        version = versions.next_version(connection, owner, set_id)
        if version is None:
            return None
        set_images.keep_images(connection, owner, set_id, contents)
        hashes = set_images.hashes_of(connection, owner, set_id)
        ids = [case.id for case in cases]
        places = versions.places(connection, owner, set_id, ids)
        latest = versions.latest(connection, owner, set_id, ids)
        last = select(func.max(m.position)).where(m.owner == owner, m.set_id == set_id)
        end = connection.scalar(last)
        after = 0 if end is None else end + 1
        versions.close(connection, owner, set_id, list(places), version)
        new = [case.id for case in cases if case.id not in places]
        at = places | {case_id: after + n for n, case_id in enumerate(new)}
        written = [(case, latest.get(case.id, 0) + 1, at[case.id]) for case in cases]
        versions.write(connection, owner, set_id, written, hashes, version, self.now())
        versions.note(connection, owner, set_id, version, len(new), self.now())
        return version

    @for_owner("write")
    def remove(
        self, connection: Connection, owner: str, set_id: str, case_ids: Sequence[str]
    ) -> int | None:
        """Without these. The set's version then; None where nothing was removed."""
        there = versions.places(connection, owner, set_id, case_ids)
        version = versions.next_version(connection, owner, set_id)
        if version is None or not there:
            return None
        versions.close(connection, owner, set_id, list(there), version)
        versions.note(connection, owner, set_id, version, -len(there), self.now())
        return version

    @for_owner("write")
    def put_back(self, connection: Connection, owner: str, set_id: str, version: int) -> int | None:
        """The cases that `version` of the set removed, as they were. The set's version then."""
        next_one = versions.next_version(connection, owner, set_id)
        gone = select(m.case_id, m.case_version, m.position).where(
            m.owner == owner, m.set_id == set_id, m.until == version
        )
        removed = connection.execute(gone).all()
        there = versions.places(connection, owner, set_id, [row.case_id for row in removed])
        back = [
            {"owner": owner, "set_id": set_id, "since": next_one, "until": None, **row._mapping}
            for row in removed
            if row.case_id not in there
        ]
        if next_one is None or not back:
            return None
        connection.execute(insert(set_cases), back)
        versions.note(connection, owner, set_id, next_one, len(back), self.now())
        return next_one

    @for_owner("write")
    def rename(self, connection: Connection, owner: str, set_id: str, name: str) -> bool:
        """Another name: one line, 100 characters at most. False when there is no such set, or the
        name is blank."""
        line = _name(name)
        if not line:
            return False
        mine = update(case_sets).where(*versions.there(owner, set_id))
        return connection.execute(mine.values(name=line)).rowcount > 0

    @for_owner("write")
    def delete(self, connection: Connection, owner: str, set_id: str) -> bool:
        """Out of sight, which can be undone until it is purged. False when there is none."""
        mine = update(case_sets).where(*versions.there(owner, set_id))
        return connection.execute(mine.values(deleted_at=self.now())).rowcount > 0

    @for_owner("write")
    def undo_delete(self, connection: Connection, owner: str, set_id: str) -> bool:
        """Whether it came back."""
        mine = [s.owner == owner, s.id == set_id, s.deleted_at.is_not(None)]
        back = update(case_sets).where(*mine).values(deleted_at=None)
        return connection.execute(back).rowcount > 0

    @for_owner("read")
    def finished_runs(self, connection: Connection, owner: str, set_id: str) -> list[FinishedRun]:
        """Those that came with the set's file."""
        return list(_runs(connection, owner, set_id))


def remove_sets(connection: Connection, owner: str, ids: Sequence[str]) -> int:
    """For ever, with the images that nothing else of the owner's shows. How many."""
    mine = select(i.hash).where(i.owner == owner, i.set_id.in_(ids))
    shown = connection.scalars(mine).all()
    gone = connection.execute(delete(case_sets).where(s.owner == owner, s.id.in_(ids))).rowcount
    let_go(connection, owner, shown)
    return gone


def _with(words: str) -> list[ColumnElement[bool]]:
    return [k.words.contains(word, autoescape=True) for word in words.casefold().split()]


def _runs(connection: Connection, owner: str, set_id: str) -> tuple[FinishedRun, ...]:
    mine = select(r.body).where(r.owner == owner, r.set_id == set_id).order_by(r.position)
    return tuple(read_run(body) for body in connection.scalars(mine))


def _name(name: str) -> str:
    return one_line(name)[:MAX_SET_NAME].strip()
