"""How a call ends before its time, and the list of models."""

import asyncio
import contextlib

import pytest

from components.providers.base import TextDelta
from components.providers.openai_compatible import OpenAICompatible
from tests.support.loopback import (
    Loopback,
    whole,
)
from tests.unit.providers.asking import endpoint, question


@pytest.mark.parametrize("model", ["fake-silent", "fake-slow", "fake-stall"])
def test_cancelling_is_seen_by_the_server_at_once(loopback: Loopback, model: str) -> None:
    async def run() -> float:
        client = OpenAICompatible(endpoint(loopback))
        began = asyncio.Event()

        async def listen() -> None:
            async for each in client.stream(question(model=model)):
                if isinstance(each, TextDelta):
                    began.set()

        task = asyncio.create_task(listen())
        if model == "fake-silent":
            while not loopback.asked():
                await asyncio.sleep(0.01)
        else:
            await began.wait()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
        left = await asyncio.to_thread(loopback.asked()[0].left.wait, 5)
        await client.close()
        return left

    assert asyncio.run(run()), "the server still thinks that somebody listens"


def test_leaving_the_stream_early_closes_the_connection(loopback: Loopback) -> None:
    async def run() -> bool:
        client = OpenAICompatible(endpoint(loopback))
        async with contextlib.aclosing(client.stream(question(model="fake-slow"))) as events:
            async for _ in events:
                break
        left = await asyncio.to_thread(loopback.asked()[0].left.wait, 5)
        await client.close()
        return left

    assert asyncio.run(run())


def test_models_are_listed_in_the_endpoints_order(loopback: Loopback) -> None:
    async def run() -> list[str]:
        client = OpenAICompatible(endpoint(loopback))
        try:
            return await client.list_models()
        finally:
            await client.close()

    assert asyncio.run(run())[:3] == ["fake-vision", "fake-slow", "fake-silent"]
    for listed, expected in [
        ({"object": "list", "data": None}, []),
        ([{"id": "a"}, {"id": "b"}, {"id": "a"}], ["a", "b"]),
        ({"models": [{"name": "llava:13b", "model": "llava:13b"}, None, {}]}, ["llava:13b"]),
    ]:
        loopback.enqueue(whole(listed))
        assert asyncio.run(run()) == expected
