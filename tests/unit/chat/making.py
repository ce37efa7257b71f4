"""Conversations for tests, as the store gives them."""

from datetime import UTC, datetime
from typing import Any, Literal

from components.chat.store import (
    AttemptResult,
    StoredAttempt,
    StoredConversation,
    StoredImage,
    StoredMessage,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def picture(name: str = "a.png", width: int = 1024, height: int = 1024) -> StoredImage:
    return StoredImage("0" * 64, name, "high", 768, 768, width, height, 765)


def message(
    message_id: str,
    role: Literal["user", "assistant"],
    text: str,
    parent: str | None,
    images: tuple[StoredImage, ...] = (),
    **parameters: Any,
) -> StoredMessage:
    attempt = None
    if role == "assistant":
        result = AttemptResult("ok" if text else "failed", text)
        attempt = StoredAttempt(
            f"try-{message_id}", "loop", "h", "gpt-4o", parameters, NOW, None, None, {}, result
        )
    return StoredMessage(message_id, role, text, NOW, images, attempt, parent)


def conversation(*messages: StoredMessage) -> StoredConversation:
    return StoredConversation("c" * 32, "title", NOW, NOW, messages)
