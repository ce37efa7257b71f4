"""Parts of an image, and images at part of their size, as a server sees them."""

import pytest

from components.chat.draft import take_in
from components.compare.errors import CompareError
from components.compare.plan import plan
from components.compare.sizes import part_of, prepare_picture
from components.compare.spec import SpecImage
from components.tokens import count_image_tokens
from tests.unit.chat.pictures import picture
from tests.unit.compare.making import NOWHERE, draft, spec
from tests.unit.images.make import BLUE, WHITE, corners, near, oriented


@pytest.mark.parametrize(
    ("scale", "size"), [(100, (1024, 768)), (75, (768, 576)), (25, (256, 192))]
)
def test_a_scale_is_of_the_size_that_the_model_would_get(scale: int, size: tuple[int, int]) -> None:
    made = prepare_picture(SpecImage("A", draft("a.png", 2048, 1536), scale), "gpt-4o", NOWHERE)
    assert (made.width, made.height) == size
    assert len(set(corners(made.content))) == 4


def test_a_crop_is_cut_out_of_the_upright_picture() -> None:
    image = take_in(oriented("JPEG", 6, (96, 64)), "turned.jpg")
    assert image.info
    assert (image.info.width, image.info.height) == (96, 64)
    made = prepare_picture(SpecImage("A", image, box=(0, 32, 96, 64)), "gpt-4o", NOWHERE)
    assert (made.width, made.height) == (96, 32)
    found = corners(made.content)
    assert near(found[0], BLUE)
    assert near(found[1], WHITE)


def test_a_crop_is_shrunk_to_what_the_model_sees() -> None:
    image = draft("large.png", 4000, 3000)
    made = prepare_picture(SpecImage("A", image, box=(0, 0, 3000, 3000)), "gpt-4o", NOWHERE)
    assert (made.width, made.height) == (768, 768)
    assert count_image_tokens("gpt-4o", made.width, made.height).resized == (768, 768)


@pytest.mark.parametrize("box", [(0, 0, 65, 10), (10, 0, 10, 10), (-1, 0, 5, 5), (0, 40, 10, 49)])
def test_a_crop_beyond_the_image_is_refused(box: tuple[int, int, int, int]) -> None:
    with pytest.raises(CompareError) as caught:
        plan(spec(pictures=(SpecImage("A", draft("a.png", 64, 48), box=box),)))
    assert caught.value.code == "compare_box"


def test_the_reader_gets_the_original_only_where_the_whole_is_meant() -> None:
    image = take_in(picture(64, 48), "a.png")
    for shown, whole in ((SpecImage("A", image), True), (SpecImage("A", image, 50), False)):
        made = prepare_picture(shown, "builtin-reader", NOWHERE)
        assert (part_of(shown, made, labelled=True).original is not None) == whole
        assert part_of(shown, made, labelled=False).letter == ""
