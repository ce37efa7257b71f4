"""Upright, whatever the camera wrote."""

import pytest

from components.images import inspect_image, prepare_image
from tests.unit.images.make import (
    CORNERS,
    chunk,
    corners,
    encoded,
    exif,
    jpeg_with,
    near,
    oriented,
    quadrants,
)

MODEL = "gpt-4o"


def is_upright(content: bytes) -> bool:
    return all(near(a, b) for a, b in zip(corners(content), CORNERS, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(kind: str, orientation: int) -> None:
    data = oriented(kind, orientation)
    made = prepare_image(data, "a.jpg", model=MODEL)
    assert (made.width, made.height) == (96, 64)
    assert (made.original_width, made.original_height) == (96, 64)
    assert is_upright(made.content)
    assert ("turned" in [n.code for n in made.notes]) == (orientation != 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_orientation_holds_after_shrinking_too(kind: str, orientation: int) -> None:
    made = prepare_image(oriented(kind, orientation, (1500, 900)), "a", model=MODEL, detail="low")
    assert (made.width, made.height) == (512, 307)
    assert is_upright(made.content)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_heic_is_turned_once(orientation: int) -> None:
    made = prepare_image(oriented("HEIF", orientation), "a.heic", model=MODEL)
    assert (made.width, made.height) == (96, 64)
    assert is_upright(made.content)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_avif_is_turned_once(orientation: int) -> None:
    made = prepare_image(oriented("AVIF", orientation), "a.avif", model=MODEL)
    assert (made.width, made.height) == (96, 64)
    assert is_upright(made.content)


@pytest.mark.parametrize("value", [0, 9, 255, 65535])
def test_an_orientation_that_does_not_exist_means_upright(value: int) -> None:
    data = encoded(quadrants(), "JPEG", quality=95, exif=exif(value))
    assert is_upright(prepare_image(data, "a.jpg", model=MODEL).content)


@pytest.mark.parametrize(
    "block",
    [b"", b"II", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", b"\0" * 40, b"\xff" * 500],
)
def test_garbage_exif_means_upright(block: bytes) -> None:
    plain = encoded(quadrants(), "JPEG", quality=95)
    made = prepare_image(jpeg_with(plain, 0xE1, b"Exif\0\0" + block), "a.jpg", model=MODEL)
    assert made.content == plain
    assert is_upright(made.content)


def test_xmp_counts_where_there_is_no_exif() -> None:
    packet = b'http://ns.adobe.com/xap/1.0/\0<rdf:Description tiff:Orientation="6"/>'
    stored = quadrants().transpose(2)
    data = jpeg_with(encoded(stored, "JPEG", quality=95), 0xE1, packet)
    assert inspect_image(data, "a.jpg").width == 96
    assert is_upright(prepare_image(data, "a.jpg", model=MODEL).content)


def test_exif_as_imagemagick_writes_it_into_png_counts() -> None:
    block = exif(6).removeprefix(b"Exif\0\0")
    text = b"\nexif\n%8d\n" % len(block) + block.hex().encode() + b"\n"
    plain = encoded(quadrants().transpose(2), "PNG")
    at = plain.index(b"IDAT") - 4
    data = plain[:at] + chunk(b"tEXt", b"Raw profile type exif\0" + text) + plain[at:]
    assert is_upright(prepare_image(data, "a.png", model=MODEL).content)
