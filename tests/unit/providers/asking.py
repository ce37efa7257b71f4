"""Ask a client something and gather all that it says."""

import asyncio
from dataclasses import dataclass, field

from components.errors import ProviderError
from components.images.types import PreparedImage
from components.providers.base import (
    Finish,
    ImagePart,
    LeftOut,
    Message,
    Parameters,
    TextDelta,
    VisionRequest,
)
from components.providers.endpoints import Endpoint
from components.providers.openai_compatible import OpenAICompatible
from tests.support.loopback import Loopback

CANARY = "sk-canary-4f9a71c2e8b35d60"


@dataclass
class Heard:
    """Everything a call gave."""

    text: str = ""
    left_out: list[str] = field(default_factory=list)
    finishes: list[Finish] = field(default_factory=list)
    error: ProviderError | None = None

    @property
    def finish(self) -> Finish:
        """The one Finish."""
        assert self.error is None, (self.error, self.error.detail)
        assert len(self.finishes) == 1
        return self.finishes[0]

    @property
    def code(self) -> str:
        """The code of the error, "" without one."""
        return self.error.code if self.error else ""


def endpoint(server: Loopback, **fields: object) -> Endpoint:
    """The loopback server as an endpoint."""
    return Endpoint(**{"name": "loop", "base_url": server.base_url, "api_key": CANARY, **fields})  # type: ignore[arg-type]


def question(
    text: str = "What is this?",
    model: str = "fake-vision",
    images: tuple[ImagePart, ...] = (),
    lang: str = "en",
    **parameters: object,
) -> VisionRequest:
    """A request with one question."""
    wished = Parameters(**parameters)  # type: ignore[arg-type]
    return VisionRequest(model, (Message("user", text, images),), wished, lang)


def image(data_url: str, name: str = "a.png", detail: str = "auto") -> ImagePart:
    """A prepared image whose data URL is `data_url`."""
    prepared = PreparedImage(name, b"", "image/png", 1, 1, 1, 1, 0, data_url=data_url)
    return ImagePart(name, detail, prepared)


def ask(where: Endpoint, request: VisionRequest, **options: float) -> Heard:
    """One call by a client of its own."""
    return ask_all(where, [request], **options)[0]


def ask_all(where: Endpoint, requests: list[VisionRequest], **options: float) -> list[Heard]:
    """Several calls, one after the other, by one client."""

    async def run() -> list[Heard]:
        client = OpenAICompatible(where, **options)
        try:
            return [await gather(client, request) for request in requests]
        finally:
            await client.close()

    return asyncio.run(run())


async def gather(client: OpenAICompatible, request: VisionRequest) -> Heard:
    """All events of a call, in order of their kind."""
    heard = Heard()
    try:
        async for event in client.stream(request):
            match event:
                case TextDelta(text):
                    assert not heard.finishes, "text after the end"
                    heard.text += text
                case LeftOut(parameter):
                    assert not heard.text, "left out after text began"
                    heard.left_out.append(parameter)
                case Finish():
                    heard.finishes.append(event)
    except ProviderError as error:
        heard.error = error
    return heard
