"""Pictures as bytes, of any size, made on the spot."""

from tests.unit.images.make import encoded, frames, quadrants


def picture(width: int = 1024, height: int = 1024, kind: str = "PNG") -> bytes:
    """A still picture of four colours."""
    return encoded(quadrants(width, height), kind)


def animation(count: int = 3) -> bytes:
    """A GIF with `count` frames."""
    return frames(count, "GIF")
