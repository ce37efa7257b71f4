"""Which image an endpoint refuses, where it says so or there is only one."""

import re
from collections.abc import Sequence

from components.providers.base import VisionRequest
from components.providers.payload import instruction_of

# `messages[1].content[0].image_url`, `messages.1.content.0.image`, and the same with blanks
_PLACE = re.compile(r"messages\W{1,3}(\d{1,6})\W{1,3}content\W{1,3}(\d{1,6})")
_INDEX = re.compile(r"\bindex (\d{1,6})\b", re.IGNORECASE)


def refused_image(said: Sequence[str], request: VisionRequest) -> str | None:
    """The name of the image, None when it isn't known. said: what the endpoint names as the place
    of the error, and its words."""
    images = [image.name for message in request.messages for image in message.images]
    if len(images) == 1:
        return images[0]
    first = 1 if instruction_of(request) else 0  # a system message goes before all others
    for text in said:
        if place := _PLACE.search(text):
            return _at(request, int(place[1]) - first, int(place[2]))
        last = len(request.messages) - 1
        if (index := _INDEX.search(text)) and len(images) == len(request.messages[last].images):
            return _at(request, last, int(index[1]))
    return None


def _at(request: VisionRequest, message: int, part: int) -> str | None:
    """Images come first in a message, each after its label if it has one."""
    if not 0 <= message < len(request.messages):
        return None
    images = request.messages[message].images
    parts = [image.name for image in images for _ in range(2 if image.letter else 1)]
    return parts[part] if part < len(parts) else None
