"""What the types of a conversation don't say: ids, order, what hangs on what."""

import re
from dataclasses import replace

from components.chat.store import MAX_TAG, StoredAttempt, StoredConversation, StoredMessage
from components.export.codec import invalid
from components.text import one_line
from components.thinking import split

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_URL = re.compile(r"https?://[!-~]{1,4000}", re.ASCII | re.IGNORECASE)
_MAX_TITLE = 1000
_MAX_TAGS = 100


def check_conversation(conversation: StoredConversation, place: str) -> StoredConversation:
    """`conversation`, its title and tags on one line, what models thought told apart from what
    they answered. Raises ExportError("import_invalid")."""
    _check_id(conversation.id, f"{place}.id")
    earlier: set[str] = set()
    for n, message in enumerate(conversation.messages):
        inside = f"{place}.messages[{n}]"
        if message.id in earlier:
            invalid(f"{inside}.id")
        if message.parent_id is not None and message.parent_id not in earlier:
            invalid(f"{inside}.parent_id")
        _check_message(message, inside)
        earlier.add(message.id)
    if len(conversation.tags) > _MAX_TAGS:
        invalid(f"{place}.tags")
    tags = sorted({one_line(tag)[:MAX_TAG].rstrip() for tag in conversation.tags} - {""})
    title = one_line(conversation.title)[:_MAX_TITLE].rstrip()
    messages = tuple(_thought_apart(message) for message in conversation.messages)
    return replace(conversation, title=title, tags=tuple(tags), messages=messages)


def _thought_apart(message: StoredMessage) -> StoredMessage:
    """Files of older versions have it in the text."""
    if message.attempt is None:
        return message
    attempt = _split(message.attempt)
    earlier = tuple(map(_split, message.earlier))
    return replace(message, text=attempt.result.text, attempt=attempt, earlier=earlier)


def _split(attempt: StoredAttempt) -> StoredAttempt:
    result = attempt.result
    text, reasoning = ("", "") if result.reasoning else split(result.text)
    if not reasoning:
        return attempt
    return replace(attempt, result=replace(result, text=text, reasoning=reasoning))


def _check_message(message: StoredMessage, place: str) -> None:
    _check_id(message.id, f"{place}.id")
    if message.role == "user" and (message.attempt or message.earlier):
        invalid(f"{place}.attempt")
    if message.earlier and message.attempt is None:
        invalid(f"{place}.earlier")
    if message.attempt and message.text != message.attempt.result.text:
        invalid(f"{place}.text")
    for n, image in enumerate(message.images):
        made = message.role == "assistant" and image.hash is not None
        if not (message.role == "user" or made) or (image.hash is None) == (image.url is None):
            invalid(f"{place}.images[{n}]")
        if image.hash is not None and not _HASH.fullmatch(image.hash):
            invalid(f"{place}.images[{n}].hash")
        if image.url is not None and not _URL.fullmatch(image.url):
            invalid(f"{place}.images[{n}].url")
    for n, attempt in enumerate(message.earlier):
        _check_attempt(attempt, f"{place}.earlier[{n}]")
    if message.attempt:
        _check_attempt(message.attempt, f"{place}.attempt")


def _check_attempt(attempt: StoredAttempt, place: str) -> None:
    _check_id(attempt.id, f"{place}.id")
    if attempt.result.outcome == "running":
        invalid(f"{place}.result.outcome")


def _check_id(value: str, place: str) -> None:
    if not _ID.fullmatch(value):
        invalid(place)
