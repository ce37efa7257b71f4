"""Sets of cases, their versions and what they show."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    or_,
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
    check_name,
    head_line,
    read_head,
    read_run,
    run_line,
)
from components.chat.store import NewImage
from components.text import one_line
from db.cases import rows
from db.conversations.images import keep_contents, let_go
from db.conversations.turns import exists
from db.engine.repository import Repository, for_owner
from db.schema.cases import case_images, case_sets, cases, finished_runs, set_cases

_AT_A_TIME = 1000  # rows, or ids in a query
_CASES = cases  # where a parameter hides the table
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
        _keep_images(connection, owner, set_id, contents)
        hashes = {name: content.hash for name, content in contents.items()}
        _write(
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
        row = connection.execute(select(case_sets).where(*_there(owner, set_id))).first()
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
        query = select(cases).join(set_cases, _of_one_case())
        query = query.where(*_now(owner, set_id), *_with(words)).order_by(m.position)
        return [
            rows.stored_case(row) for row in connection.execute(query.limit(limit).offset(offset))
        ]

    @for_owner("read")
    def count(self, connection: Connection, owner: str, set_id: str, words: str = "") -> int:
        """How many cases of the latest version have these words."""
        query = select(func.count()).select_from(cases).join(set_cases, _of_one_case())
        return connection.scalar(query.where(*_now(owner, set_id), *_with(words))) or 0

    @for_owner("read")
    def case(
        self, connection: Connection, owner: str, set_id: str, case_id: str
    ) -> StoredCase | None:
        """One case of the latest version."""
        query = select(cases).join(set_cases, _of_one_case())
        row = connection.execute(query.where(*_now(owner, set_id), m.case_id == case_id)).first()
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
        query = select(cases).join(set_cases, _of_one_case()).order_by(m.position)
        held = connection.execute(query.where(*_in_version(owner, set_id, at)))
        head = read_head(found.head, found.name)
        return StoredSet(
            id=set_id,
            version=at,
            name=found.name,
            cases=tuple(rows.stored_case(row) for row in held),
            head=dataclasses.replace(head, runs=_runs(connection, owner, set_id)),
            hashes=_images(connection, owner, set_id),
        )

    @for_owner("read")
    def images(self, connection: Connection, owner: str, set_id: str) -> dict[str, str]:
        """The hashes of its images by the names that cases use."""
        return _images(connection, owner, set_id)

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
        version = _next(connection, owner, set_id)
        if version is None:
            return None
        _keep_images(connection, owner, set_id, contents)
        hashes = _images(connection, owner, set_id)
        ids = [case.id for case in cases]
        places = _places(connection, owner, set_id, ids)
        latest = _latest(connection, owner, set_id, ids)
        last = select(func.max(m.position)).where(m.owner == owner, m.set_id == set_id)
        end = connection.scalar(last)
        after = 0 if end is None else end + 1
        _close(connection, owner, set_id, list(places), version)
        new = [case.id for case in cases if case.id not in places]
        at = places | {case_id: after + n for n, case_id in enumerate(new)}
        written = [(case, latest.get(case.id, 0) + 1, at[case.id]) for case in cases]
        _write(connection, owner, set_id, written, hashes, version, self.now())
        _note(connection, owner, set_id, version, len(new), self.now())
        return version

    @for_owner("write")
    def remove(
        self, connection: Connection, owner: str, set_id: str, case_ids: Sequence[str]
    ) -> int | None:
        """Without these. The set's version then; None where nothing was removed."""
        there = _places(connection, owner, set_id, case_ids)
        version = _next(connection, owner, set_id)
        if version is None or not there:
            return None
        _close(connection, owner, set_id, list(there), version)
        _note(connection, owner, set_id, version, -len(there), self.now())
        return version

    @for_owner("write")
    def put_back(self, connection: Connection, owner: str, set_id: str, version: int) -> int | None:
        """The cases that `version` of the set removed, as they were. The set's version then."""
        next_one = _next(connection, owner, set_id)
        gone = select(m.case_id, m.case_version, m.position).where(
            m.owner == owner, m.set_id == set_id, m.until == version
        )
        removed = connection.execute(gone).all()
        there = _places(connection, owner, set_id, [row.case_id for row in removed])
        back = [
            {"owner": owner, "set_id": set_id, "since": next_one, "until": None, **row._mapping}
            for row in removed
            if row.case_id not in there
        ]
        if next_one is None or not back:
            return None
        connection.execute(insert(set_cases), back)
        _note(connection, owner, set_id, next_one, len(back), self.now())
        return next_one

    @for_owner("write")
    def rename(self, connection: Connection, owner: str, set_id: str, name: str) -> bool:
        """Another name: one line, 100 characters at most. False when there is no such set, or the
        name is blank."""
        line = _name(name)
        if not line:
            return False
        mine = update(case_sets).where(*_there(owner, set_id))
        return connection.execute(mine.values(name=line)).rowcount > 0

    @for_owner("write")
    def delete(self, connection: Connection, owner: str, set_id: str) -> bool:
        """Out of sight, which can be undone until it is purged. False when there is none."""
        mine = update(case_sets).where(*_there(owner, set_id))
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


def _there(owner: str, set_id: str) -> list[ColumnElement[bool]]:
    return [s.owner == owner, s.id == set_id, s.deleted_at.is_(None)]


def _of_one_case() -> ColumnElement[bool]:
    return and_(m.set_id == k.set_id, m.case_id == k.id, m.case_version == k.version)


def _here(owner: str, set_id: str) -> list[ColumnElement[bool]]:
    return [k.owner == owner, k.set_id == set_id, m.owner == owner, m.set_id == set_id]


def _now(owner: str, set_id: str) -> list[ColumnElement[bool]]:
    return [*_here(owner, set_id), m.until.is_(None)]


def _in_version(owner: str, set_id: str, version: int) -> list[ColumnElement[bool]]:
    holds = and_(m.since <= version, or_(m.until.is_(None), m.until > version))
    return [*_here(owner, set_id), holds]


def _with(words: str) -> list[ColumnElement[bool]]:
    return [k.words.contains(word, autoescape=True) for word in words.casefold().split()]


def _next(connection: Connection, owner: str, set_id: str) -> int | None:
    at = connection.scalar(select(s.version).where(*_there(owner, set_id)))
    return None if at is None else at + 1


def _places(
    connection: Connection, owner: str, set_id: str, case_ids: Sequence[str]
) -> dict[str, int]:
    """Where those of them are that the set has now."""
    found: dict[str, int] = {}
    for start in range(0, len(case_ids), _AT_A_TIME):
        some = m.case_id.in_(case_ids[start : start + _AT_A_TIME])
        query = select(m.case_id, m.position).where(
            m.owner == owner, m.set_id == set_id, some, m.until.is_(None)
        )
        found |= {row.case_id: row.position for row in connection.execute(query)}
    return found


def _latest(
    connection: Connection, owner: str, set_id: str, case_ids: Sequence[str]
) -> dict[str, int]:
    """The latest version that each of them ever had."""
    found: dict[str, int] = {}
    for start in range(0, len(case_ids), _AT_A_TIME):
        some = k.id.in_(case_ids[start : start + _AT_A_TIME])
        query = select(k.id, func.max(k.version)).where(k.owner == owner, k.set_id == set_id, some)
        for case_id, version in connection.execute(query.group_by(k.id)):
            found[case_id] = version
    return found


def _close(
    connection: Connection, owner: str, set_id: str, case_ids: Sequence[str], version: int
) -> None:
    """The set of `version` and later is without them."""
    for start in range(0, len(case_ids), _AT_A_TIME):
        some = m.case_id.in_(case_ids[start : start + _AT_A_TIME])
        mine = [m.owner == owner, m.set_id == set_id, some, m.until.is_(None)]
        connection.execute(update(set_cases).where(*mine).values(until=version))


def _write(
    connection: Connection,
    owner: str,
    set_id: str,
    written: Sequence[tuple[Case, int, int]],
    hashes: Mapping[str, str],
    since: int,
    now: datetime,
) -> None:
    """written: cases with their versions and positions."""
    of_set = {"owner": owner, "set_id": set_id}
    for start in range(0, len(written), _AT_A_TIME):
        some = written[start : start + _AT_A_TIME]
        bodies = [
            of_set | {"version": version, "at": now} | rows.case_values(case, hashes)
            for case, version, _ in some
        ]
        held = [
            of_set | {"case_id": case.id, "case_version": version, "position": at, "since": since}
            for case, version, at in some
        ]
        connection.execute(insert(_CASES), bodies)
        connection.execute(insert(set_cases), held)


def _keep_images(
    connection: Connection, owner: str, set_id: str, contents: Mapping[str, NewImage]
) -> None:
    for name in contents:
        check_name(name, "image")
    keep_contents(connection, owner, list(contents.values()))
    named = select(i.name).where(i.owner == owner, i.set_id == set_id)
    known = set(connection.scalars(named)) if contents else set()
    new = [
        {"owner": owner, "set_id": set_id, "name": name, "hash": content.hash}
        for name, content in contents.items()
        if name not in known
    ]
    if new:
        connection.execute(insert(case_images), new)


def _images(connection: Connection, owner: str, set_id: str) -> dict[str, str]:
    named = select(i.name, i.hash).where(i.owner == owner, i.set_id == set_id)
    return {row.name: row.hash for row in connection.execute(named)}


def _note(
    connection: Connection, owner: str, set_id: str, version: int, more: int, now: datetime
) -> None:
    """The set has another version, with so many cases more."""
    mine = update(case_sets).where(s.owner == owner, s.id == set_id)
    connection.execute(mine.values(version=version, cases=s.cases + more, updated_at=now))


def _runs(connection: Connection, owner: str, set_id: str) -> tuple[FinishedRun, ...]:
    mine = select(r.body).where(r.owner == owner, r.set_id == set_id).order_by(r.position)
    return tuple(read_run(body) for body in connection.scalars(mine))


def _name(name: str) -> str:
    return one_line(name)[:MAX_SET_NAME].strip()
