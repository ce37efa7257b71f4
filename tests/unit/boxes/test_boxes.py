"""Boxes: orders, scales, how well they fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.boxes.fit import better_order, f1, iou, matched, mean_iou
from components.boxes.orders import ORDERS
from components.boxes.reading import boxes_in
from components.boxes.scales import SCALES, from_box, to_box
from components.boxes.types import Box

SIDE = st.integers(1, 4000)
BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h), SIDE, SIDE, st.integers(1, 999), st.integers(1, 999)
)


@given(BOXES, st.sampled_from(ORDERS), st.sampled_from(SCALES), st.tuples(SIDE, SIDE))
def test_a_box_comes_back_from_every_order_and_scale(
    box: Box, order: str, scale: str, image: tuple[int, int]
) -> None:
    sent = (max(1, image[0] // 3), max(1, image[1] // 3))
    back = to_box(from_box(box, order, scale, image, sent), order, scale, image, sent)
    for there, here in zip(vars(back).values(), vars(box).values(), strict=True):
        assert there == pytest.approx(here, abs=1e-6, rel=1e-9)


def test_scales_are_of_the_whole_image() -> None:
    image = (200, 100)
    assert from_box(Box(20, 10, 60, 40), "yxyx", "0..1000", image) == (100, 100, 400, 300)
    assert to_box((10, 5, 30, 20), "xyxy", "sent", image, (100, 50)) == Box(20, 10, 60, 40)
    with pytest.raises(ValueError, match="as sent"):
        to_box((10, 5, 30, 20), "xyxy", "sent", image)


@given(BOXES, BOXES)
def test_iou_is_a_share_and_the_same_both_ways(one: Box, other: Box) -> None:
    assert iou(one, other) == iou(other, one)
    assert 0 <= iou(one, other) <= 1
    assert iou(one, one) == 1


def test_iou_by_hand() -> None:
    assert iou(Box(0, 0, 10, 10), Box(5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert iou(Box(0, 0, 10, 10), Box(10, 0, 20, 10)) == 0
    assert iou(Box(0, 0, 10, 10), Box(10, 10, 0, 0)) == 0  # corners the wrong way round


def test_the_best_pairs_are_matched_first() -> None:
    wanted = [Box(0, 0, 10, 10), Box(8, 0, 18, 10)]
    given = [Box(7, 0, 17, 10), Box(30, 0, 40, 10)]
    (match,) = matched(wanted, given, 0.5)
    assert (match.wanted, match.given) == (1, 0)
    assert f1(1, 2, 2) == 0.5
    assert f1(0, 0, 0) == 1
    assert mean_iou(wanted, []) == 0


def test_a_better_order_is_named_only_where_it_is_clearly_better() -> None:
    wanted = [Box(40, 30, 100, 90)]
    better = better_order(wanted, [(250, 250, 750, 625)], "xyxy", "0..1000", (160, 120))
    assert better
    assert (better.order, better.iou) == ("yxyx", 1.0)
    assert better_order(wanted, [(40, 30, 100, 90)], "xyxy", "pixels", (160, 120)) is None
    square = [Box(10, 10, 20, 20)]
    assert better_order(square, [(10, 10, 20, 20)], "yxyx", "pixels", (99, 99)) is None


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("[1, 2, 3, 4]", [(1, 2, 3, 4)]),
        ("[[1, 2, 3, 4], [5, 6, 7, 8]]", [(1, 2, 3, 4), (5, 6, 7, 8)]),
        ('{"objects": [{"bbox": [1, 2, 3, 4.5]}]}', [(1, 2, 3, 4.5)]),
        ('{"x1": 1, "y1": 2, "x2": 3, "y2": 4}', [(1, 2, 3, 4)]),
        ("[[1, 2], [3, 4]]", [(1, 2, 3, 4)]),
        ("at (1,2),(3,4) and (5,6),(7,8)", [(1, 2, 3, 4), (5, 6, 7, 8)]),
        ("The box is [1, 2, 3, 4].", [(1, 2, 3, 4)]),
        ("1, 2, 3, 4", [(1, 2, 3, 4)]),
        ("1 2 3", []),
        ("[true, 1, 2, 3]", []),
        ("3 dogs, 4 cats, 5 hens and 6 pigs", []),
    ],
)
def test_boxes_are_found_in_answers(answer: str, found: list[tuple[float, ...]]) -> None:
    assert boxes_in(answer) == found
