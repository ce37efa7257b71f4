"""Shares as they are kept, and what sharing asks of a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from components.cases.store.runs import StoredRun
from components.chat.store import SavedScenario, StoredConversation
from components.compare.store import StoredComparison

Kind = Literal["conversation", "comparison", "scenario", "run"]
Thing = StoredConversation | StoredComparison | SavedScenario | StoredRun


@dataclass(frozen=True)
class Share:
    """A link that lets whoever has it read one thing of its owner's. Times are aware, in UTC.

    target_id: of the conversation, comparison, scenario or run of cases. with_names: file names,
    models, endpoints and `person`, the owner's name as it is to be shown ("" for none).
    """

    id: str
    owner: str
    kind: Kind
    target_id: str
    created_at: datetime
    ends_at: datetime
    with_costs: bool = False
    with_names: bool = False
    person: str = ""
    revoked_at: datetime | None = None

    def open_at(self, now: datetime) -> bool:
        """Whether the link leads anywhere."""
        return self.revoked_at is None and now < self.ends_at


@dataclass(frozen=True)
class TeamRow:
    """A conversation that its owner lets the others who sign in read. name: the owner's."""

    owner: str
    conversation_id: str
    name: str
    title: str
    updated_at: datetime


class ShareStore(Protocol):
    """What is asked of a store. Blocking; raises StoreError."""

    def add(self, owner: str, share: Share, token_hash: str) -> None:
        """Keep a share. token_hash: SHA-256 of the link's token; the token itself isn't kept."""

    def open_ones(self, owner: str, kind: Kind, target_id: str) -> Sequence[Share]:
        """The owner's of one thing that lead somewhere, newest first."""
        ...

    def by_token(self, token_hash: str) -> Share | None:
        """Whose it is nobody knows yet: the one question without an owner."""

    def target(self, owner: str, kind: Kind, target_id: str) -> Thing | None:
        """What a share leads to, asked with the owner that it names; None where that is gone."""
