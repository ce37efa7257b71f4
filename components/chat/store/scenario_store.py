"""ScenarioStore: scenarios and votes, a part of Store."""

from typing import Protocol

from components.chat.store.scenarios import SavedScenario, Vote


class ScenarioStore(Protocol):
    """Named scenarios of the calculator, and votes on the answers of the FAQ."""

    def save_scenario(self, owner: str, name: str, params: str) -> str:
        """Its id. What the owner has under this name already is replaced, its id kept.

        Raises ScenarioError: scenario_name (blank, or over 100 characters in one line),
        scenario_too_long (params over 4096 bytes).
        """
        ...

    def scenarios(self, owner: str) -> list[SavedScenario]:
        """Newest first, by when they were saved last."""
        ...

    def rename_scenario(self, owner: str, scenario_id: str, name: str) -> bool:
        """False when there is none.

        Raises ScenarioError: scenario_name, scenario_name_taken (another one has it).
        """
        ...

    def delete_scenario(self, owner: str, scenario_id: str) -> bool:
        """False when there is none. It can't be undone."""
        ...

    def vote(self, owner: str, slug: str, lang: str, helpful: bool) -> None:
        """Say whether an answer of the FAQ helped; what the owner said of it before is replaced."""
        ...

    def votes(self, owner: str, slug: str) -> Vote | None:
        """The owner's own vote."""
        ...

    def all_votes(self, owner: str) -> list[Vote]:
        """The owner's own votes on all answers."""
        ...
