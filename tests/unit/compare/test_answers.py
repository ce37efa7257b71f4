"""Right answers that are pasted for many images."""

import pytest

from components.compare.answers import Given, read_answers
from components.compare.store import ComparedImage


def images(*names: str) -> list[ComparedImage]:
    return [
        ComparedImage(letter, "0" * 64, name)
        for letter, name in zip("ABCDEFGH", names, strict=False)
    ]


TWO = images("in/p0.png", "in/p1.png")


@pytest.mark.parametrize(
    "text",
    [
        "p0.png,7\np1.png,8",
        "in/p0.png\t7\nin/p1.png\t8\n",
        "name;answer\nP1.PNG;8\np0;7",
        "文件，答案\np0，7\np1，8",
        "A,7\r\nB,8\r\n",
        "A · in/p0.png\t7\n\nB · in/p1.png\t8",
        '"p0.png","7"\n"p1.png","8"',
        "p0.png: 7\np1.png: 8",
        "A：7\nB：8",
        "p0 = 7\np1 = 8",
        "7\n8",
    ],
)
def test_each_answer_goes_to_the_image_it_is_named_for(text: str) -> None:
    assert read_answers(text, TWO, 1) == Given({("A", 0): "7", ("B", 0): "8"}, ())


def test_one_question_keeps_what_stands_between_the_commas() -> None:
    assert read_answers("p0.png, a, b", TWO, 1).answers == {("A", 0): "a, b"}
    assert read_answers("p0.png: 1, 2\np1.png: 3", TWO, 1).answers == {
        ("A", 0): "1, 2",
        ("B", 0): "3",
    }


def test_lines_without_a_name_are_whole_answers_whatever_stands_in_them() -> None:
    found = read_answers("12:30, noon\n3 = 3", TWO, 1)
    assert found == Given({("A", 0): "12:30, noon", ("B", 0): "3 = 3"}, ())


def test_sixty_answers_are_taken_at_once() -> None:
    many = [ComparedImage(f"L{n}", "0" * 64, f"in/p{n:02}.png") for n in range(20)]
    lines = "\n".join(f"p{n:02}.png,{n},yes,{n}:00" for n in range(20))
    found = read_answers(lines, many, 3)
    assert len(found.answers) == 60
    assert [found.answers["L19", question] for question in range(3)] == ["19", "yes", "19:00"]


def test_each_question_has_a_column_and_an_empty_one_says_nothing() -> None:
    found = read_answers("p0.png,7,yes\np1.png,,no", TWO, 2).answers
    assert found == {("A", 0): "7", ("A", 1): "yes", ("B", 1): "no"}


def test_images_of_one_name_take_their_lines_in_order() -> None:
    found = read_answers("p.png,7\np.png,8", images("p.png", "p.png"), 1)
    assert found.answers == {("A", 0): "7", ("B", 0): "8"}


def test_names_of_no_image_are_told_but_for_a_line_of_headings() -> None:
    found = read_answers("image,answer\np0.png,7\nq.png,8", TWO, 1)
    assert found == Given({("A", 0): "7"}, ("q.png",))


def test_nothing_is_nothing() -> None:
    assert read_answers(" \n", TWO, 1) == Given({}, ())
