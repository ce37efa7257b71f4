"""Preparing images: validate, turn upright, shrink to what the model sees, encode.

`scan` reads headers without decoding and refuses what is broken, too large or a trap; `decode`,
`pixels` and `encode` do the work; `prepare` puts them together; `pool` runs it in threads with
a cache. Imports tokens (for the size a model sees) and nothing above.
"""

from components.images.formats.scan import inspect_image
from components.images.prepare import prepare_image
from components.images.thumbnail import make_thumbnail
from components.images.types import DEFAULT, ImageInfo, ImagePolicy, Note, PreparedImage
from components.images.upright import decode_upright, shown

__all__ = [
    "DEFAULT",
    "ImageInfo",
    "ImagePolicy",
    "Note",
    "PreparedImage",
    "decode_upright",
    "inspect_image",
    "make_thumbnail",
    "prepare_image",
    "shown",
]
