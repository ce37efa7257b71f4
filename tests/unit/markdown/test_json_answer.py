"""JSON that was asked for: right, or wrong at a line and a column."""

import pytest

from components.markdown import check_json


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        (" \n[1, 2]\n", [1, 2]),
        ('```json\n{"a": "```"}\n```', {"a": "```"}),
        ("~~~\n3\n~~~\n", 3),
        ("null", None),
    ],
)
def test_json_is_right(answer: str, value: object) -> None:
    check = check_json(answer)
    assert (check.ok, check.value, check.message_code) == (True, value, "")


@pytest.mark.parametrize(
    ("answer", "code", "line", "column"),
    [
        ("Sure, here it is: {}", "value", 1, 1),
        ('{"a": 1}\nI hope this helps', "extra", 2, 1),
        ('{"a": 1\n "b": 2}', "comma", 2, 2),
        ('```json\n{"a" 1}\n```', "colon", 2, 6),
        ("{'a': 1}", "name", 1, 2),
        ('{"a": "b', "string", 1, 7),
        ('{"a": "\\x"}', "escape", 1, 8),
        ('{"a": "x\ny"}', "control", 1, 9),
        ('{"a": NaN}', "constant", 1, 7),
        ('\n  {"a":\n -Infinity}', "constant", 3, 2),
        ("", "empty", 0, 0),
        ("```json\n```", "empty", 0, 0),
        ("[" * 200_000, "deep", 0, 0),
        ("1" * 5000, "number", 0, 0),
    ],
)
def test_json_is_wrong_where_it_says(answer: str, code: str, line: int, column: int) -> None:
    check = check_json(answer)
    assert not check.ok
    assert (check.message_code, check.line, check.column) == (code, line, column)


def test_a_trailing_comma_is_named_by_either_decoder() -> None:
    assert check_json('{"a": 1,}').message_code in {
        "name",
        "trailing_comma",
    }  # Python 3.13 is finer
