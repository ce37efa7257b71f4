"""ShareStore: what sharing asks of the log. SqlStore is one."""

from collections.abc import Callable
from datetime import datetime

from components.chat.store import StoredConversation
from components.sharing.store import Kind, Share, TeamRow
from db.conversations import readers
from db.engine.database import Database
from db.sharing import lookup, shares, team_lookup


class ShareStore:
    """Shares, and what the team may read. Every query names its owner, but for the look-ups."""

    database: Database
    _clock: Callable[[], datetime]

    def add_share(self, owner: str, share: Share, token_hash: str) -> None:
        """Keep a share. token_hash: SHA-256 of the link's token in hex."""
        with self.database.write(owner) as connection:
            shares.add(connection, owner, share, token_hash, self._clock())

    def shares(self, owner: str, kind: Kind, target_id: str) -> list[Share]:
        """The owner's open ones of one thing, newest first."""
        with self.database.read() as connection:
            return shares.open_ones(connection, owner, kind, target_id, self._clock())

    def all_shares(self, owner: str) -> list[Share]:
        """The owner's, of everything, closed ones too, oldest first. No link can be made of them:
        their tokens aren't kept."""
        with self.database.read() as connection:
            return shares.all_of(connection, owner)

    def revoke_share(self, owner: str, share_id: str) -> bool:
        """Close one at once. False when there is no open one of that id."""
        with self.database.write(owner) as connection:
            return shares.revoke(connection, owner, share_id, self._clock())

    def let_team_read(self, owner: str, conversation_id: str, name: str) -> bool:
        """Let everybody who signs in read a conversation, under `name`. False without one."""
        with self.database.write(owner) as connection:
            return shares.let_team_read(connection, owner, conversation_id, name, self._clock())

    def keep_from_team(self, owner: str, conversation_id: str) -> bool:
        """Undo that. False when the team couldn't read it."""
        with self.database.write(owner) as connection:
            return shares.keep_from_team(connection, owner, conversation_id)

    def team_reads(self, owner: str, conversation_id: str) -> bool:
        """Whether the team may read this conversation of the owner's."""
        with self.database.read() as connection:
            return shares.team_reads(connection, owner, conversation_id)

    def team_conversation(self, owner: str, conversation_id: str) -> StoredConversation | None:
        """A conversation of the owner's, None unless the team may read it."""
        with self.database.read() as connection:
            if not shares.team_reads(connection, owner, conversation_id):
                return None
            return readers.conversation(connection, owner, conversation_id, self._clock())

    def open_share(self, token_hash: str) -> Share | None:
        """The open share with this hash of a token: begins without an owner, and names one."""
        with self.database.read() as connection:
            return lookup.by_hash(connection, token_hash, self._clock())

    def team(self, reader: str, limit: int = 100) -> list[TeamRow]:
        """What people other than `reader` let everybody read who signs in, newest first."""
        with self.database.read() as connection:
            return team_lookup.of_others(connection, reader, limit)
