"""An image as a shared page shows it: drawn anew, so that no metadata (where it was taken, by
which camera, what an editor kept) and no bytes beyond the picture go along."""

from components.chat.store import ImageOf
from components.errors import ImageError
from components.images.pool import shared_pool
from components.sharing.resolve_share import Shown

SIDE = 1280  # px at most


def picture(image_of: ImageOf, shown: Shown, number: int) -> bytes | None:
    """JPEG or WebP of image `number` (from 0); None where there is none, or it can't be drawn."""
    if not 0 <= number < len(shown.images):
        return None
    digest = shown.images[number]
    kept = image_of(shown.share.owner, digest)
    if kept is None:
        return None
    try:
        return shared_pool().thumbnail(kept.content, "", side=SIDE, digest=bytes.fromhex(digest))
    except ImageError:
        return None


def media_type(picture: bytes) -> str:
    """Of what `picture` gives."""
    return "image/webp" if picture[8:12] == b"WEBP" else "image/jpeg"
