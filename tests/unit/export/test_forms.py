"""Exports for reading, for training and for spreadsheets."""

import base64
import csv
import io
import json
import re
from dataclasses import replace
from html import unescape

import pytest

from components.export import ImageOf, chat_jsonl, html_page, markdown_zip, usage_csv
from components.export.harmless import harmless
from components.export.pictures import file_name
from db.store import Store
from tests.unit.export.make import BLUE, RED, conversations, joined
from tests.unit.export.unzipped import files

EVIL = '![x](https://evil.example/a.png) <img src="https://evil.example/b.png" onerror="x()">'


def test_markdown_comes_with_its_images_under_names_of_ours(
    store: Store, image_of: ImageOf
) -> None:
    found = files(joined(markdown_zip(conversations(store), image_of, "zh")))
    red, blue = f"images/{file_name(RED)}", f"images/{file_name(BLUE)}"
    assert set(found) == {"conversation-0001.md", "conversation-0002.md", red, blue}
    assert (found[red], found[blue]) == (RED.content, BLUE.content)
    assert all(re.fullmatch(r"[a-z]+[-/][0-9a-f]+\.[a-z]+", name) for name in found)
    text = found["conversation-0001.md"].decode()
    assert f"![]({red})" in text
    assert "一只**橘猫**" in text
    assert "&lt;b>So?" in text
    assert text.startswith("# 图里有什么\n")
    assert text.index("图里有什么？") < text.index("橘猫") < text.index("And this?")


def test_an_image_that_two_conversations_show_is_packed_once(
    store: Store, image_of: ImageOf
) -> None:
    one = conversations(store)[0]
    found = files(joined(markdown_zip([one, replace(one, id="x")], image_of, "en")))
    assert len([name for name in found if name.startswith("images/")]) == 2


@pytest.mark.parametrize(
    "markdown",
    [
        EVIL,
        f"\\{EVIL}",
        f"`{EVIL}`",
        f"> ```\n{EVIL}\n```",
        f"- ```\n{EVIL}",
        f"   ```\n{EVIL}\n   ```",
        f"<pre>\n```\n</pre>\n```\n{EVIL}",
        f"```\ncode\n```\n{EVIL}",
        f"````\n```\n````\n{EVIL}",
        f"```\ncode\n   ```\t\n{EVIL}",
        f"```a`b\n{EVIL}",
        "![x][ref]\n\n[ref]: https://evil.example/a.png",
        "![[https://evil.example/a.png]]",
        f"~~~\nx\n~~~\r{EVIL}",
    ],
)
def test_markdown_from_a_model_has_no_image_and_no_tag_outside_of_code(markdown: str) -> None:
    lines = harmless(markdown).split("\n")
    outside = []
    fence = ""
    for line in lines:  # fences at the start of a line, as CommonMark has them
        opened = re.match(r"(`{3,})[^`]*$|(~{3,})", line)
        if fence and re.fullmatch(rf" {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*", line):
            fence = ""
        elif not fence and opened:
            fence = opened[1] or opened[2]
        elif not fence:
            outside.append(line)
    rest = "\n".join(outside)
    assert "![" not in rest
    assert not re.search(r"<[a-z/!?]", rest)
    assert "evil" in rest


def test_code_stays_as_it_is_and_an_open_fence_is_closed() -> None:
    code = '```html\n<img src="a.png">\n![x](y)\n```\n\na < b'
    assert harmless(code) == code
    assert harmless("```\nx") == "```\nx\n```"


def test_one_html_file_holds_its_images_and_loads_and_runs_nothing(
    store: Store, image_of: ImageOf
) -> None:
    one = conversations(store)[0]
    answer = one.messages[1]
    spoilt = replace(
        one,
        title=f"<script>alert(1)</script>{EVIL}",
        messages=(
            replace(one.messages[0], images=(replace(one.messages[0].images[0], name='"><x>'),)),
            replace(answer, text=f"</div><script>x</script>{EVIL}"),
            *one.messages[2:],
        ),
    )
    page = joined(html_page([spoilt], image_of, "zh")).decode()
    assert set(re.findall(r"<([a-z0-9]+)", page)) == {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "figure"),
        *("figcaption", "img", "div"),
    }
    sources = re.findall(r'src="([^"]*)"', page.replace("&quot;", "'"))
    data = [base64.b64decode(s.split(",")[1]) for s in sources if s.startswith("data:image/")]
    assert data == [RED.content]
    assert len(sources) == len(data)
    assert "default-src 'none'; img-src data:;" in unescape(page)
    assert " on" not in "".join(re.findall(r"<[^>]*>", page.split("</style>")[1])).lower()


def test_answers_are_read_in_exports_as_they_are_on_the_page(
    store: Store, image_of: ImageOf
) -> None:
    one = conversations(store)[0]
    answer = replace(one.messages[1], text="关于**“甲”**的 1920*1080，3*4 `5*6*7` *so*\n\nשלום")
    told = replace(one, messages=(one.messages[0], answer))
    page = joined(html_page([told], image_of, "en")).decode()
    shown = '<p dir="auto">关于<strong>“甲”</strong>的 1920*1080，3*4 <code dir="ltr">5*6*7</code>'
    assert f"{shown} <em>so</em></p>" in page
    assert '<p dir="auto">שלום</p>' in page
    text = files(joined(markdown_zip([told], image_of, "en")))["conversation-0001.md"].decode()
    assert "的 1920\\*1080，3\\*4 `5*6*7` *so*" in text


def test_a_conversation_is_a_line_of_chat_messages(store: Store, image_of: ImageOf) -> None:
    lines = joined(chat_jsonl(conversations(store), image_of)).decode().splitlines()
    first, second = [json.loads(line)["messages"] for line in lines]
    assert [m["role"] for m in first] == ["system", "user", "assistant", "user", "assistant"]
    parts = first[1]["content"]
    assert [p["type"] for p in parts] == ["image_url", "image_url", "text"]
    sent = parts[0]["image_url"]
    assert base64.b64decode(sent["url"].removeprefix("data:image/png;base64,")) == RED.content
    assert sent["detail"] == "high"
    assert parts[2]["text"] == "图里有什么？"
    assert [m["content"] for m in second[1:]] == ["Hello", "Hi"]


def test_a_conversation_without_an_answer_makes_no_line(store: Store, image_of: ImageOf) -> None:
    one = conversations(store)[1]
    asked = replace(one, messages=one.messages[:1])
    assert joined(chat_jsonl([asked], image_of)) == b""


def test_the_table_of_usage_has_a_row_for_every_try(store: Store) -> None:
    raw = joined(usage_csv(conversations(store)))
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [r["attempt_id"] for r in rows] == ["t1", "t1b", "t2", "t3", "t9"]
    assert [r["cost_usd"] for r in rows] == ["0.0000001", "0.0012", "", "", ""]
    assert rows[3]["input_tokens"] == "5"
    assert rows[0]["title"] == "图里有什么"


@pytest.mark.parametrize(
    "risky",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", '=HYPERLINK("x")'],
)
def test_no_cell_is_a_formula(store: Store, risky: str) -> None:
    one = conversations(store)[1]
    attempt = one.messages[1].attempt
    assert attempt
    message = replace(one.messages[1], attempt=replace(attempt, endpoint=risky, model=risky))
    raw = joined(usage_csv([replace(one, title=risky, messages=(message,))]))
    (row,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert [row[name] for name in ("title", "endpoint", "model")] == [f"'{risky}"] * 3
