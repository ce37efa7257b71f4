"""Colours: whatever a file stores comes out as sRGB."""

import struct

import numpy as np
import pytest
from PIL import Image

from components.images import prepare_image
from components.images.colour import is_srgb
from tests.unit.images.make import (
    CORNERS,
    chunk,
    corners,
    encoded,
    lab_profile,
    near,
    opened,
    p3_profile,
    png,
    quadrants,
    srgb_profile,
)

MODEL = "gpt-4o"


def prepared(data: bytes) -> bytes:
    return prepare_image(data, "a", model=MODEL).content


def test_cmyk_becomes_rgb_with_its_colours() -> None:
    content = prepared(encoded(quadrants().convert("CMYK"), "JPEG", quality=95))
    assert opened(content).mode == "RGB"
    assert all(near(a, b, 20) for a, b in zip(corners(content), CORNERS, strict=True))


def test_ycck_becomes_rgb_with_its_colours() -> None:
    # YCCK is CMYK whose first three channels are stored as YCbCr: marked so by Adobe's segment.
    flat = Image.merge("CMYK", [Image.new("L", (32, 32), v) for v in (155, 128, 128, 0)])
    data = encoded(flat, "JPEG", quality=95)
    at = data.index(b"Adobe") + 11
    assert data[at] == 0
    found = opened(prepared(data[:at] + b"\x02" + data[at + 1 :])).convert("RGB").getpixel((9, 9))
    # Stored inverted: Y = 100 without colour, so 100 of each ink.
    assert isinstance(found, tuple)
    assert near(found, (155, 155, 155), 4)


@pytest.mark.parametrize("profile", [lab_profile(), b"not a profile", b"\0" * 200, p3_profile()])
def test_cmyk_with_a_profile_that_does_not_fit_is_converted_plainly(profile: bytes) -> None:
    cmyk = quadrants().convert("CMYK")
    plain = prepared(encoded(cmyk, "JPEG", quality=95))
    assert prepared(encoded(cmyk, "JPEG", quality=95, icc_profile=profile)) == plain


@pytest.mark.parametrize("profile", [lab_profile(), b"not a profile", b"\0" * 200])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_profile_that_does_not_fit_is_left_out(kind: str, profile: bytes) -> None:
    options = {"quality": 95} if kind != "PNG" else {}
    plain = encoded(quadrants(), kind, **options)
    assert prepared(encoded(quadrants(), kind, icc_profile=profile, **options)) == plain


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_display_p3_becomes_srgb(kind: str) -> None:
    im = Image.new("RGB", (64, 64), (200, 100, 50))
    options = {"lossless": True} if kind == "WEBP" else {"quality": 98}
    content = prepared(encoded(im, kind, icc_profile=p3_profile(), **options))
    found = opened(content).convert("RGB").getpixel((32, 32))
    # By the published matrices (CSS Color 4): linear P3 -> linear sRGB, same curve.
    assert isinstance(found, tuple)
    assert near(found, (215, 93, 31), 4)
    assert "icc_profile" not in opened(content).info


def test_srgb_itself_is_passed_through() -> None:
    assert is_srgb(srgb_profile(), "RGB")
    assert not is_srgb(p3_profile(), "RGB")
    plain = encoded(quadrants(), "PNG")
    assert prepared(encoded(quadrants(), "PNG", icc_profile=srgb_profile())) == plain


def test_16_bit_grey_keeps_its_tones() -> None:
    ramp = np.linspace(0, 65535, 256).astype(">u2")
    rows = b"".join(b"\0" + ramp.tobytes() for _ in range(32))
    content = prepared(png(256, 32, 16, 0, rows))
    values = np.asarray(opened(content).convert("L"))[16]
    assert abs(int(values[128]) - 128) <= 3
    assert values[10] < 20
    assert values[245] > 235


def test_16_bit_grey_with_one_transparent_tone_is_put_on_white() -> None:
    row = struct.pack(">8H", *([1000] * 4 + [40000] * 4))
    data = png(8, 8, 16, 0, (b"\0" + row) * 8, before=chunk(b"tRNS", struct.pack(">H", 1000)))
    values = np.asarray(opened(prepared(data)).convert("L"))
    assert values[4, 1] > 240
    assert abs(int(values[4, 6]) - 156) < 12


def test_16_bit_rgb_keeps_its_colours() -> None:
    row = struct.pack(">3H", 50000, 20000, 5000) * 32
    content = prepared(png(32, 32, 16, 2, (b"\0" + row) * 32))
    found = opened(content).convert("RGB").getpixel((16, 16))
    assert isinstance(found, tuple)
    assert near(found, (195, 78, 19), 6)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_every_plain_mode_of_png_passes_unchanged(mode: str) -> None:
    data = encoded(quadrants().convert(mode), "PNG")
    assert prepared(data) == data
