"""What was used and what it cost, a row per try at an answer, for a spreadsheet."""

from collections.abc import Collection, Iterable, Iterator

from components.chat.store import StoredAttempt, StoredConversation, StoredMessage
from components.export.keys import without_keys
from components.text import csv_table

COLUMNS = (
    "conversation_id",
    "title",
    "message_id",
    "attempt_id",
    "started_at",
    "endpoint",
    "host",
    "model",
    "model_answered",
    "outcome",
    "finish_reason",
    "code",
    "status",
    "attempts",
    "ms_first",
    "ms_total",
    "usage_source",
    "input_tokens",
    "cached_tokens",
    "cache_write_tokens",
    "image_tokens",
    "output_tokens",
    "reasoning_tokens",
    "cost_usd",
    "estimated_input_tokens",
    "estimated_cost_usd",
    "request_id",
)


def usage_csv(
    conversations: Iterable[StoredConversation], keys: Collection[str] = ()
) -> Iterator[bytes]:
    """CSV in UTF-8 with a heading, in pieces. Unknown is an empty cell, never 0.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    clean = (without_keys(conversation, keys) for conversation in conversations)
    return csv_table(
        COLUMNS,
        (
            _values(conversation, message, attempt)
            for conversation in clean
            for message in conversation.messages
            for attempt in (*message.earlier, message.attempt)
            if attempt
        ),
    )


def _values(
    conversation: StoredConversation, message: StoredMessage, attempt: StoredAttempt
) -> dict[str, object]:
    return {
        **vars(attempt.result),
        **vars(attempt),
        "conversation_id": conversation.id,
        "title": conversation.title,
        "message_id": message.id,
        "attempt_id": attempt.id,
        "cost_usd": attempt.result.cost,
        "estimated_cost_usd": attempt.estimated_cost,
    }
