"""What stands beside a message in exports for reading."""

from components.chat.store import StoredAttempt, StoredConversation, StoredImage, StoredMessage
from components.i18n import t


def heading(message: StoredMessage, lang: str) -> str:
    """Who says it."""
    return t(lang, f"export.{message.role}")


def facts(message: StoredMessage, lang: str) -> str:
    """When, and of an answer: by which model, at what cost, and how it ended."""
    parts = [message.created_at.strftime("%Y-%m-%d %H:%M UTC")]
    if message.attempt:
        parts += _of_attempt(message.attempt, lang)
    return " · ".join(parts)


def _of_attempt(attempt: StoredAttempt, lang: str) -> list[str]:
    result = attempt.result
    parts = [result.model_answered or attempt.model]
    if result.input_tokens is not None and result.output_tokens is not None:
        figures = {"input": f"{result.input_tokens:,}", "output": f"{result.output_tokens:,}"}
        parts.append(t(lang, "export.tokens", **figures))
    cost = t(lang, "export.unknown_cost") if result.cost is None else f"${result.cost:f}"
    parts.append(cost)
    if result.outcome != "ok":
        ended = "interrupted" if result.outcome == "running" else result.outcome
        parts.append(t(lang, f"export.outcome.{ended}"))
    return parts


def about(conversation: StoredConversation, lang: str) -> str:
    """One line for the head of a conversation."""
    parts = [conversation.created_at.strftime("%Y-%m-%d %H:%M UTC")]
    if conversation.starred:
        parts.append(t(lang, "export.starred"))
    if conversation.tags:
        parts.append(t(lang, "export.tags", tags=", ".join(conversation.tags)))
    return " · ".join(parts)


def image_facts(image: StoredImage, lang: str) -> str:
    """Its name, and how it was sent."""
    parts = [image.name]
    if image.width and image.height:
        parts.append(f"{image.width} × {image.height}")
    parts.append(t(lang, "export.detail", detail=image.detail))
    return " · ".join(parts)
