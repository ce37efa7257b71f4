"""What runs elsewhere is what runs here."""

import re

import yaml

from tests.support.paths import ROOT


def test_the_workflow_calls_what_ci_calls_on_the_oldest_python_and_a_newer_one() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text("utf-8"))
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    oldest = re.search(r'requires-python = ">=(.*)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert oldest
    first, *newer = job["strategy"]["matrix"]["python"]
    assert first == oldest[1]
    assert newer


def test_every_number_of_examples_grows_in_make_fuzz() -> None:
    fixed = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if re.search(r"max_examples=\d", path.read_text("utf-8"))
    ]
    assert fixed == []
