"""Shape, light, blur and place: checks that look at a picture without reading it."""

from itertools import pairwise

import pytest
from PIL import Image

from components.errors import ImageError
from components.images import decode_upright
from components.preflight import ImageAnalyzer, ImageToCheck, PlannedRequest, check
from components.preflight.types import Finding
from components.samples import samples
from tests.bench.support.pictures import photograph
from tests.unit.images.make import exif, oriented
from tests.unit.preflight.drawn import blurred, darkened, encoded, paled
from tests.unit.preflight.known import codes, facts_of, one

QUALITY = {"blurred", "dark", "low_contrast"}
SHAPES = {"panorama", "long_shape", "sliver"}


def found(
    content: bytes, *, model: str = "gpt-4o", detail: str = "high", as_is: bool = False
) -> list[Finding]:
    picture = ImageToCheck(content, "a.jpg", model, detail, as_is=as_is)
    return check([ImageAnalyzer().facts(picture, read=False)], PlannedRequest(model, "x"))


SAMPLES = [pair for each in samples() for pair in each.pictures()]


@pytest.mark.parametrize(("name", "content"), SAMPLES, ids=[name for name, _ in SAMPLES])
def test_samples_are_neither_blurred_nor_dark_nor_of_odd_shape(name: str, content: bytes) -> None:
    assert not codes(found(content)) & (QUALITY | SHAPES)


@pytest.mark.parametrize("name", ["cars.webp", "shop_sign.webp", "chart.webp", "code.webp"])
def test_a_spoiled_copy_is_told_by_what_is_wrong_with_it(name: str) -> None:
    picture = opened(dict(SAMPLES)[name])
    assert codes(found(encoded(blurred(picture, 4)))) & QUALITY == {"blurred"}
    assert codes(found(encoded(darkened(picture)))) & QUALITY == {"dark"}
    assert codes(found(encoded(paled(picture)))) & QUALITY == {"low_contrast"}


def test_a_photo_and_its_blurred_copy_are_told_apart_as_jpegs() -> None:
    photo = photograph(2000, 1500)
    assert not codes(found(encoded(photo, "JPEG"))) & QUALITY
    assert "blurred" in codes(found(encoded(blurred(photo, 5), "JPEG")))


def test_a_picture_blurred_a_little_is_sharp_enough_where_the_model_sees_it_small() -> None:
    picture = encoded(blurred(opened(dict(SAMPLES)["cars.webp"]), 1.5))
    assert "blurred" in codes(found(picture, detail="high"))
    assert "blurred" not in codes(found(picture, detail="low"))


def test_a_dark_page_with_bright_letters_is_not_dark() -> None:
    assert not codes(found(dict(SAMPLES)["code.webp"])) & {"dark"}


def test_a_large_png_is_judged_as_its_jpeg_is() -> None:
    photo = blurred(photograph(2400, 1800), 6)
    assert "blurred" in codes(found(encoded(photo, "PNG", compress_level=1)))


def test_a_panorama_says_what_is_left_of_it_and_is_cut_into_overlapping_parts() -> None:
    panorama = one(check([facts_of((20000, 500))], PlannedRequest("gpt-4o", "x")), "panorama")
    assert (panorama.data["seen_width"], panorama.data["seen_height"]) == (2048, 51)
    assert panorama.fix is not None
    assert panorama.fix.kind == "split"
    parts = panorama.fix.boxes
    assert parts[0][0] == 0
    assert parts[-1][2] == 20000
    assert all(left[2] > right[0] for left, right in pairwise(parts))
    assert all(part[1] == 0 and part[3] == 500 for part in parts)


def test_a_tall_screenshot_is_cut_from_top_to_bottom() -> None:
    panorama = one(check([facts_of((500, 9000))], PlannedRequest("gpt-4o", "x")), "panorama")
    assert panorama.fix is not None
    assert all(box[0] == 0 and box[2] == 500 for box in panorama.fix.boxes)


def test_an_extreme_shape_that_arrives_whole_is_only_noted() -> None:
    facts = facts_of((20000, 500), model="gpt-6-luna", detail="original")
    shaped = [f for f in check([facts], PlannedRequest("gpt-6-luna", "x")) if f.code in SHAPES]
    assert [(f.code, f.severity, f.fixes) for f in shaped] == [("long_shape", "note", ())]


@pytest.mark.parametrize("size", [(4032, 3024), (1080, 2400), (1920, 1080), (300, 300), (1, 1)])
def test_usual_shapes_are_let_pass(size: tuple[int, int]) -> None:
    assert not codes(check([facts_of(size)], PlannedRequest("gpt-4o", "x"))) & SHAPES


def test_a_thread_is_a_sliver() -> None:
    assert "sliver" in codes(check([facts_of((3000, 10))], PlannedRequest("gpt-4o", "x")))


def test_the_place_is_removed_and_said_so_and_sent_only_as_it_is() -> None:
    content = encoded(photograph(400, 300), "JPEG", exif=exif(1, place=True))
    assert one(found(content), "place_removed").severity == "note"
    assert one(found(content, as_is=True), "place_sent").severity == "warning"
    plain = encoded(photograph(400, 300), "JPEG")
    assert not {c for c in codes(found(plain)) if c.startswith(("place", "camera"))}


def test_the_camera_is_named() -> None:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110] = "Canon", "Canon EOS\n5D"
    content = encoded(photograph(400, 300), "JPEG", exif=tags.tobytes())
    assert one(found(content), "camera_removed").data == {"camera": "Canon EOS5D"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stored_sideways_is_measured_without_complaint(orientation: int) -> None:
    facts = ImageAnalyzer().facts(
        ImageToCheck(oriented("JPEG", orientation), "a", "gpt-4o"), read=False
    )
    assert facts.size == (96, 64)
    assert facts.look is not None


def test_what_is_no_picture_is_an_error() -> None:
    with pytest.raises(ImageError):
        ImageAnalyzer().facts(ImageToCheck(b"no picture", "a", "gpt-4o"))


def opened(content: bytes) -> Image.Image:
    return decode_upright(content, None)
