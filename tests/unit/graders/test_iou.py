"""iou; the arithmetic is in tests/unit/boxes."""

import pytest

from components.graders import Reply, grade
from tests.unit.graders.grading import graded, verdict

BOX = [20, 10, 60, 40]
IMAGE = [200, 100]


@pytest.mark.parametrize(
    ("answer", "order", "scale"),
    [
        ("[20, 10, 60, 40]", "xyxy", "pixels"),
        ('```json\n[{"box_2d": [100, 100, 400, 300], "label": "dog"}]\n```', "yxyx", "0..1000"),
        ("20, 10, 40, 30", "xywh", "pixels"),
        ("[0.2, 0.25, 0.2, 0.3]", "cxcywh", "0..1"),
        ("It is at (10, 5), (30, 20).", "xyxy", "sent"),
    ],
)
def test_a_box_is_read_in_each_order_and_scale(answer: str, order: str, scale: str) -> None:
    how = {"boxes": [BOX], "image": IMAGE, "sent": [100, 50], "order": order, "scale": scale}
    assert graded(answer, "iou", **how).score == pytest.approx(1.0)


def test_another_order_that_fits_better_is_said() -> None:
    found = graded("[10, 20, 40, 60]", "iou", boxes=[BOX])
    assert (found.verdict, found.why.code) == ("wrong", "box_not_order")
    assert found.facts["better"] == {"order": "yxyx", "iou": 1.0}
    assert "better" not in graded(str(BOX), "iou", boxes=[BOX]).facts


def test_several_boxes_are_matched() -> None:
    wanted = [BOX, [100, 10, 140, 40]]
    assert graded(str(wanted[::-1]), "iou", boxes=wanted).score == 1
    found = graded(str([BOX]), "iou", boxes=wanted)
    assert (found.verdict, found.score) == ("wrong", pytest.approx(2 / 3))
    assert verdict(str([BOX]), "iou", boxes=wanted, f1_at_least=0.6) == "right"


def test_what_is_no_box() -> None:
    assert verdict("no box here", "iou", boxes=[BOX]) == "wrong"
    assert verdict("[1, 2, 3]", "iou", boxes=[BOX]) == "wrong"
    assert verdict("[20, 10, 1e999, 40]", "iou", boxes=[BOX]) == "wrong"
    assert verdict(str(BOX), "iou", boxes=[BOX], scale="0..1") == "unsure"  # of what size?
    sized = grade(
        {"grader": "iou", "boxes": [BOX], "scale": "0..1"},
        Reply("[0.1, 0.1, 0.3, 0.4]", image=(200, 100)),
    )
    assert sized.verdict == "right"
