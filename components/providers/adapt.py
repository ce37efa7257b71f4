"""When an endpoint refuses a parameter: which one, and the same request without it."""

import re
from typing import Any

from openai import APIStatusError

from components.providers.answer import MAX_DEPTH, error_words

Body = dict[str, Any]
DROPPABLE = (
    "temperature",
    "detail",
    "response_format",
    "reasoning_effort",
    "stream_options",
    "stream",
)
_UNKNOWN_TO_IT = re.compile(
    r"unsupported|not support|n't support|unknown|unrecognized|unexpected|extra|not permitted"
    r"|must be verified to stream|max_completion_tokens",
    re.IGNORECASE,
)


def refused_parameter(error: APIStatusError, body: Body) -> str | None:
    """The parameter of `body` that the endpoint doesn't take and that can be spared; or None.

    A value that is merely wrong (too large, of a wrong type) isn't spared: the person chose it.
    """
    if error.status_code not in (400, 422):
        return None
    said = error_words(error.body)
    if error.code not in ("unsupported_parameter", "unsupported_value") and not (
        _UNKNOWN_TO_IT.search(said)
    ):
        return None
    named = (error.param or "").rpartition(".")[2] or _named_in(said, error.body)
    return named if named in ("max_tokens", *DROPPABLE) and has(body, named) else None


def is_one_value(error: APIStatusError, parameter: str) -> bool:
    """Whether another value of the parameter may be taken: models differ in efforts they know."""
    return parameter == "reasoning_effort" and error.code == "unsupported_value"


def without(body: Body, parameter: str) -> Body:
    """A copy of `body` without `parameter`; max_tokens is renamed, as newer models want it."""
    adapted = {key: value for key, value in body.items() if key != parameter}
    if parameter == "max_tokens":
        adapted["max_completion_tokens"] = body["max_tokens"]
    elif parameter == "stream":
        adapted.pop("stream_options", None)
    elif parameter == "detail":
        adapted["messages"] = [_without_detail(message) for message in body["messages"]]
    return adapted


def _named_in(said: str, body: object) -> str | None:
    """The parameter that the text, or the place in a FastAPI error, names."""
    found = f"{said} {places(body)}"
    for name in ("max_tokens", "stream_options", *DROPPABLE):
        if re.search(rf"(?<![a-z_]){name}(?![a-z_])", found):
            return name
    return None


def places(value: object, depth: int = MAX_DEPTH) -> str:
    """Every place that a FastAPI error names, in one line."""
    if depth == 0 or not isinstance(value, dict | list):
        return ""
    inside = value.values() if isinstance(value, dict) else value
    found = [places(each, depth - 1) for each in inside]
    if isinstance(value, dict) and isinstance(value.get("loc"), list):
        found += [str(part) for part in value["loc"]]
    return " ".join(found)


def has(body: Body, name: str) -> bool:
    """Whether the request uses the parameter."""
    if name != "detail":
        return name in body
    return any("detail" in image for message in body["messages"] for image in _links(message))


def _links(message: Body) -> list[Body]:
    content = message["content"]
    parts = content if isinstance(content, list) else []
    return [part["image_url"] for part in parts if "image_url" in part]


def _without_detail(message: Body) -> Body:
    if not _links(message):
        return message
    parts = [
        {**part, "image_url": {"url": part["image_url"]["url"]}} if "image_url" in part else part
        for part in message["content"]
    ]
    return {**message, "content": parts}
