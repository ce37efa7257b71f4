"""Named scenarios of the calculator: one per name and owner."""

from sqlalchemy import Connection, delete, insert, select, update

from components.chat.store import (
    SavedScenario,
    ScenarioError,
    check_params,
    new_id,
    scenario_name,
)
from db.engine.repository import Repository, for_owner
from db.schema.conversations import scenarios
from db.sharing.shares import forget_shares

c = scenarios.c


class Scenarios(Repository):
    """What a person keeps of the calculator."""

    @for_owner("write")
    def save(self, connection: Connection, owner: str, name: str, params: str) -> str:
        """Keep a scenario under a name; what has it already is replaced, its id kept. Its id.

        Raises ScenarioError: scenario_name (blank, or over 100 characters in one line),
        scenario_too_long (params over 4096 bytes).
        """
        line = scenario_name(name)
        check_params(params)
        now = self.now()
        found = _named(connection, owner, line)
        if found is None:
            found = new_id()
            new = {"owner": owner, "id": found, "name": line, "params": params}
            connection.execute(insert(scenarios).values(**new, created_at=now, updated_at=now))
        else:
            mine = update(scenarios).where(c.owner == owner, c.id == found)
            connection.execute(mine.values(params=params, updated_at=now))
        return found

    @for_owner("read")
    def all(self, connection: Connection, owner: str) -> list[SavedScenario]:
        """The owner's, newest first, by when they were saved last."""
        query = select(c.id, c.name, c.params, c.created_at, c.updated_at).where(c.owner == owner)
        query = query.order_by(c.updated_at.desc(), c.name)
        return [SavedScenario(*row) for row in connection.execute(query)]

    @for_owner("write")
    def rename(self, connection: Connection, owner: str, scenario_id: str, name: str) -> bool:
        """Another name. False when there is none.

        Raises ScenarioError: scenario_name, scenario_name_taken (another one has it).
        """
        line = scenario_name(name)
        mine = [c.owner == owner, c.id == scenario_id]
        if connection.scalar(select(c.id).where(*mine)) is None:
            return False
        if _named(connection, owner, line) not in (None, scenario_id):
            raise ScenarioError("scenario_name_taken", name=line)
        connection.execute(update(scenarios).where(*mine).values(name=line))
        return True

    @for_owner("write")
    def delete(self, connection: Connection, owner: str, scenario_id: str) -> bool:
        """Remove one for ever. False when there is none."""
        forget_shares(connection, owner, "scenario", [scenario_id])
        mine = delete(scenarios).where(c.owner == owner, c.id == scenario_id)
        return connection.execute(mine).rowcount > 0


def _named(connection: Connection, owner: str, name: str) -> str | None:
    return connection.scalar(select(c.id).where(c.owner == owner, c.name == name))
