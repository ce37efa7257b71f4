"""When an endpoint refuses a parameter: which one, and the same request without it."""

import re
from collections.abc import Callable
from typing import Any

from openai import APIStatusError

from components.providers.reply.answer import MAX_DEPTH, error_words

Body = dict[str, Any]
ORIGINAL = "original"  # not a parameter but the value of `detail` that became known last
DROPPABLE = (
    "temperature",
    "top_p",
    "detail",
    "response_format",
    "reasoning_effort",
    "stream_options",
    "stream",
)
_UNKNOWN_TO_IT = re.compile(
    r"unsupported|unknown|unrecognized|unexpected|extra|deprecated|removed|incompatible"
    r"|(not|n't|no longer) (be )?"
    r"(support|accept|allow|permit|appl|available|compatible|specif|set\b|take|use)"
    r"|only .{0,40}\b(is|are) (allowed|supported|accepted)|may only be|must be (unset|omitted)"
    r"|only the default|for this model|must be verified to stream|max_completion_tokens",
    re.IGNORECASE,
)
_QUOTED_ORIGINAL = re.compile(r"['\"`“‘]original['\"`”’]", re.IGNORECASE)
_THREE = re.compile(r"\bauto\b.{1,12}\blow\b.{1,12}\bhigh\b", re.IGNORECASE)
# Bounds of a value that a person chose: another value would be taken.
_WRONG_VALUE = re.compile(
    r"\b(between|range|less than|greater than|at (most|least)|maximum|minimum|too \w+)\b"
    r"|[<>]=?\s*\d",
    re.IGNORECASE,
)


def refused_parameter(error: APIStatusError, body: Body) -> str | None:
    """The parameter of `body` that the endpoint doesn't take and that can be spared; or None.

    A value that is merely wrong (too large, of a wrong type) isn't spared: the person chose it.
    """
    if error.status_code not in (400, 422):
        return None
    said = error_words(error.body)
    named = (error.param or "").rpartition(".")[2] or _named_in(said, error.body)
    if named in ("detail", None) and has(body, ORIGINAL) and _is_value(error, said, named):
        return ORIGINAL  # older servers know three values, and say so in many ways
    if error.code not in ("unsupported_parameter", "unsupported_value") and not (
        _UNKNOWN_TO_IT.search(said) and not _WRONG_VALUE.search(said)
    ):
        return None
    return named if named in ("max_tokens", *DROPPABLE) and has(body, named) else None


def _is_value(error: APIStatusError, said: str, named: str | None) -> bool:
    """Whether it is about the value "original", which it names, or stands where `detail` is, or
    beside the three that were before it."""
    if named is None:
        return bool(_QUOTED_ORIGINAL.search(said) or _THREE.search(said))
    told = ORIGINAL in said.lower() or "detail" in f"{error.param or ''} {places(error.body)}"
    return told or not _UNKNOWN_TO_IT.search(said)


def is_one_value(error: APIStatusError, parameter: str) -> bool:
    """Whether another value of the parameter may be taken: models differ in efforts they know."""
    return parameter == "reasoning_effort" and error.code == "unsupported_value"


def without(body: Body, parameter: str) -> Body:
    """A copy of `body` without `parameter`; max_tokens is renamed, as newer models want it, and
    the detail "original" becomes "high"."""
    adapted = {key: value for key, value in body.items() if key != parameter}
    if parameter == "max_tokens":
        adapted["max_completion_tokens"] = body["max_tokens"]
    elif parameter == "stream":
        adapted.pop("stream_options", None)
    elif parameter == "detail":
        adapted["messages"] = [_with_links(message, _bare) for message in body["messages"]]
    elif parameter == ORIGINAL:
        adapted["messages"] = [_with_links(message, _high) for message in body["messages"]]
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
    links = (image for message in body["messages"] for image in _links(message))
    if name == ORIGINAL:
        return any(image.get("detail") == ORIGINAL for image in links)
    return any("detail" in image for image in links) if name == "detail" else name in body


def _links(message: Body) -> list[Body]:
    content = message["content"]
    parts = content if isinstance(content, list) else []
    return [part["image_url"] for part in parts if "image_url" in part]


def _with_links(message: Body, change: Callable[[Body], Body]) -> Body:
    if not _links(message):
        return message
    parts = [
        {**part, "image_url": change(part["image_url"])} if "image_url" in part else part
        for part in message["content"]
    ]
    return {**message, "content": parts}


def _bare(image: Body) -> Body:
    return {"url": image["url"]}


def _high(image: Body) -> Body:
    return {**image, "detail": "high"} if image.get("detail") == ORIGINAL else image
