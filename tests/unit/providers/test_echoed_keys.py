"""An endpoint that says its own key, in any field of a reply: nothing of that comes through."""

import asyncio
import logging
from collections.abc import Mapping

import pytest

from components.errors import ProviderError
from components.providers.openai_compatible import OpenAICompatible
from tests.support.loopback import Loopback
from tests.support.loopback.reply import CLOSE, DONE, Reply, chunk, error, event, page, whole
from tests.unit.providers.asking import CANARY, endpoint, question

SSE = {"Content-Type": "text/event-stream"}
DOT = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # noqa: E501


def said(fields: Mapping[str, object], **choice: object) -> dict[str, object]:
    """A chunk whose delta has `fields`."""
    return {"model": "m", "choices": [{"index": 0, "delta": fields, **choice}]}


def cut(field: str, text: str, size: int) -> list[bytes]:
    """`text` in pieces of so many letters, each a chunk of its own."""
    return [event(said({field: text[n : n + size]})) for n in range(0, len(text), size)]


END = (event(chunk(finish="stop")), DONE)
TOLD = f"Your key is {CANARY}, isn't it? {CANARY.upper()}"
BODY = {"message": TOLD, "type": CANARY, "code": CANARY, "param": CANARY}
CALL = {"id": CANARY, "type": "function", "function": {"name": CANARY, "arguments": TOLD}}
REPLIES: dict[str, Reply] = {
    "text": Reply((*cut("content", TOLD, 5), *END)),
    "text, letter by letter": Reply((*cut("content", TOLD, 1), *END)),
    "text that breaks off": Reply((*cut("content", f"It is {CANARY}"[:-2], 3), CLOSE)),
    "reasoning": Reply((*cut("reasoning_content", TOLD, 7), event(said({"content": "x"})), *END)),
    "reasoning alone": Reply((*cut("reasoning", TOLD, 2), *END)),
    "reasoning in tags": Reply((*cut("content", f"<think>{TOLD}</think>{TOLD}", 6), *END)),
    "a closing tag alone": Reply((*cut("content", f"{TOLD}</think>{TOLD}", 11), *END)),
    "a closing tag within": Reply((*cut("content", f"a {CANARY[:20]}</think>b", 4), *END)),
    "parts": Reply((event(said({"content": [{"type": "text", "text": TOLD}]})), *END)),
    "thoughts": Reply(
        (event(said({"content": [{"type": "thinking", "thinking": TOLD}, "x"]})), *END)
    ),
    "refusal": Reply((*cut("refusal", TOLD, 4), *END)),
    "alt text": Reply((*cut("content", f"![{CANARY}]({DOT}) and ![{CANARY}](https://x)", 9), *END)),
    "address": Reply(
        (event(said({"content": "x", "images": [f"https://e.example/{CANARY}"]})), *END)
    ),
    "picture that is none": Reply(
        (event(said({"content": "x", "images": [{"name": CANARY, "url": CANARY}]})), *END)
    ),
    "model": Reply((event({**chunk("x"), "model": f"gpt-{CANARY}"}), *END)),
    "id": Reply((event({**chunk("x"), "id": CANARY, "system_fingerprint": CANARY}), *END)),
    "finish reason": Reply((event(chunk("x")), event(chunk(finish=CANARY)), DONE)),
    "tool call": Reply((event(said({"tool_calls": [CALL]}, finish_reason="tool_calls")), DONE)),
    "usage": Reply((event({**chunk("x"), "usage": {"prompt_tokens": CANARY}}), *END)),
    "request id": Reply((event(chunk("x")), *END), headers={**SSE, "X-Request-Id": CANARY}),
    "headers": Reply(
        (event(chunk("x")), *END),
        headers={**SSE, "OpenAI-Organization": CANARY, "Retry-After": CANARY, "Server": CANARY},
    ),
    "event": Reply((f"event: {CANARY}\nid: {CANARY}\n: {CANARY}\n".encode(), event(chunk("x")))),
    "error event": Reply((event({"error": BODY}),)),
    "error event after text": Reply((event(chunk("x")), event({"error": BODY}))),
    "broken JSON": Reply((f'data: {{"{CANARY}": {CANARY}\n\n'.encode(),)),
    "document": whole({**chunk(), "choices": [{"message": {"content": TOLD}}]}),
    "document of another kind": whole({CANARY: TOLD}),
    "error in a document": whole({"error": BODY}),
    "page": page(200, f"<html>{TOLD}</html>"),
    "error page": page(502, f"<html>{TOLD}</html>"),
    **{
        f"status {status}": error(status, {"X-Request-Id": f"r-{CANARY}"}, **BODY)
        for status in (400, 401, 403, 404, 408, 413, 422, 429, 500)
    },
    "details": whole({"detail": [{"msg": TOLD, "loc": [CANARY], "input": CANARY}]}, 422),
    "bare text": Reply((TOLD.encode(),), 400, {"Content-Type": "text/plain"}, framing="length"),
    "redirect": whole({}, 307, {"Location": f"https://{CANARY}.example/{CANARY}"}),
    "status line": Reply((f"HTTP/1.1 {CANARY}\r\n\r\n".encode(), CLOSE), framing="raw"),
    "another protocol": Reply((f"{CANARY}\r\n".encode(), CLOSE), framing="raw"),
}  # fmt: skip


def heard(server: Loopback) -> list[str]:
    """All that a call gives, each as a program would write it down."""
    told: list[str] = []
    pieces: dict[str, str] = {}

    async def run() -> None:
        client = OpenAICompatible(endpoint(server))
        try:
            async for each in client.stream(question()):
                told.append(repr(each))
                if isinstance(words := getattr(each, "text", None), str):
                    kind = type(each).__name__
                    pieces[kind] = pieces.get(kind, "") + words
        except ProviderError as problem:
            told.extend((repr(problem), str(problem), problem.detail, repr(problem.__dict__)))
        finally:
            await client.close()

    asyncio.run(run())
    return [*told, *pieces.values(), "".join(pieces.values())]


def test_a_key_that_the_endpoint_says_comes_through_nowhere(
    loopback: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="components")
    for name, reply in REPLIES.items():
        before = len(loopback.asked())
        loopback.enqueue(reply)
        told = heard(loopback)
        assert told, name
        assert len(loopback.asked()) == before + 1, name
        for each in (*told, caplog.text):
            low = each.lower()
            assert CANARY not in low, (name, each)
            assert CANARY[:16] not in low, (name, each)
            assert CANARY[-12:] not in low, (name, each)


def test_nor_in_the_list_of_models(loopback: Loopback) -> None:
    async def listed(reply: Reply) -> str:
        loopback.enqueue(reply)
        client = OpenAICompatible(endpoint(loopback))
        try:
            found = await client.list_models()
            return repr((list(found), found.ends))
        except ProviderError as problem:
            return repr((problem, problem.detail, problem.__dict__))
        finally:
            await client.close()

    named = {"id": f"m-{CANARY}", "shutdown_date": "2030-01-01"}
    for body in ({"data": [named]}, {"error": BODY}, {"models": [{"name": CANARY.upper()}]}):
        told = asyncio.run(listed(whole(body)))
        assert "[…]" in told
        assert CANARY not in told.lower()
