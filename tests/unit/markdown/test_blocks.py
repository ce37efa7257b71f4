"""An answer split into what stands by itself."""

import pytest

from components.markdown import GrowingAnswer, answer_blocks, answer_text
from tests.unit.markdown.reading import read


def kinds(answer: str) -> list[tuple[str, str]]:
    """Text of prose, content of fences."""
    return [
        (b.kind, read(b.html).text.strip() if b.kind == "prose" else b.text)
        for b in answer_blocks(answer)
    ]


def test_prose_and_code_come_in_order() -> None:
    answer = "Here:\n\n```Python\nx = 1\n\ny = 2\n```\nand\n~~~\nplain\n~~~"
    assert kinds(answer) == [
        ("prose", "Here:"),
        ("code", "x = 1\n\ny = 2"),
        ("prose", "and"),
        ("code", "plain"),
    ]
    assert [b.language for b in answer_blocks(answer)] == ["", "python", "", ""]


def test_an_indented_fence_loses_its_indentation() -> None:
    assert answer_blocks("x\n  ```\n  a\n    b\n  ```")[1].text == "a\n  b"


def test_code_inside_a_list_or_a_quote_stays_with_its_prose() -> None:
    answer = "- a\n\n  ```py\n  x\n  ```\n\n> ```\n> y\n> ```"
    assert [b.kind for b in answer_blocks(answer)] == ["prose", "prose"]
    assert read("".join(b.html for b in answer_blocks(answer))).codes == ["x", "y"]


@pytest.mark.parametrize("content", ["<p>", "<p>\n", "", "\n\n"])
def test_a_fence_that_has_not_ended_is_said_not_to_be_closed(content: str) -> None:
    assert not answer_blocks(f"```html\n{content}")[0].closed
    assert answer_blocks(f"```html\n{content}\n```")[0].closed


@pytest.mark.parametrize(
    "answer", ['{"a": [1]}', '```json\n{"a": [1]}\n```', '```\n{"a": [1]}\n```']
)
def test_json_is_parsed(answer: str) -> None:
    (block,) = answer_blocks(answer)
    assert (block.kind, block.value) == ("json", {"a": [1]})


@pytest.mark.parametrize("answer", ["42", '"words"', "null", "[1] says so", "{x}"])
def test_a_number_or_a_sentence_is_prose(answer: str) -> None:
    assert kinds(answer) == [("prose", answer)]


def test_json_that_is_wrong_is_code() -> None:
    assert kinds("```json\n{'a': 1}\n```") == [("code", "{'a': 1}")]


@pytest.mark.parametrize(
    "answer", ["<!DOCTYPE html>\n<p>x</p>", "\n<html><p>x</p></html>", "<!-- hi --><html>x"]
)
def test_a_document_is_found_without_a_fence(answer: str) -> None:
    assert kinds(answer) == [("document", answer.strip())]


def test_a_document_is_found_in_fences() -> None:
    assert kinds("See:\n```html\n<p>x</p>\n```\n```\n<!doctype html><p>\n```") == [
        ("prose", "See:"),
        ("document", "<p>x</p>"),
        ("document", "<!doctype html><p>"),
    ]


@pytest.mark.parametrize("answer", ["", " \n ", "\n\n"])
def test_nothing_has_no_blocks(answer: str) -> None:
    assert answer_blocks(answer) == []
    assert GrowingAnswer().blocks(answer) == []


def test_an_answer_that_is_indented_throughout_is_no_code() -> None:
    assert kinds("    One\n    - two\n\n    ```\n    x\n    ```\nlast") == [
        ("prose", "One"),
        ("prose", "two"),
        ("code", "x"),
        ("prose", "last"),
    ]


NESTED = "## Identity\nExample:\n```\nPIR Corporate\n```\n## Output\n```json\n{}\n```"


@pytest.mark.parametrize("fence", ["```markdown", "```md", "~~~markdown"])
def test_markdown_in_a_fence_keeps_its_own_fences(fence: str) -> None:
    inner = NESTED.replace("```", fence[:3])
    assert kinds(f"{fence}\n{inner}\n{fence[:3]}\n\nafter") == [("code", inner), ("prose", "after")]


def test_it_is_one_block_while_it_grows_and_when_it_is_drawn() -> None:
    answer = f"```markdown\n{NESTED}\n```\n\nafter"
    grown = GrowingAnswer()
    for end in range(len("```markdown\n## I"), answer.index("after")):
        assert [b.kind for b in grown.blocks(answer[:end])] == ["code"], answer[:end]
    in_item = "1. so\n   ```md\n   ```py\n   x\n   ```\n   ```\n2. b"
    assert read("".join(b.html for b in answer_blocks(in_item))).codes == ["```py\nx\n```"]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("```md\n# a\n```\n\nb\n\n```\nc\n```", [("code", "# a"), ("prose", "b"), ("code", "c")]),
        ("```md\n# a\n```\nb\n```py\nc\n```", [("code", "# a"), ("prose", "b"), ("code", "c")]),
        ("```md\n```py\nc\n```\n\nb", [("code", "```py\nc"), ("prose", "b")]),
        ("````md\n```\nc\n```\n````\nb", [("code", "```\nc\n```"), ("prose", "b")]),
        ("```py\n```\n\n```\nc\n```", [("code", ""), ("code", "c")]),
    ],
)
def test_other_fences_end_as_they_always_did(answer: str, found: list[tuple[str, str]]) -> None:
    assert kinds(answer) == found


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("# A **bold** cat\n\nand `code`\n- one\n- two", "A bold cat and code one two"),
        ("| a | b |\n|---|---|\n| 1 | $x < 2$ |", "a b 1 x<2"),
        ('{"a*b*":\n 1}', '{"a*b*": 1}'),
        ("<b>x</b> [y](http://z) 1920*1080，1024*768", "<b>x</b> y 1920*1080，1024*768"),
        ("```py\nx = 1\n```", "py x = 1"),
        ("", ""),
    ],
)
def test_a_line_of_a_table_has_the_words_without_their_marks(answer: str, line: str) -> None:
    assert answer_text(answer, 100) == line


def test_a_line_of_a_table_is_cut() -> None:
    assert answer_text("**word** " * 1000, 20) == "word word word word…"
