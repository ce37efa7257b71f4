"""An image at part of the size that a model would get, or a part of it cut out."""

import base64

from components.chat.request import prepare_draft
from components.compare.spec import SpecImage
from components.images import PreparedImage, decode_upright
from components.images.encode import encode, is_drawn
from components.images.formats.scan import scan
from components.images.geometry import Size, target_size
from components.images.pixels import shrink
from components.images.prepare import prepare_to
from components.images.types import ImagePolicy
from components.providers.base import ImagePart
from components.providers.endpoints import Endpoint


def prepare_picture(picture: SpecImage, model: str, endpoint: Endpoint) -> PreparedImage:
    """The picture as it is sent to `model`. Raises ImageError. Slow: keep it off event loops."""
    image = picture.image
    if picture.scale == 100 and picture.box is None:
        whole = prepare_draft(image, model, endpoint)
        assert whole is not None, "a checked wish has no image by URL"
        return whole
    content = image.content or b""
    if picture.box:
        return _cut_out(picture, content, model, endpoint)
    header = scan(content, image.name)
    seen = target_size(model, header.upright, image.detail, image.name, endpoint.host)
    target = scaled(seen, picture.scale)
    # Sent as it is, it would have its full size.
    policy = ImagePolicy(jpeg_only=endpoint.jpeg_only, first_frame=image.first_frame)
    return prepare_to(content, image.name, header, target, policy)


def part_of(picture: SpecImage, prepared: PreparedImage, *, labelled: bool) -> ImagePart:
    """The picture as part of a message. The built-in reader gets the original bytes only where
    the whole of them is meant."""
    whole = picture.scale == 100 and picture.box is None
    return ImagePart(
        picture.image.name,
        picture.image.detail,
        prepared=prepared,
        original=picture.image.content if whole else None,
        letter=picture.letter if labelled else "",
    )


def _cut_out(picture: SpecImage, content: bytes, model: str, endpoint: Endpoint) -> PreparedImage:
    name = picture.image.name
    part = decode_upright(content, None, name).crop(picture.box)
    drawn = is_drawn(part)
    seen = target_size(model, part.size, picture.image.detail, name, endpoint.host)
    target = scaled(seen, picture.scale)
    made, media_type = encode(shrink(part, target), drawn=drawn, jpeg_only=endpoint.jpeg_only)
    encoded = base64.b64encode(made).decode("ascii")
    return PreparedImage(
        name=name,
        content=made,
        media_type=media_type,
        width=target[0],
        height=target[1],
        original_width=part.width,
        original_height=part.height,
        original_bytes=len(content),
        data_url=f"data:{media_type};base64,{encoded}",
    )


def scaled(size: Size, percent: int) -> Size:
    """At so many percent, at least a pixel."""
    return max(1, size[0] * percent // 100), max(1, size[1] * percent // 100)
