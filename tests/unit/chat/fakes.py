"""A hand-written provider: says what it is told to, and remembers what it was asked."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from components.errors import ProviderError
from components.providers.base import Event, Finish, TextDelta, Usage, VisionRequest

Step = Event | float | asyncio.Event | ProviderError | Exception


@dataclass
class FakeClient:
    """enqueue([...]): text, seconds of silence, an asyncio.Event to wait for, or an error."""

    history: list[VisionRequest] = field(default_factory=list)
    queue: list[list[Step]] = field(default_factory=list)
    cancelled: int = 0

    def enqueue(self, *steps: Step | str) -> None:
        self.queue.append([TextDelta(s) if isinstance(s, str) else s for s in steps])

    async def stream(self, request: VisionRequest) -> AsyncIterator[Event]:
        self.history.append(request)
        try:
            for step in self.queue.pop(0):
                match step:
                    case float():
                        await asyncio.sleep(step)
                    case asyncio.Event():
                        await step.wait()
                    case Exception():
                        raise step
                    case _:
                        yield step
        except asyncio.CancelledError:
            self.cancelled += 1
            raise

    async def list_models(self) -> list[str]:
        return ["fake"]

    async def close(self) -> None:
        return None


def finish(reason: str | None = "stop", usage: Usage | None = None) -> Finish:
    return Finish(reason, usage, "gpt-4o", "req-1")
