"""RunningStore: answers in progress, the part of the store by which processes know of each
other's."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import ColumnElement

from components.chat.store import AlreadyRunning, Beaten, Beats, NewTurn, State, StoredAttempt
from db.conversations import running
from db.conversations.turns import begin_conversation, write_turn
from db.engine.database import Database


class RunningStore:
    """Beginning a turn, heartbeats, asking to stop. Every query names its owner."""

    database: Database
    _clock: Callable[[], datetime]

    def begin_turn(self, owner: str, turn: NewTurn, *, alone: bool = False) -> None:
        """Write a question and its running answer; a repeat with the same ids does nothing.

        alone: raise AlreadyRunning when another answer of the conversation is in progress.
        Raises ValueError when an image's bytes are neither in the turn nor in the log.
        """
        with self.database.write(owner) as connection:
            now = self._clock()
            if begin_conversation(connection, owner, turn, now):
                return  # where nobody has asked before nothing can be in progress
            which = running.in_conversation(owner, turn.conversation_id)
            if alone and set(running.ids(connection, which, now)) - {turn.attempt_id}:
                raise AlreadyRunning
            write_turn(connection, owner, turn, now)

    def progress_of_all(self, texts: Beats) -> Beaten:
        """Answers so far, and heartbeats, in one transaction; each owner's statements name the
        owner. Without effect on those that have ended or were deleted.

        No owner is held up: only whoever runs an answer writes that it goes on, and each row that
        has ended meanwhile stays as it is.
        """
        with self.database.write(None) as connection:
            now = self._clock()
            return {
                owner: running.note(connection, owner, theirs, now)
                for owner, theirs in sorted(texts.items())
            }

    def states(self, owner: str, conversation_ids: Collection[str]) -> dict[str, State]:
        """When each of these changed last, and its title; only those that are there."""
        with self.database.read() as connection:
            return running.states(connection, owner, conversation_ids)

    def attempt(self, owner: str, attempt_id: str) -> StoredAttempt | None:
        """One attempt as it stands now, None when the owner has none of that id."""
        with self.database.read() as connection:
            return running.attempt(connection, owner, attempt_id, self._clock())

    def ask_stop(self, owner: str, conversation_id: str) -> bool:
        """Ask whoever runs an answer of the conversation to stop. False when nobody does."""
        return self._ask(owner, running.in_conversation(owner, conversation_id))

    def ask_stop_all(self, owner: str) -> bool:
        """The same for every answer of the owner's."""
        return self._ask(owner, running.of_owner(owner))

    def _ask(self, owner: str, which: ColumnElement[bool]) -> bool:
        with self.database.read() as connection:  # mostly there is none, and nobody has to wait
            if not running.ids(connection, which, self._clock()):
                return False
        with self.database.write(owner) as connection:
            running.ask_stop(connection, which)
        return True
