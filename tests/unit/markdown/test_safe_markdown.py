"""What an answer becomes before Streamlit draws it."""

import sys

import pytest

from components.markdown import safe_markdown
from tests.unit.markdown.reading import contents, dangers, links
from tests.unit.markdown.tricks import tricks

pytestmark = pytest.mark.conform

SPY = "http://spy.example"


@pytest.mark.parametrize("trick", tricks(SPY))
def test_no_trick_leaves_an_image_html_or_a_foreign_link(trick: str) -> None:
    assert dangers(safe_markdown(trick)) == []


def test_the_parser_does_see_the_dangers_of_the_tricks() -> None:
    unharmed = [trick for trick in tricks(SPY) if not dangers(trick)]
    # formulas, directives and mermaid are Streamlit's; code is code; `!\[` is a link; and a name
    # without its definition is text
    assert len(unharmed) < len(tricks(SPY)) / 3


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![a cup](http://x.y/a.png)", "🖼 [a cup](<http://x.y/a.png>)"),
        ("![](http://x.y)", "🖼 [http\\:\\/\\/x\\.y](<http://x.y>)"),
        ("![a][b]", "🖼 [a][b]"),
        ("![a](data:image/png;base64,AA)", "🖼 [a]\\(`data:image/png;base64,AA`)"),
        ("[a](https://x.y/?a=1&b=2)", "[a](<https://x.y/?a=1&amp;b=2>)"),
        ("[a](mailto:me@x.y)", "[a](<mailto:me@x.y>)"),
        ("[a](#part)", "[a](<#part>)"),
        ("[a](javascript:alert(1))", "[a]\\(`javascript:alert(1)`)"),
        ("[a](//x.y)", "[a]\\(`//x.y`)"),
        ("[a](/history)", "[a]\\(`/history`)"),
        ("[a]: javascript:x", "[a]\\: javascript\\:x"),
        ("<b>bold</b>", "\\<b>bold\\</b>"),
        ("<https://x.y>", "<https://x.y>"),
        ("见https://x.y/a，然后", "见<https://x.y/a>，然后"),
        ("(see https://x.y/a_(b)).", "(see <https://x.y/a_(b)>)."),
    ],
)
def test_images_links_and_html(written: str, shown: str) -> None:
    assert safe_markdown(written) == shown


def test_an_address_means_the_same_after_it_was_rewritten() -> None:
    written = "[a](https://x.y/p(1)?q=a&b=%20#f) [b](<https://x.y/a b>)\n\n[c]: https://x.y/c\n[c]"
    assert links(safe_markdown(written))[:2] == ["https://x.y/p(1)?q=a&b=%20#f", "https://x.y/ab"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("$3.00/M ... = $x + y$", "\\$3.00/M ... = $x + y$"),
        ("US$5 vs 6$", "US\\$5 vs 6\\$"),
        ("costs $3 or $4", "costs \\$3 or \\$4"),
        ("from $5 to 10$", "from \\$5 to 10\\$"),
        ("价格是$5到10$", "价格是\\$5到10\\$"),
        ("$1,000-$2,000", "\\$1,000-\\$2,000"),
        ("$HOME/bin:$PATH", "\\$HOME/bin\\:\\$PATH"),
        ("a \\$5 note", "a \\$5 note"),
        ("$$$", "\\$\\$\\$"),
        ("| $3 | $4 |\n|---|---|\n| $5 | $6 |", "| \\$3 | \\$4 |\n|---|---|\n| \\$5 | \\$6 |"),
    ],
)
def test_prices_stand_as_they_were_written(written: str, shown: str) -> None:
    assert safe_markdown(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("so $x^2$ holds", "so $x^2$ holds"),
        ("$2x + 3$ and $10^{-3}$ and $5$", "$2x + 3$ and $10^{-3}$ and $5$"),
        ("其中$x$是", "其中$x$是"),
        ("\\(a_1\\), \\( b \\)", "$a_1$, $b$"),
        ("\\(\\$5\\)", "$$ \\$5 $$"),
        ("in \\[x = 1\\] words", "in $$x = 1$$ words"),
        ("$$x$$", "$$\nx\n$$"),
        ("$$\na\n- b\n$$", "$$\na\n- b\n$$"),
        ("\\[\na\n= b\n\\]", "$$\na\n= b\n$$"),
        ("\\[ x = 1\n+ y \\]", "$$\nx = 1\n+ y\n$$"),
        ("text:\n\\[ x = 1 \\].\nmore", "text:\n$$\nx = 1.\n$$\nmore"),
        ("1. so\n   \\[\n   x = 1\n   \\]\n2. b", "1. so\n   $$\n   x = 1\n   $$\n2. b"),
        ("> $$\n> x\n> $$", "> $$\n> x\n> $$"),
        ("| a |\n|---|\n| $|x|$ |", "| a |\n|---|\n| $\\vert x\\vert$ |"),
        ("$a<b$", "$a\\lt b$"),
    ],
)
def test_formulas_are_formulas(written: str, shown: str) -> None:
    assert safe_markdown(written) == shown


@pytest.mark.parametrize("written", ["\\[1\\] Smith 2020", "\\[note\\]", "f\\`x", "a\\\nb"])
def test_escapes_that_are_no_formula_stay(written: str) -> None:
    assert safe_markdown(written) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (":red[x] at 10:30", "\\:red[x] at 10:30"),
        (":smile: now", ":color[\\:]smile: now"),
        (":material/home:", ":color[\\:]material/home:"),
        ("a -> b", "a :color[-]> b"),
        ("a <- b", "a \\<:color[-] b"),
        ("x >= 1 -- y", "x \\>:color[=] 1 :color[-]- y"),
        ("::: note", "\\:\\:: note"),
        ("~5 or ~6, ~~gone~~", "\\~5 or \\~6, ~~gone~~"),
    ],
)
def test_additions_of_streamlit_are_text(written: str, shown: str) -> None:
    assert safe_markdown(written) == shown


CODE = "$5 :smile: a -> b <b> ![x](http://x.y/z) \\(x\\) [a](javascript:x) | ~"


@pytest.mark.parametrize(
    "written",
    [
        f"`{CODE}`",
        f"``{CODE} ` ``",
        f"```py\n{CODE}\n```",
        f"~~~\n{CODE}\n~~~",
        f"- one\n\n  ```js\n  {CODE}\n  ```\n- two",
        f"> ```\n> {CODE}\n> ```",
        f"text\n\n    {CODE}",
        f"```\n{CODE}",
    ],
)
def test_code_is_left_as_it_is(written: str) -> None:
    assert safe_markdown(written) == written


def test_a_bar_in_the_code_of_a_table_does_not_end_its_cell() -> None:
    shown = safe_markdown("| a | b |\n|---|---|\n| `x|y` | z |")
    assert contents(shown, "code_inline") == ["x|y"]


def test_a_diagram_is_shown_as_code_since_its_pictures_would_load() -> None:
    assert safe_markdown("```mermaid\nA-->B\n```") == "```\nA-->B\n```"
    assert safe_markdown("```Mermaid.x {a}\nA\n```") == "```\nA\n```"


@pytest.mark.parametrize(
    ("growing", "shown"),
    [
        ("Here they are:\n-", "Here they are:"),
        ("Here they are:\n1.", "Here they are:"),
        ("Here:\n``", "Here:"),
        ("before\n\n```py\nx = 1", "before\n\n```py\nx = 1"),
        ("before\n\n$$\nx = 1", "before\n\n\\$\\$\nx = 1"),
        ("before\n\n\\[\nx = 1", "before\n\n\\[\nx = 1"),
        ("before ![a](http://x.y/", "before 🖼 [a]\\(<http://x.y/>"),
        ("a `b", "a \\`b"),
    ],
)
def test_what_is_not_closed_yet_leaves_the_text_before_it_alone(growing: str, shown: str) -> None:
    assert safe_markdown(growing, growing=True).rstrip() == shown


HEAVY = [
    *("$", "`", "[", "](", "![", "<", "\\(", "\\(`", "\\[", "$$\n", "\\[\n", "> ", "- ", "$a "),
    *(
        "```md\n",
        "```md\n```\nx",
        "```md\n```a\n```\n",
        "**a",
        "a* ",
        "`a``",
        "[a](",
        '[a](b "',
        ":a",
        "| a |\n|-|\n",
        "```\n",
        "- a\n ",
        "[a]: http://b\n",
    ),
    *("https://", "> \\[\n", "\\[\n> ", "-\n", "www.", "*", "    a\n", "x@y", "&amp;", "\\"),
]


@pytest.mark.parametrize("piece", HEAVY)
def test_four_times_the_text_takes_four_times_the_steps(piece: str) -> None:
    short, long = steps(piece * 500), steps(piece * 2000)
    assert long <= 4.2 * short + 200


def steps(text: str) -> int:
    """Calls made, of Python and of C; the patterns themselves are possessive."""
    count = 0

    def seen(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(seen)
    try:
        safe_markdown(text)
    finally:
        sys.setprofile(None)
    return count
