"""What a page needs of an answer in progress, whichever process runs it."""

from typing import Protocol

from components.runner.retry import RetryState


class Answering(Protocol):
    """The reading side of Job, which this process runs, and of Followed, which another one does.

    started: time.monotonic() of the question, as far as is known; attempts, tries, retry: as in
    Job.
    """

    builtin: bool
    started: float
    attempts: int
    tries: int
    retry: RetryState | None

    @property
    def model(self) -> str:
        """Which was asked."""
        ...

    @property
    def text(self) -> str:
        """The answer so far."""
        ...

    @property
    def reasoning(self) -> str:
        """What the model thought so far, as far as is known."""
        ...

    @property
    def done(self) -> bool: ...

    def wait(self, version: int, timeout: float) -> tuple[int, str, bool]:
        """Wait until something is newer than `version`, or `timeout` seconds.

        Returns (version, text so far, done). Start with version -1.
        """
        ...
