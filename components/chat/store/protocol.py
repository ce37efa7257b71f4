"""Store: what the chat asks of a conversation log."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from components.chat.store.conversations import StoredAttempt, StoredConversation
from components.chat.store.draft_store import DraftStore
from components.chat.store.history_store import HistoryStore
from components.chat.store.scenario_store import ScenarioStore
from components.chat.store.turns import AnswerPicture, NewImage, NewTurn
from components.runner.types import AttemptResult

# owner -> attempt id -> the text so far; whether a stop was asked, None for what isn't there.
Beats = Mapping[str, Mapping[str, str]]
Beaten = Mapping[str, Mapping[str, bool | None]]


# Of a conversation: when it changed last, and its title.
State = tuple[datetime, str]


class Store(HistoryStore, ScenarioStore, DraftStore, Protocol):
    """The conversation log. Blocking: call it from threads, never from an event loop.

    Raises StoreError when the store can't be read or written.
    """

    def begin_turn(self, owner: str, turn: NewTurn, *, alone: bool = False) -> None:
        """alone: raise AlreadyRunning, in the same transaction, when another answer of the
        conversation is in progress in any process."""
        ...

    def progress_of_all(self, texts: Beats) -> Beaten:
        """Texts so far and heartbeats of many answers, whosever they are, in one write. Without
        effect on those that have ended.

        texts: owner -> attempt id -> text so far. Of each: whether somebody asked to stop it; None
        when it is not there (any more).
        """
        ...

    def states(self, owner: str, conversation_ids: Collection[str]) -> dict[str, State]:
        """As `State`, of those that are there: what tells whether a page shows the latest."""
        ...

    def ask_stop(self, owner: str, conversation_id: str) -> bool:
        """Ask whoever runs an answer of the conversation to stop. False when nobody does."""
        ...

    def ask_stop_all(self, owner: str) -> bool:
        """The same for every answer of the owner's."""
        ...

    def attempt(self, owner: str, attempt_id: str) -> StoredAttempt | None:
        """One attempt as it stands now."""
        ...

    def finish(
        self,
        owner: str,
        attempt_id: str,
        result: AttemptResult,
        pictures: Sequence[AnswerPicture] = (),
    ) -> None:
        """How the attempt ended, and the pictures of its answer, which replace those of earlier
        attempts at it. The first call counts."""
        ...

    def conversation(self, owner: str, conversation_id: str) -> StoredConversation | None: ...

    def image(self, owner: str, image_hash: str) -> NewImage | None: ...

    def thumbnail(self, owner: str, image_hash: str) -> bytes | None: ...
