"""The images of conversations, one at a time, under names of our own."""

from collections.abc import Callable, Iterable, Iterator

from components.chat.store import NewImage, StoredConversation

ImageOf = Callable[[str], NewImage | None]
EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "image/heic": "heic",
}


def hashes_of(conversation: StoredConversation) -> Iterator[str]:
    """The images that are kept, in order, each once."""
    shown = (i.hash for m in conversation.messages for i in m.images if i.hash is not None)
    return iter(dict.fromkeys(shown))


def file_name(image: NewImage) -> str:
    """Its hash, and an ending by its type."""
    return f"{image.hash}.{EXTENSIONS.get(image.media_type, 'bin')}"


def distinct(hashes: Iterable[str], seen: set[str]) -> Iterator[str]:
    """Those that weren't seen; they are now."""
    for each in hashes:
        if each not in seen:
            seen.add(each)
            yield each
