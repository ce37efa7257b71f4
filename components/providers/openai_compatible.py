"""Endpoints that speak OpenAI's Chat Completions: OpenAI, Azure, Ollama, vLLM and many more.

The openai package sends the request; what comes back is read by sse.py. One try per call: the
only request that is sent again is one whose parameter the endpoint refused before any answer.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, suppress

from openai import APIStatusError

from components.errors import ProviderError
from components.models import find_model
from components.providers.adapt import Body, refused_parameter, without
from components.providers.answer import Answer
from components.providers.base import Event, Finish, LeftOut, TextDelta, VisionRequest
from components.providers.connection import CONNECT_SECONDS, open_client, timeouts
from components.providers.endpoints import Endpoint, is_local
from components.providers.failures import Situation, explain
from components.providers.listing import model_ids
from components.providers.payload import payload
from components.providers.sse import Objects, Unreadable

TOTAL_SECONDS = 30 * 60.0
LIST_SECONDS = 15.0
FIRST_TOKEN_SECONDS = 60.0
SLOW_FIRST_TOKEN_SECONDS = 300.0
DRAIN_SECONDS = 0.2


class OpenAICompatible:
    """A VisionClient for one endpoint. Use it from one event loop; nothing of a person stays.

    total_seconds: after this long a call ends, even while the endpoint keeps sending.
    """

    def __init__(self, endpoint: Endpoint, *, total_seconds: float = TOTAL_SECONDS) -> None:
        self.endpoint = endpoint
        self._total_seconds = total_seconds
        self._client = open_client(endpoint)

    def __repr__(self) -> str:
        return f"OpenAICompatible({self.endpoint!r})"

    async def stream(self, request: VisionRequest) -> AsyncGenerator[Event, None]:
        """LeftOut for what the model doesn't take, text as it comes, then one Finish.

        Raises ProviderError only. Leave it early by cancelling the task or with `aclosing`.
        """
        at = self._situation(request.model)
        failure: ProviderError | None = None
        try:
            body, left_out = payload(request, public_urls=self.endpoint.public_urls)
            for name in left_out:
                yield LeftOut(name)
            async with aclosing(self._adapting(body, at)) as events:
                async for event in events:
                    yield event
        except Exception as error:
            failure = explain(error, at)
        if failure:  # raised out here: it must not drag the request's headers along
            raise failure

    async def list_models(self) -> list[str]:
        """Model ids in the endpoint's order. Raises ProviderError."""
        at = self._situation("")
        at.seconds = at.total_seconds = LIST_SECONDS
        try:
            async with asyncio.timeout(LIST_SECONDS):
                reply = await self._client.models.with_raw_response.list(
                    timeout=timeouts(LIST_SECONDS)
                )
            return model_ids(reply.text)
        except Exception as error:
            failure = explain(error, at)
        raise failure

    async def close(self) -> None:
        """Give connections back."""
        await self._client.close()

    def _situation(self, model: str) -> Situation:
        seconds = self.endpoint.first_token_timeout
        if seconds is None:
            slow = is_local(self.endpoint) or find_model(model).reasoning
            seconds = SLOW_FIRST_TOKEN_SECONDS if slow else FIRST_TOKEN_SECONDS
        return Situation(self.endpoint, model, seconds, CONNECT_SECONDS, self._total_seconds)

    async def _adapting(self, body: Body, at: Situation) -> AsyncGenerator[Event, None]:
        """Once more without it, for each parameter that the endpoint refuses."""
        deadline = asyncio.get_running_loop().time() + at.total_seconds
        while True:
            try:
                async with aclosing(self._once(body, at, deadline)) as events:
                    async for event in events:
                        yield event
                return
            except APIStatusError as error:
                refused = refused_parameter(error, body)
                if refused is None:
                    raise
            except _NotStreamed:
                refused = "stream"
            body = without(body, refused)
            yield LeftOut(refused)

    async def _once(
        self, body: Body, at: Situation, deadline: float
    ) -> AsyncGenerator[TextDelta | Finish, None]:
        async with AsyncExitStack() as stack:
            async with asyncio.timeout_at(deadline):
                response = await stack.enter_async_context(
                    self._client.chat.completions.with_streaming_response.create(
                        **body, timeout=timeouts(at.seconds)
                    )
                )
            answer, objects = Answer(response.headers.get("x-request-id")), Objects()
            packets = response.iter_bytes()
            while not objects.done and (packet := await _next(packets, deadline)) is not None:
                at.started = True
                text = "".join(answer.take(each) for each in objects.feed(packet))
                if text:
                    at.heard = True
                    yield TextDelta(text)
            for each in objects.end():
                if text := answer.take(each, document=True):
                    yield TextDelta(text)
            if objects.blank:
                raise _NotStreamed if "stream" in body else Unreadable("bad_json")
            yield answer.finish(complete=objects.done or objects.is_document)
            await _drain(packets)


class _NotStreamed(Exception):
    """A good status, and nothing after it: the endpoint doesn't stream."""


async def _next(packets: AsyncIterator[bytes], deadline: float) -> bytes | None:
    async with asyncio.timeout_at(deadline):
        return await anext(packets, None)


async def _drain(packets: AsyncIterator[bytes]) -> None:
    """Read what is left after the end, so that the connection can be used again."""
    with suppress(Exception):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in packets:
                pass
