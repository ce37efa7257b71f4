"""From the store and the draft to what goes over the wire."""

from collections.abc import Sequence
from dataclasses import replace

from components.chat.context import sent_again
from components.chat.draft import DraftImage, take_in
from components.chat.store import (
    ConversationStore,
    StoredConversation,
    StoredImage,
    new_id,
)
from components.images import PreparedImage
from components.images.pool import shared_pool
from components.providers.base import ImagePart, Message
from components.providers.endpoints import Endpoint


def prepare_draft(image: DraftImage, model: str, endpoint: Endpoint) -> PreparedImage | None:
    """The image as it is sent to `model`; None for a URL. Cached by content. Raises ImageError."""
    if image.content is None:
        return None
    return shared_pool().prepare(
        image.content,
        image.name,
        model=model,
        detail=image.detail,
        policy=image.policy(jpeg_only=endpoint.jpeg_only),
        digest=bytes.fromhex(image.digest) if image.digest else None,
        host=endpoint.host,
    )


def draft_parts(
    images: Sequence[DraftImage], prepared: Sequence[PreparedImage | None]
) -> tuple[ImagePart, ...]:
    """The new images of a question as parts of a message."""
    return tuple(
        ImagePart(i.name, i.detail, prepared=p, url=i.url, original=i.content)
        for i, p in zip(images, prepared, strict=True)
    )


def history_messages(
    store: ConversationStore,
    owner: str,
    conversation: StoredConversation,
    model: str,
    endpoint: Endpoint,
) -> list[Message]:
    """The conversation so far as messages, images prepared anew for `model`."""
    return [
        Message(
            message.role,
            message.text,
            tuple(_part(store, owner, image, model, endpoint) for image in message.images),
        )
        for message in sent_again(conversation)
    ]


def as_draft(store: ConversationStore, owner: str, image: StoredImage) -> DraftImage | None:
    """An image of the history as a draft image again; None when its bytes are gone."""
    if image.hash is None:
        return DraftImage(id=new_id(), name=image.name, url=image.url, detail=image.detail)
    kept = store.image(owner, image.hash)
    if kept is None:
        return None
    taken = take_in(kept.content, image.name, first_frame=image.first_frame)
    return replace(taken, detail=image.detail, as_is=image.as_is)


def _part(
    store: ConversationStore, owner: str, image: StoredImage, model: str, endpoint: Endpoint
) -> ImagePart:
    if image.hash is None:
        return ImagePart(image.name, image.detail, url=image.url)
    kept = store.image(owner, image.hash)
    content = kept.content if kept else b""
    draft = DraftImage(
        id="",
        name=image.name,
        content=content,
        # Without its bytes it must not come out of the cache, which knows no owners.
        digest=image.hash if kept else None,
        detail=image.detail,
        as_is=image.as_is,
        first_frame=image.first_frame,
    )
    return ImagePart(
        image.name,
        image.detail,
        prepared=prepare_draft(draft, model, endpoint),
        original=content,
    )
