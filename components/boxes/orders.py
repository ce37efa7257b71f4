"""The orders in which four numbers say a box."""

from collections.abc import Callable
from types import MappingProxyType

from components.boxes.types import Four

ORDERS = ("xyxy", "yxyx", "xywh", "cxcywh")

_TO_CORNERS = MappingProxyType[str, Callable[[Four], Four]](
    {
        "xyxy": lambda n: n,
        "yxyx": lambda n: (n[1], n[0], n[3], n[2]),
        "xywh": lambda n: (n[0], n[1], n[0] + n[2], n[1] + n[3]),
        "cxcywh": lambda n: (n[0] - n[2] / 2, n[1] - n[3] / 2, n[0] + n[2] / 2, n[1] + n[3] / 2),
    }
)
_FROM_CORNERS = MappingProxyType[str, Callable[[Four], Four]](
    {
        "xyxy": lambda n: n,
        "yxyx": lambda n: (n[1], n[0], n[3], n[2]),
        "xywh": lambda n: (n[0], n[1], n[2] - n[0], n[3] - n[1]),
        "cxcywh": lambda n: ((n[0] + n[2]) / 2, (n[1] + n[3]) / 2, n[2] - n[0], n[3] - n[1]),
    }
)


def to_corners(numbers: Four, order: str) -> Four:
    """left, top, right, bottom of four numbers in `order`, one of ORDERS."""
    return _TO_CORNERS[order](numbers)


def from_corners(corners: Four, order: str) -> Four:
    """The other way."""
    return _FROM_CORNERS[order](corners)
