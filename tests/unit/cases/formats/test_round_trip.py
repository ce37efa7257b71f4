"""In and out in one format is the same data, also by way of our own bundle."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from components.cases.case import Case, Image, Message, Text
from components.cases.formats import WRITTEN, write
from tests.unit.cases.formats.written import (
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
    through_a_bundle,
)

_IMAGE = {"images/red.png": RED}
_TESTS = PROMPTFOO["promptfooconfig.yaml"]["tests"]
_ELSEWHERE = {**PROMPTFOO["promptfooconfig.yaml"], "tests": ["file://more.csv", _TESTS[0]]}
# (format, files, the file that is named; None for the folder)
SETS: dict[str, tuple[str, dict[str, Any], str | None]] = {
    "openai, folder": ("openai_evals", OPENAI, None),
    "openai, registry": ("openai_evals", OPENAI, "registry.yaml"),
    "openai, samples": ("openai_evals", {"s.jsonl": OPENAI["samples.jsonl"]}, "s.jsonl"),
    "hosted, folder": ("openai_hosted", HOSTED, None),
    "hosted, one": ("openai_hosted", {"e.json": HOSTED["eval_1.json"]}, "e.json"),
    "hosted, rows": ("openai_hosted", {"i.jsonl": HOSTED["files/items.jsonl"]}, "i.jsonl"),
    "promptfoo": ("promptfoo", PROMPTFOO, None),
    "promptfoo, json": (
        "promptfoo",
        {**PROMPTFOO, "c.json": PROMPTFOO["promptfooconfig.yaml"]},
        "c.json",
    ),
    "promptfoo, list": ("promptfoo", {"t.yaml": _TESTS, **_IMAGE}, "t.yaml"),
    "promptfoo, jsonl": ("promptfoo", {"t.jsonl": _TESTS, **_IMAGE}, "t.jsonl"),
    "promptfoo, csv": ("promptfoo", {"t.csv": PROMPTFOO_CSV, **_IMAGE}, "t.csv"),
    "promptfoo, mixed": (
        "promptfoo",
        {**PROMPTFOO, "promptfooconfig.yaml": _ELSEWHERE, "more.csv": PROMPTFOO_CSV},
        "promptfooconfig.yaml",
    ),
    "inspect, jsonl": ("inspect", {"s.jsonl": INSPECT, **_IMAGE}, "s.jsonl"),
    "inspect, json": ("inspect", {"s.json": INSPECT, **_IMAGE}, "s.json"),
    "inspect, csv": ("inspect", {"s.csv": INSPECT_CSV}, "s.csv"),
    "vlmevalkit": ("vlmevalkit", {"c.tsv": VLM}, "c.tsv"),
}
each_set = pytest.mark.parametrize("which", SETS)


@each_set
@pytest.mark.parametrize("bundled", [False, True], ids=["at once", "by a bundle"])
def test_in_and_out_is_the_same_data(which: str, bundled: bool, tmp_path: Path) -> None:
    name, files, main = SETS[which]
    folder = put(tmp_path / "in", files)
    found = read_at(folder / main if main else folder)
    assert found.format == name
    if bundled:
        came = found.cases
        found = through_a_bundle(found, tmp_path / "bundle")
        assert found.cases == came
    made = write(found.cases, name)
    assert not {"rewritten", "hosted_changed"} & codes(made)
    missing = {n for n in files if not n.startswith("images/")} - set(made.files)
    assert missing <= {"promptfooconfig.yaml"}  # where another file of the folder was named
    for each, content in made.files.items():
        original = data_of(each, (folder / each).read_bytes())
        assert data_of(each, content) == original, each


@each_set
def test_a_set_can_be_written_in_every_format(which: str, tmp_path: Path) -> None:
    """And read again, as many cases as there were, each with its images and its words."""
    _, files, main = SETS[which]
    folder = put(tmp_path / "in", files)
    cases = read_at(folder / main if main else folder).cases
    for name in WRITTEN:
        made = write(cases, name)
        again = put(tmp_path / name, {**made.beside, **made.files})
        only = next(iter(made.files)) if len(made.files) == 1 else ""
        found = read_at(again / only, name=name.partition("-")[0]).cases
        assert len(found.cases) == len(cases.cases), name
        for one, other in zip(cases.cases, found.cases, strict=True):
            assert words(one) <= words(other), name
            mine = [cases.images[image.image] for image in one.images]
            assert mine == [found.images[image.image] for image in other.images], name


def words(case: Case) -> set[str]:
    parts = (part for message in case.input for part in message.content)
    return {word for part in parts if isinstance(part, Text) for word in part.text.split()}


CHANGES: dict[str, dict[str, Any]] = {
    "graders": {"expect": ({"grader": "exact", "value": "purple", "normalise": "none"},)},
    "question": {"input": (Message("user", (Text("Quite another question?"),)),)},
    "image": {"input": (Message("user", (Text("Which colour?"), Image("images/new.png"))),)},
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("which", [each for each in SETS if SETS[each][0] != "openai_hosted"])
def test_a_change_made_here_is_in_the_file(which: str, change: str, tmp_path: Path) -> None:
    """Never the old row: what is read again is the case as it is now."""
    name, files, main = SETS[which]
    folder = put(tmp_path / "in", files)
    cases = read_at(folder / main if main else folder).cases
    changed = dataclasses.replace(cases.cases[0], choices=(), **CHANGES[change])
    new = dataclasses.replace(
        cases,
        cases=(changed, *cases.cases[1:]),
        images={**cases.images, "images/new.png": RED},
    )
    made = write(new, name)
    again = put(tmp_path / "out", {**made.beside, **made.files})
    only = next(iter(made.files)) if len(made.files) == 1 else ""
    found = read_at(again / only, name=name)
    case = found.cases.cases[0]
    assert len(found.cases.cases) == len(cases.cases)
    if change == "graders":
        assert "purple" in str(case.expect)
    else:
        assert words(changed) <= words(case)
        assert len(list(case.images)) == len(list(changed.images))


def test_a_row_of_hosted_evals_that_was_changed_here_is_told_of(tmp_path: Path) -> None:
    cases = read_at(put(tmp_path, HOSTED)).cases
    changed = dataclasses.replace(cases.cases[0], **CHANGES["question"])
    made = write(dataclasses.replace(cases, cases=(changed, *cases.cases[1:])), "openai_hosted")
    (told,) = [loss for loss in made.losses if loss.code == "hosted_changed"]
    assert told.cases == 1


def test_cases_that_were_removed_are_not_in_the_file(tmp_path: Path) -> None:
    for which, (name, files, main) in SETS.items():
        folder = put(tmp_path / which, files)
        cases = read_at(folder / main if main else folder).cases
        made = write(dataclasses.replace(cases, cases=cases.cases[:1]), name)
        again = put(tmp_path / f"{which} again", {**made.beside, **made.files})
        only = next(iter(made.files)) if len(made.files) == 1 else ""
        found = read_at(again / only, name=name).cases
        # A finished run of hosted evals is kept whole, with the rows that it asked.
        assert len(found.cases) == (2 if any(run.answers for run in cases.runs) else 1), which


def test_our_own_lines_keep_what_we_do_not_know(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "input": "Plain?", "expect": [{"grader": "exact", "value": "x"}], "new": [1]},
        {"id": 7, "input": [{"role": "user", "content": "Text"}], "tags": [], "expect": []},
        {
            "id": "img",
            "input": [
                {
                    "role": "user",
                    "content": [
                        {"type": "image", "image": "images/red.png", "as_is": True, "box": [1, 2]},
                        {"type": "image", "image": "https://example.com/x.png"},
                    ],
                }
            ],
            "expect": [{"grader": "number", "value": "7", "weight": 2}],
            "repeats": 3,
            "extra": {"promptfoo": {"a": 1}},
            "source": {"kind": "conversation", "marked": "right"},
        },
    ]
    folder = put(tmp_path / "in", {"cases.jsonl": rows, **_IMAGE})
    found = read_at(folder)
    assert codes(found) == {"image_address"}
    made = write(found.cases, "tuwen")
    assert data_of("cases.jsonl", made.files["cases.jsonl"]) == rows
    assert made.files["images/red.png"] == RED
    again = read_at(put(tmp_path / "out", {**made.beside, **made.files}))
    assert again.cases == dataclasses.replace(found.cases, name=again.cases.name)
    changed = dataclasses.replace(found.cases.cases[0], tags=("t",))
    made = write(dataclasses.replace(found.cases, cases=(changed,)), "tuwen")
    (row,) = data_of("cases.jsonl", made.files["cases.jsonl"])
    assert (row["tags"], row["new"]) == (["t"], [1])
