"""Conversations in the form that chat APIs take and fine-tuning reads, one per line.

https://platform.openai.com/docs/api-reference/chat/create: messages with text and image_url
parts. Of a conversation with branches this is the newest; questions without an answer are left
out, as are conversations without any. A line has ten images at most, the newest
(https://platform.openai.com/docs/guides/vision-fine-tuning); in place of one that is left out, or
that isn't kept any more, stands its name.
"""

import base64
import json
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Any

from components.chat.store import StoredConversation, StoredImage, StoredMessage
from components.chat.tree import path
from components.export.converted import for_chats
from components.export.keys import without_keys
from components.export.pictures import ImageOf
from components.i18n import t

MOST_IMAGES = 10
# Newer servers know "original" too, others refuse what they don't know.
_DETAILS = {"low": "low", "high": "high", "original": "high"}


def chat_jsonl(
    conversations: Iterable[StoredConversation],
    image_of: ImageOf,
    keys: Collection[str] = (),
    lang: str = "en",
) -> Iterator[bytes]:
    """JSON Lines in pieces, a conversation at a time. Images are data URLs: the originals where
    chat APIs take them. lang: of what stands for images that are left out."""
    for conversation in conversations:
        messages = _messages(without_keys(conversation, keys), image_of, lang)
        if messages:
            line = json.dumps({"messages": messages}, ensure_ascii=False)
            yield line.encode("utf-8", "replace") + b"\n"


def _messages(
    conversation: StoredConversation, image_of: ImageOf, lang: str
) -> list[dict[str, Any]]:
    pairs = _answered(conversation.messages)
    if not pairs:
        return []
    system = _system(pairs[-1][1])
    found: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    over = sum(len(question.images) for question, _ in pairs) - MOST_IMAGES
    for question, answer in pairs:
        content = _content(question, image_of, lang, max(0, over))
        over -= len(question.images)
        found.append({"role": "user", "content": content})
        found.append({"role": "assistant", "content": answer.text})
    return found


def _answered(messages: tuple[StoredMessage, ...]) -> list[tuple[StoredMessage, StoredMessage]]:
    """Each question of the newest branch that has an answer, with it."""
    said = [m for m in messages if m.role == "assistant" and m.text.strip()]
    branch = path(messages, said[-1].id) if said else ()
    pairs = []
    for before, after in pairwise(branch):
        if before.role == "user" and after.role == "assistant" and after.text.strip():
            pairs.append((before, after))
    return pairs


def _system(answer: StoredMessage) -> str:
    system = answer.attempt.parameters.get("system") if answer.attempt else None
    return system.strip() if isinstance(system, str) else ""


def _content(
    question: StoredMessage, image_of: ImageOf, lang: str, left_out: int
) -> str | list[dict[str, Any]]:
    """left_out: how many of the first images."""
    parts = []
    for n, image in enumerate(question.images):
        part = None if n < left_out else _image(image, image_of)
        parts.append(part or _text(t(lang, "export.left_out", name=image.name)))
    if not parts:
        return question.text
    return [*parts, _text(question.text)] if question.text else parts


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _image(image: StoredImage, image_of: ImageOf) -> dict[str, Any] | None:
    url = image.url
    if image.hash is not None:
        kept = image_of(image.hash)
        taken = for_chats(kept) if kept else None
        if taken is None:
            return None
        url = f"data:{taken.media_type};base64,{base64.b64encode(taken.content).decode()}"
    detail = _DETAILS.get(image.detail, "auto")
    return {"type": "image_url", "image_url": {"url": url, "detail": detail}}
