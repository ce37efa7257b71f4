"""number, count, and the numerals that they read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.graders.numerals import chosen, number_alone, read
from tests.unit.graders.grading import graded, said, verdict


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # figures
        ("1,284.50 and 3-4", ("1284.50", "3", "4")),
        ("-3 °C", ("-3",)),
        ("−$5", ("-5",)),
        ("3.5万", ("35000",)),
        ("1亿2000万", ("120000000",)),
        ("3万5千", ("35000",)),
        ("2 million", ("2000000",)),
        ("1.5e3", ("1500",)),
        ("½", ("0.5",)),
        ("2½", ("2.5",)),
        ("5 m²", ("5",)),
        ("3,5", ("3", "5")),
        ("1.284,50", ()),
        ("1.2.3", ()),
        ("12cm", ("12",)),
        # Chinese
        ("廿三", ("23",)),
        ("卅二", ("32",)),
        ("两百零五", ("205",)),
        ("一千二", ("1200",)),
        ("二〇二六", ("2026",)),
        ("負三", ("-3",)),
        ("三分之二", ("0.6666666666666666666666666667",)),
        ("百分之二十三点五", ("23.5",)),
        ("兩隻貓", ("2",)),
        ("十分钟", ("10",)),
        ("十二千克", ("12",)),
        ("二三十个", ()),
        # English
        ("Forty-two", ("42",)),
        ("two thousand and five", ("2005",)),
        ("minus twenty-three point five", ("-23.5",)),
        ("one point five million", ("1500000",)),
        ("half a dozen", ("6",)),
        ("two dozen", ("24",)),
        ("a hundred and one", ("101",)),
        ("twenty percent", ("20",)),
        # none
        ("1st, 2nd and twenty-first", ()),
        ("GPT-4o, v2, COVID-19, iPhone15", ()),
        ("第三张，第12页", ()),
        ("十分确定，万一、一样、一起、统一", ()),
        ("二十多颗，几十个，20多", ()),
        ("the second one, no one, one of them", ()),
        ("三角形、五角星、星期三", ()),
        ("1. a cat\n2. 7 dogs", ("7",)),
        ("① cats ② dogs", ()),
        # an article is a number only where there is no other
        ("一个盘子", ("1",)),
        ("一个盘子，六颗", ("6",)),
        ("one plate with six", ("6",)),
        ("There is one", ("1",)),
    ],
)
def test_numbers_are_read_as_they_are_meant(text: str, numbers: tuple[str, ...]) -> None:
    assert tuple(each.value for each in read(text)) == said(*numbers)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("8 dogs in 3 rows", ("8", "3")),
        ("8 dogs in 3 rows. Answer: 8", ("8",)),
        ("In total, there are 8 dogs in 3 rows", ("8",)),
        ("看到3行，一共八只", ("8",)),
        ("5 + 3 = 8", ("8",)),
        ("不是7，是8", ("8",)),
        ("**Answer:** 8 of 9", ("8",)),
        ("\\boxed{8}, after 7", ("8",)),
        ("First answer: 7. Final answer: 8", ("8",)),
        ("Total: 7-8", ("7", "8")),
        ("Answer: 7 or 8", ("7", "8")),
        ("8 (eight)", ("8",)),
        ("8. I looked twice.", ("8",)),
    ],
)
def test_one_number_is_the_answer_where_it_can_be_told(text: str, numbers: tuple[str, ...]) -> None:
    assert tuple(each.value for each in chosen(text)) == said(*numbers)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_is_read_as_it_is_written(value: Decimal) -> None:
    assert number_alone(f"{value:,.2f}") == value
    assert [each.value for each in read(f"共 {value:f} 个")] == [value]


@given(st.integers(0, 10**8 - 1))
def test_chinese_numerals_are_read_back(value: int) -> None:
    from cn2an import an2cn

    assert [each.value for each in read(f"共有{an2cn(value, 'low')}颗")] == [value]


@given(st.text(max_size=80))
def test_reading_never_fails(text: str) -> None:
    for each in read(text):
        assert each.value.is_finite()
    assert len(chosen(text)) <= max(1, len(read(text)))


def test_how_far_off_is_right() -> None:
    assert verdict("210", "number", value="200", rel="0.05") == "right"
    assert verdict("210.01", "number", value="200", rel="0.05") == "wrong"
    assert verdict("0.3", "number", value=0.1, abs=0.2) == "right"
    assert verdict("none", "number", value="8") == "wrong"
    assert verdict("7 or 8", "number", value="8") == "unsure"
    assert verdict("8.0", "number", value="8", whole=True) == "right"
    assert verdict("8.4", "number", value="8", abs="1", whole=True) == "wrong"


def test_units_and_decimal_signs() -> None:
    assert verdict("8 % of 50", "number", value="8", unit="%") == "right"
    assert verdict("百分之八", "number", value="8", unit="%") == "right"
    assert verdict("0.08", "number", value="8", unit="%") == "wrong"
    assert verdict("8 kg in 2 bags", "number", value="8", unit="kg") == "right"
    assert verdict("8%", "number", value="8", unit="kg") == "unsure"
    assert verdict("2.384,25", "number", value="2384.25", decimal=",") == "right"
    assert verdict("2.384,25", "number", value="2384.25") == "wrong"


def test_a_count_tells_how_far_off_it_is() -> None:
    found = graded("There are 21", "count", value="23")
    assert (found.verdict, dict(found.facts)) == ("wrong", {"read": "21", "off": "-2"})
