"""What can't be sent is refused in one sentence that names the file."""

import random
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from components.errors import ImageError
from components.images import inspect_image, prepare_image
from components.images.thumbnail import make_thumbnail
from tests.unit.images.make import (
    CORNERS,
    chunk,
    corners,
    encoded,
    frames,
    jpeg_with,
    near,
    png,
    quadrants,
)

MODEL = "gpt-4o"
JPEG = encoded(quadrants(), "JPEG", quality=90)
PROGRESSIVE = encoded(quadrants(), "JPEG", quality=90, progressive=True)
PNG = encoded(quadrants(), "PNG")
SVG = b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'


def prepare(data: bytes, name: str) -> object:
    return prepare_image(data, name, model=MODEL)


def refused(data: bytes, call: Callable[[bytes, str], object] = prepare) -> ImageError:
    with pytest.raises(ImageError) as caught:
        call(data, "my file.jpg")
    assert caught.value.data["name"] == "my file.jpg"
    return caught.value


def many_scans() -> bytes:
    """A progressive JPEG whose last scan comes a thousand times."""
    last = PROGRESSIVE.rindex(b"\xff\xda")
    return PROGRESSIVE[:-2] + PROGRESSIVE[last:-2] * 1000 + PROGRESSIVE[-2:]


def sized(data: bytes, width: int, height: int) -> bytes:
    """A JPEG that claims another size."""
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


REFUSED = {
    "nothing": (b"", "image_empty"),
    "text": (b"Dear all,\n", "image_not_an_image"),
    "noise": (bytes(range(256)), "image_not_an_image"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "image_format"),
    "PSD": (b"8BPS\0\1" + b"\0" * 40, "image_format"),
    "TIFF": (encoded(quadrants(), "TIFF"), "image_format"),
    "BMP": (encoded(quadrants(), "BMP"), "image_format"),
    "PDF": (b"%PDF-1.7\n", "image_format"),
    "video": (b"\0\0\0\x18ftypisom\0\0\2\0isomiso2", "image_format"),
    "SVG": (SVG, "image_svg"),
    "SVG with a byte order mark": (b"\xef\xbb\xbf" + SVG, "image_svg"),
    "GIF animation": (frames(3, "GIF"), "image_animated"),
    "WebP animation": (frames(3, "WEBP"), "image_animated"),
    "APNG": (frames(3, "PNG"), "image_animated"),
    "AVIF animation": (frames(3, "AVIF"), "image_animated"),
    "half a JPEG": (JPEG[: len(JPEG) // 2], "image_truncated"),
    "half a progressive JPEG": (PROGRESSIVE[: len(PROGRESSIVE) * 2 // 3], "image_truncated"),
    "half a PNG": (PNG[: len(PNG) // 2], "image_truncated"),
    "half a WebP": (encoded(quadrants(), "WEBP")[:80], "image_truncated"),
    "half a GIF": (encoded(quadrants(), "GIF")[:-40], "image_truncated"),
    "half an AVIF": (encoded(quadrants(), "AVIF")[:-60], "image_truncated"),
    "the first bytes of a JPEG": (JPEG[:4], "image_truncated"),
    "51 MB": (JPEG + b"\0" * 51_000_000, "image_too_many_bytes"),
    "PNG of 177 megapixels": (png(13300, 13300, 1, 0, b""), "image_too_many_pixels"),
    "JPEG that claims 65500 x 65500": (sized(JPEG, 65500, 65500), "image_too_many_pixels"),
    "JPEG without a height": (sized(JPEG, 96, 0), "image_damaged"),
    "a thousand scans": (many_scans(), "image_too_complex"),
    "100,000 empty chunks": (
        png(8, 8, 8, 0, b"\0" * 72, before=chunk(b"abCd", b"") * 100_000),
        "image_too_complex",
    ),
    "lossless JPEG": (JPEG.replace(b"\xff\xc0", b"\xff\xc3", 1), "image_unsupported_variant"),
    "12-bit JPEG": (
        JPEG.replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c", 1),
        "image_unsupported_variant",
    ),
    "CgBI PNG": (PNG[:8] + chunk(b"CgBI", b"\x50\0\x20\6") + PNG[8:], "image_unsupported_variant"),
    "PNG with a damaged row": (
        png(8, 8, 8, 0, (b"\x09" + b"\0" * 8) * 8),
        "image_damaged",
    ),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_sent_is_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data).code == code


@pytest.mark.parametrize(
    "case", ["text", "SVG", "TIFF", "PNG of 177 megapixels", "a thousand scans"]
)
def test_inspecting_and_thumbnails_refuse_the_same(case: str) -> None:
    data, code = REFUSED[case]
    assert refused(data, inspect_image).code == code
    assert refused(data, make_thumbnail).code == code


def test_the_refusal_carries_what_its_text_needs() -> None:
    assert refused(frames(3, "GIF")).data["frames"] == 3
    assert refused(REFUSED["TIFF"][0]).data["format"] == "TIFF"
    many = refused(REFUSED["51 MB"][0]).data
    assert (many["megabytes"], many["limit"]) == (51.0, 50)
    large = refused(REFUSED["PNG of 177 megapixels"][0]).data
    assert (large["megapixels"], large["limit"]) == (176.9, 100)


def test_the_extension_does_not_matter() -> None:
    for name in ("a.txt", "a.png", "a.exe", ""):
        assert prepare_image(JPEG, name, model=MODEL).media_type == "image/jpeg"


def test_a_model_without_eyes_refuses_by_name() -> None:
    with pytest.raises(ImageError) as caught:
        prepare_image(JPEG, "my file.jpg", model="gpt-4")
    assert caught.value.code == "image_rejected_by_model"
    assert caught.value.data == {"name": "my file.jpg", "model": "gpt-4"}


def test_more_patches_than_the_api_takes_are_refused_before_sending() -> None:
    large = encoded(Image.new("L", (7000, 6000), 90), "JPEG")
    with pytest.raises(ImageError) as caught:
        prepare_image(large, "a.jpg", model="gpt-6-astra", detail="original")
    assert caught.value.code == "image_rejected_by_model"
    assert prepare_image(large, "a.jpg", model="gpt-6-astra", detail="high").width < 2000


def test_huge_text_and_profile_chunks_are_never_unpacked() -> None:
    bomb = zlib.compress(b"\0" * 50_000_000)
    packed = chunk(b"zTXt", b"Comment\0\0" + bomb) + chunk(b"iCCP", b"icc\0\0" + bomb)
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb)
    data = PNG[:33] + packed + text + PNG[33:]
    assert prepare_image(data, "a.png", model=MODEL).content == PNG


def test_a_jpeg_without_its_end_marker_is_mended() -> None:
    for data in (JPEG, PROGRESSIVE, encoded(quadrants(), "JPEG", subsampling=0)):
        for cut in (2, 1):
            made = prepare_image(data[:-cut], "a.jpg", model=MODEL)
            assert made.content == data
            assert "mended" in [n.code for n in made.notes]


def test_a_jpeg_that_lacks_more_is_not_mended() -> None:
    im = Image.effect_noise((200, 150), 90).convert("RGB")
    for options in ({}, {"progressive": True}):
        data = encoded(im, "JPEG", quality=80, **options)
        for share in (0.3, 0.6, 0.9, 0.97):
            assert refused(data[: int(len(data) * share)]).code == "image_truncated"


def test_what_follows_the_end_is_left_out() -> None:
    assert prepare_image(JPEG + b"PK\3\4 hidden", "a.jpg", model=MODEL).content == JPEG
    assert prepare_image(PNG + b"hidden", "a.png", model=MODEL).content == PNG


def test_only_the_first_picture_of_an_mpo_is_sent() -> None:
    second = Image.new("RGB", (50, 50), "black")
    data = encoded(quadrants(), "MPO", save_all=True, append_images=[second])
    made = prepare_image(data, "a.jpg", model=MODEL)
    assert (made.width, made.height) == (96, 64)
    assert made.notes[0].code == "first_picture"
    assert made.notes[0].data == {"pictures": 2}
    assert made.content.count(b"\xff\xd8\xff") == 1


def test_a_comment_does_not_hide_a_jpeg() -> None:
    data = jpeg_with(JPEG, 0xFE, b"\xff\xd9 not the end \xff\xda")
    assert prepare_image(data, "a.jpg", model=MODEL).content == JPEG


def test_a_large_opaque_webp_keeps_its_colours_or_is_refused() -> None:
    data = encoded(quadrants(2000, 1200), "WEBP", quality=80)
    made = prepare_image(data, "a.webp", model=MODEL)
    assert all(near(a, b, 20) for a, b in zip(corners(made.content), CORNERS, strict=True))
    rng, refusals = random.Random(5), 0
    for _ in range(60):
        damaged = bytearray(data)
        damaged[rng.randrange(30, 200)] ^= 1 << rng.randrange(8)
        try:
            prepare_image(bytes(damaged), "a.webp", model=MODEL)
        except ImageError:
            refusals += 1
    assert refusals < 60
