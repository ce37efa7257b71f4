"""Comparisons as files: nothing acts, nothing leaks, nothing is missing."""

import csv
import io
import re
import zipfile
from html import escape, unescape
from typing import Any

from components.chat.store import NewImage
from components.compare.export import (
    comparison_csv,
    comparison_html,
    comparison_markdown,
    comparison_zip,
)
from components.compare.store import Accepted
from components.i18n.sentence import sentence
from tests.unit.chat.pictures import picture
from tests.unit.compare.cells import cell, comparison, logged

EVIL = '=1+1 <img src="https://evil.test/x.png"> ![x](https://evil.test/y.png)'
KEY = "sk-canary-4f9a71c2e8b35d60"


def image_of(image_hash: str) -> NewImage | None:
    kept = NewImage(image_hash, picture(8, 8), "image/png", b"")
    return kept if image_hash.startswith("A") else None


def whole(**other: Any) -> Any:
    asked = comparison(
        2, ("one", "two"), title=EVIL, accepted=(Accepted(0, "42"),), questions=(EVIL,), **other
    )
    cells = [
        cell("42", "A"),
        cell(EVIL, "A", column=1, model_answered="two-2026"),
        cell("", "B", "failed", code="quota", error_data={"host": "h", "model": "m"}, cost=None),
        cell(f"the key is {KEY}", "B", column=1),
    ]
    return logged(asked, *cells)


def test_csv_has_a_row_per_cell_and_no_formula() -> None:
    text = b"".join(comparison_csv(whole(), [KEY])).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["images"], row["model"], row["right"]) for row in rows] == [
        ("A", "one", "yes"),
        ("A", "two", "no"),
        ("B", "one", ""),
        ("B", "two", "no"),
    ]
    assert rows[1]["answer"].startswith("'=1+1")
    assert rows[0]["question"].startswith("'=1+1")
    assert (rows[0]["cost_usd"], rows[2]["cost_usd"], rows[2]["code"]) == ("0.0026", "", "quota")
    assert rows[0]["judged_by"] == "number"
    assert KEY not in text


def test_html_has_the_images_and_loads_nothing() -> None:
    page = b"".join(comparison_html(whole(), image_of, "en", [KEY])).decode()
    assert page.count("<img ") == 1
    assert "data:image/png;base64," in page
    assert "the image is no longer available" in page
    assert "&lt;img src=" in page
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r'(?:src|href)="https?:', page)
    assert "right" in page
    assert "wrong" in page
    assert KEY not in page


def test_markdown_is_harmless_in_both_languages() -> None:
    for lang, word in (("en", "By model"), ("zh", "按模型汇总")):
        text = comparison_markdown(whole(), lang, [KEY]).decode()
        assert word in text
        assert not re.search(r"(?<!\\)(?:!\[x\]|<img)", text)
        assert KEY not in text


def test_markdown_has_a_table_where_answers_are_figures() -> None:
    asked = comparison(2, ("one",))
    text = comparison_markdown(logged(asked, cell("3"), cell("four", "B")), "en").decode()
    assert "| A | 3 |" in text
    assert "| B | 4 |" in text


def test_the_zip_holds_all_of_it_and_the_images() -> None:
    packed = b"".join(comparison_zip(whole(), image_of, "zh", [KEY]))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        text = archive.read("comparison.md").decode()
        everything = b"".join(archive.read(name) for name in names)
    image = f"images/{'A' * 64}.png"
    assert names == [image, "comparison.csv", "comparison.md", "comparison.html"]
    assert f"]({image})" in text
    assert KEY.encode() not in everything


def test_rounds_and_unfinished_cells_are_told() -> None:
    asked = comparison(1, ("one",), repeats=2)
    cells = [cell("yes", repeat=1), cell("half", state="interrupted", repeat=2)]
    text = comparison_markdown(logged(asked, *cells), "en").decode()
    assert "round 1" in text
    assert "interrupted" in text


def test_a_failure_says_why_in_words() -> None:
    data = {"host": "h", "model": "m"}
    for lang in ("en", "zh"):
        said = sentence(lang, "quota", data)[0]
        page = b"".join(comparison_html(whole(), image_of, lang)).decode()
        assert escape(said) in page
