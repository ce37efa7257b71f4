"""ConversationStore: what the chat asks of a store."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from components.chat.store.conversations import StoredAttempt
from components.chat.store.turns import AnswerPicture, DraftedImage, NewImage, NewTurn
from components.runner.types import AttemptResult, Progress

# owner -> attempt id -> what came so far; whether a stop was asked, None for what isn't there.
Beats = Mapping[str, Mapping[str, Progress]]
Beaten = Mapping[str, Mapping[str, bool | None]]
# Of a conversation: when it changed last, and its title.
State = tuple[datetime, str]
ImageOf = Callable[[str, str], NewImage | None]  # owner, hash


class ConversationStore(Protocol):
    """Conversations and drafts. Blocking: call it from threads, never from an event loop.

    Raises StoreError when the store can't be read or written, ValueError when an image's bytes are
    neither in what is to be written nor in the store.
    """

    def begin_turn(self, owner: str, turn: NewTurn, *, alone: bool = False) -> None:
        """alone: raise AlreadyRunning, in the same transaction, when another answer of the
        conversation is in progress in any process."""

    def progress_of_all(self, so_far: Beats) -> Beaten:
        """Heartbeats of many answers, whosever they are, and what came of them so far, in one
        write. Without effect on those that have ended.

        so_far: owner -> attempt id -> what came. Of each: whether somebody asked to stop it; None
        when it is not there (any more).
        """
        ...

    def ask_stop(self, owner: str, conversation_id: str) -> bool:
        """Ask whoever runs an answer of the conversation to stop. False when nobody does."""
        ...

    def ask_stop_all(self, owner: str) -> bool: ...

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

    def image(self, owner: str, image_hash: str) -> NewImage | None: ...

    def keep_draft(
        self,
        owner: str,
        draft_id: str,
        images: Sequence[DraftedImage],
        contents: Sequence[NewImage] = (),
    ) -> None:
        """These are its images from now on; bytes that nothing else of the owner's shows go."""

    def draft(self, owner: str, draft_id: str) -> list[DraftedImage]: ...
