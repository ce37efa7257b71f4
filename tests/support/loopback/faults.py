"""Everything that goes wrong between the app and an endpoint, by name: `fault-NAME` as a model.

FAULTS: name -> what is said to a request. test_faults.py in tests/chat walks all of them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.loopback.reply import (
    CLOSE,
    DONE,
    RESET,
    STALL,
    Reply,
    Step,
    Wait,
    answer,
    chunk,
    error,
    event,
    page,
    usage_chunk,
    whole,
)


@dataclass(frozen=True)
class Asked:
    """A request for a completion. nth: how many came for the same model before it."""

    body: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    nth: int = 0


Behaviour = Callable[[Asked], Reply]
HALF: list[Step] = [event(chunk("half ")), event(chunk("an answer")), Wait(0.05)]
FINE = answer("All ", "is ", "well.")
BEATS: list[Step] = [step for _ in range(600) for step in (b": still here\n\n", Wait(0.05))]
SPLIT = event(chunk("图像里有一只🐈")) + event(chunk(finish="stop")) + DONE
LONG = event(chunk("x" * 20_000_000))
JSON = {"Content-Type": "application/json"}
HALVES = b'data: {"model": "m\\ud83d", "choices": [{"delta": {"content": "%s"}}]}\n\n'
USED = usage_chunk(100, 3)["usage"]


def always(*steps: Step, **options: Any) -> Behaviour:
    """The same stream each time."""
    return lambda _: Reply(steps, **options)


def just(reply: Reply) -> Behaviour:
    return lambda _: reply


def in_turn(*replies: Reply) -> Behaviour:
    """One after the other, and from the beginning."""
    return lambda asked: replies[asked.nth % len(replies)]


def refuses(parameter: str, **fields: object) -> Behaviour:
    """Takes everything but this parameter."""
    said = {"message": f"Unsupported parameter: '{parameter}'", "param": parameter, **fields}
    refusal = error(400, **{"code": "unsupported_parameter", **said})
    return lambda asked: refusal if f'"{parameter}":' in json.dumps(asked.body) else FINE


def echoes_the_key(asked: Asked) -> Reply:
    key = asked.headers.get("authorization", "").removeprefix("Bearer ")
    return error(401, message=f"Incorrect API key provided: {key}", code="invalid_api_key")


def cannot_stream(asked: Asked) -> Reply:
    """Nothing at all to who wants a stream."""
    return Reply() if asked.body.get("stream") else document("All is well.")


def echoes_it_everywhere(asked: Asked) -> Reply:
    """The key in every field of an answer, in the text one letter at a time."""
    key = asked.headers.get("authorization", "").removeprefix("Bearer ")
    steps = [event(chunk(letter, model=f"m-{key}", reasoning_content=key)) for letter in key]
    steps += [event(chunk(" is it.", finish=f"stop-{key}", model=f"m-{key}")), DONE]
    return Reply(steps, headers={"Content-Type": "text/event-stream", "x-request-id": key})


def billed(figures: str) -> Behaviour:
    """An answer with these figures as its usage, as they stand."""
    last = b'data: {"choices": [], "usage": %s}\n\n' % figures.encode()
    return always(event(chunk("All is well.")), event(chunk(finish="stop")), last, DONE)


def silent(finish: str, **delta: object) -> Behaviour:
    """Everything but a word, and a bill for it."""
    last = usage_chunk(100, 50)
    return always(event(chunk("", **delta)), event(chunk(finish=finish)), event(last), DONE)


def document(content: str | None, finish: str = "stop") -> Reply:
    message = {"role": "assistant", "content": content}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    return whole({"model": "fake-vision", "choices": choices, "usage": USED})


FAULTS: dict[str, Behaviour] = {
    # 400
    "refused-image": just(error(400, message="You uploaded an unsupported image.",
                                param="messages[0].content[0].image_url",
                                code="image_parse_error")),
    "no-vision": just(error(400, message="This model does not support image input.")),
    "max-tokens": refuses("max_tokens", message="Use 'max_completion_tokens' instead."),
    "temperature": refuses("temperature", code="unsupported_value"),
    "detail": refuses("detail", param="messages[0].content[0].image_url.detail"),
    "too-long": just(error(400, message="This model's maximum context length is 8192 tokens.",
                           code="context_length_exceeded", param="messages")),
    "url-unreachable": just(error(400, message="Error while downloading https://a.b/c?token=d.",
                                  code="invalid_image_url")),
    "filtered-question": just(error(400, message="The response was filtered due to the prompt "
                                    "triggering Azure OpenAI's content management policy.",
                                    param="prompt", code="content_filter")),
    # 401 and on
    "auth": echoes_the_key,
    "no-credit": just(whole({"error": {"message": "Insufficient credits", "code": 402}}, 402)),
    "forbidden": just(error(403, message="Country, region, or territory not supported")),
    "no-model": just(error(404, message="The model `x` does not exist", code="model_not_found")),
    "404-page": just(page(404)),
    "405": just(whole({"detail": "Method Not Allowed"}, 405)),
    "408": just(whole({}, 408)),
    "409": just(error(409, message="busy")),
    "413-page": just(page(413)),
    "422": just(whole({"detail": [{"loc": ["body"], "msg": "Input should be valid"}]}, 422)),
    "429": just(error(429, message="Slow down", code="rate_limit_exceeded")),
    "429-then-fine": in_turn(error(429, {"Retry-After": "2"}, message="Slow down"), FINE),
    "429-for-600-s": just(error(429, {"Retry-After": "600"}, message="Slow down")),
    "quota": just(error(429, message="You exceeded your quota", code="insufficient_quota")),
    "500": just(error(500, {"x-request-id": "req_fault"}, message="The server had an error")),
    "502-page": just(page(502)),
    "503": just(whole("overloaded", 503)),
    "504": just(page(504)),
    "529": just(error(529, message="Overloaded")),
    "two-500s": in_turn(error(500, message="oops"), error(500, message="oops"), FINE),
    "redirect": just(Reply([], 307, {"Location": "https://evil.example/v1?a=b"}, "length")),
    # no answer that could be read
    "reset": always(before=[RESET]),
    "close": always(before=[CLOSE]),
    "not-http": always(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", framing="raw"),
    "ssh": always(before=[b"SSH-2.0-OpenSSH_9.2\r\n", CLOSE]),
    "mail": always(before=[b"220 mail.example ESMTP\r\n", STALL]),
    "304": just(Reply([], 304, {}, "length")),
    "deep-json": always(b"[" * 100_000, headers=JSON),
    "plain-text": always(b"It works!\n", headers={"Content-Type": "text/plain"}),
    "bad-gzip": always(b"nope", headers={"Content-Encoding": "gzip"}),
    "short-body": always(b'{"choices"', CLOSE, headers={**JSON, "Content-Length": "99"},
                         framing="length"),
    "hang": always(before=[STALL]),
    "bad-json": always(b'{"choices": [{"mess', headers=JSON),
    "login-page": just(page(200)),
    "error-200": just(whole({"error": {"message": "No such thing"}})),
    "no-choices": just(whole({"choices": []})),
    "null-content": just(document(None)),
    # streams that are fine, if read with patience
    "refusal": always(event(chunk(refusal="I can't ")),
                      event(chunk(refusal="help.", finish="stop")), DONE),
    "no-usage": just(answer("All is well.", tokens=None)),
    "usage-in-every-chunk": always(*(event({**chunk(word), "usage": USED})
                                     for word in ("All ", "is ", "well.")),
                                   event({**chunk(finish="stop"), "usage": USED}), DONE),
    "azure-first-chunk": always(event({"choices": [], "prompt_filter_results": []}),
                                *FINE.steps),
    "null-choices": always(event({"choices": None}),
                           event({"choices": [{"index": 0, "delta": None}]}), *FINE.steps),
    "split-utf8": always(*(SPLIT[at : at + 7] for at in range(0, len(SPLIT), 7))),
    "crlf": always(*(step.replace(b"data: ", b"data:").replace(b"\n", b"\r\n")
                     for step in FINE.steps if isinstance(step, bytes))),
    "json-for-a-stream": just(document("All is well.")),
    "empty-for-a-stream": cannot_stream,
    "other-model": just(answer("All is well.", model="gpt-4o-mini-2024-07-18",
                               tokens=(1_000_000, 0))),
    "filtered-answer": just(answer("Half", finish="content_filter")),
    "length": just(answer("Half", finish="length")),
    "key-everywhere": echoes_it_everywhere,
    "half-pairs": always(HALVES % br"a\ud83d", HALVES % br"\udc08b\u0000c\udc08",
                         event(chunk(finish="stop")), DONE),
    "another-choice": always(event({"choices": [{"index": 1, "delta": {"content": "Not this."}}]}),
                             *FINE.steps),
    # bills
    "huge-usage": billed('{"prompt_tokens": 9223372036854775808, "completion_tokens": 3}'),
    "endless-usage": billed('{"prompt_tokens": 1%s, "completion_tokens": 3}' % ("0" * 9000)),
    "infinite-usage": billed('{"prompt_tokens": 1e999, "completion_tokens": 3}'),
    "negative-usage": billed('{"prompt_tokens": 100, "completion_tokens": -3}'),
    "fraction-usage": billed('{"prompt_tokens": 100.5, "completion_tokens": 3}'),
    "worded-usage": billed('{"prompt_tokens": "many", "completion_tokens": 3}'),
    "nested-usage": billed('{"prompt_tokens": 100, "completion_tokens": 3,'
                           ' "prompt_tokens_details": {"cached_tokens": [9]}}'),
    "over-cached-usage": billed('{"prompt_tokens": 100, "completion_tokens": 3,'
                                ' "prompt_tokens_details": {"cached_tokens": 101}}'),
    "only-thought": silent("stop", reasoning_content="The sign says STOP."),
    "only-thought-length": silent("length", reasoning_content="Let me look."),
    "only-called": silent("tool_calls", tool_calls=[{"index": 0, "id": "c1", "type": "function",
                          "function": {"name": "zoom", "arguments": "{}"}}]),
    # errors instead of an answer, within one
    "429-event": always(event({"error": {"message": "Rate limit reached", "code": 429}})),
    "429-event-then-fine": in_turn(
        Reply([event({"error": {"message": "Slow down", "type": "rate_limit_error"}})]), FINE),
    "overloaded-event-then-fine": in_turn(
        Reply([event({"error": {"message": "Overloaded", "type": "overloaded_error"}})]), FINE),
    "too-long-event": always(event({"error": {"code": "context_length_exceeded"}})),
    # streams that break
    "reset-midway": always(*HALF, RESET, headers={"x-request-id": "req_fault"}),
    "eof-in-a-chunk": always(*HALF, CLOSE),
    "silent-eof": always(*HALF, framing="eof"),
    "eof-before-a-word": always(event(chunk("", role="assistant")), framing="eof"),
    "stall": always(*HALF, STALL),
    "heartbeats": always(*HALF, *BEATS),
    "bad-chunk": always(*HALF, b'data: {"choices": [{"del\n\n'),
    "bad-utf8": always(*HALF, b"data: \xff\xfe\n\n"),
    "error-event": always(*HALF, b'event: error\ndata: {"message": "GPU fell off"}\n\n'),
    "error-string": always(*HALF, event({"error": "GPU fell off"})),
    "long-line": always(*(LONG[at : at + 2**20] for at in range(0, len(LONG), 2**20)), STALL),
}  # fmt: skip
