"""Whatever a model writes: nothing raises, no image, and code is as it was."""

from textwrap import dedent

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.markdown import check_json, parts, safe_markdown, sandboxed
from tests.support.fuzzing import examples
from tests.unit.markdown.reading import contents, dangers
from tests.unit.markdown.tricks import tricks

pytestmark = pytest.mark.conform

PIECES = [
    *("`", "``", "```\n", "~~~\n", "$", "$$", "\\", "\\(", "\\)", "\\[", "\\]", "\n", "\n\n"),
    *("> ", "- ", "1. ", "  ", "    ", "\t", "|", "| a | b |\n|---|---|\n", '<a title="', '">'),
    *("<!--", "-->", "<b ", "http://x.y/", "www.x.y/", ":a[", "]", "[", "](", "](<", ")", "!"),
    *(':a{b="', '"}', ":::x\n", "a", "# ", "---\n", "===\n", "\n[r]: http://x.y/r\n", "*", "~"),
    *("![a](http://x.y/i)", "![a](data:image/png;base64,A)", "![a][r]", "<img src=x>", "\u00a0"),
    *("[a](javascript:b)", "javascript:", "&#96;", "&", "[^1]: ", "-\n", "中", ":smile:", "2) "),
]
answers = st.lists(st.sampled_from([*PIECES, *tricks("http://x.y")]), max_size=25).map("".join)
anything = st.one_of(answers, st.text(max_size=200))
code = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\x00\t", exclude_categories=["Cs"]),
    min_size=1,
    max_size=60,
)


@settings(max_examples=examples(400))
@given(anything, st.booleans())
def test_nothing_dangerous_survives(answer: str, growing: bool) -> None:
    assert dangers(safe_markdown(answer, growing=growing)) == []


@settings(max_examples=examples(200))
@given(anything)
def test_nothing_raises(answer: str) -> None:
    parts(answer)
    check_json(answer)
    assert sandboxed(answer)


@settings(max_examples=examples(200))
@given(st.lists(code.filter(lambda line: "```" not in line), min_size=1, max_size=4))
@example([" "])
def test_what_is_in_a_fence_stays(lines: list[str]) -> None:
    written = "\n".join(["text", "", "```", *lines, "```", "", "text"])
    assert contents(safe_markdown(written), "fence") == ["\n".join([*lines, ""])]


@settings(max_examples=examples(200))
@given(code.filter(lambda text: "`" not in text))
def test_what_is_in_a_code_span_stays(text: str) -> None:
    written = f"before `{text}` after"
    assert contents(safe_markdown(written), "code_inline") == contents(written, "code_inline")


@settings(max_examples=examples(200))
@given(st.text("abc def\n.,!?中文。", max_size=200))
def test_plain_prose_is_not_touched(prose: str) -> None:
    assert safe_markdown(prose) == dedent(prose).strip()


@settings(max_examples=examples(200))
@given(st.lists(st.tuples(st.text("ab 中.", min_size=1), code), max_size=4))
def test_the_parts_are_what_the_answer_was_made_of(pieces: list[tuple[str, str]]) -> None:
    pieces = [(f"p{prose}", line) for prose, line in pieces if not line.lstrip().startswith("`")]
    answer = "\n".join(f"{prose}\n```py\n{line}\n```" for prose, line in pieces)
    assert [(part.kind, part.text) for part in parts(answer)] == [
        made for prose, line in pieces for made in (("text", prose), ("code", line))
    ]
