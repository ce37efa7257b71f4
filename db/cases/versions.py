"""Versions of a set: which cases it has from which one on, and up to which."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from components.cases.store import Case
from db.cases import rows
from db.schema.cases import case_sets, cases, set_cases

_AT_A_TIME = 1000  # rows, or ids in a query
s, k, m = case_sets.c, cases.c, set_cases.c


def there(owner: str, set_id: str) -> list[ColumnElement[bool]]:
    """A set that isn't deleted."""
    return [s.owner == owner, s.id == set_id, s.deleted_at.is_(None)]


def of_one_case() -> ColumnElement[bool]:
    """Joins a case with its place in the set."""
    return and_(m.set_id == k.set_id, m.case_id == k.id, m.case_version == k.version)


def _here(owner: str, set_id: str) -> list[ColumnElement[bool]]:
    return [k.owner == owner, k.set_id == set_id, m.owner == owner, m.set_id == set_id]


def now_in(owner: str, set_id: str) -> list[ColumnElement[bool]]:
    """Cases of the latest version."""
    return [*_here(owner, set_id), m.until.is_(None)]


def in_version(owner: str, set_id: str, version: int) -> list[ColumnElement[bool]]:
    """Cases of that version."""
    holds = and_(m.since <= version, or_(m.until.is_(None), m.until > version))
    return [*_here(owner, set_id), holds]


def next_version(connection: Connection, owner: str, set_id: str) -> int | None:
    """The number of the version that a change makes; None without a set."""
    at = connection.scalar(select(s.version).where(*there(owner, set_id)))
    return None if at is None else at + 1


def places(
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


def latest(
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


def close(
    connection: Connection, owner: str, set_id: str, case_ids: Sequence[str], version: int
) -> None:
    """The set of `version` and later is without them."""
    for start in range(0, len(case_ids), _AT_A_TIME):
        some = m.case_id.in_(case_ids[start : start + _AT_A_TIME])
        mine = [m.owner == owner, m.set_id == set_id, some, m.until.is_(None)]
        connection.execute(update(set_cases).where(*mine).values(until=version))


def write(
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
        connection.execute(insert(cases), bodies)
        connection.execute(insert(set_cases), held)


def note(
    connection: Connection, owner: str, set_id: str, version: int, more: int, now: datetime
) -> None:
    """The set has another version, with so many cases more."""
    mine = update(case_sets).where(s.owner == owner, s.id == set_id)
    connection.execute(mine.values(version=version, cases=s.cases + more, updated_at=now))
