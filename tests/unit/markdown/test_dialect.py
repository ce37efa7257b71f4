"""What models write beside CommonMark, and what can't be read as they may have meant it."""

import sys

import pytest

from components.markdown import GrowingAnswer, answer_blocks, answer_html
from tests.unit.markdown.reading import read, read_answer


@pytest.mark.parametrize(
    ("written", "shown", "links"),
    [
        ("![a cup](http://x.y/a.png)", "🖼 a cup", ["http://x.y/a.png"]),
        ("![](http://x.y)", "🖼 http://x.y", ["http://x.y"]),
        ("![a][b]", "![a][b]", []),
        ("![a][b]\n\n[b]: http://x.y/", "🖼 a", ["http://x.y/"]),
        ("![a](data:image/png;base64,AA)", "🖼 a (data:image/png;base64,AA)", []),
        ("[![a](http://x.y/i)](http://x.y)", "🖼 a", ["http://x.y"]),
        ("[a](https://x.y/?a=1&b=2)", "a", ["https://x.y/?a=1&b=2"]),
        ("[a](https://x.y/p(1)?q=a&b=%20#f)", "a", ["https://x.y/p(1)?q=a&b=%20#f"]),
        ("[a](mailto:me@x.y)", "a", ["mailto:me@x.y"]),
        ("[a](#part)", "a", ["#part"]),
        ("[*a*](javascript:alert(1))", "[a](javascript:alert(1))", []),
        ("[a](java&#115;cript:x)", "[a](javascript:x)", []),
        ("[a](//x.y)", "[a](//x.y)", []),
        ("[a](/history)", "[a](/history)", []),
        ("[a](https:///x)", "[a](https:///x)", []),
        ("[a]\n\n[a]: javascript:x", "[a](javascript:x)", []),
        ("[a]\n\n[a]: http://x.y 'why'", "a", ["http://x.y"]),
        ("<b>bold</b>", "<b>bold</b>", []),
        ("<https://x.y>", "https://x.y", ["https://x.y"]),
        ("<javascript:x>", "<javascript:x>", []),
        ("见https://x.y/a，然后", "见https://x.y/a，然后", ["https://x.y/a"]),
        ("(see https://x.y/a_(b)).", "(see https://x.y/a_(b)).", ["https://x.y/a_(b)"]),
        ("ahttp://x.y http:/x www.x.y", "ahttp://x.y http:/x www.x.y", []),
        ("[https://x.y/a](https://b.c)", "https://x.y/a", ["https://b.c"]),
    ],
)
def test_images_links_and_html(written: str, shown: str, links: list[str]) -> None:
    made = read_answer(written)
    assert (made.text.strip(), made.links) == (shown, links)


def test_an_address_that_is_not_followed_is_not_long() -> None:
    for written in ("![a](data:image/png;base64,{})", "[a](data:x,{})", "<data:x,{}>"):
        assert len(read_answer(written.format("A" * 5000)).text) < 150


@pytest.mark.parametrize(
    "written",
    [
        *("US$5 vs 6$", "costs $3 or $4", "costs $5 or $10", "from $5 to 10$", "价格是$5到10$"),
        *("$1,000-$2,000", "$HOME/bin:$PATH", "$$$", "US$5–US$10", "$5 (see https://x.y) or 6$"),
    ],
)
def test_prices_are_no_formulas(written: str) -> None:
    made = read_answer(written)
    assert (made.text.strip(), made.formulas) == (written, 0)


def test_prices_in_a_table_and_beside_a_formula() -> None:
    assert read_answer("| $3 | $4 |\n|---|---|\n| $5 | $6 |").formulas == 0
    assert read_answer("$3.00/M ... = $x + y$ \\$5").text.strip() == "$3.00/M ... = x+y $5"


@pytest.mark.parametrize(
    ("written", "formulas"),
    [
        ("so $x^2$ holds", 1),
        ("$2x + 3$ and $10^{-3}$ and $5$", 3),
        ("其中$x$是", 1),
        ("\\(a_1\\), \\( b \\)", 2),
        ("\\(\\$5\\)", 1),
        ("in \\[x = 1\\] words", 1),
        ("$$x$$", 1),
        ("$$\na\n- b\n$$", 1),
        ("\\[\na\n= b\n\\]", 1),
        ("\\[ x = 1\n+ y \\]", 1),
        ("\\[\na \\\\[2pt]\n= b\n\\]", 1),
        ("text:\n\\[ x = 1 \\].\nmore", 1),
        ("1. so\n   \\[\n   x = 1\n   \\]\n2. b", 1),
        ("> $$\n> x\n> $$", 1),
        ("| a |\n|---|\n| $|x|$ |", 1),
        ("$a<b$", 1),
        ("$$\nx\n\ny\n$$", 0),
        ("\\[1\\] Smith 2020", 0),
        ("\\[note\\]", 0),
        ("`$x$`", 0),
        ("    $x$", 1),
        ("text\n\n    $x$", 0),
    ],
)
def test_formulas_are_formulas(written: str, formulas: int) -> None:
    assert read_answer(written).formulas == formulas


def test_signs_of_a_formula_are_signs() -> None:
    assert read_answer("$a < b \\le |c| + \\&$").text.strip() == "a<b≤|c|+&"


CODE = "$5 :smile: a -> b <b> ![x](http://x.y/z) \\(x\\) [a](javascript:x) | ~ 3*4*5"


@pytest.mark.parametrize(
    "written",
    [
        f"`{CODE}`",
        f"``{CODE}``",
        f"```py\n{CODE}\n```",
        f"~~~\n{CODE}\n~~~",
        f"- one\n\n  ```js\n  {CODE}\n  ```\n- two",
        f"> ```\n> {CODE}\n> ```",
        f"text\n\n    {CODE}",
        f"```\n{CODE}",
    ],
)
def test_code_is_left_as_it_is(written: str) -> None:
    assert read_answer(written).codes == [CODE]


def test_a_bar_in_the_code_of_a_table_does_not_end_its_cell() -> None:
    made = read_answer("| a | b |\n|---|---|\n| `x|y` | `` a|`|b `` |\n| `p\\|q` | \\| |")
    assert made.codes == ["x|y", "a|`|b", "p|q"]
    assert read_answer("| a |\n|---|\n| \ue000 `x|y` |").said.count("\ue000") == 1


@pytest.mark.parametrize(
    ("growing", "shown"),
    [
        ("Here they are:\n-", "Here they are:"),
        ("Here they are:\n1.", "Here they are:"),
        ("Here:\n``", "Here:"),
        ("before\n\n```py\nx = 1", "before\npyx = 1"),
        ("before\n\n$$\nx = 1\n- 2", "before\n$$\nx = 1\n- 2"),
        ("before\n\n\\[\nx = 1", "before\n\\[\nx = 1"),
        ("before ![a](http://x.y/", "before ![a](http://x.y/"),
        ("a `b", "a `b"),
    ],
)
def test_what_is_not_closed_yet_leaves_the_text_before_it_alone(growing: str, shown: str) -> None:
    blocks = GrowingAnswer().blocks(growing)
    assert read("".join(block.html for block in blocks)).text.strip() == shown


HEAVY = [
    *("$", "`", "[", "](", "![", "<", "\\(", "\\(`", "\\[", "$$\n", "\\[\n", "> ", "- ", "$a "),
    *("```md\n", "```md\n```\nx", "```md\n```a\n```\n", "**a", "a* ", "`a``", "[a](", '[a](b "'),
    *(":a", "| a |\n|-|\n", "```\n", "- a\n ", "[a]: http://b\n", "https://", "> \\[\n", "\\[\n> "),
    *("-\n", "www.", "*", "    a\n", "x@y", "&amp;", "\\", "[[]", "![a](b)", "|`|`", "$$a", "~~a"),
    *("\\[@\n", "- [ ] a\n", "https://x.y ", "http:", "> ```md\n"),
]


@pytest.mark.parametrize("piece", HEAVY)
def test_four_times_the_text_takes_four_times_the_steps(piece: str) -> None:
    short, long = steps(piece * 400), steps(piece * 1600)
    assert long <= 4.2 * short + 200


def steps(text: str) -> int:
    """Calls made, of Python and of C; the patterns themselves are possessive."""
    count = 0

    def seen(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(seen)
    try:
        answer_blocks(text)
    finally:
        sys.setprofile(None)
    return count


def test_what_no_encoding_has_does_not_raise() -> None:
    assert "a?b" in answer_html("a\ud800b")
    assert "a\ufffdb" in answer_html("a\x00b")
