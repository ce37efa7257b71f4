"""Which format is sent, and what the policies change."""

import base64

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from components.errors import ImageError
from components.images import DEFAULT, ImagePolicy, prepare_image
from components.images.encode import has_coloured_detail, is_drawn
from tests.unit.images.make import encoded, frames, opened, oriented, quadrants

MODEL = "gpt-4o"
JPEG_ONLY = ImagePolicy(jpeg_only=True)
AS_IS = ImagePolicy(as_is=True)


def photo(width: int = 1500, height: int = 1000) -> Image.Image:
    rng = np.random.default_rng(3)
    coarse = Image.fromarray(rng.integers(30, 220, (12, 18, 3), dtype=np.uint8))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC)).astype(int)
    noisy = smooth + rng.normal(0, 3, smooth.shape).astype(int)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def screenshot(ink: str, paper: str, size: tuple[int, int] = (1500, 1000)) -> Image.Image:
    im = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(im)
    for y in range(0, size[1], 22):
        text = "The sum of all invoices is 1,284.50 " * 6
        draw.text((8, y), text, fill=ink, font=ImageFont.load_default(15))
    return im


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_fits_is_passed_through(kind: str) -> None:
    im = quadrants().convert("P") if kind == "GIF" else quadrants()
    data = encoded(im, kind)
    made = prepare_image(data, "a", model=MODEL)
    assert made.content == data
    assert made.media_type == f"image/{kind.lower()}"
    assert made.notes == ()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "JPEG"])
def test_photos_become_jpeg_with_halved_colour_resolution(kind: str) -> None:
    made = prepare_image(encoded(photo(), kind), "a", model=MODEL)
    assert made.media_type == "image/jpeg"
    assert _sampling(made.content) == 0x22


def test_screenshots_become_webp_when_shrunk() -> None:
    im = screenshot("#222", "#fff")
    im.paste(photo(300, 200), (900, 600))
    made = prepare_image(encoded(im, "PNG"), "a", model=MODEL)
    assert made.media_type == "image/webp"


def test_few_colours_become_a_palette_png_without_loss() -> None:
    im = Image.new("RGB", (3000, 3000), (10, 200, 30))
    made = prepare_image(encoded(im, "PNG"), "a", model=MODEL)
    assert made.media_type == "image/png"
    assert opened(made.content).mode == "P"
    assert opened(made.content).convert("RGB").getcolors() == [(768 * 768, (10, 200, 30))]


def test_coloured_text_keeps_its_full_colour_resolution() -> None:
    im = screenshot("#2030ff", "#c01010")
    assert has_coloured_detail(im)
    assert not has_coloured_detail(photo())
    made = prepare_image(encoded(im, "JPEG", quality=95, subsampling=0), "a", model=MODEL)
    assert _sampling(made.content) == 0x11


def test_drawn_pictures_are_told_from_photos() -> None:
    assert is_drawn(screenshot("#222", "#fff"))
    assert not is_drawn(photo())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF"])
@pytest.mark.parametrize("policy", [JPEG_ONLY, ImagePolicy(jpeg_only=True, as_is=True)])
def test_an_endpoint_that_knows_only_jpeg_gets_jpeg(kind: str, policy: ImagePolicy) -> None:
    made = prepare_image(encoded(quadrants(), kind), "a", model=MODEL, policy=policy)
    assert made.media_type == "image/jpeg"
    assert opened(made.content).format == "JPEG"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_as_it_is_sends_the_original_bytes_and_the_upright_size(kind: str) -> None:
    data = oriented(kind, 6, (3000, 1500))
    made = prepare_image(data, "a", model=MODEL, policy=AS_IS)
    assert made.content == data
    assert (made.width, made.height) == (3000, 1500)
    assert made.notes[0].code == "as_is"


def test_as_it_is_still_checks() -> None:
    data = encoded(photo(), "JPEG")
    for broken in (data[: len(data) // 2], frames(3, "GIF"), b"%PDF-1.7"):
        with pytest.raises(ImageError):
            prepare_image(broken, "a", model=MODEL, policy=AS_IS)


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_what_no_api_takes_is_converted_even_as_it_is(kind: str) -> None:
    made = prepare_image(encoded(photo(300, 200), kind), "a", model=MODEL, policy=AS_IS)
    assert made.media_type == "image/jpeg"
    converted = next(n for n in made.notes if n.code == "converted")
    assert converted.data == {"before": {"HEIF": "HEIC"}.get(kind, kind), "after": "JPEG"}


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_the_first_frame_of_an_animation_is_sent_if_asked_for(kind: str) -> None:
    policy = ImagePolicy(first_frame=True)
    made = prepare_image(frames(3, kind), "a", model=MODEL, policy=policy)
    found = opened(made.content)
    pixel = found.convert("RGB").getpixel((20, 15))
    assert getattr(found, "n_frames", 1) == 1
    assert isinstance(pixel, tuple)
    assert all(abs(a - b) < 12 for a, b in zip(pixel, (0, 90, 200), strict=True))
    assert next(n for n in made.notes if n.code == "first_frame").data == {"frames": 3}


def test_over_20_megabytes_what_fits_is_encoded_anew() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (2700, 2700, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), "PNG", compress_level=0)
    assert len(data) > 20_000_000
    made = prepare_image(data, "a.png", model="gpt-6-astra", detail="original")
    assert (made.width, made.height) == (2700, 2700)
    assert len(made.content) < 20_000_000
    as_is = prepare_image(data, "a", model="gpt-6-astra", detail="original", policy=AS_IS)
    assert as_is.content == made.content


def test_the_data_url_holds_the_content() -> None:
    made = prepare_image(encoded(photo(), "JPEG"), "a", model=MODEL, policy=DEFAULT)
    head, _, body = made.data_url.partition(",")
    assert head == "data:image/jpeg;base64"
    assert base64.b64decode(body) == made.content


def _sampling(content: bytes) -> int:
    """The sampling factors of a JPEG's brightness: 0x22 is 4:2:0, 0x11 is 4:4:4."""
    return content[content.index(b"\xff\xc0") + 11]
