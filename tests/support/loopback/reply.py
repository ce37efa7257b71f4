"""What the server says: a Reply is a status, headers and steps that are written one by one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Wait:
    """Say nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Act:
    """Do something to the connection instead of writing to it."""

    what: Literal["reset", "close", "stall"]


RESET = Act("reset")  # TCP reset
CLOSE = Act("close")  # end of the connection, wherever the body is
STALL = Act("stall")  # silence until the client leaves or the server stops
DONE = b"data: [DONE]\n\n"
Step = bytes | Wait | Act


@dataclass(frozen=True)
class Reply:
    """One answer. Each bytes step leaves as one packet (and one chunk, when chunked).

    framing: "chunked"; "length" with a Content-Length for all bytes steps; "eof" ends with the
    connection; "raw" writes the steps alone, without any HTTP around them.
    before: steps before the status line, such as a Wait or a RESET.
    """

    steps: Sequence[Step] = ()
    status: int = 200
    headers: Mapping[str, str] = field(
        default_factory=lambda: {"Content-Type": "text/event-stream; charset=utf-8"}
    )
    framing: Literal["chunked", "length", "eof", "raw"] = "chunked"
    before: Sequence[Step] = ()


def event(data: object) -> bytes:
    """One server-sent event."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def chunk(
    content: str | None = None,
    *,
    finish: str | None = None,
    model: str = "fake-vision",
    **more: object,
) -> dict[str, object]:
    """A chat.completion.chunk; `more` goes into its delta."""
    delta = {**({} if content is None else {"content": content}), **more}
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {
        "id": "chatcmpl-loopback",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": model,
        "choices": [choice],
    }


def usage_chunk(
    prompt: int, completion: int, *, cached: int = 0, reasoning: int = 0, model: str = "fake-vision"
) -> dict[str, object]:
    """The chunk without choices that reports the usage."""
    return {
        **chunk(model=model),
        "choices": [],
        "usage": usage(prompt, completion, cached, reasoning),
    }


def usage(prompt: int, completion: int, cached: int = 0, reasoning: int = 0) -> dict[str, object]:
    """The usage object of the API."""
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }


def answer(
    *pieces: str,
    finish: str | None = "stop",
    tokens: tuple[int, int] | None = (11, 7),
    pause: float = 0.0,
    model: str = "fake-vision",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """A well-behaved streamed answer. tokens: (prompt, completion), None reports no usage."""
    steps: list[Step] = [event(chunk("", role="assistant", model=model))]
    for piece in pieces:
        steps += [Wait(pause)] if pause else []
        steps.append(event(chunk(piece, model=model)))
    steps.append(event(chunk(finish=finish, model=model)))
    if tokens:
        steps.append(event(usage_chunk(*tokens, model=model)))
    steps.append(DONE)
    return Reply(steps, headers={"Content-Type": "text/event-stream", **(headers or {})})


def whole(data: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON body that isn't streamed."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return Reply(
        [body], status, {"Content-Type": "application/json", **(headers or {})}, framing="length"
    )


def error(status: int, headers: Mapping[str, str] | None = None, **fields: object) -> Reply:
    """An error as OpenAI sends it; fields: message, type, param, code."""
    body = {"message": "", "type": "invalid_request_error", "param": None, "code": None, **fields}
    return whole({"error": body}, status, headers)


def page(status: int, text: str = "<!doctype html><html><body>Sign in</body></html>") -> Reply:
    """A web page, as gateways and login walls send."""
    return Reply([text.encode()], status, {"Content-Type": "text/html"}, framing="length")
