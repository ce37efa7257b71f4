"""A box."""

from dataclasses import dataclass

Four = tuple[float, float, float, float]
Size = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """Left, top, right, bottom in pixels of the original, which is upright; borders are between
    pixels, so that a box is right - left wide."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """0 for one whose corners are the wrong way round."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)
