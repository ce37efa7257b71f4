"""Files of cases on the command line."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from components.cases.command import main
from tests.support.paths import ROOT
from tests.unit.cases.formats.written import (
    HOSTED,
    INSPECT,
    PROMPTFOO,
    RED,
    data_of,
    jsonl,
    put,
    read_at,
)


def run(*argv: object) -> tuple[int, str, str]:
    """(exit code, standard output, standard error)."""
    out, err = io.StringIO(), io.StringIO()
    code = main([str(each) for each in argv], out, err)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def hosted(tmp_path: Path) -> Path:
    return put(tmp_path / "hosted", HOSTED)


def test_the_module_runs_by_its_name(hosted: Path) -> None:
    words = [sys.executable, "-m", "components.cases", "import"]
    done = subprocess.run([*words, hosted], cwd=ROOT, capture_output=True, check=True)
    assert b"cases 2" in done.stdout
    bad = subprocess.run([*words, hosted / "none"], cwd=ROOT, capture_output=True)
    assert (bad.returncode, bad.stdout, bad.stderr.count(b"\n")) == (2, b"", 1)


def test_import_says_what_is_there_and_writes_a_bundle(hosted: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "set.zip"
    code, said, wrong = run("import", hosted, "--out", out, "--json", "--lang", "en")
    assert (code, wrong) == (0, "")
    data = json.loads(said)
    assert (data["format"], data["cases"], data["images"]) == ("openai_hosted", 2, 2)
    assert (data["graders"], data["kept"]) == (4, 2)
    assert [(r["right"], r["wrong"], r["errors"]) for r in data["runs"]] == [(1, 1, 0), (1, 0, 1)]
    assert "python is kept, but never run here." in [loss["text"] for loss in data["losses"]]
    assert read_at(out).cases == read_at(hosted).cases
    with zipfile.ZipFile(out) as archive:
        assert {"set.json", "cases.jsonl", "runs.jsonl"} < set(archive.namelist())


def test_the_report_is_in_the_language_asked_for(hosted: Path) -> None:
    code, said, _ = run("export", hosted, "--format", "promptfoo", "--lang", "zh")
    assert code == 0
    assert said.splitlines()[0].startswith("colours（托管 Evals）：用例 2，")
    assert "  - promptfoo 没有位置存放已完成的运行；2 次运行及其回答不会写出。" in said.splitlines()
    assert "2 cases" in run("export", hosted, "--format", "inspect", "--lang", "en")[1]


def test_a_bundle_gives_the_files_that_it_was_made_from(tmp_path: Path) -> None:
    folder, bundle, out = put(tmp_path / "in", PROMPTFOO), tmp_path / "b.zip", tmp_path / "out"
    assert run("import", folder, "--out", bundle)[0] == 0
    assert run("export", bundle, "--format", "promptfoo", "--out", out)[0] == 0
    for name in ("promptfooconfig.yaml", "prompt.json"):
        written = data_of(name, (out / name).read_bytes())
        assert written == data_of(name, (folder / name).read_bytes())
    assert (out / "images/red.png").read_bytes() == RED


def test_one_file_is_a_file_and_its_images_lie_beside_it_in_a_folder(tmp_path: Path) -> None:
    put(tmp_path, {"s.jsonl": INSPECT, "images/red.png": RED})
    for name in ("alone.jsonl", "folder", "whole.zip"):
        out = tmp_path / name
        assert run("export", tmp_path / "s.jsonl", "--format", "inspect", "--out", out)[0] == 0
    assert (tmp_path / "alone.jsonl").read_bytes() == jsonl(INSPECT)
    assert (tmp_path / "folder/images/red.png").read_bytes() == RED
    assert read_at(tmp_path / "whole.zip", name="inspect").cases.images


def test_nothing_is_replaced_unasked(hosted: Path, tmp_path: Path) -> None:
    out = tmp_path / "set.zip"
    out.write_text("mine")
    code, _, wrong = run("import", hosted, "--out", out, "--lang", "en")
    assert (code, out.read_text()) == (2, "mine")
    assert "--force" in wrong
    assert run("import", hosted, "--out", out, "--force")[0] == 0
    assert read_at(out).cases.name == "colours"
    folder = put(tmp_path / "mine", {"x.json": {}})
    assert run("import", hosted, "--out", folder, "--force")[0] == 0
    assert (folder / "x.json").exists()
    one = ("export", hosted, "--format", "inspect-csv", "--out", folder, "--force")
    assert run(*one)[0] == 2
    assert not list(tmp_path.glob(".cases-*"))


def test_a_bundle_cannot_name_a_file_elsewhere(tmp_path: Path) -> None:
    bundle = tmp_path / "b.zip"
    run("import", put(tmp_path / "in", PROMPTFOO), "--out", bundle)
    folder = tmp_path / "unzipped"
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    changed = (folder / "set.json").read_text().replace("prompt.json", "../prompt.json")
    (folder / "set.json").write_text(changed)
    out = tmp_path / "out"
    code, _, wrong = run("export", folder, "--format", "promptfoo", "--out", out)
    assert (code, wrong.count("\n")) == (2, 1)
    assert not (tmp_path / "prompt.json").exists()


@pytest.mark.parametrize("extra", [5, {}, {"files": 5}, {"files": [{}]}, {"config": {}}, None])
def test_what_a_bundle_says_of_another_format_may_be_nonsense(
    extra: object, tmp_path: Path
) -> None:
    row = {"id": "a", "input": "x", "expect": [{"grader": "exact", "value": "y"}]}
    for name in ("promptfoo", "openai_hosted", "openai_evals", "inspect", "vlmevalkit"):
        spoilt = {**row, "extra": {name: extra}}
        head = {"format": "tuwen-cases", "version": 1, "name": "n", "extra": {name: extra}}
        folder = put(tmp_path / name, {"set.json": head, "cases.jsonl": [spoilt]})
        code, _, wrong = run("export", folder, "--format", name, "--out", tmp_path / f"{name}.x")
        assert (code, wrong.count("\n")) in ((0, 0), (2, 1))


@pytest.mark.parametrize(
    "words",
    [[], ["import"], ["other", "x"], ["export", "x"], ["import", "x", "--format", "xml"]],
    ids=str,
)
def test_wrong_arguments_are_one_sentence(words: list[str]) -> None:
    code, said, wrong = run(*words)
    assert (code, said, wrong.count("\n")) == (2, "", 1)


def test_it_has_a_help(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["-h"], ["import", "-h"], ["export", "--help"]):
        with pytest.raises(SystemExit) as ended:
            run(*words)
        assert ended.value.code == 0
    assert "--root" in capsys.readouterr().out
