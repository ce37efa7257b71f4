"""No key leaves in an export, even if one should have come into the log."""

import dataclasses
import re
from collections.abc import Collection, Mapping
from typing import Any

from components.chat.store import StoredAttempt, StoredConversation, StoredMessage

MASK = "[…]"
SHORTEST = 8  # characters of a key that is looked for
_LOOKS_LIKE_A_KEY = re.compile(
    r"\b(?:sk|gsk|xai|hf|nvapi|r8|pplx)[-_][\w*.\-]{4,}|\bBearer\s+[^\s\"',]+|\bAIza[\w-]{8,}"
    r"|(?<=[?&])(?:api[-_]?key|key|token|access_token|sig|signature|password)=[^&\s\"']*",
    re.IGNORECASE,
)
_NAMES_A_KEY = re.compile(
    r"(?:^|[-_. ])(?:api-?key|apikey|key|secret|password|passwd|authorization|auth|cookie"
    r"|credentials?|bearer|token)(?:$|[-_. ])",
    re.IGNORECASE,
)


def without_keys(conversation: StoredConversation, keys: Collection[str]) -> StoredConversation:
    """A copy in which `keys` are masked everywhere, and in what came from requests and endpoints
    also what looks like a key, or is named like one. What people and models wrote stays."""
    known = [key for key in keys if len(key) >= SHORTEST]
    clean = _known_masked(conversation, known) if known else conversation
    return dataclasses.replace(clean, messages=tuple(_message(m) for m in clean.messages))


def _known_masked(value: StoredConversation, keys: list[str]) -> StoredConversation:
    def masked(text: str) -> str:
        for key in keys:
            text = text.replace(key, MASK)
        return text

    changed: StoredConversation = _texts_changed(value, masked)
    return changed


def _message(message: StoredMessage) -> StoredMessage:
    images = tuple(
        dataclasses.replace(i, url=_looks_masked(i.url)) if i.url else i for i in message.images
    )
    return dataclasses.replace(
        message,
        images=images,
        attempt=_attempt(message.attempt) if message.attempt else None,
        earlier=tuple(_attempt(each) for each in message.earlier),
    )


def _attempt(attempt: StoredAttempt) -> StoredAttempt:
    clean: StoredAttempt = _texts_changed(attempt, _looks_masked)
    system = attempt.parameters.get("system")  # a person's words
    parameters = _unnamed(clean.parameters)
    if isinstance(system, str):
        parameters["system"] = system
    return dataclasses.replace(
        clean,
        parameters=parameters,
        result=dataclasses.replace(
            clean.result,
            text=attempt.result.text,
            reasoning=attempt.result.reasoning,
            error_data=_unnamed(clean.result.error_data),
        ),
    )


def _looks_masked(text: str) -> str:
    return _LOOKS_LIKE_A_KEY.sub(MASK, text)


def _unnamed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without entries whose name says that they are keys, at any depth."""
    return {
        name: _unnamed(value) if isinstance(value, Mapping) else value
        for name, value in values.items()
        if not _NAMES_A_KEY.search(name)
    }


def _texts_changed(value: Any, change: Any) -> Any:
    """A copy of `value` with every text in it put through `change`, names in tables too."""
    if isinstance(value, str):
        return change(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            f.name: _texts_changed(getattr(value, f.name), change)
            for f in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changed)
    if isinstance(value, Mapping):
        return {change(str(k)): _texts_changed(v, change) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_texts_changed(each, change) for each in value)
    return value
