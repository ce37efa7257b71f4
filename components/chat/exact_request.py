"""A turn of the store as it went over the wire: for copying, without the images' bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from components.chat.context import carried
from components.chat.request import history_messages
from components.chat.store import (
    ConversationStore,
    StoredAttempt,
    StoredConversation,
    StoredMessage,
)
from components.chat.tree import before
from components.providers.base import Message, Parameters, VisionRequest
from components.providers.endpoints import Endpoint
from components.providers.payload import payload

_PARAMETERS = frozenset(Parameters.__dataclass_fields__)


def request_of(
    store: ConversationStore,
    owner: str,
    conversation: StoredConversation,
    answer: StoredMessage,
    endpoint: Endpoint,
) -> dict[str, Any]:
    """The body of the request that `answer` answered, built again from the log.

    Images stand as "data:image/jpeg;base64,... (34,567 bytes)". There is no key in a body.
    conversation: with all its branches. Raises ImageError when an image can't be prepared any
    more, KeyError for an answer without a question.
    """
    attempt = answer.attempt
    question = next(m for m in conversation.messages if m.id == answer.parent_id)
    if attempt is None:
        raise KeyError(answer.id)
    kept = dict(attempt.parameters)
    choices = kept.get("context")
    history = before(conversation, question.id)
    goes = carried(
        history, attempt.model, choices if isinstance(choices, dict) else {}, endpoint.host
    )
    messages = [
        *history_messages(store, owner, goes.history, attempt.model, endpoint),
        *_asked(store, owner, history, question, attempt, endpoint),
    ]
    lang = str(kept.get("lang", "en"))
    request = VisionRequest(attempt.model, tuple(messages), parameters_of(kept), lang)
    body, _ = payload(request, public_urls=endpoint.public_urls)
    shortened: dict[str, Any] = _without_bytes(body)
    return shortened


def parameters_of(kept: Mapping[str, object]) -> Parameters:
    """The parameters of a call, from what is kept with its attempt."""
    return Parameters(**{k: v for k, v in kept.items() if k in _PARAMETERS})  # type: ignore[arg-type]


def response_of(attempt: StoredAttempt) -> dict[str, Any]:
    """What came back: text, finish, usage, times; None where the endpoint said nothing."""
    result = asdict(attempt.result)
    return {key: str(v) if key == "cost" and v is not None else v for key, v in result.items()}


def _asked(
    store: ConversationStore,
    owner: str,
    history: StoredConversation,
    question: StoredMessage,
    attempt: StoredAttempt,
    endpoint: Endpoint,
) -> Sequence[Message]:
    alone = replace(history, messages=(question,))
    return history_messages(store, owner, alone, attempt.model, endpoint)


def _without_bytes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_bytes(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_bytes(item) for item in value]
    if isinstance(value, str) and value.startswith("data:"):
        head, _, coded = value.partition(",")
        return f"{head},... ({len(coded) * 3 // 4:,} bytes)"
    return value
