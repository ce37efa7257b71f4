"""A model's answer as HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.markdown import answer_blocks, answer_html
from tests.unit.markdown.reading import read, read_answer
from tests.unit.markdown.tricks import TRICKS


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_makes_an_attribute_but_the_address_of_a_link(trick: str) -> None:
    read_answer(trick.format(spy="https://evil.example"))


@given(st.text(alphabet="<>&\"'`*_#|-+1.) \n\t[]()!$\\abé图", max_size=120))
def test_whatever_is_said_is_closed_and_plain(answer: str) -> None:
    read_answer(answer)


def test_what_models_write_is_readable() -> None:
    made = answer_html(
        "# Found\nTwo **big** cats.\nAnd `a < b`.\n\n1. one\n2. two\n\n"
        "| a | b |\n|---|--:|\n| 1 | <2> |\n\n```python\nx = '<b>'\n```\n- last"
    )
    assert made == (
        '<div class="answer"><h4 dir="auto">Found</h4>'
        '<p dir="auto">Two <strong>big</strong> cats.<br>And <code dir="ltr">a &lt; b</code>.</p>'
        '<ol dir="auto"><li dir="auto">one</li><li dir="auto">two</li></ol>'
        '<div class="wide"><table><thead><tr>'
        '<th dir="auto">a</th><th dir="auto" align="right">b</th></tr></thead><tbody><tr>'
        '<td dir="auto">1</td><td dir="auto" align="right">&lt;2&gt;</td></tr></tbody></table>'
        '</div><div class="code" dir="ltr"><div class="head"><span>python</span></div><pre><code>'
        '<span class="hl-n">x</span> <span class="hl-o">=</span> '
        "<span class=\"hl-s1\">'&lt;b&gt;'</span></code></pre></div>"
        '<ul dir="auto"><li dir="auto">last</li></ul></div>'
    )


def test_italics_formulas_and_links_are_drawn() -> None:
    made = answer_html(
        "*it* $x^2 = y$ [page](https://example.com/?a=1&b=2) 见https://x.y/z，和 ![i](https://x.y)"
    )
    assert "<em>it</em>" in made
    assert "<msup><mi>x</mi><mn>2</mn></msup><mo>=</mo>" in made
    assert (
        '<a href="https://example.com/?a=1&amp;b=2" target="_blank" '
        'rel="noopener noreferrer nofollow">page</a>'
    ) in made
    assert read(made).links == ["https://example.com/?a=1&b=2"]
    assert read(made).text.strip().endswith("page 见https://x.y/z，和 ![i](https://x.y)")


@pytest.mark.parametrize(
    "tex",
    ["\\href{javascript:x}{a}", "{" * 500 + "x", "\\frac{", "\\foo{<b>}", "\\text{<img src=x>}"],
)
def test_tex_does_no_harm(tex: str) -> None:
    for made in (read_answer(f"$$\n{tex}\n$$"), read_answer(f"so ${tex}$")):
        assert made.links == []


def test_tasks_are_seen_done_or_not() -> None:
    made = answer_html("- [ ] buy *milk*\n- [x] sleep\n- [y] no task\n- [ ]\n\n[x] nor this")
    assert made.count('class="task"') == 2
    assert "☐ buy <em>milk</em>" in made
    assert read(made).text.split("\n") == [
        "☐ buy milk",
        "☑ sleep",
        "[y] no task",
        "[ ]",
        "[x] nor this",
        "",
    ]


def test_lists_and_quotes_in_one_another_stay_what_they_are() -> None:
    made = answer_html("3. a\n   - b\n     - c\n4. d\n\n> - e\n> ```\n> x\n> ```")
    assert made == (
        '<div class="answer"><ol start="3" dir="auto"><li dir="auto">a<ul dir="auto">'
        '<li dir="auto">b<ul dir="auto"><li dir="auto">c</li></ul></li></ul></li>'
        '<li dir="auto">d</li></ol>'
        '<blockquote dir="auto"><ul dir="auto"><li dir="auto">e</li></ul>'
        '<div class="code" dir="ltr"><pre><code>x</code></pre></div></blockquote></div>'
    )


def test_hebrew_and_arabic_run_from_their_own_side_and_code_does_not() -> None:
    made = answer_html("שלום `a.b()`\n\n- مرحبا\n\n| ا |\n|---|\n| ב |\n\n```\nשלום\n```\n# כותרת")
    assert made.count('dir="auto"') == 6
    assert '<code dir="ltr">a.b()</code>' in made
    assert '<div class="code" dir="ltr">' in made


def test_nothing_that_was_said_is_lost() -> None:
    said = "a * b _c_d | e\n#no heading\n-no item\n[x][y]\n<script>\n**not closed"
    assert read_answer(said).text.strip() == said


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
def test_what_is_too_deep_is_text(mark: str) -> None:
    assert "deep" in read_answer(f"{mark * 60}deep").text


PIECES = [*("> ", "- ", "1. ", "  ", "\n", "\n\n", "$$\n", "```md\n", "```\n", "| a |\n|-|\n", "x")]


@given(st.lists(st.sampled_from([*PIECES, "**", "*", "$x$", "[a](b)", "\\[", "\\]"]), max_size=30))
def test_whatever_blocks_there_are_they_are_closed(pieces: list[str]) -> None:
    for block in answer_blocks("".join(pieces)):
        read(block.html)


def test_code_has_its_colours_the_name_of_its_language_and_a_button() -> None:
    (block,) = answer_blocks("```Python {a=1}\ndef f(): pass\n```", copy=("Copy", "Copied"))
    assert block.html.startswith(
        '<div class="code" dir="ltr"><div class="head"><span>Python</span>'
    )
    assert '<button type="button" data-done="Copied">Copy</button>' in block.html.replace(
        'data-done="Copied" type="button"', 'type="button" data-done="Copied"'
    )
    assert '<span class="hl-k">def</span>' in block.html
    assert read(block.html).codes == ["def f(): pass"]
    assert "<button" not in answer_html("```py\nx\n```")


@pytest.mark.parametrize("info", ["brainfuck", "mermaid", "no-such", "<b>", "", "a" * 99])
def test_code_of_other_languages_has_none(info: str) -> None:
    (block,) = answer_blocks(f"```{info}\nA-->B\n```")
    assert "A--&gt;B</code></pre>" in block.html
