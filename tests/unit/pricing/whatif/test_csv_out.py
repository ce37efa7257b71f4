"""Tables out of the calculator: CSV and Markdown."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.pricing.whatif import Row, Scenario, work_out
from components.pricing.whatif.files.csv_in import read_sizes
from components.pricing.whatif.files.csv_out import rows_csv, to_csv
from components.pricing.whatif.files.markdown import to_markdown
from components.text import from_spreadsheet_text, one_line, spreadsheet_text

NAMES = st.text(max_size=20).map(one_line).map(str.strip) | st.sampled_from(["=1+1", "'=1", "-x"])
ROWS = st.lists(
    st.builds(
        Row,
        st.integers(1, 9999),
        st.integers(1, 9999),
        st.integers(1, 50),
        st.sampled_from([None, "low", "high", "auto", "original"]),
        NAMES,
        st.integers(0, 10**9),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_comes_out_with_its_figures() -> None:
    content = rows_csv(work_out(Scenario("gpt-4o", (Row(2048, 4096, 2, name="图.png"),))))
    assert content.startswith(b"\xef\xbb\xbf")  # or Excel shows Chinese as rubbish
    header, row = cells(content)
    found = dict(zip(header, row, strict=True))
    assert (found["name"], found["tokens_each"], found["tokens_total"]) == (
        "图.png",
        "1105",
        "2210",
    )
    assert (found["resized_width"], found["resized_height"]) == ("768", "1536")
    assert (found["detail"], found["counted_detail"]) == ("", "high")


def test_what_is_unknown_is_an_empty_cell() -> None:
    header, row = cells(rows_csv(work_out(Scenario("nobody-knows-it"))))
    assert dict(zip(header, row, strict=True))["tokens_each"] == ""


@given(ROWS)
def test_rows_written_are_read_again(rows: tuple[Row, ...]) -> None:
    assert read_sizes(rows_csv(work_out(Scenario("gpt-4o", rows)))).rows == rows


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_no_cell_is_a_formula(risky: str) -> None:
    assert cells(to_csv(["a", risky], [[risky, 1]])) == [["a", f"'{risky}"], [f"'{risky}", "1"]]


def test_numbers_are_numbers_even_below_zero() -> None:
    content = to_csv(["saving"], [[Decimal("-1E-7")], [-5], [None]])
    assert cells(content)[1:] == [["-0.0000001"], ["-5"], [""]]


@given(st.text())
def test_a_guarded_text_is_found_again(text: str) -> None:
    assert from_spreadsheet_text(spreadsheet_text(text)) == text


def test_a_table_is_markdown_that_names_cannot_break() -> None:
    table = to_markdown(["name", "n"], [["a|b`c\nd", 5], ["http://x/a|b", None]], right={1})
    assert table.splitlines() == [
        "| name | n |",
        "| --- | ---: |",
        "| a\\|b\\`c d | 5 |",
        "| `http://x/a\\|b` |  |",
    ]
