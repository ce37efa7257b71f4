"""What a file means: its questions, its graders, its finished runs."""

from pathlib import Path
from typing import Any

import pytest

from components.cases.case import Case, CaseSet, Image, Message, Text
from components.cases.formats import write
from components.cases.formats.promptfoo_asserts import grader as of_assert
from components.cases.formats.promptfoo_asserts import of_cell, to_assert, to_cell
from tests.unit.cases.formats.written import (
    BLUE,
    HOSTED,
    INSPECT,
    INSPECT_CSV,
    OPENAI,
    PROMPTFOO,
    PROMPTFOO_CSV,
    RED,
    VLM,
    codes,
    data_of,
    put,
    read_at,
)


def test_hosted_evals_are_one_set_with_their_answers(tmp_path: Path) -> None:
    found = read_at(put(tmp_path, HOSTED))
    cases = found.cases
    assert (cases.name, [case.id for case in cases.cases]) == ("colours", ["1", "2"])
    system, user = cases.cases[0].input
    assert (system.role, system.content) == ("developer", (Text("One word."),))
    question, image = user.content
    assert question == Text("Which colour?")
    assert isinstance(image, Image)
    assert (cases.images[image.image], image.detail) == (RED, "high")
    assert cases.cases[0].group == image.image != cases.cases[1].group
    exact, close, code, rubric = cases.cases[1].expect
    assert exact == {"grader": "exact", "value": "blue", "normalise": "none", "name": "exact"}
    assert [close["grader"], code["grader"]] == ["kept", "kept"]
    assert code["verbatim"]["source"].startswith("def grade")
    assert rubric["text"] == "Rate {{sample.output_text}}, blue"
    assert (rubric["judge"], rubric["range"], rubric["at_least"]) == ("gpt-4.1", [1, 7], 5)
    first, second = cases.runs
    assert [(a.case, a.text, a.verdict) for a in first.answers] == [
        ("1", "red", "right"),
        ("2", "green", "wrong"),
    ]
    assert (first.model, first.answers[0].model) == ("gpt-4o", "gpt-4o-2024-11-20")
    assert (first.settings, first.created_at) == ({"temperature": 0}, 1780000100)
    assert [(a.verdict, a.error) for a in second.answers] == [
        ("right", ""),
        ("error", "x: Too slow."),
    ]
    (similarity_free,) = [loss for loss in found.losses if loss.data.get("kind") == "python"]
    assert similarity_free.code == "kept"


def test_rows_that_are_twice_in_a_file_stay_two(tmp_path: Path) -> None:
    rows = [{"item": {"question": "Same?", "label": "yes"}}] * 2
    found = read_at(put(tmp_path, {"i.jsonl": rows}) / "i.jsonl")
    assert len(found.cases.cases) == 2
    made = write(found.cases, "openai_hosted")
    assert data_of("i.jsonl", made.files["i.jsonl"]) == rows


CLASSES: dict[str, dict[str, Any]] = {
    "basic.match:Match": {"grader": "contains", "any": ["red"], "where": "start"},
    "basic.includes:Includes": {"grader": "contains", "any": ["red"], "where": "anywhere"},
    "basic.fuzzy_match:FuzzyMatch": {"grader": "contains", "any": ["red"], "where": "either"},
    "basic.json_match:JsonMatch": {"grader": "json", "schema": {"enum": ["red"]}},
    "modelgraded.classify:ModelBasedClassify": {"grader": "kept"},
}


@pytest.mark.parametrize("kind", CLASSES)
def test_a_class_of_openai_evals_keeps_its_meaning(kind: str, tmp_path: Path) -> None:
    registry = {"x": {"id": "y"}, "y": {"class": f"evals.elsuite.{kind}", "args": {"a": 1}}}
    files = {"registry.yaml": registry, "samples.jsonl": OPENAI["samples.jsonl"][:1]}
    found = read_at(put(tmp_path, files))
    (made,) = found.cases.cases[0].expect
    assert CLASSES[kind].items() <= made.items()
    told = {"Match": "meaning_match", "FuzzyMatch": "meaning_fuzzy", "ModelBasedClassify": "kept"}
    name = kind.partition(":")[2]
    assert codes(found) == ({told[name]} if name in told else set())


def test_samples_without_a_registry_say_so(tmp_path: Path) -> None:
    files = {"s.jsonl": OPENAI["samples.jsonl"]}
    assert codes(read_at(put(tmp_path, files) / "s.jsonl")) == {"class_unknown"}


def test_promptfoo_is_tests_by_prompts_by_values(tmp_path: Path) -> None:
    found = read_at(put(tmp_path, PROMPTFOO))
    cases = found.cases
    assert [case.id for case in cases.cases] == ["1", "2-1", "2-2"]
    question, image = cases.cases[0].input[0].content
    assert question == Text("Which colour?")
    assert isinstance(image, Image)
    assert cases.images[image.image] == RED
    assert [case.input[0].content[0] for case in cases.cases[1:]] == [Text("A?"), Text("B?")]
    contains, sorry, code = cases.cases[0].expect
    assert contains["any"] == ["red", "红"]
    assert (sorry["grader"], sorry["weight"]) == ("not", 2)
    assert (code["grader"], code["kind"]) == ("kept", "javascript")
    equal, edits, pattern = cases.cases[2].expect
    assert equal == {"grader": "json", "schema": {"const": {"a": 1}}}
    assert edits["at_most"] == pytest.approx(3 / 14)
    assert pattern == {"grader": "regex", "value": "^B?$"}
    assert cases.expect == ({"grader": "latency", "at_most": 20000},)
    assert cases.defaults == {"models": ["openai:chat:gpt-4o", "openai:chat:gpt-6-luna"]}
    assert cases.cases[0].metadata == {"kind": "colour"}


def test_a_table_of_promptfoo_says_the_same_as_its_tests(tmp_path: Path) -> None:
    put(tmp_path, {"t.csv": PROMPTFOO_CSV, "images/red.png": RED})
    found = read_at(tmp_path / "t.csv")
    first, second, third = found.cases.cases
    assert first.metadata == {"kind": "colour", "tags": ["easy", "zh,en"]}
    assert first.expect[1] == {
        "grader": "rubric",
        "text": "One word",
        "at_least": 0.8,
        "name": "m",
    }
    assert second.input[0].content == (Text("Two and two?"),)
    assert second.expect[0] == {"grader": "exact", "value": "4", "normalise": "none"}
    assert second.expect[1]["kind"] == "similar"
    assert third.expect[0]["value"] == "-5"


@pytest.mark.parametrize(
    "cell",
    [
        "red",
        "contains-any:a,b",
        r"contains-all:a\,b,c",
        "similar(0.9):x y",
        "is-json",
        "not-is-json",
        "equals:contains:x",
        "not-contains:a: b",
        "llm-rubric:Is it so?",
        "latency(500)",
        "a: b",
    ],
)
def test_a_cell_is_an_assertion_and_back(cell: str) -> None:
    made = of_cell(cell)
    assert of_cell(to_cell(made)) == made
    if cell != "equals:contains:x":
        assert to_cell(made) == cell


@pytest.mark.parametrize(
    "written",
    [
        {"type": "equals", "value": "a"},
        {"type": "not-contains", "value": "a", "metric": "m"},
        {"type": "icontains-all", "value": ["a", "b"]},
        {"type": "starts-with", "value": "a"},
        {"type": "is-json", "value": {"type": "object"}},
        {"type": "contains-json"},
        {"type": "llm-rubric", "value": "x", "threshold": 0.5},
        {"type": "not-llm-rubric", "value": "x", "provider": "openai:chat:gpt-4o"},
        {"type": "is-refusal"},
        {"type": "python", "value": "file://x.py"},
        {"type": "cost", "threshold": 0.01, "weight": 3},
    ],
    ids=lambda written: str(written["type"]),
)
def test_an_assertion_is_a_grader_and_back(written: dict[str, Any]) -> None:
    assert to_assert(of_assert(written)) == written


def test_inspect_looks_at_the_end_and_choices_are_letters(tmp_path: Path) -> None:
    put(tmp_path, {"s.jsonl": INSPECT, "images/red.png": RED})
    found = read_at(tmp_path / "s.jsonl")
    first, second, third = found.cases.cases
    assert first.expect == ({"grader": "contains", "any": ["7", "seven"], "where": "end"},)
    assert (second.id, second.choices) == ("2", ("red, or orange", "blue"))
    assert second.expect == ({"grader": "choice", "value": "B"},)
    assert third.id == "3"
    assert {"meaning_inspect", "kept_key"} == codes(found)


def test_an_empty_cell_of_metadata_is_written_as_a_table(tmp_path: Path) -> None:
    rows = [*INSPECT_CSV, ["Empty?", "x", "a3", ""]]
    made = write(read_at(put(tmp_path, {"s.csv": rows}) / "s.csv").cases, "inspect")
    assert data_of("s.csv", made.files["s.csv"])[3] == ["Empty?", "x", "a3", "{}"]
    assert codes(made) == {"metadata_empty"}


def test_circular_rows_are_one_case(tmp_path: Path) -> None:
    found = read_at(put(tmp_path, {"c.tsv": VLM}) / "c.tsv")
    turned, listed, both, photo = found.cases.cases
    assert turned.expect == ({"grader": "choice", "value": "C", "circular": True},)
    assert turned.choices == ("red", "green", "blue")
    assert listed.expect == ({"grader": "one_of", "values": ["7", "seven"]},)
    images = [found.cases.images[image.image] for image in both.images]
    assert images == [RED, BLUE]
    assert both.input[0].content[-1] == Text("Look.\nBoth?")
    assert len(found.cases.images[next(photo.images).image]) > 131_072
    assert (turned.tags, turned.metadata) == (("attribute",), {"split": "dev"})


def test_rows_that_are_no_rotation_stay_apart(tmp_path: Path) -> None:
    rows = [list(row) for row in VLM]
    rows[3][-3] = "A"  # the second turn names another answer
    found = read_at(put(tmp_path, {"c.tsv": rows}) / "c.tsv")
    assert len(found.cases.cases) == 6
    assert not any("circular" in each for case in found.cases.cases for each in case.expect)


def test_a_case_with_all_rotations_is_written_as_so_many_rows(tmp_path: Path) -> None:
    rows = [
        {
            "id": "c",
            "input": "Which?",
            "choices": ["x", "y", "z"],
            "expect": [{"grader": "choice", "value": "B", "circular": True}],
        }
    ]
    cases = read_at(put(tmp_path, {"cases.jsonl": rows})).cases
    made = write(cases, "vlmevalkit")
    head, *lines = data_of("cases.tsv", made.files["cases.tsv"])
    found = [dict(zip(head, line, strict=True)) for line in lines]
    assert [(r["index"], r["A"], r["answer"]) for r in found] == [
        ("1", "x", "B"),
        ("1000001", "y", "A"),
        ("2000001", "z", "C"),
    ]
    again = read_at(put(tmp_path / "out", dict(made.files)) / "cases.tsv").cases.cases
    assert again[0].expect == cases.cases[0].expect


def test_each_loss_is_a_line_with_its_cases(tmp_path: Path) -> None:
    expect = [{"grader": "iou", "boxes": [[1, 2, 3, 4]]}]
    rows = [{"id": str(n), "input": "Where?", "expect": expect, "tags": ["t"]} for n in range(3)]
    cases = read_at(put(tmp_path, {"cases.jsonl": rows})).cases
    losses = write(cases, "promptfoo").losses
    assert [(x.code, x.cases, dict(x.data)) for x in losses] == [
        ("field", 3, {"field": "tags", "format": "promptfoo"}),
        ("grader", 3, {"grader": "iou", "format": "promptfoo"}),
    ]
    hosted = read_at(put(tmp_path / "hosted", HOSTED)).cases
    told = {x.code: x for x in write(hosted, "promptfoo").losses}
    assert told["runs"].data["n"] == 2


def test_a_rubric_of_ours_becomes_a_judge_of_hosted_evals_and_comes_back(tmp_path: Path) -> None:
    rubric = {"grader": "rubric", "text": "Names a colour.", "judge": "gpt-4o"}
    rated = {**rubric, "range": [1, 5], "at_least": 4}
    cases = tuple(
        Case(name, (Message("user", (Text(name),)),), expect=(rubric, rated)) for name in "ab"
    )
    made = write(CaseSet("s", cases), "openai_hosted")
    assert [loss.code for loss in made.losses] == ["meaning", "meaning"]
    label, score = data_of("eval.json", made.files["eval.json"])["testing_criteria"]
    assert (label["type"], label["model"]) == ("label_model", "gpt-4o")
    assert label["passing_labels"] == ["right"]
    assert (score["type"], score["range"], score["pass_threshold"]) == ("score_model", [1, 5], 4)
    for name, content in made.files.items():
        (tmp_path / name).write_bytes(content)
    back, again = read_at(tmp_path).cases.cases[0].expect
    assert back["text"] == "Names a colour.\n\n{{sample.output_text}}"
    assert (back["judge"], back["labels"]) == ("gpt-4o", ["right", "wrong", "unsure"])
    assert (again["range"], again["at_least"]) == ([1, 5], 4)
