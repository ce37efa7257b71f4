"""An answer split into what has a view of its own."""

import pytest

from components.markdown import Part, parts, safe_markdown
from tests.unit.markdown.reading import contents


def kinds(answer: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in parts(answer)]


def test_prose_and_code_come_in_order() -> None:
    answer = "Here:\n\n```Python\nx = 1\n\ny = 2\n```\nand\n~~~\nplain\n~~~"
    assert parts(answer) == [
        Part("text", "Here:\n"[:-1]),
        Part("code", "x = 1\n\ny = 2", "python"),
        Part("text", "and"),
        Part("code", "plain"),
    ]


def test_an_indented_fence_loses_its_indentation() -> None:
    assert parts("  ```\n  a\n    b\n  ```")[0].text == "a\n  b"


def test_code_inside_a_list_or_a_quote_stays_with_its_prose() -> None:
    answer = "- a\n\n  ```py\n  x\n  ```\n\n> ```\n> y\n> ```"
    assert kinds(answer) == [("text", answer)]


def test_a_fence_that_has_not_ended_is_said_not_to_be_closed() -> None:
    assert parts("```html\n<p>")[0] == Part("html", "<p>", "html", closed=False)


@pytest.mark.parametrize(
    "answer", ['{"a": [1]}', '```json\n{"a": [1]}\n```', '```\n{"a": [1]}\n```']
)
def test_json_is_parsed(answer: str) -> None:
    (part,) = parts(answer)
    assert (part.kind, part.value) == ("json", {"a": [1]})


@pytest.mark.parametrize("answer", ["42", '"words"', "null", "[1] says so", "{x}"])
def test_a_number_or_a_sentence_is_prose(answer: str) -> None:
    assert kinds(answer) == [("text", answer)]


def test_json_that_is_wrong_is_code() -> None:
    assert kinds("```json\n{'a': 1}\n```") == [("code", "{'a': 1}")]


@pytest.mark.parametrize(
    "answer", ["<!DOCTYPE html>\n<p>x</p>", "\n<html><p>x</p></html>", "<!-- hi --><html>x"]
)
def test_a_document_is_found_without_a_fence(answer: str) -> None:
    assert kinds(answer) == [("html", answer.strip())]


def test_a_document_is_found_in_fences() -> None:
    assert kinds("See:\n```html\n<p>x</p>\n```\n```\n<!doctype html><p>\n```") == [
        ("text", "See:"),
        ("html", "<p>x</p>"),
        ("html", "<!doctype html><p>"),
    ]


@pytest.mark.parametrize("answer", ["", " \n ", "\n\n"])
def test_nothing_has_no_parts(answer: str) -> None:
    assert parts(answer) == []


NESTED = "## Identity\nExample:\n```\nPIR Corporate\n```\n## Output\n```json\n{}\n```"


@pytest.mark.parametrize("fence", ["```markdown", "```md", "~~~markdown"])
def test_markdown_in_a_fence_keeps_its_own_fences(fence: str) -> None:
    inner = NESTED.replace("```", fence[:3])
    assert kinds(f"{fence}\n{inner}\n{fence[:3]}\n\nafter") == [("code", inner), ("text", "after")]


def test_it_is_one_block_while_it_grows_and_when_it_is_drawn() -> None:
    answer = f"```markdown\n{NESTED}\n```\n\nafter"
    for end in range(len("```markdown\n## I"), answer.index("after")):
        fences = contents(safe_markdown(answer[:end], growing=True), "fence")
        assert len(fences) == 1, answer[:end]
    assert contents(safe_markdown(answer), "fence") == [NESTED + "\n"]
    in_item = "1. so\n   ```md\n   ```py\n   x\n   ```\n   ```\n2. b"
    assert contents(safe_markdown(in_item), "fence") == ["```py\nx\n```\n"]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("```md\n# a\n```\n\nb\n\n```\nc\n```", [("code", "# a"), ("text", "b"), ("code", "c")]),
        ("```md\n# a\n```\nb\n```py\nc\n```", [("code", "# a"), ("text", "b"), ("code", "c")]),
        ("```md\n```py\nc\n```\n\nb", [("code", "```py\nc"), ("text", "b")]),
        ("````md\n```\nc\n```\n````\nb", [("code", "```\nc\n```"), ("text", "b")]),
        ("```py\n```\n\n```\nc\n```", [("code", ""), ("code", "c")]),
    ],
)
def test_other_fences_end_as_they_always_did(answer: str, found: list[tuple[str, str]]) -> None:
    assert kinds(answer) == found
