"""What each model of the loopback server does; another process can ask for any of them.

fake-vision          looks at the images sent and answers with what it finds
fake-slow            a token every 100 ms for a minute: nobody waits for its end
fake-silent          30 s of nothing before the first token
fake-stall           five words, then silence
fake-reset           five words, then a TCP reset
fake-tokens-N-MS     N tokens, MS milliseconds apart (0: all at once)
fake-tokens-N-MS-F   the same after F milliseconds of nothing, in words ("n1 n2 ...")
fake-status-CODE     an error with this HTTP status
fake-status-CODE-S   the same, to be asked again after S seconds
fault-NAME           everything that can go wrong: faults.py
"""

import re
from typing import Any

from tests.support.loopback.faults import FAULTS, Asked
from tests.support.loopback.look import describe, tokens_of
from tests.support.loopback.reply import (
    DONE,
    RESET,
    STALL,
    Act,
    Reply,
    Step,
    Wait,
    chunk,
    error,
    event,
    usage,
    usage_chunk,
    whole,
)

MODELS = (
    "fake-vision",
    "fake-slow",
    "fake-silent",
    "fake-stall",
    "fake-reset",
    "fake-tokens-300-5",
    "fake-tokens-2000-0",
    "fake-status-401",
    "fake-status-429",
    "fake-status-500",
)


def reply_of(asked: Asked) -> Reply:
    """The reply to a request by the script of its model; 404 for a model without one."""
    try:
        _, is_fault, name = str(asked.body.get("model")).partition("fault-")
        if is_fault and name in FAULTS:
            return FAULTS[name](asked)
        return _scripted(asked.body)
    except (OSError, ValueError):  # what PIL and base64 raise
        return error(400, message="The image data is not a valid image.", code="invalid_image")


def _scripted(body: dict[str, Any]) -> Reply:
    model = str(body.get("model"))
    if found := re.fullmatch(r"fake-tokens-(\d+)-(\d+)(?:-(\d+))?", model):
        count, ms, first = int(found[1]), int(found[2]), int(found[3] or 0)
        # A number by itself may become a list: it isn't shown before more has come.
        pieces = [f"n{n} " for n in range(1, count + 1)] if found[3] else _count(count)
        return _say(body, pieces, pause=ms / 1000, silence=first / 1000)
    if found := re.fullmatch(r"fake-status-(\d{3})(?:-(\d+))?", model):
        again = {"Retry-After": found[2]} if found[2] else None
        said = f"The loopback server was asked for {found[1]}."
        return error(int(found[1]), again, message=said)
    match model:
        case "fake-vision":
            return _say(body, _words(describe(body)))
        case "fake-slow":
            return _say(body, _count(600), pause=0.1)
        case "fake-silent":
            return _say(body, _words(describe(body)), silence=30.0)
        case "fake-stall":
            return _say(body, _count(5), pause=0.01, then=STALL)
        case "fake-reset":
            return _say(body, _count(5), pause=0.01, then=RESET)
    return error(
        404,
        message=f"The model `{model}` does not exist or you do not have access to it.",
        code="model_not_found",
        param="model",
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+", text)


def _count(number: int) -> list[str]:
    return [f"{n} " for n in range(1, number + 1)]


def _say(
    body: dict[str, Any],
    pieces: list[str],
    *,
    pause: float = 0.0,
    silence: float = 0.0,
    then: Act | None = None,
) -> Reply:
    model = str(body.get("model"))
    limit = body.get("max_completion_tokens") or body.get("max_tokens")
    finish = "length" if limit and len(pieces) > limit else "stop"
    pieces = pieces[:limit]
    billed = tokens_of(body), len(pieces)
    if not body.get("stream"):
        message = {"role": "assistant", "content": "".join(pieces), "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        return whole({**chunk(model=model), "choices": [choice], "usage": usage(*billed)})
    steps: list[Step] = [Wait(silence)] if silence else []
    steps.append(event(chunk("", role="assistant", model=model)))
    for piece in pieces:
        steps += [Wait(pause)] if pause else []
        steps.append(event(chunk(piece, model=model)))
    if then:
        return Reply([*steps, Wait(0.05), then])  # a reset drops what wasn't read yet
    steps.append(event(chunk(finish=finish, model=model)))
    if (body.get("stream_options") or {}).get("include_usage"):
        steps.append(event(usage_chunk(*billed, model=model)))
    if not pause and not silence:  # all at once means in one packet
        steps = [b"".join(step for step in steps if isinstance(step, bytes))]
    return Reply([*steps, DONE], headers=_headers(model))


def _headers(model: str) -> dict[str, str]:
    return {"Content-Type": "text/event-stream", "x-request-id": f"req_{model}"}
