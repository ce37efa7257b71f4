"""`python -m components.cases grade`."""

import io
import json
from pathlib import Path

import pytest

from components.cases.command import main

CASES = [
    {"grader": "number", "value": "8", "answer": "八只"},
    {"grader": "anls", "any": ["Golden Gate"], "answer": "Golden Gat"},
    {"id": "both", "expect": [{"grader": "exact", "value": "a"}], "answer": "b"},
    {"grader": "date", "value": "2024-04-03", "answer": "3/4/2024"},
]


def run(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(["grade", *words], out, err)
    return code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("kind", ["cases", "list", "lines"])
def test_each_answer_has_verdict_score_and_why(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "answers.json"
    lines = "\n".join(map(json.dumps, CASES))
    whole = json.dumps({"cases": CASES} if kind == "cases" else CASES)
    file.write_text(lines if kind == "lines" else whole, "utf-8")
    code, out, _ = run(str(file), "--json", "--lang", "en")
    told = json.loads(out)
    assert code == 0
    assert [case["verdict"] for case in told["cases"]] == ["right", "right", "wrong", "unsure"]
    assert told["cases"][1]["score"] == pytest.approx(10 / 11)
    assert told["cases"][2]["why"] == "The answer isn't “a”."
    assert told["totals"] == {"right": 2, "wrong": 1, "unsure": 1}
    code, out, _ = run(str(file), "--lang", "zh")
    assert (code, out.splitlines()[0]) == (0, "1: 正确 · 回答说的是 8。")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b"[]",
        b"\xff\xfe",
        b'[{"answer": "a"}]',
        b'[{"grader": "python", "answer": "a"}]',
        b'[{"grader": "exact", "answer": "a"}]',
        b'[{"grader": "exact", "value": "a", "answer": 3}]',
        b'{"grader": "exact", "value": "a", "answer": "a"}\n{',
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_graded_ends_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(content)
    code, out, err = run(str(file))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_file_that_is_not_there() -> None:
    assert run("/nowhere/answers.json")[0] == 2
