"""Between a set as a value, which holds its images, and the store, which has them by hash."""

import dataclasses
import hashlib
from collections.abc import Callable, Mapping

from components.cases.case import CaseSet
from components.cases.store import StoredSet
from components.chat.store import NewImage
from components.errors import ImageError
from components.images.formats.sniff import sniff
from components.images.pool import shared_pool

ByHash = Callable[[str], NewImage | None]


def contents_of(images: Mapping[str, bytes]) -> dict[str, NewImage]:
    """The images of a set as the store takes them, by name; their thumbnails are made in threads.
    Some that a file holds can't be decoded: these have an empty one."""
    pool = shared_pool()
    made = {name: pool.run(_content, name, data) for name, data in images.items()}
    return {name: future.result() for name, future in made.items()}


def whole_set(stored: StoredSet, image_of: ByHash) -> CaseSet:
    """A set with the bytes of its images. image_of: of the owner's, by hash."""
    images = {
        name: kept.content for name, digest in stored.hashes.items() if (kept := image_of(digest))
    }
    cases = tuple(each.case for each in stored.cases)
    return dataclasses.replace(stored.head, cases=cases, images=images)


def _content(name: str, data: bytes) -> NewImage:
    digest = hashlib.sha256(data)
    try:
        small = shared_pool().thumbnail(data, name, digest=digest.digest())
    except ImageError:
        small = b""
    return NewImage(digest.hexdigest(), data, f"image/{sniff(data)[0]}", small)
