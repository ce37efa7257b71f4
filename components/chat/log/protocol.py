"""Log: what the chat asks of a conversation log."""

from typing import Protocol

from components.chat.log.conversations import LoggedConversation
from components.chat.log.history_log import HistoryLog
from components.chat.log.kept_log import KeptLog
from components.chat.log.turns import AttemptResult, NewImage, NewTurn


class Log(HistoryLog, KeptLog, Protocol):
    """The conversation log. Blocking: call it from threads, never from an event loop.

    Raises LogError when the store can't be read or written.
    """

    def begin_turn(self, owner: str, turn: NewTurn) -> None: ...

    def progress(self, owner: str, attempt_id: str, text: str) -> None:
        """The answer so far, and a heartbeat. Without effect once the attempt has ended."""
        ...

    def finish(self, owner: str, attempt_id: str, result: AttemptResult) -> None: ...

    def conversation(self, owner: str, conversation_id: str) -> LoggedConversation | None: ...

    def image(self, owner: str, image_hash: str) -> NewImage | None: ...

    def thumbnail(self, owner: str, image_hash: str) -> bytes | None: ...
