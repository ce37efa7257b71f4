"""What is known of a picture before it is sent."""

import hashlib
from dataclasses import dataclass, field

from components.errors import ImageError
from components.images import ImageInfo, ImagePolicy, PreparedImage
from components.images.geometry import Size, target_size
from components.images.pool import ImagePool
from components.preflight.legible import SeenLine
from components.preflight.quality import Look


@dataclass(frozen=True)
class ImageFacts:
    """A picture for one model at one detail.

    seen: (width, height) in pixels that the model gets, None where it refuses the picture. look:
    None where it couldn't be measured. lines: None until the text was read; their states are
    final once `pending` is False. as_is: the file goes with its metadata. failed: the text
    can't be read. digest: sha256 of the bytes.
    """

    name: str
    digest: bytes
    info: ImageInfo
    model: str
    detail: str
    seen: Size | None
    look: Look | None
    camera: str = ""
    lines: tuple[SeenLine, ...] | None = None
    pending: bool = False
    failed: bool = False
    as_is: bool = False

    @property
    def size(self) -> Size:
        """(width, height) in pixels, upright."""
        return self.info.width, self.info.height

    @property
    def scale(self) -> float:
        """The model's pixels per pixel of the original, 1 where that isn't known."""
        return min(self.seen[0] / self.size[0], self.seen[1] / self.size[1]) if self.seen else 1.0


@dataclass(frozen=True)
class ImageToCheck:
    """A picture that facts are wanted of. digest: sha256 of content, if it is known. host: where
    the model is asked."""

    content: bytes = field(repr=False)
    name: str
    model: str
    detail: str = "auto"
    as_is: bool = False
    first_frame: bool = False
    digest: bytes = b""
    host: str = ""

    @property
    def key(self) -> bytes:
        """sha256 of the content; working it out takes 1 ms per 2 MB."""
        return self.digest or hashlib.sha256(self.content).digest()


def seen_size(picture: ImageToCheck, info: ImageInfo) -> Size | None:
    """(width, height) in pixels that the model gets, None where it refuses the picture."""
    try:
        size = (info.width, info.height)
        return target_size(picture.model, size, picture.detail, picture.name, picture.host)
    except ImageError:
        return None


def as_seen(picture: ImageToCheck, pool: ImagePool, digest: bytes) -> PreparedImage:
    """The picture with the pixels that the model gets. One that goes as it is, is shrunk by the
    vendor, to the same size. Raises ImageError."""
    return pool.prepare(
        picture.content,
        picture.name,
        model=picture.model,
        detail=picture.detail,
        policy=ImagePolicy(first_frame=True),
        digest=digest,
        host=picture.host,
    )
