"""A question that isn't asked yet: its images, and how each is to be sent."""

import hashlib
from dataclasses import dataclass, field

from components.chat.store import new_id
from components.errors import ImageError
from components.images import ImageInfo, ImagePolicy, inspect_image
from components.images.pool import shared_pool
from components.network import public_url


@dataclass(frozen=True)
class DraftImage:
    """An image in the tray: bytes that were looked at, or a URL that is never fetched.

    digest: sha256 of content in hex. thumbnail: small encoded picture for the screen.
    info and the others are None for a URL, whose size nobody knows before it is billed.
    """

    id: str
    name: str
    content: bytes | None = field(default=None, repr=False)
    digest: str | None = None
    info: ImageInfo | None = None
    thumbnail: bytes | None = field(default=None, repr=False)
    url: str | None = None
    detail: str = "auto"
    as_is: bool = False
    first_frame: bool = False

    def policy(self, *, jpeg_only: bool) -> ImagePolicy:
        """How it may be changed, for an endpoint with or without `jpeg_only`."""
        return ImagePolicy(jpeg_only=jpeg_only, as_is=self.as_is, first_frame=self.first_frame)


def take_in(content: bytes, name: str, *, first_frame: bool = False) -> DraftImage:
    """Look at dropped bytes and make a draft image of them. Raises ImageError naming the file.

    An animation is refused unless its first frame is asked for.
    """
    info = inspect_image(content, name)
    if info.animated and not first_frame:
        raise ImageError("image_animated", name=name, frames=info.frames)
    digest = hashlib.sha256(content)
    return DraftImage(
        id=new_id(),
        name=name,
        content=content,
        digest=digest.hexdigest(),
        info=info,
        thumbnail=shared_pool().thumbnail(content, name, digest=digest.digest()),
        first_frame=first_frame,
    )


def take_url(url: str) -> DraftImage:
    """A draft image that the endpoint is to download itself.

    Raises ImageError("url_invalid") for what can't be an image on the public web: another scheme,
    a user name or password, a private address. Nothing is looked up or fetched here.
    """
    parts = public_url(url)
    if parts is None:
        raise ImageError("url_invalid", name=url[:200])
    name = parts.path.rstrip("/").rsplit("/", 1)[-1] or parts.netloc
    return DraftImage(id=new_id(), name=name, url=url)
