"""Conversations in the form that chat APIs take and fine-tuning reads, one per line.

https://platform.openai.com/docs/api-reference/chat/create: messages with text and image_url
parts. Of a conversation with branches this is the newest; questions without an answer are left
out, as are conversations without any.
"""

import base64
import json
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Any

from components.chat.log import LoggedConversation, LoggedImage, LoggedMessage
from components.chat.tree import path
from components.export.keys import without_keys
from components.export.pictures import ImageOf


def chat_jsonl(
    conversations: Iterable[LoggedConversation], image_of: ImageOf, keys: Collection[str] = ()
) -> Iterator[bytes]:
    """JSON Lines in pieces, a conversation at a time. Images are the originals, as data URLs."""
    for conversation in conversations:
        messages = _messages(without_keys(conversation, keys), image_of)
        if messages:
            line = json.dumps({"messages": messages}, ensure_ascii=False)
            yield line.encode("utf-8", "replace") + b"\n"


def _messages(conversation: LoggedConversation, image_of: ImageOf) -> list[dict[str, Any]]:
    pairs = _answered(conversation.messages)
    if not pairs:
        return []
    system = _system(pairs[-1][1])
    found: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    for question, answer in pairs:
        found.append({"role": "user", "content": _content(question, image_of)})
        found.append({"role": "assistant", "content": answer.text})
    return found


def _answered(messages: tuple[LoggedMessage, ...]) -> list[tuple[LoggedMessage, LoggedMessage]]:
    """Each question of the newest branch that has an answer, with it."""
    said = [m for m in messages if m.role == "assistant" and m.text.strip()]
    branch = path(messages, said[-1].id) if said else ()
    pairs = []
    for before, after in pairwise(branch):
        if before.role == "user" and after.role == "assistant" and after.text.strip():
            pairs.append((before, after))
    return pairs


def _system(answer: LoggedMessage) -> str:
    system = answer.attempt.parameters.get("system") if answer.attempt else None
    return system.strip() if isinstance(system, str) else ""


def _content(question: LoggedMessage, image_of: ImageOf) -> str | list[dict[str, Any]]:
    parts = [part for image in question.images if (part := _image(image, image_of))]
    if not parts:
        return question.text
    return [*parts, {"type": "text", "text": question.text}] if question.text else parts


def _image(image: LoggedImage, image_of: ImageOf) -> dict[str, Any] | None:
    url = image.url
    if image.hash is not None:
        kept = image_of(image.hash)
        if kept is None:
            return None
        url = f"data:{kept.media_type};base64,{base64.b64encode(kept.content).decode()}"
    return {"type": "image_url", "image_url": {"url": url, "detail": image.detail}}
