"""ScenarioStore: what a person keeps beside conversations. SqlStore is one."""

from collections.abc import Callable
from datetime import datetime

from components.chat.store import SavedScenario, Vote
from db.conversations import scenarios, votes
from db.engine.database import Database


class ScenarioStore:
    """Scenarios and votes. Every query names its owner."""

    database: Database
    _clock: Callable[[], datetime]

    def save_scenario(self, owner: str, name: str, params: str) -> str:
        """Keep a scenario under a name; what has it already is replaced. Its id.

        Raises ScenarioError: scenario_name, scenario_too_long.
        """
        with self.database.write(owner) as connection:
            return scenarios.save(connection, owner, name, params, self._clock())

    def scenarios(self, owner: str) -> list[SavedScenario]:
        """The owner's, newest first."""
        with self.database.read() as connection:
            return scenarios.all_of(connection, owner)

    def rename_scenario(self, owner: str, scenario_id: str, name: str) -> bool:
        """Another name. False when there is none.

        Raises ScenarioError: scenario_name, scenario_name_taken.
        """
        with self.database.write(owner) as connection:
            return scenarios.rename(connection, owner, scenario_id, name)

    def delete_scenario(self, owner: str, scenario_id: str) -> bool:
        """Remove one for ever. False when there is none."""
        with self.database.write(owner) as connection:
            return scenarios.remove(connection, owner, scenario_id)

    def vote(self, owner: str, slug: str, lang: str, helpful: bool) -> None:
        """Say whether an answer of the FAQ helped, instead of what was said before."""
        with self.database.write(owner) as connection:
            votes.put(connection, owner, Vote(slug, lang, helpful, self._clock()))

    def votes(self, owner: str, slug: str) -> Vote | None:
        """The owner's own vote on an answer."""
        with self.database.read() as connection:
            return votes.own(connection, owner, slug)

    def all_votes(self, owner: str) -> list[Vote]:
        """The owner's own votes on all answers."""
        with self.database.read() as connection:
            return votes.all_of(connection, owner)
