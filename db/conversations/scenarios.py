"""Named scenarios of the calculator: one per name and owner."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from components.chat.store import (
    SavedScenario,
    ScenarioError,
    check_params,
    new_id,
    scenario_name,
)
from db.schema.conversations import scenarios
from db.sharing import shares

c = scenarios.c


def save(connection: Connection, owner: str, name: str, params: str, now: datetime) -> str:
    """Write `params` under `name`, in the place of what was there. Its id."""
    line = scenario_name(name)
    check_params(params)
    found = _named(connection, owner, line)
    if found is None:
        found = new_id()
        connection.execute(
            insert(scenarios).values(
                owner=owner, id=found, name=line, params=params, created_at=now, updated_at=now
            )
        )
    else:
        connection.execute(
            update(scenarios)
            .where(c.owner == owner, c.id == found)
            .values(params=params, updated_at=now)
        )
    return found


def all_of(connection: Connection, owner: str) -> list[SavedScenario]:
    """The owner's, newest first."""
    query = (
        select(c.id, c.name, c.params, c.created_at, c.updated_at)
        .where(c.owner == owner)
        .order_by(c.updated_at.desc(), c.name)
    )
    return [SavedScenario(*row) for row in connection.execute(query)]


def rename(connection: Connection, owner: str, scenario_id: str, name: str) -> bool:
    """Whether there was one. Raises ScenarioError when another one has that name."""
    line = scenario_name(name)
    there = select(c.id).where(c.owner == owner, c.id == scenario_id)
    if connection.scalar(there) is None:
        return False
    if _named(connection, owner, line) not in (None, scenario_id):
        raise ScenarioError("scenario_name_taken", name=line)
    connection.execute(
        update(scenarios).where(c.owner == owner, c.id == scenario_id).values(name=line)
    )
    return True


def remove(connection: Connection, owner: str, scenario_id: str) -> bool:
    """Whether there was one."""
    shares.forget(connection, owner, "scenario", [scenario_id])
    mine = delete(scenarios).where(c.owner == owner, c.id == scenario_id)
    return connection.execute(mine).rowcount > 0


def _named(connection: Connection, owner: str, name: str) -> str | None:
    return connection.scalar(select(c.id).where(c.owner == owner, c.name == name))
