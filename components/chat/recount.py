"""What a request of the store carries when it is counted by today's rules, as it was or
otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast

from components.chat.context import Choices, carried, image_key, logged_image_tokens
from components.chat.exact_request import parameters_of
from components.chat.store import StoredConversation, StoredImage, StoredMessage, StoredUse
from components.models import find_model
from components.providers.base import VisionRequest
from components.providers.payload import instruction_of
from components.tokens import count_request_text_tokens, count_text_tokens

Rule = Literal["all", "low", "drop"] | int
Unknown = Literal["no_usage", "no_size", "no_rule", "no_vision", "rejected", "too_long"]


@dataclass(frozen=True)
class Setting:
    """Under what an answer is counted; None leaves a thing as it was.

    detail: of all images. rule: what of the history goes again: "all" of its images, its images
    in "low" detail, none of them ("drop"), or only its last so many turns, with their images.
    """

    model: str | None = None
    detail: str | None = None
    rule: Rule | None = None

    def __post_init__(self) -> None:
        if isinstance(self.rule, int) and self.rule < 0:
            raise ValueError(f"turns of the history are at least 0, not {self.rule}")


AS_IT_WAS = Setting()


class Recount:
    """Counts requests, and remembers texts and images, which go again in every turn."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], int] = {}
        self._images: dict[tuple[object, ...], int | Unknown] = {}

    def input_tokens(self, use: StoredUse, setting: Setting) -> int | Unknown:
        """Input tokens of the request, or why they can't be told.

        What doesn't fit the model's context is left out as in a chat (components.chat.context).
        """
        name = setting.model or use.attempt.model
        model = find_model(name)
        if use.question.images and not model.vision:
            return "no_vision"
        sent = (*history_of(use, setting, name), _at(use.question, setting.detail))
        pictures = 0
        for image in (image for message in sent for image in message.images):
            tokens = self._image(name, image)
            if not isinstance(tokens, int):
                return tokens
            pictures += tokens
        total = pictures + self._text(name, [*_instruction(use, name), *(m.text for m in sent)])
        return "too_long" if model.context and total > model.context else total

    def _text(self, name: str, texts: list[str]) -> int:
        """As count_request_text_tokens, whose overhead is that of as many empty texts."""
        encoding = find_model(name).encoding
        total = count_request_text_tokens(name, [""] * len(texts))
        for text in texts:
            key = (encoding, text)
            if key not in self._texts:
                self._texts[key] = count_text_tokens(text, name)
            total += self._texts[key]
        return total

    def _image(self, name: str, image: StoredImage) -> int | Unknown:
        key = (name, image.original_width, image.original_height, image.detail)
        if key not in self._images:
            self._images[key] = _image_tokens(name, image)
        return self._images[key]


def history_of(use: StoredUse, setting: Setting, model: str) -> tuple[StoredMessage, ...]:
    """The messages that go before the question under `setting`, with the images that go."""
    told = tuple(_at(message, setting.detail) for message in use.history)
    if isinstance(setting.rule, int):
        told = _last_turns(told, setting.rule)
    at = use.attempt.started_at
    whole = StoredConversation(use.conversation_id, use.title, at, at, told)
    return carried(whole, model, _choices(use, setting, told)).history.messages


def _choices(use: StoredUse, setting: Setting, told: tuple[StoredMessage, ...]) -> Choices:
    if setting.rule is None:
        chosen = use.attempt.parameters.get("context")
        return cast(Choices, chosen) if isinstance(chosen, Mapping) else {}
    if setting.rule == "low" or setting.rule == "drop":
        return {image_key(m.id, n): setting.rule for m in told for n in range(len(m.images))}
    return {}


def _last_turns(told: tuple[StoredMessage, ...], turns: int) -> tuple[StoredMessage, ...]:
    questions = [place for place, message in enumerate(told) if message.role == "user"]
    if turns >= len(questions):
        return told
    return told[questions[-turns] :] if turns else ()


def _at(message: StoredMessage, detail: str | None) -> StoredMessage:
    if detail is None or not message.images:
        return message
    return replace(message, images=tuple(replace(i, detail=detail) for i in message.images))


def _instruction(use: StoredUse, model: str) -> list[str]:
    kept = use.attempt.parameters
    request = VisionRequest(model, (), parameters_of(kept), str(kept.get("lang", "en")))
    return list(filter(None, [instruction_of(request)]))


def _image_tokens(name: str, image: StoredImage) -> int | Unknown:
    counted = logged_image_tokens(name, image)
    if counted is None:
        return "no_size"
    if counted.tokens is not None:
        return counted.tokens
    return "rejected" if counted.status == "rejected" else "no_rule"
