"""What goes into and comes out of image preparation."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ImagePolicy:
    """How far an image may be changed before it is sent.

    jpeg_only: the endpoint decodes nothing but JPEG (some local servers).
    as_is: send the original bytes where the API takes them (still checked, never decoded twice).
    first_frame: take the first frame of an animation instead of refusing it.
    """

    jpeg_only: bool = False
    as_is: bool = False
    first_frame: bool = False


DEFAULT = ImagePolicy()


@dataclass(frozen=True)
class Note:
    """One thing that was done to an image, or that a person should know of it.

    code: key of a text (`images.note.<code>`); data: its placeholders.
    """

    code: str
    data: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PreparedImage:
    """An image as it is sent.

    content: the encoded bytes; media_type as in "image/jpeg"; width and height in pixels as
    sent; original_width and original_height in pixels, upright (after EXIF orientation).
    """

    name: str
    content: bytes = field(repr=False)
    media_type: str
    width: int
    height: int
    original_width: int
    original_height: int
    original_bytes: int
    notes: tuple[Note, ...] = ()
    data_url: str = field(repr=False, default="")


@dataclass(frozen=True)
class ImageInfo:
    """What a file says of itself, read without decoding.

    format: "jpeg", "png", "webp", "gif", "avif" or "heic"; width, height: pixels, upright;
    size: bytes; frames: of an animation; pictures: of a file that holds several (MPO, HEIC);
    orientation: EXIF, 1 to 8; has_gps: the metadata tell where it was taken.
    """

    format: str
    width: int
    height: int
    size: int
    frames: int = 1
    pictures: int = 1
    orientation: int = 1
    has_exif: bool = False
    has_gps: bool = False
    has_icc: bool = False

    @property
    def megapixels(self) -> float:
        """Millions of pixels."""
        return self.width * self.height / 1e6

    @property
    def animated(self) -> bool:
        """Whether there is more than one frame."""
        return self.frames > 1
