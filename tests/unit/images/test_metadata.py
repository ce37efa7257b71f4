"""What a file tells besides its pixels isn't sent, unless a person asks for it."""

import pytest
from PIL import Image

from components.images import ImagePolicy, inspect_image, prepare_image
from tests.unit.images.make import chunk, encoded, exif, jpeg_with, opened, quadrants

MODEL = "gpt-4o"
SECRET = b"taken by Ann with serial 4711"
KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")


def located(kind: str, size: tuple[int, int] = (96, 64)) -> bytes:
    return encoded(quadrants(*size), kind, exif=exif(1, place=True), quality=90)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(96, 64), (2400, 1600)])
def test_the_place_is_removed_and_that_is_said(kind: str, size: tuple[int, int]) -> None:
    data = located(kind, size)
    assert inspect_image(data, "a").has_gps
    made = prepare_image(data, "a", model=MODEL)
    assert {"metadata_removed", "gps_removed"} <= {n.code for n in made.notes}
    assert not opened(made.content).getexif()
    assert not inspect_image(made.content, "a").has_exif


def test_an_empty_place_is_no_place() -> None:
    tags = Image.Exif()
    tags[0x0112] = 1
    tags.get_ifd(0x8825).update({0: b"\2\3\0\0"})
    info = inspect_image(encoded(quadrants(), "JPEG", exif=tags.tobytes()), "a")
    assert info.has_exif
    assert not info.has_gps


@pytest.mark.parametrize("marker", [0xE1, 0xE2, 0xE3, 0xED, 0xEF, 0xFE])
def test_every_jpeg_segment_that_could_tell_something_goes(marker: int) -> None:
    plain = encoded(quadrants(), "JPEG")
    assert prepare_image(jpeg_with(plain, marker, SECRET), "a", model=MODEL).content == plain


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf", b"prIv"])
def test_every_png_chunk_that_could_tell_something_goes(kind: bytes) -> None:
    plain = encoded(quadrants(), "PNG")
    data = plain[:33] + chunk(kind, SECRET) + plain[33:]
    assert prepare_image(data, "a", model=MODEL).content == plain


def test_webp_metadata_goes_and_the_picture_stays() -> None:
    plain = encoded(quadrants(), "WEBP", quality=90)
    data = encoded(quadrants(), "WEBP", quality=90, exif=exif(1), xmp=SECRET)
    assert SECRET in data
    assert prepare_image(data, "a", model=MODEL).content == plain


def test_gif_comments_go() -> None:
    data = encoded(quadrants().convert("P"), "GIF", comment=SECRET)
    made = prepare_image(data, "a", model=MODEL)
    assert SECRET in data
    assert SECRET not in made.content
    assert made.media_type == "image/gif"
    assert opened(made.content).convert("RGB").tobytes() == opened(data).convert("RGB").tobytes()


def test_shrinking_leaks_no_comment_or_profile() -> None:
    data = encoded(quadrants(3000, 2000), "JPEG", comment=SECRET, exif=exif(1, place=True))
    made = prepare_image(data, "a", model=MODEL)
    assert SECRET not in made.content
    assert set(opened(made.content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_as_it_is_means_every_byte_and_says_so() -> None:
    data = located("JPEG", (3000, 2000))
    made = prepare_image(data, "a.jpg", model=MODEL, policy=ImagePolicy(as_is=True))
    assert made.content == data
    assert [n.code for n in made.notes] == ["as_is", "as_is_gps"]
