"""Messages as OpenAI's programs write them: parts of chat completions and of responses."""

from collections.abc import Callable, Mapping
from typing import Any

from components.cases.case import Case, Image, Message, Part, Text
from components.cases.errors import CaseError
from components.cases.formats.pictures import Pictures, as_url
from components.cases.formats.values import expect_list, expect_table, written_text

Fill = Callable[[str], Any]
_TEXTS = ("text", "input_text", "output_text")
_IMAGES = ("image_url", "input_image", "image")


def as_is(text: str) -> Any:
    """A Fill for what is no template."""
    return text


def messages(
    value: Any, pictures: Pictures, base: str, place: str, fill: Fill = as_is
) -> tuple[Message, ...]:
    """A text, or messages whose content is a text, a part or parts. fill: what stands in place of a
    text; more messages where one stands for several. Raises CaseError cases_invalid."""
    if isinstance(value, str):
        value = fill(value)
    if isinstance(value, str):
        return (Message("user", (Text(value),)),)
    found: list[Message] = []
    for n, each in enumerate(expect_list(value, place)):
        table = expect_table(each, f"{place}[{n}]")
        role = table.get("role", "user")
        if not isinstance(role, str):
            raise CaseError("cases_invalid", place=f"{place}[{n}].role")
        content = table.get("content")
        parts = content if isinstance(content, list) else [content]
        where = f"{place}[{n}].content"
        found.append(Message(role, tuple(_part(p, pictures, base, where, fill) for p in parts)))
    return tuple(found)


def _part(value: Any, pictures: Pictures, base: str, place: str, fill: Fill) -> Part:
    if isinstance(value, str):
        return Text(written_text(fill(value)))
    part = expect_table(value, place)
    kind = part.get("type")
    if kind in _TEXTS and isinstance(part.get("text"), str):
        return Text(written_text(fill(part["text"])))
    if kind in _IMAGES:
        held = part.get("image_url", part.get("image"))
        table = held if isinstance(held, Mapping) else {}
        url = table.get("url", held)
        detail = table.get("detail", part.get("detail"))
        if isinstance(url, str) and isinstance(detail, str | None):
            return pictures.image(written_text(fill(url)), base, detail)
    raise CaseError("cases_invalid", place=place)


def chat_row(case: Case, images: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """A case's messages as chat completions takes them, images as data URLs."""
    return [{"role": message.role, "content": _content(message, images)} for message in case.input]


def _content(message: Message, images: Mapping[str, bytes]) -> Any:
    if len(message.content) == 1 and isinstance(message.content[0], Text):
        return message.content[0].text
    return [_part_row(part, images) for part in message.content]


def _part_row(part: Part, images: Mapping[str, bytes]) -> dict[str, Any]:
    if isinstance(part, Text):
        return {"type": "text", "text": part.text}
    url: dict[str, Any] = {"url": as_url(part, images)}
    if part.detail is not None:
        url["detail"] = part.detail
    return {"type": "image_url", "image_url": url}


def group_of(found: tuple[Message, ...]) -> str | None:
    """The first image that was read: cases about the same one belong together."""
    parts = (part for message in found for part in message.content)
    names = (part.image for part in parts if isinstance(part, Image))
    return next((name for name in names if name.startswith("images/")), None)


def input_row(case: Case, images: Mapping[str, bytes]) -> Any:
    """A text where that is all, else messages."""
    rows = chat_row(case, images)
    alone = len(rows) == 1 and rows[0]["role"] == "user"
    return rows[0]["content"] if alone and isinstance(rows[0]["content"], str) else rows
