"""How right we are: worked out from the project's own file of known figures."""

import json
from typing import Any

import pytest

from components.pricing.whatif.rules.accuracy import accuracy, anomalies
from components.tokens.cases import Case, cases
from components.tokens.rules import rules
from tests.support.paths import SHARED as SHARED_FILES

SHARED = SHARED_FILES / "data/image_token_cases.json"


def test_every_known_figure_comes_out_right() -> None:
    assert [judged for family in accuracy() for judged in family.wrong] == []
    assert sum(family.right for family in accuracy()) == len(cases()) - len(anomalies())


def test_families_add_up() -> None:
    for family in accuracy():
        assert family.rule in rules()
        assert family.exact <= family.right <= family.known
        assert family.billed.known + family.documented.known == family.known
        assert family.billed.right + family.documented.right == family.right
        assert family.sources


def test_tiles_are_right_to_the_token() -> None:
    tiles = {"gpt-4o", "gpt-4o-mini", "gpt-5", "o3", "o1", "gpt-image-1", "computer-use-preview"}
    found = [family for family in accuracy() if family.rule in tiles]
    assert {family.rule for family in found} == tiles
    assert all(family.exact == family.known for family in found)


def test_anomalies_stand_apart_and_are_not_matched() -> None:
    assert len(anomalies()) == 4
    assert not any(judged.right for judged in anomalies())


def test_a_wrong_figure_would_show() -> None:
    case = Case("gpt-4o", 1024, 1024, "high", 766, "billed")
    found = case.count()
    assert not case.agrees(found.tokens, found.tolerance)
    assert case.agrees(766, 0)


def test_a_refusal_and_a_figure_never_agree() -> None:
    refused = Case("gpt-6-astra", 6000, 6000, "original", None, "documented")
    assert refused.agrees(None, 1)
    assert not refused.agrees(42414, 1)
    assert not Case("gpt-4o", 1, 1, "high", 255, "documented").agrees(None, 1)


def test_each_case_has_a_source_to_look_up() -> None:
    assert all(case.source.startswith("https://") for case in cases())


def shared(row: dict[str, Any]) -> tuple[object, ...]:
    return (
        *(row[name] for name in ("model", "width", "height", "detail", "tokens", "kind")),
        *(row.get(name, default) for name, default in (("tol", 0), ("era", "current"))),
        row.get("fidelity", "low"),
        bool(row.get("anomaly")),
        row["source_url"].split()[0],
    )


def own(case: Case) -> tuple[object, ...]:
    return (
        *(case.model, case.width, case.height, case.detail, case.tokens, case.kind),
        *(case.tol, case.era, case.fidelity, bool(case.anomaly), case.source),
    )


def test_the_projects_file_agrees_with_the_shared_one() -> None:
    if not SHARED.exists():
        pytest.skip("the shared cases are not beside this repository")
    assert [own(case) for case in cases()] == [
        shared(row) for row in json.loads(SHARED.read_text("utf-8"))
    ]
