"""An answer that another process runs, as the store knows it.

Several processes share a log. Whoever runs an answer writes what came, and a heartbeat, once a
second; the others read that, and ask it to stop through the log.
"""

import time
from datetime import UTC, datetime

from components.chat.store import Store, StoredAttempt, StoredConversation, StoredMessage
from components.runner.remote_runs import LOOK, Looked, Shared
from components.runner.retry import RetryState


def running_message(conversation: StoredConversation) -> StoredMessage | None:
    """The answer that somebody is at, by the store's heartbeats; None when nobody is."""
    for message in reversed(conversation.messages):
        if message.attempt and message.attempt.result.outcome == "running":
            return message
    return None


class Followed:
    """The reading side of an answer in progress elsewhere (see Answering). It has ended when the
    store says so, or when its heartbeat has stopped."""

    attempts = 1
    tries = 1
    retry: RetryState | None = None

    def __init__(self, store: Store, owner: str, attempt: StoredAttempt, every: float) -> None:
        self.attempt_id, self.model = attempt.id, attempt.model
        self.builtin = not attempt.host
        passed = (datetime.now(UTC) - attempt.started_at).total_seconds()
        self.started = time.monotonic() - max(0.0, passed)
        self._looked = Looked[StoredAttempt | None](
            attempt, lambda: store.attempt(owner, attempt.id), _over, every
        )

    @property
    def text(self) -> str:
        """The answer as of the last look."""
        seen = self._looked.seen
        return seen.result.text if seen else ""

    @property
    def reasoning(self) -> str:
        """Known once it has ended: heartbeats tell of the answer alone."""
        seen = self._looked.seen
        return seen.result.reasoning if seen else ""

    @property
    def done(self) -> bool:
        return self._looked.over

    def wait(self, version: int, timeout: float) -> tuple[int, str, bool]:
        """As Job.wait."""
        version, seen = self._looked.wait(version, timeout)
        return version, seen.result.text if seen else "", _over(seen)


class RemoteRuns:
    """Answers of other processes. One per process, so that all its tabs share what is read."""

    def __init__(self, store: Store, every: float = LOOK) -> None:
        """every: seconds between two looks at the log."""
        self._store, self._every = store, every
        self._followed: Shared[Followed] = Shared()

    def follow(self, owner: str, attempt: StoredAttempt) -> Followed:
        """attempt: as the store has just said that it is running."""
        return self._followed.get(
            (owner, attempt.id),
            lambda: Followed(self._store, owner, attempt, self._every),
            lambda followed: followed.done,
        )


def _over(attempt: StoredAttempt | None) -> bool:
    """A deleted one has ended, too."""
    return attempt is None or attempt.result.outcome != "running"
