"""Whatever a model writes: nothing raises, no image, and code is as it was."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.markdown import GrowingAnswer, answer_blocks, check_json, sandboxed
from tests.support.fuzzing import examples
from tests.unit.markdown.reading import read, read_answer
from tests.unit.markdown.tricks import tricks

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
    blocks = GrowingAnswer().blocks(answer) if growing else answer_blocks(answer)
    for block in blocks:
        read(block.html)  # it asserts


@settings(max_examples=examples(200))
@given(anything)
def test_nothing_raises(answer: str) -> None:
    answer_blocks(answer)
    check_json(answer)
    assert sandboxed(answer)


@settings(max_examples=examples(200))
@given(
    st.lists(code.filter(lambda line: "```" not in line), min_size=1, max_size=4),
    st.sampled_from(["", "python", "json", "js", "html", "bash", "sql", "c++", "diff", "yaml"]),
)
@example([" "], "")
def test_what_is_in_a_fence_stays(lines: list[str], language: str) -> None:
    written = "\n".join(["text", "", f"```{language}", *lines, "```", "", "text"])
    (fence,) = (block for block in answer_blocks(written) if block.kind != "prose")
    assert fence.text == "\n".join(lines)
    assert read(fence.html).codes == ["\n".join(lines)]


@settings(max_examples=examples(200))
@given(code.filter(lambda text: "`" not in text))
def test_what_is_in_a_code_span_stays(text: str) -> None:
    inner = text[1:-1] if text.strip(" ") and text[0] == text[-1] == " " != text else text
    assert read_answer(f"before `{text}` after").codes == [inner]


@settings(max_examples=examples(200))
@given(st.text("abc def\n.,!?中文。", max_size=200))
def test_plain_prose_is_not_touched(prose: str) -> None:
    assert read_answer(f"x{prose}").text.split() == f"x{prose}".split()


@settings(max_examples=examples(200))
@given(st.lists(st.tuples(st.text("ab 中.", min_size=1), code), max_size=4))
def test_the_blocks_are_what_the_answer_was_made_of(pieces: list[tuple[str, str]]) -> None:
    pieces = [(f"p{prose}", line) for prose, line in pieces if not line.lstrip().startswith("`")]
    answer = "\n".join(f"{prose}\n```py\n{line}\n```" for prose, line in pieces)
    assert [
        (b.kind, read(b.html).text.strip() if b.kind == "prose" else b.text)
        for b in answer_blocks(answer)
    ] == [made for prose, line in pieces for made in (("prose", prose.strip()), ("code", line))]
