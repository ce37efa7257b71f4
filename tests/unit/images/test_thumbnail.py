"""Thumbnails are for display: small, upright, opaque, of anything that can be shown."""

import pytest

from components.images.thumbnail import make_thumbnail
from tests.unit.images.make import (
    CORNERS,
    corners,
    encoded,
    frames,
    near,
    opened,
    oriented,
    quadrants,
)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_thumbnails_are_upright_and_fit(kind: str, orientation: int) -> None:
    content = make_thumbnail(oriented(kind, orientation, (1500, 900)), "a")
    assert opened(content).size == (480, 288)
    assert opened(content).format in ("JPEG", "WEBP")
    assert all(near(a, b, 20) for a, b in zip(corners(content), CORNERS, strict=True))


def test_a_small_picture_is_not_enlarged() -> None:
    assert opened(make_thumbnail(encoded(quadrants(), "PNG"), "a")).size == (96, 64)


def test_an_animation_shows_its_first_frame() -> None:
    for kind in ("GIF", "WEBP", "PNG"):
        assert opened(make_thumbnail(frames(3, kind), "a", side=20)).size == (20, 15)
