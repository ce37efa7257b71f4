"""Reports of a run: CSV, HTML, JSON and JUnit XML."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from components.cases.errors import CaseError
from components.cases.report import WRITERS
from components.cases.report.data import read_columns
from components.cases.report.report import Report, report_of
from components.cases.store.runs import StoredRun
from components.chat.store import NewImage
from tests.unit.cases.answered import numbered, ok, stored
from tests.unit.cases.running.making import case, case_set, planned

KEY = "sk-secret-key-of-a-test"


def written(report: Report, kind: str, lang: str = "en") -> bytes:
    return b"".join(WRITERS[kind](report, lang, lambda digest: None))


@pytest.fixture
def report() -> Report:
    run = stored(
        numbered(4),
        {"gpt-4o": [["23", "24"], ["=1+1", "23"], ["!", "23"], ["", ""]]},
        repeats=2,
    )
    return report_of(run)


def test_csv_has_a_row_for_each_answer_and_no_formula(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(written(report, "csv").decode("utf-8-sig"))))
    assert len(rows) == 8
    by_case = {(row["case"], row["repeat"]): row for row in rows}
    assert by_case["c1", "1"]["kind"] == "right"
    assert by_case["c2", "1"]["answer"] == "'=1+1"
    assert by_case["c3", "1"]["kind"] == "error"
    assert by_case["c3", "1"]["cost_usd"] == "0"
    assert by_case["c4", "1"]["kind"] == "unasked"
    assert by_case["c4", "1"]["cost_usd"] == ""


def test_junit_has_a_test_for_each_try(report: Report) -> None:
    root = ET.fromstring(written(report, "xml"))
    (suite,) = root
    assert {k: suite.get(k) for k in ("tests", "failures", "errors", "skipped")} == {
        "tests": "8",
        "failures": "2",
        "errors": "1",
        "skipped": "2",
    }
    names = {test.get("name"): test for test in suite}
    failure = names["c1 #2"].find("failure")
    assert failure is not None
    assert failure.get("message") == "The answer isn't “23”."
    assert failure.text == "24"
    assert names["c3 #1"].find("error") is not None
    assert names["c4 #1"].find("skipped") is not None


def test_what_xml_cannot_hold_is_replaced() -> None:
    run = stored(numbered(1), {"gpt-4o": [["a\x00b\x1b[31m\ud800c]]>"]]})
    root = ET.fromstring(written(report_of(run), "xml"))
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.text == "a\ufffdb\ufffd[31m\ufffdc]]>"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_html_is_one_file_that_loads_and_runs_nothing(report: Report, lang: str) -> None:
    bad = "<script>alert(1)</script><img src=https://evil.example/x>"
    run = stored(case_set(cases=(case(bad),)), {"gpt-4o": [[bad]]})
    html = written(report_of(run), "html", lang).decode()
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert "evil.example/x&gt;" in html
    assert "<img" not in html


def test_html_shows_each_cases_picture() -> None:
    made = planned(case_set(2, image=True))
    answers = tuple(ok(each, "23", "gpt-4o") for each in made.answers)
    report = report_of(StoredRun(made.run, made.snapshot, answers, running=False))
    images = {each.hash: each for each in made.new_images()}

    def image_of(digest: str) -> NewImage | None:
        return images.get(digest)

    html = b"".join(WRITERS["html"](report, "en", image_of)).decode()
    assert html.count('src="data:image/') == 2


def test_json_can_be_a_baseline(report: Report) -> None:
    data = written(report, "json")
    assert json.loads(data)["columns"][0]["kinds"]["right"] == 3
    (column,) = read_columns(data, "r.json")
    assert [each.tries for each in column.cases] == [each.tries for each in report.columns[0].cases]
    assert [each.version for each in column.cases] == [
        each.version for each in report.columns[0].cases
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"format": "tuwen-case-report", "version": 9, "columns": []}', b"\xff"],
)
def test_another_file_is_no_baseline(data: bytes) -> None:
    with pytest.raises(CaseError) as caught:
        read_columns(data, "r.json")
    assert caught.value.code == "case_report"


@pytest.mark.parametrize("kind", WRITERS)
def test_no_key_leaves_in_a_report(kind: str) -> None:
    run = stored(numbered(1), {"gpt-4o": [[f"Your key is {KEY}"]]})
    first = run.answers[0]
    assert first.result
    error = replace(first.result, error_data={"detail": KEY})
    run = replace(run, answers=(replace(first, result=error),))
    assert KEY.encode() not in written(report_of(run, keys=[KEY]), kind)
