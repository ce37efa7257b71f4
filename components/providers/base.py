"""One Protocol for "something that answers questions about images", and its value types."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from components.images.types import PreparedImage

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True)
class ImagePart:
    """One image of a message: prepared bytes, or (public endpoints only) an unfetched URL.

    original: the bytes as they came, for the built-in reader, which reads at full size.
    letter: what the image is called in the request itself, "" for nothing.
    """

    name: str
    detail: str
    prepared: PreparedImage | None = None
    url: str | None = None
    original: bytes | None = field(default=None, repr=False)
    letter: str = ""


@dataclass(frozen=True)
class Message:
    """One message of a conversation; images come before the text, as they do in the request, and
    before an image that has a letter comes a text with it."""

    role: Role
    text: str
    images: tuple[ImagePart, ...] = ()


@dataclass(frozen=True)
class Parameters:
    """What a person may set for a call. None means: leave it to the endpoint."""

    system: str = ""
    max_tokens: int | None = None
    temperature: float | None = None
    step_by_step: bool = False
    answer: Literal["text", "json"] = "text"
    effort: str | None = None  # of reasoning, one of the model's `efforts`


@dataclass(frozen=True)
class VisionRequest:
    """All of one call. lang: language of what the built-in reader and added prompts say. schema: of
    the answer, JSON Schema, where it is to be JSON of a known shape."""

    model: str
    messages: tuple[Message, ...]
    parameters: Parameters = Parameters()
    lang: str = "en"
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Usage:
    """What the endpoint says it billed, in tokens. cached (read from its prompt cache), written
    (put there) and images are parts of input, reasoning of output."""

    input: int
    output: int
    cached: int = 0
    reasoning: int = 0
    written: int = 0
    images: int = 0


# "implausible": figures came, and they can't be right (negative, fractions, beyond any context).
Reported = Usage | Literal["implausible"] | None


@dataclass(frozen=True)
class Opened:
    """The endpoint has begun to answer: the head of a good response. streamed: what follows is a
    stream of events and not one document. An adapted request can open a second one."""

    status: int
    request_id: str | None
    streamed: bool


@dataclass(frozen=True)
class TextDelta:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True)
class ReasoningDelta:
    """The next piece of what the model thought; it is no part of the answer."""

    text: str


@dataclass(frozen=True)
class Retracted:
    """All text so far was reasoning: the answer begins after this."""


@dataclass(frozen=True)
class PictureFound:
    """A picture in the answer, as a data: URL that nobody has checked."""

    url: str = field(repr=False)


@dataclass(frozen=True)
class LeftOut:
    """A parameter that the model doesn't take and that was left out (or renamed), or "original",
    the detail instead of which "high" was sent."""

    parameter: str


@dataclass(frozen=True)
class Finish:
    """The end. reason as the API names it ("stop", "length", "content_filter", ...), or "refusal"
    or "truncated" (longer than any answer that is taken); None means that the stream broke off.
    usage is None where the endpoint reports none. thought: it thought and wrote nothing."""

    reason: str | None
    usage: Reported
    model: str | None
    request_id: str | None = None
    thought: bool = False


@dataclass(frozen=True)
class Spent:
    """What the endpoint had said of an answer by the time it failed; the error comes next."""

    usage: Reported
    model: str | None
    reason: str | None


Event = Opened | TextDelta | ReasoningDelta | Retracted | PictureFound | LeftOut | Finish | Spent


class VisionClient(Protocol):
    """Streams answers. Implementations hold no person's state and are used from one loop."""

    def stream(self, request: VisionRequest) -> AsyncIterator[Event]:
        """LeftOut and Opened if any, text deltas and pictures, then exactly one Finish; or,
        where it fails, Spent if there is something to tell, and a ProviderError.

        Cancelling the task ends the call at once; who leaves the loop early in another way
        closes the iterator. Raises ProviderError; nothing else escapes but CancelledError.
        """
        ...

    async def list_models(self) -> list[str]:
        """Model ids the endpoint offers, as it names them. Raises ProviderError."""
        ...

    async def close(self) -> None:
        """Give connections back. Further calls fail."""
        ...
