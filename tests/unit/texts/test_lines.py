"""Two texts compared line by line."""

from hypothesis import given, settings
from hypothesis import strategies as st

from components.texts import compare_lines
from tests.support.fuzzing import examples

OLD = ["Coffee 3.50", "Tea 2.75", "Milk"]


def told(a: list[str], b: list[str]) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.text_before, one.text_after) for one in compare_lines(a, b)]


def test_lines_are_same_replaced_removed_and_added() -> None:
    assert told(OLD, ["Menu", "Coffee 3.50", "Tea 2.95", "Cake 4.00"]) == [
        ("added", None, "Menu"),
        ("same", "Coffee 3.50", "Coffee 3.50"),
        ("replaced", "Tea 2.75", "Tea 2.95"),
        ("removed", "Milk", None),
        ("added", None, "Cake 4.00"),
    ]


def test_words_are_marked_in_a_replaced_line() -> None:
    (line,) = compare_lines(["Tea, green 2.75"], ["Tea, green 2.95"])
    assert line.before is not None
    assert line.after is not None
    assert [(one.kind, one.text) for one in line.before] == [
        ("same", "Tea, green "),
        ("removed", "2.75"),
    ]
    assert [(one.kind, one.text) for one in line.after][-1] == ("added", "2.95")


def test_lines_are_paired_with_the_one_most_like_them() -> None:
    found = told(["Total due 84.00", "x"], ["Now new:", "Total due 48.00", "yes", "no"])
    assert found[:2] == [
        ("added", None, "Now new:"),
        ("replaced", "Total due 84.00", "Total due 48.00"),
    ]


def test_lines_are_numbered_from_one() -> None:
    found = compare_lines(["a", "b"], ["new", "a", "b"])
    assert [(one.a_number, one.b_number) for one in found] == [(None, 1), (1, 2), (2, 3)]


def test_no_lines_have_no_differences() -> None:
    assert compare_lines([], []) == []


LINES = st.lists(st.text("ab1 图", max_size=6), max_size=12)


@settings(max_examples=examples(200))
@given(LINES, LINES)
def test_all_lines_come_out_once_and_in_order(a: list[str], b: list[str]) -> None:
    found = compare_lines(a, b)
    assert [one.text_before for one in found if one.before is not None] == a
    assert [one.text_after for one in found if one.after is not None] == b
    assert [one.a_number for one in found if one.a_number] == list(range(1, len(a) + 1))
    assert [one.b_number for one in found if one.b_number] == list(range(1, len(b) + 1))
