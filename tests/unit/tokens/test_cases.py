"""Figures that are known: our own file of worked examples, and the shared one with bills."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from components.tokens import count_image_tokens
from tests.support.paths import SHARED as SHARED_FILES

pytestmark = pytest.mark.conform

HERE = Path(__file__).resolve()
OWN = tomllib.loads(HERE.with_name("cases.toml").read_text("utf-8"))["cases"]
SHARED = SHARED_FILES / "data/image_token_cases.json"


def name(case: dict[str, Any]) -> str:
    width, height = case.get("size") or (case["width"], case["height"])
    return f"{case['model']}-{width}x{height}-{case['detail']}-{case.get('era', 'now')}"


@pytest.mark.parametrize("case", OWN, ids=name)
def test_a_worked_example_comes_out_exactly(case: dict[str, Any]) -> None:
    found = count_image_tokens(
        case["model"],
        *case["size"],
        case["detail"],
        era=case.get("era", "current"),
        fidelity=case.get("fidelity", "low"),
    )
    assert (found.status, found.tokens) == ("ok", case["tokens"])


def shared_cases() -> list[dict[str, Any]]:
    if not SHARED.exists():
        return []
    cases: list[dict[str, Any]] = json.loads(SHARED.read_text("utf-8"))
    return [case for case in cases if not case.get("anomaly")]


def test_the_shared_cases_are_there() -> None:
    if not SHARED.exists():
        pytest.skip("the shared cases are not beside this repository")
    assert len(shared_cases()) > 80


@pytest.mark.parametrize("case", shared_cases(), ids=name)
def test_a_shared_case_comes_out_within_what_it_leaves_open(case: dict[str, Any]) -> None:
    found = count_image_tokens(
        case["model"],
        case["width"],
        case["height"],
        case["detail"],
        era=case.get("era", "current"),
        fidelity=case.get("fidelity", "low"),
    )
    if case["tokens"] is None:
        assert (found.status, found.tokens) == ("rejected", None)
        return
    assert found.status == "ok"
    assert found.tokens is not None
    assert abs(found.tokens - case["tokens"]) <= max(case.get("tol", 0), found.tolerance)
