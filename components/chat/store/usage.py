"""What an answer used: enough to work out what it would have cost otherwise."""

from dataclasses import dataclass, field

from components.chat.store.conversations import StoredAttempt, StoredMessage


@dataclass(frozen=True)
class StoredUse:
    """One attempt that was answered, and what it was asked with.

    attempt: model, time, parameters (with "context", the choices made for the history's images),
    prices of then, estimate and bill. question: with its images. history: the messages before
    the question on its branch, oldest first, before anything is dropped or left out; the texts of
    answers are those of their latest attempts.
    """

    conversation_id: str
    title: str
    attempt: StoredAttempt
    question: StoredMessage = field(repr=False)
    history: tuple[StoredMessage, ...] = field(repr=False)
