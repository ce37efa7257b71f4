"""Conversations as they stand in the store, and what their answers used."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from components.chat.store.turns import StoredImage
from components.runner.types import AttemptResult

Restored = Literal["new", "known", "conflict"]
MAX_TITLE = 200  # characters
MAX_TAG = 40


@dataclass(frozen=True)
class StoredAttempt:
    """One try at an answer, as it stands in the store (running and stale reads as interrupted)."""

    id: str
    endpoint: str
    host: str
    model: str
    parameters: dict[str, object]
    started_at: datetime
    estimated_input_tokens: int | None
    estimated_cost: Decimal | None
    prices: dict[str, str]
    result: AttemptResult


@dataclass(frozen=True)
class StoredMessage:
    """A message as it stands in the store; answers have an attempt, questions have images.

    parent_id: the message this one follows. earlier: attempts before the latest, oldest first.
    """

    id: str
    role: Literal["user", "assistant"]
    text: str
    created_at: datetime
    images: tuple[StoredImage, ...] = ()
    attempt: StoredAttempt | None = None
    parent_id: str | None = None
    earlier: tuple[StoredAttempt, ...] = ()


@dataclass(frozen=True)
class StoredConversation:
    """A whole conversation, messages in order."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    messages: tuple[StoredMessage, ...]
    starred: bool = False
    tags: tuple[str, ...] = ()


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
