"""A model's answer as HTML that can only be read."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.markdown import answer_html
from tests.unit.markdown.tricks import TRICKS

ALLOWED = {
    *("p", "br", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th"),
    *("pre", "code", "strong", "em", "del", "blockquote", "div", "a"),
    *("math", "mrow", "mi", "mn", "mo", "msup", "msub", "mfrac", "mtext", "mspace", "mstyle"),
}
# Beside links: none of these is of the answer's choosing.
ATTRIBUTES = {"dir": {"auto", "ltr"}, "rel": {"noopener noreferrer nofollow"}}
MATHS = {
    "xmlns",
    "display",
    "stretchy",
    "form",
    "mathvariant",
    "fence",
    "width",
    "lspace",
    "rspace",
}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.links = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        for name, value in attrs:
            if tag == "a" and name == "href":
                assert value
                self.links += value
                assert value.lower().startswith(("http://", "https://", "mailto:", "#")), value
            elif tag == "ol" and name == "start":
                assert value
                assert value.isdigit()
            elif tag[0] != "m":
                assert value in ATTRIBUTES[name], attrs
            else:
                assert name in MATHS, attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment  # type: ignore[assignment]


def read(answer: str) -> Tags:
    parsed = Tags()
    parsed.feed(answer_html(answer))
    parsed.close()
    assert parsed.open == []
    return parsed


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_makes_an_attribute_but_the_address_of_a_link(trick: str) -> None:
    read(trick.format(spy="https://evil.example"))


@given(st.text(alphabet="<>&\"'`*_#|-+1.) \n\t[]()!$\\abé图", max_size=120))
def test_whatever_is_said_is_closed_and_plain(answer: str) -> None:
    read(answer)


def test_what_models_write_is_readable() -> None:
    made = answer_html(
        "# Found\nTwo **big** cats.\nAnd `a < b`.\n\n1. one\n2. two\n\n"
        "| a | b |\n|---|--:|\n| 1 | <2> |\n\n```python\nx = '<b>'\n```\n- last"
    )
    assert made == (
        '<h4 dir="auto">Found</h4>\n'
        '<p dir="auto">Two <strong>big</strong> cats.<br>And <code dir="ltr">a &lt; b</code>.</p>\n'
        '<ol dir="auto"><li dir="auto">one</li><li dir="auto">two</li></ol>\n'
        '<table><tr><th dir="auto">a</th><th dir="auto">b</th></tr>'
        '<tr><td dir="auto">1</td><td dir="auto">&lt;2&gt;</td></tr></table>\n'
        '<pre dir="ltr"><code>x = &#x27;&lt;b&gt;&#x27;</code></pre>\n'
        '<ul dir="auto"><li dir="auto">last</li></ul>'
    )


def test_italics_formulas_and_links_are_drawn() -> None:
    made = answer_html(
        "*it* $x^2$ [page](https://example.com/?a=1&b=2) https://x.y/z ![i](https://x.y)"
    )
    assert "<em>it</em>" in made
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in made
    assert '<a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer nofollow">' in made
    assert made.count("<a ") == 1
    assert made.endswith("https://x.y/z ![i](https://x.y)</p>")


@pytest.mark.parametrize(
    "tex", ["\\href{javascript:x}{a}", "{" * 500 + "x", "\\frac{", "\\foo{<b>}"]
)
def test_tex_does_no_harm(tex: str) -> None:
    for made in (read(f"$$\n{tex}\n$$"), read(f"so ${tex}$")):
        assert "javascript" not in made.links


@pytest.mark.parametrize("said", ["costs $5 or $10", "US$5–US$10", "价格是$5到10$"])
def test_prices_are_no_formulas(said: str) -> None:
    assert read(said).text == said


def test_lists_and_quotes_in_one_another_stay_what_they_are() -> None:
    made = answer_html("3. a\n   - b\n     - c\n4. d\n\n> - e\n> ```\n> x\n> ```")
    assert made == (
        '<ol dir="auto" start="3"><li dir="auto">a<ul dir="auto"><li dir="auto">b'
        '<ul dir="auto"><li dir="auto">c</li></ul></li></ul></li><li dir="auto">d</li></ol>\n'
        '<blockquote dir="auto"><ul dir="auto"><li dir="auto">e</li></ul>'
        '<pre dir="ltr"><code>x</code></pre></blockquote>'
    )


def test_hebrew_and_arabic_run_from_their_own_side_and_code_does_not() -> None:
    made = answer_html("שלום `a.b()`\n\n- مرحبا\n\n| ا |\n|---|\n| ב |\n\n```\nשלום\n```\n# כותרת")
    assert made.count('dir="auto"') == 6
    assert '<code dir="ltr">a.b()</code>' in made
    assert '<pre dir="ltr">' in made


def test_nothing_that_was_said_is_lost() -> None:
    said = "a * b _c_d | e\n#no heading\n-no item\n[x][y]\n<script>\n**not closed"
    assert read(said).text.replace("\n", "") == said.replace("\n", "")


PIECES = [*("> ", "- ", "1. ", "  ", "\n", "\n\n", "$$\n", "```md\n", "```\n", "| a |\n|-|\n", "x")]


@given(st.lists(st.sampled_from([*PIECES, "**", "*", "$x$", "[a](b)", "\\[", "\\]"]), max_size=30))
def test_whatever_blocks_there_are_they_are_closed(pieces: list[str]) -> None:
    read("".join(pieces))
