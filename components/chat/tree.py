"""A conversation as a tree: editing a question or regenerating an answer starts a branch.

Every message names the one it follows. What a person sees and what is sent is one path from the
first question to a leaf; the other branches stay reachable.
"""

from collections.abc import Sequence
from dataclasses import replace

from components.chat.store import StoredConversation, StoredMessage


def path(messages: Sequence[StoredMessage], leaf: str | None = None) -> tuple[StoredMessage, ...]:
    """The messages from the first question down to `leaf` (the newest message for None).

    messages: in the order in which they were written. An unknown leaf counts as None.
    """
    by_id = {message.id: message for message in messages}
    at = by_id.get(leaf or "", messages[-1] if messages else None)
    found: list[StoredMessage] = []
    while at is not None and len(found) <= len(messages):
        found.append(at)
        at = by_id.get(at.parent_id or "")
    return tuple(reversed(found))


def along(conversation: StoredConversation, leaf: str | None) -> StoredConversation:
    """The conversation with the messages of one path only."""
    return replace(conversation, messages=path(conversation.messages, leaf))


def before(conversation: StoredConversation, message_id: str) -> StoredConversation:
    """The conversation up to, and without, a message."""
    kept = []
    for message in path(conversation.messages, message_id):
        if message.id == message_id:
            break
        kept.append(message)
    return replace(conversation, messages=tuple(kept))


def siblings(messages: Sequence[StoredMessage], message: StoredMessage) -> list[str]:
    """Ids of the versions of a message (edits of a question, other answers), itself included."""
    return [m.id for m in messages if m.parent_id == message.parent_id and m.role == message.role]


def newest_leaf(messages: Sequence[StoredMessage], message_id: str) -> str:
    """The message written last of those that follow `message_id`, itself included."""
    under = {message_id}
    latest = message_id
    for message in messages:
        if message.parent_id in under:
            under.add(message.id)
            latest = message.id
    return latest
