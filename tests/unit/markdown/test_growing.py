"""An answer that grows: its finished blocks stay, and in the end it is the whole answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.markdown import Block, GrowingAnswer, answer_blocks
from tests.support.fuzzing import examples

LONG = """# Title

Text with **bold**,
two lines.

| a | b |
|---|---|
| 1 | `x|y` |
| 2 | $x$ |

- one
- two

  more of two
- [ ] three

\\[
x = 1
- 2
\\]

```md
# a
```
b
```
c
```
```

> quote
> ```py
> x = 1

1. a
2. b

end [see](http://x.y) $$y$$
"""


def grown(answer: str, step: int) -> list[list[Block]]:
    growing = GrowingAnswer()
    return [growing.blocks(answer[:end]) for end in range(0, len(answer) + step, step)]


@pytest.mark.parametrize("step", [1, 7, 40, 5000])
def test_it_ends_as_it_is_read_whole(step: int) -> None:
    assert grown(LONG, step)[-1] == answer_blocks(LONG)


PIECES = [
    *("text ", "\n", "\n\n", "- ", "1. ", "> ", "  ", "    ", "```\n", "```md\n", "~~~\n", "$$\n"),
    *("\\[\n", "\\]\n", "| a |\n|-|\n", "| b |\n", "# h\n", "---\n", "**b**", "`c`", "x", "$y$"),
]


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.integers(1, 9))
def test_finished_blocks_stay_as_they_are(answer: str, step: int) -> None:
    before: list[Block] = []
    growing = GrowingAnswer()
    for end in range(0, len(answer) + step, step):
        blocks = growing.blocks(answer[:end])
        assert blocks[: len(before)] == before
        before = blocks[: growing.finished]
        assert len(blocks) - growing.finished <= 2


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.integers(1, 9))
def test_however_it_came_it_is_read_the_same(answer: str, step: int) -> None:
    assert grown(answer, step)[-1] == GrowingAnswer().blocks(answer)


def test_only_what_follows_the_finished_blocks_is_read_again() -> None:
    growing = GrowingAnswer()
    first = growing.blocks("one\n\ntwo\n\nthr")
    again = growing.blocks("one\n\ntwo\n\nthree")
    assert [a is b for a, b in zip(first, again, strict=True)] == [True, True, False]


def test_another_answer_is_read_from_its_beginning() -> None:
    growing = GrowingAnswer()
    growing.blocks("one\n\ntwo\n\nthree")
    assert growing.blocks("four") == answer_blocks("four")


def test_a_name_is_known_to_what_follows_its_address() -> None:
    answer = "[a]: http://x.y/long\n\n[a] b\n\n[a] c\n\n[a] d"
    assert grown(answer, 3)[-1] == answer_blocks(answer)
