"""Sizes of images that the store has, looked at once."""

from collections.abc import Callable, Mapping

from components.cache import Cache
from components.cases.snapshot import ImageFacts
from components.chat.store import NewImage
from components.errors import ImageError
from components.images import inspect_image

_FACTS: Cache[ImageFacts] = Cache(20_000)


def facts_of(
    hashes: Mapping[str, str], image_of: Callable[[str], NewImage | None]
) -> dict[str, ImageFacts]:
    """By the names that cases use, of those whose bytes are there and can be sent. hashes: by
    name."""
    found = {}
    for name, digest in hashes.items():
        facts = _FACTS.get(digest) or _looked_at(digest, image_of)
        if facts is not None:
            found[name] = facts
    return found


def _looked_at(digest: str, image_of: Callable[[str], NewImage | None]) -> ImageFacts | None:
    kept = image_of(digest)
    if kept is None:
        return None
    try:
        info = inspect_image(kept.content, digest[:8])
    except ImageError:
        return None
    facts = ImageFacts(digest, info.width, info.height, info.format)
    _FACTS.put(digest, facts)
    return facts
