"""Chunks of an answer -> its text, and what is to be known at its end."""

from collections.abc import Mapping

from components.providers.base import Finish, Usage
from components.providers.sse import Unreadable

MAX_ERROR = 20_000  # characters
MAX_DEPTH = 8  # of objects within objects
MAX_TEXT = 1_000_000  # characters of an answer: twice what any model can write at once


class Answer:
    """Takes chunks one by one, tolerant of everything that endpoints are known to send:
    chunks without choices, null where an object belongs, usage in every chunk."""

    def __init__(self, request_id: str | None = None) -> None:
        self.heard = False  # any text came
        self.full = False  # as much as is taken
        self.reason: str | None = None
        self._room = MAX_TEXT
        self._request_id = request_id
        self._usage: Usage | None = None
        self._model: str | None = None
        self._refused = False

    def take(self, chunk: object, *, document: bool = False) -> str:
        """The text of a chunk (or of a whole document). Raises Unreadable for an error in it."""
        if not isinstance(chunk, Mapping):
            raise Unreadable("bad_json" if document else "bad_chunk")
        if chunk.get("error"):
            raise Unreadable("error_200" if document else "stream_error", words(chunk["error"]))
        if isinstance(model := chunk.get("model"), str) and model:
            self._model = model
        self._usage = usage_of(chunk.get("usage")) or self._usage
        choices = chunk.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
            return ""
        choice = choices[0]
        if isinstance(reason := choice.get("finish_reason"), str) and reason:
            self.reason = reason
        said = choice.get("message" if document else "delta")
        text = self._fit(self._text(said)) if isinstance(said, Mapping) else ""
        self.heard = self.heard or bool(text)
        return text

    def finish(self, *, complete: bool) -> Finish:
        """The end. complete: the endpoint says that this is all. Raises Unreadable when it gave
        no text and no other reason for that, or broke off before any."""
        if not self.heard and (self.reason == "stop" or (complete and self.reason is None)):
            raise Unreadable("empty")
        if not self.heard and self.reason is None:
            raise Unreadable("conn")
        reason = "refusal" if self._refused and self.reason else self.reason
        return Finish(reason, self._usage, self._model, self._request_id)

    def _fit(self, text: str) -> str:
        """As much of `text` as there is room for."""
        fits = text[: self._room]
        self._room -= len(fits)
        if len(fits) < len(text):
            self.full, self.reason = True, "truncated"
        return fits

    def _text(self, said: Mapping[str, object]) -> str:
        text = words(said.get("content"))
        if refusal := said.get("refusal"):
            self._refused = True
            text += words(refusal)
        return text


def error_words(value: object) -> str:
    """The words of an error, at most 20,000 characters of them: enough to be searched."""
    return words(value)[:MAX_ERROR]


def words(value: object, depth: int = MAX_DEPTH) -> str:
    """Text of a string, of an object with a message or a text, or of a list of those."""
    if depth == 0:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        for key in ("message", "text", "detail", "msg", "error"):
            if found := words(value.get(key), depth - 1):
                return found
    if isinstance(value, list):
        return "".join(words(each, depth - 1) for each in value)
    return ""


def usage_of(reported: object) -> Usage | None:
    """The usage object of a chunk; None when there is none, or it isn't one."""
    if not isinstance(reported, Mapping) or "prompt_tokens" not in reported:
        return None
    return Usage(
        input=_count(reported, "prompt_tokens"),
        output=_count(reported, "completion_tokens"),
        cached=_count(reported.get("prompt_tokens_details"), "cached_tokens"),
        reasoning=_count(reported.get("completion_tokens_details"), "reasoning_tokens"),
    )


def _count(holder: object, key: str) -> int:
    value = holder.get(key) if isinstance(holder, Mapping) else None
    return int(value) if isinstance(value, int | float) and value > 0 else 0
