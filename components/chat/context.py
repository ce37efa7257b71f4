"""What of a conversation goes again: the API keeps nothing, so every turn sends everything.

For each image a person chooses: keep it, send it in low detail, or drop it. What doesn't fit the
model's context is left out from the oldest turn on, by a rule that the page shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from components.chat.store import StoredConversation, StoredImage, StoredMessage
from components.models import find_model
from components.tokens import ImageTokens, count_image_tokens, count_text_tokens

Choice = Literal["keep", "low", "drop"]
Choices = Mapping[str, Choice]  # image_key -> choice; what isn't named is kept
ANSWER_RESERVE = 0.05  # share of the context that is left for the answer
PICTURE = "[image]"  # what goes again of an answer that is a picture alone
MESSAGE_OVERHEAD = 4  # tokens, see components/tokens


def image_key(message_id: str, position: int) -> str:
    """How a choice names an image of a conversation."""
    return f"{message_id}:{position}"


@dataclass(frozen=True)
class Carried:
    """What the next request carries of the history.

    history: only the messages that go, with the images as chosen. left_out: how many of the
    oldest messages don't fit the model's context. blind: there are images, and the model takes
    none, so none go.
    """

    history: StoredConversation
    left_out: int = 0
    blind: bool = False


def carried(
    conversation: StoredConversation, model: str, choices: Choices, host: str = ""
) -> Carried:
    """What of `conversation` (one path of it) the next request to `model` at `host` carries."""
    chosen = tuple(_as_chosen(m, choices) for m in sent_again(conversation))
    blind = not find_model(model).vision and any(m.images for m in chosen)
    if blind:
        chosen = tuple(replace(m, images=()) for m in chosen)
    context = find_model(model).context
    budget = int(context * (1 - ANSWER_RESERVE)) if context else None
    start = _first_that_fits(chosen, model, budget, host) if budget is not None else 0
    return Carried(replace(conversation, messages=chosen[start:]), start, blind)


def logged_image_tokens(model: str, image: StoredImage, host: str = "") -> ImageTokens | None:
    """Tokens of an image of the history when it is sent again to `model`; None for a URL."""
    if image.original_width is None or image.original_height is None:
        return None
    return count_image_tokens(
        model, image.original_width, image.original_height, image.detail, host=host
    )


def sent_again(conversation: StoredConversation) -> tuple[StoredMessage, ...]:
    """The messages of a conversation that a request may carry.

    The API keeps nothing, so all of it goes again; but a question that got no word of an answer
    doesn't: it is in the draft again, and would be sent (and paid) twice.
    """
    kept: list[StoredMessage] = []
    for message in conversation.messages:
        if message.role == "assistant":
            if not message.text and not message.images:
                while kept and kept[-1].role == "user":
                    kept.pop()
                continue
            # An answer is text to the APIs: its pictures stay here.
            message = replace(message, text=message.text or PICTURE, images=())
        kept.append(message)
    return tuple(kept)


def _as_chosen(message: StoredMessage, choices: Choices) -> StoredMessage:
    images = []
    for position, image in enumerate(message.images):
        choice = choices.get(image_key(message.id, position), "keep")
        if choice == "low":
            image = replace(image, detail="low")
        if choice != "drop":
            images.append(image)
    return replace(message, images=tuple(images))


def _first_that_fits(messages: Sequence[StoredMessage], model: str, budget: int, host: str) -> int:
    """Where to begin: whole turns (a question with its answer) are left out, oldest first."""
    sizes = [_size(m, model, host) for m in messages]
    total, start = sum(sizes), 0
    while total > budget and start < len(messages):
        total -= sizes[start]
        start += 1
        while start < len(messages) and messages[start].role == "assistant":
            total -= sizes[start]
            start += 1
    return start


def _size(message: StoredMessage, model: str, host: str) -> int:
    counted = [logged_image_tokens(model, image, host) for image in message.images]
    pictures = sum(c.tokens or 0 for c in counted if c)
    return count_text_tokens(message.text, model) + MESSAGE_OVERHEAD + pictures
