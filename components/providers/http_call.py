"""One request and what comes back of it: text as it arrives, then the end."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, suppress

import httpx2
from openai import AsyncOpenAI, AsyncStream
from openai.types.chat import ChatCompletionChunk

from components.providers.base import (
    Finish,
    Opened,
    PictureFound,
    ReasoningDelta,
    Retracted,
    Spent,
    TextDelta,
)
from components.providers.connection import timeouts
from components.providers.refusals.failures import Situation
from components.providers.refusals.parameter_fallback import Body
from components.providers.reply.answer import Answer
from components.providers.reply.cleaning import clean_name
from components.providers.reply.sifting import Sifter
from components.providers.reply.sse import Objects, Unreadable
from components.providers.response_headers import is_streamed, request_id_of

DRAIN_SECONDS = 0.2
_Event = TextDelta | ReasoningDelta | Retracted | PictureFound


class NotStreamed(Exception):
    """A good status, and nothing after it: the endpoint can't stream."""


async def exchange(
    client: AsyncOpenAI, body: Body, at: Situation, deadline: float
) -> AsyncGenerator[Opened | _Event | Finish | Spent, None]:
    """Send `body` once. Text that one packet carries comes as one delta.

    deadline: the loop's time at which all ends, with TimeoutError. `at` is kept up to date.
    Raises NotStreamed, Unreadable and whatever the packages raise. Leaving early closes the
    connection, which tells the endpoint to stop.
    """
    at.status = at.request_id = None
    key = at.endpoint.api_key
    async with AsyncExitStack() as stack:
        async with asyncio.timeout_at(deadline):
            response = await _post(client, body, at.seconds)
            stack.push_async_callback(response.aclose)
        at.status, at.request_id = response.status_code, _request_id(response, key)
        yield Opened(at.status, at.request_id, is_streamed(response.headers))
        answer, objects, sifter = Answer(at.request_id, key), Objects(), Sifter()
        packets = response.aiter_bytes()
        try:
            while not (objects.done or answer.full):
                if (packet := await _next(packets, deadline, answer)) is None:
                    break
                at.started = True
                events, failure = _read(packet, objects, answer, sifter)
                for event in events:
                    at.heard = at.heard or not isinstance(event, ReasoningDelta)
                    yield event
                if failure:
                    raise failure
            if not answer.full:
                whole = objects.is_document
                for last in objects.end():
                    for event in _said(last, answer, sifter, document=whole):
                        yield event
            if objects.blank:
                raise NotStreamed if "stream" in body else Unreadable("bad_json")
            for event in _rest(answer, sifter):
                yield event
            yield answer.finish(complete=objects.done or objects.is_document)
        except Exception:
            for event in _rest(answer, sifter):
                at.heard = at.heard or not isinstance(event, ReasoningDelta)
                yield event
            if spent := answer.spent():
                yield spent
            raise
        if not answer.full:
            await _drain(packets)


async def _post(client: AsyncOpenAI, body: Body, seconds: float) -> httpx2.Response:
    """The response, once its head is there.

    Not `chat.completions.create`: for a long conversation that walks every message for its
    types, 35 ms for 200 of them, in which nobody else's answer moves on.
    """
    opened = await client.post(
        "/chat/completions",
        cast_to=ChatCompletionChunk,
        body=body,
        options={"timeout": timeouts(seconds)},
        stream=True,
        stream_cls=AsyncStream[ChatCompletionChunk],
    )
    return opened.response


def _request_id(response: httpx2.Response, key: str) -> str | None:
    told = request_id_of(response.headers)
    return told and clean_name(told, key)


async def _next(packets: AsyncIterator[bytes], deadline: float, answer: Answer) -> bytes | None:
    """The next packet, None at the end; a connection lost after the finish is an end as well."""
    try:
        async with asyncio.timeout_at(deadline):
            return await anext(packets, None)
    except httpx2.TransportError:
        if answer.reason is None:
            raise
        return None


def _read(
    packet: bytes, objects: Objects, answer: Answer, sifter: Sifter
) -> tuple[list[_Event], Exception | None]:
    """What a packet says, and the error it ends in: what came before an error is kept."""
    events: list[_Event] = []
    try:
        for each in objects.feed(packet):
            events += _said(each, answer, sifter, document=False)
    except Exception as error:
        return _joined(events), error
    return _joined(events), None


def _said(each: object, answer: Answer, sifter: Sifter, *, document: bool) -> list[_Event]:
    """What an object says."""
    return _taken(sifter.take(each, document=document), answer, sifter, document=document)


def _rest(answer: Answer, sifter: Sifter) -> list[_Event]:
    """The end of the answer: what waited for more to come."""
    events = [] if answer.full else _taken(sifter.end(), answer, sifter, document=False)
    if thought := answer.thought_rest():
        events.append(ReasoningDelta(thought))
    if text := answer.rest():
        events.append(TextDelta(text))
    return events


def _taken(each: object, answer: Answer, sifter: Sifter, *, document: bool) -> list[_Event]:
    events: list[_Event] = []
    thought = ""
    if sifter.retracted():
        thought = answer.retract()
        events.append(Retracted())
    if thought := answer.think(thought + sifter.new_thoughts()):
        events.append(ReasoningDelta(thought))
    if text := answer.take(each, document=document):
        events.append(TextDelta(text))
    found = sifter.new_pictures()
    answer.heard = answer.heard or bool(found)  # a picture alone is an answer
    return [*events, *map(PictureFound, found)]


def _joined(events: list[_Event]) -> list[_Event]:
    """With neighbouring texts in one."""
    joined: list[_Event] = []
    for event in events:
        last = joined[-1] if joined else None
        if isinstance(event, TextDelta) and isinstance(last, TextDelta):
            joined[-1] = TextDelta(last.text + event.text)
        elif isinstance(event, ReasoningDelta) and isinstance(last, ReasoningDelta):
            joined[-1] = ReasoningDelta(last.text + event.text)
        else:
            joined.append(event)
    return joined


async def _drain(packets: AsyncIterator[bytes]) -> None:
    """Read what is left after the end, so that the connection can be used again."""
    with suppress(Exception):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in packets:
                pass
