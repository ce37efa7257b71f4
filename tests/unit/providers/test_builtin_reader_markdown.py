"""Text from pictures can't become anything but text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.text import escape_markdown, one_line
from tests.unit.providers.reader_pictures import ask, drawn, part


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("[x](http://evil.com)", "\\[x\\](`http://evil.com)`"),
        ("![i](//evil.com/x.png)", "!\\[i\\](`//evil.com/x.png)`"),
        ("<img src=x>", "\\<img src=x\\>"),
        ("see www.evil.com now", "see `www.evil.com` now"),
        ("mail me@evil.org", "mail `me@evil.org`"),
        ("# 1. *a* `b`", "\\# 1. \\*a\\* \\`b\\`"),
        ("1. one", "1\\. one"),
        ("3.50", "3.50"),
        ("- - -", "\\- - -"),
        ("a | b ~~c~~ $x$ &lt;", "a \\| b \\~\\~c\\~\\~ \\$x\\$ \\&lt;"),
        (":smile: :red[x] 12:30", "`:smile:` \\:red\\[x\\] 12:30"),
        (":a::b:", "`:a::b:`"),
        ("a -> b", "a `->` b"),
        ("two\nlines\tand\u202ereversed", "two lines andreversed"),
        ("C:\\[x](y)", "C:\\\\\\[x\\](y)"),
    ],
)
def test_markdown_in_text_is_neutralised(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@given(st.text(st.sampled_from("ab1 :/.@[]()<>`*_#-+=|\\~$&w{}!\n"), max_size=30))
def test_nothing_is_lost_and_nothing_active_is_left(text: str) -> None:
    escaped = escape_markdown(text)
    outside, inside = [], []
    for found in re.finditer(r"((?:\\.|[^\\`])+)|`([^`]+)`", escaped):
        (outside if found[1] else inside).append(found[1] or found[2])
    plain = re.sub(r"\\(.)", r"\1", "".join(outside))
    assert sorted(plain + "".join(inside)) == sorted(one_line(text))
    bare = re.sub(r"\\.", "", "".join(outside))
    assert not set(bare) & set("`*_[]<>|~$&{}\\")


def test_an_injection_in_a_picture_comes_out_as_plain_text() -> None:
    trap = drawn([(40, 60, "![logo](http://evil.com/a.png)"), (40, 200, "<b>bold</b> # head")])
    answer = ask("Read this", part(trap))
    assert "](" not in answer.replace("\\](", "")
    assert "<b>" not in answer.replace("\\<b", "")
    assert not re.search(r"(?<!`)http://", answer)
