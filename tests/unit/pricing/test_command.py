"""The calculator on the command line."""

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from components.pricing.command import main
from components.pricing.whatif import Row, Scenario, work_out
from components.pricing.whatif.files.link import to_link
from tests.support.paths import ROOT


def run(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """(exit code, standard output, standard error)."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    err = io.StringIO()
    code = main(argv, io.TextIOWrapper(io.BytesIO(stdin), "utf-8"), out, err)
    out.flush()
    buffer = out.buffer
    assert isinstance(buffer, io.BytesIO)
    return code, buffer.getvalue().decode("utf-8-sig"), err.getvalue()


def run_json(*argv: str, stdin: bytes = b"") -> dict[str, Any]:
    code, out, err = run(*argv, "--json", stdin=stdin)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_module_runs_by_its_name() -> None:
    words = ["-m", "components.pricing", "--model", "gpt-4o"]
    words += ["--size", "2048x4096", "--detail", "high", "--json"]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=True)
    assert json.loads(done.stdout)["image_tokens"] == 1105
    bad = subprocess.run([sys.executable, *words[:2], "--size=-5x5"], cwd=ROOT, capture_output=True)
    assert (bad.returncode, bad.stdout, bad.stderr.count(b"\n")) == (2, b"", 1)


def test_the_figures_are_those_of_the_page() -> None:
    given = ["--model", "gpt-4o", "--size", "2048x4096", "--size", "2 x 800x600@low"]
    given += ["--prompt", "What is this?", "--system-tokens", "40", "--answer", "100"]
    given += ["--turns", "3", "--cached", "30%", "--batch", "--calls", "7", "--days", "20"]
    data = run_json(*given)
    rows = (Row(2048, 4096), Row(800, 600, 2, "low"))
    figures = work_out(
        Scenario("gpt-4o", rows, "high", "What is this?", 40, 100, 3, 0.3, True, 7, 20)
    )
    assert data["image_tokens"] == figures.images == 1105 + 2 * 85
    assert data["text_tokens"] == figures.text
    assert data["input_tokens"] == figures.input
    assert data["output_tokens"] == 100
    assert Decimal(data["cost"]["total"]) == figures.conversation.total
    assert Decimal(data["month"]["cost"]["total"]) == figures.month.total
    assert len(data["turns"]) == 3
    assert data["rows"][0]["resized"] == [768, 1536]
    assert data["rows"][0]["grid"] == [2, 3]
    assert data["rows"][1]["detail"] == "low"
    assert (data["tolerance"], data["evidence"]) == (0, figures.evidence)


def test_a_link_is_where_it_starts_and_options_win() -> None:
    scenario = Scenario("gpt-4o", (Row(10, 20),), detail="low", turns=4)
    link = f"https://example.com/cost?{to_link(scenario)}"
    data = run_json("--link", link, "--turns", "2")
    assert (data["model"], data["detail"], len(data["turns"])) == ("gpt-4o", "low", 2)
    assert data["link"] == to_link(Scenario("gpt-4o", (Row(10, 20),), detail="low", turns=2))


def test_a_rejected_request_is_a_figure_like_others() -> None:
    data = run_json("--model", "gpt-6-luna", "--detail", "original", "--size", "6000x6000")
    assert "rejected" in {each["code"] for each in data["rejections"]}
    assert (data["image_tokens"], data["cost"]["total"]) == (None, None)
    assert run_json("--model", "o3-mini")["rejections"][0]["code"] == "no_vision"


def test_another_currency_stands_beside_the_dollars() -> None:
    data = run_json("--currency", "cny", "--rate", "7")
    assert Decimal(data["currency"]["cost"]) == Decimal(data["cost"]["total"]) * 7


def test_good_rows_of_a_csv_are_kept_and_bad_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "sizes.csv"
    path.write_bytes("名称,宽,高\na,2048,4096\nb,0,5\n".encode("gbk"))
    data = run_json("--model", "gpt-4o", "--csv", str(path))
    assert [row["each"] for row in data["rows"]] == [1105]
    assert data["bad_rows"] == 1
    assert data["problems"][0].startswith("Row 3:")
    piped = run_json("--model", "gpt-4o", "--csv", "-", stdin=path.read_bytes())
    assert piped["rows"] == data["rows"]


def test_figures_are_written_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert run("--model", "gpt-4o", "--size", "2048x4096", "--csv-out", str(path))[0] == 0
    code, out, _ = run("--model", "gpt-4o", "--size", "2048x4096", "--csv-out", "-")
    assert code == 0
    assert path.read_bytes().decode("utf-8-sig") == out
    row = next(csv.DictReader(io.StringIO(out, newline="")))
    assert row["tokens_each"] == "1105"


def test_all_models_stand_in_one_table() -> None:
    data = run_json("--model", "gpt-4o", "--size", "2048x4096", "--all-models")
    lines = {line["model"]: line for line in data["models"]}
    assert lines["gpt-4o"]["images"] == 1105
    assert lines["gpt-4o"]["difference"] == 0
    code, out, _ = run("--all-models")
    assert code == 0
    assert "gpt-4o-mini" in out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_json_it_is_a_plain_table(lang: str) -> None:
    code, out, err = run("--model", "gpt-4o", "--size", "2048x4096", "--lang", lang)
    assert (code, err) == (0, "")
    assert "1,105" in out
    assert ("每月" in out) == (lang == "zh")


@pytest.mark.parametrize(
    "argv",
    [
        ["--size=-5x5"],
        ["--size", "-5x5"],
        ["--size", "0x5"],
        ["--size", "axb"],
        ["--size", "99999999x1"],
        ["--size", ""],
        ["--size"],
        ["--detail", "sharp"],
        ["--csv", "/no/such/file.csv"],
        ["--csv", "."],
        ["--csv-out", "/no/such/folder/out.csv"],
        ["--json", "--csv-out", "-"],
        ["--model", "gpt-4oo"],
        ["--turns", "0"],
        ["--answer", "-1"],
        ["--cached", "2"],
        ["--currency", "EURO"],
        ["--rate", "-7"],
        ["--link", "hello"],
        ["--link", "v=9"],
        ["--prompt", "x", "--prompt-tokens", "5"],
        ["--lang", "fr"],
        ["--frobnicate"],
        ["stray"],
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(argv: list[str]) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.endswith(".\n")
    assert "usage" not in err


def test_an_unknown_model_is_answered_with_names_like_it() -> None:
    assert "gpt-4o" in run("--model", "gpt-4oo")[2]
    assert run("--model", "zzzz")[2] == "There is no model called “zzzz”.\n"
    assert "没有找到" in run("--model", "zzzz", "--lang=zh")[2]


def test_a_row_that_is_rejected_says_so_in_the_table() -> None:
    asked = ["--model", "gpt-6-luna", "--detail", "original", "--size", "6000x6000;5x5"]
    rows = run(*asked)[1].splitlines()
    assert rows[3].endswith("rejected  rejected")
    assert "rejected" not in rows[4]


def test_a_model_newer_than_the_catalogue_is_counted_and_said_to_be_assumed() -> None:
    code, out, err = run("--model", "gpt-6.3-sol")
    assert code == 0
    assert "counted like gpt-6.2-sol" in out
    assert "gpt-6.2-sol" in err, "in case that it was a slip"
    data = json.loads(run("--model", "gpt-7", "--json")[1])
    assert (data["assumed_like"], data["evidence"]) == ("gpt-6.2-astra", "assumed")
    assert data["cost"]["total"] is None, "another tier lends no price"
    assert json.loads(run("--json")[1])["assumed_like"] is None


def test_without_any_argument_it_works_out_the_usual_case() -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert "1024 × 1024" in out
