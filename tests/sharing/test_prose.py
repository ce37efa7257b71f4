"""A model's answer as HTML that can only be read."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.sharing.prose import prose
from tests.markdown.tricks import TRICKS

ALLOWED = {
    *("p", "br", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th"),
    *("pre", "code", "strong"),
}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        assert not attrs, attrs
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
    parsed.feed(prose(answer))
    parsed.close()
    assert parsed.open == []
    return parsed


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_makes_a_tag_with_an_attribute(trick: str) -> None:
    read(trick.format(spy="https://evil.example"))


@given(st.text(alphabet="<>&\"'`*_#|-+1.) \n\t[]()!$\\abé图", max_size=120))
def test_whatever_is_said_is_closed_and_plain(answer: str) -> None:
    read(answer)


def test_what_models_write_is_readable() -> None:
    made = prose(
        "# Found\nTwo **big** cats.\nAnd `a < b`.\n\n1. one\n2. two\n\n"
        "| a | b |\n|---|--:|\n| 1 | <2> |\n\n```python\nx = '<b>'\n```\n- last"
    )
    assert made == (
        "<h4>Found</h4>\n<p>Two <strong>big</strong> cats.<br>And <code>a &lt; b</code>.</p>\n"
        "<ol><li>one</li><li>two</li></ol>\n"
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>&lt;2&gt;</td></tr></table>\n"
        "<pre><code>x = &#x27;&lt;b&gt;&#x27;</code></pre>\n<ul><li>last</li></ul>"
    )


def test_nothing_that_was_said_is_lost() -> None:
    said = "a * b _c_ | d\n#no heading\n-no item\n![x](y)\n<script>"
    assert read(said).text.replace("\n", "") == said.replace("\n", "")
