"""The scales in which a box is said: all axes run from the upper left corner, to the right and
down. Shares and thousandths are of the whole image, so that they are the same for the original and
for what is sent, however that was shrunk."""

from components.boxes.orders import from_corners, to_corners
from components.boxes.types import Box, Four, Size

SCALES = ("pixels", "sent", "0..1", "0..1000")
"""Pixels of the original, pixels of the image as sent, shares, thousandths."""


def to_box(numbers: Four, order: str, scale: str, image: Size, sent: Size | None = None) -> Box:
    """Four numbers in `order` and `scale`, as a box in pixels of the original. image, sent: width
    and height in pixels; the scale "sent" alone needs sent. Raises ValueError without."""
    across, down = _factors(scale, image, sent)
    left, top, right, bottom = to_corners(numbers, order)
    return Box(left * across, top * down, right * across, bottom * down)


def from_box(box: Box, order: str, scale: str, image: Size, sent: Size | None = None) -> Four:
    """The other way."""
    across, down = _factors(scale, image, sent)
    corners = (box.left / across, box.top / down, box.right / across, box.bottom / down)
    return from_corners(corners, order)


def _factors(scale: str, image: Size, sent: Size | None) -> tuple[float, float]:
    """Pixels of the original in one step of the scale, across and down."""
    width, height = image
    if scale == "pixels":
        return 1.0, 1.0
    if scale == "sent":
        if sent is None:
            raise ValueError("the size of the image as sent")
        return width / sent[0], height / sent[1]
    steps = {"0..1": 1, "0..1000": 1000}[scale]
    return width / steps, height / steps
