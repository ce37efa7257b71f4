"""date."""

import pytest

from tests.unit.graders.grading import verdict


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("2024-03-17", "right"),
        ("It was on March 17th, 2024.", "right"),
        ("17 Mar 2024", "right"),
        ("the 17th of March 2024", "right"),
        ("2024年3月17日", "right"),
        ("二〇二四年三月十七日", "right"),
        ("17/3/2024", "right"),
        ("3/17/2024", "right"),
        ("20240317", "right"),
        ("18 March 2024", "wrong"),
        ("2024-02-30", "wrong"),
        ("no date", "wrong"),
        ("03/04/2024", "unsure"),
        ("17 or 18 March 2024, 18 March 2024, 2024-03-17", "unsure"),
    ],
)
def test_a_date_is_read_in_each_way_of_writing(answer: str, found: str) -> None:
    assert verdict(answer, "date", value="17 Mar 2024") == found


def test_the_order_can_be_said() -> None:
    assert verdict("03/04/2024", "date", value="2024-04-03", order="dmy") == "right"
    assert verdict("03/04/2024", "date", value="2024-04-03", order="mdy") == "wrong"
    assert verdict("5/5/2024", "date", value="2024-05-05") == "right"
