"""Endpoints that speak OpenAI's Chat Completions: OpenAI, Azure, Ollama, vLLM and many more.

The openai package sends the request; what comes back is read by hand (sse.py). One try per call:
the only request that is sent again is one whose parameter the endpoint refused at once.
"""

import asyncio
import difflib
from collections.abc import AsyncGenerator
from contextlib import aclosing

from openai import APIStatusError

from components.errors import ProviderError
from components.models import find_model, offered
from components.providers.base import Event, LeftOut, VisionRequest
from components.providers.connection import CONNECT_SECONDS, open_client, timeouts
from components.providers.endpoints import Endpoint, is_local
from components.providers.http_call import NotStreamed, exchange
from components.providers.listing import ModelIds, model_ids
from components.providers.payload import payload
from components.providers.refusals.failures import Situation, explain
from components.providers.refusals.parameter_fallback import (
    Body,
    has,
    is_one_value,
    refused_parameter,
    without,
)
from components.providers.reply.cleaning import clean

TOTAL_SECONDS = 30 * 60.0
LIST_SECONDS = 15.0
FIRST_TOKEN_SECONDS = 60.0
SLOW_FIRST_TOKEN_SECONDS = 300.0
OFFER_SECONDS = 3.0  # for the list of models, when the one asked for isn't known
OFFERED = 5
MAX_LEARNED = 256  # models whose refusals are remembered


class OpenAICompatible:
    """A VisionClient for one endpoint. Use it from one event loop; nothing of a person stays.

    total_seconds: after this long a call ends, even while the endpoint keeps sending.
    """

    def __init__(self, endpoint: Endpoint, *, total_seconds: float = TOTAL_SECONDS) -> None:
        self.endpoint = endpoint
        self._total_seconds = total_seconds
        self._client = open_client(endpoint)
        self._learned: dict[str, tuple[str, ...]] = {}

    def __repr__(self) -> str:
        return f"OpenAICompatible({self.endpoint!r})"

    async def stream(self, request: VisionRequest) -> AsyncGenerator[Event, None]:
        """LeftOut for what the model doesn't take, Opened, text as it comes, then one Finish.

        Raises ProviderError only. Leave it early by cancelling the task or with `aclosing`.
        """
        at = self._situation(request.model)
        at.request = request
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
        if failure and failure.code == "no_model":
            failure.data["models"] = await self._offer(request.model)
        if failure:  # raised out here: it must not drag the request's headers along
            raise failure

    async def list_models(self, seconds: float = LIST_SECONDS) -> ModelIds:
        """Model ids in the endpoint's order, with their last days where it gives them. Raises
        ProviderError."""
        at = self._situation("")
        at.seconds = at.total_seconds = seconds
        try:
            async with asyncio.timeout(seconds):
                reply = await self._client.models.with_raw_response.list(timeout=timeouts(seconds))
            found, key = model_ids(reply.text), self.endpoint.api_key
            ends = {clean(name, key): day for name, day in found.ends.items()}
            return ModelIds((clean(name, key) for name in found), ends)
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
        for name in self._learned.get(at.model, ()):
            if has(body, name):
                body = without(body, name)
                yield LeftOut(name)
        while True:
            try:
                async with aclosing(exchange(self._client, body, at, deadline)) as events:
                    async for event in events:
                        yield event
                return
            except APIStatusError as error:
                refused = refused_parameter(error, body)
                if refused is None:
                    raise
                if not is_one_value(error, refused):
                    self._learn(at.model, refused)
            except NotStreamed:
                refused = "stream"
            body = without(body, refused)
            yield LeftOut(refused)

    async def _offer(self, model: str) -> str:
        """A few models that the endpoint lists, those of similar names first; "" for none. Not
        the one that it has just refused: some list what they don't serve."""
        try:
            found = await self.list_models(OFFER_SECONDS)
            listed = list(offered(found, found.ends))
            listed = [name for name in listed if name.casefold() != model.casefold()]
        except ProviderError:
            return ""
        close = difflib.get_close_matches(model, listed[:1000], OFFERED, 0.4)
        names = [*close, *(name for name in listed if name not in close)]
        return ", ".join(names[:OFFERED])

    def _learn(self, model: str, refused: str) -> None:
        if len(self._learned) >= MAX_LEARNED:
            self._learned.clear()
        self._learned[model] = (*self._learned.get(model, ()), refused)
