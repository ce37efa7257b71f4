"""What is emphasized and what is a sign, in whole answers and in those that grow."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.markdown import GrowingAnswer
from tests.support.fuzzing import examples
from tests.unit.markdown.reading import read, read_answer

Way = Callable[[str], str]


def whole(answer: str) -> str:
    return read_answer(answer).said.strip()


def growing(answer: str) -> str:
    """A letter at a time."""
    grown = GrowingAnswer()
    blocks = [grown.blocks(answer[:end]) for end in range(len(answer) + 1)][-1]
    return read("".join(block.html for block in blocks)).said.strip()


ways = pytest.mark.parametrize("way", [whole, growing])

SIGNS = [
    "原图尺寸为1920*1080，压缩后为1024*768。",
    "3*4=12 and 5*6=30",
    "1920像素*1080像素，100像素*50像素",
    "w*h and w*h*d",
    "(a+b)*(c+d) and (e)*(f)",
    "2*x+3*y, 0.5*.5 and 3*-4",
    "π*r and 4*π",
    "2**10 and 3**2, x**2 + y**2",
    "5 * 6 * 7",
    "*.png and *.jpg",
    "a_b_c and snake_case_name",
]
EMPHASIZED = [
    (
        "AI在**“工具性智能”**或**“特定任务智能”**方面",
        "AI在<b>“工具性智能”</b>或<b>“特定任务智能”</b>方面",
    ),
    ("在**「测试」**与**（备注）**上", "在<b>「测试」</b>与<b>（备注）</b>上"),
    ("**归纳数据类型（inductive datatype）**是", "<b>归纳数据类型（inductive datatype）</b>是"),
    ("**价格：**100元", "<b>价格：</b>100元"),
    ("**価格（税込）**は", "<b>価格（税込）</b>は"),
    ("**스크립트(script)**라고", "<b>스크립트(script)</b>라고"),
    ("**100%**的", "<b>100%</b>的"),
    ("这是*重点*内容", "这是<i>重点</i>内容"),
    ("*“重点”*内容", "<i>“重点”</i>内容"),
    ("***both***的", "<i><b>both</b></i>的"),
    ("*italic* **bold** _it_ __b__", "<i>italic</i> <b>bold</b> <i>it</i> <b>b</b>"),
    ("**5**th, **2**x, un**believ**able", "<b>5</b>th, <b>2</b>x, un<b>believ</b>able"),
    ("*cat*s and re*write* it", "<i>cat</i>s and re<i>write</i> it"),
    ("*Note: 3*4 = 12*", "<i>Note: 3*4 = 12</i>"),
    ("**1920*1080**", "<b>1920*1080</b>"),
    ("**尺寸：1920*1080**，**1024*768**", "<b>尺寸：1920*1080</b>，<b>1024*768</b>"),
    ("\\*not\\* *a\\*b*", "*not* <i>a*b</i>"),
    ("**open and 3*4", "**open and 3*4"),
    ("`3*4*5` and `**x**`", "3*4*5 and **x**"),
    ("~~gone~~ and ~5", "<d>gone</d> and ~5"),
    ("[*a*“b”](https://x.y)", "<i>a</i>“b”"),
    ("# 关于**“甲”**的", "关于<b>“甲”</b>的"),
    ("- 关于**“甲”**的", "关于<b>“甲”</b>的"),
    ("> 关于**“甲”**的", "关于<b>“甲”</b>的"),
]


@ways
@pytest.mark.parametrize("written", SIGNS)
def test_a_sign_between_operands_stays_where_it_is(way: Way, written: str) -> None:
    assert way(written) == written


@ways
@pytest.mark.parametrize(("written", "shown"), EMPHASIZED)
def test_emphasis_needs_no_space_beside_chinese_japanese_and_korean(
    way: Way, written: str, shown: str
) -> None:
    assert way(written) == shown


@ways
def test_cells_of_a_table_are_read_each_for_itself(way: Way) -> None:
    shown = way("| a*b | c*d |\n|---|---|\n| 关于**“甲”**的 | 3*4 |\n| *x | y* |")
    assert "".join(shown.split()) == "a*bc*d关于<b>“甲”</b>的3*4*xy*"


@settings(max_examples=examples(300))
@given(st.text(alphabet="*_ab1 中，“”(", max_size=30))
def test_whatever_is_not_emphasized_stands_as_it_was_written(written: str) -> None:
    said = whole(f"x {written}").replace("</", "<")
    letters = re.sub(r"[*_]|<[bi]>", "", said)
    assert letters.split() == re.sub(r"[*_]", "", f"x {written}").split()
