"""The camera that a file names."""

from io import BytesIO

from PIL import Image

from components.images import ImageInfo

_MAKE, _MODEL = 0x010F, 0x0110
_LONGEST = 60
# Other formats may have to be decoded before Pillow finds their EXIF.
_FORMATS = {"jpeg": ("JPEG",), "webp": ("WEBP",)}


def camera_of(content: bytes, info: ImageInfo) -> str:
    """Make and model as JPEG and WebP files state them, "" for none. Anything odd counts as
    none. The words are the file's own: escape them."""
    if not info.has_exif or info.format not in _FORMATS:
        return ""
    try:
        tags = Image.open(BytesIO(content), formats=_FORMATS[info.format]).getexif()
        make, model = (str(tags.get(tag, "")) for tag in (_MAKE, _MODEL))
    except Exception:  # a dozen types on broken metadata, none of which matters
        return ""
    named = model if model.startswith(make) else f"{make} {model}"
    return " ".join("".join(c for c in named if c.isprintable()).split())[:_LONGEST]
