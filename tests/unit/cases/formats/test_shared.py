"""The shared example files of each format and the shared traps, where they are there. What they
guard is guarded by files of our own in test_round_trip.py, test_meaning.py and test_hostile.py."""

from pathlib import Path

import pytest

from components.cases.command.reading import counted
from components.cases.errors import CaseError
from components.cases.formats import write
from tests.support.paths import SHARED
from tests.unit.cases.formats.written import codes, data_of, read_at

EVALS = SHARED / "data/evals"
pytestmark = pytest.mark.skipif(not EVALS.exists(), reason="the shared examples are not there")


@pytest.mark.parametrize(
    ("given", "files"),
    [
        ("cases.jsonl", ["cases.jsonl"]),
        ("openai_evals", ["openai_evals/samples.jsonl", "openai_evals/registry.yaml"]),
        ("openai_hosted", [f"openai_hosted/{n}.json" for n in ("eval", "run", "output_items")]),
        ("openai_hosted", ["openai_hosted/items.jsonl", "openai_hosted/eval_0001.json"]),
        ("promptfoo", ["promptfoo/promptfooconfig.yaml", "promptfoo/prompt.json"]),
        ("promptfoo/tests.csv", ["promptfoo/tests.csv"]),
        ("inspect/samples.jsonl", ["inspect/samples.jsonl"]),
        ("inspect/samples.csv", ["inspect/samples.csv"]),
        ("vlmevalkit/cases.tsv", ["vlmevalkit/cases.tsv"]),
    ],
)
def test_an_example_comes_out_as_it_came_in(given: str, files: list[str]) -> None:
    found = read_at(EVALS / given, EVALS)
    assert not {"image_outside", "image_missing", "image_unusable"} & codes(found)
    made = write(found.cases, found.format)
    for name in files:
        assert data_of(name, made.files[name]) == data_of(name, (EVALS / name).read_bytes())


def test_the_hosted_folder_and_the_table_are_what_they_are() -> None:
    found = read_at(EVALS / "openai_hosted").cases
    assert counted(found) == {"cases": 2, "images": 2, "graders": 6, "kept": 1}
    (run,) = found.runs
    assert [answer.verdict for answer in run.answers] == ["right", "wrong"]
    assert {graded.name for answer in run.answers for graded in answer.graded} == {"exact-c1"}
    table = read_at(EVALS / "vlmevalkit/cases.tsv").cases
    assert [bool(c.expect[0].get("circular")) for c in table.cases] == [True, False, False, False]


@pytest.mark.parametrize("name", ["aliases.yaml", "python_tag.yaml"])
def test_a_trap_is_refused(name: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_at(EVALS / "traps" / name)
    assert caught.value.code == {"aliases.yaml": "cases_complex"}.get(name, "cases_tag")


@pytest.mark.parametrize(
    ("name", "code"),
    [("paths.yaml", "image_outside"), ("code_in_answer.tsv", "meaning_vlm"), ("formula.csv", None)],
)
def test_a_trap_that_is_read_does_nothing(
    name: str, code: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = read_at((EVALS / "traps" / name).resolve())
    assert codes(found) == ({code} if code else set())
    made = write(found.cases, found.format)
    if code is None:
        cells = [cell for row in data_of(name, made.files[name]) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert list(tmp_path.iterdir()) == []
