"""HistoryStore: what the history asks of the store, a part of Store."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from components.chat.store.conversations import Restored, StoredConversation
from components.chat.store.history import ConversationSummary, Drift, HistoryFilter
from components.chat.store.turns import NewImage
from components.chat.store.usage import StoredUse


class HistoryStore(Protocol):
    """Listing, searching, marking, deleting, bringing in, and what was used."""

    def conversations(
        self, owner: str, *, limit: int = 50, offset: int = 0
    ) -> list[ConversationSummary]:
        """Newest first, by last change."""
        ...

    def count(self, owner: str) -> int: ...

    def search(
        self, owner: str, wanted: HistoryFilter, *, limit: int = 50, offset: int = 0
    ) -> list[ConversationSummary]:
        """What of the history fits, newest first, by last change."""
        ...

    def count_matching(self, owner: str, wanted: HistoryFilter) -> int: ...

    def models_used(self, owner: str) -> list[str]:
        """Every model that was asked in a conversation that is there, in alphabetical order."""
        ...

    def tags(self, owner: str) -> dict[str, int]:
        """How many conversations have each tag, in alphabetical order."""
        ...

    def drift(self, owner: str, model: str) -> list[Drift]:
        """Estimates against bills of the latest answers of a model, by detail."""
        ...

    def usage_since(self, owner: str, since: datetime) -> list[StoredUse]:
        """Every answer that was begun since then and has ended, oldest first, with what its
        request carried. Answers of deleted conversations aren't among them."""
        ...

    def star(self, owner: str, conversation_ids: Sequence[str], starred: bool = True) -> int:
        """How many there were to be changed. No last change is moved by this or what follows."""
        ...

    def rename(self, owner: str, conversation_id: str, title: str) -> bool:
        """False when there is none, or the title is blank. One line, 200 characters at most."""
        ...

    def tag(self, owner: str, conversation_ids: Sequence[str], tag: str) -> int:
        """How many have it now that hadn't. One line, 40 characters at most."""
        ...

    def untag(self, owner: str, conversation_ids: Sequence[str], tag: str) -> int:
        """How many had it."""
        ...

    def set_image_text(self, owner: str, image_hash: str, text: str) -> bool:
        """Keep what was read from an image, so that it is found. False when there is none."""
        ...

    def restore(
        self, owner: str, conversation: StoredConversation, contents: Sequence[NewImage]
    ) -> Restored:
        """Write a conversation from elsewhere under the owner, its ids kept.

        "known": there is one of that id; nothing of it changes, but that a deletion is undone.
        "conflict": another conversation has a message or attempt of these ids; nothing is done.
        Raises ValueError when an image's bytes are neither in contents nor in the log.
        """
        ...

    def delete(self, owner: str, conversation_id: str) -> bool:
        """Delete a conversation; it can be undone until it is purged.

        False when there is none (or it is somebody else's)."""
        ...

    def delete_many(self, owner: str, conversation_ids: Sequence[str]) -> list[str]:
        """The ids of those that were there and aren't any more, for undo_delete."""
        ...

    def undo_delete(self, owner: str, conversation_ids: Sequence[str]) -> int:
        """How many came back."""
        ...

    def purge(self, owner: str, older_than: timedelta = timedelta(0)) -> int:
        """Remove for ever what was deleted that long ago, and its images that no other
        conversation of the owner shows. How many conversations these were."""
        ...

    def purge_all(self, older_than: timedelta) -> int:
        """The same for everybody."""
        ...
