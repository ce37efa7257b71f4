"""Pictures drawn for the built-in reader, and a way to ask it about them."""

import asyncio
import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from components.images import ImagePolicy, prepare_image
from components.providers.base import Event, ImagePart, Message, TextDelta, VisionRequest
from components.providers.builtin_reader import MODEL, BuiltinReader

Placed = tuple[int, int, str]  # x, y, text


def drawn(
    placed: Sequence[Placed],
    *,
    size: tuple[int, int] = (800, 400),
    text: int = 40,
    ink: str = "black",
    paper: str = "white",
) -> Image.Image:
    """Text in Pillow's own font (needs no font of the system) on plain paper."""
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    for x, y, words in placed:
        draw.text((x, y), words, font=ImageFont.load_default(size=text), fill=ink)
    return picture


def encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def part(picture: Image.Image | bytes, name: str = "a.png", detail: str = "high") -> ImagePart:
    content = picture if isinstance(picture, bytes) else encoded(picture)
    prepared = prepare_image(
        content, name, model=MODEL, detail=detail, policy=ImagePolicy(first_frame=True)
    )
    return ImagePart(name=name, detail=detail, prepared=prepared, original=content)


def request(question: str, *parts: ImagePart, lang: str = "en") -> VisionRequest:
    return VisionRequest(MODEL, (Message("user", question, parts),), lang=lang)


async def events_of(asked: VisionRequest) -> list[Event]:
    return [event async for event in BuiltinReader().stream(asked)]


def said(asked: VisionRequest) -> str:
    """The whole answer."""
    events = asyncio.run(events_of(asked))
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def ask(question: str, *parts: ImagePart, lang: str = "en") -> str:
    return said(request(question, *parts, lang=lang))
