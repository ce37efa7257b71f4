"""Chunks of an answer -> its text, and what is to be known at its end."""

from collections.abc import Mapping

from components.providers.base import Finish, Reported, Spent
from components.providers.refusals.statuses import code_of_report
from components.providers.reply.cleaning import Pieces, clean_name
from components.providers.reply.sse import Unreadable
from components.providers.reply.usage import usage_of

MAX_ERROR = 20_000  # characters
MAX_DEPTH = 8  # of objects within objects
# Reasons to say nothing that are told as they are.
SILENT = ("length", "content_filter")
# What a message can hold instead of text: field -> name for the sentence.
_INSTEAD = {
    "reasoning_content": "thought",
    "reasoning": "thought",
    "reasoning_details": "thought",
    "tool_calls": "called",
    "function_call": "called",
    "images": "pictured",
}
MAX_TEXT = 1_000_000  # characters of an answer: twice what any model can write at once


class Answer:
    """Takes chunks one by one, tolerant of everything that endpoints are known to send:
    chunks without choices, null where an object belongs, usage in every chunk.

    key: the endpoint's, which is masked in whatever it says."""

    def __init__(self, request_id: str | None = None, key: str = "") -> None:
        self.heard = False  # any text came
        self.full = False  # as much as is taken
        self.reason: str | None = None
        self._room = MAX_TEXT
        self._key = key
        self._pieces = Pieces(key)
        self._thoughts = Pieces(key)
        self._thought_room = MAX_TEXT
        self._into: dict[str, object] = {}  # what came instead of text
        self._request_id = request_id
        self._usage: Reported = None
        self._named = ""  # by the last chunk, as it came
        self._model: str | None = None
        self._refused = False

    def take(self, chunk: object, *, document: bool = False) -> str:
        """The text of a chunk (or of a whole document). Raises Unreadable for an error in it."""
        if not isinstance(chunk, dict):
            raise Unreadable("bad_json" if document else "bad_chunk")
        if error := chunk.get("error"):
            raise _failure("error_200" if document else "stream_error", error)
        if isinstance(model := chunk.get("model"), str) and model and model != self._named:
            self._named, self._model = model, clean_name(model, self._key)
        self._usage = usage_of(chunk.get("usage")) or self._usage
        choice = _first(chunk.get("choices"), document)
        if isinstance(reason := choice.get("finish_reason"), str) and reason:
            self.reason = clean_name(reason, self._key)
        said = choice.get("message" if document else "delta")
        if not isinstance(said, dict):
            return ""
        self._into |= {_INSTEAD[field]: True for field in said if field in _INSTEAD and said[field]}
        return self._fit(self._pieces.feed(self._text(said)))

    def rest(self) -> str:
        """The end of the text: what waited for more to come."""
        return self._fit(self._pieces.rest())

    def think(self, thought: str) -> str:
        """Reasoning as it is to be kept: what is longer than any answer is let go."""
        return self._kept_thought(self._thoughts.feed(thought))

    def thought_rest(self) -> str:
        """The end of the reasoning: what waited for more to come."""
        return self._kept_thought(self._thoughts.rest())

    def retract(self) -> str:
        """All text so far was reasoning; returns what of it waited for more to come."""
        self.heard, self._room = False, MAX_TEXT
        return self._pieces.held()

    def finish(self, *, complete: bool) -> Finish:
        """The end. complete: the endpoint says that this is all. Raises Unreadable when it gave
        no text and no reason for that which has a sentence, or broke off before any."""
        if not self.heard and self.reason is None and not complete:
            raise Unreadable("conn")
        if not self.heard and self.reason not in SILENT:
            raise Unreadable("empty", data=self._into)
        reason = "refusal" if self._refused and self.reason else self.reason
        thought = not self.heard and "thought" in self._into
        return Finish(reason, self._usage, self._model, self._request_id, thought)

    def spent(self) -> Spent | None:
        """What is known of an answer that fails here."""
        if self._usage is None and self._model is None:
            return None
        return Spent(self._usage, self._model, self.reason)

    def _kept_thought(self, thought: str) -> str:
        fits = thought[: self._thought_room]
        self._thought_room -= len(fits)
        return fits

    def _fit(self, text: str) -> str:
        """As much of `text` as there is room for."""
        fits = text[: self._room]
        self._room -= len(fits)
        self.heard = self.heard or bool(fits)
        if len(fits) < len(text):
            self.full, self.reason = True, "truncated"
        return fits

    def _text(self, said: Mapping[str, object]) -> str:
        text = words(said.get("content"))
        if refusal := said.get("refusal"):
            self._refused = True
            text += words(refusal)
        return text


def _first(choices: object, document: bool) -> Mapping[str, object]:
    """The choice that was asked for, whatever else is sent; {} for none."""
    found = choices if isinstance(choices, list) else []
    found = [each for each in found if isinstance(each, dict)]
    first = next((each for each in found if each.get("index") in (0, None)), None)
    return first or (found[0] if document and found else {})


def _failure(code: str, error: object) -> Unreadable:
    said = words(error)
    fields = error if isinstance(error, Mapping) else {}
    means, http = code_of_report(fields, said)
    return Unreadable(code, said, means, {"http": http} if http else None)


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
