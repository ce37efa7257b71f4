"""HistoryStore: what the history page asks of the log. SqlStore is one."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from components.chat.store import (
    ConversationSummary,
    Drift,
    HistoryFilter,
    NewImage,
    Restored,
    StoredConversation,
    StoredUse,
)
from db.conversations import history, removal, stars_and_tags
from db.conversations.drift import drift
from db.conversations.restore import restore
from db.conversations.usage_replay import usage_since
from db.engine.database import Database
from db.schema.conversations import images
from db.search import tokens

Clock = Callable[[], datetime]
EVERYTHING = HistoryFilter()


class HistoryStore:
    """Listing, searching, marking, deleting, bringing in. Every query names its owner."""

    database: Database
    _clock: Clock

    def conversations(
        self, owner: str, *, limit: int = 50, offset: int = 0
    ) -> list[ConversationSummary]:
        """A page of the history, newest change first."""
        return self.search(owner, EVERYTHING, limit=limit, offset=offset)

    def count(self, owner: str) -> int:
        """How many conversations the owner has."""
        return self.count_matching(owner, EVERYTHING)

    def search(
        self, owner: str, wanted: HistoryFilter, *, limit: int = 50, offset: int = 0
    ) -> list[ConversationSummary]:
        """A page of what fits, newest change first."""
        with self.database.read() as connection:
            return history.page(connection, owner, wanted, limit, offset, self._clock())

    def count_matching(self, owner: str, wanted: HistoryFilter) -> int:
        """How many conversations fit."""
        with self.database.read() as connection:
            return history.count(connection, owner, wanted)

    def models_used(self, owner: str) -> list[str]:
        """Every model that was asked, in alphabetical order."""
        with self.database.read() as connection:
            return history.models_used(connection, owner)

    def tags(self, owner: str) -> dict[str, int]:
        """How many conversations have each tag, in alphabetical order."""
        with self.database.read() as connection:
            return history.tag_counts(connection, owner)

    def drift(self, owner: str, model: str) -> list[Drift]:
        """Estimates against bills of the latest answers of a model, by detail."""
        with self.database.read() as connection:
            return drift(connection, owner, model)

    def usage_since(self, owner: str, since: datetime) -> list[StoredUse]:
        """Every answer that was begun since then and has ended, with what its request carried,
        oldest first."""
        with self.database.read() as connection:
            return usage_since(connection, owner, since, self._clock())

    def star(self, owner: str, conversation_ids: Sequence[str], starred: bool = True) -> int:
        """Star or unstar. How many were changed."""
        with self.database.write(owner) as connection:
            return stars_and_tags.star(connection, owner, conversation_ids, starred)

    def rename(self, owner: str, conversation_id: str, title: str) -> bool:
        """Another title. False when there is no such conversation, or the title is blank."""
        with self.database.write(owner) as connection:
            return stars_and_tags.rename(connection, owner, conversation_id, title)

    def tag(self, owner: str, conversation_ids: Sequence[str], tag: str) -> int:
        """Add a tag. How many got it that hadn't it."""
        with self.database.write(owner) as connection:
            return stars_and_tags.tag(connection, owner, conversation_ids, tag)

    def untag(self, owner: str, conversation_ids: Sequence[str], tag: str) -> int:
        """Take a tag away. How many had it."""
        with self.database.write(owner) as connection:
            return stars_and_tags.untag(connection, owner, conversation_ids, tag)

    def set_image_text(self, owner: str, image_hash: str, text: str) -> bool:
        """Keep what was read from an image, and find its conversations by it."""
        query = select(images.c.hash).where(images.c.owner == owner, images.c.hash == image_hash)
        with self.database.write(owner) as connection:
            if connection.scalar(query) is None:
                return False
            tokens.set_image_text(connection, owner, image_hash, text)
            tokens.index_questions_with(connection, owner, image_hash)
        return True

    def restore(
        self, owner: str, conversation: StoredConversation, contents: Sequence[NewImage]
    ) -> Restored:
        """Write a conversation from elsewhere under this owner, its ids kept.

        Raises ValueError when an image's bytes are neither in contents nor in the log.
        """
        with self.database.write(owner) as connection:
            return restore(connection, owner, conversation, contents)

    def delete(self, owner: str, conversation_id: str) -> bool:
        """Delete a conversation, which can be undone until it is purged."""
        return bool(self.delete_many(owner, [conversation_id]))

    def delete_many(self, owner: str, conversation_ids: Sequence[str]) -> list[str]:
        """The ids of those that were there and aren't any more."""
        with self.database.write(owner) as connection:
            return removal.hide(connection, owner, conversation_ids, self._clock())

    def undo_delete(self, owner: str, conversation_ids: Sequence[str]) -> int:
        """How many came back."""
        with self.database.write(owner) as connection:
            return removal.bring_back(connection, owner, conversation_ids)

    def purge(self, owner: str, older_than: timedelta = timedelta(0)) -> int:
        """Remove for ever what was deleted that long ago. How many conversations these were."""
        until, purged = self._clock() - older_than, 0
        while True:
            with self.database.write(owner) as connection:
                some = removal.purge(connection, owner, until)
            purged += some
            if not some:
                return purged

    def purge_all(self, older_than: timedelta) -> int:
        """The same for everybody, each by themselves."""
        with self.database.read() as connection:
            owners = removal.owners_with_deleted(connection, self._clock() - older_than)
        return sum(self.purge(owner, older_than) for owner in owners)
