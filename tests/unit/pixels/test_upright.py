"""Pictures as they are looked at."""

import pytest
from PIL import Image

from components.errors import ImageError
from components.i18n import texts
from components.images import decode_upright
from components.pixels import compare
from components.pixels.types import Reason, Step
from tests.unit.pixels.pictures import PHOTO, file


def test_a_photo_turned_by_exif_comes_out_upright_and_at_the_size_asked_for() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = file(PHOTO.rotate(90, expand=True), "JPEG", quality=95, exif=exif)
    assert decode_upright(turned, None).size == PHOTO.size
    assert decode_upright(turned, 300).size == (300, 225)
    assert compare(PHOTO, turned).regions == ()


def test_a_small_picture_is_not_enlarged_and_always_rgb() -> None:
    picture = decode_upright(file(Image.new("L", (20, 10))), 300)
    assert (picture.size, picture.mode) == ((20, 10), "RGB")


def test_a_broken_file_is_named() -> None:
    with pytest.raises(ImageError) as caught:
        decode_upright(file(PHOTO)[:5000], 300, "cut.png")
    assert caught.value.name == "cut.png"


def test_every_reason_and_step_has_a_text() -> None:
    codes = [f"reason.{r}" for r in Reason.__args__ if r] + [f"step.{s}" for s in Step.__args__]
    assert len(codes) == 6
    assert not [c for c in codes if f"compare.pixels.{c}" not in texts("en")]
