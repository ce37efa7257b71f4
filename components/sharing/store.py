"""Shares as they are kept, and what sharing asks of a log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Kind = Literal["conversation", "comparison", "scenario"]


@dataclass(frozen=True)
class Share:
    """A link that lets whoever has it read one thing of its owner's. Times are aware, in UTC.

    target_id: of the conversation, comparison or scenario. with_names: file names, models,
    endpoints and `person`, the owner's name as it is to be shown ("" for none).
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
    """What is kept of shares. Blocking, as chat.log.Store is; raises StoreError."""

    def add_share(self, owner: str, share: Share, token_hash: str) -> None:
        """Keep a share. token_hash: SHA-256 of the link's token; the token itself isn't kept."""
        ...

    def shares(self, owner: str, kind: Kind, target_id: str) -> Sequence[Share]:
        """The owner's open ones of one thing, newest first."""
        ...

    def all_shares(self, owner: str) -> Sequence[Share]:
        """The owner's, of everything, closed ones too as far as they are kept, oldest first."""
        ...

    def revoke_share(self, owner: str, share_id: str) -> bool:
        """Close one, from the next request on. False when there is no open one of that id."""
        ...

    def open_share(self, token_hash: str) -> Share | None:
        """Whose it is nobody knows yet: the one question without an owner."""
        ...
