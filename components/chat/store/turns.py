"""A turn as it is written: a question with its images."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

LAST = "last"


def new_id() -> str:
    """32 hex digits, unique and not to be guessed."""
    return uuid.uuid4().hex


@dataclass(frozen=True)
class StoredImage:
    """An image of a message. hash: sha256 of the original bytes, in hex, or None for a URL image.

    width, height: pixels as sent (None when unknown); original_*: upright, before shrinking.
    tokens: estimate for this image, None when unknown. position: its place in the message.
    """

    hash: str | None
    name: str
    detail: str
    width: int | None
    height: int | None
    original_width: int | None
    original_height: int | None
    tokens: int | None
    url: str | None = None
    as_is: bool = False
    first_frame: bool = False


@dataclass(frozen=True)
class NewImage:
    """Bytes to keep once per owner. hash: sha256 of content; thumbnail: small WebP or JPEG.

    text: what was read from the picture, for the search; "" when nothing was.
    """

    hash: str
    content: bytes = field(repr=False)
    media_type: str
    thumbnail: bytes = field(repr=False)
    text: str = ""


@dataclass(frozen=True)
class AnswerPicture:
    """A picture that a model made: how it stands in the answer, and its bytes."""

    shown: StoredImage
    content: NewImage


@dataclass(frozen=True)
class NewTurn:
    """A question and the answer that is about to run: one write, all or nothing.

    The conversation is made if it isn't there; title is used only then. parent_id: the message
    that the question follows; None begins the conversation anew (a branch), LAST means the message
    written last. A question or answer whose id is there already is not written again.
    estimated_*: what was shown before sending (None = unknown). prices: the price book entry at
    this time, as JSON-able data with decimal strings, {} when unknown. parameters: JSON-able,
    never a key.
    """

    conversation_id: str
    title: str
    user_message_id: str
    answer_message_id: str
    attempt_id: str
    text: str
    images: Sequence[StoredImage]
    contents: Sequence[NewImage]
    endpoint: str
    host: str
    model: str
    parameters: dict[str, object]
    estimated_input_tokens: int | None
    estimated_cost: Decimal | None
    prices: dict[str, str]
    started_at: datetime
    parent_id: str | None = LAST


@dataclass(frozen=True)
class DraftedImage:
    """An image of a question that isn't asked yet. hash: sha256 of the original bytes, in hex,
    or None for a URL image.
    """

    hash: str | None
    name: str
    detail: str
    url: str | None = None
    as_is: bool = False
    first_frame: bool = False
